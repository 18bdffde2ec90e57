"""What a pack lists that the words of a worry may mean, with the words that caused it.

A suggestion ticks nothing, and no suggestion says nothing about safety. Denied and for another age, it moves down and
says so; it is never hidden. Overrides stand apart, come first and are never cut off.
"""

import math
from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from thresholds.domain.check_when import ChildAge
from thresholds.domain.close_reading import pieces_of, told_closely
from thresholds.domain.hits import DENIED, Hit, confidence, found_in, strength
from thresholds.domain.index import Entry, Index, Listed
from thresholds.domain.learned import Reason, by_rows, reasons_for, says_something, shares, spoken_for
from thresholds.domain.negation import denies
from thresholds.domain.parts import Flag
from thresholds.domain.spans import Span, spans_of
from thresholds.domain.telling import denials_in, stretches, text_parts
from thresholds.domain.words import EVERYDAY, Reading

READ_AT_MOST = 200_000
"""Characters from the start that are read; `Suggestions.read` says how many were."""

# Weights, tuned on one half of the narratives (docs/reference/suggestion.md).
OTHER_AGE, BENIGN, STRENGTH, SIGN = 0.4, 0.35, 0.5, 0.5
"""What a suggestion keeps of its score when it is for another age, and so on."""
LOWEST_LEVEL = 0.7
"""What a worry at the bottom keeps of its score beside one at the top."""
LEXICAL = 0.6
"""Weight of plain words in common beside that of a circumstance that was found."""
FURTHER = 0.6
"""What each further circumstance adds to the firmest one of the same suggestion."""
COMMON = 0.45
"""Share of a circumstance's weight that doesn't hang on how rare it is in the pack."""
HALF, SHARP = 0.6, 1.5
"""What is kept where nothing of what a wording names was found, and how quickly it grows with what was."""
UNCOVERED = 0.8
"""What is kept where the text holds none of a wording's words."""
ANY_KIND = 0.7
"""What a circumstance that is any of several others loses beside them."""
LEAST = 0.1
"""Below this, a match is chance."""
LEAST_SHARE, LEAST_REASON = 0.01, 2.0
"""Without a phrase, what has less than this share of all that a text speaks for, or words that say less, is chance."""
LEAST_GRAVE = 3.0
"""The same of words for an entry of the highest level."""
LOADED = frozenset(
    {
        Flag.FGM,
        Flag.FORCED_MARRIAGE,
        Flag.HONOUR_BASED_ABUSE,
        Flag.RADICALISATION,
        Flag.TRAFFICKING,
        Flag.FABRICATED_ILLNESS,
    }
)
"""What is often laid at the door of families for who they are: only a phrase says it, neither words that are like those
of one nor learned words alone (ADR 41)."""
CLOSELY = 0.7
"""What reading closely counts beside learned words, less the more they say that nothing is spoken for."""
EVEN = 0.05
"""The share that makes a score of one half."""
OF_INDICATOR = 2
"""So many that only speak of the exploitation indicator keep their places."""
WEAK = 0.3
"""Where phrases say less than this for it, the words are shown by which it was learned, if they say enough."""


