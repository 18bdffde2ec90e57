"""A plain keyword search over a pack, to compare suggestion with: stems in common, rarer ones counting more."""

import math
from collections import Counter
from functools import lru_cache

from thresholds.domain.index import Index
from thresholds.domain.words import Spellings, read


def keyword_search(index: Index, text: str, *, limit: int = 10) -> tuple[str, ...]:
    """Ids of the descriptors and signs whose wording and terms share most with `text`, best first."""
    listed = {
        entry.id: stems(" ".join((entry.wording, *entry.terms))) for entry in index.entries if entry.may_be_suggested
    }
    counts = Counter(stem for words in listed.values() for stem in words)
    asked = stems(text)
    scores = {
        each: sum(math.log(1 + len(listed) / counts[stem]) for stem in words & asked) for each, words in listed.items()
    }
    ranked = sorted((each for each, score in scores.items() if score), key=lambda each: (-scores[each], each))
    return tuple(ranked[:limit])


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """Stems of the words that count, without any lexicon."""
    reading = read(text, Spellings())
    return frozenset(stem for stem, light in zip(reading.stems, reading.light, strict=True) if not light)
