"""Cleaning one value, kind by kind. `clean` decides what a fault means."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from referrals.record.domain.dates import earliest, latest, read_date, read_text
from referrals.record.domain.forms.parts import NOT_KNOWN, DateRule, Kind, Question

CEILING = 1_000_000
"""Characters that no answer may exceed, harm or not: more can't be stored or read by anybody."""
MOST_CHOSEN = 500
CHILD_YEARS = 25
_LATE = timedelta(weeks=4)
_LONGEST_PREGNANCY = timedelta(weeks=45)
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
# Control characters and halves of surrogate pairs. Tab and line feed are fine, and so is every script and emoji.
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Options:
    """What the packs offer: slugs of areas, and ids of the home area's pack, empty while the area isn't known."""

    areas: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    descriptors: frozenset[str] = frozenset()
    protective_factors: frozenset[str] = frozenset()
    harm_factors: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()

    def of(self, kind: Kind) -> frozenset[str]:
        """Return the ids for a kind of question that takes them from the packs; empty for the others."""
        return {
            Kind.AREA: self.areas,
            Kind.LEVEL: self.levels,
            Kind.DESCRIPTORS: self.descriptors,
            Kind.PROTECTIVE_FACTORS: self.protective_factors,
            Kind.HARM_FACTORS: self.harm_factors,
            Kind.SIGNS: self.signs,
            Kind.CONDITIONS: self.conditions,
        }.get(kind, frozenset())


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value. `grave`: it is an error; otherwise it is only pointed out."""

    message: str
    grave: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """A value with its faults. None: nothing was answered. `impossible`: it can't be stored at all, harm or not."""

    value: Any = None
    faults: tuple[Fault, ...] = ()
    impossible: bool = False


_NO_ANSWER = Outcome()
_UNREADABLE = Outcome(None, (Fault("This can't be read as an answer. Answer again."),), impossible=True)


def clean_value(question: Question, raw: object, options: Options, today: date) -> Outcome:
    """Return the cleaned value of one question. Raises on nothing; says what is wrong instead."""
    if raw is None:
        return _NO_ANSWER
    if not _is_plain(raw):
        return _UNREADABLE
    if _size(raw) > CEILING:
        return Outcome(
            None, (Fault("This is too long to be stored. Send the most important part first."),), impossible=True
        )
    return _CLEANERS.get(question.kind, _line)(question, raw, options, today)


def _size(raw: object) -> int:
    if isinstance(raw, str):
        return len(raw)
    if isinstance(raw, Mapping):
        return sum(_size(one) for one in raw.values())
    return sum(_size(one) for one in raw) if isinstance(raw, list | tuple) else 0


def _is_plain(raw: object, depth: int = 0) -> bool:
    """Say whether a value is text, or lists and mappings of text, no deeper and no longer than a form makes them."""
    if isinstance(raw, str):
        return True
    if depth == 2:
        return False
    if isinstance(raw, list | tuple):
        return len(raw) <= MOST_CHOSEN and all(_is_plain(one, depth + 1) for one in raw)
    if isinstance(raw, Mapping):
        return len(raw) <= MOST_CHOSEN and all(
            isinstance(key, str) and _is_plain(one, depth + 1) for key, one in raw.items()
        )
    return False


def _text(raw: str) -> tuple[str, tuple[Fault, ...]]:
    """Return text as it is stored: its words untouched, line ends as one character, unstorable characters left out."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    stored = _UNSTORABLE.sub("", text)
    if stored == text:
        return stored, ()
    return stored, (Fault("This holds characters that can't be stored and can't be seen. They have to go."),)


def clean_text(raw: str) -> str:
    """Return words without line ends of other systems and characters that can't be stored; empty if nothing is left."""
    text = _text(raw[:CEILING])[0]
    return text if text.strip() else ""


def _long_text(question: Question, raw: object, _options: Options, _today: date) -> Outcome:
    if not isinstance(raw, str):
        return _UNREADABLE
    text, faults = _text(raw)
    if not text.strip():
        return Outcome(None, faults)
    if len(text) > question.longest:
        faults += (
            Fault(
                f"This has {len(text):,} characters; {question.longest:,} is the most. Put the most important first."
            ),
        )
    return Outcome(text, faults)


def _line(question: Question, raw: object, options: Options, today: date) -> Outcome:
    outcome = _long_text(question, raw, options, today)
    return Outcome(outcome.value.strip(), outcome.faults) if outcome.value else outcome


def _postcode(question: Question, raw: object, options: Options, today: date) -> Outcome:
    outcome = _line(question, raw, options, today)
    if not outcome.value:
        return outcome
    match = _POSTCODE.fullmatch(re.sub(r"[\s.-]", "", outcome.value).upper())
    if match:
        return Outcome(f"{match[1]} {match[2]}", outcome.faults)
    return Outcome(
        outcome.value, (*outcome.faults, Fault("This isn't a full postcode. It is kept; choose the area.", grave=False))
    )


