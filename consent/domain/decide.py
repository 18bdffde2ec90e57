"""The decision to share: may it, on what basis, who is told, and what must be recorded.

Agreement to be helped is one thing, the lawful basis another. Possible harm is never held back; an early help
assessment never goes without agreement. A level waives nothing: agreement is waived on recorded reasons of harm.
Without harm and without agreement a person weighs a referral first; it is neither sent in silence nor left lying.
"""

from consent.domain.agreed import AgreedWith, agreed, child_covers, covers, not_covered
from consent.domain.asks import asks_of, declined, proceeds, weighed
from consent.domain.bases import Basis, Situation, bases
from consent.domain.contradictions import contradictions
from consent.domain.facts import HARM_REASONS, Form, SharingFacts
from consent.domain.people import State, is_young_adult, refusals, state
from consent.domain.recording import missing, thoughts
from consent.domain.result import Ask, AskKind, AskState, Scope, SharingDecision, Verdict
from consent.domain.rules import RuleShown, child_too, circumstances, rules_that_speak, with_effect
from consent.domain.telling import guard, tell
from thresholds.domain.check_overrides import overrides_that_speak
from thresholds.domain.check_result import OverrideShown
from thresholds.domain.check_when import Answer
from thresholds.domain.duties import Effect
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Harm


def decide(pack: Pack, facts: SharingFacts) -> SharingDecision:
    """The decision about one child, by the rules of `pack` and of statute.

    Pure and deterministic. Refuses nothing: what doesn't fit together comes back as a contradiction, what isn't
    recorded as missing. Sources: Working Together and the information sharing advice; area rules carry their own.
    """
    overrides = overrides_that_speak(pack, circumstances(facts, None), facts.moves_about)
    now = state(facts, child_too=child_too(pack, facts))
    rules = rules_that_speak(pack, facts, now)
    harm = harm_possible(facts, overrides)
    urgent = harm or facts.urgent or any(one.urgent for one in overrides)
    asks = asks_of(facts, rules, now, urgent=urgent)
    limits = agreed(facts, now)
    beyond = not_covered(limits, facts)
    verdict = _verdict(facts, rules, asks, now, harm=harm, urgent=urgent)
    guarded = guard(facts, rules, overrides)
    offered = bases(Situation(facts=facts, state=now, harm_possible=harm))
    told = tell(facts, rules, guarded, now, passes=verdict.passes, urgent=urgent)
    return SharingDecision(
        area=pack.area.slug,
        area_name=pack.area.name,
        effective_from=pack.effective_from.isoformat(),
        form=facts.form,
        at=facts.at.isoformat(),
        verdict=verdict,
        scope=_scope(facts, verdict, now, harm=harm),
        agreement=now,
        harm_possible=harm,
        urgent=urgent,
        refer_instead=facts.form is Form.EHA and harm and not verdict.passes,
        reasons=_reasons(facts, now, verdict, asks, harm=harm, limits=limits),
        asks=asks,
        rules=rules,
        thoughts=thoughts(pack, facts, now, rules),
        bases=offered,
        chosen_bases=_chosen(facts, offered),
        tell=told,
        guard=guarded,
        missing=missing(facts, now, rules=rules, asks=asks, told=told, passes=verdict.passes),
        contradictions=contradictions(
            pack, facts, now, rules=rules, overrides=overrides, guarded=guarded, offered=offered, beyond=beyond
        ),
        agreed=limits,
    )


def harm_possible(facts: SharingFacts, overrides: tuple[OverrideShown, ...]) -> bool:
    """Whether agreement is waived: significant harm yes, suspected, not sure or not answered; an urgent override that
    raises the level; a recorded reason of harm; or the practitioner says that it can't wait. Never a level alone."""
    return (
        facts.harm is not Harm.NO
        or any(one.urgent and one.raises_to is not None for one in overrides)
        or bool(facts.not_seeking & HARM_REASONS)
        or facts.risk_from_telling
        or facts.cannot_wait
    )


