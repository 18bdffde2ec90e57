"""What of the suggestions stands on the page at once."""

from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import learning_texts
from tests.thresholds.test_suggest import INDEXES, TELFORD
from thresholds.domain.at_once import AT_ONCE, GRAVE_BESIDES, LEAST, at_once, cannot_wait
from thresholds.domain.suggest import suggest

MUCH = (
    "He hits her and the children see it. Dad drinks and is out for days. No food in the cupboard, no heating, the "
    "little one has nits and bruises on both arms. The eldest is out all night with older men and has new phones. "
    "Mum cuts herself and says that she can't go on. Nobody takes them to school or to the dentist."
)


NOTES = list(islice(learning_texts.harmless(), 40))


@given(st.lists(st.booleans(), min_size=AT_ONCE + GRAVE_BESIDES, max_size=60))
def test_the_first_ten_stand_whatever_they_are_and_then_only_what_cannot_wait(pressing: list[bool]):
    listed = list(enumerate(pressing))
    shown = at_once(listed, lambda one: one[1])
    assert list(shown[:AT_ONCE]) == listed[:AT_ONCE]
    assert list(shown) == sorted(shown)
    waiting = [one for one in listed[AT_ONCE:] if one not in shown]
    assert all(one[1] for one in shown[AT_ONCE:])
    assert len(shown) <= AT_ONCE + GRAVE_BESIDES
    assert not any(one[1] for one in waiting) or len(shown) == AT_ONCE + GRAVE_BESIDES


def test_only_the_highest_level_for_which_words_speak_cannot_wait():
    """Of a range the lowest level counts, and what raises nothing isn't grave."""
    levels = {entry.id: (entry.lowest, entry.raises) for entry in TELFORD.entries}
    found = suggest(TELFORD, MUCH, limit=40).descriptors
    assert {one.id for one in found if one.highest} == {one.id for one in found if levels[one.id] == (1, True)}
    pressing = [one for one in found[AT_ONCE:] if cannot_wait(one)]
    assert pressing
    assert all(one.highest and one.score >= LEAST for one in pressing)
    assert not any(cannot_wait(replace(one, negated=True)) for one in pressing)
    assert not any(cannot_wait(replace(one, outside_age=True)) for one in pressing)
    assert not any(cannot_wait(replace(one, score=LEAST / 2)) for one in pressing)


def test_what_a_document_lists_for_two_levels_is_of_the_highest_only_if_the_lower_is():
    wakefield = INDEXES["wakefield"]
    ranges = {entry.id for entry in wakefield.entries if entry.height == 1 and entry.lowest < 1}
    assert len(ranges) > 40
    found = suggest(wakefield, MUCH, limit=40).descriptors
    assert ranges & {one.id for one in found}
    assert not any(one.highest for one in found if one.id in ranges)


@pytest.mark.parametrize("area", sorted(INDEXES))
def test_of_a_harmless_note_nothing_cannot_wait(area: str):
    read = [suggest(INDEXES[area], text, age=age, limit=40).descriptors for text, age, _ in NOTES]
    assert len(read) == 40
    assert [one.wording for found in read for one in found[AT_ONCE:] if cannot_wait(one)] == []
