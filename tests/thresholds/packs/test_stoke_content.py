"""Stoke-on-Trent and Staffordshire: what their document says about particular circumstances, and what the check makes
of it. The descriptors are the same in both packs (test_stoke_counts.py), so one pack speaks for both here."""

import re

import pytest

from tests.thresholds.packs.stoke_counts import LEVELS, STAFFORDSHIRE, STOKE
from thresholds.domain.check import check
from thresholds.domain.check_result import ChildFacts, IndicatedKind, ThresholdCheck
from thresholds.domain.check_when import Answer, ChildAge
from thresholds.domain.needs import Descriptor
from thresholds.domain.parts import Flag

PACK = STOKE.pack
TEN = ChildAge.exactly(10)


def checked(
    *ids: str, age: ChildAge = TEN, conditions: dict[str, Answer] | None = None, moves: Answer = Answer.NOT_KNOWN
) -> ThresholdCheck:
    facts = ChildFacts(descriptors=frozenset(ids), conditions=conditions or {}, age=age, moves_about=moves)
    return check(PACK, facts)


def overrides(result: ThresholdCheck) -> set[str]:
    return {override.id for override in result.overrides}


def the(line: int, words: str = "") -> Descriptor:
    """The one descriptor of a line whose wording holds `words`."""
    (found,) = (one for one in PACK.descriptors if one.citation.lines == str(line) and words in one.wording)
    return found


@pytest.mark.parametrize(
    ("line", "words", "level", "domain"),
    [
        (101, "GP", "level-1", "health"),
        (154, "depressed after the birth", "level-1", "warmth"),
        (206, "sexually active", "level-2", "health"),
        (218, "no education, job or training", "level-2", "education"),
        (259, "Cares for a parent", "level-2", "family"),
        (311, "lose the home", "level-2", "housing"),
        (348, "isn't safe", "level-3", "health"),
        (356, "in no education", "level-3", "education"),
        (372, "once or twice in the last 90 days", "level-3", "emotional"),
        (376, "coercion or control", "level-3", "basic-care"),
        (400, "violent to parents", "level-3", "family"),
        (432, "Medium risk", "level-3", "exploitation"),
        (469, "otherwise than by accident", "level-4", "health"),
        (498, "induced illness", "level-4", "emotional"),
        (509, "criteria of Prevent", "level-4", "identity"),
        (530, "here alone", "level-4", "other"),
        (531, "Privately fostered", "level-4", "other"),
        (552, "three times or more", "level-4", "guidance"),
        (559, "may harm children", "level-4", "family"),
        (563, "Homeless", "level-4", "housing"),
    ],
)
def test_a_circumstance_stands_where_the_document_has_it(line, words, level, domain):
    descriptor = the(line, words)
    assert (descriptor.level, descriptor.domain) == (level, domain)


@pytest.mark.parametrize(
    ("line", "words", "override"),
    [
        (305, "", "nat-trafficking"),
        (381, "genital", "nat-fgm"),
        (381, "harmful practice", "nat-forced-marriage"),
        (381, "forced marriage", "nat-forced-marriage"),
        (381, "Honour", "nat-forced-marriage"),
        (382, "", "nat-trafficking"),
        (467, "", "nat-sexual-abuse"),
        (473, "", "nat-disclosure"),
        (474, "", "nat-disclosure"),
        (474, "", "nat-allegation"),
        (475, "known", "nat-sexual-abuse"),
        (498, "", "nat-fabricated-illness"),
        (499, "genital", "nat-fgm"),
        (499, "forced marriage", "nat-forced-marriage"),
        (503, "", "nat-trafficking"),
        (517, "sexual", "nat-sexual-abuse"),
        (535, "", "nat-trafficking"),
        (536, "", "nat-trafficking"),
    ],
)
def test_a_national_override_speaks(line, words, override):
    result = checked(the(line, words).id)
    assert override in overrides(result)
    assert result.indicated.highest == "level-4"


@pytest.mark.parametrize(("line", "words"), [(468, "neglect"), (475, "High risk"), (517, "physical"), (517, "neglect")])
def test_harm_of_another_kind_does_not_guard_the_family_from_being_told(line, words):
    assert "nat-sexual-abuse" not in overrides(checked(the(line, words).id))


@pytest.mark.parametrize(
    ("line", "words", "age", "speaks"),
    [
        (109, "activity", 12, True),
        (109, "activity", 15, False),
        (109, "behaviour", 12, False),
        (125, "", 12, False),
        (206, "", 12, True),
        (206, "", 13, False),
        (348, "", 12, True),
        (348, "", 15, False),
        (466, "", 12, True),
    ],
)
def test_under_thirteen_the_override_speaks_whatever_the_level(line, words, age, speaks):
    result = checked(the(line, words).id, age=ChildAge.exactly(age))
    assert ("nat-under-13" in overrides(result)) is speaks
    if speaks:
        assert result.indicated.highest == "level-4"


@pytest.mark.parametrize(("line", "words"), [(391, "punish"), (469, ""), (470, ""), (517, "physical")])
@pytest.mark.parametrize(("moves", "speaks"), [(Answer.NO, True), (Answer.YES, False)])
def test_an_injury_of_a_child_who_does_not_move_about_calls_the_override(line, words, moves, speaks):
    result = checked(the(line, words).id, moves=moves)
    assert ("nat-non-mobile-injury" in overrides(result)) is speaks


