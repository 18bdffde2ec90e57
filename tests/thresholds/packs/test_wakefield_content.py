"""Wakefield: what the document says about particular circumstances, and what the check makes of it."""

import pytest

from tests.thresholds.packs.wakefield_counts import COUNTS
from thresholds.domain.check import check
from thresholds.domain.check_result import ChildFacts, IndicatedKind, ThresholdCheck
from thresholds.domain.check_when import ChildAge
from thresholds.domain.needs import Descriptor, Ring
from thresholds.domain.parts import Flag, Harm

PACK = COUNTS.pack
TEN = ChildAge.exactly(10)
SHARED = ("more-support", "immediate")


def checked(*ids: str, harm: Harm | None = None, age: ChildAge = TEN) -> ThresholdCheck:
    return check(PACK, ChildFacts(descriptors=frozenset(ids), harm=harm, age=age))


def overrides(result: ThresholdCheck) -> set[str]:
    return {override.id for override in result.overrides}


def the(line: int, words: str = "") -> Descriptor:
    """The one descriptor of a line whose wording holds `words`."""
    (found,) = (one for one in PACK.descriptors if one.citation.lines == str(line) and words in one.wording)
    return found


@pytest.mark.parametrize(
    ("line", "words", "lowest", "highest"),
    [
        (71, "school", "no-additional", "no-additional"),
        (148, "70% and 90%", "early-support", "early-support"),
        (160, "exploitation", "early-support", "early-support"),
        (166, "engage poorly", "early-support", "early-support"),
        (184, "Housing", "early-support", "early-support"),
        (223, "permanent disability", *SHARED),
        (232, "violent to parents", *SHARED),
        (240, "more than half the time", *SHARED),
        (246, "don't engage", *SHARED),
        (263, "private fostering", *SHARED),
        (269, "county line", *SHARED),
        (205, "Disabilities so complex", "immediate", "immediate"),
        (213, "break down", "immediate", "immediate"),
        (217, "Left alone", "immediate", "immediate"),
    ],
)
def test_a_circumstance_stands_where_the_document_has_it(line, words, lowest, highest):
    (reason,) = (one for one in checked(the(line, words).id).reasons if one.id == the(line, words).id)
    assert (reason.lowest, reason.highest) == (lowest, highest)


def test_the_shared_list_is_a_range_over_both_upper_areas_and_nothing_else_is():
    """W219: one list for Requires More Support and Requires Immediate Safeguarding Support."""
    assert {one.level for one in PACK.descriptors if one.up_to} == {"more-support"}
    assert {one.up_to for one in PACK.descriptors if one.level == "more-support"} == {"immediate"}
    result = checked(the(224).id, harm=Harm.NO)
    assert result.indicated.kind is IndicatedKind.RANGE
    assert (result.indicated.lowest, result.indicated.highest) == SHARED


def test_the_list_of_significant_harm_is_immediate_only():
    """W209-217."""
    listed = [one for one in PACK.descriptors if one.domain == "significant-harm"]
    assert {(one.level, one.up_to) for one in listed} == {("immediate", None)}
    for one in listed:
        assert checked(one.id, harm=Harm.NO).indicated.lowest == "immediate", one.id


def test_immediate_risk_rings_999_for_each_kind_of_harm():
    """W211, W293."""
    kinds = [one for one in PACK.descriptors if one.citation.lines == "211"]
    assert {flag for one in kinds for flag in one.flags} == {
        Flag.IMMEDIATE_DANGER,
        Flag.PHYSICAL_ABUSE,
        Flag.SEXUAL_ABUSE,
        Flag.EMOTIONAL_ABUSE,
        Flag.NEGLECT,
    }
    for one in kinds:
        assert Ring.EMERGENCY in {override.ring for override in checked(one.id).overrides}, one.id


@pytest.mark.parametrize(
    ("line", "words", "override"),
    [
        (216, "sexually abused", "nat-disclosure"),
        (216, "neglected", "nat-disclosure"),
        (216, "sexually abused", "nat-sexual-abuse"),
        (237, "attempted suicide", "nat-suicide-attempt"),
        (239, "sexual abuse", "nat-sexual-abuse"),
        (269, "sexually exploited", "nat-sexual-abuse"),
        (273, "Honour-based", "nat-forced-marriage"),
        (273, "forced marriage", "nat-forced-marriage"),
        (273, "genital mutilation", "nat-fgm"),
        (274, "slavery", "nat-trafficking"),
    ],
)
def test_what_is_printed_too_low_or_unclear_is_raised_by_a_national_override(line, words, override):
    result = checked(the(line, words).id, harm=Harm.NO)
    assert override in overrides(result)
    assert (result.indicated.lowest, result.indicated.highest) == ("immediate", "immediate")


@pytest.mark.parametrize("words", ["neglect", "physical abuse", "emotional abuse"])
def test_abuse_of_another_kind_does_not_guard_the_family_from_being_told(words):
    assert "nat-sexual-abuse" not in overrides(checked(the(239, words).id))


@pytest.mark.parametrize("line", [159, 160])
def test_vulnerability_alone_leads_to_no_exploitation_route(line):
    assert not the(line).flags


def test_a_parents_disability_raises_nothing_and_is_the_only_thing_listed_so():
    """W247; where it puts the child at risk (W252) it counts."""
    silent = [one for one in PACK.descriptors if not one.raises]
    assert [one.citation.lines for one in silent] == ["247", "247"]
    assert all("disability" in one.wording for one in silent)
    result = checked(*(one.id for one in silent))
    assert result.indicated.kind is IndicatedKind.UNKNOWN
    assert {one.id for one in result.listed_only} == {one.id for one in silent}
    assert checked(the(252, "learning disability").id).indicated.highest == "immediate"


def test_a_childs_disability_counts_as_a_need():
    """W201: every disabled child is a child in need."""
    assert all(the(line).raises and Flag.DISABILITY in the(line).flags for line in (156, 205, 223))


def test_poor_engagement_is_no_pair_that_shows_the_higher():
    """W311: refusal alone is no reason to escalate."""
    assert PACK.conditions == ()
    assert checked(the(166).id, harm=Harm.NO).indicated.highest == "early-support"


@pytest.mark.parametrize(
    ("words", "unborn"), [("pregnancy is concealed", True), ("pregnancy with this child was", False)]
)
def test_a_concealed_pregnancy_is_about_an_unborn_baby_only_while_it_lasts(words, unborn):
    assert (Flag.UNBORN in the(172, words).flags) is unborn


def test_an_unborn_baby_is_the_only_age_below_one():
    assert [one.citation.lines for one in PACK.descriptors if one.age and one.age.unborn] == ["214"]
    unborn = checked(the(214).id, age=ChildAge(unborn=True))
    assert not [question for question in unborn.questions if question.key.startswith("outside_age")]
