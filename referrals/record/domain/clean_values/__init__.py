"""Cleaning one value, kind by kind. `clean` decides what a fault means."""

from collections.abc import Mapping
from datetime import date

from referrals.record.domain.clean_values import choices, days, words
from referrals.record.domain.clean_values.outcome import NO_ANSWER, UNREADABLE, Cleaner, Fault, Options, Outcome
from referrals.record.domain.clean_values.rows import MOST_ROWS, rows
from referrals.record.domain.clean_values.words import CEILING, clean_text
from referrals.record.domain.forms.parts import Kind, Question

__all__ = ["CEILING", "MOST_ROWS", "Fault", "Options", "Outcome", "clean_text", "clean_value"]

MOST_CHOSEN = 500
_DEEP, _DEEPER = 2, 3
"""How many lists and mappings stand inside each other: in a row, a date has parts of its own."""


def clean_value(question: Question, raw: object, options: Options, today: date) -> Outcome:
    """Return the cleaned value of one question. Raises on nothing; says what is wrong instead."""
    if raw is None:
        return NO_ANSWER
    if not _is_plain(raw, _DEEPER if question.kind is Kind.ROWS else _DEEP):
        return UNREADABLE
    if _size(raw) > CEILING:
        return Outcome(
            None, (Fault("This is too long to be stored. Send the most important part first."),), impossible=True
        )
    if question.kind is Kind.ROWS:
        return rows(question, raw, options, today, clean_value)
    return _CLEANERS.get(question.kind, words.line)(question, raw, options, today)


def _size(raw: object) -> int:
    if isinstance(raw, str):
        return len(raw)
    if isinstance(raw, Mapping):
        return sum(_size(one) for one in raw.values())
    return sum(_size(one) for one in raw) if isinstance(raw, list | tuple) else 0


def _is_plain(raw: object, levels: int) -> bool:
    """Say whether a value is text, or lists and mappings of text, no deeper and no longer than a form makes them."""
    if isinstance(raw, str):
        return True
    if levels == 0:
        return False
    if isinstance(raw, list | tuple):
        return len(raw) <= MOST_CHOSEN and all(_is_plain(one, levels - 1) for one in raw)
    if isinstance(raw, Mapping):
        return len(raw) <= MOST_CHOSEN and all(
            isinstance(key, str) and _is_plain(one, levels - 1) for key, one in raw.items()
        )
    return False


_CLEANERS: dict[Kind, Cleaner] = {
    Kind.LONG_TEXT: words.long_text,
    Kind.POSTCODE: words.postcode,
    Kind.PHONE: words.phone,
    Kind.EMAIL: words.email,
    Kind.NHS_NUMBER: words.identifier,
    Kind.UPN: words.identifier,
    Kind.URN: words.identifier,
    Kind.CHOICE: choices.choice,
    Kind.SCALE: choices.choice,
    Kind.YES_NO: choices.choice,
    Kind.AREA: choices.choice,
    Kind.LEVEL: choices.choice,
    Kind.MULTI: choices.several,
    Kind.PROTECTIVE_FACTORS: choices.several,
    Kind.HARM_FACTORS: choices.several,
    Kind.SIGNS: choices.several,
    Kind.DATE: days.day,
    Kind.PARTIAL_DATE: days.day,
    Kind.DESCRIPTORS: choices.descriptors,
    Kind.CONDITIONS: choices.conditions,
    Kind.BODY: choices.body,
}
