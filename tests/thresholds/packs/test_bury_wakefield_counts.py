"""Bury and Wakefield: what the documents list stands in the packs, and the reviewers' pages say so. The page of
Westmorland & Furness, which lists nothing, stands with them."""

import re

import pytest

from tests.thresholds.packs import bury_counts, wakefield_counts, westmorland_counts
from tests.thresholds.packs.counting import Counts

BURY, WAKEFIELD, WESTMORLAND = bury_counts.COUNTS, wakefield_counts.COUNTS, westmorland_counts.COUNTS
LISTS = pytest.mark.parametrize("counts", [BURY, WAKEFIELD], ids=lambda counts: counts.area)
PAGES = pytest.mark.parametrize("counts", [BURY, WAKEFIELD, WESTMORLAND], ids=lambda counts: counts.area)
PREFIX = {"bury": "by", "wakefield": "wk"}


@LISTS
def test_the_pack_has_what_is_printed_in_every_row(counts: Counts):
    assert counts.counted() == counts.expected()


@LISTS
def test_every_domain_and_no_other_is_counted(counts: Counts):
    assert list(counts.printed) == [domain.id for domain in counts.pack.domains]


@LISTS
def test_descriptors_cite_rows_of_their_own_domain(counts: Counts):
    assert counts.strays() == []


def test_wakefields_lists_have_as_many_points_as_the_document():
    """Counted in the source: 6, 39 and 44 points, 7 of significant harm and one statement in the text."""
    printed = [
        sum(column) for column in zip(*(n for rows in WAKEFIELD.printed.values() for n in rows.values()), strict=True)
    ]
    assert dict(zip(WAKEFIELD.columns, printed, strict=True)) == {
        "no-additional": 6,
        "early-support": 39,
        wakefield_counts.SHARED: 44,
        "immediate": 8,
    }


@LISTS
def test_words_are_short_and_searchable(counts: Counts):
    for one in counts.pack.descriptors:
        assert len(one.wording) <= 140, one.id
        assert 3 <= len(one.terms) <= 8, one.id
        assert len(set(one.terms)) == len(one.terms), one.id


@LISTS
def test_an_id_tells_area_and_level(counts: Counts):
    for one in counts.pack.descriptors:
        assert re.fullmatch(rf"{PREFIX[counts.area]}-{one.level}-\d{{3}}", one.id)


@LISTS
def test_no_two_descriptors_of_a_level_read_alike(counts: Counts):
    seen = [(one.level, one.wording) for one in counts.pack.descriptors]
    assert len(seen) == len(set(seen))


@LISTS
def test_what_is_met_carries_no_flag(counts: Counts):
    lowest = counts.pack.levels[0].id
    assert not [one.id for one in counts.pack.descriptors if one.flags and (one.level == lowest or not one.raises)]


@PAGES
def test_every_level_has_services_and_a_next_step(counts: Counts):
    assert [one.level for one in counts.pack.services] == [level.id for level in counts.pack.levels]
    assert all(one.services and one.next_steps for one in counts.pack.services)


@PAGES
def test_the_reviewers_page_is_fresh(counts: Counts):
    """`python -m tests.thresholds.packs.<area>_counts` makes it."""
    text = counts.page.read_text(encoding="utf-8")
    assert set(counts.more) <= set(re.findall(r"<!-- (\w+) -->", text))
    assert counts.rendered(text) == text
