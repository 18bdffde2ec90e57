"""Dates as people give them: a day, a month or a year. Stored as "2019-03-05", "2019-03" or "2019"."""

import calendar
import re
import unicodedata
from collections.abc import Mapping
from datetime import date

_MONTHS = {
    name.lower(): number for names in (calendar.month_name, calendar.month_abbr) for number, name in enumerate(names)
} | {"sept": 9}
_DAYS = {name.lower() for names in (calendar.day_name, calendar.day_abbr) for name in names} | {"tues", "thur", "thurs"}
_BESIDE = _DAYS | {"the", "of", "in", "on"}
"""Words beside a date that say nothing more: the day of the week isn't checked, people get it wrong."""
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)", re.ASCII | re.IGNORECASE)
_STORED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_ONE_OR_TWO = re.compile(r"\d{1,2}", re.ASCII)
_EARLIEST_YEAR = 1900
_LATEST_YEAR = 2200


def read_date(day: str, month: str, year: str) -> str | None:
    """Return the parts as a stored date, the day or the day and month left empty if need be; None when they make none.

    Months are numbers or English names. A year has four digits: two could mean two centuries.
    """
    day, month, year = (unicodedata.normalize("NFKC", part).strip() for part in (day, month, year))
    if not re.fullmatch(r"\d{4}", year, re.ASCII) or not _EARLIEST_YEAR <= int(year) <= _LATEST_YEAR:
        return None
    if not month:
        return None if day else year
    number = int(month) if _ONE_OR_TWO.fullmatch(month) else _MONTHS.get(month.lower().rstrip("."), 0)
    if not 1 <= number <= 12 or (day and not _ONE_OR_TWO.fullmatch(day)):
        return None
    if not day:
        return f"{year}-{number:02}"
    last = calendar.monthrange(int(year), number)[1]
    return f"{year}-{number:02}-{int(day):02}" if 1 <= int(day) <= last else None


def read_text(text: str) -> str | None:
    """Return a date written as one text, as stored or as "5 March 2019", "Tuesday, 5th March 2019", "5/3/2019" or
    "2019-3-5"; None when it is none. Day and month as numbers are read in this order."""
    stripped = text.strip()
    stored = _STORED.fullmatch(stripped)
    if stored:
        year, month, day = stored.groups(default="")
        return read_date(day, month, year)
    parts = [part for part in re.split(r"[\s/.,-]+", stripped) if part and part.lower() not in _BESIDE]
    ordinal = [_ORDINAL.fullmatch(part) for part in parts]
    if not 1 <= len(parts) <= 3 or (any(ordinal) and len(parts) < 3):
        return None
    day, month, year = ["", "", *(found[1] if found else part for part, found in zip(parts, ordinal, strict=True))][-3:]
    if day and day.lower() in _MONTHS:
        day, month = month, day
    elif len(day) > len(year):
        day, year = year, day
    return read_date(day, month, year)


def earliest(stored: str) -> date:
    """Return the first day that a stored date may mean. ValueError for what isn't one."""
    year, month, day = _parts(stored)
    return date(year, month or 1, day or 1)


def latest(stored: str) -> date:
    """Return the last day that a stored date may mean. ValueError for what isn't one."""
    year, month, day = _parts(stored)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def exact_day(stored: object) -> date | None:
    """Return the day of an answer that names one, None for a month, a year, or what was kept as typed."""
    if isinstance(stored, str) and len(stored) == len("2019-03-05") and _STORED.fullmatch(stored):
        return earliest(stored)
    return None


def reads(stored: object) -> str:
    """Return an answer as people read it: "5 March 2019", "March 2019", "2019", or what was typed."""
    if isinstance(stored, Mapping):
        return " ".join(str(stored[part]) for part in ("day", "month", "year") if stored.get(part))
    if not isinstance(stored, str) or not _STORED.fullmatch(stored):
        return str(stored)
    year, month, day = _parts(stored)
    return " ".join(str(part) for part in (day, calendar.month_name[month] if month else 0, year) if part)


def order(stored: object) -> tuple[bool, date, str]:
    """Return what answers are sorted by: the first day that they may mean; what names no day comes last."""
    if isinstance(stored, str) and _STORED.fullmatch(stored):
        return False, earliest(stored), stored
    return True, date.max, ""


def _parts(stored: str) -> tuple[int, int, int]:
    match = _STORED.fullmatch(stored)
    if match is None:
        raise ValueError("not a stored date")
    year, month, day = (int(part) for part in match.groups(default="0"))
    return year, month, day
