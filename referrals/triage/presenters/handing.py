"""What another front door offers here, and what this one has offered or handed over, as the desk shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.clock import ENGLAND
from accounts.models import FrontDoorTeam
from referrals.casework.selectors import TRANSFER_ANSWERS
from referrals.routing.domain.lifecycle import State, Verb
from referrals.routing.domain.permissions import can_act
from referrals.routing.domain.transfer import REASONS, Answer, Reason
from referrals.routing.models import Intake, Transfer
from referrals.routing.selectors import Offered, transfers_of
from referrals.triage.opening import Opened
from thresholds.domain.pack import Area


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer, made or received. `answered` is what became of it."""

    id: UUID
    text: str
    there: str
    why: str
    by: str
    at: datetime
    receipt: datetime
    answered: str
    answer_why: str
    may_take_back: bool


@dataclass(frozen=True, slots=True)
class Handing:
    """`offer` is what waits for an answer here, `came_from` a sentence on what was handed over to here."""

    offer: Offer | None
    may_accept: bool
    may_refuse: bool
    came_from: str
    made: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class OfferedRow:
    """An offer in the queue. It names no child."""

    id: UUID
    reference: str
    sender: str
    reason: str
    urgent: bool
    due: datetime | None
    late: bool


def offered_rows(offers: Iterable[Offered], *, now: datetime) -> tuple[OfferedRow, ...]:
    """Return what other front doors offer, in the order given."""
    return tuple(
        OfferedRow(
            id=one.intake.pk,
            reference=one.intake.referral.reference,
            sender=transfer.intake.door_name,
            reason=_lower(REASONS[Reason(transfer.reason)]),
            urgent=one.intake.urgent,
            due=one.due_at,
            late=one.due_at is not None and now > one.due_at,
        )
        for one in offers
        if (transfer := one.intake.offer) is not None
    )


def door_choices(teams: Iterable[FrontDoorTeam], areas: Iterable[Area]) -> list[tuple[UUID, str]]:
    """Return the front doors to choose from: the team's id, its name and its area's."""
    names = {area.slug: area.name for area in areas}
    return [(team.pk, f"{team.name}, {names.get(team.area, team.area)}") for team in teams]


def handing_of(intake: Intake, names: Mapping[UUID, str], opened: Opened) -> Handing:
    """Return what is being handed on to and from this intake. One query."""
    rows = list(transfers_of(intake.referral))
    received = next((row for row in rows if row.pk == intake.offer_id), None)
    waits = received is not None and intake.state == State.OFFERED.value
    return Handing(
        offer=_offer(received, names, may_take_back=False) if received and waits else None,
        may_accept=waits and can_act(Verb.ACCEPT, opened.actor, opened.facts),
        may_refuse=waits and can_act(Verb.REFUSE, opened.actor, opened.facts),
        came_from=_came_from(received, intake) if received and not waits else "",
        made=tuple(
            _offer(row, names, may_take_back=_open(row) and can_act(Verb.TAKE_BACK, opened.actor, opened.facts))
            for row in rows
            if row.intake_id == intake.pk
        ),
    )


def _open(transfer: Transfer) -> bool:
    return not hasattr(transfer, "answer")


def _offer(transfer: Transfer, names: Mapping[UUID, str], *, may_take_back: bool) -> Offer:
    here, there = transfer.intake.door_name, transfer.door_name
    answer = getattr(transfer, "answer", None)
    children = ", ".join(names[child] for child in transfer.children if child in names)
    how = (
        gettext("%(here)s rang %(there)s (%(spoke_to)s)")
        % {"here": here, "there": there, "spoke_to": transfer.spoke_to}
        if transfer.spoke_to
        else gettext("%(here)s offers it to %(there)s") % {"here": here, "there": there}
    )
    words = gettext(TRANSFER_ANSWERS[Answer(answer.answer)]).format(here=here, there=there) if answer else ""
    return Offer(
        id=transfer.pk,
        text=f"{how}{f': {children}' if children else ''}",
        there=there,
        why=f"{gettext(REASONS[Reason(transfer.reason)])}. {transfer.why}",
        by=transfer.by_name,
        at=transfer.at,
        receipt=transfer.receipt_at,
        answered=words or gettext("Nobody there has answered yet. It is yours until they accept: go on working on it."),
        answer_why=answer.why if answer else "",
        may_take_back=may_take_back,
    )


def _came_from(transfer: Transfer, intake: Intake) -> str:
    if intake.state == State.RETURNED.value:
        return gettext("%(door_name)s offered it, and it stayed there.") % {"door_name": transfer.intake.door_name}
    local = transfer.receipt_at.astimezone(ENGLAND)
    return gettext("%(door_name)s handed it over. It was first received on %(at)s: its times count from then.") % {
        "door_name": transfer.intake.door_name,
        "at": date_format(local, "j F, H:i"),
    }


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
