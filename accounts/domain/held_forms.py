"""What may be kept of a form that arrived after its session had ended."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LARGEST = 1_000_000
"""Characters, names and values together: a long referral is under a tenth of it."""

MOST_A_PERSON = 5
"""Held forms of one person at a time; the oldest goes."""

NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "held_form"})
"""Names that belong to one page or one session."""

ACTING_FOR = "acting_for"
"""The agency for which the page was drawn. It is kept with what was typed there, and is no reason to keep anything."""

_SECRET_WORDS = ("password", "passcode", "otp", "token")
_SECRET_NAMES = frozenset({"code"})

Pairs = tuple[tuple[str, str], ...]


class NotKept(StrEnum):
    """Why a form was not kept."""

    SECRET = "secret"  # noqa: S105  # a reason, not a secret
    TOO_LARGE = "too_large"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Fields:
    """A form's fields in the order in which they came; a name may come more than once."""

    pairs: Pairs

    def to_json(self) -> str:
        """Return the text that is encrypted."""
        return json.dumps(self.pairs, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Fields":
        """Read what `to_json` wrote."""
        return cls(tuple((str(name), str(value)) for name, value in json.loads(text)))


def keepable(pairs: Iterable[tuple[str, str]]) -> Fields | NotKept:
    """Return the fields to keep, or why none are.

    A form with anything in it that looks like a password or a one-time code is not kept at all; the sign-in pages are
    left out before this is asked. Nothing is kept by halves: a form that is too large isn't kept either.
    """
    kept: list[tuple[str, str]] = []
    size = 0
    for name, value in pairs:
        if name in NEVER_KEPT:
            continue
        lowered = name.lower()
        if lowered in _SECRET_NAMES or any(word in lowered for word in _SECRET_WORDS):
            return NotKept.SECRET
        size += len(name) + len(value)
        if size > LARGEST:
            return NotKept.TOO_LARGE
        kept.append((name, value))
    typed = any(name != ACTING_FOR for name, _value in kept)
    return Fields(tuple(kept)) if typed else NotKept.EMPTY
