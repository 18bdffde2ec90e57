"""What a copy is made of: sections, their parts, and the kinds of block that the template knows how to draw."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from referrals.record.domain.forms.body import HEAD, HEIGHT, WIDTH, Ellipse, Shape

NOT_PROVIDED = "Not provided"
NOT_KNOWN = "Not known"
NOT_STATED = "Not stated by the partnership"
# What stands for an answer that isn't there is drawn lighter, so that the eye finds what was written.
_EMPTY = frozenset({NOT_PROVIDED, NOT_KNOWN, NOT_STATED})
_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_ENGLAND = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Row:
    """A short fact: its name, and what it is."""

    label: str
    text: str

    @property
    def empty(self) -> bool:
        """Whether there is no answer."""
        return self.text in _EMPTY


@dataclass(frozen=True, slots=True)
class Rows:
    """Short facts under each other."""

    kind: ClassVar[str] = "rows"
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Narrative:
    """A question, and what somebody wrote, over the whole width."""

    kind: ClassVar[str] = "narrative"
    label: str
    text: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text where empty lines part it, so that a page can end between two of them."""
        return tuple(one for one in _EMPTY_LINES.split(self.text) if one.strip())


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a list, with what belongs to it in smaller print."""

    text: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """A list under a label."""

    kind: ClassVar[str] = "points"
    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that ask the same things, under their headings, with a label before them."""

    kind: ClassVar[str] = "table"
    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a figure: how it is drawn, and its number where something was seen there, else 0."""

    shape: Shape
    number: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One side of the body. `says` is read by whoever doesn't see the drawing."""

    name: str
    says: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The body with what was seen on it, beside the words that say it all."""

    kind: ClassVar[str] = "drawing"
    figures: tuple[Figure, ...]
    head: Ellipse = HEAD
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that must not be overlooked."""

    kind: ClassVar[str] = "notice"
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A plain paragraph."""

    kind: ClassVar[str] = "text"
    text: str


Block = Rows | Narrative | Points | Table | Drawing | Notice | Text


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks under a heading of the third level. A `card` stays together on one page."""

    title: str
    blocks: tuple[Block, ...]
    card: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Parts under a heading of the second level; `lead` stands before the first of them."""

    title: str
    parts: tuple[Part, ...]
    lead: tuple[Block, ...] = ()


def rows_of(*pairs: tuple[str, str]) -> Rows:
    """Return short facts; an empty text reads "Not provided"."""
    return Rows(tuple(Row(label, text or NOT_PROVIDED) for label, text in pairs))


def points_of(label: str, points: Iterable[Point]) -> tuple[Points, ...]:
    """Return the list, or nothing when it has no points."""
    found = tuple(points)
    return (Points(label, found),) if found else ()


def details(*texts: str | None) -> tuple[str, ...]:
    """Return those that say something."""
    return tuple(text for text in texts if text)


def gathered(blocks: Iterable[Row | Block]) -> tuple[Block, ...]:
    """Return the blocks in their order, with neighbouring short facts in one table."""
    return tuple(_gathered(blocks))


def _gathered(blocks: Iterable[Row | Block]) -> Iterator[Block]:
    for is_row, run in groupby(blocks, key=lambda block: isinstance(block, Row)):
        if is_row:
            yield Rows(tuple(one for one in run if isinstance(one, Row)))
        else:
            yield from (one for one in run if not isinstance(one, Row))


def moment(stored: str | None) -> str:
    """Return a stored moment (ISO 8601 with offset) in England's time: "2 March 2026 at 10:05am"; empty for None.

    ValueError for what is no moment, or has no offset.
    """
    if not stored:
        return ""
    at = datetime.fromisoformat(stored)
    if at.tzinfo is None:
        raise ValueError("a frozen moment has an offset")
    local = at.astimezone(_ENGLAND)
    return f"{local.day} {local:%B %Y} at {local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def yes_no(value: object) -> str:
    """Return a frozen yes, no, or unknown in words."""
    return NOT_KNOWN if value is None else "Yes" if value else "No"


def listed(content: Mapping[str, Any], key: str) -> list[Any]:
    """Return a list of the content; empty where it isn't there."""
    found = content.get(key) or []
    if not isinstance(found, list):
        raise TypeError(f"{key} is no list")
    return found
