"""What a handler is given, what it may raise, and what may be written into a promise: ids, never words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID

Reference = str | int
References = Mapping[str, Reference]

LONGEST_KEY = 200

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SLUG = re.compile(r"[a-z][a-z0-9]*([-_.][a-z0-9]+)*")
_LONGEST_SLUG = 50
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Version and sequence numbers are small. Dates of birth, telephone and NHS numbers have eight digits and more.
_GREATEST_NUMBER = 9_999_999


class PermanentFailure(Exception):
    """Raised by a handler when repeating cannot help: the promise is parked at once, for an operator.

    Subclass it for each cause, and give `words` that an operator can act on; the exception's message is never kept.
    """

    words = "It cannot be done as it stands"


class NotTried(Exception):
    """Raised by a handler that made no attempt, because what it needs is left alone for `wait`. It costs no attempt."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


class UnknownKind(PermanentFailure):
    """No handler is registered for the promise's kind."""

    words = "This version of the system does not know this kind of work"


@dataclass(frozen=True, slots=True)
class Promise:
    """One attempt at a promise, as its handler sees it. `attempt` counts from 1.

    `key` stays the same over all attempts: hand it to receivers that deduplicate. `lease_token` is what
    `dispatch.leases.extend` needs.
    """

    id: UUID
    key: str
    kind: str
    references: References
    attempt: int
    request_id: str = ""
    lease_token: UUID | None = field(default=None, repr=False)


def checked_name(kind: str) -> str:
    """Return a kind or the name of a reference; ValueError unless it is lower-case words with underscores."""
    if not _NAME.fullmatch(kind):
        raise ValueError("a promise's kind and the names of its references are lower-case words with underscores")
    return kind


def checked_references(references: Mapping[str, UUID | Reference]) -> dict[str, Reference]:
    """Return the references as they are stored: UUIDs as text, slugs, and whole numbers from 0 to 9 999 999.

    Anything else could carry a name, a date of birth or a telephone number to the broker's side of the house, and is
    refused with ValueError, which names the reference and never repeats the value.
    """
    return {checked_name(name): _checked(name, value) for name, value in references.items()}


def checked_key(key: str) -> str:
    """Return the idempotency key; ValueError unless it is made of references (see above) with colons between.

    For example "receive:4d1f…-uuid:2".
    """
    if not key or len(key) > LONGEST_KEY:
        raise ValueError(f"a promise's key has 1 to {LONGEST_KEY} characters")
    for part in key.split(":"):
        number = int(part) if part.isascii() and part.isdecimal() and len(part) < 10 else part
        _checked("key", number)
    return key


def frozen(references: Mapping[str, Reference]) -> References:
    """Return a read-only copy."""
    return MappingProxyType(dict(references))


def _checked(name: str, value: UUID | Reference) -> Reference:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str):
        if _UUID.fullmatch(value) or (len(value) <= _LONGEST_SLUG and _SLUG.fullmatch(value)):
            return value
    elif not isinstance(value, bool) and isinstance(value, int) and 0 <= value <= _GREATEST_NUMBER:
        return value
    raise ValueError(f"reference {name!r} is no UUID, no slug and no small whole number")
