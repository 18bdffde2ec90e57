"""England's bank holidays as the law has them for any year, for years of which no list is published yet.

Source: Banking and Financial Dealings Act 1971, Schedule 1, paragraph 1 (Easter Monday, last Mondays of May and August,
26 December, 27 December in place of a Sunday), and the days that a proclamation names each year by section 1(3): New
Year's Day, the first Monday of May, and Mondays and Tuesdays in place of holidays at a weekend. Christmas Day and Good
Friday are holidays at common law. A further proclamation can move a day or add one, as in 2012, 2020, 2022 and 2023:
so what is reckoned stands in for a list, and for no longer than until there is one.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

TELL_BEFORE = dt.timedelta(days=180)
"""How long before the end of what is known operators are told. Ours: the government lists two years ahead."""
_DAY = dt.timedelta(days=1)
_MONDAY, _SATURDAY, _SUNDAY = 0, 5, 6


class Standing(StrEnum):
    """How far the list reaches. The words stand on `/readyz`."""

    OK = "ok"
    RUNNING_OUT = "running out"
    RECKONED = "reckoned"


@dataclass(frozen=True, slots=True)
class Known:
    """The days of a list, and the last day for which it says whether it is one: the end of its last whole year."""

    days: frozenset[dt.date]
    until: dt.date

    def left(self, today: dt.date) -> int:
        """Return for how many days from `today` on it still says so; below zero once it is over."""
        return (self.until - today).days

    def standing(self, today: dt.date) -> Standing:
        """Return how it stands on a day: over, over soon, or well."""
        if today > self.until:
            return Standing.RECKONED
        return Standing.RUNNING_OUT if self.until - today <= TELL_BEFORE else Standing.OK


def known_of(days: Iterable[dt.date]) -> Known:
    """Return a list of bank holidays with how far it reaches: a year counts that has its Christmas. ValueError where
    none has."""
    listed = frozenset(days)
    until = max(dt.date(day.year, 12, 31) for day in listed if day.month == 12)
    return Known(frozenset(day for day in listed if day <= until), until)


def reckoned(year: int) -> frozenset[dt.date]:
    """Return the bank holidays of England and Wales of a year by the rules above."""
    easter = easter_sunday(year)
    christmas = dt.date(year, 12, 25)
    return frozenset(
        {
            _or_monday(dt.date(year, 1, 1)),
            easter - 2 * _DAY,
            easter + _DAY,
            _first_monday(year, 5),
            _last_monday(year, 5),
            _last_monday(year, 8),
            *_with_the_day_after(christmas),
        }
    )


def easter_sunday(year: int) -> dt.date:
    """Return Easter Sunday of a year by the Gregorian calendar (the method of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - correction + 15) % 30
    week = (32 + 2 * rest + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def _or_monday(day: dt.date) -> dt.date:
    return day + {_SATURDAY: 2, _SUNDAY: 1}.get(day.weekday(), 0) * _DAY


def _with_the_day_after(christmas: dt.date) -> tuple[dt.date, dt.date]:
    """Christmas and Boxing Day, or the next Monday and Tuesday in place of those at a weekend."""
    boxing = christmas + _DAY
    first = christmas + {_SATURDAY: 2, _SUNDAY: 2}.get(christmas.weekday(), 0) * _DAY
    second = boxing + {_SATURDAY: 2, _SUNDAY: 2}.get(boxing.weekday(), 0) * _DAY
    return first, second


def _first_monday(year: int, month: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + (_MONDAY - first.weekday()) % 7 * _DAY


def _last_monday(year: int, month: int) -> dt.date:
    last = dt.date(year, month, 31)
    return last - (last.weekday() - _MONDAY) % 7 * _DAY
