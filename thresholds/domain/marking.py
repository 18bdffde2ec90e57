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
    """Words that are marked wherever they stand."""
    concepts: frozenset[int]
    terms: tuple[frozenset[str], ...] = ()
    """Words that mean something together: each is marked only where all of them stand."""

    @classmethod
    def of(cls, index: Index, words: str, *, apart: bool = False) -> "Marker":
        """The marker of typed words, read as the search reads them: misspellings guessed at, light words left out.

        Words that say one thing together, such as "self harm", are one term, and "significant harm" isn't marked for
        them; with `apart` each word stands for itself.
        """
        reading = index.read(words)
        heavy = [stem for place, stem in enumerate(reading.stems) if not reading.light[place]] or reading.stems
        found = (places for _number, places in index.book.find(reading)) if not apart else ()
        said = (frozenset(reading.stems[place] for place in places) & frozenset(heavy) for places in found)
        terms = tuple(dict.fromkeys(term for term in said if len(term) > 1))
        alone = [stem for stem in dict.fromkeys(heavy) if not any(stem in term for term in terms)]
        meant = {number for number, _places in index.book.find(reading)}
        meant |= {number for stem in alone for number, _share in index.lexicon.synonyms.get(stem, ())}
        return cls(index, tuple(alone), frozenset(meant), terms)

    def spans(self, text: str) -> tuple[Span, ...]:
        """The words of `text` to mark, in order; empty where it was found by what isn't in its words."""
        reading = read(text, self.index.lexicon.spellings)
        places = {place for place, stem in enumerate(reading.stems) if any(_same(stem, one) for one in self.stems)}
        for term in self.terms:
            of_term = [{place for place, stem in enumerate(reading.stems) if _same(stem, one)} for one in term]
            if all(of_term):
                places.update(*of_term)
        if not places:
            for number, found in self.index.lexicon.pack_book.find(reading):
                if number in self.concepts:
                    places.update(found)
        return tuple((reading.starts[place], reading.ends[place]) for place in sorted(places))


def _same(stem: str, searched: str) -> bool:
    """The stem itself, or one that begins with it: the search takes the beginning of a word."""
    return stem == searched or (len(searched) >= 3 and stem.startswith(searched))
