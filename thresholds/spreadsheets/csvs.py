"""A folder of CSV files, or the same in a zip: one file a sheet, in UTF-8."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from thresholds.domain.tables.export import Table
from thresholds.domain.tables.load import RawTable
from thresholds.spreadsheets.bounds import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, opened, refuse

_FORMULA = frozenset("=+-@")
_QUOTED = _FORMULA | {"'"}
_FIXED = (2020, 1, 1, 0, 0, 0)


def file_name(sheet: str) -> str:
    """Name of the file of a sheet: "Front doors" is front-doors.csv."""
    words = "".join(character if character.isalnum() else " " for character in sheet.lower())
    return "-".join(words.split()) + ".csv"


def write_files(tables: Sequence[Table]) -> dict[str, bytes]:
    """The files by name. Each begins with a byte order mark, by which Excel knows UTF-8; a text that Excel would take
    for a formula begins with an apostrophe, which reading takes off."""
    files = {}
    for table in tables:
        out = io.StringIO(newline="")
        rows = [table.headings, *([table.helps] if table.helps else []), *table.rows]
        csv.writer(out).writerows([_guarded(text) for text in row] for row in rows)
        files[file_name(table.name)] = out.getvalue().encode("utf-8-sig")
    return files


def write(tables: Sequence[Table]) -> bytes:
    """The files in a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in write_files(tables).items():
            packed.writestr(zipfile.ZipInfo(name, _FIXED), content)
    return out.getvalue()


def read(file: str, data: bytes, sheets: Sequence[str]) -> list[RawTable]:
    """The sheets in a zip of CSV files; the names of files are those of `sheets`, in whatever folder."""
    contents: dict[str, bytes] = {}
    for path, content in opened(file, data).items():
        name = PurePosixPath(path).name
        if name in contents and not name.startswith((".", "~")):
            raise refuse(file, f"holds two files named {name}: take out the one that isn't meant")
        contents[name] = content
    return read_files(file, contents, sheets)


def read_files(file: str, contents: Mapping[str, bytes], sheets: Sequence[str]) -> list[RawTable]:
    """The sheets in CSV files by name; a file of another name gives a sheet of that name."""
    names = {file_name(sheet): sheet for sheet in sheets}
    return [
        _read_file(file, names.get(name.lower(), name), content)
        for name, content in contents.items()
        if not name.startswith((".", "~"))
    ]


def _read_file(file: str, sheet: str, content: bytes) -> RawTable:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(file, "is not in UTF-8: save it as “CSV UTF-8”", sheet=sheet) from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            if number > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise refuse(file, f"goes beyond {MOST_ROWS} rows or {MOST_COLUMNS} columns", sheet=sheet, row=number)
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise refuse(file, "a cell is too long", sheet=sheet, row=number)
            rows.append((number, [_bare(cell) for cell in row]))
    except csv.Error:
        raise refuse(file, "is not valid CSV: look for a quotation mark that isn't closed", sheet=sheet) from None
    return RawTable(sheet, rows)


def _guarded(text: str) -> str:
    """The text, with an apostrophe before it where Excel would see a formula, or where reading would take one off."""
    begins = text[:1] in _FORMULA or (text[:1] == "'" and text[1:2] in _QUOTED and text[1:2] != "")
    return f"'{text}" if begins else text


def _bare(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:2] in _QUOTED and text[1:2] != "" else text
