"""Cleaning dates: what reads as one is stored, what doesn't is kept as it was typed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from referrals.record.domain.clean_values.outcome import NO_ANSWER, UNREADABLE, Fault, Options, Outcome
from referrals.record.domain.clean_values.words import storable
from referrals.record.domain.dates import earliest, latest, read_date, read_text
from referrals.record.domain.forms.parts import DateRule, Kind, Question

CHILD_YEARS = 25
_LATE = timedelta(weeks=4)
_LONGEST_PREGNANCY = timedelta(weeks=45)


def day(question: Question, raw: object, _options: Options, today: date) -> Outcome:
    """A day, or as much of it as is known, from one text or from its parts."""
    if isinstance(raw, str):
        typed: Any = {"day": "", "month": "", "year": storable(raw)[0].strip()}
        stored = read_text(typed["year"])
    elif isinstance(raw, Mapping):
        if not all(isinstance(value, str) for value in raw.values()):
            return UNREADABLE
        typed = {part: storable(raw.get(part, ""))[0].strip() for part in ("day", "month", "year")}
        filled = [part for part in typed.values() if part]
        # Some write the whole date into one box.
        stored = read_text(filled[0]) if len(filled) == 1 else read_date(**typed)
    else:
        return UNREADABLE
    if not any(typed.values()):
        return NO_ANSWER
    if stored is None:
        example = "27 3 2015" if question.kind is Kind.DATE else "27 3 2015, 3 2015 or 2015"
        return Outcome(typed, (Fault(f"This is not a date. Write it like {example}."),))
    if question.kind is Kind.DATE and len(stored) < len("2015-03-27"):
        return Outcome(stored, (Fault("Give the day, the month and the year."),))
    return Outcome(stored, _implausible(question.date_rule, stored, today))


def _implausible(rule: DateRule | None, stored: str, today: date) -> tuple[Fault, ...]:
    first, last = earliest(stored), latest(stored)
    if rule is DateRule.CHILD_BIRTH:
        if first > today:
            return (Fault("The date of birth is in the future. For a child who is not born yet, say so above."),)
        if last < _years_before(today, CHILD_YEARS):
            return (Fault(f"That is more than {CHILD_YEARS} years ago. Check the year."),)
    if rule is DateRule.PAST and first > today:
        return (Fault("That day is in the future."),)
    if rule is DateRule.EXPECTED_BIRTH:
        if last < today - _LATE:
            return (Fault("That is long past. If the baby is born, change the answer above.", grave=False),)
        if first > today + _LONGEST_PREGNANCY:
            return (Fault("That is further off than a pregnancy lasts. Check the year.", grave=False),)
    return ()


def _years_before(day: date, years: int) -> date:
    # 29 February has no namesake in other years; the day before is as good.
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)
