"""The threshold check: what the chosen circumstances point to in the partnership's document, and why.

Guidance, never a gate. Not known is never lower; protective factors stand beside and subtract nothing; signs of
exploitation are never summed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from thresholds.domain.check_asks import prompts, questions
from thresholds.domain.check_overrides import overrides_that_speak, with_derived_flags
from thresholds.domain.check_result import (
    Beside,
    ChildFacts,
    Indicated,
    IndicatedKind,
    IndicatorShown,
    InPlaceOf,
    OverrideShown,
    Reason,
    Source,
    ThresholdCheck,
)
from thresholds.domain.check_when import Answer, Circumstances
from thresholds.domain.needs import Descriptor, ExploitationSign, HarmFactor
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Flag, Harm

T = TypeVar("T")
Chosen = tuple[Descriptor, Descriptor]
"""A descriptor that was chosen, and the one of its twins that is shown."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What moves the level, without what is shown beside it."""

    chosen: list[Chosen]
    seen: list[tuple[str, ExploitationSign]]
    harm_factors: list[HarmFactor]
    flags: frozenset[Flag]
    overrides: tuple[OverrideShown, ...]
    reasons: tuple[Reason, ...]
    not_in_pack: tuple[str, ...]
    indicated: Indicated


def check(pack: Pack, facts: ChildFacts) -> ThresholdCheck:
    """What `facts` of one child point to in `pack`: level, range or not known, with reasons, overrides and questions.

    Pure and deterministic; the order in which anything was chosen plays no part. Refuses nothing: an id that the pack
    doesn't hold is carried along in `not_in_pack`. Source: Working Together on thresholds; each reason has its own.
    """
    found = weigh(pack, facts)
    signs = [sign for _category, sign in found.seen]
    protective = [factor for factor in pack.protective_factors if factor.id in facts.protective_factors]
    return ThresholdCheck(
        area=pack.area.slug,
        effective_from=pack.effective_from.isoformat(),
        indicated=found.indicated,
        reasons=found.reasons,
        overrides=found.overrides,
        prompts=prompts(pack, facts, found.indicated, found.reasons),
        questions=questions(
            pack,
            facts,
            chosen=found.chosen,
            seen=signs,
            reasons=found.reasons,
            flags=found.flags,
            not_in_pack=found.not_in_pack,
        ),
        protective=tuple(Beside(id=f.id, wording=f.wording, citation=f.citation) for f in protective),
        harm_factors=tuple(
            Beside(id=f.id, wording=f.wording, citation=f.citation, why_not=f.why_not) for f in found.harm_factors
        ),
        listed_only=_listed_only([*(shown for _chosen, shown in found.chosen), *signs]),
        not_in_pack=found.not_in_pack,
        exploitation=_indicator(pack, signs),
        flags=found.flags,
    )


def _indicator(pack: Pack, signs: list[ExploitationSign]) -> IndicatorShown | None:
    if not signs:
        return None
    raising = [pack.level_order[one.level] for one in signs if one.raises]
    return IndicatorShown(seen=len(raising), highest=pack.levels[max(raising)].id if raising else None)


def weigh(pack: Pack, facts: ChildFacts) -> Weighed:
    """The part of `check` that the level follows from: for who asks about the level of very many children."""
    chosen = [
        (descriptor, shown_twin(pack, facts, descriptor))
        for descriptor in _found(facts.descriptors, pack.descriptors_by_id)
    ]
    seen = _found(facts.signs, pack.signs_by_id)
    harm_factors = [factor for factor in pack.harm_factors if factor.id in facts.harm_factors]
    flags, _doubtful = with_derived_flags(_flags(facts, chosen, seen, harm_factors), facts.age, facts.moves_about)
    circumstances = Circumstances(
        flags=flags, harm=facts.harm, age=facts.age, agency=facts.agency, open_case=facts.open_case
    )
    overrides = overrides_that_speak(pack, circumstances, facts.moves_about)
    reasons = _in_order(pack, [*_of_descriptors(pack, facts, chosen), *_of_signs(seen), *_of_overrides(overrides)])
    not_in_pack = _missing(pack, facts)
    indicated = _indicated(pack, facts, reasons, not_in_pack)
    return Weighed(chosen, seen, harm_factors, flags, overrides, reasons, not_in_pack, indicated)


def shown_twin(pack: Pack, facts: ChildFacts, chosen: Descriptor) -> Descriptor:
    """The descriptor to show for `chosen`: itself, or its twin where that is higher.

    The twin shows while the condition isn't known, and where the answer says that it stands. The higher one that
    somebody chose stays, whatever the condition's answer: a contradiction is asked about, not resolved downward.
    """
    if chosen.twin is None or chosen.twin.id not in pack.descriptors_by_id:
        return chosen
    twin = pack.descriptors_by_id[chosen.twin.id]
    answer = facts.conditions.get(chosen.twin.condition)
    if answer is not None and answer.known is chosen.twin.holds:
        return chosen
    order = pack.level_order
    return max(chosen, twin, key=lambda one: (order[one.up_to or one.level], order[one.level]))


