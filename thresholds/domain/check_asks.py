"""What the check asks for beside the level: prompts to think upward, and facts that would change the result."""

from collections.abc import Iterator, Sequence

from thresholds.domain.check_result import ChildFacts, Indicated, Prompt, PromptKind, Question, Reason, Source
from thresholds.domain.check_when import Answer
from thresholds.domain.duties import Silent
from thresholds.domain.needs import Descriptor, ExploitationSign
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Flag, Harm

_EXPLOITATION = frozenset(
    {Flag.SEXUAL_EXPLOITATION, Flag.CRIMINAL_EXPLOITATION, Flag.GANG, Flag.TRAFFICKING, Flag.MISSING}
)
_ABUSE = frozenset({Flag.PHYSICAL_ABUSE, Flag.EMOTIONAL_ABUSE, Flag.HARMFUL_SEXUAL_BEHAVIOUR, Flag.PERSON_POSING_RISK})
"""What the documents list, where they do, at levels that the main door takes, and what harm answered no doesn't fit.
Neglect and domestic abuse stand at every level (docs/adr/0012-routing.md)."""
Chosen = tuple[Descriptor, Descriptor]


def prompts(pack: Pack, facts: ChildFacts, indicated: Indicated, reasons: tuple[Reason, ...]) -> tuple[Prompt, ...]:
    """Prompts upward, in a fixed order. None of them moves a level, and a strength takes none of them away."""
    return tuple(
        prompt
        for prompt in (
            _harm_beside(pack, facts, indicated),
            _cumulative(pack, indicated, reasons),
            _no_strength(pack, facts, indicated),
            *_harm_factors(pack, facts, indicated),
            _overlap(pack, indicated),
        )
        if prompt is not None
    )


def _next_up(pack: Pack, indicated: Indicated) -> str | None:
    """Id of the level above what is indicated; None at the top, or while nothing is indicated."""
    if indicated.highest is None:
        return None
    above = pack.level_order[indicated.highest] + 1
    return pack.levels[above].id if above < len(pack.levels) else None


def _harm_beside(pack: Pack, facts: ChildFacts, indicated: Indicated) -> Prompt | None:
    if facts.harm in {None, Harm.NO} or indicated.reaches_s47:
        return None
    first = next((level.id for level in pack.levels if level.legal.reaches_s47), None)
    return Prompt(
        kind=PromptKind.HARM_BESIDE_LEVEL,
        text="You answered that significant harm is possible. That counts by itself, whatever level is indicated.",
        towards=first,
    )


def _cumulative(pack: Pack, indicated: Indicated, reasons: tuple[Reason, ...]) -> Prompt | None:
    """Counts descriptors above the lowest level. Signs of exploitation are never counted together."""
    rule = pack.cumulative
    counted = sorted(
        (one for one in reasons if one.source is Source.DESCRIPTOR and pack.level_order[one.highest] > 0),
        key=lambda one: one.id,
    )
    domains = {one.domain for one in counted}
    if rule is None or len(counted) < rule.descriptors or len(domains) < rule.domains:
        return None
    return Prompt(
        kind=PromptKind.CUMULATIVE,
        text=(
            f"{len(counted)} concerns in {len(domains)} parts of the child's life. Together they may weigh more than "
            "each one alone: think about the whole picture."
        ),
        towards=_next_up(pack, indicated),
        about=tuple(one.id for one in counted),
        citation=rule.citation,
    )


def _no_strength(pack: Pack, facts: ChildFacts, indicated: Indicated) -> Prompt | None:
    if facts.protective_factors or facts.protective_found is not Answer.NO:
        return None
    return Prompt(
        kind=PromptKind.NO_PROTECTIVE_FACTOR,
        text="No protective factor was found. That by itself is a reason for more concern.",
        towards=_next_up(pack, indicated),
        citation=pack.protective_factors[0].citation if pack.protective_factors else None,
    )


