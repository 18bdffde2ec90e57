"""The grid as people know it from the paper: a part for each domain, a column for each level, descriptors in the cells.

What the document lists for several levels at once spans their columns. Every entry keeps its permanent id, so that a
citation elsewhere can lead to it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from thresholds.domain.needs import Descriptor, ExploitationSign
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Citation
from thresholds.presenters.told import Mark, level_name, unmarked
from thresholds.presenters.words import age_in_words, source_of
from thresholds.wording import FLAGS


@dataclass(frozen=True, slots=True)
class Twin:
    """The other descriptor of a pair: `id` leads to it."""

    id: str
    words: str
    level: str
    question: str
    answer: str
    """The answer with which *this* one of the pair stands."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A descriptor or a sign in its cell. `details` are age, circumstances and notes, each a line."""

    id: str
    words: str
    source: str
    details: tuple[str, ...]
    twin: Twin | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """The entries at one level, or over a range of them. `source` is what all of them share."""

    span: int
    levels: str
    entries: tuple[Entry, ...]
    source: str


@dataclass(frozen=True, slots=True)
class GridPart:
    """A domain, or a category of the exploitation table: its name over rows of cells."""

    id: str
    name: str
    group: str
    meaning: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of parts by levels; `first` is what its parts are. Without parts there is nothing to show."""

    caption: str
    first: str
    levels: tuple[str, ...]
    parts: tuple[GridPart, ...]


def descriptor_grid(pack: Pack, kept: frozenset[str] | None = None, mark: Mark = unmarked) -> Grid:
    """Descriptors by domain and level; of `kept` ids only, where given. Domains without any are then left out."""
    by_domain: dict[str, list[Descriptor]] = defaultdict(list)
    for descriptor in pack.descriptors:
        if kept is None or descriptor.id in kept:
            by_domain[descriptor.domain].append(descriptor)
    parts = []
    for domain in pack.domains:
        placed: dict[tuple[int, int], list[tuple[Citation, Entry]]] = defaultdict(list)
        for one in by_domain[domain.id]:
            low, high = pack.level_order[one.level], pack.level_order[one.up_to or one.level]
            placed[low, high].append((one.citation, _descriptor(pack, one, mark)))
        if placed or kept is None:
            parts.append(
                GridPart(f"domain-{domain.id}", domain.name, domain.group or "", domain.meaning, _rows(pack, placed, 0))
            )
    return Grid(gettext("Descriptors by domain and level"), gettext("Domain"), _level_names(pack, 0), tuple(parts))


def sign_grid(pack: Pack, kept: frozenset[str] | None = None, mark: Mark = unmarked) -> Grid:
    """The exploitation indicator by category and level; of `kept` ids only, where given."""
    categories = pack.exploitation.categories if pack.exploitation else ()
    first = min((pack.level_order[sign.level] for one in categories for sign in one.signs), default=0)
    parts = []
    for category in categories:
        placed: dict[tuple[int, int], list[tuple[Citation, Entry]]] = defaultdict(list)
        for sign in category.signs:
            if kept is None or sign.id in kept:
                place = pack.level_order[sign.level]
                placed[place, place].append((sign.citation, _sign(pack, sign, mark)))
        if placed:
            parts.append(GridPart(f"category-{category.id}", category.name, "", "", _rows(pack, placed, first)))
    return Grid(
        gettext("Signs of exploitation by category and level"),
        gettext("Category"),
        _level_names(pack, first),
        tuple(parts),
    )


def _level_names(pack: Pack, first: int) -> tuple[str, ...]:
    return tuple(level_name(pack, level.id) for level in pack.levels[first:])


def _rows(
    pack: Pack, placed: dict[tuple[int, int], list[tuple[Citation, Entry]]], first: int
) -> tuple[tuple[Cell, ...], ...]:
    """Rows of cells, as few as there can be: what spans several levels stands beside single ones where it has room."""
    rows: list[set[tuple[int, int]]] = []
    for low, high in sorted(placed, key=lambda span: (span[1] - span[0], span[0])):
        free = (row for row in rows if all(high < other[0] or other[1] < low for other in row))
        row = next(free, None)
        if row is None:
            rows.append({(low, high)})
        else:
            row.add((low, high))
    return tuple(
        tuple(_cell(pack, span, placed[span] if span in row else []) for span in _filled(pack, row, first))
        for row in rows or [set()]
    )


def _filled(pack: Pack, row: set[tuple[int, int]], first: int) -> list[tuple[int, int]]:
    """The spans of a row, with single empty ones between."""
    taken = {place for low, high in row for place in range(low, high + 1)}
    return sorted(row | {(place, place) for place in range(first, len(pack.levels)) if place not in taken})


def _cell(pack: Pack, span: tuple[int, int], found: list[tuple[Citation, Entry]]) -> Cell:
    low, high = span
    names = gettext(" to ").join(level_name(pack, pack.levels[place].id) for place in dict.fromkeys(span))
    shared = {(citation.document, citation.section) for citation, _entry in found}
    if len(shared) == 1:
        citation = found[0][0]
        source = source_of(pack, citation.model_copy(update={"lines": None}))
        entries = tuple(_with_source(entry, citation.place()) for citation, entry in found)
    else:
        source = ""
        entries = tuple(_with_source(entry, source_of(pack, citation)) for citation, entry in found)
    return Cell(high - low + 1, names, entries, source)


def _with_source(entry: Entry, source: str) -> Entry:
    return Entry(entry.id, entry.words, source, entry.details, entry.twin)


def _descriptor(pack: Pack, one: Descriptor, mark: Mark) -> Entry:
    details = [
        age_in_words(one.age) if one.age else "",
        _about(gettext(FLAGS[flag]) for flag in one.flags),
        gettext("Doesn't raise the level by itself: %(why_not)s") % {"why_not": one.why_not} if one.why_not else "",
        one.note or "",
    ]
    return Entry(one.id, mark(one.wording), "", tuple(filter(None, details)), _twin(pack, one))


def _sign(pack: Pack, sign: ExploitationSign, mark: Mark) -> Entry:
    signs = (
        {one.id: one for category in pack.exploitation.categories for one in category.signs}
        if pack.exploitation
        else {}
    )
    also = [pack.level(signs[other].level).name for other in sign.also if other in signs]
    details = [
        _about(gettext(FLAGS[flag]) for flag in sign.flags),
        gettext("Doesn't raise the level by itself: %(why_not)s") % {"why_not": sign.why_not} if sign.why_not else "",
        gettext("The document repeats it under %(fromkeys)s") % {"fromkeys": ", ".join(dict.fromkeys(also))}
        if also
        else "",
    ]
    return Entry(sign.id, mark(sign.wording), "", tuple(filter(None, details)))


def _about(words: Iterable[str]) -> str:
    said = ", ".join(words)
    return gettext("About: %(said)s") % {"said": said} if said else ""


def _twin(pack: Pack, one: Descriptor) -> Twin | None:
    if one.twin is None or one.twin.id not in pack.descriptors_by_id:
        return None
    other = pack.descriptors_by_id[one.twin.id]
    question = next((condition.question for condition in pack.conditions if condition.id == one.twin.condition), "")
    return Twin(
        id=other.id,
        words=other.wording,
        level=pack.level(other.up_to or other.level).name,
        question=question,
        answer="yes" if one.twin.holds else "no",
    )
