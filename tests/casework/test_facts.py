"""Each question that the facts are read from: what an answer becomes, and that a missing one never becomes a no."""

import pytest

from referrals.casework.domain.facts import (
    NOBODY_YET,
    can_not_wait,
    children_of,
    judged_level,
    only_asked,
    route_facts,
)
from referrals.casework.domain.facts.asked import age
from referrals.record.domain.forms.marf import MARF
from referrals.record.domain.forms.parts import Per
from referrals.record.domain.forms.send_now import SEND_NOW
from tests.casework.answers import ON, checked, draft, person, shared
from tests.casework.support import area_pack
from thresholds.domain.check_when import AGE_NOT_KNOWN, Answer, ChildAge
from thresholds.domain.parts import AgencyKind, Flag, Harm
from thresholds.files import shipped_packs


def test_nothing_answered_is_not_known_everywhere():
    facts = checked(person())
    assert facts.harm is None
    assert facts.age == AGE_NOT_KNOWN
    assert (facts.moves_about, facts.protective_found, facts.open_case) == (Answer.NOT_KNOWN, Answer.NOT_KNOWN, None)
    assert facts.flags == frozenset()
    sharing = shared(person())
    assert (sharing.harm, sharing.levels, sharing.risk_from_telling) == (None, None, False)
    assert {sharing.competent, sharing.capacity, sharing.care_order, sharing.special_category} == {Answer.NOT_KNOWN}


@pytest.mark.parametrize("harm", list(Harm))
def test_harm_is_the_childs_own(harm):
    child = person(harm={"harm": harm.value})
    assert checked(child).harm is shared(child).harm is harm


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({"unborn": "yes", "expected": "2027-01"}, ChildAge(unborn=True)),
        ({"unborn": "no", "born": "2014-11-16"}, ChildAge(12, 12)),
        ({"unborn": "no", "born": "2014-11-17"}, ChildAge(11, 11)),
        ({"unborn": "no", "born": "2014-11"}, ChildAge(11, 12)),
        ({"unborn": "no", "born": "2014"}, ChildAge(11, 12)),
        ({"unborn": "no", "born": "2026"}, ChildAge(0, 0)),
        ({"unborn": "no", "born": "2027-03-01"}, AGE_NOT_KNOWN),
        ({"unborn": "no", "born": {"day": "", "month": "", "year": "spring"}}, AGE_NOT_KNOWN),
        ({"unborn": "no", "about_age": "about 12"}, ChildAge(11, 13)),
        ({"unborn": "no", "about_age": "12 or 13"}, ChildAge(11, 14)),
        ({"unborn": "no", "about_age": "8 months"}, ChildAge(0, 0)),
        ({"unborn": "no", "about_age": "six weeks old"}, ChildAge(0, 0)),
        ({"unborn": "no", "about_age": "30 weeks"}, ChildAge(0, 0)),
        ({"unborn": "no", "about_age": "a few weeks"}, ChildAge(0, 1)),
        ({"unborn": "no", "about_age": "newborn"}, ChildAge(0, 0)),
        ({"unborn": "no", "about_age": "a baby"}, ChildAge(0, 0)),
        ({"unborn": "no", "about_age": "0"}, ChildAge(0, 1)),
        ({"unborn": "no", "about_age": "18 months"}, ChildAge(0, 2)),
        ({"unborn": "no", "about_age": "2 years 3 months"}, ChildAge(1, 3)),
        ({"unborn": "no", "about_age": "one year 6 months"}, ChildAge(0, 2)),
        ({"unborn": "no", "about_age": "24 weeks pregnant"}, AGE_NOT_KNOWN),
        ({"unborn": "no", "about_age": "Year 11"}, ChildAge(15, 16)),
        ({"unborn": "no", "about_age": "Y7 or 8"}, ChildAge(11, 13)),
        ({"unborn": "no", "about_age": "in Reception"}, ChildAge(4, 5)),
        ({"unborn": "no", "about_age": "Year 8, 13 years old"}, ChildAge(12, 14)),
        ({"unborn": "no", "about_age": "11 years"}, ChildAge(10, 12)),
        ({"unborn": "no", "about_age": "born in 2014"}, AGE_NOT_KNOWN),
        ({"unborn": "no", "about_age": "toddler"}, AGE_NOT_KNOWN),
        ({}, AGE_NOT_KNOWN),
    ],
)
def test_age_is_as_wide_as_what_is_known(about, expected):
    assert age(person(child_about=about), ON) == expected


