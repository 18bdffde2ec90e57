"""How many of the suggestions stand on a page at once: few, so that they are read, but what is gravest doesn't wait."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from thresholds.domain.suggest import Suggestion

T = TypeVar("T")

MOST_READ = 40
"""So many suggestions are made for a page at most."""
AT_ONCE = 10
"""The rest comes up as these are chosen or dismissed."""
GRAVE_BESIDES = 8
"""So many more at most that can't wait (docs/adr/0043-gravest-first.md)."""
LEAST = 0.05
"""The least score of those."""


def cannot_wait(one: Suggestion) -> bool:
    """Whether a suggestion stands on the page even where others come before it: one of the highest level, neither
    denied nor for another age."""
    return one.highest and one.score >= LEAST and not one.negated and not one.outside_age


def at_once(listed: Sequence[T], cannot_wait: Callable[[T], bool]) -> tuple[T, ...]:
    """The first `AT_ONCE` of `listed`, best first, then those of the rest that can't wait, `GRAVE_BESIDES` at most."""
    besides = [one for one in listed[AT_ONCE:] if cannot_wait(one)]
    return (*listed[:AT_ONCE], *besides[:GRAVE_BESIDES])
