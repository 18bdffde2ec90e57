"""The times that run: when something is due, when to warn, and how it stands.

Everything counts on the area's clock. Statutory times never pause, so no clock here can be paused.
"""

import datetime as dt
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from referrals.routing.domain.limits import OUTCOME, OWN, REGISTRATION, UNSTATED_OUTCOME, stated
from referrals.routing.domain.plan import PlannedClock, PlannedIntake
from referrals.routing.domain.situation import Situation
from thresholds.domain.doors import FrontDoor, Hours, Kind
from thresholds.domain.duties import Deadline, Event
from thresholds.domain.hours import add, add_working_hours, local, spans
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Flag

WITHIN_A_DAY = dt.timedelta(days=1)
"""After this a writer is reminded of a duty whose time is no time to aim for: a known case of FGM."""
WARN_AFTER = Fraction(3, 4)
"""Share of the time after which a clock warns. The system's own setting; no document states one."""


class Notice(StrEnum):
    """What is told of a clock, each once for a time that is due. The value is stored."""

    BEFORE = "before"
    LATE = "late"


class ClockState(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    WARNING = "warning"
    BREACHED = "breached"
    STOPPED = "stopped"
    STOPPED_LATE = "stopped_late"


@dataclass(frozen=True, slots=True)
class Times:
    """When a clock warns, and when it is due (aware, Europe/London)."""

    warn_at: dt.datetime
    due_at: dt.datetime


def state_of(
    *, warn_at: dt.datetime, due_at: dt.datetime, stopped_at: dt.datetime | None, now: dt.datetime
) -> ClockState:
    """How a clock stands at `now`. What is done at the very moment it is due is in time."""
    if stopped_at is not None:
        return ClockState.STOPPED if stopped_at <= due_at else ClockState.STOPPED_LATE
    if now > due_at:
        return ClockState.BREACHED
    return ClockState.WARNING if now >= warn_at else ClockState.RUNNING


def notice_due(state: ClockState, given: Set[Notice]) -> Notice | None:
    """Return what is to be told of a clock that stands so, None for nothing. `given` has been told of this time: once
    it is over nobody is told any more that it will be."""
    wanted = {ClockState.WARNING: Notice.BEFORE, ClockState.BREACHED: Notice.LATE}.get(state)
    return None if wanted is None or wanted in given else wanted


def stated_hours(door: FrontDoor) -> Hours | None:
    """The opening hours that working time counts by: of the first source that gives openings; None without any."""
    return next((hours for hours in door.hours if hours.openings), None)


def due(deadline: Deadline, start: dt.datetime, door: FrontDoor, holidays: Set[dt.date]) -> dt.datetime | None:
    """When `deadline` from `start` (aware) falls; None where nobody states an amount, or it counts working hours that
    nobody states."""
    if deadline.amount is None or deadline.unit is None:
        return None
    try:
        return add(start, deadline.amount, deadline.unit, hours=stated_hours(door), holidays=holidays)
    except ValueError:
        if start.tzinfo is None:
            raise
        return None


def times(deadline: Deadline, start: dt.datetime, door: FrontDoor, holidays: Set[dt.date]) -> Times | None:
    """When a clock that starts at `start` (aware) is due and warns; None where `due` has no answer.

    It warns after three quarters of the door's open time, so that the warning comes while somebody is there; of all
    time where no hours are stated or none fall between.
    """
    due_at = due(deadline, start, door, holidays)
    if due_at is None:
        return None
    return Times(_warning(start, due_at, door, holidays), due_at)


def _warning(start: dt.datetime, due_at: dt.datetime, door: FrontDoor, holidays: Set[dt.date]) -> dt.datetime:
    # Python counts between two moments of one zone by the wall's clock: an hour too many or too few where it changes.
    start, due_at = start.astimezone(dt.UTC), due_at.astimezone(dt.UTC)
    hours = stated_hours(door)
    opened = open_time(hours, start, due_at, holidays) if hours else dt.timedelta()
    if hours and opened:
        share = opened * WARN_AFTER.numerator / WARN_AFTER.denominator
        return local(min(add_working_hours(start, share, hours, holidays), due_at))
    return local(start + (due_at - start) * WARN_AFTER.numerator / WARN_AFTER.denominator)


def open_time(hours: Hours, start: dt.datetime, end: dt.datetime, holidays: Set[dt.date]) -> dt.timedelta:
    """How long the door is open between two moments (aware); zero when `end` is not after `start`."""
    total, moment = dt.timedelta(), start
    while moment < end:
        latest = moment
        for opens, closes in spans(hours, local(moment).date(), holidays):
            if opens >= end:
                return total
            total += max(min(closes, end) - max(opens, moment), dt.timedelta())
            latest = max(latest, closes)
        if latest == moment:
            return total
        moment = latest
    return total


def deadlines_from_receipt(pack: Pack, door: FrontDoor, *, assessment: bool = False) -> tuple[Deadline, ...]:
    """Deadlines that start when something arrives at `door`: those of social care, at its main door only; at every door
    the time by which the referrer knows the outcome; and for an `assessment` the time to register it, where stated."""
    statutory = tuple(
        one for one in pack.deadlines if one.after is Event.REFERRAL and one.amount is not None and one.id not in OWN
    )
    registration = stated(pack, REGISTRATION) if assessment else None
    return (
        *(statutory if door.id == pack.main_door else ()),
        stated(pack, OUTCOME) or UNSTATED_OUTCOME,
        *((registration,) if registration else ()),
    )


def until(due_at: dt.datetime, start: dt.datetime, door: FrontDoor, holidays: Set[dt.date]) -> Times:
    """Return when a clock warns that starts at `start` and is due at a moment that somebody named (both aware); a due
    moment before the start is over at once."""
    due_at = max(local(due_at), local(start))
    return Times(_warning(start, due_at, door, holidays), due_at)


def planned_clocks(seen: Situation, intakes: Iterable[PlannedIntake]) -> tuple[PlannedClock, ...]:
    """The times that will run once it is sent, in the order of the pack.

    Those from the call count from when it was made, and those from what was learned from when it was learned; from now
    as long as that isn't recorded.
    """
    to_social_care = any(intake.kind in {Kind.SOCIAL_CARE, Kind.OUT_OF_HOURS} for intake in intakes)
    runs = {
        Event.CALL: to_social_care,
        Event.REFERRAL: to_social_care,
        Event.ALLEGATION: Flag.ALLEGATION_AGAINST_PROFESSIONAL in seen.at.flags,
        Event.FGM_DISCOVERED: seen.fgm_duty is not False,
    }
    return tuple(
        _planned(seen, deadline)
        for deadline in seen.pack.deadlines
        if runs.get(deadline.after) and deadline.id not in OWN
    )


def _begun(seen: Situation, event: Event) -> dt.datetime | None:
    """When a time began to run, as far as that is recorded. Nobody learns of something tomorrow."""
    learned = {Event.ALLEGATION: seen.facts.allegation_at, Event.FGM_DISCOVERED: seen.facts.fgm_at}.get(event)
    if learned is not None:
        return min(learned, seen.now)
    return {Event.CALL: seen.facts.called_at, Event.REFERRAL: seen.now}.get(event)


def _planned(seen: Situation, deadline: Deadline) -> PlannedClock:
    begun = _begun(seen, deadline.after)
    start = seen.now if begun is None else begun
    when = times(deadline, start, seen.pack.doors_by_id[seen.pack.main_door], seen.holidays)
    if when and deadline.after is Event.FGM_DISCOVERED:
        when = replace(when, warn_at=min(local(start + WITHIN_A_DAY), when.due_at))
    return PlannedClock(
        deadline=deadline.id,
        name=deadline.name,
        who=deadline.who,
        starts_at=local(start),
        warn_at=when.warn_at if when else None,
        due_at=when.due_at if when else None,
        provisional=begun is None,
        after=deadline.after,
        outer_limit=deadline.outer_limit,
        statutory=deadline.statutory,
        note=deadline.note or "",
        citation=deadline.citation,
    )
