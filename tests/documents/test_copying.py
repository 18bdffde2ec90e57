"""From the promise to the file that somebody saves: once, the very bytes, to those who may, and failing alone."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from audit.domain.actor import Actor
from audit.models import AppendOnlyError, Entry
from consent.actions import Door, disclose
from consent.models import Disclosure
from dispatch.domain.promise import Promise
from dispatch.keeping import keep
from dispatch.models import OutboxRow
from dispatch.registry import registered
from referrals.documents.actions import promise_copy
from referrals.documents.domain.copying import CopyState, copy_key
from referrals.documents.handlers import CannotBeDrawn, NoSubmission, NotWhatWasFrozen
from referrals.documents.models import PdfCopy
from referrals.documents.render import RENDERER
from referrals.documents.selectors import copy_for, copy_state
from referrals.record import actions as record_actions
from referrals.record.domain.freeze import canonical_json, digest
from referrals.record.domain.lifecycle import Verb
from referrals.record.models import Referral, Submission
from tests.documents.support import frozen, read
from tests.record.support import NOW, School, acting, drafted, sent, submitted

pytestmark = pytest.mark.django_db(transaction=True)

BY = Actor.system("test")


def promised(submission: Submission) -> OutboxRow:
    """The promise of a copy, committed."""
    with transaction.atomic():
        return promise_copy(submission=submission, by=BY)


def kept(submission: Submission) -> OutboxRow:
    """The promise after one attempt."""
    row = promised(submission)
    keep(row.pk)
    row.refresh_from_db()
    return row


def given(school: School, submission: Submission) -> Disclosure:
    """What the school's front door is given of it."""
    door = Door(
        team=school.team,
        area=school.team.area,
        area_name="Sandford",
        front_door=school.team.front_door,
        door_name="Sandford Hub",
        kind=None,
        children=(),
    )
    return disclose(submission=submission, door=door, by=BY, now=NOW)


def poisoned(referral: Referral, by: Person, content: str, digest_: str | None = None) -> Submission:
    """A submission whose stored text is this one."""
    return Submission.objects.create(
        referral=referral, number=9, content=content, sha256=digest_ or digest(content), at=NOW, by=by
    )


def get(person: Person | None, referral_id):
    client = Client()
    if person is not None:
        client.force_login(person)
    return client.get(reverse("documents:copy", kwargs={"referral_id": referral_id}))


def entries(verb: str) -> list[Entry]:
    return list(Entry.objects.filter(verb=verb).order_by("id"))


@pytest.fixture
def referral(school: School) -> Referral:
    """Sent, and read by its front door."""
    return sent(school)


@pytest.fixture
def submission(referral: Referral) -> Submission:
    return referral.submissions.get()


def test_a_promise_is_kept_with_a_copy(submission):
    row = kept(submission)
    copy = PdfCopy.objects.get(submission=submission)
    assert (row.state, row.queue, row.references) == ("done", "documents", {"submission": str(submission.pk)})
    assert copy.sha256 == sha256(bytes(copy.content)).hexdigest()
    assert copy.renderer == RENDERER
    text = read(bytes(copy.content)).pages[0].extract_text()
    assert submission.referral.reference in text
    assert submission.sha256 in text
    assert "Sandford 2026-01-05 revision 1" in text
    [entry] = entries("referral.copy_made")
    assert entry.subject_id == str(submission.referral_id)
    assert entry.detail == {"submission": 1, "sha256": copy.sha256}


def test_asking_twice_is_one_promise_and_one_copy(submission):
    first, second = promised(submission), promised(submission)
    assert first.pk == second.pk
    keep(first.pk)
    keep(first.pk)
    assert PdfCopy.objects.count() == 1


def test_a_copy_is_promised_inside_the_change_that_calls_for_it(submission):
    with pytest.raises(TransactionManagementError):
        promise_copy(submission=submission, by=BY)


def test_two_workers_at_once_leave_one_copy(submission):
    row, start = promised(submission), Barrier(2)

    def work():
        try:
            start.wait(timeout=30)
            keep(row.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work), pool.submit(work)]:
            done.result(timeout=120)
    row.refresh_from_db()
    assert (row.state, PdfCopy.objects.count()) == ("done", 1)


def attempt(submission_id) -> Promise:
    return Promise(
        id=uuid4(), key="pdf_copy:again", kind="pdf_copy", references={"submission": str(submission_id)}, attempt=1
    )


def test_drawing_writes_nothing_and_storing_happens_once(submission):
    handle = registered("pdf_copy").call
    one, other = handle(attempt(submission.pk)), handle(attempt(submission.pk))
    assert one is not None
    assert other is not None
    assert not PdfCopy.objects.exists()
    one()
    with pytest.raises(IntegrityError), transaction.atomic():
        other()
    assert handle(attempt(submission.pk)) is None
    assert PdfCopy.objects.count() == 1


def test_a_submission_that_is_not_there_is_never_tried_again(school):
    with pytest.raises(NoSubmission):
        registered("pdf_copy").call(attempt(uuid4()))


POISON = {
    "another digest": ("{}", "0" * 64, NotWhatWasFrozen),
    "no layout": ("{}", None, CannotBeDrawn),
    "another layout": (canonical_json({"format": 2, "packs": []}), None, CannotBeDrawn),
    "parts of another shape": (
        canonical_json({**frozen(), "packs": [], "sharing": {"may": True}}),
        None,
        CannotBeDrawn,
    ),
}


