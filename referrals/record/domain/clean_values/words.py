"""Cleaning words: texts, lines, and lines that have a shape, such as a postcode or an NHS number."""

import re
import unicodedata
from datetime import date

from referrals.record.domain import identifiers
from referrals.record.domain.clean_values.outcome import UNREADABLE, Fault, Options, Outcome
from referrals.record.domain.forms.parts import Question

CEILING = 1_000_000
"""Characters that no answer may exceed, harm or not: more can't be stored or read by anybody."""
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})", re.ASCII)
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
# Control characters and halves of surrogate pairs. Tab and line feed are fine, and so is every script and emoji.
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def storable(raw: str) -> tuple[str, tuple[Fault, ...]]:
    """Return text as it is stored: its words untouched, line ends as one character, unstorable characters left out."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    stored = _UNSTORABLE.sub("", text)
    if stored == text:
        return stored, ()
    return stored, (Fault("This holds characters that can't be stored and can't be seen. They have to go."),)


def clean_text(raw: str) -> str:
    """Return words without line ends of other systems and characters that can't be stored; empty if nothing is left."""
    text = storable(raw[:CEILING])[0]
    return text if text.strip() else ""


def long_text(question: Question, raw: object, _options: Options, _today: date) -> Outcome:
    """Words in as many lines as somebody writes."""
    if not isinstance(raw, str):
        return UNREADABLE
    text, faults = storable(raw)
    if not text.strip():
        return Outcome(None, faults)
    if len(text) > question.longest:
        faults += (
            Fault(
                f"This has {len(text):,} characters; {question.longest:,} is the most. Put the most important first."
            ),
        )
    return Outcome(text, faults)


def line(question: Question, raw: object, options: Options, today: date) -> Outcome:
    """Words without the blanks around them."""
    outcome = long_text(question, raw, options, today)
    return Outcome(outcome.value.strip(), outcome.faults) if outcome.value else outcome


def postcode(question: Question, raw: object, options: Options, today: date) -> Outcome:
    """A postcode in its usual spelling; whatever isn't one is kept and pointed out."""
    outcome = line(question, raw, options, today)
    if not outcome.value:
        return outcome
    match = _POSTCODE.fullmatch(re.sub(r"[\s.-]", "", unicodedata.normalize("NFKC", outcome.value)).upper())
    if match:
        return Outcome(f"{match[1]} {match[2]}", outcome.faults)
    return Outcome(
        outcome.value, (*outcome.faults, Fault("This isn't a full postcode. It is kept; choose the area.", grave=False))
    )


def phone(question: Question, raw: object, options: Options, today: date) -> Outcome:
    """A number with whatever words stand beside it."""
    outcome = line(question, raw, options, today)
    if outcome.value and sum(character.isdigit() for character in outcome.value) < 3:
        return Outcome(outcome.value, (*outcome.faults, Fault("This has no phone number in it.", grave=False)))
    return outcome


def email(question: Question, raw: object, options: Options, today: date) -> Outcome:
    """An address; one that can't be one is kept and pointed out."""
    outcome = line(question, raw, options, today)
    if outcome.value and not _EMAIL.fullmatch(outcome.value):
        return Outcome(
            outcome.value, (*outcome.faults, Fault("This doesn't look like an e-mail address. Check it.", grave=False))
        )
    return outcome


def identifier(question: Question, raw: object, options: Options, today: date) -> Outcome:
    """A number of a register. One that can't be right is kept as it was typed, and pointed out: it never blocks."""
    outcome = line(question, raw, options, today)
    if not outcome.value:
        return outcome
    read = identifiers.READERS[question.kind](outcome.value)
    faults = (Fault(read.fault, grave=False),) if read.fault else ()
    return Outcome(read.stored, (*outcome.faults, *faults))
