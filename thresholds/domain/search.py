"""Finding what a pack lists by typed words: its wording, its terms, and what people say instead."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thresholds.domain.index import Index, Listed
from thresholds.domain.words import Reading

LONGEST = 300
"""Characters of the typed words that are read."""
CONCEPT, SYNONYM, BEGINNING = 1.0, 0.5, 0.6
"""Weight of a phrase that means a circumstance, of one word of such a phrase, and of the beginning of a word."""
WIDEST_BEGINNING = 40
"""Stems that the last word, still being typed, may be the beginning of."""

BEST = 0.3
"""What is found less firmly than this share of the best hit mostly has one common word with it, "harm" for "self harm":
it stands apart below the best. Seen over twenty searches in the shipped packs, in which 1 to 47 are best. It isn't left
out: below it are overcrowding for "housing" and grooming for "CSE"."""
LEAST = 0.05
"""And less firmly than this share, it isn't shown: a bruise for "sofa surfing"."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that the pack lists."""

    id: str
    kind: Listed
    score: float


def search(index: Index, words: str, *, limit: int = 50) -> tuple[Found, ...]:
    """What the pack of `index` lists under `words`, best first; empty when they say nothing that it knows.

    Forgives endings and slips of the keyboard, and takes the beginning of a word. Takes any text, of which the first
    `LONGEST` characters are read.
    """
    reading = index.read(words[:LONGEST])
    scores: dict[int, float] = defaultdict(float)
    matched: dict[int, set[str]] = defaultdict(set)
    roots = [root for place, root in enumerate(reading.stems) if not reading.light[place]] or reading.stems
    for root in dict.fromkeys(roots):
        for place, weight in _by_root(index, root).items():
            scores[place] += weight
            matched[place].add(root)
    for number, weight in _concepts(index, reading, roots).items():
        for place, firmness in index.links.get(number, ()):
            scores[place] += weight * firmness * index.rarity.get(number, 0)
    whole = len(set(roots)) or 1
    ranked = [
        (score * (0.5 + 0.5 * len(matched[place]) / whole) * (0.9 + 0.1 * index.entries[place].height), place)
        for place, score in scores.items()
    ]
    ranked.sort(key=lambda each: (-each[0], each[1]))
    return tuple(
        Found(index.entries[place].id, index.entries[place].kind, round(score, 4))
        for score, place in ranked[: max(limit, 0)]
    )


def parted(found: Sequence[Found]) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """Part what one search found, best first, into what matches best and what matches less well; what hardly matches is
    left out of both. The first one found is always among the best."""
    best = found[0].score if found else 0
    return (
        tuple(one for one in found if one.score >= BEST * best),
        tuple(one for one in found if LEAST * best <= one.score < BEST * best),
    )


def _by_root(index: Index, root: str) -> dict[int, float]:
    """Entries that hold the word, or one that begins with it."""
    postings = index.postings.get(root)
    if postings is not None:
        tells = _tells(index, len(postings))
        return {place: weight * tells * 2 for place, weight in postings}
    found: dict[int, float] = {}
    for longer in _beginning(index, root):
        postings = index.postings[longer]
        for place, weight in postings:
            found[place] = max(found.get(place, 0), weight * _tells(index, len(postings)) * 2 * BEGINNING)
    return found


def _tells(index: Index, entries: int) -> float:
    count = len(index.entries)
    return math.log(1 + count / entries) / math.log(1 + count)


def _beginning(index: Index, root: str) -> list[str]:
    if len(root) < 3:
        return []
    return [stem for stem in index.postings if stem.startswith(root)][:WIDEST_BEGINNING]


def _concepts(index: Index, reading: Reading, roots: list[str]) -> dict[int, float]:
    """Circumstances that the words mean, or may mean."""
    weights: dict[int, float] = {}
    for number, weight in _meant(index, reading, roots):
        weights[number] = max(weights.get(number, 0), weight)
    return weights


def _meant(index: Index, reading: Reading, roots: list[str]) -> Iterator[tuple[int, float]]:
    for number, _places in index.book.find(reading):
        yield number, CONCEPT
    for root in roots:
        for number, share in index.lexicon.synonyms.get(root, ()):
            yield number, SYNONYM * share
