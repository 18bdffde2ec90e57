"""What is left to the writers once it is sent: to ring, where that comes first, and their own times."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from referrals.casework.domain.facts.later import Rang, rang_in
from referrals.journey.presenters.sending import PlanPage
from referrals.record.models import Addendum
from referrals.record.selectors import content_of
from referrals.routing.domain.clocks import ClockState
from referrals.routing.selectors.queues import ClockView

_STATES: dict[ClockState, tuple[str, str]] = {
    ClockState.RUNNING: ("Not due yet", "govuk-tag--grey"),
    ClockState.WARNING: ("Due soon", "govuk-tag--orange"),
    ClockState.BREACHED: ("Over the limit", "govuk-tag--red"),
    ClockState.STOPPED: ("Done in time", "govuk-tag--green"),
    ClockState.STOPPED_LATE: ("Done late", "govuk-tag--grey"),
}


@dataclass(frozen=True, slots=True)
class OwnTime:
    """A time of the writers' own. `deadline` is its id in the pack; `open`: it can be said that it is done."""

    deadline: str
    name: str
    due: datetime
    state: str
    tag: str
    open: bool
    at_once: bool
    """The time is the latest allowed, not one to aim for."""


@dataclass(frozen=True, slots=True)
class OwnTasks:
    """`ring`: somebody has to be rung first, and nobody has recorded that they reached anybody. `rang` is what was
    recorded last."""

    ring: bool
    rang: Rang | None
    times: tuple[OwnTime, ...]

    def __bool__(self) -> bool:
        return self.ring or self.rang is not None or bool(self.times)


def own_tasks(
    content: Mapping[str, Any], addenda: Iterable[Addendum], plan: PlanPage, clocks: Iterable[ClockView]
) -> OwnTasks:
    """Return what is the writers' own to do. The last word about a call counts."""
    rang = rang_in(content["pages"])
    for addendum in addenda:
        page = content_of(addendum).get("page")
        rang = (rang_in([page]) if page else None) or rang
    first = any(child.plan.ring_first for child in plan.children)
    return OwnTasks(
        ring=first and (rang is None or not rang.reached),
        rang=rang,
        times=own_times(clocks),
    )


def own_times(clocks: Iterable[ClockView]) -> tuple[OwnTime, ...]:
    """Return the writers' own times, in their order."""
    return tuple(_time(one) for one in clocks)


def _time(view: ClockView) -> OwnTime:
    words, tag = _STATES[view.state]
    clock = view.clock
    is_open = clock.stopped_at is None
    if clock.outer_limit and view.state in {ClockState.RUNNING, ClockState.WARNING}:
        words, tag = "Do it now", "govuk-tag--orange"
    return OwnTime(
        clock.deadline, clock.name, clock.due_at, words, tag, open=is_open, at_once=clock.outer_limit and is_open
    )
