"""A pack's workbook with a cell changed, and what is said of it."""

import datetime as dt
import io

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from thresholds import files, spreadsheets
from thresholds.domain.assemble import PackErrors
from thresholds.domain.pack import Pack

PACKS = {pack.area.slug: pack for pack in files.shipped_packs()}
SMALL = PACKS["westmorland-and-furness"]
TELFORD = PACKS["telford-and-wrekin"]
EASTER = dt.datetime.combine(dt.date(2026, 4, 3), dt.time())  # a cell has no time zone


def back(data: bytes, name: str = "pack") -> Pack:
    return spreadsheets.read_upload(name, data)[0]


def said(data: bytes, name: str = "pack.xlsx") -> list[str]:
    try:
        back(data, name)
    except PackErrors as errors:
        return [str(mistake) for mistake in errors.mistakes]
    return []


def workbook(pack: Pack = SMALL) -> Workbook:
    return load_workbook(io.BytesIO(spreadsheets.export(pack, "xlsx")))


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell_at(book: Workbook, sheet: str, heading: str, row: int = 3):
    titles = [cell.value for cell in book[sheet][1]]
    return book[sheet].cell(row, titles.index(heading) + 1)


def bent(sheet: str, heading: str, value: object, *, row: int = 3, pack: Pack = SMALL) -> list[str]:
    """What is said when one cell is changed."""
    book = workbook(pack)
    cell_at(book, sheet, heading, row).value = value
    return said(saved(book))
