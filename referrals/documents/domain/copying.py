"""What can be told about a copy, and the name under which it is promised."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from dispatch.domain.lifecycle import State as PromiseState

KIND = "pdf_copy"
"""The kind of promise. Its one reference, `submission`, is the submission's id."""


class CopyState(StrEnum):
    """Where the copy of a referral stands."""

    NOTHING_SUBMITTED = "nothing_submitted"
    WAITING = "waiting"
    FAILED = "failed"
    MADE = "made"

    @property
    def words(self) -> str:
        """Return the state as people read it."""
        return _WORDS[self]


_WORDS = {
    CopyState.NOTHING_SUBMITTED: "There is no copy, because nothing has been submitted yet",
    CopyState.WAITING: "The copy has not been made yet",
    CopyState.FAILED: "The copy could not be made; an operator has been told",
    CopyState.MADE: "The copy is ready",
}

# An operator who set it aside has given it up: to those who wait for it that is the same.
_GIVEN_UP = frozenset({PromiseState.PARKED, PromiseState.SET_ASIDE})


@dataclass(frozen=True, slots=True)
class CopyStanding:
    """What pages show of a copy. `sha256` and `made_at` (aware) are set once it is made."""

    state: CopyState
    sha256: str = ""
    made_at: datetime | None = None

    @property
    def words(self) -> str:
        """Return the state as people read it."""
        return self.state.words


def copy_key(submission_id: UUID) -> str:
    """Return the key of the promise: one submission, one copy."""
    return f"{KIND}:{submission_id}"


def unmade(promise_state: PromiseState | None) -> CopyState:
    """Return where a copy stands that isn't there, from the state of its promise; None: it was not promised."""
    return CopyState.FAILED if promise_state in _GIVEN_UP else CopyState.WAITING


PART_KIND = "recipient_copy"
"""The kind of promise of a copy for one front door. Its one reference, `disclosure`, is the id of what it is given."""


def part_key(disclosure_id: UUID) -> str:
    """Return the key of the promise: what one front door is given, one copy."""
    return f"{PART_KIND}:{disclosure_id}"


SINCE_KIND = "since_copy"
"""The kind of promise of a document of what was recorded since. Its one reference, `since`, is the document's id."""


def since_key(since_id: UUID) -> str:
    """Return the key of the promise: one document, one PDF."""
    return f"{SINCE_KIND}:{since_id}"
