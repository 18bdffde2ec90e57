"""Times in words: how long until a clock is due, or how far over the limit it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop

from accounts.clock import ENGLAND
from dispatch.presenters import age
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
    ClockState.BREACHED: gettext_noop("Over the limit"),
    ClockState.WARNING: gettext_noop("Due soon"),
    ClockState.RUNNING: gettext_noop("Not due yet"),
    ClockState.STOPPED: gettext_noop("Done in time"),
    ClockState.STOPPED_LATE: gettext_noop("Done late"),
}
NOT_NEEDED = gettext_noop("Not needed")
HANDED_OVER = gettext_noop("Runs on elsewhere")
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
    state, tag = gettext(STATE_WORDS[view.state]), _TAGS[view.state]
    if handed_over or not_needed:
        state, tag = gettext(HANDED_OVER) if handed_over else gettext(NOT_NEEDED), "govuk-tag--grey"
    return ClockShown(
        name=conditional_name(clock.deadline, clock.name) if if_needed and not not_needed else clock.name,
        who=clock.who,
        statutory=clock.statutory,
        due=clock.due_at,
        state=state,
        tag=tag,
        left="" if clock.stopped_at is not None else left_in_words(clock.due_at, now),
        url=url,
        longer=tuple(
            gettext("Until %(moment_words)s at first. %(by_name)s: %(why)s")
            % {"moment_words": moment_words(one.before), "by_name": one.by_name, "why": one.why}
            for one in extensions
        ),
    )


def counts(clock: Clock, intake: Intake) -> bool:
    """Whether a clock says something of an intake as it is: the time of a rating that it has no more doesn't."""
    return clock.deadline not in SCREENING.values() or clock.deadline == SCREENING.get(intake.rag or "")


def screening_words(intake: Intake, *, now: datetime) -> str:
    """Return what the ratings mean in time, by the pack of the front door's area, as the question about them says."""
    pack = pack_of(intake, now=now)
    times = {rag: stated(pack, deadline) for rag, deadline in SCREENING.items()} if pack else {}
    if not any(times.values()):
        return gettext(
            "Your own order of work. It moves no statutory time, and the partnership states no time for a rating."
        )
    said = []
    for rag, deadline in times.items():
        if deadline is None:
            said.append(gettext("%(label)s: no time is stated.") % {"label": gettext(Rag(rag).label)})
        else:
            on = gettext(", and runs on after hours") if runs_on(deadline) else ""
            said.append(f"{gettext(Rag(rag).label)}: {amount_in_words(deadline.amount, deadline.unit)}{on}.")
    return gettext("Counted from when it was received. %(said)s It moves no statutory time.") % {"said": " ".join(said)}


def partner_due(intake: Intake, *, now: datetime) -> datetime | None:
    """Return by when a partner who is asked now answers, by the partnership's own time; None where it states none."""
    pack = pack_of(intake, now=now)
    door = pack.doors_by_id.get(intake.front_door) if pack else None
    deadline = stated(pack, PARTNER_RETURN) if pack else None
    return due(deadline, now, door, bank_holidays()) if deadline and door else None


def time_said(clock: Clock) -> Said:
    """Return a time as the page quotes it that gives it more."""
    return Said(
        clock.name,
        (gettext("By %(moment_words)s") % {"moment_words": moment_words(clock.due_at)},),
        clock.who,
        clock.started_at,
    )


def partner_times(intake: Intake, now: datetime) -> tuple[Said, ...]:
    """Return the partners who were asked and haven't answered, as the page quotes them that asks another one."""
    waiting = requests_of(intake).filter(answer__isnull=True)
    return tuple(
        Said(
            gettext("%(partners)s was asked") % {"partners": gettext(PARTNERS[Partner(one.partner)])},
            (
                gettext("To answer by %(moment_words)s: %(left_in_words)s")
                % {"moment_words": moment_words(one.due_at), "left_in_words": left_in_words(one.due_at, now)},
            ),
            one.by_name,
            one.at,
        )
        for one in waiting
    )


def moment_words(moment: datetime) -> str:
    """Return a moment as a sentence says it: "3 November 2026, 14:30"."""
    here = moment.astimezone(ENGLAND)
    return date_format(here, "j F Y, H:i")


def left_in_words(due: datetime, now: datetime) -> str:
    """Return "3 hours left" or "2 days over", by the calendar: the clock itself counts the area's working time."""
    over = now > due
    length = {"length": length_in_words(now - due if over else due - now)}
    return gettext("%(length)s over") % length if over else gettext("%(length)s left") % length


def length_in_words(length: timedelta) -> str:
    """Return a length of time in its largest unit, rounded down; under a minute reads so."""
    return age(length)
