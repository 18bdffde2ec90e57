"""The decision rule by rule: who can agree, competence, approvals and advice, urgency."""

import datetime as dt

import pytest

from consent.domain.decide import decide
from consent.domain.facts import Form, NotSeeking, Outcome, Relation, Role, Said
from consent.domain.people import State
from consent.domain.result import AskState, ContradictionKind, Scope, Verdict
from tests.consent.support import NOW, PACKS, child, parent, recorded, word
from thresholds.domain.check_when import Answer, ChildAge
from thresholds.domain.parts import Flag, Harm

TELFORD = PACKS["telford-and-wrekin"]
STAFFORDSHIRE = PACKS["staffordshire"]
FURNESS = PACKS["westmorland-and-furness"]
BURY = PACKS["bury"]
WAKEFIELD = PACKS["wakefield"]


def kinds(found):
    return {one.kind for one in found.contradictions}


@pytest.mark.parametrize(
    ("person", "state"),
    [
        (parent(), State.GIVEN),
        (parent(Said.LIMITED), State.LIMITED),
        (parent(parental_responsibility=Answer.NO), State.NOT_KNOWN),
        (parent(parental_responsibility=Answer.NOT_KNOWN), State.NOT_KNOWN),
        (parent(said_at=NOW + dt.timedelta(minutes=1)), State.NOT_KNOWN),
        (parent(said_at=None), State.GIVEN),
        (parent(Said.WITHDRAWN), State.WITHDRAWN),
        (parent(Said.REFUSED, parental_responsibility=Answer.NOT_KNOWN), State.REFUSED),
        (parent(Said.REFUSED, parental_responsibility=Answer.NO), State.NOT_KNOWN),
        (parent(Said.NOT_SOUGHT), State.NOT_SOUGHT),
        (parent(relation=Relation.CARER), State.GIVEN),
        (parent(relation=Relation.OTHER_CHILD), State.NOT_KNOWN),
    ],
)
def test_whose_agreement_counts(person, state):
    assert decide(WAKEFIELD, recorded(person)).agreement is state


@pytest.mark.parametrize(
    ("care_order", "state"),
    [(Answer.YES, State.GIVEN), (Answer.NO, State.NOT_KNOWN), (Answer.NOT_KNOWN, State.NOT_KNOWN)],
)
def test_the_local_authority_agrees_under_a_care_order_only(care_order, state):
    authority = parent(id="authority", relation=Relation.LOCAL_AUTHORITY)
    assert decide(TELFORD, recorded(authority, care_order=care_order)).agreement is state


def test_separated_parents_one_agrees_and_one_refuses():
    facts = recorded(parent(), parent(Said.REFUSED, id="other"))
    found = decide(WAKEFIELD, facts)
    assert (found.agreement, found.verdict) == (State.DISPUTED, Verdict.ADVICE_NEEDED)
    assert ContradictionKind.PARENTS_DIFFER in kinds(found)
    assert decide(WAKEFIELD, recorded(*facts.people, advice=(word(Role.LEAD),))).verdict is Verdict.MAY_SHARE
    assert decide(WAKEFIELD, recorded(*facts.people, form=Form.EHA)).verdict is Verdict.ADVICE_NEEDED


@pytest.mark.parametrize(
    ("age", "competent", "reasoning", "verdict"),
    [
        (14, Answer.YES, "Explained it back in her own words.", Verdict.MAY_SHARE),
        (14, Answer.YES, "", Verdict.ADVICE_NEEDED),
        (14, Answer.NO, "Did not follow.", Verdict.TO_WEIGH),
        (14, Answer.NOT_KNOWN, "", Verdict.TO_WEIGH),
        (11, Answer.YES, "Explained it back in her own words.", Verdict.ADVICE_NEEDED),
        (16, Answer.NOT_KNOWN, "Talked it through.", Verdict.MAY_SHARE),
    ],
)
@pytest.mark.parametrize("form", Form)
def test_telford_and_wrekin_child_agrees_and_parents_refuse(age, competent, reasoning, verdict, form):
    found = decide(
        TELFORD,
        recorded(
            parent(Said.REFUSED),
            child(Said.GIVEN),
            form=form,
            age=ChildAge.exactly(age),
            competent=competent,
            competence_reasoning=reasoning,
        ),
    )
    assessment = Verdict.MAY_NOT if verdict is Verdict.TO_WEIGH else verdict
    assert found.verdict is (assessment if form is Form.EHA else verdict)
    if verdict.passes:
        assert found.agreement is State.CHILD_ONLY
        assert found.scope is Scope.AGREED_PARTS


