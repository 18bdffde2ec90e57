"""The front door: reading, asking, recommending, deciding per child, closing; and what the referrer learns."""

from typing import Any

import pytest

from audit.domain.refusal import NotYours, Refusal
from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.casework.models import Decision, Message, MessageAnswer, Recommendation
from referrals.casework.selectors import (
    children_of,
    decisions_about,
    messages_about,
    recommendations_of,
    timeline,
    undecided,
)
from referrals.record.models import Referral
from referrals.routing import actions as routing
from referrals.routing.models import Clock, Intake
from referrals.routing.selectors import receipts_of
from tests.casework.support import (
    LATER,
    NOW,
    World,
    child_of,
    claimed,
    decide,
    decided,
    delivered,
    refused,
    routine,
    urgent,
    verbs,
)

pytestmark = pytest.mark.django_db
OUTSIDE = ["teacher", "dsl", "deputy", "manager", "colleague", "stranger", "elsewhere"]


def told(template: str) -> set[str]:
    rows = OutboxRow.objects.filter(references__template=template)
    return {row.references["person_id"] for row in rows}


def test_reading_is_recorded_and_shown_to_the_referrer(world: World):
    intake = delivered(world, routine(world))
    actions.read(intake=intake, by=world.by("screener"), now=LATER)
    receipt = receipts_of(intake.referral)[0]
    assert (receipt.read_at, receipt.read_by) == (LATER, world.screener.full_name)
    assert "referral.read" in verbs(intake.referral_id)


@pytest.mark.parametrize("who", OUTSIDE)
def test_only_the_front_door_that_received_it_reads_it_there(world: World, who):
    intake = delivered(world, routine(world))
    with pytest.raises(NotYours):
        actions.read(intake=intake, by=world.by(who), now=LATER)


def test_a_question_and_its_answer(world: World):
    intake = claimed(world, routine(world))
    message = actions.request_information(intake=intake, text="Who collects him?", by=world.by("screener"), now=LATER)
    intake.refresh_from_db()
    assert intake.state == "awaiting_information"
    assert told("information_asked") == {str(world.teacher.pk), str(world.dsl.pk), str(world.deputy.pk)}
    answer = actions.answer_information(message=message, text="His aunt.", by=world.by("teacher"), now=LATER)
    intake.refresh_from_db()
    assert intake.state == "in_triage"
    assert told("information_given") == {str(world.screener.pk)}
    assert messages_about(intake.referral).get().answer == answer
    assert {"message.ask", "message.answer"} <= set(verbs(intake.referral_id))
    with refused("answered already"):
        actions.answer_information(message=message, text="Her uncle.", by=world.by("dsl"), now=LATER)


@pytest.mark.parametrize("who", [*OUTSIDE])
def test_only_the_front_door_asks(world: World, who):
    intake = claimed(world, routine(world))
    with pytest.raises(Refusal):
        actions.request_information(intake=intake, text="Who?", by=world.by(who), now=LATER)
    assert not Message.objects.exists()


@pytest.mark.parametrize("who", ["colleague", "manager", "stranger", "screener", "worker", "head", "elsewhere"])
def test_only_the_referrer_and_the_desk_answer(world: World, who):
    intake = claimed(world, routine(world))
    message = actions.request_information(intake=intake, text="Who?", by=world.by("worker"), now=LATER)
    with pytest.raises(Refusal):
        actions.answer_information(message=message, text="I.", by=world.by(who), now=LATER)
    assert not MessageAnswer.objects.exists()


def test_nothing_is_asked_before_it_is_claimed_or_without_words(world: World):
    intake = delivered(world, routine(world))
    with pytest.raises(Refusal):
        actions.request_information(intake=intake, text="Who?", by=world.by("worker"), now=LATER)
    routing.claim(intake=intake, by=world.by("screener"), now=LATER)
    with refused("Write what you need"):
        actions.request_information(intake=intake, text=" ", by=world.by("screener"), now=LATER)
    intake.refresh_from_db()
    assert intake.state == "in_triage"


@pytest.mark.parametrize("who", ["screener", "worker", "head"])
def test_the_front_door_recommends(world: World, who):
    intake = claimed(world, routine(world))
    child = child_of(intake.referral)
    given: dict[str, Any] = {"intake": intake, "child": child, "by": world.by(who)}
    actions.recommend(outcome="advice", rationale="Known to the school nurse.", now=NOW, **given)
    last = actions.recommend(outcome="early_help", rationale="More is needed.", now=LATER, **given)
    assert recommendations_of(intake) == {str(child.pk): last}
    assert "decision.recommend" in verbs(intake.referral_id)


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_recommends(world: World, who):
    intake = claimed(world, routine(world))
    with pytest.raises(NotYours):
        actions.recommend(
            intake=intake,
            child=child_of(intake.referral),
            outcome="advice",
            rationale="So",
            by=world.by(who),
            now=LATER,
        )
    assert not Recommendation.objects.exists()


def test_nothing_is_recommended_from_the_queue(world: World):
    intake = delivered(world, routine(world))
    with refused("Claim it first"):
        actions.recommend(
            intake=intake,
            child=child_of(intake.referral),
            outcome="advice",
            rationale="So",
            by=world.by("screener"),
            now=LATER,
        )


@pytest.mark.parametrize("who", ["worker", "head"])
def test_a_social_worker_or_manager_decides_per_child_and_the_agency_learns_it(world: World, who):
    intake = claimed(world, routine(world, children=2))
    first = decide(world, intake, by=who, position=1, outcome="assessment")
    intake.refresh_from_db()
    assert intake.state == "in_triage"
    assert undecided(intake) == (child_of(intake.referral, 2),)
    assert not told("decided")
    second = decide(world, intake, by=who, position=2)
    intake.refresh_from_db()
    assert intake.state == "decided"
    assert list(decisions_about(intake.referral)) == [first, second]
    assert told("decided") == {str(world.teacher.pk), str(world.dsl.pk), str(world.deputy.pk)}
    assert verbs(intake.referral_id).count("decision.decide") == 2


