"""Contesting a decision, and taking back what was sent."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.casework.actions import NewDecision
from referrals.casework.domain.dispute import stage
from referrals.casework.models import Decision, Disagreement, DisagreementAnswer, WithdrawalAnswer, WithdrawalRequest
from referrals.casework.selectors import decisions_of, desk_of, disagreements_about, open_withdrawal
from referrals.record.models import Referral
from referrals.routing.models import Clock, Intake, Opening
from referrals.routing.selectors import queue_of
from tests.casework.support import (
    AREA,
    LATER,
    NOW,
    World,
    area_pack,
    child_of,
    claimed,
    decided,
    delivered,
    opened,
    refused,
    routine,
    urgent,
    verbs,
)
from thresholds.bank_holidays import bank_holidays
from thresholds.domain.duties import EscalationStage, Unit
from thresholds.domain.parts import Citation

pytestmark = pytest.mark.django_db
NEW = NewDecision("assessment", "Read again with the history.", "A social worker visits tomorrow.")


def told(template: str) -> set[str]:
    return {row.references["person_id"] for row in OutboxRow.objects.filter(references__template=template)}


def contested(world: World, **pages) -> Disagreement:
    """A decided referral that the school contests."""
    intake = decided(world, routine(world, **pages))
    return actions.disagree(intake=intake, grounds="The history was not read.", by=world.by("dsl"), now=LATER)


@pytest.mark.parametrize("who", ["dsl", "deputy"])
def test_the_desk_contests_and_the_front_door_is_told(world: World, who):
    intake = decided(world, routine(world))
    raised = actions.disagree(intake=intake, grounds="The history was not read.", by=world.by(who), now=LATER)
    assert (raised.number, raised.due_at, raised.stage_name) == (1, None, "")
    assert raised.policy == "Telford & Wrekin Safeguarding Escalation Policy"
    assert told("disagreement_raised") == {str(world.worker.pk), str(world.head.pk)}
    assert "disagreement.raise" in verbs(intake.referral_id)
    assert desk_of(world.by("dsl"), now=LATER).contested == (raised,)


@pytest.mark.parametrize("who", ["teacher", "colleague", "manager", "stranger", "screener", "worker", "elsewhere"])
def test_nobody_else_contests(world: World, who):
    intake = decided(world, routine(world))
    with pytest.raises(Refusal):
        actions.disagree(intake=intake, grounds="No.", by=world.by(who), now=LATER)
    assert not Disagreement.objects.exists()


def test_where_the_desk_does_not_see_it_the_author_contests(world: World):
    intake = decided(world, routine(world, desk={"about_desk": "yes"}))
    with pytest.raises(NotYours):
        actions.disagree(intake=intake, grounds="No.", by=world.by("dsl"), now=LATER)
    assert actions.disagree(intake=intake, grounds="No.", by=world.by("teacher"), now=LATER).by == world.teacher


def test_nothing_is_contested_before_it_is_decided_twice_or_without_grounds(world: World):
    intake = claimed(world, routine(world))
    with refused("Nothing has been decided"):
        actions.disagree(intake=intake, grounds="No.", by=world.by("dsl"), now=LATER)
    intake = decided(world, routine(world))
    with refused("Say on what grounds"):
        actions.disagree(intake=intake, grounds=" ", by=world.by("dsl"), now=LATER)
    actions.disagree(intake=intake, grounds="No.", by=world.by("dsl"), now=LATER)
    with refused("contested already"):
        actions.disagree(intake=intake, grounds="No.", by=world.by("deputy"), now=LATER)


def test_it_stands_with_reasons(world: World):
    raised = contested(world)
    answer = actions.answer_disagreement(
        disagreement=raised, reasons="The history was weighed.", by=world.by("head"), now=LATER
    )
    assert not answer.changes
    assert Decision.objects.count() == 1
    assert str(world.dsl.pk) in told("disagreement_answered")
    assert "disagreement.answer" in verbs(raised.referral_id)
    assert disagreements_about(raised.referral).get().answer == answer


def test_it_changes_and_the_new_decision_counts(world: World):
    raised = contested(world)
    child = child_of(raised.referral)
    answer = actions.answer_disagreement(
        disagreement=raised, reasons="You are right.", by=world.by("head"), now=LATER, changes={child.pk: NEW}
    )
    assert answer.changes
    current = decisions_of(raised.intake).get()
    assert (current.outcome, current.by, current.child) == ("assessment", world.head, child)
    assert current.replaces is not None
    assert current.replaces.outcome == "early_help"
    assert "decision.change" in verbs(raised.referral_id)


def test_a_change_to_an_assessment_lets_its_statutory_time_run_again(world: World):
    raised = contested(world)
    clock = Clock.objects.get(intake=raised.intake, deadline="nat-assessment")
    assert clock.stopped_at is not None
    child = child_of(raised.referral)
    actions.answer_disagreement(
        disagreement=raised, reasons="You are right.", by=world.by("head"), now=LATER, changes={child.pk: NEW}
    )
    again = Clock.objects.get(pk=clock.pk)
    assert (again.stopped_at, again.started_at, again.due_at) == (None, clock.started_at, clock.due_at)
    assert Clock.objects.get(intake=raised.intake, deadline="nat-acknowledge").stopped_at is not None
    assert "clock.resume" in verbs(raised.referral_id)


@pytest.mark.parametrize(("changes", "after"), [(True, ("decided", "sent")), (False, ("closed", "closed"))])
def test_what_was_closed_is_in_the_queue_again_when_the_decision_changes(world: World, changes, after):
    """Somebody has to do what is decided now."""
    intake = decided(world, routine(world))
    actions.close(intake=intake, by=world.by("worker"), now=LATER)
    raised = actions.disagree(intake=intake, grounds="The bruises were not weighed.", by=world.by("dsl"), now=LATER)
    new: dict[UUID | None, NewDecision] | None = {child_of(raised.referral).pk: NEW} if changes else None
    actions.answer_disagreement(
        disagreement=raised, reasons="We have read it again.", by=world.by("head"), now=LATER, changes=new
    )
    intake.refresh_from_db()
    intake.referral.refresh_from_db()
    assert (intake.state, intake.referral.state) == after
    running = Clock.objects.filter(intake=intake, deadline="nat-assessment", stopped_at__isnull=True)
    assert running.exists() is changes
    if changes:
        queue = queue_of(world.by("worker"), now=LATER)
        assert intake.pk in {one.intake.pk for one in (*queue.mine, *queue.unassigned, *queue.others)}
        assert actions.close(intake=intake, by=world.by("worker"), now=LATER).state == "closed"


@pytest.mark.parametrize("changes", [True, False])
def test_nobody_answers_over_what_they_never_opened_or_what_came_in_since(world: World, changes):
    raised = contested(world)
    new: dict[UUID | None, NewDecision] | None = {child_of(raised.referral).pk: NEW} if changes else None
    given: dict[str, Any] = {"disagreement": raised, "reasons": "Read.", "by": world.by("head"), "changes": new}
    Opening.objects.filter(person=world.head).delete()
    with refused("You have not opened the page"):
        actions.answer_disagreement(now=LATER, **given)
    opened(raised.intake, world.head, at=LATER)
    actions.add_addendum(referral=raised.referral, text="He came back.", by=world.by("teacher"), now=LATER)
    with refused("Something came in since"):
        actions.answer_disagreement(now=LATER, **given)
    opened(raised.intake, world.head, at=LATER + timedelta(minutes=1))
    assert actions.answer_disagreement(now=LATER + timedelta(minutes=1), **given).changes is changes


def test_who_decided_does_not_answer(world: World):
    raised = contested(world)
    with refused("You took this decision"):
        actions.answer_disagreement(disagreement=raised, reasons="No.", by=world.by("worker"), now=LATER)


@pytest.mark.parametrize("who", ["teacher", "dsl", "stranger", "screener", "elsewhere"])
def test_nobody_outside_answers(world: World, who):
    raised = contested(world)
    with pytest.raises(Refusal):
        actions.answer_disagreement(disagreement=raised, reasons="No.", by=world.by(who), now=LATER)
    assert not DisagreementAnswer.objects.exists()


def test_answered_once_and_contested_again_one_stage_up(world: World):
    raised = contested(world)
    actions.answer_disagreement(disagreement=raised, reasons="It stands.", by=world.by("head"), now=LATER)
    with refused("has been answered"):
        actions.answer_disagreement(disagreement=raised, reasons="It stands.", by=world.by("head"), now=LATER)
    again = actions.disagree(intake=raised.intake, grounds="Still.", by=world.by("dsl"), now=LATER)
    assert again.number == 2


def test_a_changed_decision_needs_its_own_words_and_child(world: World):
    raised = contested(world)
    by, child = world.by("head"), child_of(raised.referral)
    given: dict[str, Any] = {"disagreement": raised, "reasons": "Changed.", "by": by, "now": LATER}
    with refused("Say what happens next"):
        actions.answer_disagreement(changes={child.pk: NewDecision("advice", "So", "")}, **given)
    with refused("Choose one"):
        actions.answer_disagreement(changes={child.pk: NewDecision("magic", "So", "So")}, **given)
    with pytest.raises(NotYours):
        actions.answer_disagreement(changes={raised.pk: NEW}, **given)
    assert Decision.objects.count() == 1


def test_a_contested_intake_is_not_closed(world: World):
    raised = contested(world)
    with refused("A disagreement waits"):
        actions.close(intake=raised.intake, by=world.by("worker"), now=LATER)
    actions.answer_disagreement(disagreement=raised, reasons="It stands.", by=world.by("head"), now=LATER)
    referral = actions.close(intake=raised.intake, by=world.by("worker"), now=LATER)
    assert referral.state == "closed"
    assert actions.disagree(intake=raised.intake, grounds="Still.", by=world.by("dsl"), now=LATER).number == 2


def test_the_time_is_the_partnerships_or_none():
    said = EscalationStage(
        number=1,
        name="Practitioners",
        who="practitioners",
        amount=2,
        unit=Unit.WORKING_DAYS,
        citation=Citation(section="Escalation", lines="1"),
    )
    silent = said.model_copy(update={"number": 2, "name": "Managers", "amount": None, "unit": None})
    plain = area_pack()
    pack = plain.model_copy(update={"escalation": plain.escalation.model_copy(update={"stages": (said, silent)})})
    found = [stage(pack, number, door="family-connect", now=NOW, holidays=bank_holidays()) for number in (1, 2, 3)]
    assert [one.name for one in found] == ["Practitioners", "Managers", ""]
    assert found[0].due_at == NOW + timedelta(days=2)
    assert [one.due_at for one in found[1:]] == [None, None]
    assert stage(plain, 1, door=AREA, now=NOW, holidays=bank_holidays()).due_at is None


@pytest.mark.parametrize("who", ["teacher", "dsl", "deputy"])
def test_the_agency_asks_to_withdraw_and_nothing_changes_yet(world: World, who):
    intake = delivered(world, routine(world))
    request = actions.withdraw_request(referral=intake.referral, why="The family moved.", by=world.by(who), now=LATER)
    intake.refresh_from_db()
    assert (intake.state, intake.referral.state) == ("received", "sent")
    assert open_withdrawal(intake.referral) == request
    assert told("withdrawal_asked") == {str(one.pk) for one in (world.screener, world.worker, world.head)}
    with refused("has been asked already"):
        actions.withdraw_request(referral=intake.referral, why="Again.", by=world.by("teacher"), now=LATER)


@pytest.mark.parametrize("who", ["colleague", "manager", "stranger", "screener", "worker"])
def test_nobody_else_asks_to_withdraw(world: World, who):
    intake = delivered(world, routine(world))
    with pytest.raises(Refusal):
        actions.withdraw_request(referral=intake.referral, why="No.", by=world.by(who), now=LATER)
    assert not WithdrawalRequest.objects.exists()


def test_a_draft_needs_no_front_door_to_be_withdrawn(world: World):
    with pytest.raises(Refusal):
        actions.withdraw_request(referral=routine(world), why="No.", by=world.by("teacher"), now=LATER)


def test_accepted_it_is_withdrawn_and_its_intake_ends(world: World):
    intake = claimed(world, urgent(world))
    request = actions.withdraw_request(referral=intake.referral, why="Twice.", by=world.by("teacher"), now=LATER)
    actions.answer_withdrawal(request=request, accept=True, reasons="It came twice.", by=world.by("worker"), now=LATER)
    intake.refresh_from_db()
    referral = Referral.objects.get(pk=intake.referral_id)
    assert (intake.state, referral.state) == ("closed", "withdrawn")
    assert not Clock.objects.filter(intake=intake, stopped_at__isnull=True).exists()
    assert str(world.teacher.pk) in told("withdrawal_answered")
    assert "withdrawal.answer" in verbs(referral.pk)


def test_refused_it_goes_on(world: World):
    intake = claimed(world, routine(world))
    request = actions.withdraw_request(referral=intake.referral, why="No.", by=world.by("teacher"), now=LATER)
    actions.answer_withdrawal(
        request=request, accept=False, reasons="The worry stands.", by=world.by("head"), now=LATER
    )
    intake.refresh_from_db()
    assert (intake.state, intake.referral.state) == ("in_triage", "sent")
    with refused("has been answered"):
        actions.answer_withdrawal(request=request, accept=True, reasons="Yes.", by=world.by("head"), now=LATER)
    again = actions.withdraw_request(referral=intake.referral, why="Please.", by=world.by("dsl"), now=LATER)
    assert again.number == 2


@pytest.mark.parametrize("who", ["teacher", "dsl", "stranger", "screener", "elsewhere"])
def test_only_a_decider_there_answers_it(world: World, who):
    intake = claimed(world, routine(world))
    request = actions.withdraw_request(referral=intake.referral, why="No.", by=world.by("teacher"), now=LATER)
    with pytest.raises(Refusal):
        actions.answer_withdrawal(request=request, accept=True, reasons="Yes.", by=world.by(who), now=LATER)
    assert not WithdrawalAnswer.objects.exists()


def test_one_front_door_does_not_speak_for_another(world: World):
    intake = claimed(world, routine(world))
    Intake.objects.create(
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
    request = actions.withdraw_request(referral=intake.referral, why="No.", by=world.by("teacher"), now=LATER)
    with refused("Another front door holds it too"):
        actions.answer_withdrawal(request=request, accept=True, reasons="Yes.", by=world.by("worker"), now=LATER)
    actions.answer_withdrawal(request=request, accept=False, reasons="No.", by=world.by("worker"), now=LATER)


def test_a_decision_is_not_taken_back(world: World):
    intake = decided(world, routine(world))
    request = actions.withdraw_request(referral=intake.referral, why="No.", by=world.by("teacher"), now=LATER)
    with pytest.raises(Refusal):
        actions.answer_withdrawal(request=request, accept=True, reasons="Yes.", by=world.by("worker"), now=LATER)
    assert not WithdrawalAnswer.objects.exists()


def test_the_system_cannot_contest(world: World):
    intake = decided(world, routine(world))
    with pytest.raises(Refusal):
        actions.disagree(intake=intake, grounds="No.", by=Actor.system("outbox"), now=LATER)
