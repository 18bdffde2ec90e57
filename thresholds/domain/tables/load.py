"""Tables back to a pack, or to every mistake with its file, sheet, row and column."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thresholds.domain.assemble import (
    Group,
    Mistake,
    PackErrors,
    Place,
    Written,
    assemble,
    mistake_at,
    national_edition,
)
from thresholds.domain.pack import Pack
from thresholds.domain.tables import export, layout
from thresholds.domain.tables.cells import CellProblem, Raw, is_blank, read
from thresholds.domain.tables.layout import Cells, Column, Sheet


@dataclass(frozen=True, slots=True)
class RawTable:
    """A sheet as a file holds it: its rows with their numbers, from 1; the first that isn't empty holds headings."""

    name: str
    rows: Sequence[tuple[int, Sequence[Raw]]]


@dataclass(frozen=True, slots=True)
class _Row:
    place: Place
    cells: Mapping[str, Raw]
    """By heading; a blank cell is left out."""

    def at(self, heading: str) -> Place:
        return Place(self.place.file, self.place.line, self.place.sheet, heading)


def pack_of_tables(file: str, found: Sequence[RawTable], national: Mapping[str, Group]) -> Pack:
    """The pack that the sheets of `file` make with the national group of the edition that they name.

    Raises PackErrors with every mistake that can be told: sheets and headings first; then cells, the schema and the ids
    together; then the other rules across the pack.
    """
    return _Reading(file, found).pack(national)


