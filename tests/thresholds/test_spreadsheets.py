"""Packs as spreadsheets: out and back to the same digest; what can't be trusted is refused with its place."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from odfdo import Document
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from tests.thresholds.books import EASTER, PACKS, SMALL, TELFORD, back, bent, cell_at, said, saved, workbook
from tests.thresholds.support import FORM, PACK, parsed
from thresholds import spreadsheets
from thresholds.domain.assemble import PackErrors
from thresholds.domain.golden_editions import EDITION_2024
from thresholds.domain.needs import Descriptor
from thresholds.domain.pack import Pack
from thresholds.domain.rules import INVISIBLE
from thresholds.domain.tables import layout
from thresholds.domain.tables.cells import entries, read, written

FORMATS = list(spreadsheets.FORMATS)


@pytest.mark.parametrize("code", FORMATS)
@pytest.mark.parametrize("area", sorted(PACKS))
def test_a_pack_comes_back_with_its_digest(area, code):
    data = spreadsheets.export(PACKS[area], code)
    pack, found = spreadsheets.read_upload("whatever its name is", data)
    assert (pack.sha256(), found.code) == (PACKS[area].sha256(), code)


@pytest.mark.parametrize("code", FORMATS)
def test_golden_rules_of_a_partnerships_own_come_back(code):
    own = EDITION_2024.model_copy(
        update={"id": "our-own", "name": "Our partnership, 2027", "note": "Agreed in June; to be looked at yearly."}
    )
    rules = SMALL.golden_rules.model_copy(update={"edition": "our-own", "own": own})
    pack = SMALL.model_copy(update={"golden_rules": rules})
    returned = back(spreadsheets.export(pack, code))
    assert returned.golden_rules == rules
    assert returned.sha256() == pack.sha256()


@pytest.mark.parametrize("code", FORMATS)
def test_a_partnerships_own_form_comes_back(code):
    form = parsed(PACK + FORM).form
    pack = SMALL.model_copy(update={"form": form})
    returned = back(spreadsheets.export(pack, code))
    assert returned.form == form
    assert returned.sha256() == pack.sha256()


def test_a_page_that_safety_needs_is_refused_with_its_sheet_and_row():
    book = workbook(SMALL.model_copy(update={"form": parsed(PACK + FORM).form}))
    cell_at(book, "Form own questions", "Page", row=4).value = "harm"
    assert said(saved(book)) == [
        "pack.xlsx: sheet “Form own questions”, row 4, column “Page”: "
        "no question of one's own can stand on harm: it is no page of one's own, none that may change"
    ]


def test_every_column_has_a_heading_of_its_own_and_a_line_of_help():
    for sheet in layout.sheets():
        assert len(set(sheet.headings)) == len(sheet.headings) == len(sheet.helps)
        assert all(len(help_) > 5 for help_ in sheet.helps), sheet.name
        assert len(sheet.name) <= 31  # what Excel allows
    assert len({column.heading for column in layout.pack_columns()}) == len(layout.pack_columns())


SEEN = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff")
WORDS = (
    st.text(st.one_of(SEEN, st.sampled_from("=+-@'|\\\"\n ;,")), min_size=1, max_size=40)
    .map(lambda text: text.strip())
    .filter(lambda text: bool(text) and not INVISIBLE.search(text))
)


@pytest.mark.parametrize("code", FORMATS)
@given(wording=WORDS, terms=st.lists(WORDS, max_size=4))
@example(wording="0\N{NO-BREAK SPACE}0", terms=["taken\N{NO-BREAK SPACE}away"])
@example(wording="=1+1", terms=["-1", "+44", "@home", "'=1", "''", "a|b\\", "10:00", "3-4", "no"])
@settings(max_examples=8)
def test_whatever_words_are_written_come_back(code, wording, terms):
    citation = SMALL.levels[0].citation
    level = SMALL.levels[0].model_copy(update={"meaning": wording})
    factor = {"id": "wf-x", "wording": wording, "citation": citation, "terms": tuple(terms)}
    silent = tuple(silence for silence in SMALL.silent if silence.topic != "protective_factors")
    edited = SMALL.model_copy(update={"levels": (level, *SMALL.levels[1:]), "silent": silent})
    edited = Pack.model_validate({**edited.model_dump(), "protective_factors": (factor,)})
    assert back(spreadsheets.export(edited, code)).sha256() == edited.sha256()


@given(st.lists(WORDS.filter(lambda text: text.strip() == text), max_size=5))
def test_a_list_in_a_cell_comes_back(items):
    assert entries(written(tuple(items))) == items


@pytest.mark.parametrize(
    ("sheet", "heading", "value", "words"),
    [
        ("Levels", "Name", "=HYPERLINK(1)", "holds a formula: put the text itself"),
        ("Levels", "Name", None, "is empty, and is needed"),
        ("Levels", "Name", True, "was turned into TRUE by the spreadsheet program"),
        ("Levels", "Name", 1.5, "was turned into a number with decimals"),
        ("Levels", "Name", "tab\there", "holds a character that can't be seen"),
        ("Levels", "Number", "one", "must be a whole number"),
        ("Levels", "Source: lines", EASTER, "was turned into a date (2026-04-03)"),
        ("Levels", "Source: lines", "3 to 4", "must be lines such as 206, 211-213"),
        ("Levels", "Source: lines", None, "a citation of the threshold document needs its lines"),
        ("Levels", "Meaning in law", "s18", "did you mean s17?"),
        ("Numbers", "Number", 3003732724, "was turned into a number, which loses a leading 0"),
        ("Numbers", "Number", "0300", "a telephone number starts with 0 and has ten or eleven digits"),
        ("Numbers", "Front door", "nowhere", "no row above is named nowhere"),
        ("Numbers", "Front door", None, "is empty, and is needed"),
        ("Opening times", "Opens", "half past", "must be a time like 09:00"),
        ("Opening times", "Opens", 0.375, "was turned into a number by the spreadsheet program"),
        ("Opening times", "Hours no.", "9", "no row above is named"),
        ("Routes", "Ring before writing", "maybe", "must be yes or no"),
        ("Routes", "Front door", "nowhere", "“nowhere” is not the id of a front door"),
        ("Levels", "Id", "level-2", "the id level-2 stands twice"),
    ],
)
def test_a_cell_that_cannot_be_is_named(sheet, heading, value, words):
    pack = TELFORD if sheet == "Opening times" else SMALL
    if value == "level-2":
        value = SMALL.levels[1].id
        words = f"the id {value} stands twice"
    found = bent(sheet, heading, value, pack=pack)
    assert any(words in mistake for mistake in found), found
    assert any(mistake.startswith(f"pack.xlsx: sheet “{sheet}”, row ") for mistake in found), found


def test_a_hard_space_that_a_spreadsheet_program_left_is_a_space():
    assert read("taken\N{NO-BREAK SPACE}away\N{NO-BREAK SPACE}", layout.Cells.TEXT) == "taken away"


def test_the_place_of_a_mistake_is_that_of_the_cell():
    assert bent("Levels", "Name", None, row=4) == [
        "pack.xlsx: sheet “Levels”, row 4, column “Name”: is empty, and is needed"
    ]


def test_times_numbers_and_dates_that_kept_their_meaning_are_read():
    book = workbook(TELFORD)
    cell_at(book, "Opening times", "Opens").value = dt.time(9, 0)
    cell_at(book, "Levels", "Source: lines").value = 155
    for row in book["The pack"].iter_rows(min_row=2):
        if row[0].value == "Effective from":
            row[1].value = dt.datetime.combine(TELFORD.effective_from, dt.time())
    level = TELFORD.levels[0].model_copy(
        update={"citation": TELFORD.levels[0].citation.model_copy(update={"lines": "155"})}
    )
    assert back(saved(book)) == TELFORD.model_copy(update={"levels": (level, *TELFORD.levels[1:])})


def test_a_text_that_begins_like_a_formula_stays_text_and_never_becomes_one():
    level = SMALL.levels[0].model_copy(update={"meaning": '=HYPERLINK("http://x.example")'})
    changed = SMALL.model_copy(update={"levels": (level, *SMALL.levels[1:])})
    data = spreadsheets.export(changed, "xlsx")
    cell = cell_at(load_workbook(io.BytesIO(data)), "Levels", "Meaning")
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert back(data).levels[0].meaning == level.meaning
    packed = zipfile.ZipFile(
        io.BytesIO(spreadsheets.export(SMALL.model_copy(update={"levels": (level, *SMALL.levels[1:])}), "csv"))
    )
    assert "\"'=HYPERLINK" in packed.read("levels.csv").decode("utf-8-sig")


def _merge(book: Workbook) -> None:
    book["Levels"].merge_cells("A3:A4")


def _hide_row(book: Workbook) -> None:
    book["Levels"].row_dimensions[4].hidden = True


def _hide_column(book: Workbook) -> None:
    book["Levels"].column_dimensions["C"].hidden = True


def _hide_sheet(book: Workbook) -> None:
    book["Levels"].sheet_state = "hidden"


def _lose_sheet(book: Workbook) -> None:
    del book["Levels"]


def _rename_column(book: Workbook) -> None:
    cell_at(book, "Levels", "Response", 1).value = "Answer"


def _far_away(book: Workbook) -> None:
    book["Levels"].cell(90_000, 1).value = "x"


def _stray(book: Workbook) -> None:
    book["Levels"].cell(3, 30).value = "x"


def _another_sheet(book: Workbook) -> None:
    book.create_sheet("My notes")


def _national(book: Workbook) -> None:
    book["National (do not change)"].cell(4, 3).value = "Not so"


def _twice(book: Workbook) -> None:
    book["The pack"].cell(4, 1).value = "Area: slug"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_merge, "sheet “Levels”, row 3: cells A3:A4 are merged: part them"),
        (_hide_row, "sheet “Levels”, row 4: this row is hidden"),
        (_hide_column, "sheet “Levels”, row 1: column C is hidden"),
        (_hide_sheet, "sheet “Levels”, row 1: this sheet is hidden"),
        (_lose_sheet, "sheet “Levels”, row 1: this sheet is missing"),
        (_rename_column, "sheet “Levels”, row 1, column “Response”: this column is missing"),
        (_rename_column, "sheet “Levels”, row 1, column “Answer”: is not a column of this sheet"),
        (_far_away, "sheet “Levels”, row 1: goes beyond 5000 rows"),
        (_stray, "sheet “Levels”, row 3, column “no. 30”: stands outside the columns"),
        (_another_sheet, "sheet “My notes”, row 1: is not a sheet of a pack"),
        (_national, "sheet “National (do not change)”, row 4, column “Text”: the national part can't be changed here"),
        (_twice, "sheet “The pack”, row 4, column “Field”: stands twice"),
    ],
)
def test_what_people_do_not_see_or_took_out_is_refused(change: Callable[[Workbook], None], words):
    book = workbook()
    change(book)
    assert any(words in mistake for mistake in said(saved(book))), said(saved(book))


def test_the_line_of_help_may_go_and_nothing_is_lost():
    book = workbook()
    book["Levels"].delete_rows(2)
    assert back(saved(book)) == SMALL


def repacked(data: bytes, changes: dict[str, Callable[[bytes], bytes]], **more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, changes.get(name, bytes)(before.read(name)))
        for name, content in more.items():
            after.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


BOMB = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"x: " + b"1" * (6 * 1024 * 1024), "is larger than 5 MB"),
        (b"PK\x03\x04 no zip", "can't be opened"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 64, "old or locked Excel file"),
        (b"\xff\xfe\x00", "is not text in UTF-8"),
        (b"%PDF-1.7", "not valid YAML"),
    ],
)
def test_files_that_are_no_pack(data, words):
    assert any(words in mistake for mistake in said(data)), said(data)


def test_macros_entities_and_bombs_are_refused():
    xlsx, ods = (spreadsheets.export(SMALL, code) for code in ("xlsx", "ods"))
    assert "holds macros" in said(repacked(xlsx, {}, xl__vbaProject_dot_bin=b"x"))[0]
    assert "holds macros" in said(repacked(ods, {}, Basic__x_dot_xml=b"<x/>"))[0]
    entity = repacked(xlsx, {"xl/workbook.xml": lambda text: text.replace(b"<workbook", BOMB + b"<workbook", 1)})
    assert "holds XML definitions" in said(entity)[0]
    entity = repacked(
        ods, {"content.xml": lambda text: text.replace(b"<office:document", BOMB + b"<office:document", 1)}
    )
    assert "holds XML definitions" in said(entity)[0]
    assert "unpacks to more than a pack can be" in said(repacked(xlsx, {}, bomb_dot_bin=b"0" * 70_000_000))[0]
    assert "damaged" in said(repacked(xlsx, {"xl/workbook.xml": lambda text: b"<workbook"}))[0]


@pytest.mark.parametrize(("code", "name"), [("xlsx", "xl/workbook.xml"), ("ods", "content.xml")])
def test_one_wrong_bit_in_what_is_packed_is_told_as_damage(code, name):
    data = bytearray(repacked(spreadsheets.export(SMALL, code), {}))
    at = zipfile.ZipFile(io.BytesIO(data)).getinfo(name).header_offset + 30 + len(name)
    data[at] |= 0b110  # a block of the one kind that there isn't
    assert any("can't be opened: it is damaged" in mistake for mistake in said(bytes(data)))


def in_content(change: Callable[[str], str]) -> list[str]:
    data = spreadsheets.export(SMALL, "ods")
    return said(repacked(data, {"content.xml": lambda text: change(text.decode()).encode()}), "pack.ods")


ROW = "<table:table-row>"
CELL = '<table:table-cell table:style-name="pack-cell" office:value-type="string">'


@pytest.mark.parametrize(
    ("tag", "attribute", "words"),
    [
        (ROW, 'table:visibility="collapse"', "row is hidden"),
        (CELL, 'table:number-columns-spanned="2"', "cells are merged"),
        (ROW, 'table:number-rows-repeated="99999999"', "goes beyond"),
        (CELL, 'table:number-columns-repeated="99999999"', "goes beyond"),
        (ROW, 'table:number-rows-repeated="many"', "it is damaged"),
        (CELL, 'table:number-columns-repeated="1.5"', "it is damaged"),
        (CELL, 'table:formula="of:=1+1"', "holds a formula"),
    ],
)
def test_what_an_opendocument_sheet_hides_or_repeats_is_bounded(tag, attribute, words):
    found = in_content(lambda text: text.replace(tag, f"{tag[:-1]} {attribute}>"))
    assert any(words in mistake for mistake in found), found


def test_a_date_that_an_opendocument_sheet_made_of_a_line_is_refused():
    turned = CELL.replace('"string"', '"date" office:date-value="2026-04-03"')
    found = in_content(lambda text: text.replace(CELL, turned))
    assert any("was turned into a date" in mistake for mistake in found), found


def test_an_opendocument_sheet_is_one_for_other_programs_too():
    table = Document(io.BytesIO(spreadsheets.export(SMALL, "ods"))).body.get_table(name="Levels")
    assert table is not None
    assert table.get_value((1, 2)) == SMALL.levels[0].name


def test_csv_by_other_programs(tmp_path):
    contents = dict(spreadsheets.export_folder(SMALL))
    contents["levels.csv"] = contents["levels.csv"].decode("utf-8-sig").replace("\r\n", "\n").encode()
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    assert spreadsheets.read_folder(tmp_path) == SMALL
    (tmp_path / "levels.csv").write_bytes("Id,Name\r\ncaf\xe9,x\r\n".encode("cp1252"))
    with pytest.raises(PackErrors, match="sheet “Levels”, row 1: is not in UTF-8: save it as “CSV UTF-8”"):
        spreadsheets.read_folder(tmp_path)
    (tmp_path / "levels.csv").write_text('Id,Name\r\n"open', encoding="utf-8")
    with pytest.raises(PackErrors, match="sheet “Levels”, row 1: is not valid CSV"):
        spreadsheets.read_folder(tmp_path)


def test_every_descriptor_can_be_edited_whole():
    """Citations, twins, age bands, flags, terms: each of them has a column."""
    (sheet,) = [sheet for sheet in layout.sheets() if sheet.name == "Descriptors"]
    assert {column.path[0] for column in sheet.columns} == set(Descriptor.model_fields)
