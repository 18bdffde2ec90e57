"""Freezing, moving, addenda, and what PostgreSQL itself refuses afterwards."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from audit.domain.refusal import NotYours, Refusal
from audit.models import AppendOnlyError, Entry, append_only_models
from referrals.record import actions, selectors
from referrals.record.actions.locking import locked
from referrals.record.domain.freeze import canonical_json, digest
from referrals.record.domain.lifecycle import Verb
from referrals.record.models import Addendum, ReferralChange, Submission, TeamAccess
from tests.record.support import AREA, NOW, SYSTEM, acting, drafted, save, sent, submitted
from thresholds.models import PackVersion

pytestmark = pytest.mark.django_db


def question(content, page, key):
    found = next(one for one in content["pages"] if one["key"] == page)
    return next(one for one in found["questions"] if one["key"] == key)


def test_a_submission_holds_everything(school):
    referral, child = drafted(school)
    descriptors = [{"id": "sf-1", "evidence": "No breakfast, Monday"}]
    save(referral, "descriptors", school.teacher, child.pk, descriptors=descriptors, conditions={"protective": "no"})
    save(referral, "judged", school.teacher, child.pk, judged_level="high")
    save(referral, "concern", school.teacher, what="A bruise", happened_on="2026-02")
    submission = submitted(
        referral, school.teacher, check={str(child.pk): {"indicated": "high"}}, sharing={"may": True}, plan={"to": []}
    )
    referral.refresh_from_db()
    content = selectors.content_of(submission)
    version = PackVersion.objects.get()
    assert (referral.state, referral.urgent_because) == ("submitted", ["harm", "override"])
    assert content["reference"] == referral.reference
    assert content["form"]["version"] == "marf-1"
    assert content["packs"] == [
        {
            "area": AREA,
            "effective_from": "2026-01-05",
            "revision": 1,
            "version": version.pk,
            "sha256": version.sha256,
        }
    ]
    assert content["author"]["name"] == "Asha Pryor"
    assert content["submitted_at"] == "2026-03-02T10:00:00+00:00"
    assert content["urgent_because"] == ["harm", "override"]
    assert content["check"] == {str(child.pk): {"indicated": "high"}}
    assert (content["sharing"], content["plan"]) == ({"may": True}, {"to": []})
    what = question(content, "concern", "what")
    assert (what["label"], what["answer"]) == ("What did you see or hear that worries you?", "A bruise")
    assert question(content, "concern", "happened_on")["reads"] == "February 2026"
    assert question(content, "concern", "history")["reads"] == "Not provided"
    [frozen] = content["children"]
    assert frozen["name"] == "Robin Vale"
    assert question(frozen, "descriptors", "descriptors")["reads"] == "Often hungry.: No breakfast, Monday"
    assert question(frozen, "descriptors", "conditions")["reads"] == "Is a parent protective?: No"
    assert question(frozen, "judged", "judged_level")["reads"] == "High"
    assert question(frozen, "child-home", "home_area")["reads"] == "Sandford"
    assert question(frozen, "harm", "harm")["reads"] == "I suspect it"
    missing = {(one["page"], one["person"]): one["questions"] for one in content["missing"]}
    assert missing[("judged", str(child.pk))] == ["judged_because"]


def test_the_text_is_canonical_and_under_its_digest(school):
    referral, _ = drafted(school)
    submission = submitted(referral, school.teacher)
    submission.refresh_from_db()
    assert submission.content == canonical_json(selectors.content_of(submission))
    assert submission.sha256 == digest(submission.content)
    assert Entry.objects.get(verb="referral.submit").detail["sha256"] == submission.sha256


def test_nothing_that_is_missing_or_implausible_stops_it(school):
    referral, child = drafted(school)
    save(referral, "child-about", school.teacher, child.pk, version=1, unborn="no", born="2026-12")
    content = selectors.content_of(submitted(referral, school.teacher))
    assert [flag["question"] for flag in content["flags"]] == ["born"]
    assert len(content["missing"]) > 5


def test_a_blank_draft_can_be_submitted(school):
    content = selectors.content_of(submitted(school.started("send_now"), school.teacher))
    assert content["children"] == []
    assert content["urgent_because"] == ["send_now", "override"]


def test_what_no_longer_applies_is_left_out_and_named(school):
    referral, child = drafted(school)
    save(referral, "child-needs", school.teacher, child.pk, moves_about="yes")
    save(referral, "child-about", school.teacher, child.pk, version=1, unborn="yes")
    content = selectors.content_of(submitted(referral, school.teacher))
    assert content["left_out"] == [{"page": "child-needs", "title": "Child 1: needs"}]
    assert "child-needs" not in [page["key"] for page in content["children"][0]["pages"]]


def test_a_second_submission_of_the_same_is_refused(school):
    referral, _ = drafted(school)
    submitted(referral, school.teacher)
    with pytest.raises(Refusal, match=r"referral\.submit"):
        submitted(referral, school.teacher)
    assert Submission.objects.count() == 1


def test_returned_and_submitted_again(school):
    referral, _ = drafted(school)
    first = submitted(referral, school.teacher)
    with pytest.raises(Refusal) as refused:
        actions.move(referral=referral, verb=Verb.RETURN, by=acting(school.dsl), now=NOW, why=" ")
    assert "why" in refused.value.reason
    returned = actions.move(referral=referral, verb=Verb.RETURN, by=acting(school.dsl), now=NOW, why="Add the date.")
    assert returned.state == "draft"
    save(referral, "concern", school.teacher, what="A bruise on Monday")
    second = submitted(referral, school.teacher)
    assert (first.number, second.number) == (1, 2)
    assert selectors.latest_submission(referral) == second
    assert selectors.content_of(first)["number"] == 1
    assert [(change.verb, change.source, change.target, change.why) for change in referral.changes.all()] == [
        ("submit", "draft", "submitted", ""),
        ("return", "submitted", "draft", "Add the date."),
        ("submit", "draft", "submitted", ""),
    ]


def test_withdrawing(school):
    referral, _ = drafted(school)
    with pytest.raises(Refusal):
        actions.withdraw(referral=referral, why="", by=acting(school.teacher), now=NOW)
    assert (
        actions.withdraw(referral=referral, why="A mistake\x00", by=acting(school.teacher), now=NOW).state
        == "withdrawn"
    )
    assert referral.changes.get().why == "A mistake"
    gone = sent(school)
    with pytest.raises(Refusal, match=r"referral\.withdraw"):
        actions.withdraw(referral=gone, why="A mistake", by=acting(school.teacher), now=NOW)
    accepted = actions.move(
        referral=gone, verb=Verb.ACCEPT_WITHDRAWAL, by=acting(school.decider), now=NOW, why="Asked by the school."
    )
    assert accepted.state == "withdrawn"


def test_the_system_sends_and_closes(school):
    referral, _ = drafted(school)
    submitted(referral, school.teacher)
    assert actions.move(referral=referral, verb=Verb.SEND, by=SYSTEM, now=NOW).state == "sent"
    closed = actions.move(referral=referral, verb=Verb.CLOSE, by=SYSTEM, now=NOW + timedelta(days=1))
    assert (closed.state, closed.state_since) == ("closed", NOW + timedelta(days=1))
    assert list(referral.changes.values_list("by_name", flat=True))[1:] == ["system: outbox", "system: outbox"]
    with pytest.raises(ValueError, match="freezing"):
        actions.move(referral=referral, verb=Verb.SUBMIT, by=SYSTEM, now=NOW)


def test_addenda(school):
    referral = sent(school)
    first = actions.add_addendum(referral=referral, text="He is at his aunt's.\r\n", by=acting(school.teacher), now=NOW)
    second = actions.add_addendum(referral=referral, text="Aunt rang.", by=acting(school.dsl), now=NOW)
    content = selectors.content_of(first)
    submission = referral.submissions.get()
    assert content["words"] == "He is at his aunt's.\n"
    assert content["by"]["name"] == "Asha Pryor"
    assert content["submission"] == {"number": 1, "sha256": submission.sha256}
    assert list(selectors.addenda_of(referral)) == [first, second]
    for text in ("", " \x00 "):
        with pytest.raises(Refusal):
            actions.add_addendum(referral=referral, text=text, by=acting(school.teacher), now=NOW)
    with pytest.raises(Refusal):
        actions.add_addendum(referral=referral, text="x", by=acting(school.screener), now=NOW)
    actions.move(referral=referral, verb=Verb.CLOSE, by=SYSTEM, now=NOW)
    with pytest.raises(Refusal) as refused:
        actions.add_addendum(referral=referral, text="x", by=acting(school.teacher), now=NOW)
    assert "start a new referral" in refused.value.reason


def test_the_rest_of_the_form_follows_what_was_sent_now(school):
    referral = school.started("send_now")
    child = actions.add_child(referral=referral, by=acting(school.teacher), now=NOW)
    save(referral, "child-about", school.teacher, child.pk, unborn="no", given_names="Robin", home_area=AREA)
    submitted(referral, school.teacher)
    by = acting(school.teacher)
    answers = {"descriptors": [{"id": "xx-9", "evidence": "Bruises"}], "author": "somebody"}
    addendum = actions.add_page_addendum(
        referral=referral, page="descriptors", answers=answers, by=by, now=NOW, person_id=child.pk
    )
    content = selectors.content_of(addendum)
    assert content["page"]["title"] == "Robin: what fits"
    assert content["page"]["questions"][0]["answer"] == [{"id": "xx-9", "evidence": "Bruises"}]
    assert {flag["question"] for flag in content["flags"]} == {"", "descriptors"}
    for page, person in [("nowhere", None), ("descriptors", uuid4()), ("descriptors", None)]:
        with pytest.raises(NotYours):
            actions.add_page_addendum(referral=referral, page=page, answers={}, by=by, now=NOW, person_id=person)


def test_the_time_line(school):
    referral = sent(school)
    actions.add_addendum(referral=referral, text="More", by=acting(school.dsl), now=NOW + timedelta(hours=1))
    assert [(item.kind, item.by) for item in selectors.timeline(referral)] == [
        ("started", "Asha Pryor"),
        ("submit", "Asha Pryor"),
        ("send", "Asha Pryor"),
        ("addendum", school.dsl.full_name),
    ]


FROZEN = [Submission, Addendum, ReferralChange, TeamAccess]


def test_these_tables_are_append_only():
    assert set(FROZEN) <= set(append_only_models())


@pytest.mark.parametrize("model", FROZEN, ids=lambda model: model.__name__)
def test_postgresql_refuses_to_change_or_delete_them(school, model):
    """The web role, whose rights this test has, holds no UPDATE, DELETE or TRUNCATE there."""
    referral = sent(school)
    actions.add_addendum(referral=referral, text="More", by=acting(school.teacher), now=NOW)
    row = model.objects.filter(referral=referral).first()
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.delete()
    table = model._meta.db_table
    for statement in (f"UPDATE {table} SET referral_id = referral_id", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)
    assert model.objects.filter(pk=row.pk).exists()


def test_who_holds_the_row_gives_what_the_rules_asked_and_it_is_that_rows(school):
    """Facts of another referral, or from before its state changed, are a mistake and change nothing."""
    referral, other = drafted(school)[0], drafted(school)[0]
    by = acting(school.teacher)
    row, facts = locked(referral, by, NOW)
    about: dict[str, Any] = {"check": {}, "sharing": {}, "plan": {}, "urgent_because": (), "by": by, "now": NOW}
    with pytest.raises(ValueError, match="not those of the row"):
        actions.freeze_submission(referral=other, facts=facts, **about)
    submission = actions.freeze_submission(referral=row, facts=facts, **about)
    assert submission.referral.state == row.state == "submitted"
    with pytest.raises(ValueError, match="not those of the row"):
        actions.move(referral=row, verb=Verb.SEND, by=by, now=NOW, facts=facts)
    with pytest.raises(Refusal):
        actions.move(referral=row, verb=Verb.CLOSE, by=by, now=NOW, facts=selectors.facts_for(row, by, now=NOW))
    referral.refresh_from_db()
    assert referral.state == "submitted"
    assert not ReferralChange.objects.filter(referral=other).exists()
