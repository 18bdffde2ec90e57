"""Telford & Wrekin: what the document says about particular circumstances, and what the check makes of it."""

import re
from collections import defaultdict

import pytest

from tests.thresholds.packs import telford_counts as counts
from thresholds.domain.check import check
from thresholds.domain.check_result import ChildFacts, ThresholdCheck
from thresholds.domain.check_when import Answer, ChildAge
from thresholds.domain.needs import Descriptor, ExploitationSign
from thresholds.domain.parts import Flag

PACK = counts.COUNTS.pack
BY_ID = PACK.descriptors_by_id
assert PACK.exploitation is not None
SIGNS = {sign.id: sign for category in PACK.exploitation.categories for sign in category.signs}
ENTRIES: tuple[Descriptor | ExploitationSign, ...] = (*PACK.descriptors, *SIGNS.values())
TEN = ChildAge.exactly(10)


def checked(*ids: str, age: ChildAge = TEN, conditions: dict[str, Answer] | None = None) -> ThresholdCheck:
    return check(
        PACK,
        ChildFacts(
            descriptors=frozenset(ids) & BY_ID.keys(),
            signs=frozenset(ids) & SIGNS.keys(),
            conditions=conditions or {},
            age=age,
        ),
    )


def overrides(result: ThresholdCheck) -> set[str]:
    return {override.id for override in result.overrides}


def the(level: str, words: str) -> Descriptor:
    """The one descriptor of a level whose wording holds `words`."""
    (found,) = (one for one in PACK.descriptors if one.level == level and words in one.wording)
    return found


@pytest.mark.parametrize(
    ("level", "domain", "words", "line"),
    [
        ("acute", "basic-care", "bruise on a baby", "211"),
        ("acute", "basic-care", "not an accident", "211"),
        ("acute", "basic-care", "adults out of the home", "206"),
        ("acute", "family-wellbeing", "seeking asylum alone", "223"),
        ("acute", "family-wellbeing", "respite care", "223"),
        ("acute", "housing-money", "is homeless", "233"),
        ("acute", "health", "Fabricated or induced illness", "248"),
        ("acute", "health", "Female genital mutilation", "253"),
        ("acute", "emotional", "is being married", "260"),
        ("acute", "emotional", "radicalisation", "260"),
        ("acute", "self-care", "Left at home alone", "267"),
        ("complex", "basic-care", "unborn baby, 12 weeks", "206"),
        ("complex", "family-wellbeing", "Privately fostered", "223"),
        ("complex", "family-wellbeing", "MARAC", "223"),
        ("complex", "health", "under 13 is sexually active", "253"),
        ("complex", "health", "self-harm and suicidal thoughts", "248"),
        ("complex", "child-relationships", "young carer", "265"),
        ("vulnerable", "family-wellbeing", "young carer", "223"),
        ("vulnerable", "learning", "95%", "241"),
        ("vulnerable", "self-care", "at 13 or 14", "267"),
        ("universal", "learning", "96%", "241"),
    ],
)
def test_a_circumstance_stands_where_the_document_has_it(level, domain, words, line):
    descriptor = the(level, words)
    assert (descriptor.domain, descriptor.citation.lines) == (domain, line)
    reasons = {reason.id: (reason.lowest, reason.highest) for reason in checked(descriptor.id).reasons}
    assert reasons[descriptor.id] == (level, level)


@pytest.mark.parametrize(
    ("level", "words", "override"),
    [
        ("acute", "bruise on a baby", "nat-non-mobile-injury"),
        ("acute", "Female genital mutilation", "nat-fgm"),
        ("acute", "Fabricated or induced illness", "nat-fabricated-illness"),
        ("acute", "is being married", "nat-forced-marriage"),
        ("acute", "Honour-based abuse", "nat-forced-marriage"),
        ("acute", "Exposed to FGM", "nat-fgm"),
        ("acute", "After sexual abuse", "nat-sexual-abuse"),
        ("acute", "has sexually abused", "nat-sexual-abuse"),
        ("acute", "significant sexual harm", "nat-sexual-abuse"),
        ("acute", "subject to sexual abuse", "nat-sexual-abuse"),
        ("acute", "sexually transmitted infection", "nat-sexual-abuse"),
        ("acute", "Suicide attempts", "nat-suicide-attempt"),
        ("complex", "sexual coercion", "nat-sexual-abuse"),
        ("complex", "under 13 is sexually active", "nat-under-13"),
    ],
)
def test_a_national_override_speaks(level, words, override):
    result = checked(the(level, words).id)
    assert override in overrides(result)
    if override != "nat-suicide-attempt":
        assert result.indicated.highest == "acute"