def _found(ids: Iterable[str], known: dict[str, T]) -> list[T]:
    return [known[one] for one in sorted(ids) if one in known]


def _missing(pack: Pack, facts: ChildFacts) -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                one
                for chosen, held in (
                    (facts.descriptors, pack.descriptors_by_id),
                    (facts.signs, pack.signs_by_id),
                    (facts.harm_factors, pack.harm_factors_by_id),
                    (facts.protective_factors, pack.protective_factors_by_id),
                )
                for one in chosen
                if one not in held
            }
        )
    )


def _flags(
    facts: ChildFacts,
    chosen: list[Chosen],
    seen: list[tuple[str, ExploitationSign]],
    harm_factors: list[HarmFactor],
) -> frozenset[Flag]:
    """Circumstances of everything chosen that may raise; what is benign carries none into the rules."""
    carriers: list[Descriptor | ExploitationSign | HarmFactor] = [
        *(one for pair in chosen for one in pair),
        *(sign for _category, sign in seen),
        *harm_factors,
    ]
    return facts.flags.union(*(one.flags for one in carriers if one.raises))


def _of_descriptors(pack: Pack, facts: ChildFacts, chosen: list[Chosen]) -> Iterator[Reason]:
    """One reason a shown descriptor: where both twins were chosen, the shown one's own choice stands."""
    by_shown = {shown.id: (picked, shown) for picked, shown in sorted(chosen, key=lambda pair: pair[0] is pair[1])}
    for picked, shown in by_shown.values():
        if shown.raises:
            yield Reason(
                source=Source.DESCRIPTOR,
                id=shown.id,
                wording=shown.wording,
                citation=shown.citation,
                domain=shown.domain,
                lowest=shown.level,
                highest=shown.up_to or shown.level,
                chosen=picked.id,
                in_place_of=_in_place_of(pack, facts, picked) if picked is not shown else None,
                outside_age=shown.age is not None and facts.age.within(shown.age) is False,
            )


def _in_place_of(pack: Pack, facts: ChildFacts, picked: Descriptor) -> InPlaceOf | None:
    condition = next((one for one in pack.conditions if picked.twin and one.id == picked.twin.condition), None)
    if condition is None:
        return None
    return InPlaceOf(
        wording=picked.wording,
        lowest=picked.level,
        highest=picked.up_to or picked.level,
        citation=picked.citation,
        question=condition.question,
        answer=facts.conditions.get(condition.id, Answer.NOT_KNOWN),
    )


def _of_signs(seen: list[tuple[str, ExploitationSign]]) -> Iterator[Reason]:
    for category, sign in seen:
        if sign.raises:
            yield Reason(
                source=Source.SIGN,
                id=sign.id,
                wording=sign.wording,
                citation=sign.citation,
                domain=category,
                lowest=sign.level,
                highest=sign.level,
                chosen=sign.id,
            )


def _of_overrides(overrides: tuple[OverrideShown, ...]) -> Iterator[Reason]:
    for override in overrides:
        if override.raises_to is not None:
            yield Reason(
                source=Source.OVERRIDE,
                id=override.id,
                wording=override.name,
                citation=override.citation,
                lowest=override.raises_to,
                highest=override.raises_to,
                chosen=override.id,
            )


def _in_order(pack: Pack, reasons: list[Reason]) -> tuple[Reason, ...]:
    """Overrides first, then the highest; one order for one set of facts."""
    order = pack.level_order
    return tuple(
        sorted(
            reasons,
            key=lambda one: (one.source is not Source.OVERRIDE, -order[one.highest], -order[one.lowest], one.id),
        )
    )


def _indicated(pack: Pack, facts: ChildFacts, reasons: tuple[Reason, ...], not_in_pack: tuple[str, ...]) -> Indicated:
    """Highest of the lower ends to highest of the upper ends.

    The lowest level is indicated only when harm is answered no and nothing chosen went unread: until then what was
    chosen says that something is well, not that all is.
    """
    if not reasons:
        return Indicated(IndicatedKind.UNKNOWN)
    order = pack.level_order
    low = max(order[reason.lowest] for reason in reasons)
    high = max(order[reason.highest] for reason in reasons)
    if high == 0 and (facts.harm is not Harm.NO or not_in_pack):
        return Indicated(IndicatedKind.UNKNOWN)
    return Indicated(
        IndicatedKind.LEVEL if low == high else IndicatedKind.RANGE,
        lowest=pack.levels[low].id,
        highest=pack.levels[high].id,
        reaches_s47=any(level.legal.reaches_s47 for level in pack.levels[low : high + 1]),
    )


def _listed_only(items: Iterable[Descriptor | ExploitationSign]) -> tuple[Beside, ...]:
    benign = {item.id: item for item in items if not item.raises}
    return tuple(
        Beside(id=item.id, wording=item.wording, citation=item.citation, why_not=item.why_not)
        for item in benign.values()
    )
