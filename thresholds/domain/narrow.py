"""Which parts of a pack a reader asks to see: by level, domain, age or kind. Nothing is judged here.

Unknown is not no: what the document gives for no age in particular is shown for every age.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from thresholds.domain.check_overrides import lowest_level_for
from thresholds.domain.check_when import ChildAge
from thresholds.domain.index import Listed
from thresholds.domain.pack import Pack
from thresholds.domain.parts import AgeBand


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; None: not asked. Ids of levels and domains that the pack doesn't have match nothing."""

    level: str | None = None
    domain: str | None = None
    age: ChildAge | None = None
    kind: Listed | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    id: str
    kind: Listed
    levels: frozenset[str] | None
    """None: it belongs to no level."""
    domain: str | None
    age: AgeBand | None


def narrowed(pack: Pack, wanted: Wanted) -> frozenset[str]:
    """Permanent ids of descriptors, overrides, signs and factors that answer all that is asked.

    What has no level or domain of its own answers no question about one. A range answers for each of its levels.
    """
    return frozenset(one.id for one in _all(pack) if _answers(one, wanted))


def _answers(one: _Seen, wanted: Wanted) -> bool:
    return (
        (wanted.kind is None or one.kind is wanted.kind)
        and (wanted.level is None or (one.levels is not None and wanted.level in one.levels))
        and (wanted.domain is None or one.domain == wanted.domain)
        and (wanted.age is None or one.age is None or wanted.age.within(one.age) is not False)
    )


def _all(pack: Pack) -> Iterator[_Seen]:
    order = pack.level_order
    for override in pack.overrides:
        lowest = lowest_level_for(pack, override.raises_to)
        above = frozenset(level.id for level in pack.levels[order[lowest] :]) if lowest else None
        yield _Seen(override.id, Listed.OVERRIDE, above, None, override.when.age)
    for one in pack.descriptors:
        span = pack.levels[order[one.level] : order[one.up_to or one.level] + 1]
        yield _Seen(one.id, Listed.DESCRIPTOR, frozenset(level.id for level in span), one.domain, one.age)
    for category in pack.exploitation.categories if pack.exploitation else ():
        for sign in category.signs:
            yield _Seen(sign.id, Listed.SIGN, frozenset({sign.level}), None, None)
    for strength in pack.protective_factors:
        yield _Seen(strength.id, Listed.PROTECTIVE_FACTOR, None, None, None)
    for factor in pack.harm_factors:
        yield _Seen(factor.id, Listed.HARM_FACTOR, None, None, None)
