"""Handing on what came to the wrong front door: when it can be offered, and what each side has afterwards.

The front door that received it stays the owner until another one accepts; a refusal comes back with its reason, and the
clocks count from the first receipt whoever has it (rule 11 of the design). Each child goes by its own home area, so
siblings may part.
"""

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from audit.domain.refusal import Refusal
from referrals.routing.domain.plan import DoorKey

RULE = "intake.hand_on"


class Reason(StrEnum):
    """Why it belongs to another front door. The value is stored."""

    OTHER_AREA = "other_area"
    WRONG_DOOR = "wrong_door"
    KNOWN_THERE = "known_there"
    OTHER = "other"


REASONS: dict[Reason, str] = {
    Reason.OTHER_AREA: "The child's home is in another area",
    Reason.WRONG_DOOR: "Another front door deals with this sort of worry",
    Reason.KNOWN_THERE: "A social worker or a team there already works with the child",
    Reason.OTHER: "Something else",
}


class Answer(StrEnum):
    """What became of an offer. The value is stored."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Passing:
    """An offer before it is made. `free` are the ids of the children of the intake who are neither decided nor offered
    already; `without_children`: none was recorded, so that it goes as a whole. `offered`: an offer waits for an answer.
    """

    here: DoorKey
    to: DoorKey | None
    """None: a front door outside this system, by phone."""
    chosen: frozenset[UUID]
    free: frozenset[UUID]
    without_children: bool
    offered: bool


def check_hand_on(passing: Passing) -> None:
    """Raise Refusal when this can't be offered: to itself, nobody or somebody else's child, or what is offered already.

    Who may offer is the intake's own table.
    """
    if passing.to == passing.here:
        raise _refusal("It is at this front door already.")
    if passing.without_children:
        if passing.offered:
            raise _refusal("It is offered to another front door already. Take that back first.")
        return
    if not passing.chosen:
        raise _refusal("Choose which children it is about.")
    if not passing.chosen <= passing.free:
        raise _refusal("One of these children is decided already, or offered to another front door.")


def check_somebody_goes(*, free: Collection[UUID], children: Collection[UUID]) -> None:
    """Raise Refusal when every child of an intake is decided, or offered already: nobody is left to hand on. One
    without children goes as a whole."""
    if children and not free:
        raise _refusal(
            "Every child here is decided, or offered to another front door already. "
            "Take the offer back to hand them on elsewhere."
        )


def remaining(children: Sequence[UUID], gone: Iterable[UUID]) -> list[UUID]:
    """Return the children who stay, in their order; empty when all go."""
    away = set(gone)
    return [child for child in children if child not in away]


def can_go(undecided: Iterable[UUID], *, offered: Set[UUID]) -> frozenset[UUID]:
    """Return the children who can be handed on: of those whom nobody has decided on, who isn't offered already."""
    return frozenset(undecided) - offered


def _refusal(reason: str) -> Refusal:
    return Refusal(reason, rule=RULE, subject_type="intake")


def outside_words(doors: Iterable[str]) -> str:
    """Return in one sentence which front doors have it that were rung, and that the writers have to ring them too;
    empty for none."""
    names = list(dict.fromkeys(doors))
    has = "has" if len(names) == 1 else "have"
    return f"{' and '.join(names)} {has} it, outside this system: ring them with anything new." if names else ""
