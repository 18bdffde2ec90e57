"""What must hold for any facts, in every area."""

import dataclasses
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from consent.domain.decide import decide
from consent.domain.explain import explain
from consent.domain.facts import Form, NotSeeking, Outcome, Person, Relation, Role, Said, Word
from consent.domain.golden_rules import Met, answers, edition_of
from consent.domain.people import State, agrees_for_child, child_agrees
from consent.domain.result import Scope, Verdict
from tests.consent.support import AREAS, BEFORE, NOW, PACKS, POSSIBLE, recorded
from thresholds.domain.check_when import Answer, ChildAge
from thresholds.domain.parts import AgencyKind, Flag, Harm

SCOPES = list(Scope)
ANSWERS = st.sampled_from(list(Answer))
PEOPLE = st.lists(
    st.builds(
        Person,
        id=st.sampled_from(["one", "two", "three"]),
        relation=st.sampled_from(list(Relation)),
        parental_responsibility=ANSWERS,
        said=st.sampled_from(list(Said)),
        said_at=st.sampled_from([None, BEFORE, NOW.replace(year=2027)]),
        asked_by=st.sampled_from([None, "teacher"]),
        told_at=st.sampled_from([None, BEFORE]),
        information_shared=st.booleans(),
    ),
    max_size=3,
    unique_by=lambda person: person.id,
)
WORDS = st.lists(
    st.builds(
        Word,
        role=st.sampled_from(list(Role)),
        outcome=st.sampled_from(list(Outcome)),
        asked_by=st.just("teacher"),
        by=st.sampled_from(["manager", "teacher"]),
        weighed=st.booleans(),
    ),
    max_size=2,
).map(tuple)


@st.composite
def cases(draw, harms=(None, *Harm)):
    """An area and facts of one child there."""
    area = draw(st.sampled_from(AREAS))
    levels = st.one_of(
        st.none(), st.frozensets(st.sampled_from([level.id for level in PACKS[area].levels]), max_size=2)
    )
    ages = st.one_of(
        st.builds(ChildAge.exactly, st.integers(0, 18)), st.just(ChildAge()), st.just(ChildAge(unborn=True))
    )
    return area, recorded(
        *draw(PEOPLE),
        form=draw(st.sampled_from(list(Form))),
        harm=draw(st.sampled_from(harms)),
        flags=draw(st.frozensets(st.sampled_from(list(Flag)), max_size=2)),
        levels=draw(levels),
        urgent=draw(st.booleans()),
        cannot_wait=draw(st.sampled_from([False, False, True])),
        age=draw(ages),
        agency=draw(st.sampled_from([None, *AgencyKind])),
        care_order=draw(ANSWERS),
        competent=draw(ANSWERS),
        competence_reasoning=draw(st.sampled_from(["", "Explained it back."])),
        capacity=draw(ANSWERS),
        not_seeking=draw(st.frozensets(st.sampled_from(list(NotSeeking)), max_size=1)),
        why_without=draw(st.sampled_from(["", "To keep her safe."])),
        risk_from_telling=draw(st.sampled_from([False, False, True])),
        lifted_by_front_door=draw(st.booleans()),
        approvals=draw(WORDS),
        advice=draw(WORDS),
        nobody_to_ask=draw(st.booleans()),
        chosen_bases=draw(st.frozensets(st.sampled_from(["art6-consent", "art9-social-care"]), max_size=1)),
    )


@given(cases(POSSIBLE))
def test_possible_significant_harm_is_never_held_back(case):
    area, facts = case
    pack = PACKS[area]
    found = decide(pack, dataclasses.replace(facts, form=Form.MARF))
    assert found.verdict.passes
    assert found.scope is Scope.NEEDED
    assert found.to_put_right == ()


@given(cases())
def test_an_assessment_never_passes_without_agreement_that_counts(case):
    area, facts = case
    pack = PACKS[area]
    found = decide(pack, dataclasses.replace(facts, form=Form.EHA))
    if found.verdict.passes:
        assert any(agrees_for_child(person, facts) for person in facts.people) or child_agrees(facts)
    elif found.harm_possible:
        assert found.refer_instead


