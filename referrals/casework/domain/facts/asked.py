"""Reading answers: what counts as asked, and the kinds of answer that more than one rule reads."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from referrals.record.domain.dates import earliest, exact_day, latest
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.forms.parts import NOT_KNOWN, Page, Per, Specification
from thresholds.domain.check_when import AGE_NOT_KNOWN, Answer, ChildAge
from thresholds.domain.hours import LONDON
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Harm

NOBODY_YET = PersonAnswers(id=UUID(int=0), position=1)
"""Stands for the child while none is recorded: an urgent referral goes, and somebody has to receive it."""

_CLOCK = re.compile(r"\s*(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}")
_NOT_BORN = re.compile(r"pregnan|unborn|not (?:yet )?born|\bdue\b|gestation", re.IGNORECASE)
_NEWBORN = re.compile(r"\b(?:new[ -]?born|neonate|baby)\b", re.IGNORECASE)
_WEEKS_OLD = re.compile(r"\b(?:days|weeks|wks|months)\b", re.IGNORECASE)
_SPELT = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SPELT_WITH_UNIT = re.compile(rf"\b({'|'.join(_SPELT)})(?=[ -](?:year|yr|month|week|day))", re.IGNORECASE)
_YOUNG = re.compile(r"(\d{1,3})(?:\s*(?:-|–|to|or)\s*(\d{1,3}))?[ -]*(month|mth|week|wk|day)", re.IGNORECASE)
"""An age in months, weeks or days, or a span of them."""
_A_YEAR = {"m": 12, "w": 52, "d": 365}
"""How many months, weeks or days a year has, by the first letter."""
_SCHOOL_YEAR = re.compile(
    r"(?<!\d)(?<!\d[ -])\b(?:years?|yrs?|y)\.?\s*(\d{1,2})\b(?:\s*(?:-|–|/|to|or)\s*(?:years?|yrs?|y)?\s*(\d{1,2})\b)?"
    r"(?![ -]*(?:year|yr|month|mth|week|wk|day))",
    re.IGNORECASE,
)
"""A school year, such as Year 11, or a span of them; "1 year 6 months" is none."""
_RECEPTION = re.compile(r"\breception\b", re.IGNORECASE)
_LAST_SCHOOL_YEAR = 13
_BEFORE_SCHOOL_YEAR = 4
"""Years by which a child at the start of a school year is older than its number; at its end they are one older."""
_ROUGHLY = 1
"""Years by which an age that somebody guessed may be wrong, either way."""
_OLDEST_GUESS = 25


def only_asked(form: Specification, draft: DraftAnswers) -> DraftAnswers:
    """Return the draft without the answers of pages that aren't asked any more: they aren't frozen, so they don't
    count either."""
    return replace(
        draft,
        pages=_asked(form, draft, Per.REFERRAL, None),
        children=tuple(replace(one, pages=_asked(form, draft, Per.CHILD, one)) for one in draft.children),
        members=tuple(replace(one, pages=_asked(form, draft, Per.MEMBER, one)) for one in draft.members),
    )


def children_of(draft: DraftAnswers) -> tuple[PersonAnswers, ...]:
    """Return the children, or the one who stands for them while none is recorded."""
    return draft.children or (NOBODY_YET,)


def answer(value: object) -> Answer:
    """Return a yes-or-no answer; whatever isn't yes or no is not known."""
    return Answer(value) if value in {"yes", "no"} else Answer.NOT_KNOWN


def yes_or_no(value: object) -> bool | None:
    """Return True, False, or None for not known."""
    return answer(value).known


def text(value: object) -> str:
    """Return an answer in words; empty for none."""
    return value if isinstance(value, str) else ""


def words_in(value: object, *, sentences: bool = False) -> str:
    """Return what somebody wrote in an answer, also in a list of rows, of places or of descriptors, line by line.

    `sentences`: of a list only what has more than one word, so that dates, numbers and a plain yes are left out.
    """
    if isinstance(value, list):
        rows = [one for one in value if isinstance(one, Mapping)]
        written = [said.strip() for row in rows for key, said in row.items() if key != "id" and isinstance(said, str)]
        return "\n".join(said for said in written if said and (" " in said or not sentences))
    return text(value)


def rows_of(value: object) -> tuple[Mapping[str, Any], ...]:
    """Return the rows of a list; empty for none."""
    return tuple(one for one in value if isinstance(one, Mapping)) if isinstance(value, list) else ()


