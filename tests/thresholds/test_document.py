"""A pack as a readable document: the grid of the paper, and everything beside it."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from tests.thresholds.support import bent, parsed
from thresholds import files
from thresholds.presenters import document_of, excerpt_of
from thresholds.rendering import document_html

PACKS = {pack.area.slug: pack for pack in files.shipped_packs()}


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        href = given.get("href") or ""
        self.links += [href[1:]] if href.startswith("#") else []


def cells(grid):
    return [cell for part in grid.parts for row in part.rows for cell in row]


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_every_permanent_id_is_an_anchor_and_every_link_leads_somewhere(pack):
    read = _Ids()
    read.feed(document_html(pack, pack.sha256()))
    signs = [
        sign.id for category in (pack.exploitation.categories if pack.exploitation else ()) for sign in category.signs
    ]
    permanent = [*pack.descriptors_by_id, *signs]
    for named in (pack.overrides, pack.protective_factors, pack.harm_factors, pack.routes, pack.consent_rules):
        permanent += [one.id for one in named]
    permanent += [one.id for one in pack.deadlines] + [one.id for one in pack.notes]
    assert set(permanent) - set(read.ids) == set()
    assert [name for name, times in Counter(read.ids).items() if times > 1] == []
    assert set(read.links) - set(read.ids) == set()


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_each_row_fills_the_columns_and_each_descriptor_stands_once_at_its_levels(pack):
    grid = document_of(pack).grid
    for part in grid.parts:
        for row in part.rows:
            assert sum(cell.span for cell in row) == len(grid.levels)
    placed = {}
    for part in grid.parts:
        for row in part.rows:
            column = 0
            for cell in row:
                for entry in cell.entries:
                    assert entry.id not in placed
                    placed[entry.id] = (column, column + cell.span - 1)
                column += cell.span
    order = pack.level_order
    assert placed == {one.id: (order[one.level], order[one.up_to or one.level]) for one in pack.descriptors}


def test_a_list_over_two_levels_spans_both():
    shared = [cell for cell in cells(document_of(PACKS["wakefield"]).grid) if cell.span == 2]
    assert sum(len(cell.entries) for cell in shared) == 55
    assert {cell.levels for cell in shared} == {"Requires More Support to Requires Immediate Safeguarding Support"}


def test_an_entry_says_all_that_the_pack_holds_of_it():
    text = bent(
        "wording: At risk, parent protects.",
        "wording: At risk, parent protects.\n    age: {under_years: 5}\n    flags: [neglect]\n    note: Ours.",
    )
    entries = {entry.id: entry for cell in cells(document_of(parsed(text)).grid) for entry in cell.entries}
    entry = entries["sf-2"]
    assert entry.details == ("Under 5", "About: neglect", "Ours.")
    assert entry.twin is not None
    assert (entry.twin.id, entry.twin.answer, entry.twin.level) == ("sf-3", "yes", "High")
    assert entry.source == "line 31"
    assert {cell.source for cell in cells(document_of(parsed(text)).grid)} == {"Tables"}


def test_sources_that_differ_in_a_cell_are_named_one_by_one():
    text = bent("level: low, wording", "level: middle, wording")
    text = text.replace("{section: Tables, lines: 31}", "{section: Notes, lines: 31}")
    (cell,) = [cell for cell in cells(document_of(parsed(text)).grid) if len(cell.entries) == 2]
    assert [entry.source for entry in cell.entries] == ["Tables, line 30", "Notes, line 31"]
    assert cell.source == ""


def test_silence_stands_where_the_part_would():
    document = document_of(PACKS["westmorland-and-furness"])
    assert re.match(r"Not stated by the partnership\. .*separate document", document.silent.descriptors)
    assert document.silent.exploitation.startswith("Not stated by the partnership")
    assert document_of(PACKS["telford-and-wrekin"]).silent.exploitation == ""


def test_an_excerpt_holds_what_is_kept_and_nothing_else():
    pack = PACKS["telford-and-wrekin"]
    kept = frozenset({pack.descriptors[5].id, pack.overrides[0].id, pack.protective_factors[0].id})
    excerpt = excerpt_of(pack, kept, lambda words: words.upper())
    assert excerpt.count == 3
    assert [entry.words for cell in cells(excerpt.grid) for entry in cell.entries] == [
        pack.descriptors[5].wording.upper()
    ]
    assert [card.name for card in excerpt.cards] == [pack.overrides[0].name.upper()]
    assert excerpt.signs.parts == ()
