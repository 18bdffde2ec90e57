"""A front door's queue under its clocks, and one intake of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Prefetch

from accounts.clock import day_of
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours
from referrals.record.models import Referral
from referrals.record.selectors import referral_for
from referrals.routing.domain.clocks import ClockState, state_of
from referrals.routing.domain.lifecycle import IN_QUEUE, OPEN
from referrals.routing.domain.permissions import check_open
from referrals.routing.models import Alarm, Clock, Intake
from referrals.routing.selectors.scope import facts_for, intakes_for
from thresholds.domain.pack import Pack
from thresholds.selectors import NoPackError, current_pack

_SEVERITY = {ClockState.BREACHED: 0, ClockState.WARNING: 1, ClockState.RUNNING: 2}
_NO_CLOCK = 3


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock and how it stands at the moment of the page."""

    clock: Clock
    state: ClockState


@dataclass(frozen=True, slots=True)
class QueueItem:
    """An intake, the running clock that is due next (None: no time runs), and whether its unread alarm was raised."""

    intake: Intake
    next_clock: ClockView | None
    alarmed: bool

    @property
    def state(self) -> ClockState | None:
        """How its next clock stands: over the limit, due soon, or not yet."""
        return self.next_clock.state if self.next_clock else None


@dataclass(frozen=True, slots=True)
class Queue:
    """What lies at somebody's front doors and isn't finished. Each part: over the limit, due soon, not yet, no clock;
    within these the urgent first, then what is due next, then the longest there."""

    mine: tuple[QueueItem, ...]
    unassigned: tuple[QueueItem, ...]
    others: tuple[QueueItem, ...]

    @property
    def over_limit(self) -> int:
        """How many are over the limit, whoever holds them."""
        items = (*self.mine, *self.unassigned, *self.others)
        return sum(item.state is ClockState.BREACHED for item in items)


def open_by_door(area: str) -> Mapping[str, int]:
    """How many intakes aren't closed at each front door of an area, by the door's id. A count: scoped to nobody."""
    rows = Intake.objects.filter(area=area, state__in=[state.value for state in OPEN])
    return dict(rows.order_by().values_list("front_door").annotate(Count("pk")))


def queue_of(actor: Actor, *, now: datetime) -> Queue:
    """Return the queue of the front doors where the actor works today; empty for everybody else. Three queries.

    `now` is aware. A queue shows references and no names; what it shows of whom is the page's to record.
    """
    intakes = (
        intakes_for(actor, now=now)
        .filter(state__in=sorted(state.value for state in IN_QUEUE))
        .select_related("referral", "referral__agency", "team", "claimed_by")
        .prefetch_related(
            Prefetch("clocks", Clock.objects.filter(stopped_at__isnull=True), to_attr="running_clocks"),
            Prefetch("alarms", Alarm.objects.filter(kind=Alarm.Kind.UNREAD), to_attr="unread_alarms"),
        )
    )
    items = sorted((_item(intake, now) for intake in intakes), key=_order)
    return Queue(
        mine=tuple(item for item in items if item.intake.claimed_by_id == actor.person_id),
        unassigned=tuple(item for item in items if item.intake.claimed_by_id is None),
        others=tuple(item for item in items if item.intake.claimed_by_id not in {None, actor.person_id}),
    )


def intake_for(actor: Actor, intake_id: UUID, *, purpose: str, now: datetime) -> Intake:
    """Return one intake for reading, with its referral, and record in the audit that the actor read the referral.

    `purpose` is a code without white space, stored with the entry. Raises NotYours when there is none, it has not
    arrived, or it came to another front door. `actions.mark_read` is the page's to call.
    """
    intake = (
        Intake.objects.select_related("referral", "referral__author", "referral__agency", "submission", "team")
        .select_related("claimed_by", "first_read_by")
        .filter(pk=intake_id)
        .first()
    )
    if intake is None:
        raise NotYours(rule="intake.read", subject_type="intake", subject_id=intake_id)
    check_open(actor, facts_for(intake, actor, now=now))
    referral_for(actor, intake.referral_id, purpose=purpose, now=now)
    return intake


def clocks_of(intake: Intake, *, now: datetime) -> tuple[ClockView, ...]:
    """Return the clocks of an intake and how each stands at `now` (aware), the next one due first."""
    clocks = intake.clocks.prefetch_related("extensions").order_by("due_at", "pk")
    return tuple(_view(clock, now) for clock in clocks)


def pack_of(intake: Intake, *, now: datetime) -> Pack | None:
    """Return the pack of an intake's area that is in force; None without one."""
    try:
        return current_pack(intake.area, day_of(now)).pack
    except NoPackError:
        return None


def own_clocks(referral: Referral, *, now: datetime) -> tuple[ClockView, ...]:
    """Return the times that run for whoever wrote it, such as that of the written form after the call, and how each
    stands at `now` (aware), the next one due first. The caller has checked who reads."""
    return tuple(
        _view(clock, now) for clock in Clock.objects.filter(referral=referral, intake=None).order_by("due_at", "pk")
    )


def _view(clock: Clock, now: datetime) -> ClockView:
    state = state_of(warn_at=clock.warn_at, due_at=clock.due_at, stopped_at=clock.stopped_at, now=now)
    return ClockView(clock, state)


def _item(intake: Intake, now: datetime) -> QueueItem:
    running: list[Clock] = getattr(intake, "running_clocks", [])
    first = min(running, key=lambda clock: clock.due_at, default=None)
    return QueueItem(intake, _view(first, now) if first else None, alarmed=bool(getattr(intake, "unread_alarms", [])))


def _order(item: QueueItem) -> tuple[int, bool, datetime, datetime, str]:
    clock, intake = item.next_clock, item.intake
    return (
        _SEVERITY[clock.state] if clock else _NO_CLOCK,
        not intake.urgent,
        clock.clock.due_at if clock else intake.sent_at,
        intake.sent_at,
        str(intake.pk),
    )
