"""A pack to tables, and to one YAML file: what an area may edit, without the national part that is merged in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from thresholds.domain.assemble import NATIONAL_PARTS, Group, Written
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Part
from thresholds.domain.tables import layout
from thresholds.domain.tables.cells import written
from thresholds.domain.tables.guide import guide_rows
from thresholds.domain.tables.layout import Column, Sheet

FIELD, VALUE, MEANING = "Field", "Value", "What it is"
PACK_HEADINGS = (FIELD, VALUE, MEANING)
NATIONAL_HEADINGS = ("Part", "Id", "Text")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its text: headings, a line of help under them, rows. `codes` are the values that a column allows."""

    name: str
    headings: tuple[str, ...]
    helps: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    codes: Mapping[int, tuple[str, ...]]
    for_reading: bool = False
    """Explains or shows, and isn't read in."""


def tables(pack: Pack, national: Group) -> tuple[Table, ...]:
    """The whole pack as tables; `national` is the file of the edition that the pack names, which isn't edited."""
    own = without_national(pack, national)
    made = [Table(layout.GUIDE_SHEET, ("How to edit this pack",), (), guide_rows(pack), {}, for_reading=True)]
    made.append(_pack_table(own))
    made += [_table(sheet, own) for sheet in layout.sheets()]
    made.append(Table(layout.NATIONAL_SHEET, NATIONAL_HEADINGS, (), national_rows(national), {}))
    return tuple(made)


def yaml_text(pack: Pack, national: Group) -> str:
    """The pack as one YAML file, in the order of the schema, which `parse_pack` reads back."""
    body = without_national(pack, national).model_dump(mode="json", exclude_defaults=True)
    body = {name: value for name, value in body.items() if value != []}
    head = f"# {pack.area.name}. The national part of {pack.national} is merged in when this file is read.\n"
    return head + yaml.dump(body, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)


class _Plain(yaml.SafeDumper):
    """Writes everything out: readers of packs refuse aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def without_national(pack: Pack, national: Group) -> Pack:
    """The pack without the items that the national file holds. Not a whole pack: only to be written."""
    update = {}
    for name in sorted(NATIONAL_PARTS):
        ids = {str(item["id"]) for item in _national_items(national, name)}
        update[name] = tuple(item for item in getattr(pack, name) if item.id not in ids)
    return pack.model_copy(update=update)


def national_rows(national: Group) -> tuple[tuple[str, ...], ...]:
    """The national part, for reading: part, id and what it says."""
    return tuple(
        (name, str(item["id"]), str(item.get("name") or item.get("title") or item.get("text") or ""))
        for name in sorted(NATIONAL_PARTS)
        for item in _national_items(national, name)
    )


def _national_items(national: Group, name: str) -> Sequence[Mapping[str, object]]:
    listed = national[name].value if name in national else []
    assert isinstance(listed, list)
    return [item.value for item in listed if isinstance(item, Written) and isinstance(item.value, dict)]


def _pack_table(pack: Pack) -> Table:
    rows = tuple((column.heading, _cell(pack, column), column.help) for column in layout.pack_columns())
    helps = (f"{layout.HELP}Do not change this column.", "Change this column.", "Explains the field.")
    return Table(layout.PACK_SHEET, PACK_HEADINGS, helps, rows, {})


def _table(sheet: Sheet, pack: Pack) -> Table:
    offset = len(sheet.headings) - len(sheet.columns)
    codes = {
        offset + place: column.codes
        for place, column in enumerate(sheet.columns)
        if column.codes and column.cells is layout.Cells.CODE
    }
    yes_no = {
        offset + place: ("yes", "no")
        for place, column in enumerate(sheet.columns)
        if column.cells is layout.Cells.YES_NO
    }
    return Table(sheet.name, sheet.headings, sheet.helps, tuple(_rows(sheet, pack)), codes | yes_no)


def _rows(sheet: Sheet, pack: Pack) -> Iterator[tuple[str, ...]]:
    for links, number, item in _items(pack, sheet.lists):
        own = (str(number),) if sheet.numbered else ()
        yield (*links, *own, *(_cell(item, column) for column in sheet.columns))


def _items(top: Part, lists: Sequence[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], int, Part]]:
    """The items at the end of `lists`, each with what names the items around it, and its number from 1."""
    *outer, last = lists
    around: list[tuple[tuple[str, ...], Part]] = [((), top)]
    for depth in range(len(outer)):
        key = next(sheet.key for sheet in layout.sheets() if sheet.lists == tuple(lists[: depth + 1]))
        around = [
            ((*links, str(number) if key == layout.ROW_NUMBER else str(getattr(item, key))), item)
            for links, part in around
            for number, item in enumerate(_list(part, outer[depth]), 1)
        ]
    for links, part in around:
        for number, item in enumerate(_list(part, last), 1):
            yield links, number, item


def _list(part: Part, path: tuple[str, ...]) -> tuple[Part, ...]:
    value: object = part
    for step in path:
        value = getattr(value, step) if value is not None else None
    return value if isinstance(value, tuple) else ()


def _cell(item: Part, column: Column) -> str:
    value: object = item
    for step in column.path:
        value = getattr(value, step) if value is not None else None
    return written(value)
