"""Scoped reads of these pages that the record doesn't have."""

from datetime import datetime

from django.db.models import Q, QuerySet

from audit.domain.actor import Actor
from referrals.casework.actions.disagreeing import dispute_facts
from referrals.casework.domain.outcomes import Outcome, is_stepped_down
from referrals.casework.domain.permissions import can_disagree, can_take_up
from referrals.casework.models import Disagreement
from referrals.casework.selectors import decisions_about, disagreements_waiting, is_unreached
from referrals.record.domain.forms import is_assessment
from referrals.record.domain.lifecycle import Relationship, State
from referrals.record.domain.permissions import RecordFacts
from referrals.record.models import Involvement, Referral
from referrals.record.selectors import referrals_of
from referrals.routing.models import Intake
from referrals.routing.selectors import intakes_of


def own_referrals(actor: Actor, *, now: datetime) -> QuerySet[Referral]:
    """Return what the actor wrote, writes with a colleague, or held before, the last changed first, with the children's
    names.

    The caller records that it showed them. Empty for somebody without a role in an agency.
    """
    if actor.person_id is None:
        return Referral.objects.none()
    shared = Involvement.objects.filter(
        person_id=actor.person_id,
        part__in=[Involvement.Part.COLLEAGUE, Involvement.Part.FORMER],
        until__isnull=True,
    ).values("referral_id")
    own = Q(author_id=actor.person_id) | Q(pk__in=shared)
    return referrals_of(actor, now=now).filter(own).prefetch_related("children")


def own_drafts(actor: Actor, *, now: datetime) -> QuerySet[Referral]:
    """Return the drafts that the actor writes on: where harm is possible first, then those that have waited longest."""
    if actor.person_id is None:
        return Referral.objects.none()
    shared = Involvement.objects.filter(
        person_id=actor.person_id, part=Involvement.Part.COLLEAGUE, until__isnull=True
    ).values("referral_id")
    writes = Q(author_id=actor.person_id) | Q(pk__in=shared)
    drafts = own_referrals(actor, now=now).filter(writes, state=State.DRAFT.value)
    return drafts.order_by("-urgent", "updated_at", "pk")


def begun_from(referral: Referral, actor: Actor, *, now: datetime) -> QuerySet[Referral]:
    """Return the forms that were begun from this one and that the actor may read, the newest first."""
    return referrals_of(actor, now=now).filter(begun_from=referral).order_by("-created_at")


def is_decided_for_early_help(referral: Referral) -> bool:
    """Say whether front doors have decided that early help follows for the children of a referral. The caller has read
    it."""
    decided = [(one.child_id, Outcome(one.outcome)) for one in decisions_about(referral)]
    return is_stepped_down(decided, set(referral.children.values_list("pk", flat=True)))


def contestable(referral: Referral, actor: Actor, facts: RecordFacts, *, now: datetime) -> tuple[Intake, ...]:
    """Return the intakes whose decision the actor may contest now: for the author only where the desk doesn't speak.

    `facts` are the record's for this actor, who has read the referral. The queries grow with the front doors.
    """
    return tuple(
        intake
        for intake in intakes_of(referral).select_related("referral")
        if can_disagree(actor, dispute_facts(intake, facts, now=now))
    )


def taken_up_by(referral: Referral, actor: Actor, facts: RecordFacts, *, now: datetime) -> tuple[Disagreement, ...]:
    """Return the disagreements without an answer that the actor may take up a stage. `facts` as for `contestable`."""
    waiting = disagreements_waiting().filter(referral=referral).select_related("intake", "intake__referral")
    return tuple(one for one in waiting if can_take_up(actor, dispute_facts(one.intake, facts, now=now)))


def reads_for_front_door(standing: frozenset[Relationship]) -> bool:
    """Whether somebody who stands so to a referral reads it for a front door, and not for its agency."""
    return bool(standing) and standing <= {Relationship.FRONT_DOOR, Relationship.DECIDER}


def waits_for_approval(referral: Referral) -> bool:
    """Whether it was submitted and waits at its agency for an answer."""
    return referral.state == State.SUBMITTED.value and not is_unreached(referral)


def refers_instead(referral: Referral) -> bool:
    """Whether it is an assessment that waits for approval: it doesn't go as urgent, what can't wait is a referral."""
    return is_assessment(referral.specification) and not is_unreached(referral)
