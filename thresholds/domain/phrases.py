"""Phrases that are looked for in a reading, many at once.

A phrase is written as words in their order. Between two of them light words may stand. `..` lets up to four other words
stand between, `&` asks for its sides near each other in any order, `a|b` is either, `$class` is any word of a class.
An option of several words is joined by strokes: `uncle|foster_carer`. A phrase never reaches over the end of a
sentence. A word after `^`, and one of two letters in capitals, is looked for in capitals only.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from thresholds.domain.words import DROPPED, NAME, Reading, Spellings, root_of, split

GAP = 4
"""Words, light ones apart, that `..` lets stand between."""
LIGHT_RUN = 4
"""Light words that may stand between two words of a phrase."""
NEAR = 9
"""Words between two sides of `&`."""
SIDES = 3
"""So many sides a phrase may have."""

Steps = tuple["Step", ...]


class PhraseError(ValueError):
    """A phrase that can't be read."""


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a phrase."""

    stems: frozenset[str]
    runs: tuple[tuple[str, ...], ...] = ()
    """Several words, any of which may stand there instead of a single one."""
    gap: bool = False
    """Whether other words may stand before it."""
    capitals: bool = False

    @property
    def firsts(self) -> frozenset[str]:
        """Stems by which it may begin."""
        return self.stems.union(run[0] for run in self.runs)


Phrase = tuple[Steps, ...]
"""Sequences of steps; several are the sides of `&`."""


def phrase_of(text: str, classes: Mapping[str, frozenset[str]], spellings: Spellings) -> Phrase:
    """The phrase that `text` writes.

    PhraseError for an empty phrase or option, an option that stands in no text, an unknown class, or more than two `&`.
    """
    sides = tuple(_steps(side, classes, spellings) for side in text.split("&"))
    if len(sides) > SIDES or not all(sides):
        raise PhraseError("a phrase has words, and at most three sides of &")
    return sides


def _steps(text: str, classes: Mapping[str, frozenset[str]], spellings: Spellings) -> Steps:
    steps: list[Step] = []
    gap = False
    for written in text.replace("-", " ").replace("/", " ").split():
        if written == "..":
            gap = True
            continue
        if "|" in written or written.startswith("$"):
            new: Steps = (_either(written, classes, spellings, gap=gap),)
        else:
            new = _word(written, spellings, gap=gap)
        gap = gap and not new
        steps.extend(new)
    return tuple(steps)


def _either(written: str, classes: Mapping[str, frozenset[str]], spellings: Spellings, *, gap: bool) -> Step:
    """The step of `a|b|c_d`, whose options are single words, several words, or classes."""
    single: set[str] = set()
    runs: list[tuple[str, ...]] = []
    for option in written.split("|"):
        if option.startswith("$"):
            if option[1:] not in classes:
                raise PhraseError(f"there is no class {option}")
            single |= classes[option[1:]]
            continue
        words = [word for part in option.split("_") for word in split(part, spellings)]
        stems = tuple(root_of(word) for word in words if word and word not in DROPPED)
        if not stems:
            raise PhraseError(f"the option “{option}” of “{written}” stands in no text: it is empty or a dropped word")
        if len(stems) == 1 and "_" in option:
            raise PhraseError(f"of the option “{option}” of “{written}” one word alone counts: write that one")
        if len(stems) == 1:
            single.add(stems[0])
        else:
            runs.append(stems)
    return Step(frozenset(single), tuple(run for run in runs if run[0] not in single), gap)


def _word(written: str, spellings: Spellings, *, gap: bool) -> Steps:
    """The steps of one word outside an alternation; none where it carries nothing."""
    capitals = written.startswith("^") or (len(written) == 2 and written.isalpha() and written.isupper())
    words = [word for word in split(written.strip("^.,;:!?()\"'“”"), spellings) if word]
    kept = [word for word in words if capitals or (word not in DROPPED and word != "her")]
    return tuple(Step(frozenset({root_of(word)}), (), gap and not place, capitals) for place, word in enumerate(kept))


class Phrasebook:
    """Phrases by the word that is looked up to find them. Each bears the number of what it stands for."""

    def __init__(self, phrases: Iterable[tuple[Phrase, int]] = ()) -> None:
        """`phrases` with their numbers; where one is found, its number is reported.

        The anchor of each is the step whose words stand in the fewest phrases, so that little is tried in vain.
        """
        self._phrases = tuple(phrases)
        common: Counter[str] = Counter()
        for phrase, _ in self._phrases:
            common.update({root for side in phrase for step in side for root in step.firsts})
        self._by_anchor: dict[str, list[tuple[Phrase, int, int, int, tuple[frozenset[str], ...]]]] = {}
        for phrase, number in self._phrases:
            side, place = min(
                ((side, place) for side, steps in enumerate(phrase) for place in range(len(steps))),
                key=lambda at: sum(common[root] for root in phrase[at[0]][at[1]].firsts),
            )
            asked = tuple(step.firsts for part in phrase for step in part)
            for root in phrase[side][place].firsts:
                self._by_anchor.setdefault(root, []).append((phrase, side, place, number, asked))

    def __add__(self, others: Iterable[tuple[Phrase, int]]) -> "Phrasebook":
        """A book with `others` besides."""
        book = Phrasebook(others)
        for root, entries in self._by_anchor.items():
            book._by_anchor.setdefault(root, []).extend(entries)
        return book

    def find(self, reading: Reading) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Each number found, with the places in the reading of the words that did it, in their order."""
        by_anchor = self._by_anchor
        said = {NAME if named else root for root, named in zip(reading.stems, reading.names, strict=True)}
        possible: dict[int, bool] = {}
        for place, root in enumerate(reading.stems):
            for phrase, side, anchor, number, asked in by_anchor.get(NAME if reading.names[place] else root, ()):
                may = possible.get(id(phrase))
                if may is None:
                    may = possible[id(phrase)] = not any(map(said.isdisjoint, asked))
                if not may:
                    continue
                found = _around(phrase[side], anchor, reading, place)
                for number_of, other in enumerate(phrase):
                    if found is not None and number_of != side:
                        found = _beside(other, reading, found)
                if found is not None:
                    yield number, found