@pytest.mark.parametrize(
    "words", ["has neglected", "has physically abused", "significant harm through neglect", "After abuse or neglect"]
)
def test_abuse_of_another_kind_does_not_guard_the_family_from_being_told(words):
    assert "nat-sexual-abuse" not in overrides(checked(the("acute", words).id))


@pytest.mark.parametrize(
    ("level", "words", "age", "speaks"),
    [
        ("vulnerable", "at 13 or 14", 12, True),
        ("vulnerable", "at 13 or 14", 13, False),
        ("complex", "child of 13 is sexually active", 13, False),
        ("vulnerable", "at 15 or older", 16, False),
        ("complex", "Pregnant as a teenager", 12, True),
        ("complex", "Pregnant as a teenager", 15, False),
        ("vulnerable", "Signs of unprotected sex", 12, True),
        ("vulnerable", "Signs of drug or alcohol use", 12, False),
    ],
)
def test_under_thirteen_the_override_speaks_whatever_the_level(level, words, age, speaks):
    result = checked(the(level, words).id, age=ChildAge.exactly(age))
    assert ("nat-under-13" in overrides(result)) is speaks
    assert result.indicated.highest == ("acute" if speaks else level)


def test_thirteen_stands_at_both_levels_that_print_it():
    """T253 against T267: both kept."""
    ages = {the("complex", "child of 13 is").age, the("vulnerable", "at 13 or 14").age}
    assert {(age.from_years, age.under_years) for age in ages if age} == {(13, 14), (13, 15)}


@pytest.mark.parametrize(
    ("condition", "if_yes", "if_no"),
    [
        ("parents-engage-education", "complex", "acute"),
        ("parents-engaged-missing", "complex", "acute"),
        ("home-hygiene-plan", "vulnerable", "complex"),
        ("missed-appointments-made-good", "vulnerable", "complex"),
    ],
)
def test_pairs_show_the_higher_until_the_condition_is_known(condition, if_yes, if_no):
    (lower,) = (one for one in PACK.descriptors if one.twin and one.twin.condition == condition and one.twin.holds)
    for answer, level in ((Answer.YES, if_yes), (Answer.NO, if_no), (Answer.NOT_KNOWN, if_no)):
        assert checked(lower.id, conditions={condition: answer}).indicated.highest == level
    assert {one.twin.condition for one in PACK.descriptors if one.twin} == {one.id for one in PACK.conditions}


IDENTITY = re.compile(
    r"^(ethnicity|cultural|being a looked after|being, or asking|special educational|deprivation|belonging to)"
    r"|asylum or are refugees|drill music",
    re.IGNORECASE,
)
BENIGN = re.compile(
    r"^(takes part in education|the accommodation meets|family, parent or carer give support|they communicate well"
    r"|the community protects|has some support|family and friends give some|attends an alternative)"
    r"|poor educational achievement",
    re.IGNORECASE,
)


def test_who_somebody_is_and_what_is_benign_raises_nothing():
    silent = {one.id for one in ENTRIES if not one.raises}
    assert silent == {one.id for one in ENTRIES if IDENTITY.search(one.wording) or BENIGN.search(one.wording)}
    assert not {flag for one in ENTRIES if not one.raises for flag in one.flags}
    result = checked(*silent)
    assert not result.reasons
    assert result.indicated.highest is None
    assert {one.id for one in result.listed_only} == silent


def test_who_the_parents_are_and_how_they_live_prompts_nothing():
    silent = {factor.wording for factor in PACK.harm_factors if not factor.raises}
    assert silent == {
        "The family is at a disadvantage, economically and socially",
        "The parents are young",
        "A parent or carer has a physical disability",
        "A parent or carer has a learning disability",
    }


def test_repeated_signs_name_one_another():
    alike = defaultdict(set)
    for sign in SIGNS.values():
        alike[sign.wording].add(sign.id)
    for sign in SIGNS.values():
        assert alike[sign.wording] - {sign.id} <= set(sign.also)
        assert all(sign.id in SIGNS[other].also for other in sign.also)


