"""Answers that don't fit together. A contradiction refuses nothing: a routine sharing puts it right, and where harm is
possible it is flagged, recorded and carried along."""

from collections.abc import Iterator

from consent.domain.bases import Basis
from consent.domain.facts import HARM_REASONS, Form, Person, Recipient, Relation, Said, SharingFacts
from consent.domain.people import State, agrees_for_child, child_can_agree, holds_parental_responsibility
from consent.domain.result import Contradiction, ContradictionKind, Guard
from consent.domain.rules import RuleShown
from consent.domain.telling import FAMILY
from thresholds.domain.check_result import OverrideShown
from thresholds.domain.check_when import Answer
from thresholds.domain.duties import Topic
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Harm, LegalMeaning

TOO_YOUNG = 8
"""Below this age a child recorded as competent is queried. Ours: no document states it, and it decides nothing."""
ADULT = 18


def contradictions(
    pack: Pack,
    facts: SharingFacts,
    state: State,
    *,
    rules: tuple[RuleShown, ...],
    overrides: tuple[OverrideShown, ...],
    guarded: Guard,
    offered: tuple[Basis, ...],
    beyond: tuple[Recipient, ...] = (),
) -> tuple[Contradiction, ...]:
    """Every contradiction in what was recorded, in a fixed order. `beyond`: front doors that were not agreed to."""
    return (
        *_of_who_agreed(facts, rules),
        *_of_the_child(facts),
        *_of_dates(facts),
        *_of_harm(pack, facts, overrides),
        *_of_asking(facts, state),
        *_of_approvals(facts),
        *_of_recipients(facts),
        *_of_limits(facts, beyond),
        *_of_telling(facts, guarded),
        *_of_bases(facts, offered),
    )


def _of_who_agreed(facts: SharingFacts, rules: tuple[RuleShown, ...]) -> Iterator[Contradiction]:
    noted = next((rule for rule in rules if rule.topic is Topic.COMPETENCE and rule.note), None)
    for person in facts.people:
        if person.relation is Relation.CHILD or not person.said.agrees:
            continue
        held = holds_parental_responsibility(person, facts)
        if person.relation is Relation.CARER and held is not Answer.YES:
            yield Contradiction(
                kind=ContradictionKind.CARER_CANNOT_AGREE,
                text="A carer agreed who isn't known to hold parental responsibility. Ask whoever holds it.",
                question=f"parental_responsibility:{person.id}",
                about=person.id,
                note=noted.note if noted else None,
                citation=noted.citation if noted else None,
            )
        elif held is Answer.NO:
            yield Contradiction(
                kind=ContradictionKind.NO_PARENTAL_RESPONSIBILITY,
                text="Somebody agreed for the child without parental responsibility. Their agreement doesn't count.",
                question=f"parental_responsibility:{person.id}",
                about=person.id,
            )
    if facts.care_order is Answer.YES and not any(
        one.relation is Relation.LOCAL_AUTHORITY and one.said is not Said.NOT_KNOWN for one in facts.people
    ):
        yield Contradiction(
            kind=ContradictionKind.CARE_ORDER,
            text="Under a care order the local authority holds parental responsibility. Record what it says too.",
            question="local_authority",
        )


def _of_the_child(facts: SharingFacts) -> Iterator[Contradiction]:
    age, child = facts.age, facts.child
    young = age.unborn or (age.oldest is not None and age.oldest < TOO_YOUNG)
    if facts.competent is Answer.YES and young:
        yield Contradiction(
            kind=ContradictionKind.CHILD_TOO_YOUNG,
            text=f"The child is recorded as able to decide; their age is recorded as {age.reads()}. Check both.",
            question="competent",
        )
    if child is not None and child.said.agrees and child_can_agree(facts) is Answer.NO:
        yield Contradiction(
            kind=ContradictionKind.CHILD_CANNOT_AGREE,
            text="The child agreed, and is recorded as unable to decide this. Their agreement doesn't count.",
            question="competent",
            about=child.id,
        )
    if age.youngest is not None and age.youngest >= ADULT:
        yield Contradiction(
            kind=ContradictionKind.NOT_A_CHILD,
            text="The age is recorded as 18 or over. Concerns about an adult go to adults' services.",
            question="age",
        )


def _of_dates(facts: SharingFacts) -> Iterator[Contradiction]:
    for person in facts.people:
        for key, moment in (("said_at", person.said_at), ("told_at", person.told_at)):
            if moment is not None and moment > facts.at:
                yield Contradiction(
                    kind=ContradictionKind.AFTER_SUBMISSION,
                    text="A conversation is dated after the decision that rests on it, so it doesn't count.",
                    question=f"{key}:{person.id}",
                    about=person.id,
                )


