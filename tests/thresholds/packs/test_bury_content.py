"""Bury: what the document says about particular circumstances, and what the check makes of it."""

import pytest

from tests.thresholds.packs.bury_counts import COUNTS, EXAMPLES
from tests.thresholds.packs.counting import cited_lines
from thresholds.domain.check import check
from thresholds.domain.check_result import ChildFacts, IndicatedKind, ThresholdCheck
from thresholds.domain.check_when import Answer, ChildAge
from thresholds.domain.needs import Descriptor
from thresholds.domain.parts import Flag, Harm

PACK = COUNTS.pack
TEN = ChildAge.exactly(10)


def checked(
    *ids: str,
    harm: Harm | None = Harm.NO,
    age: ChildAge = TEN,
    conditions: dict[str, Answer] | None = None,
) -> ThresholdCheck:
    return check(PACK, ChildFacts(descriptors=frozenset(ids), harm=harm, age=age, conditions=conditions or {}))


def overrides(result: ThresholdCheck) -> set[str]:
    return {override.id for override in result.overrides}


def the(line: int, words: str) -> Descriptor:
    """The one descriptor that cites a line first and whose wording holds `words`."""
    (found,) = (
        one for one in PACK.descriptors if next(cited_lines(one.citation.lines)) == line and words in one.wording
    )
    return found


@pytest.mark.parametrize(
    ("line", "words", "lowest", "highest"),
    [
        (101, "immunisations", "level-1", "level-1"),
        (113, "helps a parent", "level-2", "level-2"),
        (115, "severe learning disability", "level-2", "level-2"),
        (120, "lone parent", "level-3", "level-3"),
        (131, "suspensions", "level-3", "level-3"),
        (132, "First arrest, at 13", "level-3", "level-3"),
        (137, "don't cooperate", "level-4", "level-4"),
        (138, "May be at risk", "level-4", "level-4"),
        (142, "inappropriately", "level-4", "level-4"),
        (147, "assessed as unable", "level-5", "level-5"),
        (228, "too complex for early help", "level-4", "level-4"),
        (143, "right-wing", "level-4", "level-4"),
        (150, "look after themself", "level-5", "level-5"),
        (162, "PE", "level-5", "level-5"),
        (257, "thrive", "level-5", "level-5"),
        (260, "known risk", "level-5", "level-5"),
        (295, "money, clothes or phones", "level-4", "level-5"),
        (301, "weapons", "level-4", "level-5"),
    ],
)
def test_a_circumstance_stands_where_the_document_has_it(line, words, lowest, highest):
    chosen = the(line, words).id
    (reason,) = (one for one in checked(chosen).reasons if one.id == chosen)
    assert (reason.lowest, reason.highest) == (lowest, highest)


def test_indicators_follow_their_example_at_its_level():
    """Only inside its example does an indicator speak, so each carries the example's name and level."""
    for level, rows in EXAMPLES.items():
        for lines in rows:
            first = next(cited_lines(lines))
            found = [one for one in PACK.descriptors if next(cited_lines(one.citation.lines)) == first]
            assert {one.level for one in found} == {level}
            example, *indicators = found
            assert ":" not in example.wording, example.id
            if first != 167:  # its example is lost
                leads = {one.wording.partition(":")[0] for one in indicators}
                assert len(leads) == 1, lines
                assert all(":" in one.wording for one in indicators), lines


def test_every_example_above_level_one_says_its_response():
    for rows in list(EXAMPLES.values())[1:]:
        for lines in rows:
            first = next(cited_lines(lines))
            example, *rest = (one for one in PACK.descriptors if next(cited_lines(one.citation.lines)) == first)
            told = rest[0] if first == 167 else example
            assert (told.note or "").startswith("Response: "), lines


def test_the_referral_list_is_level_five_and_reaches_section_47():
    """B242-260."""
    listed = [one for one in PACK.descriptors if one.domain == "referral-concerns"]
    assert {(one.level, one.up_to) for one in listed} == {("level-5", None)}
    assert all(checked(one.id).indicated.reaches_s47 for one in listed)


@pytest.mark.parametrize(
    ("line", "words", "override"),
    [
        (167, "makes up or brings about", "nat-fabricated-illness"),
        (169, "Worry about female genital mutilation", "nat-fgm"),
        (169, "long holiday", "nat-fgm"),
        (169, "was cut", "nat-fgm"),
        (242, "Sexual abuse", "nat-sexual-abuse"),
        (251, "groomed for sex", "nat-sexual-abuse"),
        (255, "fabricated", "nat-fabricated-illness"),
        (256, "married by force", "nat-forced-marriage"),
        (258, "sexual images", "nat-sexual-abuse"),
        (259, "sexually exploited, or that is suspected", "nat-sexual-abuse"),
    ],
)
def test_a_national_override_speaks_and_the_family_is_not_told(line, words, override):
    result = checked(the(line, words).id)
    assert override in overrides(result)
    assert not all(shown.tell_family for shown in result.overrides)
    assert result.indicated.highest == "level-5"


@pytest.mark.parametrize(
    ("line", "words"), [(138, "May be at risk"), (297, "older"), (242, "Physical"), (242, "neglect")]
)
def test_risk_alone_and_other_abuse_do_not_bar_telling(line, words):
    assert "nat-sexual-abuse" not in overrides(checked(the(line, words).id))


def test_every_sign_of_exploitation_routes_as_such():
    """B138, B252, B259: both kinds, since the list doesn't tell them apart."""
    signs = [one for one in PACK.descriptors if one.domain == "exploitation-signs"]
    assert all({Flag.SEXUAL_EXPLOITATION, Flag.CRIMINAL_EXPLOITATION} <= set(one.flags) for one in signs)
    together = checked(*(one.id for one in signs))
    assert (together.indicated.lowest, together.indicated.highest) == ("level-4", "level-5")


@pytest.mark.parametrize(
    ("answer", "level"), [(Answer.YES, "level-4"), (Answer.NO, "level-5"), (Answer.NOT_KNOWN, "level-5")]
)
def test_domestic_abuse_hangs_on_who_is_at_home(answer, level):
    """B141 against B157; what was chosen as the higher stays, whatever the answer."""
    lower, higher = the(141, "is out for now"), the(157, "Lives in a home")
    assert checked(lower.id, conditions={"violent-adult-out": answer}).indicated.highest == level
    assert checked(higher.id, conditions={"violent-adult-out": answer}).indicated.highest == "level-5"


def test_what_is_benign_lost_or_about_who_somebody_is_raises_nothing():
    silent = {one.id for one in PACK.descriptors if not one.raises}
    assert silent == {
        the(110, "support what is done").id,
        the(143, "marches").id,
        the(167, "emotional health").id,
        the(168, "learning disability").id,
        the(169, "country where").id,
    }
    result = checked(*silent)
    assert result.indicated.kind is IndicatedKind.UNKNOWN
    assert {one.id for one in result.listed_only} == silent


def test_ages_are_those_of_limits_and_not_of_stories():
    """B139 names 16 and 17; 13 (B132) and 15 (B142) belong to one child's story."""
    banded = {
        (next(cited_lines(one.citation.lines)), one.age.from_years, one.age.under_years, one.age.unborn)
        for one in PACK.descriptors
        if one.age
    }
    assert banded == {(139, 16, 18, False), (168, None, None, True), (254, None, None, True)}