def _harm_factors(pack: Pack, facts: ChildFacts, indicated: Indicated) -> Iterator[Prompt]:
    factors = [one for one in pack.harm_factors if one.id in facts.harm_factors and one.raises]
    warnings = tuple(one.id for one in factors if one.warning)
    others = tuple(one.id for one in factors if not one.warning)
    for about, text in (
        (warnings, "A warning sign that harm may be near. Immediate help may be needed."),
        (others, "Something here makes harm likelier. Weigh it when you judge the level."),
    ):
        if about:
            cited = next(one.citation for one in factors if one.id == about[0])
            yield Prompt(
                kind=PromptKind.HARM_FACTOR,
                text=text,
                towards=_next_up(pack, indicated),
                about=about,
                citation=cited,
            )


def _overlap(pack: Pack, indicated: Indicated) -> Prompt | None:
    """A document whose levels overlap as such says that dividing lines are soft; it doesn't turn each one into two."""
    above = _next_up(pack, indicated)
    if indicated.highest is None or above is None:
        return None
    level = pack.level(indicated.highest)
    if above not in level.overlaps:
        return None
    return Prompt(
        kind=PromptKind.OVERLAP,
        text=f"The document lets {level.name} overlap with {pack.level(above).name}: the line between them is soft.",
        towards=above,
        citation=level.citation,
    )


def questions(
    pack: Pack,
    facts: ChildFacts,
    *,
    chosen: Sequence[Chosen],
    seen: Sequence[ExploitationSign],
    reasons: tuple[Reason, ...],
    flags: frozenset[Flag],
    not_in_pack: tuple[str, ...],
) -> tuple[Question, ...]:
    """Facts that would change the result, each key once, the gravest first."""
    asked = (
        *_of_the_child(pack, facts, chosen, flags),
        *_of_conditions(pack, facts, chosen),
        *_of_indicator(pack, facts, flags, chosen, seen),
        *_outside_age(facts, reasons),
        *_repeated(pack, seen),
        *(
            Question(
                key=f"not_in_pack:{one}",
                text="This was chosen but isn't in this version of the document. Say in your own words what it was.",
                about=(one,),
            )
            for one in not_in_pack
        ),
        *_nothing_chosen(pack, facts, reasons),
    )
    return tuple({question.key: question for question in asked}.values())


def _of_the_child(
    pack: Pack, facts: ChildFacts, chosen: Sequence[Chosen], flags: frozenset[Flag]
) -> Iterator[Question]:
    if facts.harm is None:
        yield Question(
            key="harm", text="Has the child suffered significant harm, or are they likely to? Not sure is an answer."
        )
    if facts.harm is Harm.NO and flags & _ABUSE:
        yield Question(
            key="harm",
            text=(
                "Something here may be abuse, and you answered that significant harm isn't likely. Is that so? "
                "Not sure is an answer."
            ),
        )
    banded = [shown.id for _picked, shown in chosen if shown.age and facts.age.within(shown.age) is None]
    doubtful = Flag.SEXUAL_ACTIVITY_UNDER_13 in flags and not facts.age.known
    if not facts.age.known or banded or doubtful:
        yield Question(key="age", text="How old is the child, or about how old?", about=tuple(sorted(set(banded))))
    moving = {flag for override in pack.overrides if override.not_mobile for flag in override.when.flags}
    injury = bool(flags & (moving | {Flag.PHYSICAL_ABUSE}))
    if injury and facts.moves_about is not Answer.NO and (facts.moves_about is Answer.NOT_KNOWN or flags & moving):
        yield Question(
            key="moves_about",
            text=(
                "Does the child move about by themself?"
                if facts.moves_about is Answer.NOT_KNOWN
                else "You said that the child moves about, and chose an injury of a child who doesn't. Which is right?"
            ),
            could_reach=next((level.id for level in pack.levels if level.legal.reaches_s47), None),
        )
    if facts.protective_found is Answer.NOT_KNOWN and not facts.protective_factors:
        yield Question(key="protective", text="What is working well? Finding nothing is a reason for more concern.")


