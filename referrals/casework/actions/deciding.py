"""What a front door's people recommend and decide, child by child, and the end of an intake."""

from datetime import datetime

from django.db import transaction

from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from referrals.casework.actions.common import SUBJECT, check_has_read, locked, note, said, words
from referrals.casework.actions.reviewing import start_review
from referrals.casework.domain.outcomes import LEADS_TO_ASSESSMENT, Outcome, outcomes_for
from referrals.casework.domain.permissions import check_decide_for
from referrals.casework.models import Decision, Recommendation
from referrals.casework.notices import agency_of, tell
from referrals.casework.offers import DECIDED_HERE, end_offers
from referrals.casework.selectors.decisions import children_of, decisions_of, open_disagreement, undecided
from referrals.casework.selectors.messages import open_withdrawal
from referrals.record import actions as records
from referrals.record.domain.forms import is_assessment
from referrals.record.domain.lifecycle import State as ReferralState
from referrals.record.domain.lifecycle import Verb as ReferralVerb
from referrals.record.models import Child, Referral
from referrals.routing.actions import mark_read, move, resume_clocks, stop_clocks
from referrals.routing.domain.lifecycle import OPEN, Verb
from referrals.routing.domain.lifecycle import State as IntakeState
from referrals.routing.domain.permissions import check_act, check_open
from referrals.routing.models import Intake
from referrals.routing.selectors import facts_for, intake_for, owned
from thresholds.domain.assessments import OF_AN_ASSESSMENT

CASEWORK = Actor.system("casework")


@transaction.atomic
def read(*, intake: Intake, by: Actor, now: datetime) -> Intake:
    """Open an intake at the front door: return it, with the reading recorded, and noted for the receipt the first time.

    Raises NotYours for who doesn't belong to the front door.
    """
    found = intake_for(by, intake.pk, purpose="triage", now=now)
    mark_read(intake=found, by=by, now=now)
    return found


@transaction.atomic
def recommend(
    *, intake: Intake, child: Child | None, outcome: str, rationale: str, by: Actor, now: datetime
) -> Recommendation:
    """Recommend an outcome for one child to whoever decides; return the row. The last one counts.

    `child` is None only where no child was recorded. Raises NotYours or Refusal unless `by` belongs to the front door
    and the intake is being worked on, for a child who didn't go there, without a rationale, and for an unknown outcome.
    """
    row, _facts = locked(intake.referral, by, now)
    current = _worked_on(intake, by, now)
    recommendation = Recommendation.objects.create(
        intake=current,
        child=_child_of(current, child),
        outcome=_outcome(outcome, row).value,
        rationale=words(rationale, rule="decision.recommend", referral=row, what="Say why."),
        **said(by, now),
    )
    note("decision.recommend", row, by, {"intake": current.pk, "child": _id(child), "outcome": outcome})
    return recommendation


@transaction.atomic
def decide(
    *,
    intake: Intake,
    child: Child | None,
    outcome: str,
    rationale: str,
    next_step: str,
    by: Actor,
    now: datetime,
) -> Decision:
    """Decide for one child; return the decision. With the last child the intake is decided, and the referrer is told.
    An offer of the child to another front door is taken back.

    Raises NotYours or Refusal unless `by` is a registered social worker or manager of the team that received it and
    didn't write it, the intake is being worked on, the child went there and isn't decided yet, and reasons and next
    step are given: the referrer learns both (Working Together: the referrer is told what happens next). Refusal too
    where they never opened the page of it, or something came in that they haven't read.
    """
    row, facts = locked(intake.referral, by, now)
    current = _fresh(intake, by, now)
    check_act(Verb.DECIDE, by, facts_for(current, by, now=now))
    check_decide_for(by, facts)
    about = _child_of(current, child)
    earlier = decisions_of(current).filter(child=about).select_related("by").first()
    if earlier is not None:
        raise Refusal(
            f"{earlier.by_name} has decided for this child. A decision changes only through a disagreement.",
            rule="decision.decide",
            subject_type=SUBJECT,
            subject_id=row.pk,
        )
    check_has_read([current], row, by, rule="decision.decide")
    decision = Decision.objects.create(
        intake=current,
        child=about,
        outcome=_outcome(outcome, row).value,
        rationale=words(rationale, rule="decision.decide", referral=row, what="Say why: the referrer reads it."),
        next_step=words(
            next_step, rule="decision.decide", referral=row, what="Say what happens next, and who does it."
        ),
        **said(by, now),
    )
    note("decision.decide", row, by, {"intake": current.pk, "child": _id(child), "outcome": outcome})
    if about is not None:
        # Two front doors would act on one child. The siblings of that offer stay too, and can be offered again.
        end_offers(current, row, why=DECIDED_HERE, now=now, about=about.pk)
    if not undecided(current):
        end_offers(current, row, why=DECIDED_HERE, now=now)
        move(intake=current, verb=Verb.DECIDE, by=by, now=now)
        settle_clocks(current, row, by, now)
        outcomes = {Outcome(one.outcome) for one in decisions_of(current)}
        start_review(intake=current, submission=current.submission, outcomes=outcomes, by=by, now=now)
        tell("decided", agency_of(row, now=now), about=current.pk, referral=row, by=by)
    return decision


