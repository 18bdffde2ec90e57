"""OpenDocument spreadsheets. Written with odfdo; read from the content itself, where repeated cells are bounded."""

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from odfdo import Document
from odfdo import Element as OdfElement

from thresholds.domain.assemble import Mistake, PackErrors
from thresholds.domain.tables.cells import Raw, Unusable
from thresholds.domain.tables.export import Table
from thresholds.domain.tables.load import RawTable
from thresholds.spreadsheets.bounds import MOST_COLUMNS, MOST_ROWS, opened, refuse

_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_X = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"

_WIDE = 24
_SPACES = re.compile(r" {2,}|^ +| +$")
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


_STYLES = (
    '<number:text-style style:name="pack-as-text"><number:text-content/></number:text-style>',
    '<style:style style:name="pack-cell" style:family="table-cell" style:data-style-name="pack-as-text">'
    '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>',
    '<style:style style:name="pack-head" style:family="table-cell" style:data-style-name="pack-as-text">'
    '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>'
    '<style:text-properties fo:font-weight="bold"/></style:style>',
    '<style:style style:name="pack-narrow" style:family="table-column">'
    '<style:table-column-properties style:column-width="3.5cm"/></style:style>',
    '<style:style style:name="pack-wide" style:family="table-column">'
    '<style:table-column-properties style:column-width="11cm"/></style:style>',
)


def write(tables: Sequence[Table]) -> bytes:
    """A spreadsheet with one sheet a table, every cell as text."""
    document = Document("spreadsheet")
    document.body.clear()
    for style in _STYLES:
        document.insert_style(style, automatic=True)
    for table in tables:
        document.body.append(OdfElement.from_tag(_table(table)))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table(table: Table) -> str:
    """A sheet as XML, in one piece: built cell by cell it takes odfdo ten times as long."""
    columns = []
    for place in range(len(table.headings)):
        wide = any(len(row[place]) > _WIDE for row in table.rows)
        columns.append(f'<table:table-column table:style-name="{"pack-wide" if wide else "pack-narrow"}"/>')
    rows = []
    for number, texts in enumerate([table.headings, *([table.helps] if table.helps else []), *table.rows]):
        style = "pack-cell" if number else "pack-head"
        rows.append(f"<table:table-row>{''.join(_cell(text, style) for text in texts)}</table:table-row>")
    return f'<table:table table:name="{escape(table.name)}">{"".join(columns)}{"".join(rows)}</table:table>'


def _cell(text: str, style: str) -> str:
    if not text:
        return f'<table:table-cell table:style-name="{style}"/>'
    lines = "".join(f"<text:p>{_SPACES.sub(_kept_spaces, escape(line))}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{lines}</table:table-cell>'


def _kept_spaces(found: re.Match[str]) -> str:
    """Spaces that a reader of XML would fold into one, or drop at an end."""
    return f'<text:s text:c="{len(found[0])}"/>'


def read(file: str, data: bytes) -> list[RawTable]:
    """The sheets of a spreadsheet. PackErrors for macros, and for what is hidden or merged; formulas are told cell by
    cell when the sheets are read."""
    entries = opened(file, data)
    if any(name.startswith(("Basic/", "Scripts/")) for name in entries):
        raise refuse(file, "holds macros: save it without them")
    if "content.xml" not in entries:
        raise refuse(file, "can't be opened: it is damaged, or not an OpenDocument spreadsheet")
    content = fromstring(entries["content.xml"], forbid_dtd=True)
    hidden = {
        style.get(f"{_STYLE}name")
        for style in content.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}table-properties")
        if properties.get(f"{_T}display") == "false"
    }
    return [_read_sheet(file, sheet, hidden) for sheet in content.iter(f"{_T}table")]


