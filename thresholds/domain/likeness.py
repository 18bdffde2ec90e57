"""How much the words of a sentence are like those by which people write of a circumstance, where no phrase was found.

No list of phrases holds all that a tired person may write. What stands in a circumstance's phrases and means is taken
together: a word that few circumstances share tells much, one that many share tells little, and a single word is
nothing. A likeness is weaker than a phrase and calls no override.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from thresholds.domain.phrases import Phrase
from thresholds.domain.words import EVERYDAY, LIGHT, NAME, NOT, Reading, stem

LEAST_ALIKE = 0.15
"""Below this, a likeness is chance."""
IN_A_SENTENCE = 4
"""So many circumstances are taken from one sentence, the likest."""
SCALE = 3.0
"""Rarity of a word that makes it tell fully."""

_SILENT = frozenset(map(stem, LIGHT)) | EVERYDAY | {NAME, NOT, "no"}

Likeness = Mapping[str, tuple[tuple[int, float], ...]]
"""A stem to the circumstances that it speaks for, and how strongly."""


def likeness_of(phrases: Iterable[Iterable[Phrase]]) -> Likeness:
    """The likeness of circumstances, each given by all its phrases, in their order."""
    counts = [_counted(each) for each in phrases]
    spread = Counter(root for each in counts for root in each)
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, each in enumerate(counts):
        rare = {root: math.log(len(counts) / spread[root]) for root in each}
        strong = {root: math.log1p(times) * rare[root] for root, times in each.items()}
        length = math.sqrt(sum(value * value for value in strong.values())) or 1.0
        for root, value in strong.items():
            found[root].append((number, value / length * rare[root] / SCALE))
    return {root: tuple(entries) for root, entries in found.items()}


def _counted(phrases: Iterable[Phrase]) -> dict[str, float]:
    """Each stem with how often it stands in the phrases; where one of many may stand, each counts less."""
    counts: dict[str, float] = defaultdict(float)
    for phrase in phrases:
        for step in (step for side in phrase for step in side):
            roots = step.stems.union(root for run in step.runs for root in run) - _SILENT
            for root in roots:
                counts[root] += 1 / math.sqrt(len(roots))
    return counts


def alike(likeness: Likeness, reading: Reading) -> dict[int, tuple[float, tuple[int, ...]]]:
    """Circumstances like some sentence of the reading: how much, and the places of the two words that tell most."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {}
    for places in _sentences(reading):
        told: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for place in places:
            for number, weight in likeness.get(reading.stems[place], ()):
                told[number].append((weight, place))
        scores = ((sum(weight for weight, _ in told[number]), number) for number in told if len(told[number]) > 1)
        for score, number in sorted(scores, reverse=True)[:IN_A_SENTENCE]:
            if score >= LEAST_ALIKE and score > best.get(number, (0.0, ()))[0]:
                most = sorted(told[number], reverse=True)[:2]
                best[number] = (min(score, 1.0), tuple(sorted(place for _, place in most)))
    return best


def _sentences(reading: Reading) -> Iterable[list[int]]:
    """Places of each sentence's words, each word once, light ones and names left out."""
    sentences: dict[int, dict[str, int]] = defaultdict(dict)
    for place, root in enumerate(reading.stems):
        if not reading.light[place]:
            sentences[reading.sentences[place]].setdefault(root, place)
    return (list(words.values()) for words in sentences.values())
