"""Submitting: what is urgent goes at once; what is routine goes, waits or is told why it can't."""

import json
from uuid import uuid4

import pytest

from accounts.models import FrontDoorTeam
from audit.domain.refusal import NotYours, Refusal
from audit.models import Entry
from consent.models import SharingRecord
from consent.selectors import sharing_of, sharing_records_of
from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.casework.models import Approval
from referrals.record import actions as records
from referrals.record.models import Submission
from referrals.record.selectors import content_of
from referrals.routing.models import Clock, Intake
from tests.casework.support import EVENING, NOW, World, child_of, refused, routine, save, submit, urgent, verbs

pytestmark = pytest.mark.django_db

SAID_NO = {"said": "refused", "said_on": "2026-11-13", "words": "We manage."}


def test_a_routine_referral_goes_with_everything_in_one_step(world: World):
    referral = routine(world)
    submission = submit(world, referral)
    referral.refresh_from_db()
    content = content_of(submission)
    child = str(child_of(referral).pk)
    assert referral.state == "sent"
    assert content["check"][child]["judged"] == "complex"
    assert content["sharing"][child]["verdict"] == "may_share"
    assert content["sharing"][child]["golden_rules"]
    assert content["plan"]["destinations"][0]["door"] == "family-connect"
    assert Intake.objects.get(referral=referral).front_door == "family-connect"
    assert sorted(OutboxRow.objects.values_list("kind", flat=True)) == ["deliver", "email", "email", "pdf_copy"]
    assert [verb for verb in verbs(referral.pk) if verb in {"referral.submit", "sharing.record", "referral.send"}] == [
        "referral.submit",
        "sharing.record",
        "referral.send",
    ]


def test_the_sharing_record_holds_what_was_read_and_what_it_came_to(world: World):
    referral = routine(world)
    submit(world, referral)
    record, child = sharing_of(referral), str(child_of(referral).pk)
    assert record is not None
    assert record.number == 1
    assert record.facts[child]["people"][1]["said"] == "given"
    assert record.decision[child]["verdict"] == "may_share"
    assert list(sharing_records_of(referral)) == [record]


@pytest.mark.parametrize("answers", [{"said": "refused", "said_on": "2026-11-13", "words": "No."}, {}])
def test_urgent_waits_for_no_agreement_answer_or_approval(world: World, answers):
    world.wants_approval()
    referral = urgent(world, agreement=answers or {"said": "not_sought"}, desk={"about_desk": "no"})
    submission = submit(world, referral)
    referral.refresh_from_db()
    assert referral.state == "sent"
    assert "harm" in referral.urgent_because
    assert content_of(submission)["missing"]
    assert Approval.objects.get(referral=referral).beside


def test_send_now_without_a_child_reaches_the_agencys_own_front_door(world: World):
    by = world.by("teacher")
    referral = records.start_referral(kind="send_now", by=by, now=NOW)
    save(referral, "worry", by, worry="A child is locked out and cold.")
    submission = submit(world, referral)
    intakes = Intake.objects.filter(referral=referral)
    assert {intake.front_door for intake in intakes} >= {"family-connect"}
    assert all(intake.urgent and intake.children == [] for intake in intakes)
    assert content_of(submission)["plan"]["children"][""]["stands_in"]


def test_out_of_hours_it_goes_to_the_duty_team_too(world: World):
    referral = urgent(world)
    actions.submit(referral=referral, by=world.by("teacher", EVENING), now=EVENING, token=uuid4())
    doors = set(Intake.objects.filter(referral=referral).values_list("front_door", flat=True))
    assert doors == {"family-connect", "emergency-duty-team"}


def test_the_first_facts_leave_the_written_form_to_be_done_in_time(world: World):
    by = world.by("teacher")
    referral = records.start_referral(kind="send_now", by=by, now=NOW)
    save(referral, "ring-first", by, rang="yes", rang_whom="Family Connect", rang_by="I", rang_on="2026-11-16")
    submit(world, referral)
    clock = Clock.objects.get(referral=referral, deadline="tw-form-after-call")
    assert clock.due_at.date().isoformat() == "2026-11-18"
    assert actions.discharge(referral=referral, deadline="tw-form-after-call", by=by, now=NOW)
    clock.refresh_from_db()
    assert clock.stopped_at == NOW
    assert not actions.discharge(referral=referral, deadline="tw-form-after-call", by=by, now=NOW)


def test_the_whole_form_is_the_writing(world: World):
    referral = urgent(world)
    by = world.by("teacher")
    save(referral, "ring-first", by, rang="yes", rang_whom="Family Connect", rang_by="I", rang_on="2026-11-16")
    submit(world, referral)
    assert not Clock.objects.filter(referral=referral, deadline="tw-form-after-call").exists()


def test_a_no_with_nobody_to_ask_is_told_why_and_goes_with_the_authors_reason(world: World):
    referral, by = routine(world, agreement=SAID_NO, desk={"about_desk": "yes"}), world.by("teacher")
    with refused("Write why it is right to share all the same"):
        submit(world, referral)
    referral.refresh_from_db()
    assert referral.state == "draft"
    assert not Submission.objects.exists()
    assert not SharingRecord.objects.exists()
    assert not OutboxRow.objects.exists()
    save(referral, "without-agreement", by, everybody_agrees="no", why_without="He has no coat, and it freezes.")
    content = content_of(submit(world, referral))
    referral.refresh_from_db()
    assert referral.state == "sent"
    assert [one["verdict"] for one in content["sharing"].values()] == ["may_share_flagged"]


