"""What a search in the picker shows first, and what it folds away below."""

import pytest

from referrals.journey.offers import Group, Item
from referrals.journey.picker import MOST_FOUND, FoundItems, search_items
from tests.packs import shipped
from thresholds import files

TELFORD, STAFFORDSHIRE = "telford-and-wrekin", "staffordshire"
AREAS = (TELFORD, STAFFORDSHIRE, "bury")
PACKS = {area: shipped(area) for area in AREAS}
INDEXES = {area: files.shipped_index(pack) for area, pack in PACKS.items()}


def items_of(area: str) -> tuple[Group, ...]:
    """The descriptors of a shipped pack, as the page offers them."""
    return (
        Group("all", "All", tuple(Item(one.id, one.wording, one.wording.lower()) for one in PACKS[area].descriptors)),
    )


def found(area: str, typed: str) -> FoundItems:
    return search_items(items_of(area), typed, INDEXES[area])


@pytest.mark.parametrize(
    ("area", "typed", "first", "below"),
    [
        (TELFORD, "self harm", "self-harm", "Low self-esteem"),
        (TELFORD, "housing", "Eviction is likely", "overcrowded"),
        (TELFORD, "hungry", "food, warmth and other basics", "Fabricated or induced illness"),
        (TELFORD, "sofa surfing", "Homeless at 16 or 17", "A child under 16 is homeless"),
        (STAFFORDSHIRE, "self harm", "Harms themself", "Has low self-esteem"),
        (STAFFORDSHIRE, "hungry", "There isn't enough food", "Poverty or debt so extreme"),
        ("bury", "self harm", "left to look after themself", "uses sexual violence"),
    ],
)
def test_what_hardly_matches_stands_below_the_best_and_is_not_lost(area: str, typed: str, first: str, below: str):
    got = found(area, typed)
    assert len(got.best) < 10
    assert any(first in one.wording for one in got.best)
    assert not any(below in one.wording for one in got.best)
    assert any(below in one.wording for one in got.others)


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("typed", ["drugs", "bruise", "missing school", "domestic abuse", "knife", "neglect", "teeth"])
def test_whatever_is_found_has_a_best_and_none_stands_twice(area: str, typed: str):
    got = found(area, typed)
    assert 0 < len(got.best) <= MOST_FOUND
    ids = [one.id for one in (*got.best, *got.others)]
    assert len(ids) == len(set(ids)) == got.count


def test_when_all_the_best_are_chosen_the_others_take_their_place():
    got = found(TELFORD, "self harm")
    left = got.left({one.id for one in got.best})
    assert (left.best, left.others) == (got.others, ())


def test_the_words_themselves_are_found_where_the_index_knows_none_of_them():
    groups = (Group("all", "All", (Item("one", "Xyzzy at home", "xyzzy at home"), Item("two", "Plugh", "plugh"))),)
    assert [one.id for one in search_items(groups, "xyzzy home", INDEXES["bury"]).best] == ["one"]
    assert search_items(groups, "nowhere", INDEXES["bury"]).count == 0
