"""Excel workbooks: every cell is written as text, and read only where what is read is what people see."""

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from thresholds.domain.assemble import Mistake, PackErrors
from thresholds.domain.tables.cells import Raw, Unusable
from thresholds.domain.tables.export import Table
from thresholds.domain.tables.load import RawTable
from thresholds.spreadsheets.bounds import MOST_COLUMNS, MOST_ROWS, opened, refuse

_TEXT = "@"
_BEGINS_LIKE_A_FORMULA = re.compile(r"[=+\-@]")


def write(tables: Sequence[Table]) -> bytes:
    """A workbook with one sheet a table."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.name)
        rows = [table.headings, *([table.helps] if table.helps else []), *table.rows]
        for row, cells in enumerate(rows, 1):
            for column, text in enumerate(cells, 1):
                _write_cell(sheet.cell(row, column), text, head=row == 1, help_=row == 2 and bool(table.helps))
        _dress(sheet, table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_cell(cell: Cell | MergedCell, text: str, *, head: bool, help_: bool) -> None:
    assert isinstance(cell, Cell)
    if text:
        cell.value = text
        cell.data_type = "s"  # openpyxl would take a text that begins with = for a formula
    cell.number_format = _TEXT
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if head:
        cell.font = Font(bold=True)
    if help_:
        cell.font = Font(italic=True, color="505A5F")
        cell.fill = PatternFill("solid", fgColor="F3F2F1")
    if _BEGINS_LIKE_A_FORMULA.match(text):
        # Excel keeps it as text, also after somebody opens the cell and presses Enter.
        cell.quotePrefix = True


def _dress(sheet: Worksheet, table: Table) -> None:
    """Widths, frozen headings, text format for rows still to come, and lists to choose codes from."""
    if table.for_reading:
        sheet.column_dimensions["A"].width = 120
        return
    sheet.freeze_panes = "B3" if table.helps else "A2"
    last = len(table.rows) + 200
    for place, heading in enumerate(table.headings):
        letter = get_column_letter(place + 1)
        longest = max([len(heading), *(len(row[place]) for row in table.rows)])
        sheet.column_dimensions[letter].width = min(max(longest + 2, 14), 60)
        sheet.column_dimensions[letter].number_format = _TEXT
        codes = ",".join(table.codes.get(place, ()))
        if codes and len(codes) <= 255:
            choice = DataValidation("list", formula1=f'"{codes}"', allow_blank=True, showErrorMessage=False)
            choice.add(f"{letter}3:{letter}{last}")
            sheet.add_data_validation(choice)


def read(file: str, data: bytes) -> list[RawTable]:
    """The sheets of a workbook. PackErrors for macros, and for what is hidden or merged; formulas are told cell by
    cell when the sheets are read."""
    entries = opened(file, data)
    if any(name.lower().endswith(("vbaproject.bin", ".xlm")) or "macrosheets/" in name.lower() for name in entries):
        raise refuse(file, "holds macros: save it as a workbook without them (.xlsx)")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that are of no account here
            # Sheet by sheet: a whole workbook is loaded with a cell for each that is merged, and that may be millions.
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            return [_read_sheet(file, sheet, book, entries) for sheet in book.worksheets]
    except PackErrors:
        raise
    except Exception:
        raise refuse(file, "can't be opened: it is damaged, or not an Excel workbook") from None


def _read_sheet(file: str, sheet: Any, book: Any, entries: Mapping[str, bytes]) -> RawTable:
    """A sheet, row by row as far as a sheet may go. The library's own sheet keeps no word of what is hidden or merged;
    the parser that it reads with does."""
    name = sheet.title
    if sheet.sheet_state != "visible":
        raise refuse(file, "this sheet is hidden: show it or take it out", sheet=name)
    parser = WorkSheetParser(
        io.BytesIO(entries[sheet._worksheet_path]),
        sheet._shared_strings,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )
    rows: dict[int, dict[int, Raw]] = {}
    for _number, cells in parser.parse():
        for cell in cells:
            row, column = cell["row"], cell["column"]
            if row > MOST_ROWS or column > MOST_COLUMNS:
                why = f"goes beyond {MOST_ROWS} rows or {MOST_COLUMNS} columns: clear what lies there"
                raise refuse(file, why, sheet=name)
            rows.setdefault(row, {})[column] = _raw(cell["data_type"], cell["value"])
    problems = [Mistake(file, row, "", why, name) for row, why in _unseen(parser, last=max(rows, default=0))]
    if problems:
        raise PackErrors(problems)
    return RawTable(
        name, [(row, [cells.get(column) for column in range(1, max(cells) + 1)]) for row, cells in sorted(rows.items())]
    )


def _unseen(parser: WorkSheetParser, *, last: int) -> Iterator[tuple[int, str]]:
    """Rows that aren't what people see, and why; of rows with nothing in them after the `last` one nobody need know."""
    for merged in parser.merged_cells.mergeCell if parser.merged_cells else ():
        yield merged.min_row, f"cells {merged.coord} are merged: part them"
    for row, dimension in parser.row_dimensions.items():
        if _hidden(dimension) and int(row) <= last:
            yield int(row), "this row is hidden: show it or delete it"
    for letter, column in parser.column_dimensions.items():
        if _hidden(column):
            yield 1, f"column {letter} is hidden: show it"


def _hidden(dimension: Mapping[str, str]) -> bool:
    return dimension.get("hidden", "0") not in {"", "0", "false", "f"}


def _raw(kind: str, value: object) -> Raw:
    if kind == "f":
        return Unusable("holds a formula: put the text itself")
    if kind == "e":
        return Unusable(f"holds an error ({value})")
    return value if value is None or isinstance(value, Raw) else str(value)
