"""Who is told, when, and the guard on telling the family, which holds in every area."""

from collections.abc import Iterator

from consent.domain.facts import RISK_OF_TELLING, NotSeeking, Person, Relation, SharingFacts
from consent.domain.people import State
from consent.domain.result import Guard, Tell, TellWhen
from consent.domain.rules import RuleShown, with_effect
from thresholds.domain.check_result import OverrideShown
from thresholds.domain.check_when import Answer
from thresholds.domain.duties import Effect
from thresholds.domain.parts import Flag

GUARDED: dict[Flag, str] = {
    Flag.SEXUAL_ABUSE: "Sexual abuse is known or suspected.",
    Flag.FABRICATED_ILLNESS: "Fabricated or induced illness is known or suspected.",
    Flag.FORCED_MARRIAGE: "Forced marriage is known or suspected.",
    Flag.HONOUR_BASED_ABUSE: "Honour-based abuse is known or suspected.",
    Flag.FGM: "FGM is known or suspected.",
    Flag.SEXUAL_EXPLOITATION: "Sexual exploitation, a form of sexual abuse, is known or suspected.",
    Flag.TRAFFICKING: "Trafficking or modern slavery is known or suspected: carers may be part of it.",
    Flag.ALLEGATION_AGAINST_PROFESSIONAL: "It is about somebody who works with children: the designated officer (LADO) "
    "says who is told, and when.",
}
"""What is suspected, and why telling waits. The last three: whoever exploits or traffics a child, or is alleged to
have harmed one, may be at home too or be told by somebody there. Bury's document says who must not be told and that
sexual exploitation is sexual abuse (lines 246 and 280); Westmorland & Furness's, that the designated officer is told of
an allegation before anybody looks into it (line 238)."""
FAMILY = frozenset({Relation.PARENT, Relation.CARER, Relation.OTHER_ADULT, Relation.OTHER_CHILD})
WORDS: dict[Relation, str] = {
    Relation.PARENT: "The parent",
    Relation.CARER: "The carer",
    Relation.LOCAL_AUTHORITY: "The local authority",
    Relation.OTHER_ADULT: "The adult whose information is shared",
    Relation.OTHER_CHILD: "The other child, through whoever holds parental responsibility for them",
    Relation.CHILD: "The child",
}


def guard(facts: SharingFacts, rules: tuple[RuleShown, ...], overrides: tuple[OverrideShown, ...]) -> Guard:
    """The guard on any family-facing copy or notice: by what is suspected, by a recorded risk of telling or one that
    nobody has answered, or because the area's document says never."""
    because = [text for flag, text in GUARDED.items() if flag in facts.flags]
    silent = [one for one in overrides if not one.tell_family]
    named = {flag.value for flag in GUARDED}
    because += [f"{one.name}." for one in silent if named.isdisjoint(one.because)]
    if facts.risk_from_telling or facts.not_seeking & RISK_OF_TELLING:
        because.append("A risk from telling the family is recorded.")
    elif facts.telling_unanswered:
        because.append("Whether telling the family is a risk hasn't been answered.")
    never = with_effect(rules, Effect.NEVER_TELL)
    because += [rule.text for rule in never if not because]
    absolute = bool(never)
    return Guard(
        because=tuple(because),
        absolute=absolute,
        lifted=bool(because) and facts.lifted_by_front_door and not absolute,
        rules=(*(rule.id for rule in never), *(one.id for one in silent)),
    )


def tell(
    facts: SharingFacts,
    rules: tuple[RuleShown, ...],
    guarded: Guard,
    state: State,
    *,
    passes: bool,
    urgent: bool,
) -> tuple[Tell, ...]:
    """Everybody who must be told, before or after, or must not be; never empty. Somebody with parental responsibility
    and the child stand on the list even when nobody is recorded."""
    when, rule = _moment(facts, rules, passes=passes, urgent=urgent)
    entries = [
        _entry(one, facts, guarded, when, rule, urgent=urgent) for one in (*facts.people, *_not_on_record(facts))
    ]
    return (*(one for one in entries if one is not None), *_front_door(rules, guarded, state, passes=passes))