def test_a_sign_at_one_level_that_is_repeated_higher_is_asked_about():
    hidden = next(s for s in SIGNS.values() if s.wording.startswith("Hides") and s.level == "complex")
    result = checked(hidden.id)
    assert result.indicated.highest == "complex"
    assert f"also:{hidden.id}" in {question.key for question in result.questions}


def test_signs_are_not_summed():
    vulnerable = {sign.id for sign in SIGNS.values() if sign.level == "vulnerable"}
    assert checked(*vulnerable).indicated.highest == "vulnerable"


@pytest.mark.parametrize("category", PACK.exploitation.categories, ids=lambda one: one.id)
def test_signs_of_one_category_at_several_levels_all_stand_and_the_highest_decides(category):
    chosen = [next(one for one in category.signs if one.raises and one.level == level) for level in counts.LEVELS[1:]]
    for picked in (chosen[:2], chosen[::2], chosen[1:], chosen):
        result = checked(*(sign.id for sign in picked))
        reasons = {one.id: (one.lowest, one.highest) for one in result.reasons if one.id in SIGNS}
        assert reasons == {sign.id: (sign.level, sign.level) for sign in picked}
        # An override may raise it above what the signs say, and nothing lowers it.
        assert (result.indicated.lowest, result.indicated.highest) in {(picked[-1].level,) * 2, ("acute", "acute")}
        assert result.indicated.highest == picked[-1].level or overrides(result)


def test_trafficking_signs_call_the_national_referral_mechanism():
    flagged = {sign.id for sign in SIGNS.values() if Flag.TRAFFICKING in sign.flags}
    assert all("nat-trafficking" in overrides(checked(one)) for one in flagged)
    assert {SIGNS[one].citation.lines for one in flagged} == {"507", "511", "514", "524"}


@pytest.mark.parametrize(
    ("sign", "override"),
    [
        ("reluctant to report a sexual assault", "nat-sexual-abuse"),
        ("reluctant to report a physical assault", "nat-disclosure"),
        ("Sexually transmitted infections more often", "nat-sexual-abuse"),
        ("carried inside the body", "nat-sexual-abuse"),
        ("pay off a debt", "nat-trafficking"),
        ("Evidence of exploitation", "nat-trafficking"),
    ],
)
def test_a_sign_calls_the_override_of_what_it_means(sign, override):
    (found,) = (one.id for one in SIGNS.values() if sign in one.wording)
    assert override in overrides(checked(found))


@pytest.mark.parametrize(
    ("words", "has", "lacks"),
    [
        ("A child under 16 is homeless", set(), {Flag.HOMELESS_16_17}),
        ("Homeless at 16 or 17", {Flag.HOMELESS_16_17}, set()),
        ("another criminal group", {Flag.SERIOUS_CRIME}, {Flag.RADICALISATION}),
        ("extremist or other harmful group", {Flag.RADICALISATION}, {Flag.SERIOUS_CRIME}),
        ("serious illness or emotional ill health", {Flag.NEGLECT}, {Flag.DISABILITY}),
        ("a high-level disability", {Flag.DISABILITY}, set()),
    ],
)
def test_what_calls_for_different_action_stands_by_itself(words, has, lacks):
    flags = set(the("acute", words).flags)
    assert has <= flags
    assert not lacks & flags


def flagged(flag: Flag) -> set[str]:
    return {sign.id.removeprefix("tw-ce-") for sign in SIGNS.values() if flag in sign.flags}


def test_what_other_children_do_or_where_a_child_is_taught_is_no_mark_of_this_child():
    assert not flagged(Flag.MISSING) & {"03-03", "03-08"}
    assert flagged(Flag.NOT_IN_EDUCATION) == {"05-13"}


def test_a_crime_to_report_is_one_that_the_police_may_not_know():
    """An arrest, a charge or police intelligence asks nobody to report it; an assault, abduction or threat does."""
    assert not flagged(Flag.SERIOUS_CRIME) & {"09-07", "09-08", "09-09", "09-10", "09-12", "09-13", "09-14"}
    suffered = {"02-10", "02-11", "02-19", "03-23", "06-14", "07-23", "07-24", "09-20", "09-21", "09-22"}
    assert suffered <= flagged(Flag.SERIOUS_CRIME)


