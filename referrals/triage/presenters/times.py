"""Times in words: how long until a clock is due, or how far over the limit it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from referrals.routing.domain.clocks import ClockState
from referrals.routing.selectors.queues import ClockView
from thresholds.domain.assessments import OF_AN_ASSESSMENT, conditional_name

STATE_WORDS: dict[ClockState, str] = {
    ClockState.BREACHED: "Over the limit",
    ClockState.WARNING: "Due soon",
    ClockState.RUNNING: "Not due yet",
    ClockState.STOPPED: "Done in time",
    ClockState.STOPPED_LATE: "Done late",
}
NOT_NEEDED = "Not needed"
# Colour beside the words, never instead of them.
_TAGS: dict[ClockState, str] = {
    ClockState.BREACHED: "govuk-tag--red",
    ClockState.WARNING: "govuk-tag--orange",
    ClockState.RUNNING: "govuk-tag--grey",
    ClockState.STOPPED: "govuk-tag--green",
    ClockState.STOPPED_LATE: "govuk-tag--grey",
}


@dataclass(frozen=True, slots=True)
class ClockShown:
    """A clock on a page. `left` is how long it still runs, or ran over, in words; empty once it has stopped."""

    name: str
    who: str
    statutory: bool
    due: datetime
    state: str
    tag: str
    left: str


def clock_shown(view: ClockView, *, assessed: bool, now: datetime) -> ClockShown:
    """Return a clock as it is shown at `now`. `assessed`: it is decided that an assessment follows.

    The time of an assessment says that it may not be needed until that is decided. Where the decision has ended it, no
    assessment was done, in time or late.
    """
    clock = view.clock
    if_needed = clock.deadline in OF_AN_ASSESSMENT and not assessed
    not_needed = if_needed and clock.stopped_at is not None
    return ClockShown(
        name=conditional_name(clock.deadline, clock.name) if if_needed and not not_needed else clock.name,
        who=clock.who,
        statutory=clock.statutory,
        due=clock.due_at,
        state=NOT_NEEDED if not_needed else STATE_WORDS[view.state],
        tag="govuk-tag--grey" if not_needed else _TAGS[view.state],
        left="" if clock.stopped_at is not None else left_in_words(clock.due_at, now),
    )


def left_in_words(due: datetime, now: datetime) -> str:
    """Return "3 hours left" or "2 days over", by the calendar: the clock itself counts the area's working time."""
    over = now > due
    return f"{length_in_words(now - due if over else due - now)} {'over' if over else 'left'}"


def length_in_words(length: timedelta) -> str:
    """Return a length of time in its largest unit, rounded down; under a minute reads so."""
    minutes = int(length.total_seconds()) // 60
    for unit, size in (("day", 1440), ("hour", 60), ("minute", 1)):
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "under a minute"