def _beside(other: Steps, reading: Reading, found: tuple[int, ...]) -> tuple[int, ...] | None:
    """The places of what was found and of another side of `&`, where that one stands between its words or near it."""
    first, last = found[0], found[-1]
    outside = (start for distance in range(1, NEAR + 1) for start in (last + distance, first - distance))
    for start in chain(range(first + 1, last), outside):
        if 0 <= start < len(reading) and reading.sentences[start] == reading.sentences[first]:
            beside = _around(other, 0, reading, start)
            if beside is not None and not set(beside) & set(found):
                return tuple(sorted(found + beside))
    return None


def _around(steps: Steps, anchor: int, reading: Reading, place: int) -> tuple[int, ...] | None:
    """The places of all steps, where the step `anchor` begins at `place`."""
    found = _at(steps[anchor], reading, place, 1)
    if found is None:
        return None
    for step in reversed(range(anchor)):
        before = _next(steps[step], reading, found[0], -1, gap=steps[step + 1].gap)
        if before is None:
            return None
        found = before + found
    for step in range(anchor + 1, len(steps)):
        after = _next(steps[step], reading, found[-1], 1, gap=steps[step].gap)
        if after is None:
            return None
        found += after
    return found


def _next(step: Step, reading: Reading, at: int, way: int, *, gap: bool) -> tuple[int, ...] | None:
    """The places of `step` next to `at` in direction `way`, over light words and, in a gap, over some others."""
    sentence, light, others = reading.sentences[at], LIGHT_RUN, GAP if gap else 0
    place = at + way
    while 0 <= place < len(reading) and reading.sentences[place] == sentence:
        found = _at(step, reading, place, way)
        if found is not None:
            return found
        if reading.light[place] and light:
            light -= 1
        elif others:
            others -= 1
        else:
            return None
        place += way
    return None


def _at(step: Step, reading: Reading, place: int, way: int) -> tuple[int, ...] | None:
    """The places of `step` that begins at `place`, or with `way` backwards ends there."""
    root = NAME if reading.names[place] else reading.stems[place]
    if root in step.stems:
        return (place,) if not step.capitals or reading.capitals[place] else None
    for run in step.runs:
        if root == run[0 if way > 0 else -1]:
            found = _run(run if way > 0 else run[::-1], reading, place, way)
            if found is not None:
                return found
    return None


def _run(roots: tuple[str, ...], reading: Reading, place: int, way: int) -> tuple[int, ...] | None:
    """The places of words that stand one after the other in direction `way`, over light words, in order of the text."""
    places = [place]
    for root in roots[1:]:
        following = _next(Step(frozenset({root})), reading, places[-1], way, gap=False)
        if following is None:
            return None
        places.extend(following)
    return tuple(sorted(places))