def _phone(question: Question, raw: object, options: Options, today: date) -> Outcome:
    outcome = _line(question, raw, options, today)
    if outcome.value and sum(character.isdigit() for character in outcome.value) < 3:
        return Outcome(outcome.value, (*outcome.faults, Fault("This has no phone number in it.", grave=False)))
    return outcome


def _choice(question: Question, raw: object, options: Options, _today: date) -> Outcome:
    if not isinstance(raw, str):
        return _UNREADABLE
    if not raw:
        return _NO_ANSWER
    allowed = {option.value for option in question.choices} | options.of(question.kind)
    if raw not in allowed:
        return Outcome(None, (Fault("Choose one of the answers."),))
    return Outcome(raw)


def _several(question: Question, raw: object, options: Options, _today: date) -> Outcome:
    chosen = [raw] if isinstance(raw, str) else raw
    if not isinstance(chosen, list | tuple) or not all(isinstance(one, str) for one in chosen):
        return _UNREADABLE
    allowed = {option.value for option in question.choices} | options.of(question.kind)
    chosen = list(dict.fromkeys(one for one in chosen if one))
    known = [one for one in chosen if one in allowed]
    faults: tuple[Fault, ...] = ()
    if len(known) < len(chosen):
        faults += (Fault("One of these is not among the answers. Choose again."),)
    alone = {option.value for option in question.options if option.exclusive}
    if len(known) > 1 and alone.intersection(known):
        faults += (Fault("You chose an answer that means none, and others with it. Change one of them."),)
    return Outcome(known or None, faults)


def _date(question: Question, raw: object, _options: Options, today: date) -> Outcome:
    if isinstance(raw, str):
        typed: Any = {"day": "", "month": "", "year": _text(raw)[0].strip()}
        stored = read_text(typed["year"])
    elif isinstance(raw, Mapping):
        if not all(isinstance(value, str) for value in raw.values()):
            return _UNREADABLE
        typed = {part: _text(raw.get(part, ""))[0].strip() for part in ("day", "month", "year")}
        filled = [part for part in typed.values() if part]
        # Some write the whole date into one box.
        stored = read_text(filled[0]) if len(filled) == 1 else read_date(**typed)
    else:
        return _UNREADABLE
    if not any(typed.values()):
        return _NO_ANSWER
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


def _descriptors(_question: Question, raw: object, options: Options, _today: date) -> Outcome:
    if not isinstance(raw, list | tuple) or not all(isinstance(one, Mapping) for one in raw):
        return _UNREADABLE
    chosen: dict[str, dict[str, Any]] = {}
    faults: dict[str, Fault] = {}
    for one in raw:
        identifier, evidence = one.get("id", ""), one.get("evidence", "")
        if not isinstance(identifier, str) or not isinstance(evidence, str):
            return _UNREADABLE
        identifier = _text(identifier)[0].strip()
        evidence, unstorable = _text(evidence)
        if not identifier:
            continue
        faults |= {fault.message: fault for fault in unstorable}
        # Kept although the pack doesn't hold it: what it says may be the worry itself.
        chosen[identifier] = {"id": identifier, "evidence": evidence}
        if identifier not in options.descriptors:
            faults["pack"] = Fault("One of the descriptors is not in this area's document. Choose again.")
        if not evidence.strip():
            faults["evidence"] = Fault("Say for each descriptor what you saw or heard.", grave=False)
        if len(evidence) > 20_000:
            faults["long"] = Fault("The evidence for one descriptor has more than 20,000 characters.")
    return Outcome(list(chosen.values()) or None, tuple(faults.values()))


def _conditions(_question: Question, raw: object, options: Options, _today: date) -> Outcome:
    if not isinstance(raw, Mapping):
        return _UNREADABLE
    answered = {key: value for key, value in raw.items() if value}
    known = {
        key: value for key, value in answered.items() if key in options.conditions and value in ("yes", "no", NOT_KNOWN)
    }
    if len(known) < len(answered):
        return Outcome(known or None, (Fault("One of these answers is not among those offered. Choose again."),))
    return Outcome(known or None)


_Cleaner = Callable[[Question, object, Options, date], Outcome]
_CLEANERS: dict[Kind, _Cleaner] = {
    Kind.LONG_TEXT: _long_text,
    Kind.POSTCODE: _postcode,
    Kind.PHONE: _phone,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _choice,
    Kind.AREA: _choice,
    Kind.LEVEL: _choice,
    Kind.MULTI: _several,
    Kind.PROTECTIVE_FACTORS: _several,
    Kind.HARM_FACTORS: _several,
    Kind.SIGNS: _several,
    Kind.DATE: _date,
    Kind.PARTIAL_DATE: _date,
    Kind.DESCRIPTORS: _descriptors,
    Kind.CONDITIONS: _conditions,
}