@pytest.mark.parametrize("who", ["screener", *OUTSIDE])
def test_nobody_else_decides(world: World, who):
    intake = claimed(world, routine(world))
    with pytest.raises(Refusal):
        decide(world, intake, by=who)
    assert not Decision.objects.exists()


def test_nobody_decides_what_they_wrote(world: World):
    referral = routine(world)
    intake = claimed(world, referral)
    Referral.objects.filter(pk=referral.pk).update(author=world.worker)
    with refused("You wrote this yourself"):
        decide(world, intake, by="worker")
    decide(world, intake, by="head")


def test_a_child_is_decided_once(world: World):
    intake = claimed(world, routine(world, children=2))
    decide(world, intake, by="worker", position=1)
    with refused("Nell Byrne has decided for this child"):
        decide(world, intake, by="head", position=1)
    assert Decision.objects.count() == 1


def test_not_from_the_queue_not_twice_not_for_another_child(world: World):
    intake = delivered(world, routine(world))
    with pytest.raises(Refusal):
        decide(world, intake)
    other = child_of(routine(world))
    intake = claimed(world, routine(world))
    with pytest.raises(NotYours):
        actions.decide(
            intake=intake,
            child=other,
            outcome="advice",
            rationale="So",
            next_step="So",
            by=world.by("worker"),
            now=LATER,
        )
    decide(world, intake)
    with pytest.raises(Refusal):
        decide(world, intake)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"rationale": ""}, "Say why"),
        ({"next_step": " "}, "Say what happens next"),
        ({"outcome": "magic"}, "Choose one of the outcomes"),
    ],
)
def test_a_decision_needs_outcome_reasons_and_next_step(world: World, given, words):
    intake = claimed(world, routine(world))
    with refused(words):
        decide(world, intake, **given)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(("outcome", "running"), [("early_help", set()), ("assessment", {"nat-assessment"})])
def test_the_decision_stops_its_clock_and_an_assessments_time_runs_on(world: World, outcome, running):
    intake = claimed(world, urgent(world))
    assert set(Clock.objects.filter(intake=intake).values_list("deadline", flat=True)) >= {"nat-acknowledge"}
    decide(world, intake, outcome=outcome)
    clocks = Clock.objects.filter(intake=intake, stopped_at__isnull=True)
    assert set(clocks.values_list("deadline", flat=True)) == running


def test_closed_by_the_last_front_door_the_referral_is_closed(world: World):
    intake = decided(world, routine(world))
    referral = actions.close(intake=intake, by=world.by("worker"), now=LATER)
    intake.refresh_from_db()
    assert (intake.state, referral.state) == ("closed", "closed")


def test_it_is_not_closed_over_a_request_to_withdraw(world: World):
    """The referrer would never get an answer."""
    intake = decided(world, routine(world))
    asked = actions.withdraw_request(referral=intake.referral, why="Twice.", by=world.by("teacher"), now=LATER)
    with refused("answer that first"):
        actions.close(intake=intake, by=world.by("worker"), now=LATER)
    actions.answer_withdrawal(request=asked, accept=False, reasons="Decided.", by=world.by("worker"), now=LATER)
    assert actions.close(intake=intake, by=world.by("worker"), now=LATER).state == "closed"


def test_another_front_door_keeps_it_open(world: World):
    intake = decided(world, routine(world))
    other = Intake.objects.create(
        referral=intake.referral,
        submission=intake.submission,
        area=intake.area,
        front_door="emergency-duty-team",
        door_name="Duty team",
        team=world.night,
        urgent=False,
        state="received",
        state_since=NOW,
        sent_at=NOW,
        received_at=NOW,
    )
    assert actions.close(intake=intake, by=world.by("worker"), now=LATER).state == "sent"
    assert other.state == "received"


@pytest.mark.parametrize("who", ["screener", *OUTSIDE])
def test_only_a_decider_closes(world: World, who):
    intake = decided(world, routine(world))
    with pytest.raises(Refusal):
        actions.close(intake=intake, by=world.by(who), now=LATER)


def test_undecided_is_not_closed(world: World):
    intake = claimed(world, routine(world))
    with pytest.raises(Refusal):
        actions.close(intake=intake, by=world.by("worker"), now=LATER)


def test_what_each_side_sees_of_what_happened(world: World):
    world.wants_approval()
    referral = routine(world)
    actions.advise(referral=referral, text="Ask first.", by=world.by("dsl"), now=NOW)
    intake = decided(world, urgent(world))
    actions.advise(referral=intake.referral, text="Stay with him.", by=world.by("dsl"), now=NOW)
    agency = {item.kind for item in timeline(intake.referral, front_door=False)}
    door = {item.kind for item in timeline(intake.referral, front_door=True)}
    assert {"started", "submit", "send", "arrived", "decision", "advice", "approval_asked"} <= agency
    assert {"intake_arrive", "intake_claim", "decision"} <= door
    assert not {"advice", "approval_asked"} & door


def test_the_children_are_those_of_the_front_door(world: World):
    referral = routine(world, children=2)
    intake = claimed(world, referral)
    Intake.objects.filter(pk=intake.pk).update(children=[child_of(referral, 2).pk])
    intake.refresh_from_db()
    assert children_of(intake) == (child_of(referral, 2),)
    with pytest.raises(NotYours):
        decide(world, intake, position=1)
    decide(world, intake, position=2)
    intake.refresh_from_db()
    assert intake.state == "decided"
