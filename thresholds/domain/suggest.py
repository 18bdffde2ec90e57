"""What a pack lists that the words of a worry may mean, with the words that caused it.

A suggestion ticks nothing, and no suggestion says nothing about safety. Denied and for another age, it moves down and
says so; it is never hidden. Overrides stand apart, come first and are never cut off.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from enum import StrEnum

from thresholds.domain.check_when import ChildAge
from thresholds.domain.index import Entry, Index, Listed
from thresholds.domain.negation import denied_places, is_denied
from thresholds.domain.words import EVERYDAY, Reading

READ_AT_MOST = 200_000
"""Characters from the start that are read; `Suggestions.read` says how many were."""
HITS_KEPT = 60
"""Places that are kept of one circumstance, the first ones."""
SPANS_SHOWN = 12
SENTENCES_APART = 2
"""How far apart the parts of a circumstance made of several may stand."""

# Weights, tuned on one half of the narratives (docs/reference/suggestion.md).
DENIED, GUESSED, OTHER_AGE, BENIGN, STRENGTH, SIGN = 0.3, 0.85, 0.4, 0.35, 0.5, 0.5
"""What a suggestion keeps of its score when it is denied, rests on a misspelt word, and so on."""
LOWEST_LEVEL = 0.45
"""What a worry at the bottom keeps of its score beside one at the top."""
LEXICAL = 0.6
"""Weight of plain words in common beside that of a circumstance that was found."""
AGAIN = 0.85
"""What a circumstance is worth in each further suggestion, once one was made for it."""
FURTHER = 0.6
"""What each further circumstance adds to the firmest one of the same suggestion."""
COMMON = 0.15
"""Share of a circumstance's weight that doesn't hang on how rare it is in the pack."""
HALF, SHARP = 0.6, 1.0
"""What is kept where nothing of what a wording names was found, and how quickly it grows with what was."""
UNCOVERED = 0.8
"""What is kept where the text holds none of a wording's words."""
ANY_KIND = 0.7
"""What a circumstance that is any of several others loses beside them."""
SHORT, REPEATED = 0.6, 0.35
"""What a phrase of one word loses, and what each doubling of the places adds."""
LEAST = 0.1
"""Below this, a match is chance."""
LEAST_LEFT = 0.05
"""Below this, what is left beside the suggestions made before is chance. What is denied stays, low down."""


class SuggestedKind(StrEnum):
    """What is suggested."""

    OVERRIDE = "override"
    DESCRIPTOR = "descriptor"
    SIGN = "sign"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters of the text exactly as given, `end` not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something that the pack lists, for the practitioner to accept or dismiss."""

    id: str
    kind: SuggestedKind
    wording: str
    level: str | None
    """Id of the level, the lowest of a range; None for an override."""
    domain: str | None
    """Id of the domain; for a sign, of its category; None for an override."""
    spans: tuple[Span, ...]
    """The words that caused it, in their order, never overlapping; empty where only the child's age did."""
    negated: bool
    """The words stand there only as denied: "no bruises seen"."""
    outside_age: bool
    """The document gives it for another age than the child's."""
    score: float


@dataclass(frozen=True, slots=True)
class Suggestions:
    """See `suggest`."""

    overrides: tuple[Suggestion, ...]
    descriptors: tuple[Suggestion, ...]
    read: int
    """How many characters of the text were read, from its start."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """A circumstance at one place; without places it is known from the child's age."""

    places: tuple[int, ...]
    denied: bool
    guessed: bool


@dataclass(slots=True)
class _Scored:
    """An entry with what speaks for it."""

    place: int
    parts: dict[int, float]
    """Feature to what it adds."""
    plain: float
    """What plain words in common add."""
    words: tuple[int, ...]
    """Places of those words."""
    factor: float
    negated: bool
    outside_age: bool

    def gain(self, taken: dict[int, int]) -> float:
        """Its score, after `taken` has been said so often already."""
        values = sorted((value * AGAIN ** taken.get(number, 0) for number, value in self.parts.items()), reverse=True)
        parts = sum(value * FURTHER**place for place, value in enumerate(values))
        return (parts + self.plain) * self.factor


def suggest(index: Index, text: str, *, age: ChildAge | None = None, limit: int = 10) -> Suggestions:
    """What `text` may mean in the pack of `index`, best first; at most `limit` descriptors and signs.

    Takes any text, and its first `READ_AT_MOST` characters are read, in time linear in their number. The same input
    gives the same result. Text added at the end takes no override away.
    """
    shown = text[:READ_AT_MOST]
    reading = index.read(shown)
    found = _found(index, reading, age)
    overrides = tuple(_overrides(index, reading, found))
    scored = _scored(index, reading, found, age)
    chosen = [_suggestion(index, reading, found, each, score) for each, score in _spread(scored, limit)]
    return Suggestions(overrides, tuple(chosen), len(shown))


