"""What was handed on, to whom, and what became of it. The caller has checked who reads."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from accounts.models import FrontDoorTeam
from audit.domain.actor import Actor
from referrals.record.models import Referral
from referrals.routing.domain.lifecycle import LET_GO, OPEN, State
from referrals.routing.domain.transfer import Answer
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


def handed_over_at(intake: Intake) -> datetime | None:
    """Return when another front door took all of an intake on; None where this one has it, or never had it."""
    if intake.state != State.TRANSFERRED.value:
        return None
    taken = transfers_of(intake.referral).filter(intake=intake, answer__answer=Answer.ACCEPTED.value)
    at: datetime | None = taken.aggregate(at=Max("answer__at"))["at"]
    return at


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


def handed_outside(referral: Referral) -> tuple[Transfer, ...]:
    """Return the hand-overs by phone after which no front door here has the referral any more, first things first; none
    while one still owns it. Whoever rang is then the only one here whom the writers can reach. Two queries."""
    if owned(referral).exists():
        return ()
    rows = Transfer.objects.filter(
        intake__referral=referral, intake__state=State.TRANSFERRED.value, team__isnull=True, answer__answer="accepted"
    )
    return tuple(rows.select_related("intake", "intake__team", "intake__submission").order_by("at", "id"))


def reads_until(referral_id: UUID, actor: Actor, *, now: datetime) -> datetime | None:
    """Return until when what comes to a referral is for the actor's front doors: the time at which the last of them let
    go of it, by handing it over or by not taking it on. None: all of it is, as one of them has it or had the last word
    here, or the actor reads it for nobody's front door."""
    mine = list(intakes_for(actor, now=now).filter(referral_id=referral_id).select_related("referral"))
    if not mine or any(State(one.state) not in LET_GO for one in mine):
        return None
    if {one.intake_id for one in handed_outside(mine[0].referral)} & {one.pk for one in mine}:
        return None
    return max(one.state_since for one in mine)


def teams_to_offer(intake: Intake, *, now: datetime) -> QuerySet[FrontDoorTeam]:
    """Return the other front doors that receive through this system and where somebody who decides may see it, by
    area and name."""
    rows = FrontDoorTeam.objects.filter(agency__is_active=True).exclude(pk=intake.team_id)
    for area, front_door in doors_shut(intake.referral_id, now=now):
        rows = rows.exclude(area=area, front_door=front_door)
    return rows.order_by("area", "name", "pk")


def origins_of(intake: Intake) -> tuple[tuple[UUID, datetime | None], ...]:
    """Return the ids of the intake and of those from which it was accepted, in the end from the first front door, each
    with when it was accepted from there; None for the intake itself. What was asked there until then was asked about
    these children too; what was asked later is about siblings who stayed."""
    line: list[tuple[UUID, datetime | None]] = [(intake.pk, None)]
    current, until = intake, None
    while current.offer_id is not None:
        transfer = Transfer.objects.select_related("intake", "answer").get(pk=current.offer_id)
        answer = getattr(transfer, "answer", None)
        if answer is None or answer.answer != Answer.ACCEPTED.value:
            break
        until = min(answer.at, until) if until else answer.at
        line.append((transfer.intake_id, until))
        current = transfer.intake
    return tuple(line)


def asked_before(referral: Referral, actor: Actor, *, now: datetime) -> dict[UUID, datetime | None]:
    """Return the ids of the intakes that the actor's front doors have the referral from, each with until when what was
    asked there was asked about their children too. Of those alone, not of their own."""
    found: dict[UUID, datetime | None] = {}
    for mine in intakes_for(actor, now=now).filter(referral=referral, offer__isnull=False):
        for intake_id, until in origins_of(mine)[1:]:
            assert until is not None  # what was accepted was accepted at a time
            earlier = found.get(intake_id)
            found[intake_id] = max(earlier, until) if earlier else until
    return found


def heirs_of(intake: Intake, *, since: datetime) -> tuple[Intake, ...]:
    """Return the intakes at the front doors that have now what this one had at `since`: this one, unless all of it was
    handed over, and every one that has accepted it or some of its children since then, or that has it from there in
    the end. What was handed over by phone has no heir here: then it is the intake that rang."""
    accepted = Intake.objects.filter(
        offer__intake=intake, offer__answer__answer="accepted", offer__answer__at__gte=since
    ).select_related("referral", "team", "claimed_by", "submission")
    found = [] if intake.state == State.TRANSFERRED.value else [intake]
    for one in accepted.order_by("offer__at"):
        found += heirs_of(one, since=since)
    return tuple(found) or (intake,)