def _read_sheet(file: str, sheet: Element, hidden: set[str | None]) -> RawTable:
    name = sheet.get(f"{_T}name") or ""
    if sheet.get(f"{_T}style-name") in hidden and sheet.get(f"{_T}style-name"):
        raise refuse(file, "this sheet is hidden: show it or take it out", sheet=name)
    problems: list[Mistake] = []
    if any(column.get(f"{_T}visibility", "visible") != "visible" for column in sheet.iter(f"{_T}table-column")):
        problems.append(Mistake(file, 1, "", "a column is hidden: show it", name))
    rows: list[tuple[int, list[Raw]]] = []
    number = 1
    for row in sheet.iter(f"{_T}table-row"):
        times = _count(file, row, f"{_T}number-rows-repeated")
        cells = list(_cells(file, row))
        while cells and cells[-1] is None:
            cells.pop()
        if cells and (number + times - 1 > MOST_ROWS or len(cells) > MOST_COLUMNS):
            why = f"goes beyond {MOST_ROWS} rows or {MOST_COLUMNS} columns: clear what lies there"
            raise refuse(file, why, sheet=name, row=number)
        problems += [Mistake(file, number, "", why, name) for why in _unseen(row, filled=bool(cells))]
        if cells:
            rows += [(number + step, cells) for step in range(times)]
        number += times
    if problems:
        raise PackErrors(problems)
    return RawTable(name, rows)


def _unseen(row: Element, *, filled: bool) -> Iterator[str]:
    """Why a row isn't what people see."""
    if filled and row.get(f"{_T}visibility", "visible") != "visible":
        yield "this row is hidden: show it or delete it"
    for cell in row:
        spans = {cell.get(f"{_T}number-columns-spanned", "1"), cell.get(f"{_T}number-rows-spanned", "1")}
        if spans != {"1"} or cell.tag == f"{_T}covered-table-cell":
            yield "cells are merged: part them"
            return


def _count(file: str, element: Element, name: str) -> int:
    """How often something is repeated; once where nothing is said. PackErrors for what is no whole number."""
    said = element.get(name) or "1"
    if not (said.isascii() and said.isdigit()) or len(said) > 9:
        raise refuse(file, "can't be opened: it is damaged")
    return int(said)


def _cells(file: str, row: Element) -> Iterator[Raw]:
    """The cells of a row, at most one more than a sheet may have: a repeat count is a number that anybody can write."""
    given = 0
    for cell in row:
        if cell.tag not in {f"{_T}table-cell", f"{_T}covered-table-cell"}:
            continue
        raw = _raw(file, cell)
        times = min(_count(file, cell, f"{_T}number-columns-repeated"), MOST_COLUMNS + 1 - given)
        for _ in range(times):
            yield raw
        given += times


def _raw(file: str, cell: Element) -> Raw:
    if cell.get(f"{_T}formula"):
        return Unusable("holds a formula: put the text itself")
    kind = cell.get(f"{_O}value-type")
    if kind in {None, "string"}:
        return cell.get(f"{_O}string-value") or _text(file, cell) or None
    try:
        return _VALUES[str(kind)](cell)
    except (KeyError, ValueError, OverflowError):
        why = f"was turned into {kind} by the spreadsheet program: format the cell as text and type it again"
        return Unusable(why)


def _number(cell: Element) -> Raw:
    number = float(cell.get(f"{_O}value", ""))
    return int(number) if number.is_integer() and abs(number) < 1e9 else number


def _duration(cell: Element) -> Raw:
    found = _DURATION.fullmatch(cell.get(f"{_O}time-value", ""))
    if found is None:
        raise ValueError("no duration of hours, minutes and seconds")
    hours, minutes, seconds = (int(part) for part in found.groups())
    return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)


_VALUES: Mapping[str, Callable[[Element], Raw]] = {
    "float": _number,
    "boolean": lambda cell: cell.get(f"{_O}boolean-value") == "true",
    "date": lambda cell: dt.datetime.fromisoformat(cell.get(f"{_O}date-value", "")),
    "time": _duration,
}
"""How a cell of each type is read; a ValueError where it can't be."""


def _text(file: str, cell: Element) -> str:
    """The words of a cell, a paragraph a line; what stands in a comment is left out."""
    return "\n".join(_words(file, paragraph) for paragraph in cell if paragraph.tag == f"{_X}p")


def _words(file: str, element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_X}s":
            parts.append(" " * min(_count(file, child, f"{_X}c"), 1000))
        elif child.tag == f"{_X}line-break":
            parts.append("\n")
        elif child.tag == f"{_X}tab":
            parts.append("\t")
        elif child.tag != f"{_O}annotation":
            parts.append(_words(file, child))
        parts.append(child.tail or "")
    return "".join(parts)
