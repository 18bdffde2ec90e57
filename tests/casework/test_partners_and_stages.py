"""What partners were asked and gave, stages of a disagreement with their own times, and times of early help."""

from datetime import datetime, timedelta

import pytest

from accounts.domain.roles import Role
from audit.domain.refusal import NotYours
from audit.models import Entry
from referrals.casework import actions
from referrals.casework.domain.partners import Basis, Partner
from referrals.casework.models import Disagreement, PartnerRequest
from referrals.casework.selectors import disagreements_waiting, requests_of, timeline
from referrals.record.models import Referral
from referrals.routing import actions as routing
from referrals.routing.domain.limits import PARTNER_RETURN, REVIEW
from referrals.routing.models import Clock, Intake
from tests.casework.handing import There, mails, offer
from tests.casework.support import (
    LATER,
    NOW,
    World,
    acting,
    area_pack,
    assessment,
    child_of,
    claimed,
    decided,
    delivered,
    ids,
    opened,
    refused,
    routine,
    save,
    states,
    submit,
    verbs,
)
from tests.factories import FrontDoorTeamFactory, person_with
from tests.routing.test_limits import limit
from thresholds.domain.duties import EscalationStage, Event, Unit

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


# Partners -------------------------------------------------------------------------------------------------------------


def ask(world: World, intake: Intake, *, by: str = "screener", now: datetime = LATER, **given) -> PartnerRequest:
    said = {
        "partner": Partner.POLICE,
        "who": "The safeguarding unit, by phone",
        "asked": "Any callouts to the home.",
        "why": "To know who lives there.",
        "basis": Basis.HARM,
        "due_at": LATER + timedelta(hours=4),
        **given,
    }
    return actions.ask_partner(intake=intake, by=world.by(by), now=now, **said)


def test_a_partner_is_asked_by_a_time_and_answers_or_not(world: World):
    intake = claimed(world, routine(world))
    police = ask(world, intake)
    health = ask(world, intake, partner=Partner.HEALTH, due_at=LATER + DAY)
    intake.refresh_from_db()
    assert intake.state == "awaiting_information"
    clock = intake.clocks.get(about=police.pk)
    assert (clock.deadline, clock.name, clock.due_at) == (PARTNER_RETURN, "Police to answer", police.due_at)
    assert intake.clocks.get(deadline="nat-acknowledge").stopped_at is None, "the time of the law runs on"
    actions.watch_clocks(now=clock.warn_at)
    assert mails("time_before_here") == ids(world.screener)
    answer = actions.partner_answered(
        request=police, intake=intake, given=True, text="None.", by=world.by("worker"), now=LATER
    )
    clock.refresh_from_db()
    assert (answer.given, clock.stopped_at) == (True, LATER)
    intake.refresh_from_db()
    assert intake.state == "awaiting_information", "health hasn't answered"
    actions.partner_answered(
        request=health, intake=intake, given=False, text="They don't know her.", by=world.by("screener"), now=LATER
    )
    intake.refresh_from_db()
    assert intake.state == "in_triage"
    with refused("answered already"):
        actions.partner_answered(request=health, intake=intake, given=True, text="x", by=world.by("head"), now=LATER)
    assert {"partner.ask", "partner.answer"} <= set(verbs(intake.referral_id))


def test_neither_the_referrer_nor_the_other_front_door_reads_what_partners_were_asked(world: World):
    intake = claimed(world, routine(world))
    request = ask(world, intake)
    actions.partner_answered(
        request=request, intake=intake, given=True, text="A caution.", by=world.by("worker"), now=LATER
    )
    for front_door in (True, False):
        told = " ".join(f"{item.text} {item.why}" for item in timeline(intake.referral, front_door=front_door))
        assert "callouts" not in told
        assert "caution" not in told
    assert not mails("information_asked")
    assert "A caution." not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_the_referrers_answer_does_not_end_the_waiting_for_a_partner(world: World):
    intake = claimed(world, routine(world))
    message = actions.request_information(intake=intake, text="Who lives there?", by=world.by("screener"), now=LATER)
    intake.refresh_from_db()
    request = ask(world, intake)
    actions.answer_information(message=message, text="His mother.", by=world.by("teacher"), now=LATER)
    intake.refresh_from_db()
    assert intake.state == "awaiting_information"
    actions.partner_answered(request=request, intake=intake, given=True, text="x", by=world.by("screener"), now=LATER)
    intake.refresh_from_db()
    assert intake.state == "in_triage"


