"""A pseudo-language: every word that can be looked up stands in brackets, so that what isn't looked up is seen."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from typing import Any

from referrals.record.extracting import Found, all_words

CODE = "xx"
"""A language that neither Django nor anybody else has words for."""

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_READ_OUT = ("aria-label", "title", "placeholder", "alt")


_BETWEEN = re.compile(r"(<[^>]*>|&\w+;|%?%\(\w+\)[sd]|\{\w*\})")
"""What no translator touches: markup, and the places of values."""


def bracketed(words: str) -> str:
    """The words in the pseudo-language; what is put into them stands outside the brackets."""
    return "".join(
        piece if not piece.strip() or _BETWEEN.fullmatch(piece) else f"⟦{piece}⟧" for piece in _BETWEEN.split(words)
    )


def catalogue(words: Mapping[str, str | tuple[str, str, str]]) -> bytes:
    """Translations as gettext stores them (.mo). A plural is `one: (several, said of one, said of several)`."""
    header = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n"
    entries = {b"": header.encode()}
    for one, said in words.items():
        if isinstance(said, tuple):
            entries["\0".join((one, said[0])).encode()] = "\0".join(said[1:]).encode()
        else:
            entries[one.encode()] = said.encode()
    pairs = sorted(entries.items())
    start, body = 28 + 16 * len(pairs), bytearray()
    tables = bytearray()
    for side in (0, 1):
        for pair in pairs:
            tables += len(pair[side]).to_bytes(4, "little") + (start + len(body)).to_bytes(4, "little")
            body += pair[side] + b"\0"
    head = (0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return b"".join(value.to_bytes(4, "little") for value in head) + bytes(tables) + bytes(body)


@cache
def pseudo() -> bytes:
    """The catalogue of the pseudo-language, of all words that `manage.py words` hands to translators."""
    return catalogue({one.words: _said(one) for one in all_words()})


def _said(one: Found) -> str | tuple[str, str, str]:
    return (one.plural, bracketed(one.words), bracketed(one.plural)) if one.plural else bracketed(one.words)


class Page(HTMLParser):
    """What a page says: texts, and attributes that are shown or read out. What is marked as English is left out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.stack: list[tuple[str, bool]] = []
        self.feed(page)

    @property
    def _silent(self) -> bool:
        return bool(self.stack) and self.stack[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is read out of the tag itself."""
        given = dict(attrs)
        silent = self._silent or tag in {"script", "style", "svg"} or str(given.get("lang", CODE)).startswith("en")
        if not silent:
            self.said += [str(given[name]) for name in _READ_OUT if given.get(name)]
            if tag == "input" and given.get("type") in {"submit", "button"}:
                self.said.append(str(given.get("value", "")))
        if tag not in _VOID:
            self.stack.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if data.strip() and not self._silent:
            self.said.append(" ".join(data.split()))


_INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_DATES = re.compile(rf"\b(?:{_MONTHS}|{_DAYS}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b")


def left_over(text: str, data: Iterable[str]) -> str:
    """What of a text is neither in the pseudo-language nor data: "" where nothing is.

    `data` is tried longest first, each only as whole words.
    """
    while _INNERMOST.search(text):
        text = _INNERMOST.sub(" ", text)
    if not re.search(r"[^\W\d_]{2}", text):
        return ""
    for one in data:
        if one in text:
            text = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", " ", text)
    text = _DATES.sub(" ", text)
    text = re.sub(r"\S+@\S+|https?://\S+|\S*\d\S*|[0-9a-f-]{12,}", " ", text)
    return " ".join(re.findall(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?", text))


def texts_in(value: Any) -> Iterator[str]:
    """Every text in data of any shape, whole and line by line."""
    if isinstance(value, str):
        yield value
        yield from value.splitlines()
        yield " ".join(value.split())
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from texts_in(one)


def plain(value: Any) -> Any:
    """A model of pydantic's as plain data."""
    return json.loads(value.model_dump_json())
