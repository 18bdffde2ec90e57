"""Times in words: how long until a clock is due, or how far over the limit it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.clock import ENGLAND
from referrals.casework.domain.partners import PARTNERS, Partner
from referrals.casework.selectors import requests_of
from referrals.routing.domain.clocks import ClockState, due
from referrals.routing.domain.limits import PARTNER_RETURN, SCREENING, runs_on, stated
from referrals.routing.models import Clock, Extension, Intake, Rag
from referrals.routing.selectors.queues import ClockView, pack_of
from referrals.triage.presenters.said import Said
from thresholds.bank_holidays import bank_holidays
from thresholds.domain.assessments import OF_AN_ASSESSMENT, conditional_name
from thresholds.presenters.words import amount_in_words

STATE_WORDS: dict[ClockState, str] = {
    ClockState.BREACHED: "Over the limit",
    ClockState.WARNING: "Due soon",
    ClockState.RUNNING: "Not due yet",
    ClockState.STOPPED: "Done in time",
    ClockState.STOPPED_LATE: "Done late",
}
NOT_NEEDED = "Not needed"
HANDED_OVER = "Runs on elsewhere"
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
    """A clock on a page. `left` is how long it still runs, or ran over, in words; empty once it has stopped. `url`:
    where it is given more time, empty where this person can't; `longer`: that it was, from when and why."""

    name: str
    who: str
    statutory: bool
    due: datetime
    state: str
    tag: str
    left: str
    url: str = ""
    longer: tuple[str, ...] = ()


def clock_shown(
    view: ClockView,
    *,
    assessed: bool,
    now: datetime,
    url: str = "",
    extensions: Iterable[Extension] = (),
    handed_over_at: datetime | None = None,
) -> ClockShown:
    """Return a clock as it is shown at `now`. `assessed`: it is decided that an assessment follows; `url`: where this
    person gives it more time; `extensions`: how it was given more so far, where that is told; `handed_over_at`: when
    another front door took all of it on, which stopped what ran until then and finished none of it.

    The time of an assessment says that it may not be needed until that is decided. Where the decision has ended it, no
    assessment was done, in time or late.
    """
    clock = view.clock
    if_needed = clock.deadline in OF_AN_ASSESSMENT and not assessed
    handed_over = handed_over_at is not None and clock.stopped_at is not None and clock.stopped_at >= handed_over_at
    not_needed = if_needed and clock.stopped_at is not None and not handed_over
    state, tag = STATE_WORDS[view.state], _TAGS[view.state]
    if handed_over or not_needed:
        state, tag = HANDED_OVER if handed_over else NOT_NEEDED, "govuk-tag--grey"
    return ClockShown(
        name=conditional_name(clock.deadline, clock.name) if if_needed and not not_needed else clock.name,
        who=clock.who,
        statutory=clock.statutory,
        due=clock.due_at,
        state=state,
        tag=tag,
        left="" if clock.stopped_at is not None else left_in_words(clock.due_at, now),
        url=url,
        longer=tuple(f"Until {moment_words(one.before)} at first. {one.by_name}: {one.why}" for one in extensions),
    )


def counts(clock: Clock, intake: Intake) -> bool:
    """Whether a clock says something of an intake as it is: the time of a rating that it has no more doesn't."""
    return clock.deadline not in SCREENING.values() or clock.deadline == SCREENING.get(intake.rag or "")


def screening_words(intake: Intake, *, now: datetime) -> str:
    """Return what the ratings mean in time, by the pack of the front door's area, as the question about them says."""
    pack = pack_of(intake, now=now)
    times = {rag: stated(pack, deadline) for rag, deadline in SCREENING.items()} if pack else {}
    if not any(times.values()):
        return "Your own order of work. It moves no statutory time, and the partnership states no time for a rating."
    said = []
    for rag, deadline in times.items():
        if deadline is None:
            said.append(f"{Rag(rag).label}: no time is stated.")
        else:
            on = ", and runs on after hours" if runs_on(deadline) else ""
            said.append(f"{Rag(rag).label}: {amount_in_words(deadline.amount, deadline.unit)}{on}.")
    return f"Counted from when it was received. {' '.join(said)} It moves no statutory time."


def partner_due(intake: Intake, *, now: datetime) -> datetime | None:
    """Return by when a partner who is asked now answers, by the partnership's own time; None where it states none."""
    pack = pack_of(intake, now=now)
    door = pack.doors_by_id.get(intake.front_door) if pack else None
    deadline = stated(pack, PARTNER_RETURN) if pack else None
    return due(deadline, now, door, bank_holidays()) if deadline and door else None


def time_said(clock: Clock) -> Said:
    """Return a time as the page quotes it that gives it more."""
    return Said(clock.name, (f"By {moment_words(clock.due_at)}",), clock.who, clock.started_at)


def partner_times(intake: Intake, now: datetime) -> tuple[Said, ...]:
    """Return the partners who were asked and haven't answered, as the page quotes them that asks another one."""
    waiting = requests_of(intake).filter(answer__isnull=True)
    return tuple(
        Said(
            f"{PARTNERS[Partner(one.partner)]} was asked",
            (f"To answer by {moment_words(one.due_at)}: {left_in_words(one.due_at, now)}",),
            one.by_name,
            one.at,
        )
        for one in waiting
    )


def moment_words(moment: datetime) -> str:
    """Return a moment as a sentence says it: "3 November 2026, 14:30"."""
    here = moment.astimezone(ENGLAND)
    return f"{here.day} {here:%B %Y, %H:%M}"


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
