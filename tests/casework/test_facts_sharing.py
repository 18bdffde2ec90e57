"""Each question that the decision to share reads: what an answer becomes, and that a missing one never becomes a no."""

from datetime import UTC, datetime, timedelta

import pytest

from consent.domain.facts import NotSeeking, Relation, Said
from referrals.casework.domain.facts import (
    NOBODY_YET,
    agreement_of,
    sharing_facts,
)
from tests.casework.answers import ON, draft, person, shared
from tests.casework.support import area_pack
from thresholds.domain.check_when import Answer
from thresholds.domain.parts import Agreement


@pytest.mark.parametrize("said", list(Said))
def test_what_everybody_said(said):
    answers = {
        "said": said.value,
        "said_on": "2026-11-13",
        "said_to": "The tutor",
        "words": "In their words",
        "limits": "School only",
        "told_on": "2026-11-14",
    }
    facts = shared(person(child_sharing=answers), person(member_sharing=answers, member_about={"relationship": "mum"}))
    for one in facts.people:
        assert (one.said, one.asked_by, one.words, one.limits) == (said, "The tutor", "In their words", "School only")
        assert one.said_at == datetime(2026, 11, 13, tzinfo=UTC)
        assert one.told_at == datetime(2026, 11, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("about", "relation"),
    [
        ({"relationship": "mother"}, Relation.PARENT),
        ({"relationship": "Dad of Robin", "parental_responsibility": "no"}, Relation.PARENT),
        ({"relationship": "stepfather"}, Relation.CARER),
        ({"relationship": "step-mother", "parental_responsibility": "yes"}, Relation.CARER),
        ({"relationship": "grandmother"}, Relation.CARER),
        ({"relationship": "foster carer"}, Relation.CARER),
        ({"relationship": "mum's partner"}, Relation.CARER),
        ({"relationship": "big brother"}, Relation.OTHER_CHILD),
        ({"relationship": "lodger", "born": "2012-03"}, Relation.OTHER_CHILD),
        ({"relationship": "mother", "born": "2010-03"}, Relation.PARENT),
        ({"relationship": "sister", "parental_responsibility": "yes"}, Relation.CARER),
        ({"relationship": "neighbour"}, Relation.OTHER_ADULT),
        ({"relationship": "neighbour", "parental_responsibility": "yes"}, Relation.CARER),
        ({"relationship_not_known": True}, Relation.CARER),
        ({"relationship_not_known": True, "parental_responsibility": "no"}, Relation.OTHER_ADULT),
    ],
)
def test_who_somebody_is_to_the_child(about, relation):
    facts = shared(person(), person(member_about=about))
    assert facts.people[1].relation is relation


def test_an_unborn_child_says_nothing_and_somebody_who_stands_for_one_neither():
    assert shared(person(child_about={"unborn": "yes"})).people == ()
    assert shared(NOBODY_YET).people == ()


def test_whose_information_it_holds():
    said: tuple[dict[str, str], ...] = ({"information_shared": "yes"}, {"information_shared": "no"}, {})
    facts = shared(person(), *(person(member_sharing=one) for one in said))
    assert [one.information_shared for one in facts.people[1:]] == [True, False, True]


@pytest.mark.parametrize("reason", [one.value for one in NotSeeking])
def test_why_nobody_was_asked(reason):
    page = {"not_seeking": [reason], "not_seeking_why": "Fear", "tried": "Rang twice", "why_without": "Harm"}
    facts = shared(person(), without_agreement=page)
    assert facts.not_seeking == {NotSeeking(reason)}
    assert (facts.not_seeking_why, facts.tried, facts.why_without) == ("Fear", "Rang twice", "Harm")


@pytest.mark.parametrize(("said", "risk"), [("yes", True), ("not_known", True), ("no", False)])
def test_not_knowing_whether_telling_is_a_risk_is_one(said, risk):
    facts = shared(person(), telling={"risk_from_telling": said, "risk_from_telling_why": "Him"})
    assert (facts.risk_from_telling, facts.risk_from_telling_why) == (risk, "Him")


def test_that_nobody_answered_whether_telling_is_a_risk_is_known_of_a_referral_and_no_reason_of_harm():
    assert shared(person(), worry={"worry": "Cold", "family_told": "yes"}).telling_unanswered
    assert not shared(person(), worry={"worry": "Cold"}).risk_from_telling
    assert not shared(person(), telling={"risk_from_telling": "no"}).telling_unanswered


