"""Words in pieces, as the network of `close_reading` knows them: the longest beginning that is a piece, then the rest.

The same pieces as those of BERT's uncased vocabulary, by which the network was trained before it came to us. The
library that is made for it brings a client for fetching things from the internet along, which has no business here.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

UNKNOWN = "[UNK]"
LONGEST_WORD = 100
"""Characters of a word; a longer one is unknown as a whole."""
_WORDS = re.compile(r"[^\W_]+|[^\s\w]|_")
_INNER = "##"
"""How a piece begins in the vocabulary that stands inside a word."""


@dataclass(frozen=True, slots=True)
class Wordpieces:
    """A vocabulary by its rows."""

    rows: Mapping[str, int]

    def of(self, text: str) -> list[int]:
        """The rows of the pieces of `text`, in their order. Takes any text, in time linear in its length."""
        return [row for word in _WORDS.findall(_plain(text)) for row in self._pieces(word)]

    def _pieces(self, word: str) -> list[int]:
        if word in self.rows:
            return [self.rows[word]]
        unknown = [self.rows[UNKNOWN]]
        if len(word) > LONGEST_WORD:
            return unknown
        pieces: list[int] = []
        start = 0
        while start < len(word):
            ends = range(len(word), start, -1)
            begin = _INNER if start else ""
            end = next((end for end in ends if begin + word[start:end] in self.rows), None)
            if end is None:
                return unknown
            pieces.append(self.rows[begin + word[start:end]])
            start = end
        return pieces


def _plain(text: str) -> str:
    """Lower case, without accents and control characters."""
    lower = text.lower()
    if lower.isascii() and lower.replace("\n", " ").isprintable():
        return lower
    plain = unicodedata.normalize("NFD", lower)
    return "".join(
        each if each.isspace() or not unicodedata.category(each).startswith("C") else ""
        for each in plain
        if unicodedata.category(each) != "Mn"
    )
