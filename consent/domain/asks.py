"""Approvals and advice that the area asks for before sharing without agreement. Nothing urgent waits for them."""

from collections.abc import Iterator

from consent.domain.facts import Form, Outcome, Role, SharingFacts, Word
from consent.domain.people import State
from consent.domain.result import Ask, AskKind, AskState
from consent.domain.rules import RuleShown
from thresholds.domain.duties import Effect

ASKED: dict[Effect, tuple[AskKind, tuple[Role, ...]]] = {
    Effect.MANAGER_APPROVES: (AskKind.APPROVAL, (Role.MANAGER,)),
    Effect.MANAGER_OR_LEAD_APPROVES: (AskKind.APPROVAL, (Role.MANAGER, Role.LEAD)),
    Effect.MANAGER_OR_LEAD_ADVISES: (AskKind.ADVICE, (Role.MANAGER, Role.LEAD)),
}


def asks_of(facts: SharingFacts, rules: tuple[RuleShown, ...], state: State, *, urgent: bool) -> tuple[Ask, ...]:
    """What the rules that speak ask for, each with where it stands. An assessment has none: nothing replaces
    agreement there. Two rules that ask for the same are one ask, by the first."""
    if facts.form is Form.EHA or state.agreed:
        return ()
    found = {(ask.kind, ask.of): ask for ask in reversed(list(_each(facts, rules, urgent=urgent)))}
    return tuple(reversed(found.values()))


def _each(facts: SharingFacts, rules: tuple[RuleShown, ...], *, urgent: bool) -> Iterator[Ask]:
    for rule in rules:
        for effect in rule.effects:
            if effect in ASKED:
                kind, roles = ASKED[effect]
                standing = _standing(facts.approvals if kind is AskKind.APPROVAL else facts.advice, roles)
                yield Ask(
                    kind=kind,
                    of=roles,
                    state=standing,
                    overridden=urgent and standing is not AskState.PROCEED,
                    exempt=rule.unless,
                    rule=rule.id,
                    text=rule.text,
                    citation=rule.citation,
                )


def _standing(words: tuple[Word, ...], roles: tuple[Role, ...]) -> AskState:
    """A no outweighs a yes; an answer to one's own request doesn't count."""
    said = {word.outcome for word in words if word.role in roles and not word.own}
    if Outcome.DO_NOT in said:
        return AskState.DO_NOT
    return AskState.PROCEED if Outcome.PROCEED in said else AskState.NEEDED


def _answers(facts: SharingFacts) -> set[Outcome]:
    return {word.outcome for word in (*facts.approvals, *facts.advice) if not word.own}


def declined(facts: SharingFacts) -> bool:
    """Whether anybody who was asked said not to share."""
    return Outcome.DO_NOT in _answers(facts)


def weighed(facts: SharingFacts) -> bool:
    """Whether somebody who was asked about sharing without agreement said to share, and nobody said not to. The
    agency's own look at what goes is none: it lifts no limit that a family set."""
    asked = {word.outcome for word in (*facts.approvals, *facts.advice) if not word.own and word.weighed}
    return Outcome.PROCEED in asked and not declined(facts)


def proceeds(facts: SharingFacts) -> bool:
    """Whether somebody who was asked said to share, and nobody said not to."""
    return Outcome.PROCEED in _answers(facts) and not declined(facts)