def _found(index: Index, reading: Reading, age: ChildAge | None) -> dict[int, list[_Hit]]:
    """Every feature found in the text or by age, with its places."""
    places: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    for number, at in index.book.find(reading):
        if len(places[number]) < HITS_KEPT:
            places[number].append(at)
    used = frozenset(place for hits in places.values() for at in hits for place in at)
    denied = denied_places(reading, used)
    found = {
        number: [
            _Hit(at, is_denied(reading, at, denied, used), any(reading.guessed[place] for place in at)) for at in hits
        ]
        for number, hits in places.items()
    }
    _to_adults(index, found, age)
    _yield(index, found)
    numbers = index.lexicon.numbers
    for number, concept in enumerate(index.lexicon.concepts):
        if concept.age is not None and age is not None and age.known and age.within(concept.age):
            found.setdefault(number, []).append(_Hit((), denied=False, guessed=False))
    for number, concept in enumerate(index.lexicon.concepts):
        if concept.together:
            groups = [[hit for name in group for hit in found.get(numbers[name], ())] for group in concept.together]
            hits = found.get(number, []) + list(_together(reading, groups))[:HITS_KEPT]
            if hits:
                found[number] = hits
    return found


def _to_adults(index: Index, found: dict[int, list[_Hit]], age: ChildAge | None) -> None:
    """Moves what so young a child can't do or be to the adult of whom it must speak."""
    if age is None or not age.known:
        return
    for number, concept in enumerate(index.lexicon.concepts):
        young = age.unborn or (age.oldest is not None and age.oldest < concept.adult_below)
        if number in found and concept.adult is not None and young:
            found.setdefault(index.lexicon.numbers[concept.adult], []).extend(found.pop(number))


def _yield(index: Index, found: dict[int, list[_Hit]]) -> None:
    """Takes away what another circumstance in the same words means instead: "Mum is depressed" isn't the child."""
    numbers = index.lexicon.numbers
    for number, concept in enumerate(index.lexicon.concepts):
        if number in found and concept.yields_to:
            taken = {
                place for name in concept.yields_to for hit in found.get(numbers[name], ()) for place in hit.places
            }
            found[number] = [hit for hit in found[number] if not taken.intersection(hit.places)]
            if not found[number]:
                del found[number]


def _together(reading: Reading, groups: list[list[_Hit]]) -> Iterator[_Hit]:
    """Hits of all groups near each other, as one hit each."""
    first, *others = sorted(groups, key=len)
    for hit in first:
        near = [hit]
        for group in others:
            beside = min(
                (each for each in group if _near(reading, hit, each) and not set(each.places) & set(hit.places)),
                key=lambda each: (each.denied, each.places),
                default=None,
            )
            if beside is None:
                break
            near.append(beside)
        else:
            at = tuple(sorted({place for each in near for place in each.places}))
            yield _Hit(at, any(each.denied for each in near), any(each.guessed for each in near))


def _near(reading: Reading, one: _Hit, other: _Hit) -> bool:
    if not one.places or not other.places:
        return True
    sentences = reading.sentences
    return abs(sentences[one.places[0]] - sentences[other.places[0]]) <= SENTENCES_APART


def _confidence(hits: Iterable[_Hit]) -> float:
    return max((DENIED if hit.denied else 1) * (GUESSED if hit.guessed else 1) for hit in hits)


def _strength(hits: Iterable[_Hit]) -> float:
    """How firmly a circumstance is told: by more words, and at more than one place."""
    kept = list(hits)
    longest = max(len(hit.places) for hit in kept)
    return (1 - SHORT / (longest or 2)) * (1 + REPEATED * math.log2(len({hit.places for hit in kept})))


def _overrides(index: Index, reading: Reading, found: dict[int, list[_Hit]]) -> list[Suggestion]:
    called: dict[int, list[int]] = defaultdict(list)
    for number in sorted(found):
        for place in index.overrides.get(number, ()):
            called[place].append(number)
    suggestions = []
    for place, numbers in called.items():
        hits = [hit for number in numbers for hit in found[number]]
        strong = sum(_confidence(found[number]) for number in numbers)
        suggestions.append(
            Suggestion(
                id=index.entries[place].id,
                kind=SuggestedKind.OVERRIDE,
                wording=index.entries[place].wording,
                level=None,
                domain=None,
                spans=_spans(reading, hits),
                negated=all(hit.denied for hit in hits),
                outside_age=False,
                score=round(1 - math.exp(-strong), 4),
            )
        )
    order = {entry.id: place for place, entry in enumerate(index.entries)}
    return sorted(suggestions, key=lambda each: (each.negated, -each.score, order[each.id]))


def _scored(index: Index, reading: Reading, found: dict[int, list[_Hit]], age: ChildAge | None) -> list[_Scored]:
    parts: dict[int, dict[int, float]] = defaultdict(dict)
    for number, hits in found.items():
        told = _confidence(hits) * _strength(hits) * (COMMON + (1 - COMMON) * index.rarity.get(number, 0))
        if number in index.kinds:
            told *= ANY_KIND
        for place, firmness in index.links.get(number, ()):
            if index.entries[place].may_be_suggested:
                parts[place][number] = told * firmness
    plain = _in_common(index, reading)
    said = frozenset(reading.stems)
    scored = []
    for place in sorted(parts.keys() | plain.keys()):
        entry = index.entries[place]
        add, words = plain.get(place, (0.0, ()))
        mine = _supported(index, place, parts.get(place, {}), said)
        if index.contexts.issuperset(mine):
            mine = {}
        outside = entry.age is not None and age is not None and age.known and age.within(entry.age) is False
        negated = bool(mine) and all(hit.denied for number in mine for hit in found[number])
        each = _Scored(
            place,
            mine,
            add * LEXICAL * (DENIED if negated else 1),
            words,
            _factor(entry, outside=outside),
            negated,
            outside,
        )
        if each.gain({}) >= LEAST * (DENIED if negated else 1) * (OTHER_AGE if outside else 1):
            scored.append(each)
    return scored