def test_who_asks_what_the_family_must_not_know_of_decides(world: World):
    intake = claimed(world, routine(world))
    with refused("must not know"):
        ask(world, intake, basis=Basis.UNTOLD)
    ask(world, intake, basis=Basis.UNTOLD, by="worker")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"due_at": LATER}, "has passed"),
        ({"who": " "}, "whom you asked"),
        ({"asked": " "}, "what you asked"),
        ({"why": ""}, "why you need it"),
        ({"by": "head"}, None),
    ],
)
def test_a_question_to_a_partner_is_whole(world: World, given, words):
    intake = claimed(world, routine(world))
    if words is None:
        ask(world, intake, **given)
        return
    with refused(words):
        ask(world, intake, **given)


def test_nobody_asks_before_it_is_claimed_and_nobody_outside(world: World):
    intake = delivered(world, routine(world))
    with refused("Nobody has claimed it"):
        ask(world, intake)
    held = routing.claim(intake=intake, by=world.by("worker"), now=LATER)
    for who in ("teacher", "dsl", "elsewhere"):
        with pytest.raises(NotYours):
            ask(world, held, by=who)
    with refused("the person who has claimed it"):
        ask(world, held)


def test_what_a_partner_owes_runs_on_where_it_was_handed_over(world: World, there: There):
    gone = claimed(world, routine(world))
    request = ask(world, gone)
    accepted = actions.accept_transfer(intake=offer(world, gone, there), by=there.by("screener"), now=LATER)
    assert list(requests_of(accepted)) == [request]
    assert accepted.clocks.get(about=request.pk).due_at == request.due_at
    with refused("Another front door has it"):
        actions.partner_answered(request=request, intake=gone, given=True, text="x", by=world.by("worker"), now=LATER)
    actions.partner_answered(
        request=request, intake=accepted, given=True, text="None.", by=there.by("worker"), now=LATER
    )
    assert not Clock.objects.filter(about=request.pk, stopped_at__isnull=True).exists()


def test_what_is_asked_after_siblings_parted_stays_where_it_was_asked(world: World, there: There):
    intake = claimed(world, routine(world, children=2))
    before = ask(world, intake)
    gone = [child_of(intake.referral, 2).pk]
    accepted = actions.accept_transfer(
        intake=offer(world, intake, there, children=gone), by=there.by("screener"), now=LATER
    )
    after = ask(world, intake, now=LATER + timedelta(minutes=1))
    assert list(requests_of(accepted)) == [before]
    assert list(requests_of(intake)) == [before, after]


# Disagreements --------------------------------------------------------------------------------------------------------

SOURCE = limit("x", 1, Unit.HOURS).citation
STAGES = tuple(
    EscalationStage(number=number, name=name, who="those", amount=amount, unit=Unit.WORKING_DAYS, citation=SOURCE)
    for number, name, amount in ((1, "Practitioners", 2), (2, "Managers", 5))
)


def contested(world: World) -> Disagreement:
    escalation = area_pack().escalation.model_copy(update={"stages": STAGES})
    states(world, escalation=escalation)
    intake = decided(world, routine(world))
    return actions.disagree(intake=intake, grounds="The history was not read.", by=world.by("dsl"), now=LATER)


def test_each_stage_has_its_own_time_and_is_told_before_it_is_over(world: World):
    raised = contested(world)
    clock = Clock.objects.get(about=raised.pk)
    assert (raised.stage_name, clock.due_at) == ("Practitioners", raised.due_at)
    actions.watch_clocks(now=clock.warn_at)
    assert mails("time_before_here") == ids(world.worker, world.head)
    actions.watch_clocks(now=clock.due_at + timedelta(seconds=1))
    assert mails("disagreement_late") == ids(world.teacher, world.dsl, world.deputy)
    up = actions.take_up(disagreement=raised, grounds="Nobody answered.", by=world.by("deputy"), now=clock.due_at)
    assert (up.number, up.stage_name, up.takes_up) == (2, "Managers", raised)
    assert Clock.objects.get(about=up.pk).due_at == up.due_at
    assert up.due_at is not None
    assert raised.due_at is not None
    assert up.due_at > raised.due_at
    clock.refresh_from_db()
    assert clock.stopped_at is not None
    assert list(disagreements_waiting()) == [up]
    with refused("has been answered"):
        actions.answer_disagreement(disagreement=raised, reasons="It stands.", by=world.by("head"), now=LATER)
    actions.answer_disagreement(disagreement=up, reasons="It stands.", by=world.by("head"), now=LATER + 3 * DAY)
    assert not Clock.objects.filter(about=up.pk, stopped_at__isnull=True).exists()