def test_descriptors_conditions_signs_and_factors_by_id():
    child = person(
        descriptors={
            "descriptors": [{"id": "tw-acute-002", "evidence": "A mark"}],
            "conditions": {"protective-parent": "no", "engaged": "not_known"},
            "harm_factors": ["young-parent"],
        },
        exploitation={"signs": ["sign-1"]},
        protective={"protective": ["close-friend"]},
    )
    facts = checked(child)
    assert facts.descriptors == {"tw-acute-002"}
    assert facts.conditions == {"protective-parent": Answer.NO, "engaged": Answer.NOT_KNOWN}
    assert facts.harm_factors == {"young-parent"}
    assert facts.signs == {"sign-1"}
    assert facts.protective_factors == {"close-friend"}
    assert facts.protective_found is Answer.YES


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"protective": ["none_found"]}, Answer.NO),
        ({"protective": ["none_found"], "protective_detail": "Her aunt"}, Answer.YES),
        ({"protective_not_known": True}, Answer.NOT_KNOWN),
        ({}, Answer.NOT_KNOWN),
    ],
)
def test_finding_no_strength_is_not_the_same_as_not_looking(answers, found):
    facts = checked(person(protective=answers))
    assert (facts.protective_found, facts.protective_factors) == (found, frozenset())


@pytest.mark.parametrize(
    "option",
    [option.value for option in MARF.page("circumstances").question("circumstances").options if option.value != "none"],
)
def test_each_circumstance_is_a_flag(option):
    assert Flag(option) in checked(person(circumstances={"circumstances": [option]})).flags


@pytest.mark.parametrize(
    ("pages", "own", "flag"),
    [
        ({"start": {"danger": "now"}}, {}, Flag.IMMEDIATE_DANGER),
        ({}, {"child_home": {"safe_tonight": "no"}}, Flag.IMMEDIATE_DANGER),
        ({"alleged": {"alleged_works_with_children": "yes"}}, {}, Flag.ALLEGATION_AGAINST_PROFESSIONAL),
        ({"concern": {"source": ["child"]}}, {"harm": {"harm": "not_sure"}}, Flag.DISCLOSURE),
        ({"concern": {"source": ["child"]}}, {}, Flag.DISCLOSURE),
        ({}, {"child_needs": {"disabled": "yes"}}, Flag.DISABILITY),
        ({}, {"child_about": {"unborn": "yes"}}, Flag.UNBORN),
        ({}, {"missing": {"missing_now": "yes"}}, Flag.IMMEDIATE_DANGER),
        (
            {},
            {"harm": {"injured": "yes"}, "child_needs": {"moves_about": "no"}},
            Flag.NON_MOBILE_INJURY,
        ),
        # Its card says: if you don't know, take it that they don't.
        (
            {},
            {"harm": {"injured": "yes"}, "child_needs": {"moves_about": "not_known"}},
            Flag.NON_MOBILE_INJURY,
        ),
        ({}, {"child_care": {"cared_by": "other", "care_28_days": "yes"}}, Flag.PRIVATE_FOSTERING),
        # Unknown is not no: it may be meant to last.
        ({}, {"child_care": {"cared_by": "other", "care_28_days": "not_known"}}, Flag.PRIVATE_FOSTERING),
        ({}, {"child_care": {"cared_by": "other"}}, Flag.PRIVATE_FOSTERING),
        ({}, {"child_care": {"immigration_status": ["no_funds", "alone"]}}, Flag.UNACCOMPANIED),
        ({}, {"child_school": {"education": "none"}}, Flag.NOT_IN_EDUCATION),
        ({"home_life": {"adults_have": ["domestic_abuse_now"]}}, {}, Flag.DOMESTIC_ABUSE),
        ({"home_life": {"adults_have": ["mental_health"]}}, {}, Flag.PARENTAL_MENTAL_HEALTH),
        ({"home_life": {"adults_have": ["substances"]}}, {}, Flag.PARENTAL_SUBSTANCE_MISUSE),
        (
            {"alleged": {"alleged_works_with_children": "no", "alleged_others": [{"who": "A coach", "works": "yes"}]}},
            {},
            Flag.ALLEGATION_AGAINST_PROFESSIONAL,
        ),
    ],
)
def test_flags_that_other_answers_tell(pages, own, flag):
    assert checked(person(**own), **pages).flags == {flag}