class SuggestedKind(StrEnum):
    """What is suggested."""

    OVERRIDE = "override"
    DESCRIPTOR = "descriptor"
    SIGN = "sign"


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
    highest: bool = False
    """Of the document's highest level and no lower one, and it raises to it."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """See `suggest`."""

    overrides: tuple[Suggestion, ...]
    descriptors: tuple[Suggestion, ...]
    read: int
    """How many characters of the text were read, from its start."""


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

    @property
    def gain(self) -> float:
        """What speaks for it, from 0 up."""
        values = sorted(self.parts.values(), reverse=True)
        return (sum(value * FURTHER**place for place, value in enumerate(values)) + self.plain) * self.factor

    @property
    def score(self) -> float:
        """The same, from 0 to 1."""
        return 1 - math.exp(-self.gain)


def suggest(index: Index, text: str, *, age: ChildAge | None = None, limit: int = 10) -> Suggestions:
    """What `text` may mean in the pack of `index`, best first; at most `limit` descriptors and signs.

    Takes any text, and its first `READ_AT_MOST` characters are read, in time linear in their number. The same input
    gives the same result. Text added at the end takes no override away.
    """
    shown = text[:READ_AT_MOST]
    reading = index.read(shown)
    found = found_in(index, reading, age)
    overrides = tuple(_overrides(index, reading, found))
    scored = _scored(index, reading, found, age)
    ranked = _uncrowded(index, _ranked(index, reading, found, age, scored))[: max(limit, 0)]
    made = [_suggestion(index, reading, found, each, score) for each, score in ranked]
    return Suggestions(overrides, tuple(made), len(shown))


def overrides_called(index: Index, text: str, *, age: ChildAge | None = None) -> tuple[Suggestion, ...]:
    """The overrides of `suggest` alone, for less work than the whole."""
    reading = index.read(text[:READ_AT_MOST])
    return tuple(_overrides(index, reading, found_in(index, reading, age)))


def by_phrases(index: Index, reading: Reading, found: dict[int, list[Hit]], age: ChildAge | None) -> dict[int, float]:
    """What phrases and words in common say of descriptors and signs: a score from 0 to 1, by place in the index.

    `found` is what `found_in` gives for the same reading and age.
    """
    return {each.place: each.score for each in _scored(index, reading, found, age)}


def _overrides(index: Index, reading: Reading, found: dict[int, list[Hit]]) -> list[Suggestion]:
    called: dict[int, list[int]] = defaultdict(list)
    for number in sorted(found):
        if any(hit.alike == 1 and hit.calls for hit in found[number]):
            for place in index.overrides.get(number, ()):
                called[place].append(number)
    suggestions = []
    for place, numbers in called.items():
        hits = [hit for number in numbers for hit in found[number] if hit.alike == 1 and hit.calls]
        strong = sum(confidence(hit for hit in found[number] if hit.calls) for number in numbers)
        suggestions.append(
            Suggestion(
                id=index.entries[place].id,
                kind=SuggestedKind.OVERRIDE,
                wording=index.entries[place].wording,
                level=None,
                domain=None,
                spans=spans_of(reading, hits),
                negated=all(hit.denied for hit in hits),
                outside_age=False,
                score=round(1 - math.exp(-strong), 4),
            )
        )
    order = {entry.id: place for place, entry in enumerate(index.entries)}
    return sorted(suggestions, key=lambda each: (each.negated, -each.score, order[each.id]))


def _scored(index: Index, reading: Reading, found: dict[int, list[Hit]], age: ChildAge | None) -> list[_Scored]:
    parts: dict[int, dict[int, float]] = defaultdict(dict)
    for number, hits in found.items():
        if _is_loaded(index, number) and all(hit.alike < 1 for hit in hits):
            continue
        told = confidence(hits) * strength(hits) * (COMMON + (1 - COMMON) * index.rarity.get(number, 0))
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
        outside = _outside(entry, age)
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
        if each.gain >= LEAST * (DENIED if negated else 1) * (OTHER_AGE if outside else 1):
            scored.append(each)
    return scored


def _is_loaded(index: Index, number: int) -> bool:
    concepts = index.lexicon.concepts
    return number < len(concepts) and not LOADED.isdisjoint(concepts[number].flags)


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


def _ranked(
    index: Index,
    reading: Reading,
    found: dict[int, list[Hit]],
    age: ChildAge | None,
    scored: list[_Scored],
) -> list[tuple[_Scored, float]]:
    """What phrases found and what else labelled narratives taught, ranked by both and by reading closely, with a score
    from 0 to 1.

    A denial and another age move down. No worry leaves the list for a denial, and what nothing in the text shows isn't
    listed.
    """
    ready = index.taught
    if ready is None or not ready.places:
        return sorted(((each, each.score) for each in scored), key=lambda pair: (-pair[1], pair[0].place))
    listed = {each.place: each for each in scored}
    scores = {each.place: each.score for each in scored}
    denials = denials_in(reading, found)
    told = text_parts(index, reading, found, age, denials, weigh=False)
    spoken = weighed = spoken_for(ready, told, scores)
    undenied = shares(spoken)
    if denials.places:
        weighed = spoken_for(ready, text_parts(index, reading, found, age, denials), scores)
    # How the rest shifts beside a "no" takes nothing away either.
    chance = max(LEAST_SHARE, undenied[-1]) * (DENIED if denies(reading) else 1)
    asked = [row for row, place in enumerate(ready.places) if undenied[row] >= chance and _is_weak(listed.get(place))]
    if index.closely is not None:
        # As if nothing were denied, so that a "no" takes nothing away here either.
        apart = partial(text_parts, index, reading, found, age, denials, weigh=False, by=stretches(reading))
        words = index.closely.network.words
        pieces = pieces_of(words, reading, age, lambda: says_something(ready, apart()), but=denials.by)
        closely = told_closely(index.closely, pieces, by_rows(ready, scores))
        counts = CLOSELY * (1 - undenied[-1])
        weighed = (1 - counts) * weighed + counts * closely
        likely = shares((1 - counts) * spoken + counts * closely)
        least = max(LEAST_SHARE, undenied[-1], likely[-1])
        # It brings in what neither phrases nor learned words were sure of, and changes nothing of what they found.
        known = listed.keys() | {ready.places[row] for row in asked}
        asked += [row for row, place in enumerate(ready.places) if likely[row] >= least and place not in known]
    now = shares(weighed)
    ranked: list[tuple[_Scored, float]] = []
    reasons = reasons_for(ready, told, asked, reading, denials)
    for row, place in enumerate(ready.places):
        each = listed.get(place)
        reason = reasons.get(row)
        if reason is not None and _is_enough(reason, index.entries[place]):
            shown = reason.places if reason.denied else _not_denied(reason.places, denials.places)
            each = _Scored(place, {}, 0.0, shown, 1.0, reason.denied, _outside(index.entries[place], age))
        if each is not None:
            share = float(now[row]) * (DENIED if each.negated else 1) * (OTHER_AGE if each.outside_age else 1)
            ranked.append((each, max(share / (share + EVEN), 0.0001)))
    return sorted(ranked, key=lambda pair: (-round(pair[1], 8), pair[0].place))


def _uncrowded(index: Index, ranked: list[tuple[_Scored, float]]) -> list[tuple[_Scored, float]]:
    """The ranking with those that only speak of the exploitation indicator last, but for the first of them: a text that
    speaks for one speaks for all, and what was seen stands in its signs."""
    speak = [pair for pair in ranked if index.entries[pair[0].place].of_indicator][OF_INDICATOR:]
    last = {each.place for each, _score in speak}
    return [*(pair for pair in ranked if pair[0].place not in last), *speak]


def _not_denied(places: tuple[int, ...], denied: Set[int]) -> tuple[int, ...]:
    """The words of a reason that aren't denied; all of them where none would be left."""
    return tuple(place for place in places if place not in denied) or places