def chosen(value: object) -> tuple[str, ...]:
    """Return what was ticked."""
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def harm(person: PersonAnswers) -> Harm | None:
    """Return the answer about significant harm to this child; None when it isn't given."""
    value = person.get("harm")
    return Harm(value) if value in {one.value for one in Harm} else None


def area(value: object) -> str | None:
    """Return the slug of an area, "elsewhere" included; None while it isn't known."""
    return value if isinstance(value, str) and value not in {"", NOT_KNOWN} else None


def judged_level(person: PersonAnswers, pack: Pack) -> str | None:
    """Return the id of the level that was judged; None when none was, or it is one of another pack: the home area was
    changed afterwards."""
    value = person.get("judged_level")
    return value if isinstance(value, str) and value in pack.level_order else None


def age(person: PersonAnswers, on: date) -> ChildAge:
    """Return the child's age on that day, as far as the date of birth or the guess tells it.

    A date that can't be, such as one in the future, tells nothing. A guess may be a year out either way.
    """
    if person.get("unborn") == "yes":
        return ChildAge(unborn=True)
    born = person.get("born")
    if isinstance(born, str):
        try:
            oldest = ChildAge.born(earliest(born), on).oldest
            youngest = ChildAge.born(min(latest(born), on), on).youngest
            return ChildAge(youngest, oldest)
        except ValueError:
            pass
    return _guessed(text(person.get("about_age")))


def moment_of(day: object, clock: object = None) -> datetime | None:
    """Return an answered day, with its time where one can be read, as an aware moment; None for a day that isn't exact.

    Without a time it is the beginning of the day: what counts from it is due sooner rather than later.
    """
    exact = exact_day(day)
    if exact is None:
        return None
    return datetime.combine(exact, _clock(text(clock)) or time(), LONDON)


def _asked(
    form: Specification, draft: DraftAnswers, per: Per, person: PersonAnswers | None
) -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = draft.pages if person is None else person.pages
    here: dict[str, Page] = {page.key: page for page in form.pages if page.per is per}
    return {key: answers for key, answers in found.items() if key in here and draft.applies(here[key], person)}


def _guessed(words: str) -> ChildAge:
    """The ages that a guess leaves open: all that its words name, months, school years and years alike."""
    if _NOT_BORN.search(words):
        return AGE_NOT_KNOWN  # weeks are those of the pregnancy; whether the child is unborn is a question of its own
    words = _SPELT_WITH_UNIT.sub(lambda match: str(_SPELT.index(match[1].lower()) + 1), words)
    spans: list[tuple[int, int]] = []
    school = [number for match in _SCHOOL_YEAR.finditer(words) for number in match.groups() if number]
    if any(not 1 <= int(number) <= _LAST_SCHOOL_YEAR for number in school):
        return AGE_NOT_KNOWN
    spans += [(int(number) + _BEFORE_SCHOOL_YEAR, int(number) + _BEFORE_SCHOOL_YEAR + 1) for number in school]
    if _RECEPTION.search(words):
        spans.append((_BEFORE_SCHOOL_YEAR, _BEFORE_SCHOOL_YEAR + 1))
    rest = _SCHOOL_YEAR.sub(" ", words)
    young = [_of_young(match) for match in _YOUNG.finditer(rest)]
    years = [int(number) for number in _NUMBER.findall(_YOUNG.sub(" ", rest))]
    if years and max(years) > _OLDEST_GUESS:
        return AGE_NOT_KNOWN
    spans += [(max(number - _ROUGHLY, 0), number + _ROUGHLY) for number in years]
    if not years:
        spans += young  # beside years, months only say how far into the year
    if not spans:
        if _NEWBORN.search(words):
            return ChildAge.exactly(0)
        return ChildAge(0, _ROUGHLY) if _WEEKS_OLD.search(words) else AGE_NOT_KNOWN
    return ChildAge(min(low for low, _high in spans), max(high for _low, high in spans))


def _of_young(match: re.Match[str]) -> tuple[int, int]:
    """An age in months, weeks or days in years: less than twelve months is a baby, more may be a year out."""
    full = max(int(number) for number in match.groups()[:2] if number) // _A_YEAR[match[3][0].lower()]
    return (0, 0) if full == 0 else (max(full - _ROUGHLY, 0), full + _ROUGHLY)


def _clock(words: str) -> time | None:
    match = _CLOCK.fullmatch(words)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