def test_signs_below_acute_that_say_nothing_of_sex_or_grooming_leave_parents_to_protect_their_child():
    """T491: parents are helped to understand the risk; the mark of sexual exploitation keeps them from being told."""
    below = {one.removeprefix("tw-ce-") for one in SIGNS if SIGNS[one].level != "acute"}
    assert flagged(Flag.SEXUAL_EXPLOITATION) & below == {
        "03-09",  # involvement in exploitation
        "03-13",  # cars of adults nobody knows
        "03-14",  # cars of suspected perpetrators
        "04-09",  # grooming
        "06-04",  # sexual images
        "06-06",  # grooming
        "06-08",  # grooming, coercion or exploitation
    }


def test_an_injury_and_an_admission_of_harm_are_two_warning_signs():
    (injury, admission) = (one for one in PACK.harm_factors if one.warning and one.citation.lines == "421")
    assert Flag.SERIOUS_CRIME not in injury.flags
    assert {Flag.PHYSICAL_ABUSE, Flag.SERIOUS_CRIME} <= set(admission.flags)


@pytest.mark.parametrize(
    ("level", "words", "has", "lacks"),
    [
        ("acute", "organised crime, the child's own", {Flag.SERIOUS_CRIME, Flag.GANG}, set()),
        ("acute", "Honour-based abuse", {Flag.HONOUR_BASED_ABUSE, Flag.FORCED_MARRIAGE}, set()),
        ("acute", "in the name of honour", {Flag.HONOUR_BASED_ABUSE, Flag.FORCED_MARRIAGE}, set()),
        ("acute", "leave other carers without instructions", {Flag.NEGLECT}, {Flag.DISABILITY}),
        ("complex", "injures brothers or sisters", {Flag.PHYSICAL_ABUSE}, {Flag.DISABILITY}),
        ("complex", "open the way to exploitation", {Flag.CRIMINAL_EXPLOITATION}, {Flag.SEXUAL_EXPLOITATION}),
        ("complex", "Persistently or severely absent", set(), {Flag.NOT_IN_EDUCATION}),
    ],
)
def test_a_descriptor_leads_to_what_it_says_and_to_nothing_else(level, words, has, lacks):
    flags = set(the(level, words).flags)
    assert has <= flags
    assert not lacks & flags


def test_a_baby_hurt_by_a_brother_or_sister_is_seen_today():
    baby = ChildAge.exactly(0)
    assert "nat-non-mobile-injury" in overrides(checked(the("complex", "injures brothers or sisters").id, age=baby))


def test_a_kept_appointment_in_which_the_parents_take_no_part_is_answered_with_no():
    """One question decides between both descriptors, so it asks about all that the higher one names."""
    (condition,) = (one for one in PACK.conditions if one.id == "missed-appointments-made-good")
    assert "take part" in condition.question


@pytest.mark.parametrize(
    ("level", "words", "term"),
    [
        ("acute", "adults out of the home", "ex-partner"),
        ("acute", "lives with, or is left with", "mum's new boyfriend"),
        ("acute", "seeking asylum alone", "asylum"),
        ("acute", "is being married", "wedding"),
        ("acute", "removed from this parent", "adopted"),
        ("complex", "Privately fostered", "guardian"),
    ],
)
def test_who_somebody_is_finds_nothing_grave(level, words, term):
    assert term not in the(level, words).terms


def test_words_are_short_and_searchable():
    for one in ENTRIES:
        assert len(one.wording) <= 140, one.id
        assert 3 <= len(one.terms) <= 8, one.id
        assert len(set(one.terms)) == len(one.terms), one.id


def test_an_id_tells_area_level_or_category():
    for descriptor in PACK.descriptors:
        assert re.fullmatch(rf"tw-{descriptor.level}-\d{{3}}", descriptor.id)
    assert all(re.fullmatch(r"tw-ce-(0[1-9]|10)-\d{2}", sign) for sign in SIGNS)


def test_no_two_descriptors_of_a_level_read_alike():
    seen = [(one.level, one.wording) for one in PACK.descriptors]
    assert len(seen) == len(set(seen))


def test_what_is_met_carries_no_flag():
    assert not [one.id for one in PACK.descriptors if one.level == "universal" and one.flags]


def test_every_level_has_services_and_a_next_step():
    assert [one.level for one in PACK.services] == list(counts.LEVELS)
    assert all(one.services and one.next_steps for one in PACK.services)
