"""Phrases that are looked for in a reading, many at once.

A phrase is written as words in their order. Between two of them light words may stand. `..` lets up to four other words
stand between, `&` asks for both sides near each other in any order, `a|b` is either, `$class` is any word of a class.
A phrase never reaches over the end of a sentence. A word
after `^`, and one of two letters in capitals, is looked for in capitals only.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from thresholds.domain.words import DROPPED, Reading, Spellings, root_of, split

GAP = 4
"""Words, light ones apart, that `..` lets stand between."""
LIGHT_RUN = 4
"""Light words that may stand between two words of a phrase."""
NEAR = 9
"""Words between the two sides of `&`."""

Steps = tuple["Step", ...]


class PhraseError(ValueError):
    """A phrase that can't be read."""


@dataclass(frozen=True, slots=True)
class Step:
    """One word of a phrase."""

    stems: frozenset[str]
    gap: bool = False
    """Whether other words may stand before it."""
    capitals: bool = False


Phrase = tuple[Steps, ...]
"""One or two sequences of steps; two are the sides of `&`."""


def phrase_of(text: str, classes: Mapping[str, frozenset[str]], spellings: Spellings) -> Phrase:
    """The phrase that `text` writes. PhraseError for an empty one, an unknown class, or more than one `&`."""
    sides = tuple(_steps(side, classes, spellings) for side in text.split("&"))
    if len(sides) > 2 or not all(sides):
        raise PhraseError("a phrase has words, and at most two sides of &")
    return sides


def _steps(text: str, classes: Mapping[str, frozenset[str]], spellings: Spellings) -> Steps:
    steps: list[Step] = []
    gap = False
    for written in text.replace("-", " ").replace("/", " ").split():
        if written == "..":
            gap = True
            continue
        if "|" in written or written.startswith("$"):
            stems: set[str] = set()
            for option in written.split("|"):
                if option.startswith("$"):
                    if option[1:] not in classes:
                        raise PhraseError(f"there is no class {option}")
                    stems |= classes[option[1:]]
                else:
                    stems |= {root_of(word) for word in split(option, spellings)}
            steps.append(Step(frozenset(stems), gap))
            gap = False
            continue
        capitals = written.startswith("^") or (len(written) == 2 and written.isalpha() and written.isupper())
        for word in split(written.strip("^.,;:!?()\"'“”"), spellings):
            if word and (capitals or (word not in DROPPED and word != "her")):
                steps.append(Step(frozenset({root_of(word)}), gap, capitals))
                gap = False
    return tuple(steps)


class Phrasebook:
    """Phrases by the word that is looked up to find them. Each bears the number of what it stands for."""

    def __init__(self, phrases: Iterable[tuple[Phrase, int]] = ()) -> None:
        """`phrases` with their numbers; where one is found, its number is reported.

        The anchor of each is the step whose words stand in the fewest phrases, so that little is tried in vain.
        """
        self._phrases = tuple(phrases)
        common: Counter[str] = Counter()
        for phrase, _ in self._phrases:
            common.update({root for side in phrase for step in side for root in step.stems})
        self._by_anchor: dict[str, list[tuple[Phrase, int, int, int]]] = {}
        for phrase, number in self._phrases:
            side, place = min(
                ((side, place) for side, steps in enumerate(phrase) for place in range(len(steps))),
                key=lambda at: sum(common[root] for root in phrase[at[0]][at[1]].stems),
            )
            for root in phrase[side][place].stems:
                self._by_anchor.setdefault(root, []).append((phrase, side, place, number))

    def __add__(self, others: Iterable[tuple[Phrase, int]]) -> "Phrasebook":
        """A book with `others` besides."""
        book = Phrasebook(others)
        for root, entries in self._by_anchor.items():
            book._by_anchor.setdefault(root, []).extend(entries)
        return book

    def find(self, reading: Reading) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Each number found, with the places in the reading of the words that did it, in their order."""
        by_anchor = self._by_anchor
        for place, root in enumerate(reading.stems):
            for phrase, side, anchor, number in by_anchor.get(root, ()):
                found = _around(phrase[side], anchor, reading, place)
                if found is not None and len(phrase) > 1:
                    found = _beside(phrase[1 - side], reading, found)
                if found is not None:
                    yield number, found


def _beside(other: Steps, reading: Reading, found: tuple[int, ...]) -> tuple[int, ...] | None:
    """The places of both sides of `&`, where the other one stands near the one that was found."""
    first, last = found[0], found[-1]
    for distance in range(1, NEAR + 1):
        for start in (last + distance, first - distance):
            if 0 <= start < len(reading) and reading.sentences[start] == reading.sentences[first]:
                beside = _around(other, 0, reading, start)
                if beside is not None and not set(beside) & set(found):
                    return tuple(sorted(found + beside))
    return None


def _around(steps: Steps, anchor: int, reading: Reading, place: int) -> tuple[int, ...] | None:
    """The places of all steps, where the step `anchor` stands at `place`."""
    if not _fits(steps[anchor], reading, place):
        return None
    places = [place]
    at = place
    for step in reversed(range(anchor)):
        before = _next(steps[step], reading, at, -1, gap=steps[step + 1].gap)
        if before is None:
            return None
        at = before
        places.insert(0, at)
    at = place
    for step in range(anchor + 1, len(steps)):
        after = _next(steps[step], reading, at, 1, gap=steps[step].gap)
        if after is None:
            return None
        at = after
        places.append(at)
    return tuple(places)


def _next(step: Step, reading: Reading, at: int, way: int, *, gap: bool) -> int | None:
    """The place of `step` next to `at` in direction `way`, over light words and, in a gap, over some others."""
    sentence, light, others = reading.sentences[at], LIGHT_RUN, GAP if gap else 0
    place = at + way
    while 0 <= place < len(reading) and reading.sentences[place] == sentence:
        if _fits(step, reading, place):
            return place
        if reading.light[place] and light:
            light -= 1
        elif others:
            others -= 1
        else:
            return None
        place += way
    return None


def _fits(step: Step, reading: Reading, place: int) -> bool:
    return reading.stems[place] in step.stems and (not step.capitals or reading.capitals[place])
