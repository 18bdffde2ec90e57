"""Pack files to a Pack, or to every mistake with its file, line and field. Text comes in: nothing here opens a file."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import yaml
from pydantic import ValidationError

from thresholds.domain.pack import Pack
from thresholds.domain.rules import Path, faults

NATIONAL_PARTS = frozenset({"documents", "overrides", "routes", "deadlines", "notes"})

DEEPEST = 20
"""A pack nests nine deep."""

_WHOLE_NUMBER = re.compile(r"-?(0|[1-9]\d*)")
_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a field that stands here",
    "string_type": "must be text; put it in quotes",
    "model_type": "must be a group of named fields",
    "model_attributes_type": "must be a group of named fields",
    "tuple_type": "must be a list",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
}


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack: its name, as mistakes show it, and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, and where. `line` counts from 1; `field` is a dotted path, empty for the whole file."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return ": ".join(filter(None, (f"{self.file}:{self.line}", self.field, self.message)))


class PackErrors(Exception):
    """A pack that can't be used, with all of its mistakes in the order of its files."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


@dataclass(slots=True)
class _Merged:
    """The files of a pack as one value, and where each of its paths was written."""

    value: dict[str, object] = field(default_factory=dict)
    places: dict[Path, tuple[str, int]] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def mistake(self, path: Path, message: str) -> None:
        """Adds a mistake at the nearest place that was written: of a missing field, the group that lacks it."""
        file, line = next((self.places[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.places), ("", 1))
        self.mistakes.append(Mistake(file, line, dotted(path), message))


def dotted(path: Path) -> str:
    """A path as people read it: `front_doors[0].numbers[1].number`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def parse_pack(files: Sequence[PackFile], national: Mapping[str, PackFile]) -> Pack:
    """The pack that `files` of one area make together, with the national overrides of the edition that it names.

    Takes the area's files in any order (lists of the same name in several files are joined in the order given, anything
    else may stand once) and the national files by edition (ISO date). Raises PackErrors with every mistake that can be
    told: YAML first, then the schema, then the rules of `thresholds.domain.rules`.
    """
    merged = _merge_all(files, national)
    if merged.mistakes:
        raise PackErrors(merged.mistakes)
    try:
        pack = Pack.model_validate_json(json.dumps(_plain(merged.value)))
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            merged.mistake(detail["loc"], _WORDS.get(detail["type"], detail["msg"].removeprefix("Value error, ")))
        raise PackErrors(merged.mistakes) from None
    for fault in faults(pack):
        merged.mistake(fault.path, fault.message)
    if merged.mistakes:
        raise PackErrors(merged.mistakes)
    return pack


def _merge_all(files: Sequence[PackFile], national: Mapping[str, PackFile]) -> _Merged:
    """The national file that the area's files name, and then those, as one value."""
    merged = _Merged()
    if files:
        merged.places[()] = (files[0].name, 1)
    area = [(file, _read(file, merged)) for file in files]
    edition = next((str(top["national"]) for _, top in area if "national" in top), None)
    if edition is not None and edition in national:
        file = national[edition]
        top = _read(file, merged)
        for key in sorted(top.keys() - NATIONAL_PARTS):
            merged.mistakes.append(Mistake(file.name, top[key].line, key, "is not a field of a national file"))
        _merge(file, {key: value for key, value in top.items() if key in NATIONAL_PARTS}, merged)
    for file, top in area:
        _merge(file, top, merged)
    if edition is not None and edition not in national:
        merged.mistake(("national",), f"no national file of {edition}")
    return merged


@dataclass(frozen=True, slots=True)
class _Written:
    """A value and the line that it starts on."""

    value: object
    line: int

    def __str__(self) -> str:
        return str(self.value)


def _read(file: PackFile, merged: _Merged) -> dict[str, _Written]:
    """The top level of a file, each value with its line; mistakes of YAML go to `merged`."""
    try:
        if _deepest(file.text) > DEEPEST:
            merged.mistakes.append(Mistake(file.name, 1, "", "is nested too deeply for a pack"))
            return {}
        node = yaml.compose(file.text, Loader=yaml.CSafeLoader)
        if not isinstance(node, yaml.MappingNode):
            merged.mistakes.append(Mistake(file.name, 1, "", "a pack file is a group of named fields"))
            return {}
        written = _written(node, file, merged, seen=set())
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        merged.mistakes.append(Mistake(file.name, line, "", f"not valid YAML: {error.problem or error.context}"))
        return {}
    except yaml.YAMLError as error:
        merged.mistakes.append(Mistake(file.name, 1, "", f"not valid YAML: {type(error).__name__}"))
        return {}
    assert isinstance(written.value, dict)
    return written.value


def _deepest(text: str) -> int:
    """How deep the text nests, told without recursion: composing recurses in C, where a hostile file could crash it."""
    depth = deepest = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
    return deepest


def _written(node: yaml.Node, file: PackFile, merged: _Merged, *, seen: set[int]) -> _Written:
    """A node as a value. Aliases are refused (what is written out can be read), and so is a field that stands twice."""
    line = node.start_mark.line + 1
    if id(node) in seen:
        merged.mistakes.append(Mistake(file.name, line, "", "anchors and aliases are not allowed: write it out"))
        return _Written(None, line)
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return _Written([_written(child, file, merged, seen=seen) for child in node.value], line)
    if isinstance(node, yaml.MappingNode):
        fields: dict[str, _Written] = {}
        for key, child in node.value:
            name = str(key.value)
            if name in fields:
                merged.mistakes.append(Mistake(file.name, key.start_mark.line + 1, name, "stands twice"))
            value = _written(child, file, merged, seen=seen)
            fields[name] = _Written(value.value, key.start_mark.line + 1)
        return _Written(fields, line)
    return _Written(_scalar(node), line)


def _scalar(node: yaml.Node) -> object:
    """YAML 1.2's few plain words and whole numbers; all else is text, dates and clock times too (10:00 isn't 600)."""
    if not isinstance(node, yaml.ScalarNode) or node.style:  # quoted
        return node.value
    if node.value in {"", "~", "null"}:
        return None
    if node.value in {"true", "false"}:
        return node.value == "true"
    return int(node.value) if _WHOLE_NUMBER.fullmatch(node.value) else node.value


def _merge(file: PackFile, top: Mapping[str, _Written], merged: _Merged) -> None:
    for key, written in top.items():
        present = merged.value.get(key)
        if key not in merged.value:
            merged.value[key] = list(written.value) if isinstance(written.value, list) else written.value
            merged.places[(key,)] = (file.name, written.line)
            offset = 0
        elif isinstance(present, list) and isinstance(written.value, list):
            offset = len(present)
            present.extend(written.value)
        else:
            merged.mistakes.append(Mistake(file.name, written.line, key, "stands in another file of the pack already"))
            continue
        for path, line in _places(written, (key,), offset):
            merged.places.setdefault(path, (file.name, line))


def _places(written: _Written, path: Path, offset: int = 0) -> Iterator[tuple[Path, int]]:
    yield path, written.line
    if isinstance(written.value, dict):
        for name, child in written.value.items():
            yield from _places(child, (*path, name))
    elif isinstance(written.value, list):
        for index, child in enumerate(written.value):
            yield from _places(child, (*path, index + offset))


def _plain(value: object) -> object:
    if isinstance(value, _Written):
        return _plain(value.value)
    if isinstance(value, dict):
        return {name: _plain(child) for name, child in value.items()}
    if isinstance(value, list):
        return [_plain(child) for child in value]
    return value
