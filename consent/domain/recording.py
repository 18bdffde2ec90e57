"""What must be recorded and is missing, and what to think about. Nothing here holds anything urgent back."""

from collections.abc import Iterator

from consent.domain.facts import NotSeeking, Person, Relation, Said, SharingFacts
from consent.domain.people import CAPACITY_AGE, State, child_can_agree, is_young_adult
from consent.domain.result import Ask, AskKind, AskState, Missing, Tell, TellWhen, Thought
from consent.domain.rules import RuleShown, prompt_age, with_effect
from thresholds.domain.check_when import Answer
from thresholds.domain.duties import Effect, Silent
from thresholds.domain.pack import Pack


def missing(
    facts: SharingFacts,
    state: State,
    *,
    rules: tuple[RuleShown, ...],
    asks: tuple[Ask, ...],
    told: tuple[Tell, ...],
    passes: bool,
) -> tuple[Missing, ...]:
    """Questions without an answer that the record needs, in the order in which they are asked."""
    reasons = next(iter(with_effect(rules, Effect.RECORD_REASONS)), None)
    return (
        *_of_harm(facts),
        *_of_agreement(facts, state),
        *_of_people(facts),
        *_of_the_child(facts),
        *_of_not_agreeing(facts, state, reasons, passes=passes),
        *_of_asks(asks),
        *_of_telling(facts, told),
        *_of_what_is_shared(facts),
    )


def _of_harm(facts: SharingFacts) -> Iterator[Missing]:
    if facts.harm is None:
        yield Missing(question="harm", text="Whether significant harm is possible. Not sure is an answer.")


def _of_agreement(facts: SharingFacts, state: State) -> Iterator[Missing]:
    if state is State.NOT_KNOWN:
        yield Missing(
            question="agreement", text="Whether it was discussed with somebody who can agree, and their answer."
        )
    if state is State.CHILD_TO_ASK:
        yield Missing(question="child_agreement", text="What the child says: this area asks them too.")
    if state is State.CHILD_ONLY:
        yield Missing(
            question="agreement", text="What whoever holds parental responsibility says, or why they weren't asked."
        )


def _of_people(facts: SharingFacts) -> Iterator[Missing]:
    for person in facts.people:
        asked = person.said not in {Said.NOT_KNOWN, Said.NOT_SOUGHT}
        if asked and person.said_at is None:
            yield Missing(question=f"said_at:{person.id}", text="When they answered.")
        if asked and person.asked_by is None:
            yield Missing(question=f"asked_by:{person.id}", text="Who asked them.")
        if person.said in {Said.REFUSED, Said.WITHDRAWN} and not person.words.strip():
            yield Missing(question=f"words:{person.id}", text="What they said when they refused.")
        if person.said is Said.LIMITED and person.relation is not Relation.LOCAL_AUTHORITY:
            yield from _of_limits(person)
        parent = person.relation in {Relation.PARENT, Relation.CARER}
        if parent and person.parental_responsibility is Answer.NOT_KNOWN:
            yield Missing(
                question=f"parental_responsibility:{person.id}", text="Whether they hold parental responsibility."
            )


def _of_limits(person: Person) -> Iterator[Missing]:
    if person.agreed_parts is None:
        yield Missing(question=f"agreed_parts:{person.id}", text="Which parts they agree to.")
    if person.agreed_with is None:
        yield Missing(question=f"agreed_with:{person.id}", text="Who may have them.")
    if not person.limits.strip():
        yield Missing(question=f"limits:{person.id}", text="To what the agreement is limited, in their words.")


def _of_the_child(facts: SharingFacts) -> Iterator[Missing]:
    child = facts.child
    spoke = child is not None and child.said not in {Said.NOT_KNOWN, Said.NOT_SOUGHT}
    if spoke and not is_young_adult(facts.age):
        if facts.competent is Answer.NOT_KNOWN:
            yield Missing(question="competent", text="Whether the child understands what they decide here.")
        elif not facts.competence_reasoning.strip():
            yield Missing(question="competence_reasoning", text="On what that view of the child's understanding rests.")
    if is_young_adult(facts.age) and facts.capacity is Answer.NO and not facts.competence_reasoning.strip():
        yield Missing(question="competence_reasoning", text="Why capacity for this decision is doubted.")
    if not facts.age.unborn and not facts.child_view.strip() and not facts.child_view_absent_why.strip():
        yield Missing(question="child_view", text="The child's own view, or why it isn't there.")