def test_it_is_taken_up_once_by_who_contests_and_where_no_time_is_stated_too(world: World):
    intake = decided(world, routine(world))
    raised = actions.disagree(intake=intake, grounds="Not read.", by=world.by("dsl"), now=LATER)
    for who in ("teacher", "screener", "worker"):
        with refused("safeguarding lead"):
            actions.take_up(disagreement=raised, grounds="x", by=world.by(who), now=LATER)
    with refused("on what grounds"):
        actions.take_up(disagreement=raised, grounds=" ", by=world.by("dsl"), now=LATER)
    actions.take_up(disagreement=raised, grounds="She can't wait.", by=world.by("dsl"), now=LATER)
    with refused("has been answered"):
        actions.take_up(disagreement=raised, grounds="x", by=world.by("deputy"), now=LATER)


def test_nothing_is_closed_while_a_disagreement_that_was_taken_up_waits(world: World):
    intake = decided(world, routine(world))
    raised = actions.disagree(intake=intake, grounds="Not read.", by=world.by("dsl"), now=LATER)
    actions.take_up(disagreement=raised, grounds="She can't wait.", by=world.by("dsl"), now=LATER)
    with refused("A disagreement waits"):
        actions.close(intake=intake, by=world.by("worker"), now=LATER)


# Early help -----------------------------------------------------------------------------------------------------------


def registered(world: World, *limits, review_on: str = "") -> Referral:
    team = FrontDoorTeamFactory.create(area="telford-and-wrekin", front_door="strengthening-families")
    coordinator = acting(person_with(Role.EARLY_HELP_COORDINATOR, team=team))
    if limits:
        states(world, *limits)
    referral = assessment(world)
    if review_on:
        save(referral, "review", world.by("teacher"), review_on=review_on)
    submit(world, referral)
    intake = Intake.objects.get(referral=referral)
    routing.arrive(intake_id=intake.pk, now=NOW)
    held = routing.claim(intake=opened(intake, coordinator), by=coordinator, now=NOW)
    actions.decide(
        intake=held,
        child=child_of(referral),
        outcome="registered",
        rationale="The plan is whole.",
        next_step="Meet in four weeks.",
        by=coordinator,
        now=LATER,
    )
    return referral


def test_the_review_is_due_on_the_day_that_the_form_names(world: World):
    referral = registered(world, review_on="2026-12-18")
    clock = Clock.objects.get(referral=referral, deadline=REVIEW)
    assert clock.intake is None
    assert clock.due_at.isoformat().startswith("2026-12-18T17:00")
    actions.watch_clocks(now=clock.warn_at)
    assert mails("time_before_own") == ids(world.teacher)
    intake = Intake.objects.get(referral=referral)
    registered_by = intake.decisions.get().by
    assert registered_by is not None
    actions.close(intake=intake, by=acting(registered_by), now=LATER)
    referral.refresh_from_db()
    assert referral.state == "closed"
    assert actions.discharge(referral=referral, deadline=REVIEW, by=world.by("dsl"), now=LATER)


def test_without_a_day_the_partnerships_time_counts_and_without_that_none(world: World):
    stated = limit(REVIEW, 30, Unit.WORKING_DAYS, Event.EARLY_HELP_STARTED)
    referral = registered(world, stated, review_on="2027-01")
    assert Clock.objects.get(referral=referral, deadline=REVIEW).started_at == LATER


def test_a_time_to_register_runs_where_it_is_stated(world: World):
    referral = registered(world, limit("early-help-registration", 5, Unit.WORKING_DAYS))
    clock = Clock.objects.get(referral=referral, deadline="early-help-registration")
    assert (clock.started_at, clock.stopped_at) == (NOW, LATER)
    assert not Clock.objects.filter(referral=referral, deadline=REVIEW).exists()
