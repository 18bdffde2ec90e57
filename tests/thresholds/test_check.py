"""The threshold check on a small made pack: tables for each rule, and the properties that must never break."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.thresholds.check_facts import MADE, PARTS, facts, made
from thresholds.domain.check import check
from thresholds.domain.check_result import IndicatedKind, PromptKind, Source
from thresholds.domain.check_when import Answer, ChildAge
from thresholds.domain.duties import Silence, Silent
from thresholds.domain.parts import Flag, Harm

ORDER = MADE.level_order


def indicated(**recorded):
    found = check(MADE, facts(**recorded)).indicated
    return found.lowest, found.highest


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"hungry"}, ("low", "low")),
        ({"left-alone"}, ("middle", "middle")),
        ({"hungry", "left-alone"}, ("middle", "middle")),
        ({"shared-list"}, ("middle", "high")),
        ({"shared-list", "hit"}, ("high", "high")),
        ({"shared-list", "left-alone"}, ("middle", "high")),
        ({"teenager-alone"}, ("middle", "middle")),
    ],
)
def test_levels_and_ranges(chosen, expected):
    assert indicated(descriptors=chosen, harm=Harm.NO) == expected


@pytest.mark.parametrize("chosen", [set(), {"speaks-polish"}, {"not-there"}])
def test_nothing_that_points_to_a_level_is_unknown(chosen):
    found = check(MADE, facts(descriptors=chosen, harm=Harm.NO))
    assert found.indicated.kind is IndicatedKind.UNKNOWN
    assert found.levels == frozenset()
    assert not found.indicated.reaches_s47


@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        (Harm.NO, IndicatedKind.LEVEL),
        (None, IndicatedKind.UNKNOWN),
        (Harm.NOT_SURE, IndicatedKind.UNKNOWN),
        (Harm.SUSPECTED, IndicatedKind.UNKNOWN),
        (Harm.YES, IndicatedKind.UNKNOWN),
    ],
)
def test_the_lowest_level_needs_harm_answered_no(harm, kind):
    assert check(MADE, facts(descriptors={"hungry"}, harm=harm)).indicated.kind is kind


def test_reasons_carry_their_citation_and_come_highest_first():
    reasons = check(MADE, facts(descriptors={"hungry", "hit", "left-alone"})).reasons
    assert [reason.id for reason in reasons] == ["hit", "left-alone", "hungry"]
    assert reasons[0].citation.reads() == "Tables, line 33"
    assert all(reason.source is Source.DESCRIPTOR for reason in reasons)


@pytest.mark.parametrize(
    ("chosen", "answer", "shown"),
    [
        ("protected", None, "unprotected"),
        ("protected", Answer.NOT_KNOWN, "unprotected"),
        ("protected", Answer.NO, "unprotected"),
        ("protected", Answer.YES, "protected"),
        ("unprotected", None, "unprotected"),
        ("unprotected", Answer.NO, "unprotected"),
        ("unprotected", Answer.YES, "unprotected"),
    ],
)
def test_the_higher_twin_shows_until_the_condition_is_known(chosen, answer, shown):
    conditions = {} if answer is None else {"protective": answer}
    found = check(MADE, facts(descriptors={chosen}, conditions=conditions))
    assert [(reason.id, reason.chosen) for reason in found.reasons] == [(shown, chosen)]


@pytest.mark.parametrize(("answer", "known"), [(None, Answer.NOT_KNOWN), (Answer.NO, Answer.NO)])
def test_what_was_chosen_stands_beside_the_twin_that_counts(answer, known):
    conditions = {} if answer is None else {"protective": answer}
    (reason,) = check(MADE, facts(descriptors={"protected"}, conditions=conditions)).reasons
    chosen = reason.in_place_of
    assert chosen is not None
    assert (chosen.wording, chosen.lowest, chosen.highest) == ("Wording of protected.", "middle", "middle")
    assert chosen.answer is known
    assert chosen.question == next(one.question for one in MADE.conditions if one.id == "protective")
    (itself,) = check(MADE, facts(descriptors={"unprotected"}, conditions=conditions)).reasons
    assert itself.in_place_of is None


@pytest.mark.parametrize(
    ("chosen", "answer", "asked"),
    [
        ("protected", Answer.NOT_KNOWN, True),
        ("protected", Answer.YES, False),
        ("unprotected", Answer.NO, False),
        ("unprotected", Answer.YES, True),
    ],
)
def test_an_unknown_or_contradicting_condition_is_asked_about(chosen, answer, asked):
    found = check(MADE, facts(descriptors={chosen}, conditions={"protective": answer}))
    assert any(question.key == "condition:protective" for question in found.questions) is asked


def test_both_twins_chosen_are_one_reason():
    found = check(MADE, facts(descriptors={"protected", "unprotected"}))
    assert [(reason.id, reason.chosen) for reason in found.reasons] == [("unprotected", "unprotected")]


@pytest.mark.parametrize(
    ("age", "outside", "asked"),
    [
        (ChildAge.exactly(14), False, False),
        (ChildAge.exactly(9), True, False),
        (ChildAge(10, 14), False, True),
        (ChildAge(unborn=True), True, False),
        (ChildAge(), False, True),
    ],
)
def test_a_descriptor_outside_its_ages_counts_and_is_asked_about(age, outside, asked):
    found = check(MADE, facts(descriptors={"teenager-alone"}, age=age))
    assert found.indicated.lowest == "middle"
    assert found.reasons[0].outside_age is outside
    keys = {question.key for question in found.questions}
    assert ("outside_age:teenager-alone" in keys) is outside
    assert ("age" in keys) is asked


def test_what_is_benign_is_listed_and_raises_nothing_and_calls_no_override():
    found = check(MADE, facts(descriptors={"speaks-polish", "left-alone"}, signs={"sign-phone"}, harm=Harm.NO))
    assert {beside.id for beside in found.listed_only} == {"speaks-polish", "sign-phone"}
    assert all(beside.why_not for beside in found.listed_only)
    assert found.indicated.highest == "middle"
    assert found.overrides == ()


def test_signs_raise_singly_and_are_never_summed():
    one = check(MADE, facts(signs={"sign-car"}))
    all_signs = check(MADE, facts(signs={"sign-car", "sign-late", "sign-money", "sign-phone"}))
    assert (one.indicated.lowest, one.indicated.highest) == ("middle", "middle")
    assert all_signs.indicated == one.indicated
    assert not [prompt for prompt in all_signs.prompts if prompt.kind is PromptKind.CUMULATIVE]


@pytest.mark.parametrize(
    ("signs", "shown"),
    [
        (set(), None),
        ({"sign-phone"}, (0, None)),
        ({"sign-late"}, (1, "low")),
        ({"sign-late", "sign-car", "sign-money", "sign-phone"}, (3, "middle")),
    ],
)
def test_the_exploitation_indicator_shows_its_highest_sign_and_adds_none_up(signs, shown):
    found = check(MADE, facts(signs=signs)).exploitation
    assert (found and (found.seen, found.highest)) == shown


@pytest.mark.parametrize(
    ("flags", "signs", "asked"),
    [
        ({Flag.CRIMINAL_EXPLOITATION}, set(), True),
        ({Flag.MISSING}, {"sign-late"}, False),
        ({Flag.DISABILITY}, set(), False),
    ],
)
def test_what_points_to_exploitation_asks_for_the_indicator_while_no_sign_is_chosen(flags, signs, asked):
    found = check(MADE, facts(flags=flags, signs=signs))
    assert ("indicator" in {one.key for one in found.questions}) is asked


def test_a_sign_that_the_document_repeats_higher_is_asked_about():
    found = check(MADE, facts(signs={"sign-late"}, harm=Harm.NO))
    question = next(question for question in found.questions if question.key == "also:sign-late")
    assert question.could_reach == "middle"
    assert found.indicated.highest == "low"


@pytest.mark.parametrize(
    ("chosen", "prompted"),
    [
        ({"left-alone", "no-school", "rent"}, True),
        ({"left-alone", "no-school"}, False),
        ({"left-alone", "shared-list", "teenager-alone"}, False),
        ({"hungry", "left-alone", "no-school"}, False),
    ],
)
def test_several_concerns_across_domains_prompt_upward(chosen, prompted):
    found = check(MADE, facts(descriptors=chosen))
    prompts = [prompt for prompt in found.prompts if prompt.kind is PromptKind.CUMULATIVE]
    assert bool(prompts) is prompted
    if prompted:
        assert prompts[0].towards == "high"
        assert found.indicated.highest == "middle"
        assert prompts[0].citation == PARTS["cumulative"].citation


@pytest.mark.parametrize(
    ("found", "factors", "prompted", "asked"),
    [
        (Answer.NOT_KNOWN, set(), False, True),
        (Answer.NO, set(), True, False),
        (Answer.YES, set(), False, False),
        (Answer.NO, {"granny"}, False, False),
    ],
)
def test_finding_no_protective_factor_prompts_upward(found, factors, prompted, asked):
    answer = check(MADE, facts(protective_found=found, protective_factors=factors, descriptors={"left-alone"}))
    assert any(prompt.kind is PromptKind.NO_PROTECTIVE_FACTOR for prompt in answer.prompts) is prompted
    assert any(question.key == "protective" for question in answer.questions) is asked
    assert {beside.id for beside in answer.protective} == factors


def test_harm_stands_beside_a_lower_level():
    found = check(MADE, facts(descriptors={"left-alone"}, harm=Harm.NOT_SURE))
    prompt = next(prompt for prompt in found.prompts if prompt.kind is PromptKind.HARM_BESIDE_LEVEL)
    assert prompt.towards == "high"
    assert found.indicated.highest == "middle"


def test_harm_factors_prompt_and_name_warnings_apart():
    found = check(MADE, facts(harm_factors={"hidden", "young-mother", "moved-often"}))
    about = [prompt.about for prompt in found.prompts if prompt.kind is PromptKind.HARM_FACTOR]
    assert about == [("hidden",), ("moved-often",)]
    assert found.indicated.kind is IndicatedKind.UNKNOWN


def test_overlapping_levels_are_said_and_widen_nothing():
    found = check(MADE, facts(descriptors={"left-alone"}, harm=Harm.NO))
    assert [prompt.towards for prompt in found.prompts if prompt.kind is PromptKind.OVERLAP] == ["high"]
    assert found.indicated.kind is IndicatedKind.LEVEL


@pytest.mark.parametrize(
    ("flags", "age", "certain"),
    [
        ({Flag.SEXUAL_ACTIVITY}, ChildAge.exactly(12), True),
        ({Flag.SEXUAL_ACTIVITY}, ChildAge(), False),
        ({Flag.SEXUAL_ACTIVITY}, ChildAge(11, 14), False),
        ({Flag.SEXUAL_ACTIVITY}, ChildAge.exactly(13), None),
        ({Flag.SEXUAL_ACTIVITY_UNDER_13}, ChildAge.exactly(13), False),
        ({Flag.SEXUAL_ACTIVITY_UNDER_13}, ChildAge.exactly(8), True),
        (set(), ChildAge.exactly(8), None),
    ],
)
def test_sexual_activity_under_13_overrides_also_while_the_age_is_unknown(flags, age, certain):
    found = check(MADE, facts(flags=flags, age=age))
    shown = [override.certain for override in found.overrides if override.id == "nat-under-13"]
    assert shown == ([] if certain is None else [certain])
    assert found.indicated.reaches_s47 is (certain is not None)


@pytest.mark.parametrize(("moves_about", "certain"), [(Answer.NO, True), (Answer.NOT_KNOWN, False), (Answer.YES, None)])
def test_injury_of_a_child_who_does_not_move_about(moves_about, certain):
    found = check(MADE, facts(flags={Flag.NON_MOBILE_INJURY}, moves_about=moves_about))
    assert [o.certain for o in found.overrides] == ([] if certain is None else [certain])
    assert any(question.key == "moves_about" for question in found.questions) is (moves_about is not Answer.NO)


@pytest.mark.parametrize(
    ("moves_about", "age", "certain"),
    [
        (Answer.NOT_KNOWN, ChildAge.exactly(0), False),
        (Answer.NOT_KNOWN, ChildAge(0, 1), False),
        (Answer.NOT_KNOWN, ChildAge(1, 2), None),
        (Answer.NO, ChildAge.exactly(9), True),
        (Answer.NOT_KNOWN, ChildAge.exactly(9), None),
        (Answer.YES, ChildAge.exactly(0), None),
    ],
)
def test_physical_abuse_of_a_baby_not_known_to_move_about_is_weighed_as_an_injury_of_one(moves_about, age, certain):
    found = check(MADE, facts(flags={Flag.PHYSICAL_ABUSE}, moves_about=moves_about, age=age))
    shown = [one.certain for one in found.overrides if one.id == "nat-bruise"]
    assert shown == ([] if certain is None else [certain])


def test_an_override_brings_its_card_and_the_lowest_level_that_reaches_s47():
    found = check(MADE, facts(descriptors={"baby-bruise"}))
    override = found.overrides[0]
    assert (override.id, override.raises_to, override.urgent) == ("nat-bruise", "high", True)
    assert override.because == ("non_mobile_injury",)
    assert [step.text for step in override.steps] == ["Ring the front door."]
    assert found.reasons[0].source is Source.OVERRIDE
    assert Flag.NON_MOBILE_INJURY in found.flags


def test_a_card_that_raises_nothing_indicates_nothing():
    found = check(MADE, facts(flags={Flag.ALLEGATION_AGAINST_PROFESSIONAL}))
    assert [(override.id, override.raises_to) for override in found.overrides] == [("nat-lado", None)]
    assert found.indicated.kind is IndicatedKind.UNKNOWN


def test_an_id_that_is_not_in_the_pack_is_carried_along_and_asked_about():
    found = check(MADE, facts(descriptors={"gone", "left-alone"}, signs={"no-sign"}))
    assert found.not_in_pack == ("gone", "no-sign")
    assert {"not_in_pack:gone", "not_in_pack:no-sign"} <= {question.key for question in found.questions}
    assert found.indicated.lowest == "middle"


def test_a_partnership_whose_descriptors_are_elsewhere_says_so():
    silent = made(descriptors=(), cumulative=None, silent=(Silence(topic=Silent.DESCRIPTORS),))
    question = next(one for one in check(silent, facts()).questions if one.key == "descriptors")
    assert "isn't included" in question.text


IDS = st.frozensets(st.sampled_from([*MADE.descriptors_by_id, "not-there"]))
SIGNS = st.frozensets(st.sampled_from(["sign-car", "sign-late", "sign-money", "sign-phone"]))
FACTORS = st.frozensets(st.sampled_from(["granny", "club"]))
ANSWERS = st.sampled_from(list(Answer))
AGES = st.one_of(st.builds(ChildAge.exactly, st.integers(0, 17)), st.just(ChildAge()), st.just(ChildAge(unborn=True)))
FACTS = st.builds(
    facts,
    descriptors=IDS,
    signs=SIGNS,
    harm_factors=st.frozensets(st.sampled_from(["hidden", "young-mother", "moved-often"])),
    protective_factors=FACTORS,
    protective_found=ANSWERS,
    conditions=st.dictionaries(st.just("protective"), ANSWERS),
    flags=st.frozensets(st.sampled_from(list(Flag)), max_size=3),
    harm=st.sampled_from([None, *Harm]),
    age=AGES,
    moves_about=ANSWERS,
)


def ends(found):
    """Places of the ends of what is indicated; below everything for unknown."""
    if found.indicated.lowest is None:
        return (-1, -1)
    return ORDER[found.indicated.lowest], ORDER[found.indicated.highest]


@given(FACTS, st.sampled_from(sorted(MADE.descriptors_by_id)))
def test_adding_a_descriptor_never_lowers(before, added):
    after = facts(before, descriptors=before.descriptors | {added})
    was, now = ends(check(MADE, before)), ends(check(MADE, after))
    assert now[0] >= was[0]
    assert now[1] >= was[1]


@given(FACTS, FACTORS, ANSWERS)
def test_protective_factors_change_no_level_and_no_override(before, strengths, found):
    after = facts(before, protective_factors=strengths, protective_found=found)
    one, other = check(MADE, before), check(MADE, after)
    assert one.overrides == other.overrides
    if not (before.protective_factors | strengths) - {"granny", "club"}:
        assert one.indicated == other.indicated


@given(FACTS)
def test_unknown_never_reads_as_the_lowest_level(recorded):
    found = check(MADE, recorded)
    if found.indicated.kind is IndicatedKind.UNKNOWN:
        assert (found.indicated.lowest, found.indicated.highest) == (None, None)
    if found.indicated.highest == MADE.levels[0].id:
        assert recorded.harm is Harm.NO
        assert found.reasons


@given(FACTS)
def test_a_condition_that_becomes_unknown_never_lowers(recorded):
    known, unknown = check(MADE, recorded), check(MADE, facts(recorded, conditions={}))
    assert ends(unknown)[1] >= ends(known)[1]


@given(FACTS, st.randoms(use_true_random=False))
def test_order_plays_no_part_and_the_same_facts_give_the_same_answer(recorded, random):
    shuffled = {}
    for name in ("descriptors", "signs", "harm_factors", "protective_factors", "flags"):
        items = sorted(getattr(recorded, name))
        random.shuffle(items)
        shuffled[name] = frozenset(items)
    again = check(MADE, facts(recorded, **shuffled))
    assert again == check(MADE, recorded)
    assert json.dumps(again.to_dict()) == json.dumps(check(MADE, recorded).to_dict())


@given(FACTS)
def test_every_reason_has_a_citation_and_every_question_its_own_key(recorded):
    found = check(MADE, recorded)
    keys = [question.key for question in found.questions]
    assert len(keys) == len(set(keys))
    assert all(reason.citation.section for reason in found.reasons)