@pytest.mark.parametrize("poison", POISON)
def test_poisoned_content_parks_only_itself(school, referral, submission, poison):
    content, wrong, refusal = POISON[poison]
    bad = poisoned(referral, school.teacher, content, wrong)
    row, good = kept(bad), kept(submission)
    assert row.state == "parked"
    assert row.last_error == f"{refusal.__module__}.{refusal.__qualname__}"
    assert (good.state, PdfCopy.objects.get().submission_id) == ("done", submission.pk)
    standing = copy_state(referral)
    assert standing.state is CopyState.FAILED
    assert standing.words == "The copy could not be made; an operator has been told"


def test_how_a_copy_stands(school):
    referral, _ = drafted(school)
    assert copy_state(referral).state is CopyState.NOTHING_SUBMITTED
    submission = submitted(referral, school.teacher)
    assert copy_state(referral).state is CopyState.WAITING
    row = promised(submission)
    assert copy_state(referral).state is CopyState.WAITING
    OutboxRow.objects.filter(pk=row.pk).update(state="set_aside")
    assert copy_state(referral).state is CopyState.FAILED
    OutboxRow.objects.filter(pk=row.pk).update(state="due")
    keep(row.pk)
    standing, copy = copy_state(referral), PdfCopy.objects.get()
    assert (standing.state, standing.sha256, standing.made_at) == (CopyState.MADE, copy.sha256, copy.made_at)
    assert row.key == copy_key(submission.pk)


def test_how_it_stands_takes_three_queries_at_most(submission, django_assert_max_num_queries):
    kept(submission)
    with django_assert_max_num_queries(3):
        copy_state(submission.referral)


def test_the_stored_bytes_are_served_as_they_are(school, referral, submission):
    kept(submission)
    given(school, submission)
    answer = get(school.teacher, referral.pk)
    assert answer.status_code == 200
    assert answer.content == bytes(PdfCopy.objects.get().content)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{referral.reference}.pdf"'
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert copy_for(acting(school.screener), referral.pk, now=NOW).content == answer.content


def test_handing_it_out_is_recorded(school, referral, submission):
    kept(submission)
    get(school.teacher, referral.pk)
    [read_entry], [copy_entry] = entries("referral.read"), entries("referral.copy")
    assert read_entry.detail == {"purpose": "copy", "state": "sent"}
    assert copy_entry.actor_id == school.teacher.pk
    assert copy_entry.detail == {"submission": 1, "sha256": PdfCopy.objects.get().sha256, "whole": True}


def test_whose_it_is_not_is_told_nothing_and_that_is_recorded(school, referral, submission):
    kept(submission)
    for referral_id in (referral.pk, uuid4()):
        answer = get(school.colleague, referral_id)
        assert answer.status_code == 404
        assert referral.reference not in answer.content.decode()
    assert entries("referral.copy") == []
    assert {entry.outcome for entry in entries("referral.read")} == {"refused"}


def test_nobody_is_sent_to_sign_in(referral):
    assert get(None, referral.pk).status_code == 302


def test_a_page_says_how_it_stands_while_there_is_none(school, referral):
    answer = get(school.teacher, referral.pk)
    assert answer.status_code == 404
    assert answer["Cache-Control"] == "no-store"
    assert "The copy has not been made yet." in answer.content.decode()
    assert entries("referral.copy") == []
    assert [entry.detail["purpose"] for entry in entries("referral.read")] == ["copy"]


def test_a_page_says_that_it_failed(school, referral):
    kept(poisoned(referral, school.teacher, "{}"))
    page = get(school.teacher, referral.pk).content.decode()
    assert "The copy could not be made; an operator has been told." in page


def test_a_page_says_that_nothing_was_submitted(school):
    referral, _ = drafted(school)
    assert "nothing has been submitted yet" in get(school.teacher, referral.pk).content.decode()


def test_posting_is_not_answered(school, referral):
    client = Client()
    client.force_login(school.teacher)
    assert client.post(reverse("documents:copy", kwargs={"referral_id": referral.pk})).status_code == 405


def test_bytes_that_are_not_those_that_were_made_are_not_served(school, referral, submission):
    PdfCopy.objects.create(submission=submission, content=b"%PDF-other", sha256="0" * 64, made_at=NOW, renderer="x")
    with pytest.raises(ValueError, match="digest"):
        copy_for(acting(school.teacher), referral.pk, now=NOW)


def test_a_second_submission_has_its_own_copy(school):
    referral, _ = drafted(school)
    first = submitted(referral, school.teacher)
    kept(first)
    record_actions.move(referral=referral, verb=Verb.RETURN, by=acting(school.dsl), now=NOW, why="More about the home")
    second = submitted(referral, school.teacher)
    assert copy_state(referral).state is CopyState.WAITING
    kept(second)
    found = copy_for(acting(school.teacher), referral.pk, now=NOW)
    assert found.content == bytes(PdfCopy.objects.get(submission=second).content)
    assert PdfCopy.objects.count() == 2


def test_the_table_is_append_only(submission):
    kept(submission)
    copy = PdfCopy.objects.get()
    with pytest.raises(AppendOnlyError):
        copy.delete()
    for change in ("UPDATE referrals_documents_pdfcopy SET renderer = ''", "DELETE FROM referrals_documents_pdfcopy"):
        with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(change)
