"""One child of a past referral, checked against its own pack and against another: what would have changed.

Both checks are made now, by the same rules, so that what differs is the packs' doing and nothing else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from thresholds.domain.check import Weighed, weigh
from thresholds.domain.check_result import ChildFacts, Indicated, IndicatedKind, Reason
from thresholds.domain.pack import Pack

UNKNOWN = "unknown"
"""Where nothing is indicated. No level, least of all the lowest."""
RANGE = "~"
"""Between the ends of a range; no id has it."""
SIGNS = "exploitation"
"""Stands for a domain where the reason is a sign of exploitation."""
OVERRIDES = "overrides"
"""Stands for a domain where the reason is a national override."""
NOTHING = "none"
"""Stands for a domain where there is no reason."""


class Direction(StrEnum):
    """Which way a child's indicated level would have moved."""

    SAME = "same"
    UP = "up"
    DOWN = "down"
    TO_UNKNOWN = "to_unknown"
    FROM_UNKNOWN = "from_unknown"
    OTHER_LEVELS = "other_levels"
    """The other pack doesn't have the level: which is higher can't be said."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What would have changed for one child. Domains and ids are those of the pack that has the reason."""

    before: str
    after: str
    direction: Direction
    domains: frozenset[str]
    """Where the reasons stand that decide the higher of the two results: one child may count in several."""
    because: frozenset[str]
    """Permanent ids of the reasons that decide; empty where nothing moved."""
    missing: frozenset[str]
    """Chosen ids that the other pack doesn't have, and its own has."""
    s47_lost: bool
    """What was indicated reached section 47, and would not."""
    s47_gained: bool


def recheck(own: Pack, other: Pack, facts: ChildFacts) -> Moved:
    """What `other` would have indicated for `facts`, beside what `own`, the pack that the referral keeps, indicates."""
    was, would = weigh(own, facts), weigh(other, facts)
    before, after = label(was.indicated), label(would.indicated)
    direction = _direction(was.indicated, would.indicated, other)
    deciding = list(_deciding(would, other)) if _is_higher(direction) else list(_deciding(was, own))
    return Moved(
        before=before,
        after=after,
        direction=direction,
        domains=frozenset(_domain(reason) for reason in deciding) or frozenset({NOTHING}),
        because=frozenset(reason.id for reason in deciding) if direction is not Direction.SAME else frozenset(),
        missing=frozenset(would.not_in_pack) - frozenset(was.not_in_pack),
        s47_lost=was.indicated.reaches_s47 and not would.indicated.reaches_s47,
        s47_gained=would.indicated.reaches_s47 and not was.indicated.reaches_s47,
    )


def label(indicated: Indicated) -> str:
    """An indicated level or range as one word: a level's id, both ends of a range, or `UNKNOWN`."""
    if indicated.kind is IndicatedKind.UNKNOWN or indicated.lowest is None or indicated.highest is None:
        return UNKNOWN
    if indicated.lowest == indicated.highest:
        return indicated.lowest
    return f"{indicated.lowest}{RANGE}{indicated.highest}"


def direction_of(before: str, after: str, order: Mapping[str, int]) -> Direction:
    """The direction between two labels, by the other pack's `order` of levels, as `recheck` has counted it."""
    if before == after:
        return Direction.SAME
    if before == UNKNOWN:
        return Direction.FROM_UNKNOWN
    if after == UNKNOWN:
        return Direction.TO_UNKNOWN
    old, new = (list(reversed(ends_of(one))) for one in (before, after))
    if any(end not in order for end in old):
        return Direction.OTHER_LEVELS
    return Direction.UP if [order[end] for end in new] > [order[end] for end in old] else Direction.DOWN


def ends_of(labelled: str) -> tuple[str, str]:
    """Both ends of a label's range, the lower first; twice the same for a single level."""
    low, _, high = labelled.partition(RANGE)
    return low, high or low


def _is_higher(direction: Direction) -> bool:
    return direction in {Direction.UP, Direction.FROM_UNKNOWN}


def _direction(was: Indicated, would: Indicated, other: Pack) -> Direction:
    """By the other pack's order of levels: the upper end counts first, then the lower."""
    return direction_of(label(was), label(would), other.level_order)


def _deciding(result: Weighed, pack: Pack) -> Iterator[Reason]:
    """Reasons that reach the upper end of what is indicated."""
    top = max((pack.level_order[reason.highest] for reason in result.reasons), default=None)
    for reason in result.reasons:
        if pack.level_order[reason.highest] == top:
            yield reason


def _domain(reason: Reason) -> str:
    return {"sign": SIGNS, "override": OVERRIDES}.get(reason.source.value, reason.domain or NOTHING)
