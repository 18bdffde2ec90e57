"""Reads of this room: connections of a front door, and events for its own system, each scoped to that front door."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import BigIntegerField, Exists, Func, OuterRef, QuerySet

from accounts.clock import day_of
from accounts.domain.roles import Role
from accounts.models import FrontDoorTeam, Membership
from accounts.selectors import in_force
from audit.domain.actor import Actor
from dispatch.models import OutboxRow
from referrals.exchange.domain.tokens import digest_of
from referrals.exchange.models import Event, Receipt, Token, Webhook

MOST = 100
"""Events in one answer."""
_OLDEST_OPEN = Func(template="pg_snapshot_xmin(pg_current_snapshot())::text::bigint", output_field=BigIntegerField())
"""PostgreSQL's number of the oldest transaction that hasn't ended: all before it is settled."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An event with its message: the outbox row that carries it, and what the other system calls it."""

    event: Event
    row: OutboxRow | None
    receipts: tuple[Receipt, ...]


def teams_managed(actor: Actor, *, now: datetime) -> QuerySet[FrontDoorTeam]:
    """Return the front doors that the actor manages today, for the agency that they act for."""
    if actor.person_id is None or actor.agency_id is None or not actor.has_role(Role.FRONT_DOOR_MANAGER):
        return FrontDoorTeam.objects.none()
    posts = Membership.objects.filter(
        in_force(day_of(now)),
        person_id=actor.person_id,
        agency_id=actor.agency_id,
        role=Role.FRONT_DOOR_MANAGER.value,
    )
    return FrontDoorTeam.objects.filter(pk__in=posts.values("team_id")).order_by("name", "pk")


def manages(actor: Actor, team: FrontDoorTeam, *, now: datetime) -> bool:
    """Whether the actor manages that front door today."""
    return teams_managed(actor, now=now).filter(pk=team.pk).exists()


def webhook_of(team: FrontDoorTeam) -> Webhook | None:
    """Return where a front door's own system takes messages; None where it has no address."""
    return Webhook.objects.filter(team=team).first()


def tokens_of(team: FrontDoorTeam) -> QuerySet[Token]:
    """Return the tokens of a front door, the newest first, those that were revoked too."""
    return Token.objects.filter(team=team).select_related("made_by", "revoked_by")


def token_for(words: str) -> Token | None:
    """Return the token in use with these words; None for any other."""
    return (
        Token.objects.select_related("team", "team__agency")
        .filter(digest=digest_of(words), revoked_at__isnull=True)
        .first()
    )


def events_after(team: FrontDoorTeam, cursor: int, *, most: int, unacknowledged: bool = False) -> list[Event]:
    """Return the events of a front door after a cursor, first things first, at most MOST.

    What is written by a transaction that hasn't ended waits: so no later list can hold an event before the cursor.
    """
    rows = Event.objects.filter(team=team, pk__gt=cursor).filter(transaction__lt=_OLDEST_OPEN)
    if unacknowledged:
        rows = rows.exclude(Exists(Receipt.objects.filter(event=OuterRef("pk"))))
    return list(rows.select_related("intake", "intake__referral").order_by("pk")[: min(max(most, 1), MOST)])


def event_for(team: FrontDoorTeam, key: UUID) -> Event | None:
    """Return one event of a front door; None for any other."""
    return (
        Event.objects.select_related("team", "intake", "intake__referral", "intake__submission", "intake__team")
        .filter(team=team, key=key)
        .first()
    )


def lately_sent(team: FrontDoorTeam, *, most: int = 20) -> tuple[Sent, ...]:
    """Return the last events of a front door with how each went, the newest first."""
    events = list(
        Event.objects.filter(team=team)
        .select_related("intake__referral")
        .prefetch_related("receipts")
        .order_by("-pk")[:most]
    )
    rows = {row.key: row for row in OutboxRow.objects.filter(key__in=[f"webhook:{one.key}" for one in events])}
    return tuple(Sent(one, rows.get(f"webhook:{one.key}"), tuple(one.receipts.all())) for one in events)
