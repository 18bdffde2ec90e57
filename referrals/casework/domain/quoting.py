"""The sentences in which words stand, with the words marked: where a suggestion comes from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thresholds.domain.spans import Span

SEPARATOR = "\n\n"
LONGEST = 240
"""Characters of a quotation; more is left out at its ends, never a marked word."""
MOST = 2
"""Sentences that are quoted of one suggestion."""
_END = re.compile(r"[.!?]+[\"'”’)]*\s+|\s*\n\s*")

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a quotation. `marked`: these are the words."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence of the passage of that number. `pieces` put together read as it, shortened at its ends if long."""

    passage: int
    sentence: str
    pieces: tuple[Piece, ...]


def joined(passages: Sequence[str]) -> str:
    """Return the passages as one text, kept apart so that no sentence runs over from one into the next."""
    return SEPARATOR.join(passages)


def quotations(passages: Sequence[str], spans: Iterable[Span], *, most: int = MOST) -> tuple[Quotation, ...]:
    """Return the first sentences in which the spans stand, at most `most`; spans are places in `joined(passages)`.

    A span that reaches beyond its passage is cut off there; one that lies between two, or on white space, is left out.
    """
    found: dict[tuple[int, int, int], list[Span]] = {}
    for span in sorted(spans):
        for number, start, end in _within(passages, span):
            where = (number, *_sentence(passages[number], start, end))
            if where not in found and len(found) == most:
                return tuple(_quotation(passages, where, marks) for where, marks in found.items())
            found.setdefault(where, []).append(Span(start, end))
    return tuple(_quotation(passages, where, marks) for where, marks in found.items())


def _within(passages: Sequence[str], span: Span) -> Iterable[tuple[int, int, int]]:
    begins = 0
    for number, passage in enumerate(passages):
        start, end = max(span.start - begins, 0), max(min(span.end - begins, len(passage)), 0)
        if passage[start:end].strip():
            yield number, start, end
        begins += len(passage) + len(SEPARATOR)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence begins and ends in which these characters stand, without white space at its ends."""
    ends = list(_END.finditer(text))
    first = max((one.end() for one in ends if one.end() <= start), default=0)
    last = min((one.end() for one in ends if one.start() >= end), default=len(text))
    whole = text[first:last]
    return first + len(whole) - len(whole.lstrip()), first + len(whole.rstrip())


def _quotation(passages: Sequence[str], where: tuple[int, int, int], marks: Sequence[Span]) -> Quotation:
    number, first, last = where
    text = passages[number]
    begin, finish = _shortened(text, first, last, marks)
    pieces = [Piece("…", False)] if begin > first else []
    place = begin
    for mark in marks:
        start, end = max(mark.start, place), min(mark.end, finish)
        if start >= end:
            continue
        pieces += [Piece(text[place:start], False), Piece(text[start:end], True)]
        place = end
    pieces += [Piece(text[place:finish], False), Piece("…" if finish < last else "", False)]
    return Quotation(number, text[first:last], tuple(piece for piece in pieces if piece.text))


def _shortened(text: str, first: int, last: int, marks: Sequence[Span]) -> tuple[int, int]:
    """Where a quotation begins and ends: the whole sentence, or of a long one what stands around its first mark."""
    if last - first <= LONGEST:
        return first, last
    begin = max(first, marks[0].start - LONGEST // 3)
    finish = min(last, max(begin + LONGEST, marks[0].end))
    if begin > first:
        space = text.find(" ", begin, marks[0].start)
        begin = space + 1 if space >= 0 else begin
    if finish < last:
        space = text.rfind(" ", marks[0].end, finish)
        finish = space if space >= 0 else finish
    return begin, finish


def named_instead(sentence: str, name: str, others: Iterable[str]) -> str:
    """Return the first of `others` whose first name stands in the sentence while that of `name` doesn't; empty for
    none. Names are whole words and written as they are recorded: "will" is nobody's name."""
    words = set(_WORD.findall(sentence))
    if _first(name) in words:
        return ""
    return next((other for other in others if _first(other) in words), "")


def _first(name: str) -> str:
    found = _WORD.search(name)
    return found.group() if found else ""