class _Reading:
    """One reading of one file; gathers mistakes."""

    def __init__(self, file: str, found: Sequence[RawTable]) -> None:
        self.file = file
        self.mistakes: list[Mistake] = []
        self.found = {_folded(table.name): table for table in found}
        self.start = Place(file, 1, layout.PACK_SHEET)
        times = Counter(_folded(table.name) for table in found)
        for table in self.found.values():
            if times[_folded(table.name)] > 1:
                message = "stands twice: take out the one that isn't meant"
                self.mistakes.append(Mistake(file, 1, "", message, table.name))

    def pack(self, national: Mapping[str, Group]) -> Pack:
        """Reads all sheets and builds the pack."""
        known = [layout.GUIDE_SHEET, layout.PACK_SHEET, *(sheet.name for sheet in layout.sheets())]
        known.append(layout.NATIONAL_SHEET)
        for table in self.found.values():
            if _folded(table.name) not in {_folded(name) for name in known}:
                self.mistakes.append(Mistake(self.file, 1, "", "is not a sheet of a pack: take it out", table.name))
        rows = {sheet: self._rows(sheet.name, sheet.headings) for sheet in layout.sheets()}
        once = self._rows(layout.PACK_SHEET, export.PACK_HEADINGS[:2])
        if self.mistakes:
            raise PackErrors(self.mistakes)
        top = self._group_of_pack(once)
        self._lists(top, rows)
        edition = national_edition([top])
        if edition in national:
            self._check_national(national[edition])
        try:
            return assemble([top], national, start=self.start, before=self.mistakes)
        except PackErrors as errors:
            raise PackErrors(sorted(errors.mistakes, key=self._order)) from None

    def _order(self, mistake: Mistake) -> tuple[int, int]:
        """Sheet by sheet and row by row, as somebody goes through the file."""
        sheets = {name: place for place, name in enumerate(self.found)}
        return sheets.get(_folded(mistake.sheet), len(sheets)), mistake.line

    def _rows(self, name: str, headings: Sequence[str]) -> list[_Row]:
        """The rows of a sheet by heading, without the line of help and without empty ones."""
        table = self.found.get(_folded(name))
        if table is None:
            message = "this sheet is missing; keep every sheet, also an empty one"
            self.mistakes.append(Mistake(self.file, 1, "", message, name))
            return []
        filled = [(line, cells) for line, cells in table.rows if not all(is_blank(cell) for cell in cells)]
        if not filled:
            self.mistakes.append(Mistake(self.file, 1, "", "the row of headings is missing", name))
            return []
        (top, titles), *others = filled
        columns: dict[int, str] = {}
        for place, title in enumerate(titles):
            if is_blank(title):
                continue
            heading = next((one for one in headings if _folded(one) == _folded(str(title))), None)
            at = Place(self.file, top, name, str(title))
            if heading is None and name == layout.PACK_SHEET:
                continue  # the column of explanations
            if heading is None:
                self.mistakes.append(mistake_at(at, "is not a column of this sheet"))
            elif heading in columns.values():
                self.mistakes.append(mistake_at(at, "stands twice"))
            else:
                columns[place] = heading
        for heading in headings:
            if heading not in columns.values():
                at = Place(self.file, top, name, heading)
                message = "this column is missing; keep every column, also an empty one"
                self.mistakes.append(mistake_at(at, message))
        return [self._row(name, line, cells, columns) for line, cells in others if not _is_help(cells)]

    def _row(self, name: str, line: int, cells: Sequence[Raw], columns: Mapping[int, str]) -> _Row:
        row = _Row(
            Place(self.file, line, name),
            {columns[place]: cell for place, cell in enumerate(cells) if place in columns and not is_blank(cell)},
        )
        for place, cell in enumerate(cells):
            if place not in columns and not is_blank(cell) and name != layout.PACK_SHEET:
                self.mistakes.append(mistake_at(row.at(f"no. {place + 1}"), "stands outside the columns of this sheet"))
        return row

    def _group_of_pack(self, rows: Sequence[_Row]) -> dict[str, Written]:
        by_heading = {_folded(column.heading): column for column in layout.pack_columns()}
        cells: dict[str, tuple[Raw, Place]] = {}
        for row in rows:
            field = row.cells.get(export.FIELD)
            column = by_heading.get(_folded(str(field)))
            if column is None or column.heading in cells:
                message = "stands twice" if column else "is not a field of a pack"
                self.mistakes.append(mistake_at(row.at(export.FIELD), message))
                continue
            cells[column.heading] = (row.cells.get(export.VALUE), row.at(str(field)))
        for column in layout.pack_columns():
            if column.heading not in cells:
                at = Place(self.file, 1, layout.PACK_SHEET, column.heading)
                self.mistakes.append(mistake_at(at, "this row is missing; keep every row, also an empty one"))
        return self._item(layout.pack_columns(), cells, self.start)

    def _lists(self, top: dict[str, Written], rows: Mapping[Sheet, Sequence[_Row]]) -> None:
        """Puts the items of every sheet into the item that they belong to."""
        homes: dict[tuple[tuple[str, ...], ...], dict[tuple[str, ...], dict[str, Written]]] = {(): {(): top}}
        for sheet in layout.sheets():
            around, here = homes[sheet.lists[:-1]], homes.setdefault(sheet.lists, {})
            for row in rows[sheet]:
                links = tuple(self._name(row, heading) for heading in sheet.links)
                item = self._item(sheet.columns, {h: (row.cells.get(h), row.at(h)) for h in sheet.headings}, row.place)
                if links not in around:
                    message = f"no row above is named {', '.join(links)}" if all(links) else "is empty, and is needed"
                    self.mistakes.append(mistake_at(row.at(sheet.links[-1]), message))
                    continue
                _append(around[links], sheet.lists[-1], Written(item, row.place))
                if sheet.key:
                    own = (
                        self._name(row, layout.ROW_NUMBER) if sheet.numbered else str(item.get("id", item.get("level")))
                    )
                    if (*links, own) in here and sheet.numbered:
                        self.mistakes.append(mistake_at(row.at(layout.ROW_NUMBER), f"the number {own} stands twice"))
                    here.setdefault((*links, own), item)

    def _name(self, row: _Row, heading: str) -> str:
        """What names another row; empty where the cell is empty or unusable."""
        raw = row.cells.get(heading)
        if raw is None:
            return ""
        try:
            return str(read(raw, Cells.TEXT))
        except CellProblem as problem:
            self.mistakes.append(mistake_at(row.at(heading), str(problem)))
            return ""

    def _item(
        self, columns: Sequence[Column], cells: Mapping[str, tuple[Raw, Place]], place: Place
    ) -> dict[str, Written]:
        item: dict[str, Written] = {}
        given = {column.path for column in columns if cells.get(column.heading, (None, place))[0] is not None}
        for column in columns:
            raw, at = cells.get(column.heading, (None, place))
            if raw is None:
                group = column.optional_group
                if column.needed and (not group or any(path[: len(group)] == group for path in given)):
                    self.mistakes.append(mistake_at(at, "is empty, and is needed"))
                if not group and len(column.path) > 1:
                    _group(item, column.path[:-1], at)  # a group that is needed stands, though nothing be in it
                continue
            try:
                value = read(raw, column.cells)
            except CellProblem as problem:
                self.mistakes.append(mistake_at(at, str(problem)))
                continue
            if isinstance(value, list):
                value = [Written(entry, at) for entry in value]
            _group(item, column.path[:-1], at)[column.path[-1]] = Written(value, at)
        return item

    def _check_national(self, group: Group) -> None:
        """The sheet of the national part, if it is there, says what the national file says."""
        if _folded(layout.NATIONAL_SHEET) not in self.found:
            return
        expected = [tuple(row) for row in export.national_rows(group)]
        rows = self._rows(layout.NATIONAL_SHEET, export.NATIONAL_HEADINGS)
        found = [tuple(self._name(row, heading) for heading in export.NATIONAL_HEADINGS) for row in rows]
        for row, cells in zip(rows, found, strict=True):
            if cells not in expected:
                message = "the national part can't be changed here"
                self.mistakes.append(mistake_at(row.at(export.NATIONAL_HEADINGS[-1]), message))
        for missing in [cells for cells in expected if cells not in found]:
            message = f"the national part can't be changed here: {missing[1]} is missing"
            self.mistakes.append(Mistake(self.file, 1, "", message, layout.NATIONAL_SHEET))


def _is_help(cells: Sequence[Raw]) -> bool:
    first = next((cell for cell in cells if not is_blank(cell)), None)
    return isinstance(first, str) and first.startswith(layout.HELP.strip())


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _group(item: dict[str, Written], path: Sequence[str], at: Place) -> dict[str, Written]:
    """The group at `path` inside an item, made where it isn't there yet."""
    for step in path:
        inner = item.setdefault(step, Written({}, at)).value
        assert isinstance(inner, dict)
        item = inner
    return item


def _append(item: dict[str, Written], path: Sequence[str], entry: Written) -> None:
    group = _group(item, path[:-1], entry.place)
    listed = group.setdefault(path[-1], Written([], entry.place)).value
    assert isinstance(listed, list)
    listed.append(entry)