@pytest.mark.parametrize(
    ("line", "condition", "answer", "level"),
    [
        (432, "parents-protect-from-exploitation", Answer.YES, "level-3"),
        (432, "parents-protect-from-exploitation", Answer.NO, "level-4"),
        (432, "parents-protect-from-exploitation", Answer.NOT_KNOWN, "level-4"),
        (372, "missing-three-times", Answer.NO, "level-3"),
        (372, "missing-three-times", Answer.YES, "level-4"),
        (372, "missing-three-times", Answer.NOT_KNOWN, "level-4"),
        (500, "parents-protect-from-exploitation", Answer.YES, "level-4"),
    ],
)
def test_pairs_show_the_higher_until_the_condition_is_known(line, condition, answer, level):
    assert checked(the(line).id, conditions={condition: answer}).indicated.highest == level


@pytest.mark.parametrize(
    ("lower", "words", "higher"),
    [
        (381, "genital", 499),
        (381, "harmful practice", 499),
        (381, "forced marriage", 499),
        (381, "Honour", 499),
        (432, "", 500),
        (372, "", 552),
        (305, "", 503),
        (382, "", 503),
    ],
)
def test_the_two_of_a_pair_are_the_same_circumstance(lower, words, higher):
    low = the(lower, words)
    assert low.twin is not None
    high = PACK.descriptors_by_id[low.twin.id]
    assert (high.citation.lines, high.flags) == (str(higher), low.flags)
    assert words in high.wording


@pytest.mark.parametrize("answer", list(Answer))
@pytest.mark.parametrize(("line", "words"), [(381, "genital"), (381, "forced marriage"), (382, "")])
def test_a_protective_parent_still_gets_the_ring_first_card(line, words, answer):
    """S381: level 3 with a protective parent, but FGM, forced marriage and trafficking are never below the top."""
    descriptor = the(line, words)
    assert descriptor.twin is not None
    result = checked(descriptor.id, conditions={descriptor.twin.condition: answer})
    assert result.indicated.highest == "level-4"
    assert any(override.ring is not None and override.urgent for override in result.overrides)


def test_every_condition_is_asked_and_none_is_idle():
    assert {one.twin.condition for one in PACK.descriptors if one.twin} == {one.id for one in PACK.conditions}


def test_who_somebody_is_and_what_is_benign_raises_nothing():
    silent = {one.id: one.citation.lines for one in PACK.descriptors if not one.raises}
    assert set(silent.values()) == {"236", "285", "288"}
    result = checked(*silent)
    assert result.indicated.kind is IndicatedKind.UNKNOWN
    assert {one.id for one in result.listed_only} == set(silent)


def test_lack_of_experience_raises_where_youth_does_not():
    assert checked(the(236, "experience").id).indicated.highest == "level-2"


@pytest.mark.parametrize(
    ("line", "age"), [(206, (None, 16)), (218, (16, None)), (356, (None, 16)), (104, None), (200, None)]
)
def test_ages_are_the_documents(line, age):
    band = the(line).age
    assert band is not None
    assert (band.unborn, None if band.unborn else (band.from_years, band.under_years)) == (age is None, age)


def test_no_other_line_has_an_age():
    assert {one.citation.lines for one in PACK.descriptors if one.age} == {"104", "200", "206", "218", "356"}


def test_what_goes_well_carries_no_flag_but_sexual_activity():
    flagged = {one.citation.lines: one.flags for one in PACK.descriptors if one.level == "level-1" and one.flags}
    assert flagged == {"109": (Flag.SEXUAL_ACTIVITY,)}


def test_words_are_short_and_searchable():
    for one in PACK.descriptors:
        assert len(one.wording) <= 140, one.id
        assert 3 <= len(one.terms) <= 8, one.id
        assert len(set(one.terms)) == len(one.terms), one.id


def test_an_id_tells_the_level_and_no_two_of_a_level_read_alike():
    assert all(re.fullmatch(rf"ss-{one.level}-\d{{3}}", one.id) for one in PACK.descriptors)
    seen = [(one.level, one.wording) for one in PACK.descriptors]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("pack", [STOKE.pack, STAFFORDSHIRE.pack], ids=lambda pack: pack.area.slug)
def test_every_level_has_services_and_a_next_step(pack):
    assert [one.level for one in pack.services] == list(LEVELS)
    assert all(one.services and one.next_steps for one in pack.services)


@pytest.mark.parametrize(
    ("pack", "own", "others"),
    [
        (STOKE.pack, "Safeguarding Referral Team", "First Response"),
        (STAFFORDSHIRE.pack, "First Response", "Safeguarding Referral Team"),
    ],
    ids=["stoke-on-trent", "staffordshire"],
)
def test_next_steps_name_the_areas_own_front_door(pack, own, others):
    """S636-656: the two columns of the page on referrals."""
    steps = " ".join(step.text for one in pack.services for step in one.next_steps)
    assert own in steps
    assert others not in steps
    assert ("Consultation Line" in steps) is (pack is STOKE.pack)