def _of_not_agreeing(
    facts: SharingFacts, state: State, reasons: RuleShown | None, *, passes: bool
) -> Iterator[Missing]:
    rule = reasons.id if reasons else None
    if state is State.NOT_SOUGHT and not facts.not_seeking:
        yield Missing(question="not_seeking", text="Why agreement wasn't sought.", rule=rule)
    if facts.not_seeking and not facts.not_seeking_why.strip():
        yield Missing(question="not_seeking_why", text="What that reason rests on.", rule=rule)
    if NotSeeking.NOT_REACHED in facts.not_seeking and not facts.tried.strip():
        yield Missing(question="tried", text="What was tried to reach them.", rule=rule)
    if passes and not state.agreed and not facts.why_without.strip():
        yield Missing(question="why_without", text="Why it is shared without agreement.", rule=rule)


def _of_asks(asks: tuple[Ask, ...]) -> Iterator[Missing]:
    for ask in asks:
        if ask.state is AskState.NEEDED:
            key = "approval" if ask.kind is AskKind.APPROVAL else "advice"
            yield Missing(question=key, text=ask.text, rule=ask.rule)


def _of_telling(facts: SharingFacts, told: tuple[Tell, ...]) -> Iterator[Missing]:
    if facts.risk_from_telling and not facts.risk_from_telling_why.strip():
        yield Missing(question="risk_from_telling_why", text="What makes telling the family a risk.")
    for entry in told:
        if entry.relation is not None and entry.when in {TellWhen.BEFORE, TellWhen.AFTER}:
            key = f"told_at:{entry.person}" if entry.person else f"told:{entry.relation.value}"
            yield Missing(question=key, text=f"That it was done: {entry.text}", rule=entry.rule)


def _of_what_is_shared(facts: SharingFacts) -> Iterator[Missing]:
    if not facts.purpose.strip():
        yield Missing(question="purpose", text="For what purpose it is shared.")
    if not facts.recipients:
        yield Missing(question="recipients", text="With whom it is shared.")
    if facts.special_category is Answer.NOT_KNOWN:
        yield Missing(question="special_category", text="Whether it tells of health, ethnicity or the like.")
    if facts.criminal_offence is Answer.NOT_KNOWN:
        yield Missing(question="criminal_offence", text="Whether it tells of offences or allegations of them.")
    if facts.chosen_bases and not facts.chosen_bases_why.strip():
        yield Missing(question="chosen_bases_why", text="Why another lawful basis was chosen.")
    if facts.facts_apart_from_opinion is not Answer.YES:
        yield Missing(question="facts_apart_from_opinion", text="Facts told apart from opinion, with their sources.")
    if facts.identities_to_protect is Answer.NOT_KNOWN:
        yield Missing(
            question="identities_to_protect", text="Whether anybody is in danger if it is known who they are."
        )
    elif facts.identities_to_protect is Answer.YES and not facts.identities_how.strip():
        yield Missing(question="identities_how", text="How their identity is protected.")


def thoughts(pack: Pack, facts: SharingFacts, state: State, rules: tuple[RuleShown, ...]) -> tuple[Thought, ...]:
    """What to think about: age, competence, what a refusal means here. None of it decides."""
    return (*_on_age(pack, facts, rules), *_on_refusal(pack, facts, state, rules))


def _on_age(pack: Pack, facts: SharingFacts, rules: tuple[RuleShown, ...]) -> Iterator[Thought]:
    if facts.age.unborn:
        return
    if is_young_adult(facts.age):
        yield Thought(
            text=f"At {CAPACITY_AGE} and 17 the question is mental capacity for this decision. It is assumed unless "
            "there is reason to doubt it."
        )
        return
    for rule in with_effect(rules, Effect.WEIGH_MATURITY, Effect.PARENT_DECIDES, Effect.CHILD_AGREES_TOO):
        yield Thought(text=rule.text, rule=rule.id, note=rule.note, citation=rule.citation)
    asked_from = prompt_age(pack)
    if asked_from is None:
        said = "The area's document gives no age. " if pack.is_silent(Silent.COMPETENCE) else ""
        yield Thought(text=f"{said}Weigh whether this child understands this decision. Age prompts and never decides.")
    elif child_can_agree(facts) is Answer.YES and facts.age.oldest is not None and facts.age.oldest < asked_from:
        yield Thought(
            text=f"The area prompts at {asked_from}. This child is younger and recorded as able to decide: say why."
        )


def _on_refusal(pack: Pack, facts: SharingFacts, state: State, rules: tuple[RuleShown, ...]) -> Iterator[Thought]:
    if state not in {State.REFUSED, State.WITHDRAWN, State.DISPUTED, State.CHILD_ONLY}:
        return
    meanings = with_effect(rules, Effect.REFUSAL_ALONE_RAISES_NOTHING, Effect.REFUSAL_MAY_SIGNAL_RISK)
    for rule in meanings:
        yield Thought(text=rule.text, rule=rule.id, note=rule.note, citation=rule.citation)
    if not meanings and pack.is_silent(Silent.REFUSAL):
        yield Thought(text="The area's document doesn't say what a refusal means. By itself it proves nothing.")
