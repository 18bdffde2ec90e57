"""Which of the area's consent rules speak. Every difference between areas comes from the pack's data."""

from dataclasses import dataclass

from consent.domain.facts import SharingFacts
from consent.domain.people import State, answers, child_can_agree
from thresholds.domain.check_when import Answer, Circumstances, holds
from thresholds.domain.duties import ConsentRule, Effect, Topic
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Agreement, Citation

CHILD_ASKED_FROM = 16
"""Where a document asks the child too and prompts at no age: from 16 on they decide for themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShown:
    """A consent rule that speaks, as the practitioner reads it."""

    id: str
    topic: Topic
    text: str
    effects: tuple[Effect, ...]
    unless: tuple[str, ...]
    certain: bool
    """False: a fact on which it hangs isn't known."""
    note: str | None
    citation: Citation


def circumstances(facts: SharingFacts, agreement: frozenset[Agreement] | None) -> Circumstances:
    """The facts that a pack's rules can ask about."""
    return Circumstances(
        flags=facts.flags,
        harm=facts.harm,
        levels=facts.levels,
        age=facts.age,
        agency=facts.agency,
        agreement=agreement,
        open_case=facts.open_case,
        out_of_hours=facts.out_of_hours,
    )


def prompt_age(pack: Pack) -> int | None:
    """Lowest age at which the area's document prompts to weigh the child's own view; None: it gives none."""
    return min((rule.prompt_age for rule in pack.consent_rules if rule.prompt_age is not None), default=None)


def child_too(pack: Pack, facts: SharingFacts) -> bool:
    """Whether the area asks the child to agree as well: a rule says so, the child may be of the age that it prompts
    at, and isn't known to be unable to decide."""
    if child_can_agree(facts) is Answer.NO:
        return False
    at = circumstances(facts, frozenset({Agreement.GIVEN}))
    oldest = facts.age.oldest
    for rule in pack.consent_rules:
        if Effect.CHILD_AGREES_TOO in rule.effects and holds(rule.when, at) is not False:
            asked_from = rule.prompt_age or prompt_age(pack) or CHILD_ASKED_FROM
            if oldest is None or oldest >= asked_from or facts.competent is Answer.YES:
                return True
    return False


def rules_that_speak(pack: Pack, facts: SharingFacts, state: State) -> tuple[RuleShown, ...]:
    """Rules that hold, or that may hold while a fact is missing, in the order of the pack."""
    given = answers(state, facts)
    at = circumstances(facts, given)
    return tuple(
        _shown(rule, certain=held is True)
        for rule in pack.consent_rules
        if (held := holds(rule.when, at)) is not False and not (given is None and rule.when.agreement)
    )


def with_effect(rules: tuple[RuleShown, ...], *effects: Effect) -> tuple[RuleShown, ...]:
    """Those that have at least one of the effects."""
    return tuple(rule for rule in rules if set(effects) & set(rule.effects))


def _shown(rule: ConsentRule, *, certain: bool) -> RuleShown:
    return RuleShown(
        id=rule.id,
        topic=rule.topic,
        text=rule.text,
        effects=rule.effects,
        unless=rule.unless,
        certain=certain,
        note=rule.note,
        citation=rule.citation,
    )
