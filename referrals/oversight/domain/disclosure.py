"""Counts that could point to somebody are not shown.

Fewer than five is said as such. Where a sum stands beside a table and only one of its numbers is held back, it could
be worked out; so the next smallest number of that row or column is held back too. Rule of this system, after the
practice of official statistics on children.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

FEWEST = 5
"""The smallest count that is shown, besides none at all."""
FEWER = f"fewer than {FEWEST}"
HELD_BACK = "not shown"

R = TypeVar("R", bound=Hashable)
C = TypeVar("C", bound=Hashable)


def shown(count: int) -> str:
    """A single count as people may read it. ValueError for one below nought."""
    if count < 0:
        raise ValueError("a count is not below nought")
    return FEWER if 0 < count < FEWEST else f"{count:,}"


def shown_table(counts: Mapping[tuple[R, C], int]) -> dict[tuple[R, C], str]:
    """Every cell as people may read it, where the sums of rows and columns may be known.

    In each row and column that holds a number back, at least two are, wherever there are two that aren't nought.
    """
    held = {cell for cell, count in counts.items() if 0 < count < FEWEST}
    while True:
        more = _to_hold(counts, held)
        if more is None:
            break
        held.add(more)
    return {
        cell: (shown(count) if cell not in held or 0 < count < FEWEST else HELD_BACK) for cell, count in counts.items()
    }


def _to_hold(counts: Mapping[tuple[R, C], int], held: set[tuple[R, C]]) -> tuple[R, C] | None:
    """The next cell that has to be held back too; None when nothing can be worked out any more."""
    for axis in (0, 1):
        for line in dict.fromkeys(cell[axis] for cell in counts):
            cells = [cell for cell in counts if cell[axis] == line]
            if sum(cell in held for cell in cells) != 1:
                continue
            others = [cell for cell in cells if cell not in held and counts[cell] > 0]
            if others:
                return min(others, key=lambda cell: (counts[cell], str(cell)))
    return None
