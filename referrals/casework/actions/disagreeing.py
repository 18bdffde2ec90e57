"""Contesting what a front door decided, and its answer: the decision changes, or stands, with reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.clock import day_of
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from consent.actions import keep_said_since
from consent.models import SaidSince
from referrals.casework.actions.common import SUBJECT, arriving, check_has_read, locked, note, said, words
from referrals.casework.actions.deciding import CASEWORK, settle_clocks
from referrals.casework.domain.dispute import Stage, deadline_of, stage
from referrals.casework.domain.outcomes import outcomes_for
from referrals.casework.domain.permissions import (
    DisputeFacts,
    check_answer_disagreement,
    check_decide_for,
    check_disagree,
    check_take_up,
)
from referrals.casework.models import Decision, Disagreement, DisagreementAnswer
from referrals.casework.notices import agency_of, tell
from referrals.casework.people import deciders_of, desk_of_agency
from referrals.casework.selectors.decisions import decisions_of, disagreements_waiting, open_disagreement
from referrals.record import actions as records
from referrals.record.domain.forms import is_assessment
from referrals.record.domain.lifecycle import State as ReferralState
from referrals.record.domain.lifecycle import Verb as ReferralVerb
from referrals.record.domain.permissions import RecordFacts
from referrals.record.models import Referral
from referrals.routing.actions import move, start_clock, stop_clock
from referrals.routing.domain.lifecycle import Standing
from referrals.routing.domain.lifecycle import State as IntakeState
from referrals.routing.domain.lifecycle import Verb as IntakeVerb
from referrals.routing.domain.permissions import check_open, standing
from referrals.routing.models import Intake
from referrals.routing.selectors import facts_for
from thresholds.bank_holidays import bank_holidays
from thresholds.selectors import NoPackError, current_pack

_DECIDED = {IntakeState.DECIDED.value, IntakeState.CLOSED.value}


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What a decision is changed to, after a disagreement."""

    outcome: str
    rationale: str
    next_step: str


@transaction.atomic
def disagree(*, intake: Intake, grounds: str, by: Actor, now: datetime) -> Disagreement:
    """Contest what a front door decided, on grounds; return the disagreement.

    Its time is that of the partnership's next stage, counted from `now`; none where its document states none. Raises
    NotYours or Refusal unless `by` speaks for the agency's desk, or is the author where the desk doesn't see it; while
    nothing is decided, or a disagreement waits; and without grounds.
    """
    row, facts = locked(intake.referral, by, now)
    now = arriving(row, now)
    current = Intake.objects.select_related("referral").filter(pk=intake.pk, referral=row).first()
    if current is None:
        raise NotYours(rule="disagreement.raise", subject_type=SUBJECT, subject_id=row.pk)
    check_disagree(by, _dispute(current, facts, now=now))
    return _raise(current, row, grounds, by=by, now=now)


@transaction.atomic
def take_up(*, disagreement: Disagreement, grounds: str, by: Actor, now: datetime) -> Disagreement:
    """Take a disagreement that nobody has answered up to the partnership's next stage; return the new one, which goes
    on in its place, with that stage's own time.

    Raises NotYours or Refusal unless `by` may contest the decision; when it has been answered or taken up; and without
    grounds.
    """
    row, facts = locked(disagreement.referral, by, now)
    now = arriving(row, now)
    current = Disagreement.objects.select_related("intake__referral").filter(pk=disagreement.pk, referral=row).first()
    if current is None:
        raise NotYours(rule="disagreement.take_up", subject_type=SUBJECT, subject_id=row.pk)
    waits = disagreements_waiting().filter(pk=current.pk).exists()
    check_take_up(by, _dispute(current.intake, facts, now=now, waits=waits))
    stop_clock(about=current.pk, by=by, now=now)
    return _raise(current.intake, row, grounds, by=by, now=now, takes_up=current)


def _raise(
    intake: Intake, row: Referral, grounds: str, *, by: Actor, now: datetime, takes_up: Disagreement | None = None
) -> Disagreement:
    rule = "disagreement.take_up" if takes_up else "disagreement.raise"
    number = Disagreement.objects.filter(intake=intake).count() + 1
    policy, found = _partnerships_time(intake, number, now)
    disagreement = Disagreement.objects.create(
        referral=row,
        intake=intake,
        number=number,
        grounds=words(grounds, rule=rule, referral=row, what="Say on what grounds."),
        policy=policy[:200],
        stage_name=found.name[:200],
        due_at=found.due_at,
        takes_up=takes_up,
        **said(by, now),
    )
    keep_said_since(referral=row, where=SaidSince.Where.DISAGREEMENT, by=by, now=now)
    note(rule, row, by, {"intake": intake.pk, "number": number, "due_at": found.due_at})
    if found.due_at is not None:
        start_clock(
            deadline=deadline_of(found), due_at=found.due_at, intake=intake, about=disagreement.pk, by=by, now=now
        )
    tell("disagreement_raised", deciders_of(intake, now=now), about=disagreement.pk, referral=row, by=by)
    return disagreement


