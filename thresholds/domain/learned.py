"""What labelled narratives taught: which words, pairs of words and circumstances of a text speak for which wording.

Texts and wordings are told in the same kind of parts. Each part has a vector, learned from some thousand invented
narratives that bear the descriptors which somebody experienced would pick (`bench.learn_suggestion`). What a text's
vector and a wording's have in common says how much the text speaks for the descriptor. Nothing is learned of a
descriptor by its id: a partnership's own wording is read like any other. What is learned ranks and proposes; it calls
no override.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from thresholds.domain.hits import found_in
from thresholds.domain.index import Entry, Index
from thresholds.domain.telling import Bag, Denials, Sentence, Told, says_nothing, stage, text_parts
from thresholds.domain.words import Reading

Numbers = NDArray[np.float64]

LEVEL, OTHER = 2.0, 1.0
"""How strongly a wording's level counts, its kind and its domain, before anything is learned of them."""
AT_ONCE = 200
"""So many sentences are looked at together."""
SHOWN_OF_BEST = 0.35
"""Words are shown that speak at least so much for it as the one that speaks most."""
WORDS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Table:
    """Vectors by part, kept in bytes: row `n` is `steps[n]` times what `scale[n]` says."""

    rows: Mapping[str, int]
    steps: NDArray[np.int8]
    scale: NDArray[np.float32]

    def of(self, parts: Sequence[str]) -> Numbers:
        """The vector of each part, all of which must have one."""
        at = [self.rows[part] for part in parts]
        found: Numbers = self.steps[at].astype(np.float64) * self.scale[at]
        return found

    def sum(self, bag: Bag) -> Numbers:
        """The sum of a bag's vectors, as far as its parts have one."""
        known = [part for part in bag if part in self.rows]
        total: Numbers = np.array([bag[part] for part in known]) @ self.of(known)
        return total


@dataclass(frozen=True, slots=True)
class Learned:
    """What `bench.learn_suggestion` wrote."""

    text: Table
    """Of the parts of texts."""
    wording: Table
    """Of the parts of wordings, with one number more: how often what is worded so is picked at all."""
    nothing: NDArray[np.float32]
    """A row like those of wordings, for a text that speaks for no descriptor."""
    phrases: float
    """What a phrase of the lexicon adds, by its score from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Taught:
    """What was learned, for the descriptors and signs of one pack."""

    learned: Learned
    places: tuple[int, ...]
    """Place in the index of each row of `rows`."""
    rows: Numbers
    """Of each descriptor and sign; the last one is `nothing`."""


def teach(index: Index, learned: Learned) -> Index:
    """The same index, with what was learned made ready for its pack."""
    places = tuple(place for place, entry in enumerate(index.entries) if entry.may_be_suggested)
    rows = [learned.wording.sum(wording_parts(index, index.entries[place])) for place in places]
    index.taught = Taught(learned, places, np.vstack([*rows, learned.nothing.astype(np.float64)]))
    return index


def wording_parts(index: Index, entry: Entry) -> Bag:
    """The parts of an entry: of its wording and terms, its height among the levels, its kind and its domain."""
    reading = index.read(entry.worded)
    bag = text_parts(index, reading, found_in(index, reading, None), None, Denials()).whole
    bag.pop(stage(None))
    return {**bag, f"level {entry.height:.2f}": LEVEL, f"kind {entry.kind.value}": OTHER, f"of {entry.domain}": OTHER}


def spoken_for(ready: Taught, told: Told, phrases: Mapping[int, float]) -> Numbers:
    """How much the text speaks for each row of `ready`, the last one for nothing at all.

    `phrases` are scores from 0 to 1 of what phrases found, by place in the index.
    """
    spoken: Numbers = _spoken(ready, [told.whole])[0]
    if told.sentences:
        spoken = (spoken + _most(ready, [sentence.bag for sentence in told.sentences])) / 2
    spoken += ready.learned.phrases * by_rows(ready, phrases)
    return spoken


def by_rows(ready: Taught, phrases: Mapping[int, float]) -> Numbers:
    """Scores by place in the index as scores by row of `ready`; nothing has none."""
    return np.array([*(phrases.get(place, 0.0) for place in ready.places), 0.0])


def says_something(ready: Taught, told: Told) -> dict[int, float]:
    """How much each sentence, by its number, says for what it says most for, beside nothing at all."""
    most: dict[int, float] = {}
    for start in range(0, len(told.sentences), AT_ONCE):
        some = told.sentences[start : start + AT_ONCE]
        spoken = _spoken(ready, [sentence.bag for sentence in some])
        values = spoken[:, :-1].max(axis=1) - spoken[:, -1]
        most |= {sentence.number: float(value) for sentence, value in zip(some, values, strict=True)}
    return most


def shares(spoken: Numbers) -> Numbers:
    """Of all that the text speaks for, the share of each row; all shares are 1 together."""
    grown: Numbers = np.exp(spoken - spoken.max())
    grown /= grown.sum()
    return grown


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is proposed that no phrase found: what one sentence, the one that says most, says for it."""

    strength: float
    """What its words say for it, all together."""
    places: tuple[int, ...]
    """Of the words that say most."""
    words: int
    """How many of them say something by themselves."""
    denied: bool
    """Whether most of that is denied."""