def _verdict(
    facts: SharingFacts, rules: tuple[RuleShown, ...], asks: tuple[Ask, ...], now: State, *, harm: bool, urgent: bool
) -> Verdict:
    limits = agreed(facts, now)
    covered = covers(limits, facts)
    childs_word = (now is State.CHILD_ONLY or now.agreed) and child_covers(limits, facts)
    if facts.form is Form.EHA:
        return _assessment(facts, rules, now, covered=covered, childs_word=childs_word)
    if harm:
        waiting = any(ask.state is not AskState.PROCEED for ask in asks)
        return Verdict.MAY_SHARE_URGENT if waiting else Verdict.MAY_SHARE
    if now.agreed and covered:
        return Verdict.MAY_SHARE
    verdict = Verdict.MAY_NOT if declined(facts) else _without_agreement(facts, rules, asks, now, childs_word)
    if urgent and not verdict.passes:
        return Verdict.MAY_SHARE_URGENT
    waits = not verdict.passes and verdict is not Verdict.MAY_NOT
    return _alone(facts) if waits and facts.nobody_to_ask else verdict


def _alone(facts: SharingFacts) -> Verdict:
    """What would wait, where there is nobody to wait for."""
    return Verdict.MAY_NOT if waits_for_the_authors_reason(facts) else Verdict.MAY_SHARE_FLAGGED


def waits_for_the_authors_reason(facts: SharingFacts) -> bool:
    """Whether somebody who can decide said no, nobody can be asked to weigh that, and the author hasn't written why it
    is right all the same: an explicit no is never passed over without a person's recorded reason."""
    return facts.nobody_to_ask and bool(refusals(facts)) and not facts.why_without.strip()


def _assessment(
    facts: SharingFacts, rules: tuple[RuleShown, ...], now: State, *, covered: bool, childs_word: bool
) -> Verdict:
    """An early help assessment: only on agreement, which nothing replaces, and only to whom it was agreed to."""
    if (now.agreed and covered) or (childs_word and _childs_word_is_enough(facts, rules)):
        return Verdict.MAY_SHARE
    return Verdict.ADVICE_NEEDED if childs_word or now is State.DISPUTED else Verdict.MAY_NOT


def _without_agreement(
    facts: SharingFacts, rules: tuple[RuleShown, ...], asks: tuple[Ask, ...], now: State, childs_word: bool
) -> Verdict:
    """A routine referral without a parent's agreement, or to somebody to whom they didn't agree: what the area asks for
    first."""
    waiting = [ask for ask in asks if ask.state is not AskState.PROCEED]
    if waiting:
        approval = any(ask.kind is AskKind.APPROVAL for ask in waiting)
        return Verdict.NEEDS_APPROVAL if approval else Verdict.ADVICE_NEEDED
    if asks or proceeds(facts):
        return Verdict.MAY_SHARE
    if childs_word:
        return Verdict.MAY_SHARE if _childs_word_is_enough(facts, rules) else Verdict.ADVICE_NEEDED
    return Verdict.ADVICE_NEEDED if now is State.DISPUTED else Verdict.TO_WEIGH


def _childs_word_is_enough(facts: SharingFacts, rules: tuple[RuleShown, ...]) -> bool:
    """A child who can decide, with the reasoning written down, where no rule leaves it to the parents at this age. At
    16 and 17 capacity is assumed, so that nothing has to be written down (Mental Capacity Act 2005, section 1)."""
    assumed = is_young_adult(facts.age) and facts.capacity is not Answer.NO
    return (assumed or bool(facts.competence_reasoning.strip())) and not with_effect(rules, Effect.PARENT_DECIDES)


def _scope(facts: SharingFacts, verdict: Verdict, now: State, *, harm: bool) -> Scope:
    """How much may go. Who weighed sharing without agreement reaches beyond what was agreed, except for an assessment;
    an agency's own approval doesn't."""
    if not verdict.passes:
        return Scope.NOTHING
    reaches_beyond = facts.form is Form.MARF and (harm or weighed(facts))
    if reaches_beyond or now is State.GIVEN:
        return Scope.NEEDED
    agreed_in_part = now in {State.LIMITED, State.CHILD_ONLY, State.CHILD_TO_ASK}
    return Scope.AGREED_PARTS if agreed_in_part else Scope.ESSENTIALS


