"""Which sheets a pack has and which columns, read off the schema: a new field of a pack has its column at once.

A group of named fields becomes columns of the same row (`citation.section`: "Source: section"), a list of words one
cell, a list of groups a sheet of its own whose rows name the row they belong to.
"""

import datetime as dt
import inspect
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from thresholds.domain.pack import Pack
from thresholds.domain.parts import Part
from thresholds.domain.tables import words

PACK_SHEET = "The pack"
NATIONAL_SHEET = "National (do not change)"
GUIDE_SHEET = "Read me first"
ROW_NUMBER = "No."
SEPARATOR = "|"
HELP = "Help: "
"""What the row under the headings begins with, so that it is told from a row of the pack."""


class Cells(StrEnum):
    """What a column's cells hold."""

    TEXT = "text"
    CODE = "code"
    LIST = "list"
    NUMBER = "number"
    YES_NO = "yes_no"
    TIME = "time"
    DATE = "date"
    TELEPHONE = "telephone"


@dataclass(frozen=True, slots=True)
class Column:
    """A column, for the field at `path` within the item."""

    path: tuple[str, ...]
    cells: Cells
    needed: bool
    """Whether the field may not be empty, where its group stands at all."""
    optional_group: tuple[str, ...]
    """The outermost group around it that may be left out as a whole; empty: none."""
    heading: str
    help: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: the items of one list of the pack, or of that list in all items of another sheet.

    `lists` leads from the pack to the list, each step a path of field names; `key` is the field by which rows of other
    sheets name a row of this one, empty where none do, ROW_NUMBER where the items have no name of their own.
    """

    name: str
    help: str
    lists: tuple[tuple[str, ...], ...]
    links: tuple[str, ...]
    """Headings of the first columns, which name the row of the sheet above that a row belongs to."""
    key: str
    columns: tuple[Column, ...]

    @property
    def numbered(self) -> bool:
        """Whether rows have a number of their own in a column of its own."""
        return self.key == ROW_NUMBER

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings in order."""
        own = (ROW_NUMBER,) if self.numbered else ()
        return (*self.links, *own, *(column.heading for column in self.columns))

    @property
    def helps(self) -> tuple[str, ...]:
        """The line of help under each heading; the first says that it is one."""
        links = [words.LINK_HELP.format(link) for link in self.links]
        own = [words.NUMBER_HELP] if self.numbered else []
        first, *others = (*links, *own, *(column.help for column in self.columns))
        return (HELP + first, *others)


@cache
def pack_columns() -> tuple[Column, ...]:
    """What stands once in a pack: one row each in the sheet of the pack."""
    return tuple(_columns(Pack, (), (), ()))


@cache
def sheets() -> tuple[Sheet, ...]:
    """Every sheet with a row an item, in the order of the pack; a list inside items comes after the list."""
    return tuple(_sheets(Pack, (), ()))


def _sheets(model: type[Part], lists: tuple[tuple[str, ...], ...], links: tuple[str, ...]) -> Iterator[Sheet]:
    for path, item in _lists(model, ()):
        here = (*lists, path)
        name, help_ = words.sheet(".".join(step for steps in here for step in steps))
        inner = list(_lists(item, ()))
        key = ("id" if "id" in item.model_fields else words.KEYS.get(item.__name__, ROW_NUMBER)) if inner else ""
        yield Sheet(name, help_, here, links, key, tuple(_columns(item, (), (), ())))
        link = words.LINKS.get(item.__name__, name)
        yield from _sheets(item, here, (*links, link))


def _lists(model: type[Part], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], type[Part]]]:
    """The lists of groups in a model, and in the groups that it has once."""
    for name, field in model.model_fields.items():
        base, many = _base(field.annotation)
        if inspect.isclass(base) and issubclass(base, Part):
            if many:
                yield (*path, name), base
            else:
                yield from _lists(base, (*path, name))


def _columns(
    model: type[Part], path: tuple[str, ...], group: tuple[str, ...], above: tuple[str, ...]
) -> Iterator[Column]:
    for name, field in model.model_fields.items():
        here = (*path, name)
        base, many = _base(field.annotation)
        if inspect.isclass(base) and issubclass(base, Part):
            if not many:
                yield from _columns(base, here, group or (() if field.is_required() else here), (*above, name))
            continue
        cells = _cells(name, base, many=many)
        codes = tuple(member.value for member in base) if inspect.isclass(base) and issubclass(base, StrEnum) else ()
        heading = words.heading(name, above)
        help_ = words.help_of(model.__name__, name, field.description, codes, many=many, needed=field.is_required())
        yield Column(here, cells, field.is_required(), group, heading, help_, codes)


def _base(annotation: object) -> tuple[object, bool]:
    """The type inside optional, annotated and list types; and whether it was a list."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _base(typing.get_args(annotation)[0])
    if origin in {types.UnionType, typing.Union}:
        return _base(next(one for one in typing.get_args(annotation) if one is not types.NoneType))
    if origin is tuple:
        return _base(typing.get_args(annotation)[0])[0], True
    return annotation, False


def _cells(name: str, base: object, *, many: bool) -> Cells:
    if many:
        return Cells.LIST
    if inspect.isclass(base) and issubclass(base, StrEnum):
        return Cells.CODE
    if base is str:
        return Cells.TELEPHONE if name == "number" else Cells.TEXT
    assert inspect.isclass(base), base
    return {int: Cells.NUMBER, bool: Cells.YES_NO, dt.time: Cells.TIME, dt.date: Cells.DATE}[base]
