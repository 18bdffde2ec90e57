"""Ids of a pack: each stands once, and what is named by its id is there.

Read off what was written, before it is a pack: so these are told together with whatever else is wrong, and nobody puts
a file right layer by layer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

Path = tuple[int | str, ...]

MOST_LISTED = 15
"""Ids that a mistake lists: more of them are no help."""
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

PERMANENT = (
    "descriptors",
    "overrides",
    "protective_factors",
    "harm_factors",
    "routes",
    "consent_rules",
    "deadlines",
    "notes",
)
"""Lists whose ids records keep: with the signs of exploitation they are one name space, so that an id alone says what
is meant."""
OF_THEIR_OWN = ("documents", "levels", "domains", "conditions", "front_doors")
"""Lists whose ids are a name space each."""

EACH = "*"
NAMED: Sequence[tuple[Path, str]] = (
    (("descriptors", EACH, "level"), "levels"),
    (("descriptors", EACH, "up_to"), "levels"),
    (("descriptors", EACH, "domain"), "domains"),
    (("descriptors", EACH, "twin", "condition"), "conditions"),
    (("descriptors", EACH, "twin", "id"), "descriptors"),
    (("levels", EACH, "overlaps", EACH), "levels"),
    (("services", EACH, "level"), "levels"),
    (("exploitation", "categories", EACH, "signs", EACH, "level"), "levels"),
    (("early_help", "levels", EACH), "levels"),
    (("early_help", "door"), "front_doors"),
    (("main_door",), "front_doors"),
    (("routes", EACH, "door"), "front_doors"),
    (("front_doors", EACH, "out_of_hours"), "front_doors"),
)
"""Where an item is named by its id, and the list that it stands in."""
WHAT = {
    "levels": "a level",
    "domains": "a domain",
    "conditions": "a condition",
    "descriptors": "a descriptor",
    "front_doors": "a front door",
    "documents": "a document",
}


class Fault(NamedTuple):
    """A rule that doesn't hold, at a field of the pack."""

    path: Path
    message: str


def id_faults(written: Mapping[str, object]) -> Iterator[Fault]:
    """Ids that stand twice, and those that are named and aren't there. `written` is a pack as JSON has it, whole or
    not; what can't be told because ids of that list are missing or misspelt themselves isn't told."""
    yield from _twice(written)
    for pattern, listed in NAMED:
        yield from _lost(written, _at(written, pattern), listed)
    inside = list(_groups(written, ()))
    whens, citations = ([one for one in inside if one[0][-1:] == (name,)] for name in ("when", "citation"))
    yield from _lost(written, (one for path, when in whens for one in _at(when, ("levels", EACH), path)), "levels")
    if "national" in written:  # which brings documents of its own
        cited = (one for path, citation in citations for one in _at(citation, ("document",), path))
        yield from _lost(written, cited, "documents")


def _twice(written: Mapping[str, object]) -> Iterator[Fault]:
    signs = ("exploitation", "categories", EACH, "signs", EACH, "id")
    spaces: list[list[Path]] = [[*((name, EACH, "id") for name in PERMANENT), signs]]
    spaces += [[(name, EACH, "id")] for name in OF_THEIR_OWN]
    spaces.append([("exploitation", "categories", EACH, "id")])
    for patterns in spaces:
        seen: set[str] = set()
        for path, value in (found for pattern in patterns for found in _at(written, pattern)):
            if value in seen:
                yield Fault(path, f"the id {value} stands twice")
            seen.add(value)
    levels: set[str] = set()
    for path, value in _at(written, ("services", EACH, "level")):
        if value in levels:
            # Rows of the sheet of next steps name only the level: those of a second entry would move to the first.
            yield Fault(path, f"what is offered at {value} stands twice: put it together")
        levels.add(value)


def _lost(written: Mapping[str, object], named: Iterable[tuple[Path, str]], listed: str) -> Iterator[Fault]:
    items = written.get(listed)
    known = [item.get("id") if isinstance(item, Mapping) else None for item in items] if isinstance(items, list) else []
    ids = [one for one in known if isinstance(one, str) and ID.fullmatch(one)]
    if len(ids) < len(known):
        return
    for path, value in named:
        if value not in ids:
            yield Fault(path, not_the_id(value, WHAT[listed], ids))


def not_the_id(given: str, what: str, ids: Sequence[str]) -> str:
    """That `given` is no id of `what` ("a level"), with those that it may be: all, where they are few."""
    said = f"“{given}” is not the id of {what}"
    if 0 < len(ids) <= MOST_LISTED:
        return f"{said}. Write one of: {', '.join(ids)}"
    near = get_close_matches(given.lower(), ids, n=1)
    return f"{said}. Did you mean {near[0]}?" if near else said


def _at(value: object, pattern: Path, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The texts at the places of a pattern, with their paths."""
    if not pattern:
        if isinstance(value, str):
            yield path, value
        return
    step, *rest = pattern
    if step == EACH:
        for index, child in enumerate(value if isinstance(value, list) else ()):
            yield from _at(child, tuple(rest), (*path, index))
    elif isinstance(value, Mapping) and step in value:
        yield from _at(value[step], tuple(rest), (*path, step))


def _groups(value: object, path: Path) -> Iterator[tuple[Path, Mapping[str, object]]]:
    """All groups of named fields inside `value`, with their paths."""
    if isinstance(value, Mapping):
        yield path, value
        for name, child in value.items():
            yield from _groups(child, (*path, name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _groups(child, (*path, index))