def test_the_first_facts_say_why_the_family_is_not_told():
    facts = shared(person(), worry={"worry": "Cold", "why_not_told": "He hits her", "child_said_not_known": True})
    assert (facts.risk_from_telling, facts.risk_from_telling_why) == (True, "He hits her")
    assert facts.purpose == "Cold"
    assert facts.child_view_absent_why
    assert shared(person(), worry={"child_said": "I am cold"}).child_view == "I am cold"


def test_each_persons_reason_for_not_being_asked_counts_and_is_theirs():
    reached = {"said": "not_sought", "not_asked_because": ["not_reached"], "not_asked_why": "Rang on two days."}
    afraid = {"said": "not_sought", "not_asked_because": ["risk_to_child"], "not_asked_why": "He hits."}
    asked = {"said": "given", "not_asked_because": ["serious_crime"]}
    facts = shared(person(), *(person(member_sharing=one) for one in (reached, afraid, asked)))
    assert facts.not_seeking == {NotSeeking.NOT_REACHED, NotSeeking.RISK_TO_CHILD}
    assert (facts.not_seeking_why, facts.tried) == ("Rang on two days.", "Rang on two days.")
    assert [one.not_seeking for one in facts.people[1:]] == [
        {NotSeeking.NOT_REACHED},
        {NotSeeking.RISK_TO_CHILD},
        frozenset(),
    ]


def test_under_a_care_order_the_local_authority_speaks_too():
    said = {"authority_said": "given", "authority_said_on": "2026-11-13", "authority_who": "Her social worker agreed."}
    child = person(child_care_order={"care_order": "yes", **said})
    authority = next(one for one in shared(child).people if one.relation is Relation.LOCAL_AUTHORITY)
    assert (authority.said, authority.words) == (Said.GIVEN, "Her social worker agreed.")
    assert agreement_of(area_pack(), shared(child)) == frozenset({Agreement.GIVEN})
    without = shared(person(child_care_order={"care_order": "no", **said}))
    assert not any(one.relation is Relation.LOCAL_AUTHORITY for one in without.people)


def test_doubted_capacity_is_explained():
    assert shared(person(child_understands={"capacity_why": "She could not repeat it."})).competence_reasoning


def test_competence_capacity_order_view_and_what_it_holds():
    child = person(
        child_sharing={"competent": "yes", "competence_reasoning": "Her words", "capacity": "no", "care_order": "yes"},
        child_view={"view": "I want quiet"},
    )
    holds = {
        "special_category": "yes",
        "criminal_offence": "no",
        "facts_apart_from_opinion": "yes",
        "asked_under_s47": "yes",
    }
    telling = {"identities_to_protect": "yes", "identities_how": "By initials"}
    facts = shared(child, what_it_holds=holds, telling=telling, analysis={"needs_to_happen": "A visit"})
    assert (facts.competent, facts.capacity, facts.care_order) == (Answer.YES, Answer.NO, Answer.YES)
    assert (facts.competence_reasoning, facts.child_view, facts.purpose) == ("Her words", "I want quiet", "A visit")
    assert (facts.special_category, facts.criminal_offence) == (Answer.YES, Answer.NO)
    assert (facts.facts_apart_from_opinion, facts.asked_under_s47) == (Answer.YES, True)
    assert (facts.identities_to_protect, facts.identities_how) == (Answer.YES, "By initials")
    absent = shared(person(child_view={"view_absent_because": "Asleep"}))
    assert (absent.child_view, absent.child_view_absent_why) == ("", "Asleep")


def test_agreement_in_the_words_of_the_routes():
    mother = person(
        member_about={"relationship": "mother", "parental_responsibility": "yes"}, member_sharing={"said": "given"}
    )
    child = person(child_about={"unborn": "no", "born": "2020-01-01"})
    assert agreement_of(area_pack(), shared(child, mother)) == frozenset({Agreement.GIVEN})
    assert agreement_of(area_pack(), shared(child)) is None


def test_a_naive_moment_is_refused():
    child = person()
    with pytest.raises(ValueError, match="time zone"):
        sharing_facts(
            draft(child),
            child,
            at=datetime(2026, 11, 16) - timedelta(),  # noqa: DTZ001
            on=ON,
            agency=None,
            check=None,
            judged=None,
            urgent=False,
            out_of_hours=None,
        )
