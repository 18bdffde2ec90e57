"""The states of a promise, and the one table of what may follow what.

    due --claim--> leased --finish--> done
     ^               |  |
     +-----fail------+  +--park--> parked --set_aside--> set aside

A lease that has run out is claimed again. An operator may try again whatever is not done nor in work.
"""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where a promise stands. The values are stored."""

    DUE = "due"
    LEASED = "leased"
    DONE = "done"
    PARKED = "parked"
    SET_ASIDE = "set_aside"

    @property
    def words(self) -> str:
        """Return the state as an operator reads it."""
        return _WORDS[self]


class Verb(StrEnum):
    """What moves a promise on. The values are stored."""

    CLAIM = "claim"
    FINISH = "finish"
    FAIL = "fail"
    PARK = "park"
    RETRY = "retry"
    SET_ASIDE = "set_aside"


_WORDS = {
    State.DUE: "Due",
    State.LEASED: "Being worked on",
    State.DONE: "Done",
    State.PARKED: "Parked: waits for an operator",
    State.SET_ASIDE: "Set aside by an operator",
}

TRANSITIONS: Mapping[tuple[State, Verb], State] = {
    (State.DUE, Verb.CLAIM): State.LEASED,
    (State.LEASED, Verb.CLAIM): State.LEASED,  # only once the lease has run out
    (State.LEASED, Verb.FINISH): State.DONE,
    (State.LEASED, Verb.FAIL): State.DUE,
    (State.LEASED, Verb.PARK): State.PARKED,
    (State.DUE, Verb.RETRY): State.DUE,
    (State.PARKED, Verb.RETRY): State.DUE,
    (State.SET_ASIDE, Verb.RETRY): State.DUE,
    (State.DUE, Verb.SET_ASIDE): State.SET_ASIDE,
    (State.PARKED, Verb.SET_ASIDE): State.SET_ASIDE,
}


def allows(state: State, verb: Verb) -> bool:
    """Say whether `verb` can be done to a promise in `state`."""
    return (state, verb) in TRANSITIONS


def is_step(before: State, now: State) -> bool:
    """Say whether some verb leads from the one state to the other."""
    return any(start == before and end == now for (start, _), end in TRANSITIONS.items())


def after(state: State, verb: Verb) -> State:
    """Return the state that follows; ValueError when the table does not have the step."""
    try:
        return TRANSITIONS[state, verb]
    except KeyError:
        raise ValueError(f"a promise that is {state} knows no {verb}") from None