@transaction.atomic
def close(*, intake: Intake, by: Actor, now: datetime) -> Referral:
    """Close an intake that is decided; return the referral, closed too when no other front door still has it.

    Raises NotYours or Refusal unless `by` decides there and it is decided, while a disagreement waits, where they
    never opened the page of it or something came in that they haven't read, and, for the last front door that has it,
    while a request to withdraw it waits.
    """
    row, _facts = locked(intake.referral, by, now)
    current = _fresh(intake, by, now)
    check_act(Verb.CLOSE, by, facts_for(current, by, now=now))
    if open_disagreement(current) is not None:
        raise Refusal(
            "A disagreement waits for an answer: answer it first.",
            rule="intake.close",
            subject_type=SUBJECT,
            subject_id=row.pk,
        )
    if open_withdrawal(row) is not None and not owned(row).exclude(pk=current.pk).exists():
        raise Refusal(
            "The referrer has asked to withdraw it, and waits for an answer: answer that first.",
            rule="intake.close",
            subject_type=SUBJECT,
            subject_id=row.pk,
        )
    # Once it is closed no alarm says any more that nobody has read what was added.
    check_has_read([current], row, by, rule="intake.close")
    move(intake=current, verb=Verb.CLOSE, by=by, now=now)
    return close_if_finished(row, now)


def close_if_finished(referral: Referral, now: datetime) -> Referral:
    """Close a sent referral that no front door has any more; return it as it is then. In the caller's transaction."""
    open_intakes = Intake.objects.filter(referral=referral, state__in=sorted(state.value for state in OPEN))
    if referral.state != ReferralState.SENT.value or open_intakes.exists():
        return referral
    return records.move(referral=referral, verb=ReferralVerb.CLOSE, by=CASEWORK, now=now)


def _fresh(intake: Intake, by: Actor, now: datetime) -> Intake:
    """The intake, locked. The referral is locked already, so nobody waits crosswise."""
    row = Intake.objects.select_for_update(of=("self",)).select_related("referral", "team").filter(pk=intake.pk).first()
    if row is None:
        raise NotYours(rule="intake.read", subject_type="intake", subject_id=intake.pk)
    check_open(by, facts_for(row, by, now=now))
    return row


def _worked_on(intake: Intake, by: Actor, now: datetime) -> Intake:
    current = _fresh(intake, by, now)
    if current.state not in {IntakeState.IN_TRIAGE.value, IntakeState.AWAITING_INFORMATION.value}:
        raise Refusal(
            "Claim it first. What is decided needs no recommendation any more.",
            rule="decision.recommend",
            subject_type="intake",
            subject_id=current.pk,
        )
    return current


def _child_of(intake: Intake, child: Child | None) -> Child | None:
    """The child as the intake knows them; NotYours for one who didn't go to this front door."""
    known = {one.pk: one for one in children_of(intake)}
    if child is None and not known:
        return None
    if child is None or child.pk not in known:
        raise NotYours(rule="decision.decide", subject_type="intake", subject_id=intake.pk)
    return known[child.pk]


def _outcome(value: str, referral: Referral) -> Outcome:
    offered = outcomes_for(assessment=is_assessment(referral.specification))
    found = next((one for one in offered if one.value == value), None)
    if found is not None:
        return found
    raise Refusal("Choose one of the outcomes.", rule="decision.decide", subject_type=SUBJECT, subject_id=referral.pk)


def settle_clocks(intake: Intake, referral: Referral, by: Actor, now: datetime) -> None:
    """Stop what the decisions of a decided intake end. Where an assessment follows, its own statutory time runs on, and
    runs again where a decision that has been changed had ended it. In the caller's transaction."""
    outcomes = {Outcome(decision.outcome) for decision in decisions_of(intake)}
    runs_on = OF_AN_ASSESSMENT if outcomes & LEADS_TO_ASSESSMENT else frozenset()
    running = set(intake.clocks.filter(stopped_at__isnull=True).values_list("deadline", flat=True))
    stop_clocks(referral=referral, intake=intake, deadlines=running - runs_on, by=by, now=now)
    resume_clocks(intake=intake, deadlines=runs_on, by=by, now=now)


def _id(child: Child | None) -> str:
    return str(child.pk) if child else ""
