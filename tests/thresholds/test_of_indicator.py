"""Descriptors that only say at which level the exploitation indicator stands: what is asked beside them, and where they
are suggested."""

import pytest

from tests.packs import shipped
from tests.thresholds.test_suggest import TELFORD
from thresholds.domain.check import check
from thresholds.domain.check_result import ChildFacts
from thresholds.domain.parts import Harm
from thresholds.domain.rules import faults
from thresholds.domain.suggest import OF_INDICATOR, suggest

PACK = shipped("telford-and-wrekin")
SPEAK = {one.id for one in PACK.descriptors if one.of_indicator}
ACUTE, COMPLEX = "tw-acute-095", "tw-complex-069"
GROOMED = (
    "She is being groomed: older men give her gifts and phones, she goes missing overnight to hotels and parties, and "
    "is being exploited by a gang who make her carry drugs, county lines. CSE and CCE."
)


def sign_at(level: str) -> str:
    return next(sign.id for _, sign in PACK.signs_by_id.values() if sign.level == level and sign.raises)


def asked(descriptors: set[str], *levels: str) -> set[str]:
    signs = frozenset(sign_at(level) for level in levels)
    found = check(PACK, ChildFacts(descriptors=frozenset(descriptors), signs=signs, harm=Harm.NO))
    return {one.key for one in found.questions if one.key.startswith("indicator")}


def test_seven_of_telfords_descriptors_only_speak_of_the_indicator():
    assert len(SPEAK) == 7
    assert all("indicator" in one.wording for one in PACK.descriptors if one.of_indicator)


@pytest.mark.parametrize(
    ("descriptors", "levels", "keys"),
    [
        ({ACUTE}, [], {"indicator"}),
        ({ACUTE}, ["vulnerable"], {"indicator_level"}),
        ({ACUTE}, ["vulnerable", "complex"], {"indicator_level"}),
        ({ACUTE}, ["vulnerable", "acute"], set()),
        ({COMPLEX}, ["complex"], set()),
        ({COMPLEX}, ["acute"], set()),
        ({COMPLEX, ACUTE}, ["complex"], {"indicator_level"}),
        (set(), ["vulnerable"], set()),
    ],
)
def test_it_is_asked_for_signs_of_that_level_where_none_was_chosen(descriptors, levels, keys):
    assert asked(descriptors, *levels) == keys


def test_it_counts_all_the_same():
    found = check(
        PACK, ChildFacts(descriptors=frozenset({ACUTE}), signs=frozenset({sign_at("vulnerable")}), harm=Harm.NO)
    )
    assert found.indicated.highest == "acute"
    (question,) = [one for one in found.questions if one.key == "indicator_level"]
    assert question.about == (ACUTE,)
    assert question.could_reach == "acute"


def test_a_pack_without_the_indicator_cannot_speak_of_it():
    without = PACK.model_copy(update={"exploitation": None})
    places = {fault.path for fault in faults(without) if fault.path[-1] == "of_indicator"}
    assert len(places) == len(SPEAK)


def test_they_do_not_crowd_out_what_was_seen():
    listed = [one.id for one in suggest(TELFORD, GROOMED, limit=1_000).descriptors]
    places = [place for place, one in enumerate(listed) if one in SPEAK]
    assert len(places) == len(SPEAK), "all are listed"
    assert sum(place < 10 for place in places) <= OF_INDICATOR
    assert places[OF_INDICATOR:] == list(range(len(listed) - len(SPEAK) + OF_INDICATOR, len(listed)))
