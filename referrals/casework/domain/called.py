"""What the words may mean that outranks every descriptor: what the answers call for already, and what is left open."""

from collections.abc import Iterable, Set

from thresholds.domain.check_result import ChildFacts, ThresholdCheck
from thresholds.domain.pack import Pack
from thresholds.domain.suggest import Suggestion


def answered(pack: Pack, facts: ChildFacts, checked: ThresholdCheck) -> frozenset[str]:
    """Return the ids of the overrides that a child's answers call for.

    What was recorded counts even where another answer speaks against it: that is to be put right, not asked again.
    """
    recorded = {one.id for one in pack.overrides if facts.flags.intersection(one.when.flags)}
    return frozenset(recorded.union(one.id for one in checked.overrides))


def left_open(found: Iterable[Suggestion], answered: Set[str], dismissed: Set[str]) -> tuple[Suggestion, ...]:
    """Return which of the overrides that the words may mean are neither recorded nor dismissed, in their order."""
    return tuple(one for one in found if one.id not in answered and one.id not in dismissed)
