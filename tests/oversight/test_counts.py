"""Slices add up to the same counts, and no small count can be read or worked out."""

import json
from collections import Counter
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.oversight.domain.disclosure import FEWER, FEWEST, HELD_BACK, shown, shown_table, shown_together
from referrals.oversight.domain.recheck import Direction, Moved, direction_of
from referrals.oversight.domain.tally import Left, Tally
from referrals.oversight.presenters import read_of
from referrals.oversight.selectors import Names

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


def test_what_one_table_holds_back_another_does_not_give_away():
    """Of the whole, `up` is small, so `same` is held back, and the agencies mustn't add up to it."""
    counts = {"all up": 3, "all same": 40, "school same": 25, "police same": 15, "school up": 3, "police up": 0}
    lines = [
        {"all up", "all same"},
        {"all up", "school up", "police up"},
        {"all same", "school same", "police same"},
    ]
    read = shown_together(counts, lines)
    assert (read["all up"], read["all same"]) == (FEWER, HELD_BACK)
    assert read["police same"] == HELD_BACK
    assert read["school same"] == "25"
    assert read["police up"] == "0"


@given(
    st.dictionaries(st.integers(0, 12), st.one_of(st.integers(0, 8), st.integers(0, 500)), min_size=1),
    st.lists(st.sets(st.integers(0, 12)), max_size=6),
)
def test_no_sum_of_several_tables_leaves_one_number_alone(counts, lines):
    lines = [line & counts.keys() for line in lines]
    read = shown_together(counts, lines)
    held = {cell for cell, words in read.items() if words in {FEWER, HELD_BACK}}
    assert {cell for cell, count in counts.items() if 0 < count < FEWEST} <= held
    for line in lines:
        rest = [cell for cell in line if counts[cell] and cell not in held]
        assert len(line & held) != 1 or not rest


STEPS = ["low", "middle", "high"]
MOVES = st.dictionaries(
    st.tuples(st.sampled_from([*STEPS, "unknown"]), st.sampled_from([*STEPS, "unknown"])),
    st.integers(1, 30),
    min_size=1,
)


@given(MOVES, st.lists(st.integers(0, 2), min_size=1, max_size=200))
def test_no_small_number_of_a_report_can_be_worked_out_from_its_tables(moves, agencies):
    """Whoever adds and subtracts what is shown finds no count below five."""
    tally = Tally()
    order = {level: place for place, level in enumerate(STEPS)}
    turn = cycle(agencies)
    for (before, after), count in moves.items():
        for _ in range(count):
            reaches = [after == "high", before == "high"]
            way = direction_of(before, after, order)
            moved = Moved(
                before, after, way, frozenset({"d"}), frozenset(), frozenset(), reaches == [0, 1], reaches == [1, 0]
            )
            tally.count(moved, agency=str(next(turn)), frozen=None)
    names = Names({level: level for level in STEPS}, order, frozenset({"high"}), {}, {})
    read = read_of(tally, names)
    for way in Direction:
        whole = tally.direction(way)
        parts = [cell for cell in read if cell[0] == "agency" and cell[2] == way.value]
        hidden = [cell for cell in parts if read[cell] in {FEWER, HELD_BACK}]
        if 0 < whole < FEWEST:
            assert read["all", "all", way.value] == FEWER
        elif read["all", "all", way.value] == HELD_BACK:
            assert hidden or not parts
        else:
            assert len(hidden) != 1