@settings(max_examples=500)
@given(cases((Harm.NO, Harm.NO, Harm.SUSPECTED)), st.data())
def test_removing_agreement_never_widens_sharing(case, data):
    area, facts = case
    pack = PACKS[area]
    # Who agreed to a part said no to the rest. Taking the part back leaves that no; "never asked" would take both.
    removed = {
        Said.GIVEN: st.sampled_from([said for said in Said if not said.agrees]),
        Said.LIMITED: st.sampled_from([said for said in Said if said.refuses]),
    }
    fewer = tuple(
        dataclasses.replace(person, said=data.draw(removed[person.said]))
        if person.said.agrees and data.draw(st.booleans())
        else person
        for person in facts.people
    )
    was, now = decide(pack, facts), decide(pack, dataclasses.replace(facts, people=fewer))
    assert was.harm_possible == now.harm_possible
    assert now.verdict.passes <= was.verdict.passes
    assert SCOPES.index(now.scope) <= SCOPES.index(was.scope)


@given(cases())
def test_nothing_urgent_waits_and_a_no_without_harm_never_goes_without_somebodys_reason(case):
    area, facts = case
    found = decide(PACKS[area], dataclasses.replace(facts, form=Form.MARF))
    if found.urgent:
        assert found.verdict.passes
    elif found.verdict.passes and found.agreement in {State.REFUSED, State.WITHDRAWN}:
        weighed = any(one.outcome is Outcome.PROCEED and not one.own for one in (*facts.approvals, *facts.advice))
        assert weighed or facts.why_without.strip()


@given(cases())
def test_every_outcome_says_who_is_told_why_and_on_what_basis(case):
    area, facts = case
    pack = PACKS[area]
    found = decide(pack, facts)
    assert any(entry.relation in {Relation.PARENT, Relation.CARER} for entry in found.tell)
    assert found.reasons
    assert found.chosen_bases
    assert "art6-consent" not in found.chosen_bases
    if found.verdict is Verdict.MAY_SHARE_URGENT:
        assert found.urgent


@given(cases())
def test_nobody_in_the_family_is_to_be_told_while_the_guard_holds(case):
    area, facts = case
    pack = PACKS[area]
    found = decide(pack, facts)
    family = {Relation.PARENT, Relation.CARER, Relation.OTHER_ADULT, Relation.OTHER_CHILD, Relation.CHILD}
    whens = {entry.when.value for entry in found.tell if entry.relation in family}
    if found.guard.holds:
        assert whens <= {"told", "not_yet", "ask_front_door"}
        assert explain(found)[0].startswith("For the practitioner only.")
    else:
        assert not whens & {"not_yet", "ask_front_door"}


@given(cases())
def test_the_same_facts_give_the_same_decision_as_plain_json(case):
    area, facts = case
    pack = PACKS[area]
    one, other = decide(pack, facts), decide(pack, facts)
    assert one == other
    assert json.dumps(one.to_dict()) == json.dumps(other.to_dict())


@given(cases())
def test_people_in_any_order_give_the_same_verdict(case):
    area, facts = case
    pack = PACKS[area]
    turned = decide(pack, dataclasses.replace(facts, people=facts.people[::-1]))
    found = decide(pack, facts)
    children = [person for person in facts.people if person.relation is Relation.CHILD]
    if len(children) < 2:
        assert (found.verdict, found.scope, found.agreement) == (turned.verdict, turned.scope, turned.agreement)


@given(cases())
def test_golden_rules_and_explanation_answer_any_decision(case):
    area, facts = case
    pack = PACKS[area]
    found = decide(pack, facts)
    rules = answers(edition_of(pack), facts, found)
    assert [rule.number for rule in rules] == [1, 2, 3, 4, 5, 6, 7]
    assert all(rule.missing for rule in rules if rule.met is not Met.MET)
    assert all(rule.evidence for rule in rules if rule.met is not Met.MISSING)
    assert all(explain(found))
