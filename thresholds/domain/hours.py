"""Working time of a front door: open or closed, when next, and adding working hours and days.

Everything counts in the area's clock, Europe/London, whatever zone the given moments are in. Moments are aware, or
refused with ValueError. Bank holidays come in as a set of dates. Hours that two sources give differently, or days that
a document leaves out, make the answer unknown where they matter: None, never a guess.
"""

import datetime as dt
from collections.abc import Iterator, Sequence, Set
from zoneinfo import ZoneInfo

from thresholds.domain.doors import MONDAY_TO_FRIDAY, FrontDoor, Hours, Opening
from thresholds.domain.duties import Unit

LONDON = ZoneInfo("Europe/London")
HORIZON = 60
"""Days looked ahead: longer than any run of bank holidays, so that a door without a future opening ends in an error."""


def local(moment: dt.datetime) -> dt.datetime:
    """The moment on the area's clock; a naive one is refused with ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(LONDON)


def at(day: dt.date, time: dt.time) -> dt.datetime:
    """That wall-clock time on that day in the area, as an aware moment in UTC so that differences are real hours."""
    return dt.datetime.combine(day, time, LONDON).astimezone(dt.UTC)


def is_working_day(day: dt.date, holidays: Set[dt.date]) -> bool:
    """Monday to Friday, and no bank holiday."""
    return day.weekday() in MONDAY_TO_FRIDAY and day not in holidays


def _opens_on(opening: Opening, day: dt.date) -> bool | None:
    """Whether the opening falls on that weekday; None where the document leaves out the days and it is a weekend."""
    if opening.days is None:
        return True if day.weekday() in MONDAY_TO_FRIDAY else None
    return day.weekday() in {weekday.number for weekday in opening.days}


def _open_by(hours: Hours, now: dt.datetime, holidays: Set[dt.date]) -> bool | None:
    """Open at `now` by one source's openings; None where it doesn't say."""
    here = local(now)
    day, time = here.date(), here.time()
    if day in holidays and not hours.bank_holidays:
        return (
            None
            if any(opening.days is None and opening.opens <= time < opening.closes for opening in hours.openings)
            else False
        )
    answers = [_opens_on(opening, day) for opening in hours.openings if opening.opens <= time < opening.closes]
    if True in answers:
        return True
    return None if None in answers else False


def is_open(door: FrontDoor, now: dt.datetime, holidays: Set[dt.date]) -> bool | None:
    """Whether the door is open at `now`: True or False where every source that gives hours agrees, None where they
    differ, where the days aren't given, or where no hours are stated.

    A door whose hours are "when the others are closed" isn't answered here: see `thresholds.domain.help_now`.
    """
    answers = {_open_by(hours, now, holidays) for hours in door.hours if not hours.when_others_closed}
    return answers.pop() if len(answers) == 1 else None


def spans(hours: Hours, first: dt.date, holidays: Set[dt.date]) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Openings from the day `first` on, in order, as UTC moments; days not given count as Monday to Friday."""
    for offset in range(HORIZON):
        day = first + dt.timedelta(days=offset)
        if day in holidays and not hours.bank_holidays:
            continue
        for opening in sorted(hours.openings, key=lambda opening: opening.opens):
            if _opens_on(opening, day):
                yield at(day, opening.opens), at(day, opening.closes)


def next_opening(hours: Hours, now: dt.datetime, holidays: Set[dt.date]) -> dt.datetime:
    """`now` itself while open, else the start of the next opening (aware, Europe/London).

    ValueError when there is none within HORIZON days."""
    for start, end in spans(hours, local(now).date(), holidays):
        if now < end:
            return local(max(start, now))
    raise ValueError("no opening within the horizon")


def add_working_hours(start: dt.datetime, amount: dt.timedelta, hours: Hours, holidays: Set[dt.date]) -> dt.datetime:
    """The moment when `amount` of open time has passed since `start` (aware, Europe/London).

    Time outside openings doesn't count. `amount` may be zero (then: the next open moment), not negative (ValueError).
    An hour that the clocks take away or give back counts as the time that really passes.
    """
    if amount < dt.timedelta():
        raise ValueError("working time runs forwards")
    moment, left = start.astimezone(dt.UTC) if start.tzinfo else local(start), amount
    while True:
        for opens, closes in spans(hours, local(moment).date(), holidays):
            begin = max(opens, moment)
            if begin >= closes:
                continue
            if left <= closes - begin:
                return local(begin + left)
            left -= closes - begin
            moment = closes
            break
        else:
            raise ValueError("no opening within the horizon")


def add_working_days(start: dt.datetime, amount: int, holidays: Set[dt.date]) -> dt.datetime:
    """The same time of day `amount` working days after `start` (aware, Europe/London).

    Counting starts with the first working day after the day of `start`, as statutory guidance counts; a start on a
    weekend or bank holiday therefore counts from the next working day on. `amount` is at least 1 (ValueError).
    """
    if amount < 1:
        raise ValueError("working days run forwards, from one on")
    here = local(start)
    day = here.date()
    while amount:
        day += dt.timedelta(days=1)
        amount -= is_working_day(day, holidays)
    return local(at(day, here.time()))


def add_months(start: dt.datetime, amount: int) -> dt.datetime:
    """The same day and time `amount` months later, or the month's last day where it has no such day."""
    here = local(start)
    years, month = divmod(here.month - 1 + amount, 12)
    year, month = here.year + years, month + 1
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    day = min(here.day, (following - dt.timedelta(days=1)).day)
    return local(at(dt.date(year, month, day), here.time()))


def add(start: dt.datetime, amount: int, unit: Unit, *, hours: Hours | None, holidays: Set[dt.date]) -> dt.datetime:
    """When a deadline of `amount` `unit` from `start` falls (aware, Europe/London).

    Hours and days run on through nights and weekends; `working_hours` needs the door's `hours` (ValueError without).
    """
    if unit is Unit.WORKING_HOURS:
        if hours is None or not hours.openings:
            raise ValueError("working hours need the opening hours of the front door")
        return add_working_hours(start, dt.timedelta(hours=amount), hours, holidays)
    if unit is Unit.WORKING_DAYS:
        return add_working_days(start, amount, holidays)
    if unit is Unit.MONTHS:
        return add_months(start, amount)
    if unit is Unit.DAYS:
        here = local(start)
        return local(at(here.date() + dt.timedelta(days=amount), here.time()))
    return local(local(start).astimezone(dt.UTC) + dt.timedelta(hours=amount))


def in_words(hours: Sequence[Hours]) -> str:
    """Opening hours in words, one source after another: `Monday to Friday, 9am to 4pm`."""
    return "; or ".join(dict.fromkeys(_hours_in_words(one) for one in hours))


def _hours_in_words(hours: Hours) -> str:
    if hours.when_others_closed:
        return "outside office hours"
    return ", ".join(_opening_in_words(opening) for opening in hours.openings)


def _opening_in_words(opening: Opening) -> str:
    span = f"{_clock(opening.opens)} to {_clock(opening.closes)}"
    if opening.days is None:
        return f"{span}, days not stated"
    numbers = sorted(day.number for day in opening.days)
    names = [day.value.capitalize() for day in sorted(opening.days, key=lambda day: day.number)]
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{names[0]} to {names[-1]} {span}"
    return f"{' and '.join(names)} {span}"


def _clock(time: dt.time) -> str:
    """GOV.UK style: 9am, 5:30pm, midday."""
    if time == dt.time(12):
        return "midday"
    hour = time.hour % 12 or 12
    return f"{hour}{f':{time.minute:02}' if time.minute else ''}{'am' if time.hour < 12 else 'pm'}"