def _of_harm(pack: Pack, facts: SharingFacts, overrides: tuple[OverrideShown, ...]) -> Iterator[Contradiction]:
    if facts.harm is not Harm.NO:
        return
    against = [one.name for one in overrides if one.raises_to is not None and one.urgent]
    if facts.not_seeking & HARM_REASONS or facts.risk_from_telling:
        against.append("A reason of harm is recorded for not asking or not telling")
    if facts.cannot_wait:
        against.append("It is said that it can't wait")
    texts = [
        f"{text}, but significant harm is answered no. It is treated as possible until that is cleared up."
        for text in against
    ]
    levels = (facts.levels if facts.judged else None) or frozenset()
    texts += [
        f"{level.name} is judged or indicated, but significant harm is answered no. Check both answers."
        for level in pack.levels
        if level.id in levels and level.legal is LegalMeaning.S47
    ]
    for text in texts:
        yield Contradiction(kind=ContradictionKind.HARM_ANSWER, text=text, question="harm")


def _of_asking(facts: SharingFacts, state: State) -> Iterator[Contradiction]:
    agreeing = [one for one in facts.people if agrees_for_child(one, facts)]
    own = {reason for one in facts.people for reason in one.not_seeking}
    if agreeing and facts.not_seeking - own:
        yield Contradiction(
            kind=ContradictionKind.ASKED_AND_NOT_ASKED,
            text="Agreement is recorded, and also a reason for not asking. Say which of the parents each is about.",
            question="not_seeking",
        )
    refusing = [one for one in facts.people if _refuses_as_parent(one, facts)]
    if state is State.DISPUTED or (agreeing and refusing):
        yield Contradiction(
            kind=ContradictionKind.PARENTS_DIFFER,
            text="One person who can decide agreed and another refused. One may agree alone; hear and record both.",
            question="agreement",
        )


def _refuses_as_parent(person: Person, facts: SharingFacts) -> bool:
    return (
        person.relation in {Relation.PARENT, Relation.CARER, Relation.LOCAL_AUTHORITY}
        and person.said.refuses
        and holds_parental_responsibility(person, facts) is not Answer.NO
    )


def _of_approvals(facts: SharingFacts) -> Iterator[Contradiction]:
    for word in (*facts.approvals, *facts.advice):
        if word.own:
            yield Contradiction(
                kind=ContradictionKind.OWN_APPROVAL,
                text="Somebody answered their own request. It doesn't count; ask somebody else.",
                question="approval",
                about=word.by,
            )


def _of_recipients(facts: SharingFacts) -> Iterator[Contradiction]:
    for recipient in facts.recipients:
        if not recipient.exists:
            yield Contradiction(
                kind=ContradictionKind.NO_SUCH_RECIPIENT,
                text="A recipient isn't known to the system. Nothing goes to it.",
                question="recipients",
                about=recipient.id,
            )


def _of_limits(facts: SharingFacts, beyond: tuple[Recipient, ...]) -> Iterator[Contradiction]:
    limited = next((one.id for one in facts.people if one.said is Said.LIMITED), "")
    for recipient in beyond:
        yield Contradiction(
            kind=ContradictionKind.NOT_AGREED_RECIPIENT,
            text=f"It would go to {recipient.name or 'a front door'}. They didn't agree to that. Ask them again.",
            question=f"agreed_with:{limited}",
            about=recipient.id,
        )


def _of_telling(facts: SharingFacts, guarded: Guard) -> Iterator[Contradiction]:
    if not guarded.holds:
        return
    for person in facts.people:
        if person.told_at is not None and person.relation in FAMILY:
            yield Contradiction(
                kind=ContradictionKind.TOLD_ALTHOUGH_GUARDED,
                text="Somebody in the family was told, although telling may be dangerous. Tell the front door now.",
                question=f"told_at:{person.id}",
                about=person.id,
            )


def _of_bases(facts: SharingFacts, offered: tuple[Basis, ...]) -> Iterator[Contradiction]:
    known = {basis.id for basis in offered}
    for chosen in sorted(facts.chosen_bases - known):
        consent = chosen == "art6-consent" and facts.form is Form.MARF
        yield Contradiction(
            kind=ContradictionKind.CONSENT_AS_BASIS if consent else ContradictionKind.BASIS_NOT_OFFERED,
            text=(
                "Consent is never the basis of a referral under Article 6. Agreement to be helped is recorded apart."
                if consent
                else "A lawful basis was chosen whose facts aren't recorded. It isn't relied on."
            ),
            question="bases",
            about=chosen,
        )