@pytest.mark.parametrize(
    ("pages", "own"),
    [
        ({}, {"harm": {"injured": "yes"}, "child_needs": {"moves_about": "yes"}}),
        ({}, {"harm": {"injured": "not_known"}, "child_needs": {"moves_about": "no"}}),
        ({}, {"child_care": {"cared_by": "other", "care_28_days": "no"}}),
        ({}, {"child_care": {"cared_by": "relative"}}),
        ({"home_life": {"adults_have": ["domestic_abuse_before"]}}, {}),
        ({"home_life": {"adults_have_not_known": True}}, {}),
        ({}, {"missing": {"missing_now": "not_known"}}),
    ],
)
def test_what_speaks_of_no_circumstance_tells_none(pages, own):
    assert checked(person(**own), **pages).flags == frozenset()


def test_what_a_child_told_is_no_disclosure_of_harm_where_harm_is_answered_no():
    child = person(harm={"harm": "no"})
    assert checked(child, concern={"source": ["child"]}).flags == frozenset()


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ({"danger": "no", "cannot_wait": "no"}, False),
        ({"danger": "no", "cannot_wait": "yes"}, True),
        ({"danger": "no", "cannot_wait": "not_sure"}, True),
        ({"danger": "now"}, True),
        ({"danger": "likely", "cannot_wait": "no"}, True),
        ({"danger": "not_sure", "cannot_wait": "no"}, True),
        ({}, False),
    ],
)
def test_danger_and_haste_are_never_taken_back(start, expected):
    assert can_not_wait(draft(pages={"start": start})) is expected
    assert shared(person(), start=start).cannot_wait is expected


@pytest.mark.parametrize(("said", "known"), [("yes", True), ("no", False), ("not_known", None)])
def test_social_worker_and_moving_about(said, known):
    child = person(child_services={"open_case": said}, child_needs={"moves_about": said})
    assert checked(child).open_case is known
    assert checked(child).moves_about is Answer(said)


def test_a_judged_level_of_another_pack_is_not_known():
    pack = area_pack()
    assert judged_level(person(judged={"judged_level": "complex"}), pack) == "complex"
    assert judged_level(person(judged={"judged_level": "level-4"}), pack) is None
    assert judged_level(person(judged={"judged_level": "not_known"}), pack) is None
    assert judged_level(person(), pack) is None


def test_pages_that_are_not_asked_any_more_do_not_count():
    child = person(
        child_about={"unborn": "yes"},
        child_needs={"disabled": "yes"},
        circumstances={"circumstances": ["neglect"]},
        exploitation={"signs": ["sign-1"]},
        gone={"disabled": "yes"},
    )
    asked = only_asked(MARF, draft(child)).children[0]
    # Signs may be recorded whatever the circumstances say: what somebody saw is never dropped.
    assert set(asked.pages) == {"child-about", "circumstances", "exploitation"}


def test_nobody_recorded_yet_stands_for_a_child():
    assert children_of(draft()) == (NOBODY_YET,)
    assert children_of(draft(one := person())) == (one,)