@pytest.mark.parametrize(
    ("capacity", "state"),
    [(Answer.YES, State.CHILD_ONLY), (Answer.NOT_KNOWN, State.CHILD_ONLY), (Answer.NO, State.NOT_KNOWN)],
)
def test_at_16_capacity_is_assumed_and_can_be_doubted(capacity, state):
    found = decide(BURY, recorded(child(Said.GIVEN), age=ChildAge.exactly(16), capacity=capacity))
    assert found.agreement is state
    assert any("mental capacity" in thought.text for thought in found.thoughts)


@pytest.mark.parametrize(
    ("age", "competent", "said", "verdict"),
    [
        (15, Answer.YES, Said.GIVEN, Verdict.MAY_SHARE),
        (15, Answer.YES, Said.REFUSED, Verdict.ADVICE_NEEDED),
        (15, Answer.NOT_KNOWN, Said.NOT_KNOWN, Verdict.TO_WEIGH),
        (15, Answer.NO, Said.NOT_KNOWN, Verdict.MAY_SHARE),
        (13, Answer.NOT_KNOWN, Said.NOT_KNOWN, Verdict.MAY_SHARE),
        (13, Answer.YES, Said.NOT_KNOWN, Verdict.TO_WEIGH),
    ],
)
def test_westmorland_and_furness_asks_a_child_over_13_with_capacity_too(age, competent, said, verdict):
    found = decide(FURNESS, recorded(parent(), child(said), age=ChildAge.exactly(age), competent=competent))
    assert found.verdict is verdict


@pytest.mark.parametrize(
    ("said", "words", "verdict"),
    [
        (Said.NOT_SOUGHT, (), Verdict.NEEDS_APPROVAL),
        (Said.NOT_SOUGHT, (word(outcome=Outcome.ASKED, by="manager"),), Verdict.NEEDS_APPROVAL),
        (Said.NOT_SOUGHT, (word(),), Verdict.MAY_SHARE),
        (Said.NOT_SOUGHT, (word(Role.LEAD, by="lead"),), Verdict.NEEDS_APPROVAL),
        (Said.NOT_SOUGHT, (word(outcome=Outcome.DO_NOT),), Verdict.MAY_NOT),
        (Said.NOT_SOUGHT, (word(), word(outcome=Outcome.DO_NOT, by="second")), Verdict.MAY_NOT),
        (Said.NOT_SOUGHT, (word(by="teacher"),), Verdict.NEEDS_APPROVAL),
        (Said.REFUSED, (word(Role.LEAD, by="lead"),), Verdict.MAY_SHARE),
        (Said.REFUSED, (word(),), Verdict.MAY_SHARE),
        (Said.REFUSED, (), Verdict.NEEDS_APPROVAL),
    ],
)
def test_staffordshire_approvals(said, words, verdict):
    found = decide(STAFFORDSHIRE, recorded(parent(said), approvals=words))
    assert found.verdict is verdict
    assert (ContradictionKind.OWN_APPROVAL in kinds(found)) is any(one.own for one in words)


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ((), Verdict.ADVICE_NEEDED),
        ((word(Role.LEAD, by="lead"),), Verdict.MAY_SHARE),
        ((word(Role.LEAD, Outcome.DO_NOT, by="lead"),), Verdict.MAY_NOT),
    ],
)
def test_westmorland_and_furness_asks_for_advice_on_a_refusal(words, verdict):
    assert decide(FURNESS, recorded(parent(Said.REFUSED), advice=words)).verdict is verdict


@pytest.mark.parametrize(
    ("pack", "said", "verdict", "scope"),
    [
        (STAFFORDSHIRE, Said.NOT_SOUGHT, Verdict.MAY_SHARE_URGENT, Scope.ESSENTIALS),
        (STAFFORDSHIRE, Said.NOT_KNOWN, Verdict.MAY_SHARE_URGENT, Scope.ESSENTIALS),
        (TELFORD, Said.NOT_KNOWN, Verdict.MAY_SHARE_URGENT, Scope.ESSENTIALS),
        (TELFORD, Said.REFUSED, Verdict.MAY_SHARE_URGENT, Scope.ESSENTIALS),
        (STAFFORDSHIRE, Said.REFUSED, Verdict.MAY_SHARE_URGENT, Scope.ESSENTIALS),
        (TELFORD, Said.LIMITED, Verdict.MAY_SHARE, Scope.AGREED_PARTS),
    ],
)
def test_urgent_by_its_level_alone_waits_for_nothing_and_goes_with_the_essentials(pack, said, verdict, scope):
    found = decide(pack, recorded(parent(said), urgent=True, levels=frozenset({pack.levels[-1].id})))
    assert (found.verdict, found.scope) == (verdict, scope)
    assert not found.harm_possible
    told = any("told of the refusal" in reason for reason in found.reasons)
    assert told is said.refuses