def _is_weak(each: _Scored | None) -> bool:
    """Whether phrases say so little that learned words may say why instead."""
    return each is None or (each.score < WEAK and not each.negated)


def _is_enough(reason: Reason, entry: Entry) -> bool:
    """Whether learned words alone may propose an entry. Where it is grave, one word isn't enough."""
    if entry.flags & LOADED:
        return False
    if entry.height == 1:
        return reason.strength >= LEAST_GRAVE and reason.words > 1
    return reason.strength >= LEAST_REASON


def _outside(entry: Entry, age: ChildAge | None) -> bool:
    """Whether the document gives it for another age than the child's."""
    return entry.age is not None and age is not None and age.known and age.within(entry.age) is False


def _suggestion(index: Index, reading: Reading, found: dict[int, list[Hit]], each: _Scored, score: float) -> Suggestion:
    entry = index.entries[each.place]
    hits = [hit for number in each.parts for hit in found[number]]
    if not each.negated:
        # What was denied supports nothing.
        hits = [hit for hit in hits if not hit.denied] or hits
    if not hits:
        hits = [Hit((word,), denied=False, guessed=False) for word in each.words]
    return Suggestion(
        id=entry.id,
        kind=SuggestedKind(entry.kind.value),
        wording=entry.wording,
        level=entry.level,
        domain=entry.domain,
        spans=spans_of(reading, hits),
        negated=each.negated,
        outside_age=each.outside_age,
        score=round(score, 4),
        highest=entry.lowest == 1 and entry.raises,
    )
