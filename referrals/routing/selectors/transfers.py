"""What was handed on, to whom, and what became of it. The caller has checked who reads."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import FrontDoorTeam
from audit.domain.actor import Actor
from referrals.record.models import Referral
from referrals.routing.domain.lifecycle import OPEN, State
from referrals.routing.models import Clock, Intake, Transfer
from referrals.routing.selectors.people import doors_shut
from referrals.routing.selectors.scope import intakes_for


@dataclass(frozen=True, slots=True)
class Offered:
    """An intake that another front door offers, and when the owner's next time runs out; None where none runs."""

    intake: Intake
    due_at: datetime | None


def waiting_offers(intake: Intake) -> QuerySet[Transfer]:
    """Return what this intake's front door has offered and nobody has answered."""
    return Transfer.objects.filter(intake=intake, answer__isnull=True).select_related("intake", "team").order_by("at")


def children_offered(intake: Intake) -> frozenset[UUID]:
    """Return the ids of the children whom another front door is asked to take."""
    lists = waiting_offers(intake).values_list("children", flat=True)
    return frozenset(child for one in lists for child in one)


def transfers_of(referral: Referral) -> QuerySet[Transfer]:
    """Return everything that front doors wanted to hand on, with the answers, first things first."""
    rows = Transfer.objects.filter(intake__referral=referral).select_related("intake", "team", "answer", "offered")
    return rows.order_by("at", "id")


def offers_for(actor: Actor, *, now: datetime) -> tuple[Offered, ...]:
    """Return what other front doors offer to the actor's, urgent ones first, then the longest there."""
    rows = (
        intakes_for(actor, now=now)
        .filter(state=State.OFFERED.value)
        .select_related("referral", "offer", "offer__intake")
        .order_by("-urgent", "sent_at", "pk")
    )
    intakes = list(rows)
    running = Clock.objects.filter(
        intake__in=[one.offer.intake_id for one in intakes if one.offer], stopped_at__isnull=True
    )
    due: dict[UUID | None, datetime] = {}
    for intake_id, due_at in running.order_by("-due_at").values_list("intake_id", "due_at"):
        due[intake_id] = due_at
    return tuple(Offered(one, due.get(one.offer.intake_id if one.offer else None)) for one in intakes)


def owned(referral: Referral) -> QuerySet[Intake]:
    """Return the intakes of a referral that aren't finished, each at the front door that owns it: what is only offered
    isn't among them."""
    rows = Intake.objects.filter(referral=referral, state__in=sorted(state.value for state in OPEN))
    return rows.exclude(offer__isnull=False, offer__answer__isnull=True).select_related("referral").order_by("pk")


def teams_to_offer(intake: Intake, *, now: datetime) -> QuerySet[FrontDoorTeam]:
    """Return the other front doors that receive through this system and where somebody who decides may see it, by
    area and name."""
    rows = FrontDoorTeam.objects.filter(agency__is_active=True).exclude(pk=intake.team_id)
    for area, front_door in doors_shut(intake.referral_id, now=now):
        rows = rows.exclude(area=area, front_door=front_door)
    return rows.order_by("area", "name", "pk")


def line_of(intake: Intake) -> tuple[UUID, ...]:
    """Return the ids of the intake and of those before it that were handed over to it as a whole: what was asked there
    is about the same children."""
    line, current = [intake.pk], intake
    while current.offer_id is not None:
        before = Intake.objects.select_related("offer").get(transfers=current.offer_id)
        if before.state != State.TRANSFERRED.value or set(before.children) != set(current.children):
            break
        line.append(before.pk)
        current = before
    return tuple(line)


def heir_of(intake: Intake) -> Intake:
    """Return the intake at the front door that has it now: this one, or the one that it was handed over to in the end.
    What was handed over by phone has no heir here."""
    current = intake
    while current.state == State.TRANSFERRED.value:
        after = (
            Intake.objects.select_related("referral", "team", "claimed_by")
            .filter(offer__intake=current, offer__answer__answer="accepted")
            .order_by("-offer__at")
            .first()
        )
        if after is None:
            break
        current = after
    return current
