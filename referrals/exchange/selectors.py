"""Reads of this room: connections of a front door, and events for its own system, each scoped to that front door."""

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from uuid import UUID

from django.db.models import BigIntegerField, Exists, Func, OuterRef, Q, QuerySet

from accounts.clock import day_of
from accounts.domain.roles import Role
from accounts.models import FrontDoorTeam, Membership
from accounts.selectors import in_force
from audit.domain.actor import Actor
from dispatch.models import OutboxRow
from referrals.exchange.domain.tokens import digest_of
from referrals.exchange.models import Event, Mailbox, Receipt, Token, Webhook
from referrals.record.models import ExcludedPerson
from referrals.routing.models import Intake

MOST = 100
"""Events in one answer."""
_OLDEST_OPEN = Func(template="pg_snapshot_xmin(pg_current_snapshot())::text::bigint", output_field=BigIntegerField())
"""PostgreSQL's number of the oldest transaction that hasn't ended: all before it is settled."""
_NOT_YET = Func(template="pg_snapshot_xmax(pg_current_snapshot())::text::bigint", output_field=BigIntegerField())
"""The first number that no transaction here has ended with. An event that can be seen and has it, or a later one, was
written in another cluster, whose numbers had gone further, and restored into this one: it is settled too."""
_OWN = Func(template="coalesce(pg_current_xact_id_if_assigned()::text::bigint, -1)", output_field=BigIntegerField())
"""The number of the very transaction that asks; what it wrote itself isn't settled."""


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


def mailbox_of(team: FrontDoorTeam) -> Mailbox | None:
    """Return where a front door's encrypted copies go; None where none do."""
    return Mailbox.objects.filter(team=team).select_related("changed_by").first()


def tokens_of(team: FrontDoorTeam, *, now: datetime) -> QuerySet[Token]:
    """Return the tokens of a front door, the newest first, those that were revoked too; `maker_manages` says whether
    who made it still manages the front door today."""
    posts = Membership.objects.filter(
        in_force(day_of(now)),
        person_id=OuterRef("made_by_id"),
        person__is_active=True,
        team=team,
        role=Role.FRONT_DOOR_MANAGER.value,
    )
    return Token.objects.filter(team=team).select_related("made_by", "revoked_by").annotate(maker_manages=Exists(posts))


def kept_from_somebody(intake: Intake, *, now: datetime) -> bool:
    """Whether somebody who must not see the referral works at its front door today, or made what its own system gets
    it by: they could read it there, where nothing of ours asks who is reading."""
    out = ExcludedPerson.objects.filter(referral_id=intake.referral_id).values("person_id")
    here = Membership.objects.filter(in_force(day_of(now)), team_id=intake.team_id, person__in=out)
    tokens = Token.objects.filter(team_id=intake.team_id, revoked_at__isnull=True, made_by__in=out)
    webhooks = Webhook.objects.filter(team_id=intake.team_id, is_active=True, changed_by__in=out)
    mailboxes = Mailbox.objects.filter(team_id=intake.team_id, is_active=True, changed_by__in=out)
    return any(found.exists() for found in (here, tokens, webhooks, mailboxes))


def token_for(words: str) -> Token | None:
    """Return the token in use with these words; None for any other."""
    return (
        Token.objects.select_related("team", "team__agency")
        .filter(digest=digest_of(words), revoked_at__isnull=True)
        .first()
    )


def events_after(team: FrontDoorTeam, cursor: int, *, most: int, unacknowledged: bool = False) -> list[Event]:
    """Return the events of a front door after a cursor, first things first, at most MOST.

    What is written by a transaction that hasn't ended waits, and whatever follows it: so no later list can hold an
    event before the cursor.
    """
    settled = Q(transaction__lt=_OLDEST_OPEN) | (Q(transaction__gte=_NOT_YET) & ~Q(transaction=_OWN))
    rows = Event.objects.filter(team=team, pk__gt=cursor).annotate(settled=settled)
    if unacknowledged:
        rows = rows.exclude(Exists(Receipt.objects.filter(event=OuterRef("pk"))))
    found = rows.select_related("intake", "intake__referral").order_by("pk")[: min(max(most, 1), MOST)]
    visible = takewhile(lambda one: one.settled, found)
    return list(visible)


def event_for(team: FrontDoorTeam, key: UUID) -> Event | None:
    """Return one event of a front door; None for any other."""
    return (
        Event.objects.select_related("team", "intake", "intake__referral", "intake__submission", "intake__team")
        .filter(team=team, key=key)
        .first()
    )


def lately_sent(team: FrontDoorTeam, actor: Actor, *, most: int = 20) -> tuple[Sent, ...]:
    """Return the last events of a front door with how each went, the newest first; none of a referral that the actor
    must not see."""
    if actor.person_id is None:
        return ()
    about_them = ExcludedPerson.objects.filter(referral=OuterRef("intake__referral"), person_id=actor.person_id)
    events = list(
        Event.objects.filter(~Exists(about_them), team=team)
        .select_related("intake__referral")
        .prefetch_related("receipts")
        .order_by("-pk")[:most]
    )
    rows = {row.key: row for row in OutboxRow.objects.filter(key__in=[f"webhook:{one.key}" for one in events])}
    return tuple(Sent(one, rows.get(f"webhook:{one.key}"), tuple(one.receipts.all())) for one in events)
