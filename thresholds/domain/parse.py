"""YAML files to a Pack, or to every mistake with its file, line and field. Text comes in: nothing here opens a file."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import yaml

from thresholds.domain.assemble import (
    NATIONAL_PARTS,
    Group,
    Mistake,
    P,
    PackErrors,
    Place,
    Written,
    assemble,
    assemble_part,
    mistake_at,
    national_edition,
)
from thresholds.domain.ids import Path
from thresholds.domain.pack import Pack

DEEPEST = 20
"""A pack nests nine deep."""
MOST_NODES = 200_000
"""Far above any pack, and few enough to be composed in a moment: a small file can hold millions."""
TOO_MANY = f"holds more than {MOST_NODES:,} values, and no pack does"
UNSEEN = "holds a character that can't be seen: write the words anew"
ANCHORED = "anchors and aliases are not allowed: write it out"

_WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})")


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack: its name, as mistakes show it, and its text."""

    name: str
    text: str


def parse_pack(files: Sequence[PackFile], national: Mapping[str, PackFile]) -> Pack:
    """The pack that `files` of one area make together, with the national overrides of the edition that it names.

    Takes the area's files in any order (lists and groups of the same name in several files are joined in the order
    given, anything else may stand once) and the national files by edition (ISO date). Raises PackErrors with every
    mistake that can be told: YAML first, then the schema, then the rules of `thresholds.domain.rules`.
    """
    mistakes: list[Mistake] = []
    area = [_read(file, mistakes) for file in files]
    edition = national_edition(area)
    groups: dict[str, Group] = {}
    if edition in national:
        groups[edition] = _read_national(national[edition], mistakes)
    if mistakes:
        raise PackErrors(mistakes)
    return assemble(area, groups, start=Place(files[0].name if files else ""))


def parse_part(kind: type[P], files: Sequence[PackFile], wrong: Callable[[P], Iterable[tuple[Path, str]]]) -> P:
    """Files that are written like a pack's, as one part of another kind; see `assemble_part`. Raises PackErrors."""
    mistakes: list[Mistake] = []
    groups = [_read(file, mistakes) for file in files]
    if mistakes:
        raise PackErrors(mistakes)
    return assemble_part(kind, groups, wrong)


def national_group(file: PackFile) -> Group:
    """A national file as written, for a pack that comes from elsewhere than YAML. Raises PackErrors."""
    mistakes: list[Mistake] = []
    group = _read_national(file, mistakes)
    if mistakes:
        raise PackErrors(mistakes)
    return group


def _read_national(file: PackFile, mistakes: list[Mistake]) -> Group:
    top = _read(file, mistakes)
    for key in sorted(top.keys() - NATIONAL_PARTS):
        mistakes.append(mistake_at(top[key].place, "is not a field of a national file", key))
    return {key: value for key, value in top.items() if key in NATIONAL_PARTS}


def _read(file: PackFile, mistakes: list[Mistake]) -> Group:
    """The top level of a file; mistakes of YAML go to `mistakes`."""
    try:
        deepest, anchor, nodes = _surveyed(file.text)
        if nodes > MOST_NODES or deepest > DEEPEST:
            why = TOO_MANY if nodes > MOST_NODES else "is nested too deeply for a pack"
            mistakes.append(Mistake(file.name, 1, "", why))
            return {}
        if anchor is not None:
            mistakes.append(Mistake(file.name, anchor, "", ANCHORED))
            return {}
        node = yaml.compose(file.text, Loader=yaml.CSafeLoader)
        if not isinstance(node, yaml.MappingNode):
            mistakes.append(Mistake(file.name, 1, "", "a pack file is a group of named fields"))
            return {}
        written = _written(node, file, mistakes)
    except yaml.YAMLError as error:
        mistakes.append(_not_yaml(error, file))
        return {}
    assert isinstance(written.value, dict)
    return written.value


def _not_yaml(error: yaml.YAMLError, file: PackFile) -> Mistake:
    """What is wrong with the file as YAML, at its line."""
    if isinstance(error, yaml.MarkedYAMLError):
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return Mistake(file.name, line, "", f"not valid YAML: {error.problem or error.context}")
    if isinstance(error, yaml.reader.ReaderError):
        # It gives no line, but how many bytes lie before.
        line = file.text.encode(errors="replace").count(b"\n", 0, error.position) + 1
        return Mistake(file.name, line, "", UNSEEN)
    return Mistake(file.name, 1, "", f"not valid YAML: {type(error).__name__}")


def _surveyed(text: str) -> tuple[int, int | None, int]:
    """How deep the text nests, the first line with an anchor or an alias (None without one), and how many values it
    holds; counting ends where they are too many.

    Told without recursion: composing recurses in C, where a hostile file could crash it.
    """
    depth = deepest = nodes = 0
    anchor: int | None = None
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
        nodes += isinstance(event, yaml.NodeEvent)
        if nodes > MOST_NODES:
            break
        if anchor is None and isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            anchor = event.start_mark.line + 1 if event.start_mark else 1
    return deepest, anchor, nodes


def _written(node: yaml.Node, file: PackFile, mistakes: list[Mistake]) -> Written:
    """A node as a value. A field that stands twice is refused."""
    place = Place(file.name, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return Written([_written(child, file, mistakes) for child in node.value], place)
    if isinstance(node, yaml.MappingNode):
        fields: dict[str, Written] = {}
        for key, child in node.value:
            name, at_key = str(key.value), Place(file.name, key.start_mark.line + 1)
            if name in fields:
                mistakes.append(mistake_at(at_key, "stands twice", name))
            value = _written(child, file, mistakes)
            fields[name] = Written(value.value, at_key)
        return Written(fields, place)
    return Written(_scalar(node), place)


def _scalar(node: yaml.Node) -> object:
    """YAML 1.2's few plain words and whole numbers; all else is text, dates and clock times too (10:00 isn't 600)."""
    if not isinstance(node, yaml.ScalarNode) or node.style:  # quoted
        return node.value
    if node.value in {"", "~", "null"}:
        return None
    if node.value in {"true", "false"}:
        return node.value == "true"
    return int(node.value) if _WHOLE_NUMBER.fullmatch(node.value) else node.value
