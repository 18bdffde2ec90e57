"""What of the suggestions stands on the page at once."""

from hypothesis import given
from hypothesis import strategies as st

from tests.thresholds.test_suggest import TELFORD
from thresholds.domain.at_once import AT_ONCE, GRAVE_BESIDES, LEAST, at_once, cannot_wait
from thresholds.domain.suggest import suggest

MUCH = (
    "He hits her and the children see it. Dad drinks and is out for days. No food in the cupboard, no heating, the "
    "little one has nits and bruises on both arms. The eldest is out all night with older men and has new phones. "
    "Mum cuts herself and says that she can't go on. Nobody takes them to school or to the dentist."
)


@given(st.lists(st.booleans(), max_size=60))
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
    found = suggest(TELFORD, MUCH, limit=40).descriptors
    levels = {entry.id: entry.height for entry in TELFORD.entries}
    assert {one.id for one in found if one.highest} == {one.id for one in found if levels[one.id] == 1}
    pressing = [one for one in found[AT_ONCE:] if cannot_wait(one)]
    assert pressing
    assert all(one.score >= LEAST for one in pressing)
    assert not any(cannot_wait(one) for one in found if not one.highest)
