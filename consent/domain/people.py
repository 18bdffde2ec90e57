"""Who can agree, and what their answers come to. Agreement to be helped is kept apart from the basis for sharing."""

from enum import StrEnum

from consent.domain.facts import Person, Relation, Said, SharingFacts
from thresholds.domain.check_when import Answer, ChildAge
from thresholds.domain.parts import Agreement

CAPACITY_AGE = 16
"""From 16 the Mental Capacity Act 2005 applies (section 2(5)): capacity is assumed unless shown otherwise (1(2))."""


class State(StrEnum):
    """What the answers of all who can agree come to."""

    GIVEN = "given"
    LIMITED = "limited"
    CHILD_ONLY = "child_only"
    CHILD_TO_ASK = "child_to_ask"
    DISPUTED = "disputed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_SOUGHT = "not_sought"
    NOT_KNOWN = "not_known"

    @property
    def agreed(self) -> bool:
        """Agreement stands, whole or in part."""
        return self in {State.GIVEN, State.LIMITED}


def is_young_adult(age: ChildAge) -> bool:
    """Certainly 16 or over: mental capacity, not Gillick competence."""
    return age.youngest is not None and age.youngest >= CAPACITY_AGE


def child_can_agree(facts: SharingFacts) -> Answer:
    """Whether the child can agree for themself: at 16 and over by capacity, which is assumed; below by the recorded
    view of their competence. Age alone decides nothing, except that an unborn child can't agree."""
    if facts.age.unborn:
        return Answer.NO
    if is_young_adult(facts.age):
        return Answer.YES if facts.capacity is Answer.NOT_KNOWN else facts.capacity
    return facts.competent


def holds_parental_responsibility(person: Person, facts: SharingFacts) -> Answer:
    """Whether somebody holds parental responsibility; the local authority does under a care order
    (Children Act 1989, section 33(3))."""
    if person.relation is Relation.LOCAL_AUTHORITY:
        return facts.care_order
    if person.relation in {Relation.CHILD, Relation.OTHER_CHILD}:
        return Answer.NO
    return person.parental_responsibility


def in_time(person: Person, facts: SharingFacts) -> bool:
    """Whether the answer isn't dated after the decision. An undated answer counts and is asked about."""
    return person.said_at is None or person.said_at <= facts.at


def agrees_for_child(person: Person, facts: SharingFacts) -> bool:
    """Whether this adult's agreement counts: given, in time, with parental responsibility known to be held."""
    held = holds_parental_responsibility(person, facts)
    return person.said.agrees and in_time(person, facts) and held is Answer.YES


def child_agrees(facts: SharingFacts) -> bool:
    """Whether the child agreed, in time, and can."""
    child = facts.child
    return child is not None and child.said.agrees and in_time(child, facts) and child_can_agree(facts) is Answer.YES


def may_speak(person: Person, facts: SharingFacts) -> bool:
    """Whether a refusal, or a limit, counts: parental responsibility that isn't known is not taken as none."""
    if person.relation in {Relation.CHILD, Relation.OTHER_CHILD, Relation.OTHER_ADULT}:
        return False
    return holds_parental_responsibility(person, facts) is not Answer.NO


def refusals(facts: SharingFacts) -> list[Said]:
    """The noes that count: of whoever may hold parental responsibility, and of a child who can decide."""
    found = [one.said for one in facts.people if may_speak(one, facts) and one.said.refuses]
    child = facts.child
    if child and child.said.refuses and child_can_agree(facts) is Answer.YES:
        found.append(child.said)
    return found


def state(facts: SharingFacts, *, child_too: bool) -> State:
    """What the answers come to. One holder of parental responsibility may agree alone (Children Act 1989,
    section 2(7)); another's refusal, or that of a child who can decide, makes it disputed, unless the child can decide
    and agrees too. `child_too`: the area asks the child as well."""
    givers = [one for one in facts.people if agrees_for_child(one, facts)]
    noes = refusals(facts)
    if givers:
        return _with_parent(givers, noes, facts, child_too=child_too)
    if child_agrees(facts):
        return State.CHILD_ONLY
    if noes:
        return State.REFUSED if Said.REFUSED in noes else State.WITHDRAWN
    if facts.not_seeking or any(one.said is Said.NOT_SOUGHT for one in facts.people if may_speak(one, facts)):
        return State.NOT_SOUGHT
    return State.NOT_KNOWN


def _with_parent(givers: list[Person], noes: list[Said], facts: SharingFacts, *, child_too: bool) -> State:
    if noes and not child_agrees(facts):
        return State.DISPUTED
    if child_too and not child_agrees(facts):
        return State.CHILD_TO_ASK
    return State.LIMITED if _limits(givers, facts) else State.GIVEN


def _limits(givers: list[Person], facts: SharingFacts) -> bool:
    """Whether somebody's limit binds: a child's who can decide; with that child's agreement those of all parents who
    agree, else of any who may speak. A limit is a no to the rest, and stands as far as a refusal would."""
    child = facts.child if child_agrees(facts) else None
    if child:
        return child.said is Said.LIMITED or all(one.said is Said.LIMITED for one in givers)
    return any(one.said is Said.LIMITED for one in facts.people if one in givers or may_speak(one, facts))


AS_AGREEMENT: dict[State, Agreement] = {
    State.GIVEN: Agreement.GIVEN,
    State.LIMITED: Agreement.GIVEN,
    State.CHILD_TO_ASK: Agreement.GIVEN,
    State.CHILD_ONLY: Agreement.CHILD_ONLY,
    State.DISPUTED: Agreement.REFUSED,
    State.REFUSED: Agreement.REFUSED,
    State.WITHDRAWN: Agreement.REFUSED,
    State.NOT_SOUGHT: Agreement.NOT_SOUGHT,
}


def answers(now: State, facts: SharingFacts) -> frozenset[Agreement] | None:
    """The same in the words of the packs' rules; None while nothing is known. Where no parent's agreement stands, a
    parent who refused and one who wasn't asked each bring their own rules."""
    if now not in AS_AGREEMENT:
        return None
    found = {AS_AGREEMENT[now]}
    if AS_AGREEMENT[now] is not Agreement.GIVEN:
        spoken = {one.said for one in facts.people if may_speak(one, facts)}
        if spoken & {Said.REFUSED, Said.WITHDRAWN}:
            found.add(Agreement.REFUSED)
        if facts.not_seeking or Said.NOT_SOUGHT in spoken:
            found.add(Agreement.NOT_SOUGHT)
    return frozenset(found)