@transaction.atomic
def answer_disagreement(
    *,
    disagreement: Disagreement,
    reasons: str,
    by: Actor,
    now: datetime,
    changes: Mapping[UUID | None, NewDecision] | None = None,
) -> DisagreementAnswer:
    """Answer a disagreement; return the answer. `changes` holds the new decision for each child whose decision changes,
    by child id (None where no child was recorded); without it the decision stands. The agency is told either way. What
    was closed and is decided anew is in the front door's queue again.

    Raises NotYours or Refusal unless `by` decides at the front door that is contested, didn't decide it and didn't
    write the referral; when it has been answered; without reasons; and where they never opened the page of it, or
    something came in that they haven't read.
    """
    row, facts = locked(disagreement.referral, by, now)
    current = Disagreement.objects.select_related("intake", "intake__referral").get(pk=disagreement.pk, referral=row)
    how = standing(by, facts_for(current.intake, by, now=now))
    check_open(by, facts_for(current.intake, by, now=now))
    if Standing.DECIDER not in how:
        raise Refusal(
            "Only a registered social worker or the manager of the front door can do this.",
            rule="disagreement.answer",
            subject_type=SUBJECT,
            subject_id=row.pk,
        )
    check_decide_for(by, facts)
    waits = disagreements_waiting().filter(pk=current.pk).exists()
    check_answer_disagreement(by, _dispute(current.intake, facts, now=now, waits=waits))
    check_has_read([current.intake], row, by, rule="disagreement.answer")
    answer = DisagreementAnswer.objects.create(
        disagreement=current,
        changes=bool(changes),
        reasons=words(reasons, rule="disagreement.answer", referral=row, what="Say why: the referrer reads it."),
        **said(by, now),
    )
    stop_clock(about=current.pk, by=by, now=now)
    for child_id, new in (changes or {}).items():
        _change(current.intake, child_id, new, by=by, now=now)
    if changes:
        _open_again(current.intake, row, now)
        settle_clocks(current.intake, row, by, now)
    note(
        "disagreement.answer",
        row,
        by,
        {"intake": current.intake_id, "number": current.number, "changes": answer.changes},
    )
    tell("disagreement_answered", agency_of(row, now=now), about=answer.pk, referral=row, by=by)
    return answer


def _open_again(intake: Intake, row: Referral, now: datetime) -> None:
    """A closed intake whose decision changed is in the queue again: somebody has to do what is decided now."""
    if intake.state == IntakeState.CLOSED.value:
        move(intake=intake, verb=IntakeVerb.REOPEN, by=CASEWORK, now=now)
        intake.refresh_from_db()
    if row.state == ReferralState.CLOSED.value:
        records.move(referral=row, verb=ReferralVerb.REOPEN, by=CASEWORK, now=now)


def dispute_facts(
    intake: Intake, record: RecordFacts, *, now: datetime, about: Disagreement | None = None
) -> DisputeFacts:
    """Return what the rules need to know of what is contested, for pages that show whether it can be; `about` one
    disagreement, or else about any that waits."""
    waits = disagreements_waiting().filter(pk=about.pk).exists() if about else None
    return _dispute(intake, record, now=now, waits=waits)


def _dispute(intake: Intake, record: RecordFacts, *, now: datetime, waits: bool | None = None) -> DisputeFacts:
    return DisputeFacts(
        record=record,
        desk_exists=desk_of_agency(intake.referral, now=now).exists(),
        decided=intake.state in _DECIDED and decisions_of(intake).exists(),
        open=open_disagreement(intake) is not None if waits is None else waits,
        decider_ids=frozenset(decision.by_id for decision in decisions_of(intake) if decision.by_id is not None),
    )


def _change(intake: Intake, child_id: UUID | None, new: NewDecision, *, by: Actor, now: datetime) -> None:
    rule, referral = "disagreement.answer", intake.referral
    old = next((one for one in decisions_of(intake) if one.child_id == child_id), None)
    if old is None:
        raise NotYours(rule=rule, subject_type="intake", subject_id=intake.pk)
    offered = outcomes_for(assessment=is_assessment(referral.specification))
    if new.outcome not in {outcome.value for outcome in offered}:
        raise Refusal("Choose one of the outcomes.", rule=rule, subject_type=SUBJECT, subject_id=referral.pk)
    Decision.objects.create(
        intake=intake,
        child=old.child,
        outcome=new.outcome,
        rationale=words(new.rationale, rule=rule, referral=referral, what="Say why: the referrer reads it."),
        next_step=words(new.next_step, rule=rule, referral=referral, what="Say what happens next, and who does it."),
        replaces=old,
        **said(by, now),
    )
    detail = {"intake": intake.pk, "child": child_id or "", "from": old.outcome, "to": new.outcome}
    note("decision.change", referral, by, detail)


def next_stage(intake: Intake, *, now: datetime) -> Stage:
    """Return the stage that a disagreement with this front door would be at if it were raised or taken up at `now`
    (aware); an empty one where the partnership's document states none."""
    return _partnerships_time(intake, Disagreement.objects.filter(intake=intake).count() + 1, now)[1]


def _partnerships_time(intake: Intake, number: int, now: datetime) -> tuple[str, Stage]:
    """The policy, and the stage with when its answer is due, by the pack of the front door's own area."""
    try:
        pack = current_pack(intake.area, day_of(now)).pack
    except NoPackError:
        return "", Stage("", None)
    found = stage(pack, number, door=intake.front_door, now=now, holidays=bank_holidays())
    return pack.escalation.policy or "", found
