"""How much of a file is taken in before it is refused: a small one can stand for millions of cells."""

from collections.abc import Callable
from typing import Any

import pytest
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.worksheet.worksheet import Worksheet

from tests.thresholds.books import SMALL, TELFORD, back, said
from tests.thresholds.test_spreadsheets import repacked
from thresholds import spreadsheets
from thresholds.domain.assemble import PackErrors
from thresholds.domain.pack import Pack
from thresholds.spreadsheets.bounds import MOST_MARKS, MOST_ROWS

END = b"</sheetData>"


@pytest.fixture(scope="module")
def plain() -> bytes:
    return spreadsheets.export(SMALL, "xlsx")


def with_sheet(data: bytes, change: Callable[[bytes], bytes]) -> list[str]:
    return said(repacked(data, {"xl/worksheets/sheet3.xml": change}))


def test_a_merged_area_takes_no_cell_for_each_that_it_covers(plain, monkeypatch):
    def never(*_: object) -> None:
        raise AssertionError("one cell each, and they may be 17 thousand million")

    monkeypatch.setattr(Worksheet, "_clean_merge_range", never)
    merged = b'<mergeCells><mergeCell ref="A4:XFD1048576"/></mergeCells>'
    assert with_sheet(plain, lambda text: text.replace(END, END + merged)) == [
        "pack.xlsx: sheet “Sources”, row 4: cells A4:XFD1048576 are merged: part them"
    ]


def test_rows_are_counted_while_they_are_read(plain, monkeypatch):
    parse_row, taken = WorkSheetParser.parse_row, []

    def counted(parser: WorkSheetParser, row: Any) -> Any:
        taken.append(parser)
        return parse_row(parser, row)

    monkeypatch.setattr(WorkSheetParser, "parse_row", counted)
    found = with_sheet(plain, lambda text: text.replace(END, b"<row><c/></row>" * (MOST_ROWS + 2000) + END))
    assert found == ["pack.xlsx: sheet “Sources”, row 1: goes beyond 5000 rows or 60 columns: clear what lies there"]
    assert taken.count(taken[-1]) == MOST_ROWS + 1


@pytest.mark.parametrize(("code", "name"), [("xlsx", "xl/styles.xml"), ("ods", "content.xml")])
def test_what_unpacks_to_millions_of_marks_is_refused_before_it_is_read(code, name):
    many = repacked(spreadsheets.export(SMALL, code), {name: lambda text: b"<a" + b"<a/>" * MOST_MARKS})
    assert ["holds more cells than a pack can" in mistake for mistake in said(many)] == [True]


def test_a_row_that_is_hidden_after_the_last_one_hides_nothing(plain):
    assert with_sheet(plain, lambda text: text.replace(END, b'<row r="4000" hidden="1"/>' + END)) == []
    found = with_sheet(plain, lambda text: text.replace(END, b'<row r="4000" hidden="true"><c r="A4000"/></row>' + END))
    assert found == ["pack.xlsx: sheet “Sources”, row 4000: this row is hidden: show it or delete it"]


def with_terms(terms: tuple[str, ...]) -> Pack:
    first, *others = TELFORD.descriptors
    return TELFORD.model_copy(update={"descriptors": (first.model_copy(update={"terms": terms}), *others)})


@pytest.mark.parametrize("code", ["xlsx", "ods", "csv"])
@pytest.mark.parametrize("sign", ["a", "\N{GRINNING FACE}"])
def test_words_that_no_cell_can_hold_are_never_cut(code, sign):
    """Excel's limit is counted in halves of such signs as the second."""
    long = with_terms((sign * (1_000 // (1 + (sign > "b"))),) * 32)
    with pytest.raises(PackErrors, match="“Descriptors”, row 3, column “Search words”: holds 32,000 characters or"):
        spreadsheets.export(long, code)


def test_the_longest_cell_that_is_written_is_read_and_yaml_holds_any():
    terms = ("=" + "a" * 995, *(f"{number}" + "b" * 995 for number in range(31)))
    longest = with_terms((*terms, "c" * (31_999 - len(" | ".join(terms)) - 3)))
    assert longest.sha256() == back(spreadsheets.export(longest, "csv")).sha256()
    far_longer = with_terms(tuple(f"{number} " + "b" * 1_100 for number in range(40)))
    assert back(spreadsheets.export(far_longer, "yaml")).sha256() == far_longer.sha256()
