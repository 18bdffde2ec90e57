"""Excel workbooks: every cell is written as text, and read only where what is read is what people see."""

import io
import re
import warnings
from collections.abc import Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from thresholds.domain.assemble import PackErrors
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
            book = load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    except Exception:
        raise refuse(file, "can't be opened: it is damaged, or not an Excel workbook") from None
    return [_read_sheet(file, sheet) for sheet in book.worksheets]


def _read_sheet(file: str, sheet: Worksheet) -> RawTable:
    name = sheet.title
    problems: list[PackErrors] = []
    if sheet.sheet_state != "visible":
        raise refuse(file, "this sheet is hidden: show it or take it out", sheet=name)
    if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
        raise refuse(file, f"goes beyond {MOST_ROWS} rows or {MOST_COLUMNS} columns: clear what lies there", sheet=name)
    for merged in sheet.merged_cells.ranges:
        why = f"cells {merged.coord} are merged: part them"
        problems.append(refuse(file, why, sheet=name, row=merged.min_row))
    for row, dimension in sheet.row_dimensions.items():
        if dimension.hidden and row <= sheet.max_row:
            problems.append(refuse(file, "this row is hidden: show it or delete it", sheet=name, row=row))
    for letter, column in sheet.column_dimensions.items():
        if column.hidden:
            problems.append(refuse(file, f"column {letter} is hidden: show it", sheet=name))
    if problems:
        raise PackErrors([mistake for problem in problems for mistake in problem.mistakes])
    rows = [(number, [_raw(cell) for cell in cells]) for number, cells in enumerate(sheet.iter_rows(), 1)]
    return RawTable(name, rows)


def _raw(cell: Cell | MergedCell) -> Raw:
    if cell.data_type == "f":
        return Unusable("holds a formula: put the text itself")
    if cell.data_type == "e":
        return Unusable(f"holds an error ({cell.value})")
    value = cell.value
    return value if value is None or isinstance(value, Raw) else str(value)