READ_KEYS = {
    Per.REFERRAL: """danger cannot_wait rang rang_on rang_at source alleged_works_with_children alleged_area worried
        needs_to_happen not_seeking not_seeking_why tried why_without risk_from_telling risk_from_telling_why
        special_category criminal_offence facts_apart_from_opinion asked_under_s47 identities_to_protect identities_how
        worry child_said why_not_told adults_have alleged alleged_others alleged_learned_on who_harms""",
    Per.CHILD: """unborn born about_age home_area found_area safe_tonight harm disabled moves_about open_case injured
        missing_now cared_by care_28_days immigration_status education circumstances descriptors conditions
        harm_factors signs protective protective_detail judged_level view view_absent_because said said_on
        said_to agreed_parts agreed_with limits words told_on competent competence_reasoning capacity capacity_why
        fgm_known fgm_learned_on fgm_regulated fgm_reported
        care_order authority_said authority_said_on authority_who not_asked_because not_asked_why""",
    Per.MEMBER: """relationship parental_responsibility born said said_on said_to agreed_parts agreed_with limits words
        told_on information_shared not_asked_because not_asked_why""",
}


@pytest.mark.parametrize(("per", "keys"), READ_KEYS.items())
def test_every_key_that_is_read_is_a_question_of_a_form(per, keys):
    asked = {
        question.key
        for form in (MARF, SEND_NOW)
        for page in form.pages
        if page.per is per
        for question in page.questions
    }
    assert set(keys.split()) <= asked


# what was answered about who may be causing harm → whether they may work with children although nobody says so
MAY_WORK: list[tuple[dict[str, object], bool]] = [
    ({}, False),
    ({"alleged": "no"}, False),
    ({"alleged": "yes"}, True),
    ({"alleged": "yes", "alleged_works_with_children": "not_known"}, True),
    ({"alleged": "yes", "alleged_works_with_children": "no"}, False),
    ({"alleged": "yes", "alleged_works_with_children": "yes"}, False),
    ({"alleged": "yes", "alleged_works_with_children": "no", "alleged_others": [{"who": "His brother"}]}, True),
    (
        {
            "alleged": "yes",
            "alleged_works_with_children": "no",
            "alleged_others": [{"who": "His brother", "works": "not_known"}],
        },
        True,
    ),
    (
        {"alleged": "yes", "alleged_works_with_children": "no", "alleged_others": [{"who": "A cousin", "works": "no"}]},
        False,
    ),
    (
        {
            "alleged": "yes",
            "alleged_works_with_children": "not_known",
            "alleged_others": [{"who": "A", "works": "yes"}],
        },
        False,
    ),
    ({"who_harms": "Her stepfather"}, True),
    ({"who_harms": "not_known"}, False),
    ({"who_harms": " "}, False),
]


@pytest.mark.parametrize(("answers", "expected"), MAY_WORK)
def test_not_known_whether_somebody_works_with_children_is_not_no(answers, expected):
    page = "worry" if "who_harms" in answers else "alleged"
    child = person()
    facts = route_facts(
        draft(child, pages={page: answers}),
        child,
        agency=AgencyKind.SCHOOL,
        on=ON,
        check=None,
        judged=None,
        agreement=None,
    )
    assert facts.may_work_with_children is expected


def test_every_circumstance_that_a_route_asks_for_can_be_told():
    """Where a document lists no descriptors, nothing but an answer can tell it."""
    asked = {flag for pack in shipped_packs() for route in pack.routes for flag in route.when.flags}
    (question,) = (one for page in MARF.pages for one in page.questions if one.key == "circumstances")
    ticked = {option.value for option in question.options}
    by_other_answers = {
        Flag.IMMEDIATE_DANGER,
        Flag.ALLEGATION_AGAINST_PROFESSIONAL,
        Flag.DISABILITY,
        Flag.DISCLOSURE,
        Flag.UNACCOMPANIED,
        Flag.UNBORN,
    }
    assert {flag for flag in asked if flag.value not in ticked} <= by_other_answers