@pytest.mark.parametrize("agreement", [{"said": "not_sought"}, {"said": "not_known"}, {"information_shared": "yes"}])
def test_without_agreement_on_record_and_nobody_to_ask_it_goes_flagged(world: World, agreement):
    referral = routine(world, agreement=agreement, desk={"about_desk": "not_sure"})
    content = content_of(submit(world, referral))
    referral.refresh_from_db()
    assert (referral.state, referral.urgent) == ("sent", False)
    assert [(one["verdict"], one["scope"]) for one in content["sharing"].values()] == [
        ("may_share_flagged", "essentials")
    ]
    assert not Approval.objects.exists()


def test_the_first_facts_go_without_a_child_also_where_nobody_is_in_danger_now(world: World):
    by = world.by("teacher")
    referral = records.start_referral(kind="send_now", by=by, now=NOW)
    save(referral, "start", by, danger="no", cannot_wait="no")
    submit(world, referral)
    referral.refresh_from_db()
    assert referral.state == "sent"


def test_a_routine_one_names_a_child(world: World):
    with refused("Add the child"):
        submit(world, routine(world, children=0))


def test_an_allegation_against_somebody_who_works_with_children_goes_without_a_child(world: World):
    world.wants_approval()
    referral, by = routine(world, children=0), world.by("teacher")
    save(referral, "alleged", by, alleged="yes", alleged_works_with_children="yes", alleged_workplace="A sports club")
    submission = submit(world, referral)
    referral.refresh_from_db()
    assert (referral.state, referral.urgent) == ("sent", True)
    assert referral.urgent_because == ["override"]
    assert Intake.objects.filter(submission=submission, urgent=True).exists()


@pytest.mark.parametrize("pressed", [2, 3])
def test_a_button_pressed_again_gives_the_same_submission(world: World, pressed):
    referral, token = routine(world), uuid4()
    by = world.by("teacher")
    given = {actions.submit(referral=referral, by=by, now=NOW, token=token).pk for _ in range(pressed)}
    assert len(given) == 1
    assert Submission.objects.count() == Intake.objects.count() == 1
    assert Entry.objects.filter(verb="referral.submit").count() == 1


def test_another_persons_button_is_nobodys(world: World):
    referral, token = routine(world), uuid4()
    records.share_draft(referral=referral, person=world.colleague, by=world.by("teacher"), now=NOW)
    actions.submit(referral=referral, by=world.by("teacher"), now=NOW, token=token)
    with pytest.raises(NotYours):
        actions.submit(referral=referral, by=world.by("colleague"), now=NOW, token=token)


def test_another_button_finds_it_submitted(world: World):
    referral = routine(world)
    submit(world, referral)
    with refused("has been sent"):
        submit(world, referral)


@pytest.mark.parametrize("who", ["dsl", "deputy", "manager", "colleague", "stranger", "screener", "worker", "head"])
def test_only_those_who_write_it_submit_it(world: World, who):
    referral = routine(world)
    with pytest.raises(Refusal):
        submit(world, referral, author=who)
    referral.refresh_from_db()
    assert referral.state == "draft"


def test_a_colleague_on_the_draft_submits_it(world: World):
    referral = routine(world)
    records.share_draft(referral=referral, person=world.colleague, by=world.by("teacher"), now=NOW)
    assert submit(world, referral, author="colleague").by == world.colleague


def test_siblings_go_where_each_has_to(world: World):
    referral = routine(world, children=2)
    submit(world, referral)
    intake = Intake.objects.get(referral=referral)
    assert intake.children == [child_of(referral, 1).pk, child_of(referral, 2).pk]


def test_nothing_is_kept_when_the_front_door_does_not_receive_here(world: World):
    referral = urgent(world)
    FrontDoorTeam.objects.update(area="elsewhere")
    with refused("Ring them"):
        submit(world, referral)
    referral.refresh_from_db()
    assert referral.state == "draft"
    assert not Submission.objects.exists()


def test_the_e_mails_name_a_template_and_ids_only(world: World):
    submit(world, urgent(world))
    for row in OutboxRow.objects.filter(kind="email"):
        assert set(row.references) == {"template", "person_id", "referral"}
        assert json.dumps(row.references).find("Vale") == -1
    templates = {row.references["template"] for row in OutboxRow.objects.filter(kind="email")}
    assert templates == {"sent_urgent"}


def test_what_is_urgent_for_one_child_holds_back_none_of_the_others(world: World):
    referral, by = routine(world, children=2, agreement={"said": "not_sought"}), world.by("teacher")
    records.save_page(
        referral=referral,
        page="harm",
        answers={"harm": "suspected", "harm_what": "A bruise."},
        version=1,
        by=by,
        now=NOW,
        person_id=child_of(referral, 2).pk,
    )
    sharing = content_of(submit(world, referral))["sharing"]
    referral.refresh_from_db()
    assert referral.state == "sent"
    first, second = (sharing[str(child_of(referral, number).pk)] for number in (1, 2))
    assert (first["verdict"], first["scope"]) == ("may_share_urgent", "essentials")
    assert (second["verdict"], second["scope"]) == ("may_share", "needed")
