"""The hash chain over the audit record: how an entry is written out, how seals follow each other, what is wrong.

A seal holds the digest of one entry and a digest over itself and its predecessor. The two are kept apart so that a
chain can still be checked where an entry is gone, and so that an altered entry is told from an altered seal.
Whoever owns the database can rewrite the whole chain from some point on; only a digest noted elsewhere (`expect`)
shows that (docs/adr/0004).
"""

import hashlib
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

FIRST_PREVIOUS = "0" * 64

# The longest that an honest transaction may last between writing its entry and committing it. What turns up later
# than this, below entries that were sealed before, was put there by hand (or a transaction ran too long: look).
LONGEST_TRANSACTION = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class EntryContent:
    """An entry as it is sealed: every column. `at` is aware."""

    id: int
    at: datetime
    actor_id: UUID | None
    actor_name: str
    agency_id: UUID | None
    roles: tuple[str, ...]
    verb: str
    subject_type: str
    subject_id: str
    outcome: str
    rule: str
    request_id: str
    detail: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SealContent:
    """One link: `digest` covers all the other fields; `previous` is the digest of the link before."""

    position: int
    entry_id: int
    entry_digest: str
    previous: str
    digest: str
    sealed_at: datetime


class Kind(StrEnum):
    """What verification can find."""

    ALTERED = "entry altered"
    DELETED = "entry deleted"
    LATE = "entry inserted late or backdated"
    STRAY = "entry without seal"
    SEAL_ALTERED = "seal altered"
    SEAL_MISSING = "seal missing"
    CHAIN_BROKEN = "chain broken"
    EXPECTED_MISSING = "noted digest not in the chain"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, at a position of the chain or an entry's number, whichever is known."""

    kind: Kind
    position: int | None = None
    entry_id: int | None = None
    note: str = ""

    def __str__(self) -> str:
        where = [f"position {self.position}"] if self.position is not None else []
        where += [f"entry {self.entry_id}"] if self.entry_id is not None else []
        return ", ".join([str(self.kind), *where]) + (f" ({self.note})" if self.note else "")


def entry_digest(entry: EntryContent) -> str:
    """Return the SHA-256 of the entry's canonical JSON, in hexadecimal. Refuses a naive `at` with ValueError."""
    return _digest(
        {
            "format": "entry 1",
            "id": entry.id,
            "at": _utc(entry.at),
            "actor_id": str(entry.actor_id) if entry.actor_id else None,
            "actor_name": entry.actor_name,
            "agency_id": str(entry.agency_id) if entry.agency_id else None,
            "roles": list(entry.roles),
            "verb": entry.verb,
            "subject_type": entry.subject_type,
            "subject_id": entry.subject_id,
            "outcome": entry.outcome,
            "rule": entry.rule,
            "request_id": entry.request_id,
            "detail": dict(entry.detail),
        }
    )


def seal_digest(*, position: int, entry_id: int, entry_digest: str, previous: str, sealed_at: datetime) -> str:
    """Return the digest of a link over its other fields."""
    return _digest(
        {
            "format": "seal 1",
            "position": position,
            "entry_id": entry_id,
            "entry_digest": entry_digest,
            "previous": previous,
            "sealed_at": _utc(sealed_at),
        }
    )


def next_seal(head: SealContent | None, entry: EntryContent, sealed_at: datetime) -> SealContent:
    """Return the link that seals `entry` after `head` (None: the chain begins)."""
    position = head.position + 1 if head else 1
    previous = head.digest if head else FIRST_PREVIOUS
    of_entry = entry_digest(entry)
    digest = seal_digest(
        position=position, entry_id=entry.id, entry_digest=of_entry, previous=previous, sealed_at=sealed_at
    )
    return SealContent(position, entry.id, of_entry, previous, digest, sealed_at)


