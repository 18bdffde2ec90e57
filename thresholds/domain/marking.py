"""Which words of what was found are those that were searched for: the words themselves, and what means the same."""

from dataclasses import dataclass

from thresholds.domain.index import Index
from thresholds.domain.words import read

Span = tuple[int, int]
"""First character of a word, and the one after its last."""


@dataclass(frozen=True, slots=True)
class Marker:
    """The words of one search, ready to be found in many texts."""

    index: Index
    stems: tuple[str, ...]
    concepts: frozenset[int]

    @classmethod
    def of(cls, index: Index, words: str) -> "Marker":
        """The marker of typed words, read as the search reads them: misspellings guessed at, light words left out."""
        reading = index.read(words)
        heavy = [stem for place, stem in enumerate(reading.stems) if not reading.light[place]] or reading.stems
        meant = {number for number, _places in index.book.find(reading)}
        meant |= {number for stem in heavy for number, _share in index.lexicon.synonyms.get(stem, ())}
        return cls(index, tuple(dict.fromkeys(heavy)), frozenset(meant))

    def spans(self, text: str) -> tuple[Span, ...]:
        """The words of `text` to mark, in order; empty where it was found by what isn't in its words."""
        reading = read(text, self.index.lexicon.spellings)
        places = {place for place, stem in enumerate(reading.stems) if any(_same(stem, one) for one in self.stems)}
        if not places:
            for number, found in self.index.lexicon.pack_book.find(reading):
                if number in self.concepts:
                    places.update(found)
        return tuple((reading.starts[place], reading.ends[place]) for place in sorted(places))


def _same(stem: str, searched: str) -> bool:
    """The stem itself, or one that begins with it: the search takes the beginning of a word."""
    return stem == searched or (len(searched) >= 3 and stem.startswith(searched))
