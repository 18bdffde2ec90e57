"""Counts that could point to somebody are not shown.

Fewer than five is said as such. Where a sum is known and only one of its numbers is held back, that one could be
worked out; so the next smallest number of the same sum is held back too. Tables of one page are looked at together:
what one holds back, another mustn't give away. Rule of this system, after the practice of official statistics on
children; why, and what it doesn't reach, is in docs/adr/0022-small-counts.md.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import TypeVar

FEWEST = 5
"""The smallest count that is shown, besides none at all."""
FEWER = f"fewer than {FEWEST}"
HELD_BACK = "not shown"

C = TypeVar("C", bound=Hashable)
R = TypeVar("R", bound=Hashable)
L = TypeVar("L", bound=Hashable)


def shown(count: int) -> str:
    """A single count as people may read it. ValueError for one below nought."""
    if count < 0:
        raise ValueError("a count is not below nought")
    return FEWER if 0 < count < FEWEST else f"{count:,}"


def shown_beside(count: int, *, held: bool) -> str:
    """A count that may be nearly one of a table's, as people may read it. `held`: that table holds one back that isn't
    small itself, and this one mustn't give it away. ValueError for a count below nought."""
    return HELD_BACK if held and count >= FEWEST else shown(count)


def shown_table(counts: Mapping[tuple[R, L], int]) -> dict[tuple[R, L], str]:
    """Every cell as people may read it, where the sums of rows and columns may be known."""
    return shown_together(counts, lines_of(counts))


def lines_of(cells: Collection[tuple[R, L]]) -> list[set[tuple[R, L]]]:
    """Rows and columns of one table."""
    return [
        {cell for cell in cells if cell[axis] == line}
        for axis in (0, 1)
        for line in dict.fromkeys(cell[axis] for cell in cells)
    ]


def shown_together(counts: Mapping[C, int], lines: Iterable[Collection[C]]) -> dict[C, str]:
    """Every number of a page as people may read it.

    Each of `lines` holds numbers of which one is the sum of the others, or whose sum may be known. In each that holds
    a number back, at least two are, wherever there are two that aren't nought.
    """
    known = [[cell for cell in line if counts[cell] > 0] for line in lines]
    held = {cell for cell, count in counts.items() if 0 < count < FEWEST}
    while more := _to_hold(counts, known, held):
        held.update(more)
    return {
        cell: (shown(count) if cell not in held or 0 < count < FEWEST else HELD_BACK) for cell, count in counts.items()
    }


def _to_hold(counts: Mapping[C, int], lines: Iterable[Collection[C]], held: Collection[C]) -> list[C]:
    """The next number that has to be held back too; none when nothing can be worked out any more."""
    for line in lines:
        others = [cell for cell in line if cell not in held]
        if others and len(others) == len(line) - 1:
            return [min(others, key=lambda cell: (counts[cell], str(cell)))]
    return []
