"""Reading the outbox: how much waits, and what needs an operator."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from dispatch.domain.lifecycle import State
from dispatch.domain.queues import LIMITS, Queue
from dispatch.models import Gateway, OutboxChange, OutboxRow, Pulse, SentAnotherWay

SET_ASIDE_FOR = timedelta(days=1)
"""For so long what an operator set aside isn't shown again, though it fails again. Ours: no document states a time."""

_DUE = Q(state=State.DUE)
_UNDONE = Q(state__in=[State.DUE, State.LEASED])


@dataclass(frozen=True, slots=True)
class QueueDepth:
    """What waits in one queue.

    `due` is undone and in nobody's hands, `failing` the part of it that has failed before, `leased` in work, `late`
    undone for longer than the queue allows, `parked` waiting for an operator. `oldest_due` is the age of the oldest
    due promise since it was made, None when nothing is due.
    """

    queue: Queue
    due: int
    failing: int
    leased: int
    late: int
    parked: int
    oldest_due: timedelta | None


@dataclass(frozen=True, slots=True)
class Depth:
    """The depth of every queue, urgent first."""

    queues: tuple[QueueDepth, ...]

    @property
    def late(self) -> int:
        """Promises that are late, over all queues."""
        return sum(depth.late for depth in self.queues)

    @property
    def parked(self) -> int:
        """Promises that wait for an operator, over all queues."""
        return sum(depth.parked for depth in self.queues)


def depth(now: datetime, *, without: Collection[UUID] = ()) -> Depth:
    """Return what waits at `now` (aware), in one query over what is not done; `without` the rows with these ids."""
    counted = {
        found["queue"]: found
        for found in OutboxRow.objects.filter(state__in=[State.DUE, State.LEASED, State.PARKED])
        .exclude(pk__in=list(without))
        .values("queue")
        .annotate(
            due=Count("pk", filter=_DUE),
            failing=Count("pk", filter=_DUE & Q(attempts__gt=0)),
            leased=Count("pk", filter=Q(state=State.LEASED)),
            late=Count("pk", filter=_late(now)),
            parked=Count("pk", filter=Q(state=State.PARKED)),
            oldest=Min("created_at", filter=_DUE),
        )
        .order_by()
    }
    return Depth(tuple(_of_queue(queue, counted.get(queue), now) for queue in Queue))


def next_key(first: str, *, now: datetime, stands_for: timedelta | None = SET_ASIDE_FOR) -> str:
    """Return the key for promising something that may fail again, time after time: `first`, then `first:2` and so on.

    While the last such promise isn't done it is that one's, so that one failure is one promise however often it shows.
    One that was set aside stands for a day (`now` is aware), or for `stands_for`, for good where that is None: an
    operator has said why, and what still fails is shown again.
    """
    rows = OutboxRow.objects.filter(Q(key=first) | Q(key__startswith=f"{first}:"))
    last = rows.order_by("-created_at", "-pk").first()
    if last is None:
        return first
    over = last.state == State.DONE
    if last.state == State.SET_ASIDE and stands_for is not None:
        since = OutboxChange.objects.filter(row=last, after=State.SET_ASIDE, at__gt=now - stands_for)
        over = not since.exists()
    return f"{first}:{rows.count() + 1}" if over else last.key


@dataclass(frozen=True, slots=True)
class GatewayDepth:
    """A gateway and what waits for it: promises whose reference `gateway` names it."""

    gateway: Gateway
    due: int
    failing: int
    parked: int
    oldest_due: timedelta | None


def gateways(now: datetime) -> tuple[GatewayDepth, ...]:
    """Return every gateway with what waits for it at `now` (aware), those in trouble first. Two queries."""
    waiting = OutboxRow.objects.filter(state__in=[State.DUE, State.LEASED, State.PARKED], references__has_key="gateway")
    counted = {
        found["references__gateway"]: found
        for found in waiting.values("references__gateway")
        .annotate(
            due=Count("pk", filter=_DUE),
            failing=Count("pk", filter=_DUE & ~Q(last_error="")),
            parked=Count("pk", filter=Q(state=State.PARKED)),
            oldest=Min("created_at", filter=_DUE),
        )
        .order_by()
    }
    depths = [_of_gateway(gateway, counted.get(gateway.name), now) for gateway in Gateway.objects.all()]
    return tuple(
        sorted(depths, key=lambda one: (one.gateway.state == Gateway.States.CLOSED, not one.parked, one.gateway.label))
    )


def last_sweep() -> datetime | None:
    """Return when the sweep last did its round: None before the first one."""
    return Pulse.objects.filter(name="sweep").values_list("at", flat=True).first()


def parked() -> QuerySet[OutboxRow]:
    """Return what waits for an operator, the longest parked first."""
    return OutboxRow.objects.filter(state=State.PARKED).order_by("parked_at")


def failing() -> QuerySet[OutboxRow]:
    """Return what failed and will be tried again by itself, the next one first."""
    return OutboxRow.objects.filter(_DUE, attempts__gt=0).order_by("next_try_at")


def late(now: datetime) -> QuerySet[OutboxRow]:
    """Return what is late at `now` (aware) without having failed: nobody got round to it, or a worker died."""
    return OutboxRow.objects.filter(_late(now)).exclude(_DUE, attempts__gt=0).order_by("created_at")


def late_or_failing(now: datetime) -> QuerySet[OutboxRow]:
    """Return what is late at `now` (aware), whether it has failed or nobody got round to it; the oldest first."""
    return OutboxRow.objects.filter(_late(now)).order_by("created_at")


def waiting() -> QuerySet[OutboxRow]:
    """Return everything that is undone, in work or parked, the oldest first."""
    return OutboxRow.objects.filter(state__in=[State.DUE, State.LEASED, State.PARKED]).order_by("created_at")


def row_for(row_id: UUID) -> OutboxRow:
    """Return one row; OutboxRow.DoesNotExist when there is none."""
    return OutboxRow.objects.get(pk=row_id)


def changes_of(row: OutboxRow) -> QuerySet[OutboxChange]:
    """Return what happened to a promise, the newest first."""
    return OutboxChange.objects.filter(row=row).order_by("-pk")


def other_ways_of(row: OutboxRow) -> QuerySet[SentAnotherWay]:
    """Return which other ways a piece of work went, first things first."""
    return SentAnotherWay.objects.filter(row=row).order_by("pk")


def _late(now: datetime) -> Q:
    return _UNDONE & reduce(or_, (Q(queue=queue, created_at__lte=now - LIMITS[queue].late) for queue in Queue))


def _of_gateway(gateway: Gateway, found: Mapping[str, Any] | None, now: datetime) -> GatewayDepth:
    if found is None:
        return GatewayDepth(gateway, due=0, failing=0, parked=0, oldest_due=None)
    counts = {name: found[name] for name in ("due", "failing", "parked")}
    return GatewayDepth(gateway, **counts, oldest_due=now - found["oldest"] if found["oldest"] else None)


def _of_queue(queue: Queue, found: Mapping[str, Any] | None, now: datetime) -> QueueDepth:
    if found is None:
        return QueueDepth(queue, due=0, failing=0, leased=0, late=0, parked=0, oldest_due=None)
    counts = {name: found[name] for name in ("due", "failing", "leased", "late", "parked")}
    return QueueDepth(queue, **counts, oldest_due=now - found["oldest"] if found["oldest"] else None)