STATES: dict[State, str] = {
    State.GIVEN: "Agreement is given by somebody who can give it.",
    State.LIMITED: "Agreement is given for part: only that part is shared, unless harm is possible.",
    State.CHILD_ONLY: "A child who can decide agrees. That doesn't cover the parents' own information.",
    State.CHILD_TO_ASK: "A parent agrees; this area asks the child too.",
    State.DISPUTED: "One person who can decide agrees and another refuses.",
    State.REFUSED: "Agreement is refused.",
    State.WITHDRAWN: "Agreement was given and taken back.",
    State.NOT_SOUGHT: "Agreement wasn't sought.",
    State.NOT_KNOWN: "No agreement is on record that counts.",
}


def _reasons(
    facts: SharingFacts,
    now: State,
    verdict: Verdict,
    asks: tuple[Ask, ...],
    *,
    harm: bool,
    limits: tuple[AgreedWith, ...] | None,
) -> tuple[str, ...]:
    """The reasons, in the order in which the decision was made."""
    return tuple(
        text
        for holds, text in (
            (
                facts.form is Form.EHA and not verdict.passes and not covers(limits, facts),
                "They agreed, but not that it goes to this team. Ask them, or help them without sending it.",
            ),
            (True, STATES[now]),
            (
                limits is not None and harm and facts.form is Form.MARF,
                "What they agreed to is recorded. It holds nothing back, because harm is possible.",
            ),
            (
                limits is not None and not harm and weighed(facts) and facts.form is Form.MARF,
                "Somebody weighed sharing beyond what was agreed. What they agreed to is recorded.",
            ),
            (harm and facts.harm is None, "Whether harm is possible isn't answered: it counts as possible."),
            (harm and facts.form is Form.MARF, "Harm is possible, so nothing waits for agreement."),
            (facts.form is Form.EHA and not verdict.passes, "An early help assessment needs agreement, always."),
            (
                facts.form is Form.EHA and harm and not verdict.passes,
                "Harm is possible: make a referral instead. It doesn't need agreement.",
            ),
            (
                verdict is Verdict.MAY_SHARE_URGENT,
                "It is urgent and goes now. What would otherwise come first is done beside it.",
            ),
            (
                any(ask.overridden and not ask.exempt for ask in asks),
                "The area's document prints no exemption for urgency: this is our safety rule, and it is still asked.",
            ),
            (verdict is Verdict.NEEDS_APPROVAL, "The area's document asks for an approval first."),
            (verdict is Verdict.ADVICE_NEEDED, "Ask your safeguarding lead or manager first."),
            (
                verdict is Verdict.MAY_SHARE_URGENT and not harm and bool(refusals(facts)),
                "Harm is answered no, but the level may mean child protection: the front door is told of the refusal.",
            ),
            (
                verdict is Verdict.TO_WEIGH,
                "It isn't urgent and agreement isn't on record: somebody else weighs first whether it goes, and why.",
            ),
            (
                verdict is Verdict.MAY_SHARE_FLAGGED,
                "Nobody at the agency could be asked first. It goes with what is missing shown to the front door.",
            ),
            (
                verdict is Verdict.MAY_NOT and facts.form is Form.MARF and not declined(facts),
                "Somebody who can decide said no, and nobody at your agency can be asked to weigh that. "
                "Write why it is right to share all the same: with your reason it goes.",
            ),
            (verdict is Verdict.MAY_NOT and declined(facts), "Who was asked said not to share."),
        )
        if holds
    )


def _chosen(facts: SharingFacts, offered: tuple[Basis, ...]) -> tuple[str, ...]:
    """In each group those that a person chose among the offered, else the suggested one."""
    chosen = [basis for basis in offered if basis.id in facts.chosen_bases]
    groups = {basis.group for basis in chosen}
    return tuple(basis.id for basis in offered if basis in chosen or (basis.suggested and basis.group not in groups))
