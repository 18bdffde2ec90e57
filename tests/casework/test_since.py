"""What has been recorded since: who gets which rows of it, and a document that never changes."""

from datetime import date, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts import clock
from audit.models import AppendOnlyError
from consent.actions import Saying
from consent.domain.facts import Said
from consent.models import Shared
from dispatch.keeping import keep
from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.documents.models import PdfCopy, Since, SinceCopy
from referrals.documents.since import Reach, put_together
from referrals.record.models import ExcludedPerson, Referral
from referrals.routing.models import Intake
from tests.casework.handing import There, offer
from tests.casework.support import LATER, NOW, World, claimed, delivered, refused, routine, submit, verbs
from tests.desks import signed_in, text_of
from tests.documents.support import read, words_in

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = timedelta(hours=1)
WITHDRAWN, ADDED, TOLD = "Not any more, she said.", "Their aunt rang today.", "She cried and asked who sees it."


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each moment is later than the one before."""
    seconds = count()
    monkeypatch.setattr(clock, "now", lambda: LATER + timedelta(seconds=next(seconds)))


def keep_documents() -> None:
    """Keep the promises of copies and documents."""
    for row in OutboxRow.objects.filter(kind__in=["pdf_copy", "recipient_copy", "since_copy"]):
        keep(row.pk)
    assert not OutboxRow.objects.filter(kind="since_copy").exclude(state="done").exists()


def page(client: Client, referral: Referral) -> str:
    answer: Any = client.get(reverse("referral", args=[referral.pk]))
    return text_of(answer)


def add_all(world: World, referral: Referral) -> None:
    """Something of each kind."""
    by, mother = world.by("teacher"), referral.household.get()
    actions.add_addendum(referral=referral, text=ADDED, by=by, now=LATER)
    saying = Saying(said=Said.WITHDRAWN, said_on=date(2026, 11, 16), words=WITHDRAWN)
    actions.say_agreement(referral=referral, person_id=mother.pk, saying=saying, by=by, now=LATER)
    said: dict[str, Any] = {"told_on": date(2026, 11, 16), "told_by": "The head", "words": TOLD}
    actions.record_told(referral=referral, about=str(mother.pk), **said, by=by, now=LATER)
    actions.rule_on_telling(
        intake=Intake.objects.get(referral=referral), may_tell=False, why="Wait.", by=world.by("worker"), now=LATER
    )


def taken(client: Client, referral: Referral) -> bytes:
    """Ask for the document on the page, and take it."""
    before = list(Since.objects.values_list("pk", flat=True))
    client.post(reverse("journey:since_make", args=[referral.pk]))
    keep_documents()
    # Two may be of one moment where a test stands still.
    row = Since.objects.exclude(pk__in=before).first() or Since.objects.latest("at")
    answer: Any = client.get(reverse("journey:since", args=[referral.pk, row.pk]))
    assert answer.status_code == 200
    content: bytes = answer.content
    return content


def text_in(pdf: bytes) -> str:
    return words_in("".join(one.extract_text() for one in read(pdf).pages))


@pytest.mark.parametrize("who", ["teacher", "dsl", "screener"])
def test_it_holds_what_came_and_names_what_it_follows(world: World, who: str) -> None:
    referral = routine(world)
    delivered(world, referral)
    keep_documents()
    add_all(world, referral)
    client = signed_in(getattr(world, who))
    assert "5 things have been recorded since" in page(client, referral)
    pdf = taken(client, referral)
    text = text_in(pdf)
    row = Since.objects.get()
    follows = PdfCopy.objects.get().sha256
    for words in (WITHDRAWN, ADDED, TOLD, "must not be told", "Wait.", referral.reference, row.sha256, follows):
        assert words_in(words) in text
    assert words_in("Telford & Wrekin 2026-09-01 revision 1") in text
    assert SinceCopy.objects.get().sha256 == sha256(pdf).hexdigest()
    assert "sharing.since" in verbs(referral.pk)
    assert Shared.objects.filter(title="What has been recorded since", sha256=sha256(pdf).hexdigest()).exists()


def test_asked_again_it_is_the_same_document_until_something_comes(world: World) -> None:
    referral = routine(world)
    delivered(world, referral)
    add_all(world, referral)
    keep_documents()
    client = signed_in(world.teacher)
    first = taken(client, referral)
    assert taken(client, referral) == first
    assert Since.objects.count() == 1
    actions.add_addendum(referral=referral, text="And their uncle.", by=world.by("teacher"), now=LATER)
    second = taken(client, referral)
    assert words_in("And their uncle.") in text_in(second)
    earlier: Any = client.get(reverse("journey:since", args=[referral.pk, Since.objects.earliest("at", "pk").pk]))
    assert earlier.content == first, "the earlier one stays as it was made"


def test_nothing_recorded_no_document(world: World) -> None:
    referral = routine(world)
    submission = submit(world, referral)
    assert "recorded since" not in page(signed_in(world.teacher), referral)
    with refused("Nothing has been recorded"):
        put_together(submission=submission, reach=Reach(), by=world.by("teacher"), now=LATER)


def test_no_row_of_it_is_changed(world: World) -> None:
    referral = routine(world)
    delivered(world, referral)
    add_all(world, referral)
    taken(signed_in(world.teacher), referral)
    for model in (Since, SinceCopy):
        with pytest.raises(AppendOnlyError):
            model.objects.update(sha256="0" * 64)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            model.objects.all()._raw_delete("default")


@pytest.mark.parametrize("who", ["stranger", "colleague", "elsewhere", "excluded"])
def test_it_is_not_there_for_anybody_else(world: World, who: str) -> None:
    referral = routine(world)
    delivered(world, referral)
    add_all(world, referral)
    taken(signed_in(world.screener), referral)
    theirs = Since.objects.get()
    person = world.screener if who == "excluded" else getattr(world, who)
    if who == "excluded":
        ExcludedPerson.objects.create(referral=referral, person=person, since=NOW)
    client = signed_in(person)
    assert client.post(reverse("journey:since_make", args=[referral.pk])).status_code == 404
    assert client.get(reverse("journey:since", args=[referral.pk, theirs.pk])).status_code == 404
    assert Since.objects.count() == 1


def test_the_agencys_document_is_not_the_front_doors_nor_the_other_way_round(world: World) -> None:
    referral = routine(world)
    delivered(world, referral)
    add_all(world, referral)
    teacher, screener = signed_in(world.teacher), signed_in(world.screener)
    taken(teacher, referral)
    agencys = Since.objects.get()
    taken(screener, referral)
    doors = Since.objects.exclude(pk=agencys.pk).get()
    assert screener.get(reverse("journey:since", args=[referral.pk, agencys.pk])).status_code == 404
    assert teacher.get(reverse("journey:since", args=[referral.pk, doors.pk])).status_code == 404


def test_while_it_is_made_its_address_says_so(world: World) -> None:
    referral = routine(world)
    delivered(world, referral)
    add_all(world, referral)
    client = signed_in(world.teacher)
    client.post(reverse("journey:since_make", args=[referral.pk]))
    assert client.get(reverse("journey:since", args=[referral.pk, Since.objects.get().pk])).status_code == 404
    assert "is being made" in page(client, referral)
    keep_documents()
    assert "What was recorded up to" in page(client, referral)


def test_a_front_door_that_let_go_reads_what_came_until_then(
    world: World, there: There, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = claimed(world, routine(world))
    referral, by = intake.referral, world.by("teacher")
    actions.add_addendum(referral=referral, text=ADDED, by=by, now=LATER)
    offered = offer(world, intake, there)
    actions.accept_transfer(intake=offered, by=there.by("screener"), now=LATER + HOUR)
    actions.add_addendum(referral=referral, text="And their uncle.", by=by, now=LATER + 2 * HOUR)
    monkeypatch.setattr(clock, "now", lambda: LATER + 3 * HOUR)
    for person, hears in ((world.screener, False), (there.screener, True)):
        text = text_in(taken(signed_in(person), referral))
        assert words_in(ADDED) in text
        assert (words_in("And their uncle.") in text) is hears
        assert (words_in("let go of the referral") in text) is not hears