@pytest.mark.parametrize(
    "more",
    [
        {"harm": Harm.SUSPECTED},
        {"harm": None},
        {"cannot_wait": True},
        {"risk_from_telling": True},
        {"flags": frozenset({Flag.FGM})},
        {"not_seeking": frozenset({NotSeeking.HARMFUL_DELAY})},
    ],
)
def test_what_waives_agreement(more):
    found = decide(TELFORD, recorded(parent(Said.REFUSED), **more))
    assert found.verdict is Verdict.MAY_SHARE
    assert found.harm_possible
    assert found.to_put_right == ()


def test_an_allegation_against_a_professional_waives_no_agreement_by_itself():
    flags = frozenset({Flag.ALLEGATION_AGAINST_PROFESSIONAL})
    found = decide(TELFORD, recorded(parent(Said.REFUSED), flags=flags))
    assert not found.harm_possible
    assert found.urgent


def test_a_child_under_the_areas_age_is_a_thought_and_decides_nothing():
    facts = recorded(
        parent(), child(Said.GIVEN), age=ChildAge.exactly(10), competent=Answer.YES, competence_reasoning="Clear."
    )
    found = decide(TELFORD, facts)
    assert found.verdict is Verdict.MAY_SHARE
    assert any("prompts at 12" in thought.text for thought in found.thoughts)


def test_an_approval_shows_where_it_stands():
    facts = recorded(parent(Said.NOT_SOUGHT), approvals=(word(),))
    assert [ask.state for ask in decide(STAFFORDSHIRE, facts).asks] == [AskState.PROCEED]


def test_agreement_that_does_not_count_yet_never_fares_worse_than_a_refusal():
    doubtful = parent(parental_responsibility=Answer.NOT_KNOWN)
    refused = parent(Said.REFUSED, parental_responsibility=Answer.NOT_KNOWN)
    for person in (doubtful, refused):
        assert decide(STAFFORDSHIRE, recorded(person, approvals=(word(),))).verdict is Verdict.MAY_SHARE
    assert decide(STAFFORDSHIRE, recorded(doubtful)).verdict is Verdict.TO_WEIGH


@pytest.mark.parametrize(
    ("people", "more", "verdict"),
    [
        ((), {}, Verdict.TO_WEIGH),
        ((), {"approvals": (word(Role.LEAD, by="lead"),)}, Verdict.MAY_SHARE),
        ((), {"approvals": (word(Role.LEAD, Outcome.DO_NOT, by="lead"),)}, Verdict.MAY_NOT),
        ((), {"approvals": (word(Role.LEAD, by="teacher"),)}, Verdict.TO_WEIGH),
        ((), {"nobody_to_ask": True}, Verdict.MAY_SHARE_FLAGGED),
        ((parent(Said.REFUSED),), {}, Verdict.TO_WEIGH),
        ((parent(Said.REFUSED),), {"approvals": (word(Role.LEAD, by="lead"),)}, Verdict.MAY_SHARE),
        ((parent(Said.REFUSED),), {"nobody_to_ask": True}, Verdict.MAY_NOT),
        ((parent(Said.REFUSED),), {"nobody_to_ask": True, "why_without": " "}, Verdict.MAY_NOT),
        ((parent(Said.REFUSED),), {"nobody_to_ask": True, "why_without": "Cold."}, Verdict.MAY_SHARE_FLAGGED),
        ((parent(), parent(Said.REFUSED, id="other")), {"nobody_to_ask": True}, Verdict.MAY_NOT),
        (
            (parent(Said.REFUSED, parental_responsibility=Answer.NO),),
            {"nobody_to_ask": True},
            Verdict.MAY_SHARE_FLAGGED,
        ),
        ((child(Said.REFUSED),), {"nobody_to_ask": True, "competent": Answer.YES}, Verdict.MAY_NOT),
        ((child(Said.REFUSED),), {"nobody_to_ask": True}, Verdict.MAY_SHARE_FLAGGED),
    ],
)
def test_what_is_routine_and_not_agreed_is_weighed_or_goes_flagged_and_a_no_never_without_a_reason(
    people, more, verdict
):
    found = decide(TELFORD, recorded(*people, **more))
    assert found.verdict is verdict
    if verdict is Verdict.MAY_SHARE_FLAGGED:
        assert found.scope is Scope.ESSENTIALS
    if verdict is Verdict.MAY_NOT and more.get("nobody_to_ask"):
        assert "with your reason it goes" in found.reasons[-1]


def test_a_parent_who_was_not_asked_brings_the_managers_approval_beside_anothers_refusal():
    people = (parent(Said.REFUSED), parent(Said.NOT_SOUGHT, id="other"))
    asks = decide(STAFFORDSHIRE, recorded(*people)).asks
    assert [ask.of for ask in asks] == [(Role.MANAGER,), (Role.MANAGER, Role.LEAD)]
    by_lead = decide(STAFFORDSHIRE, recorded(*people, approvals=(word(Role.LEAD, by="lead"),)))
    assert by_lead.verdict is Verdict.NEEDS_APPROVAL