def _supported(index: Index, place: int, parts: dict[int, float], said: Set[str]) -> dict[int, float]:
    """The parts of an entry's score, less the less of its wording the text supports."""
    if not parts:
        return parts
    wording = index.wordings[place]
    share = HALF + (1 - HALF) * wording.share(parts) ** SHARP
    share *= UNCOVERED + (1 - UNCOVERED) * wording.cover(parts, said, index.weights)
    return {number: value * share for number, value in parts.items()}


def _factor(entry: Entry, *, outside: bool) -> float:
    factor = STRENGTH if entry.is_strength else LOWEST_LEVEL + (1 - LOWEST_LEVEL) * entry.height
    if entry.kind is Listed.SIGN:
        factor *= SIGN
    if not entry.raises:
        factor *= BENIGN
    return factor * OTHER_AGE if outside else factor


def _in_common(index: Index, reading: Reading) -> dict[int, tuple[float, tuple[int, ...]]]:
    """Entries with plain words in common with one sentence, at least two: how much, and the places of the words."""
    count = len(index.entries)
    best: dict[int, tuple[float, tuple[int, ...]]] = {}
    sentence: dict[int, tuple[float, tuple[int, ...]]] = {}
    seen = set(EVERYDAY)
    last = -1
    for place in range(len(reading) + 1):
        number = reading.sentences[place] if place < len(reading) else -2
        if number != last:
            for entry, (score, words) in sentence.items():
                if len(words) > 1 and score > best.get(entry, (0.0, ()))[0]:
                    best[entry] = (score, words)
            sentence, seen, last = {}, set(EVERYDAY), number
        if place == len(reading) or reading.light[place] or reading.stems[place] in seen:
            continue
        seen.add(reading.stems[place])
        postings = index.postings.get(reading.stems[place], ())
        if len(postings) * 8 > count:
            continue
        tells = math.log(1 + count / len(postings)) / math.log(1 + count) if postings else 0
        for entry, weight in postings:
            if index.entries[entry].may_be_suggested:
                score, words = sentence.get(entry, (0.0, ()))
                sentence[entry] = (score + tells * weight, (*words, place))
    return best


def _spread(scored: list[_Scored], limit: int) -> list[tuple[_Scored, float]]:
    """The best, each time counting less what has been suggested before, so that one worry doesn't fill the list."""
    taken: dict[int, int] = defaultdict(int)
    left = sorted(scored, key=lambda each: (-each.gain({}), each.place))[: max(limit, 0) * 20]
    chosen: list[tuple[_Scored, float]] = []
    while left and len(chosen) < limit:
        best = max(left, key=lambda each: (each.gain(taken), -each.place))
        left.remove(best)
        gain = best.gain(taken)
        if gain < LEAST_LEFT and not best.negated and not best.outside_age:
            continue
        chosen.append((best, gain))
        for number in best.parts:
            taken[number] += 1
    return chosen


def _suggestion(
    index: Index, reading: Reading, found: dict[int, list[_Hit]], each: _Scored, score: float
) -> Suggestion:
    entry = index.entries[each.place]
    hits = [hit for number in each.parts for hit in found[number]]
    if not hits:
        hits = [_Hit((word,), denied=False, guessed=False) for word in each.words]
    return Suggestion(
        id=entry.id,
        kind=SuggestedKind(entry.kind.value),
        wording=entry.wording,
        level=entry.level,
        domain=entry.domain,
        spans=_spans(reading, hits),
        negated=each.negated,
        outside_age=each.outside_age,
        score=round(1 - math.exp(-score), 4),
    )


def _spans(reading: Reading, hits: Iterable[_Hit]) -> tuple[Span, ...]:
    """The words of the hits, those next to each other as one span."""
    places = sorted({place for hit in hits for place in hit.places})
    spans: list[Span] = []
    sentence = -1
    for place in places:
        start, end = reading.starts[place], reading.ends[place]
        together = spans and reading.sentences[place] == sentence
        if spans and (start < spans[-1].end or (together and _joined(reading, place, spans[-1]))):
            spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
        else:
            spans.append(Span(start, end))
        sentence = reading.sentences[place]
    return tuple(spans[:SPANS_SHOWN])


def _joined(reading: Reading, place: int, before: Span) -> bool:
    """Whether nothing but a small word lies between the span before and this word."""
    return (
        place > 0
        and reading.starts[place] - before.end <= 12
        and (reading.ends[place - 1] == before.end or reading.light[place - 1])
    )
