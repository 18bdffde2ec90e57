"""Sentences as people write them of a pack's descriptors, and which of them a text comes nearest to.

No list of phrases holds all that a tired person may write, and a whole sentence says more than the words in it.
Likeness is told by word stems and pairs of them in common, rare ones counting more. It is weaker than a phrase and
calls no override. How grave the nearest sentences are says how grave the text is.
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from thresholds.domain.words import EVERYDAY, Reading, Spellings, read

NEAREST, GRAVEST = 10, 20
"""So many sentences speak for what they were written of, and for how grave the text is."""
LEAST_NEAR = 0.08
"""Below this, a likeness is chance."""
LEAST_TOLD = 0.3
"""Below this, all likeness together says nothing of how grave a sentence is."""
TOO_COMMON = 0.04
"""What stands in more than this share of the sentences leads to none."""
PAIR = 0.6
"""Weight of two words that follow each other, beside that of one."""

Features = dict[str, int]
"""Stems, and pairs of them, each with the place of its first word."""


@dataclass(frozen=True, slots=True)
class Near:
    """How near a text comes to what people write of an entry."""

    score: float = 0.0
    words: tuple[int, ...] = ()
    """Places of the words that its likest sentence holds too, everyday ones left out."""


@dataclass(slots=True)
class Examples:
    """Sentences by number, ready to be compared with. See `examples_of`."""

    entries: list[int] = field(default_factory=list)
    """The entry that each was written of."""
    heights: list[float] = field(default_factory=list)
    """How high that entry stands, from 0 to 1."""
    features: list[frozenset[str]] = field(default_factory=list)
    rarity: dict[str, float] = field(default_factory=dict)
    postings: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    """A feature to the sentences that hold it, and how much of each it is."""

    def near(self, reading: Reading) -> tuple[dict[int, Near], float | None]:
        """How near the reading comes to each entry, by its likest sentence, and how grave it seems, from 0 to 1: None
        where nothing tells."""
        best: dict[int, Near] = {}
        grave = told = 0.0
        for features in _sentences(reading):
            length = math.sqrt(sum(self.rarity.get(each, 0) ** 2 for each in features)) or 1.0
            alike: dict[int, float] = defaultdict(float)
            for each in features:
                weight = self.rarity.get(each, 0) / length
                for number, share in self.postings.get(each, ()):
                    alike[number] += weight * share
            found = heapq.nlargest(GRAVEST, ((how, number) for number, how in alike.items() if how > LEAST_NEAR))
            whole = sum(how for how, _ in found)
            if whole >= LEAST_TOLD:
                grave += length * sum(how * self.heights[number] for how, number in found) / whole
                told += length
            self._speak(features, found[:NEAREST], best)
        return best, grave / told if told else None

    def _speak(self, features: Features, found: Sequence[tuple[float, int]], best: dict[int, Near]) -> None:
        """Enters what the sentences `found` speak for into `best`."""
        scores: dict[int, float] = defaultdict(float)
        likest: dict[int, int] = {}
        for how, number in found:
            scores[self.entries[number]] += how
            likest.setdefault(self.entries[number], number)
        for entry, score in scores.items():
            if score > best.get(entry, Near()).score:
                held = self.features[likest[entry]]
                shared = {
                    at for each, at in features.items() if each in held and each not in EVERYDAY and " " not in each
                }
                best[entry] = Near(score, tuple(sorted(shared)))


def examples_of(
    written: Mapping[str, Sequence[str]], entries: Mapping[str, tuple[int, float]], spellings: Spellings
) -> Examples:
    """What is `written` of descriptors, by id, for those among `entries`: id to number and height."""
    examples = Examples()
    for name, (entry, height) in entries.items():
        for text in written.get(name, ()):
            features = frozenset(each for features in _sentences(read(text, spellings)) for each in features)
            examples.entries.append(entry)
            examples.heights.append(height)
            examples.features.append(features)
    count = len(examples.features)
    held = Counter(each for features in examples.features for each in features)
    examples.rarity = {
        each: math.log(count / times) * (PAIR if " " in each else 1) for each, times in sorted(held.items())
    }
    for number, features in enumerate(examples.features):
        length = math.sqrt(sum(examples.rarity[each] ** 2 for each in sorted(features))) or 1.0
        for each in sorted(features):
            if held[each] < max(count * TOO_COMMON, 2):
                examples.postings.setdefault(each, []).append((number, examples.rarity[each] / length))
    return examples


def _sentences(reading: Reading) -> Iterator[Features]:
    """The features of each sentence; light words and names are left out."""
    features: Features = {}
    before, sentence = "", -1
    for place, root in enumerate(reading.stems):
        if reading.sentences[place] != sentence:
            if features:
                yield features
            features, before, sentence = {}, "", reading.sentences[place]
        if reading.light[place]:
            continue
        features.setdefault(root, place)
        if before:
            features.setdefault(f"{before} {root}", place)
        before = root
    if features:
        yield features


def parse_examples(text: str) -> dict[str, tuple[str, ...]]:
    """Sentences by descriptor: `## id`, then one a line. Lines that begin with a single `#` are remarks."""
    written: dict[str, tuple[str, ...]] = {}
    name = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("## "):
            name = line.removeprefix("## ")
            written.setdefault(name, ())
        elif name and not line.startswith("#"):
            written[name] += (line,)
    return written