@dataclass(slots=True)
class Verifier:
    """Walks the chain once, in order of position, in constant memory; each step returns what it found.

    Feed every link to `link`, then what has no seal to `unsealed`, then ask `end`.
    """

    expect: str = ""
    sealed: int = 0
    waiting: int = 0
    oldest_waiting: datetime | None = None
    head: SealContent | None = None
    expected_at: int | None = None
    _newest_at: datetime | None = None
    _greatest_id: int = 0
    _settled_id: int = 0
    # When the greatest number among the sealed entries rose, within the last LONGEST_TRANSACTION; one item a pass.
    _rises: deque[tuple[datetime, int]] = field(default_factory=deque)

    def link(self, seal: SealContent, entry: EntryContent | None) -> list[Finding]:
        """Take the next link with its entry, None when the entry is gone."""
        found: list[Finding] = []
        trusted_at: datetime | None = None
        expected_position = self.head.position + 1 if self.head else 1
        if seal.position != expected_position:
            note = f"{seal.position - expected_position} missing before this"
            found.append(Finding(Kind.SEAL_MISSING, expected_position, note=note))
        elif seal.previous != (self.head.digest if self.head else FIRST_PREVIOUS):
            found.append(Finding(Kind.CHAIN_BROKEN, seal.position, seal.entry_id))
        if seal.digest != seal_digest(
            position=seal.position,
            entry_id=seal.entry_id,
            entry_digest=seal.entry_digest,
            previous=seal.previous,
            sealed_at=seal.sealed_at,
        ):
            found.append(Finding(Kind.SEAL_ALTERED, seal.position, seal.entry_id))
        if entry is None:
            found.append(Finding(Kind.DELETED, seal.position, seal.entry_id))
        elif entry_digest(entry) != seal.entry_digest:
            found.append(Finding(Kind.ALTERED, seal.position, seal.entry_id))
        else:
            trusted_at = entry.at
        found += self._late(seal.entry_id, trusted_at, seal)
        self._move_to(seal, trusted_at)
        return found

    def unsealed(self, entry_id: int, at: datetime | None, *, queued: bool) -> list[Finding]:
        """Take an entry that has no seal. `queued`: it waits for the sealer. `at` is None when the entry is gone."""
        if at is None:
            return [Finding(Kind.DELETED, entry_id=entry_id, note="before it was sealed")]
        if not queued:
            return [Finding(Kind.STRAY, entry_id=entry_id, note="written past the trigger, or its seal was removed")]
        self.waiting += 1
        self.oldest_waiting = min(at, self.oldest_waiting) if self.oldest_waiting else at
        return self._late(entry_id, at, None)

    def end(self) -> list[Finding]:
        """Say what can only be known at the end: whether the digest noted elsewhere was met."""
        if self.expect and self.expected_at is None:
            note = "the chain was cut off or rewritten before it"
            return [Finding(Kind.EXPECTED_MISSING, note=note)]
        return []

    def _late(self, entry_id: int, at: datetime | None, seal: SealContent | None) -> list[Finding]:
        position = seal.position if seal else None
        if at and self._newest_at and at < self._newest_at - LONGEST_TRANSACTION:
            return [Finding(Kind.LATE, position, entry_id, "its time lies before entries sealed earlier")]
        if entry_id < self._settled_before(seal):
            return [Finding(Kind.LATE, position, entry_id, "its number lies before entries sealed long ago")]
        if at and seal and at > seal.sealed_at + LONGEST_TRANSACTION:
            return [Finding(Kind.LATE, position, entry_id, "its time lies after its seal")]
        return []

    def _settled_before(self, seal: SealContent | None) -> int:
        """Return the greatest number that was already sealed LONGEST_TRANSACTION before `seal`."""
        if seal:
            while self._rises and self._rises[0][0] < seal.sealed_at - LONGEST_TRANSACTION:
                self._settled_id = self._rises.popleft()[1]
        return self._settled_id

    def _move_to(self, seal: SealContent, at: datetime | None) -> None:
        self.sealed += 1
        self.head = seal
        if seal.digest == self.expect:
            self.expected_at = seal.position
        if at:
            # No later than its seal, or one entry dated into the future would make all that follow look late.
            at = min(at, seal.sealed_at)
            self._newest_at = max(at, self._newest_at) if self._newest_at else at
        if seal.entry_id > self._greatest_id:
            self._greatest_id = seal.entry_id
            if self._rises and self._rises[-1][0] == seal.sealed_at:
                self._rises[-1] = (seal.sealed_at, seal.entry_id)
            else:
                self._rises.append((seal.sealed_at, seal.entry_id))


def _digest(content: Mapping[str, object]) -> str:
    """Canonical JSON (keys sorted, no spaces, UTF-8) under SHA-256. Fractions never get this far (domain/wording)."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _utc(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("A time in the audit record needs a time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
