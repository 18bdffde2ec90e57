"""Slices add up to the same counts, and no small count can be read or worked out."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.oversight.domain.disclosure import FEWER, FEWEST, HELD_BACK, shown, shown_table
from referrals.oversight.domain.recheck import Direction, Moved
from referrals.oversight.domain.tally import Left, Tally

LEVELS = st.sampled_from(["low", "middle", "high", "low~high", "unknown"])
IDS = st.frozensets(st.sampled_from(["a-1", "a-2", "a-3"]))
MOVED = st.builds(
    Moved,
    before=LEVELS,
    after=LEVELS,
    direction=st.sampled_from(Direction),
    domains=st.frozensets(st.sampled_from(["care", "health"]), min_size=1),
    because=IDS,
    missing=IDS,
    s47_lost=st.booleans(),
    s47_gained=st.booleans(),
)
CHILDREN = st.lists(st.tuples(MOVED, st.sampled_from(["agency-1", "agency-2"]), st.none() | LEVELS))


def counted(children):
    tally = Tally()
    for moved, agency, frozen in children:
        tally.referrals += 1
        tally.count(moved, agency=agency, frozen=frozen)
    tally.leave(Left.NO_PACK)
    return tally


@given(CHILDREN, CHILDREN)
def test_slices_add_up(first, second):
    apart = counted(first)
    apart.add(counted(second))
    together = counted([*first, *second])
    together.leave(Left.NO_PACK)
    assert apart.as_data() == together.as_data()


@given(CHILDREN)
def test_a_tally_survives_the_database(children):
    tally = counted(children)
    assert Tally.of_data(json.loads(json.dumps(tally.as_data()))).as_data() == tally.as_data()
    assert sum(tally.direction(direction) for direction in Direction) == tally.children == len(children)


def test_an_empty_tally_is_read_from_nothing():
    assert Tally.of_data({}).as_data() == Tally().as_data()


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0"), (1, FEWER), (4, FEWER), (5, "5"), (1234, "1,234")],
)
def test_small_counts(count, words):
    assert shown(count) == words


def test_a_count_below_nought_is_a_mistake():
    with pytest.raises(ValueError, match="nought"):
        shown(-1)


def test_one_small_number_takes_the_next_smallest_of_its_lines_with_it():
    read = shown_table(
        {("a", "up"): 2, ("a", "same"): 40, ("b", "up"): 9, ("b", "same"): 60, ("c", "up"): 30, ("c", "same"): 0}
    )
    assert read["a", "up"] == FEWER
    assert read["a", "same"] == HELD_BACK
    assert read["b", "up"] == HELD_BACK
    assert read["b", "same"] == HELD_BACK
    assert read["c", "up"] == "30"
    assert read["c", "same"] == "0"


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(0, 3)), st.one_of(st.integers(0, 8), st.integers(0, 500)), min_size=1
    )
)
def test_nothing_small_is_shown_or_left_alone_in_its_line(counts):
    read = shown_table(counts)
    held = {cell for cell, words in read.items() if words in {FEWER, HELD_BACK}}
    for cell, count in counts.items():
        assert (0 < count < FEWEST) == (read[cell] == FEWER)
        if cell not in held:
            assert read[cell] == f"{count:,}"
        if count == 0:
            assert read[cell] == "0"
    for axis in (0, 1):
        by_line = Counter(cell[axis] for cell in held)
        for line, number in by_line.items():
            rest = [cell for cell, count in counts.items() if cell[axis] == line and count and cell not in held]
            assert number >= 2 or not rest
