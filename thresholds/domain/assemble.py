"""What was written, file by file or sheet by sheet, to one Pack, or to every mistake with its place.

Readers (`thresholds.domain.parse` for YAML, `thresholds.domain.tables` for spreadsheets) give values with the places
they were written at. The national overrides of the edition that a pack names come first, then the area's own.
"""

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import ValidationError

from thresholds.domain.ids import Path, id_faults
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Part
from thresholds.domain.rules import faults
from thresholds.domain.said import A_DAY, IN_A_SHEET, IN_YAML, said

P = TypeVar("P", bound=Part)

NATIONAL_PARTS = frozenset({"documents", "overrides", "routes", "deadlines", "notes"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written: a line of a file, or a row of a sheet and the heading of the column."""

    file: str
    line: int = 1
    sheet: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, and where. `line` counts from 1 (the row, in a sheet); `field` is a dotted path, empty for the
    whole file. `sheet` and `column` are empty for YAML."""

    file: str
    line: int
    field: str
    message: str
    sheet: str = ""
    column: str = ""

    def __str__(self) -> str:
        if not self.sheet:
            return ": ".join(filter(None, (f"{self.file}:{self.line}", self.field, self.message)))
        column = f", column “{self.column}”" if self.column else ""
        return f"{self.file}: sheet “{self.sheet}”, row {self.line}{column}: {self.message}"


class PackErrors(Exception):
    """A pack that can't be used, with all of its mistakes in the order of its files."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


@dataclass(frozen=True, slots=True)
class Written:
    """A value and where it starts. Groups and lists hold Written values again."""

    value: object
    place: Place

    def __str__(self) -> str:
        return str(self.value)


Group = Mapping[str, Written]


def mistake_at(place: Place, message: str, field: str = "") -> Mistake:
    """A mistake at a place."""
    return Mistake(place.file, place.line, field, message, place.sheet, place.column)


def national_edition(area: Sequence[Group]) -> str:
    """The edition of the national part that the groups of an area name; empty where they name none that can be one."""
    named = next((group["national"].value for group in area if "national" in group), None)
    return named if isinstance(named, str) else ""


def dotted(path: Path) -> str:
    """A path as people read it: `front_doors[0].numbers[1].number`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


@dataclass(slots=True)
class _Merged:
    """All that was written as one value, and where each of its paths was."""

    value: dict[str, object] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def mistake(self, path: Path, message: str) -> None:
        """Adds a mistake at the nearest place that was written: of a missing field, the group that lacks it."""
        self.mistakes.append(mistake_at(self.near(path), message, dotted(path)))

    def near(self, path: Path) -> Place:
        """The nearest place that was written."""
        near = (self.places[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.places)
        return next(near, Place(""))

    def add(self, group: Group) -> None:
        """Joins a group of named fields to what is there."""
        self._add(group, self.value, ())

    def _add(self, group: Group, into: dict[str, object], path: Path) -> None:
        for name, written in group.items():
            here, value = (*path, name), written.value
            present = into.get(name)
            if isinstance(value, list) and (name not in into or isinstance(present, list)):
                items = present if isinstance(present, list) else []
                self.places.setdefault(here, written.place)
                self._note_items(value, here, len(items))
                into[name] = [*items, *(_plain(item) for item in value)]
            elif isinstance(value, dict) and (name not in into or isinstance(present, dict)):
                self.places.setdefault(here, written.place)
                inner = present if isinstance(present, dict) else {}
                into[name] = inner
                self._add(value, inner, here)
            elif name in into:
                message = "stands in another file of the pack already"
                self.mistakes.append(mistake_at(written.place, message, dotted(here)))
            else:
                into[name] = value
                self.places[here] = written.place

    def _note_items(self, items: Sequence[Written], path: Path, offset: int) -> None:
        for index, item in enumerate(items):
            for inner, place in _places(item, (*path, index + offset)):
                self.places.setdefault(inner, place)


def assemble(
    area: Sequence[Group], national: Mapping[str, Group], *, start: Place, before: Sequence[Mistake] = ()
) -> Pack:
    """The pack that the groups of `area` make together, with the national group of the edition that they name.

    Lists of the same name are joined in the order given, and so are groups; anything else may stand once. `national`
    holds the groups by edition (ISO date); `start` is where mistakes of the whole are placed, `before` what the reader
    found already. Raises PackErrors with every mistake that can be told: the joining first, then the schema and the ids
    together, then the other rules of `thresholds.domain.rules`.
    """
    merged = _Merged(places={(): start})
    edition = national_edition(area)
    if edition in national:
        merged.add(national[edition])
    for group in area:
        merged.add(group)
    if any("national" in group for group in area) and edition not in national:
        merged.mistake(("national",), f"no national file of {edition}" if edition else A_DAY)
    if merged.mistakes:
        raise PackErrors([*before, *merged.mistakes])
    words = IN_A_SHEET if start.sheet else IN_YAML
    try:
        pack = _validated(Pack, merged)
    except ValidationError as error:
        lost = list(id_faults(merged.value))
        for fault in lost:
            merged.mistake(*fault)
        _add(merged, error, words, {fault.path for fault in lost}, before)
        raise PackErrors([*before, *merged.mistakes]) from None
    # Where something couldn't be read only the ids are looked at: the other rules would find what is no fault.
    for fault in id_faults(merged.value) if before else faults(pack):
        merged.mistake(*fault)
    if before or merged.mistakes:
        raise PackErrors([*before, *merged.mistakes])
    return pack


def assemble_part(kind: type[P], groups: Sequence[Group], wrong: Callable[[P], Iterable[tuple[Path, str]]]) -> P:
    """Groups that are joined like a pack's, as one part of another kind; `wrong` gives what its schema can't tell, by
    path. Raises PackErrors with every mistake that can be told."""
    merged = _Merged()
    for group in groups:
        merged.add(group)
    if merged.mistakes:
        raise PackErrors(merged.mistakes)
    try:
        part = _validated(kind, merged)
    except ValidationError as error:
        _add(merged, error, IN_YAML)
        raise PackErrors(merged.mistakes) from None
    for path, message in wrong(part):
        merged.mistake(path, message)
    if merged.mistakes:
        raise PackErrors(merged.mistakes)
    return part


def _validated(kind: type[P], merged: _Merged) -> P:
    return kind.model_validate_json(json.dumps(merged.value))


def _add(
    merged: _Merged,
    error: ValidationError,
    words: Mapping[str, str],
    told: Container[Path] = (),
    before: Sequence[Mistake] = (),
) -> None:
    """Adds what the schema found, but for what is told already: at those paths, or because of what couldn't be read."""
    rows = {(mistake.sheet, mistake.line) for mistake in before}
    for detail in error.errors(include_url=False):
        if detail["loc"] in told or (before and detail["type"] in {"missing", "too_short"}):
            continue
        place = merged.near(detail["loc"])
        if isinstance(detail["input"], dict | list) and (place.sheet, place.line) in rows:
            continue
        merged.mistake(detail["loc"], said(detail, words))


def _places(written: Written, path: Path) -> Iterator[tuple[Path, Place]]:
    yield path, written.place
    if isinstance(written.value, dict):
        for name, child in written.value.items():
            yield from _places(child, (*path, name))
    elif isinstance(written.value, list):
        for index, child in enumerate(written.value):
            yield from _places(child, (*path, index))


def _plain(value: object) -> object:
    if isinstance(value, Written):
        return _plain(value.value)
    if isinstance(value, dict):
        return {name: _plain(child) for name, child in value.items()}
    if isinstance(value, list):
        return [_plain(child) for child in value]
    return value