def reasons_for(
    ready: Taught, told: Told, rows: Sequence[int], reading: Reading, denials: Denials
) -> dict[int, Reason]:
    """The reason for each of the rows, from a text told without weighing denials; none where no word speaks for it."""
    text = ready.learned.text
    spoken: list[tuple[Sentence, list[str], Numbers]] = []
    for sentence in told.sentences:
        if known := [part for part in sentence.bag if part in text.rows]:
            weights = np.array([sentence.bag[part] for part in known])
            values = np.maximum(text.of(known) @ ready.rows[rows, :-1].T, 0) * weights[:, None]
            spoken.append((sentence, known, values))
    strengths = np.array([values.sum(axis=0) for _, _, values in spoken]).reshape(len(spoken), len(rows))
    found = {}
    for column, row in enumerate(rows):
        for number in np.argsort(-strengths[:, column], kind="stable"):
            sentence, known, values = spoken[number]
            each = {part: value for part, value in zip(known, values[:, column].tolist(), strict=True) if value > 0}
            if shown := _shown(each, sentence.places, reading):
                strength = sum(each.values())
                denied = sum(v for part, v in each.items() if denials.places.issuperset(sentence.places[part]))
                words = sum(not says_nothing(reading, place) for place in shown)
                found[row] = Reason(strength, shown, words, denied * 2 >= strength)
                break
    return found


def _shown(each: Mapping[str, float], places: Mapping[str, tuple[int, ...]], reading: Reading) -> tuple[int, ...]:
    telling = {
        part: value for part, value in each.items() if not all(says_nothing(reading, place) for place in places[part])
    }
    if not telling:
        return ()
    most = sorted(telling, key=lambda part: (-telling[part], part))[:WORDS_SHOWN]
    kept = [part for part in most if telling[part] >= SHOWN_OF_BEST * telling[most[0]]]
    return tuple(sorted({place for part in kept for place in places[part] if not reading.light[place]}))


def _most(ready: Taught, bags: Sequence[Bag]) -> Numbers:
    """What the sentence says that says most of each row, a little more where others say it too. A long text is looked
    at in parts, so that memory doesn't grow with it."""
    most = np.full(len(ready.rows), -np.inf)
    for start in range(0, len(bags), AT_ONCE):
        most = np.logaddexp(most, np.logaddexp.reduce(_spoken(ready, bags[start : start + AT_ONCE]), axis=0))
    return most


def _spoken(ready: Taught, bags: Sequence[Bag]) -> Numbers:
    vectors = np.vstack([ready.learned.text.sum(bag) for bag in bags])
    spoken: Numbers = vectors @ ready.rows[:, :-1].T + ready.rows[:, -1]
    return spoken
