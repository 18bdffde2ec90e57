"""What lies undecided at an area's front doors. Rooms above this one say it: packs know of no referral.

A room registers in its AppConfig a function from an area's slug to counts by front door, and the pages of drafts ask.
"""

from collections import Counter
from collections.abc import Callable, Mapping

Counting = Callable[[str], Mapping[str, int]]

_counting: list[Counting] = []


def register(counting: Counting) -> None:
    """Have `counting` asked for every area."""
    if counting not in _counting:
        _counting.append(counting)


def at_doors(area: str) -> Mapping[str, int]:
    """How much lies undecided at each front door of the area, by its id; a door that isn't named has nothing."""
    total: Counter[str] = Counter()
    for counting in _counting:
        total.update(counting(area))
    return total