def _of_conditions(pack: Pack, facts: ChildFacts, chosen: Sequence[Chosen]) -> Iterator[Question]:
    """One question a condition, however many of the chosen descriptors hang on it."""
    twinned = [
        (picked, picked.twin, shown)
        for picked, shown in sorted(chosen, key=lambda pair: pair[0].id)
        if picked.twin is not None
    ]
    for condition in pack.conditions if twinned else ():
        hanging = [one for one in twinned if one[1].condition == condition.id]
        answer = facts.conditions.get(condition.id, Answer.NOT_KNOWN).known
        contradicts = any(shown is picked and answer is (not twin.holds) for picked, twin, shown in hanging)
        if hanging and (answer is None or contradicts):
            highest = max(pack.level_order[shown.up_to or shown.level] for _picked, _twin, shown in hanging)
            differ = " Your answer and what you chose differ; the higher one is shown." if contradicts else ""
            yield Question(
                key=f"condition:{condition.id}",
                text=f"{condition.question}{differ}",
                about=tuple(sorted({one for picked, twin, _shown in hanging for one in (picked.id, twin.id)})),
                could_reach=pack.levels[highest].id,
            )


def _of_indicator(
    pack: Pack,
    facts: ChildFacts,
    flags: frozenset[Flag],
    chosen: Sequence[Chosen],
    seen: Sequence[ExploitationSign],
) -> Iterator[Question]:
    """The document's own look at exploitation, where something recorded points to it and no sign was chosen; and where
    what was chosen says that the indicator stands higher than any sign that was chosen does."""
    if pack.exploitation is None:
        return
    order = pack.level_order
    highest = max((order[sign.level] for sign in seen if sign.raises), default=-1)
    said = [picked for picked, _shown in chosen if picked.of_indicator and order[picked.level] > highest]
    if facts.signs and said:
        level = pack.levels[max(order[one.level] for one in said)]
        yield Question(
            key="indicator_level",
            text=(
                f"You chose that the exploitation indicator stands at {level.name}, and no sign you chose does. It "
                "still counts. Which signs at that level have you seen?"
            ),
            about=tuple(sorted(one.id for one in said)),
            could_reach=level.id,
        )
    if not facts.signs and flags & _EXPLOITATION:
        yield Question(
            key="indicator",
            text="Something here points to exploitation, and no sign of the exploitation indicator is chosen. Which "
            "signs have you seen?",
        )


def _outside_age(facts: ChildFacts, reasons: tuple[Reason, ...]) -> Iterator[Question]:
    for reason in sorted(reasons, key=lambda one: one.id):
        if reason.outside_age:
            yield Question(
                key=f"outside_age:{reason.id}",
                text=(
                    f"The document gives this for another age; this child is {facts.age.reads()}. It still counts. "
                    "Is the age right, or does another descriptor fit better?"
                ),
                about=(reason.id,),
                could_reach=reason.highest,
            )


def _repeated(pack: Pack, seen: Sequence[ExploitationSign]) -> Iterator[Question]:
    """A sign that the document repeats at a higher level is asked about; one sign doesn't become two."""
    for sign in seen:
        repeats = [pack.signs_by_id[one][1] for one in sign.also if one in pack.signs_by_id]
        highest = max((pack.level_order[one.level] for one in repeats), default=0)
        if sign.raises and highest > pack.level_order[sign.level]:
            level = pack.levels[highest]
            yield Question(
                key=f"also:{sign.id}",
                text=f"The document lists this sign at {level.name} too. Which fits this child?",
                about=(sign.id, *sorted(one.id for one in repeats)),
                could_reach=level.id,
            )


def _nothing_chosen(pack: Pack, facts: ChildFacts, reasons: tuple[Reason, ...]) -> Iterator[Question]:
    if reasons or facts.descriptors:
        return
    text = (
        "This partnership's descriptors are in a document that isn't included. Judge by what each level means."
        if pack.is_silent(Silent.DESCRIPTORS)
        else "Nothing was chosen. That says nothing about safety: which descriptors fit the worry?"
    )
    yield Question(key="descriptors", text=text)
