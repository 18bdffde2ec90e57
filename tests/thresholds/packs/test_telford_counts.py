"""Telford & Wrekin: what the level tables print stands in the pack, at its level and in its dimension."""

import pytest

from tests.thresholds.packs import telford_counts as counts
from tests.thresholds.packs.counting import cited_lines

PACK = counts.COUNTS.pack


def test_the_pack_has_what_is_printed_in_every_cell():
    assert counts.COUNTS.counted() == counts.COUNTS.expected()


def test_every_dimension_and_no_other_is_counted():
    assert list(counts.PRINTED) == [domain.id for domain in PACK.domains]
    assert [level.id for level in PACK.levels] == list(counts.LEVELS)


def test_descriptors_cite_rows_of_their_own_dimension():
    for descriptor in PACK.descriptors:
        rows = {int(line) for line in counts.PRINTED[descriptor.domain]}
        assert set(cited_lines(descriptor.citation.lines)) <= rows, descriptor.id


def test_signs_cite_the_cell_of_their_own_category_and_level():
    """The indicator's cells stand one a line, category by category, with an empty line before each new page."""
    assert PACK.exploitation is not None
    lines = [line for line in range(502, 535) if line not in {508, 518, 528}]
    cells = [(category.id, level) for category in PACK.exploitation.categories for level in counts.LEVELS[1:]]
    cited = {
        (category.id, sign.level): tuple(cited_lines(sign.citation.lines))
        for category in PACK.exploitation.categories
        for sign in category.signs
    }
    assert cited == {cell: (line,) for cell, line in zip(cells, lines, strict=True)}
    assert all(
        tuple(cited_lines(sign.citation.lines)) == cited[category.id, sign.level]
        for category in PACK.exploitation.categories
        for sign in category.signs
    )


@pytest.mark.parametrize("table", counts.COUNTS.tables)
def test_the_reviewers_page_is_fresh(table):
    """`python -m tests.thresholds.packs.telford_counts` makes it."""
    assert counts.COUNTS.tables[table](PACK) in counts.COUNTS.page.read_text(encoding="utf-8")


def test_the_reviewers_page_is_fresh_as_a_whole():
    text = counts.COUNTS.page.read_text(encoding="utf-8")
    assert counts.COUNTS.rendered(text) == text