def _moment(
    facts: SharingFacts, rules: tuple[RuleShown, ...], *, passes: bool, urgent: bool
) -> tuple[TellWhen, RuleShown | None]:
    """Before or after, and the area's rule that says so."""
    after = next(iter(with_effect(rules, Effect.TELL_AFTER)), None)
    before = next(iter(with_effect(rules, Effect.TELL_BEFORE)), None)
    if not passes:
        return TellWhen.BEFORE, before
    if after is not None:
        return TellWhen.AFTER, after
    if facts.not_seeking & {NotSeeking.HARMFUL_DELAY, NotSeeking.NOT_REACHED}:
        return TellWhen.AFTER, None
    if before is not None or not urgent:
        return TellWhen.BEFORE, before
    return TellWhen.AFTER, next(iter(with_effect(rules, Effect.TELLING_IS_GOOD_PRACTICE)), None)


def _not_on_record(facts: SharingFacts) -> Iterator[Person]:
    """Stand-ins for people who must be on the list and aren't recorded."""
    relations = {one.relation for one in facts.people}
    if not relations & {Relation.PARENT, Relation.CARER}:
        yield Person(id="", relation=Relation.PARENT)
    if facts.care_order is Answer.YES and Relation.LOCAL_AUTHORITY not in relations:
        yield Person(id="", relation=Relation.LOCAL_AUTHORITY)
    if Relation.CHILD not in relations and not facts.age.unborn:
        yield Person(id="", relation=Relation.CHILD)


def _entry(
    person: Person, facts: SharingFacts, guarded: Guard, when: TellWhen, rule: RuleShown | None, *, urgent: bool
) -> Tell | None:
    child = person.relation is Relation.CHILD
    outsider = person.relation in {Relation.OTHER_ADULT, Relation.OTHER_CHILD}
    if (child and facts.age.unborn) or (outsider and not person.information_shared):
        return None
    who = WORDS[person.relation] if person.id or child else f"{WORDS[person.relation]}, or whoever is responsible,"
    if person.told_at is not None and person.told_at <= facts.at:
        when, rule, text = TellWhen.TOLD, None, f"{who} was told."
    elif guarded.holds and person.relation in FAMILY:
        when, rule = TellWhen.NOT_YET, None
        text = f"{who} must not be told until the front door says so."
        if guarded.absolute:
            text = f"{who} must not be told. The area's document allows no exception."
    elif guarded.holds and child:
        when, rule = TellWhen.ASK_FRONT_DOOR, None
        text = "Ask the front door how and when to tell the child, so that it doesn't reach the family."
    else:
        text = f"{who} is told {_words(when, urgent=urgent)}"
        if child:
            text = f"The child is told, in a way that fits their age, {_words(when, urgent=urgent)}"
    return Tell(
        person=person.id or None,
        relation=person.relation,
        when=when,
        text=text,
        rule=rule.id if rule else None,
        citation=rule.citation if rule else None,
    )


def _words(when: TellWhen, *, urgent: bool) -> str:
    if when is TellWhen.AFTER:
        return "as soon as possible afterwards: what was shared, with whom and why."
    if urgent:
        return "first, if that is safe and delays nothing; otherwise as soon as possible afterwards."
    return "before anything is shared: what, with whom and why."


def _front_door(rules: tuple[RuleShown, ...], guarded: Guard, state: State, *, passes: bool) -> Iterator[Tell]:
    if passes and state in {State.REFUSED, State.WITHDRAWN, State.DISPUTED}:
        rule = next(iter(with_effect(rules, Effect.TELL_DOOR_OF_REFUSAL)), None)
        yield Tell(
            person=None,
            relation=None,
            when=TellWhen.BEFORE,
            text="The front door is told, in the referral itself, that agreement was refused.",
            rule=rule.id if rule else None,
            citation=rule.citation if rule else None,
        )
    if passes and guarded.holds:
        yield Tell(
            person=None,
            relation=None,
            when=TellWhen.BEFORE,
            text="The front door is told, in the referral itself, that the family doesn't know, and why.",
        )
