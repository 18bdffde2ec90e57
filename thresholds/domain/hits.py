"""Which circumstances a text tells, where, and how firmly."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from thresholds.domain.check_when import ChildAge
from thresholds.domain.index import Index
from thresholds.domain.lexicon import Concept, Tone, hint_of
from thresholds.domain.likeness import alike
from thresholds.domain.negation import denied_places, is_denied
from thresholds.domain.words import Reading

HITS_KEPT = 60
"""Places that are kept of one circumstance, the first ones."""
ALIKE = 1.0
"""Weight of words that are like those of a circumstance, beside that of a phrase."""
REPEATED, UNWRITTEN = 0.6, 0.3
"""What each doubling of the ways in which it is told adds, and what a word tells that stands in no phrase."""

# Weights, tuned on one half of the narratives (docs/reference/suggestion.md).
DENIED, GUESSED = 0.3, 0.85
"""What is kept where it is denied, and where it rests on a misspelt word."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A circumstance at one place; without places it is known from the child's age."""

    places: tuple[int, ...]
    denied: bool
    guessed: bool
    alike: float = 1.0
    """1 for a phrase; less where only the words are like those of the circumstance."""
    tells: float = math.inf
    """How much its words tell, all together."""
    calls: bool = True
    """Whether it may call an override; a hint reaches descriptors only."""


def found_in(index: Index, reading: Reading, age: ChildAge | None) -> dict[int, list[Hit]]:
    """Every feature that `reading` tells, or the child's age does, with where and how firmly.

    A circumstance is found by its phrases, by parts that stand near each other, by a known age, and most weakly by
    words that are like those of its phrases.
    """
    places: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    concepts = index.lexicon.concepts
    unbroken = {number for number, concept in enumerate(concepts) if concept.unbroken}
    for number, at in index.book.find(reading):
        if number in unbroken and _broken(reading, at):
            continue
        if len(places[number]) < HITS_KEPT:
            places[number].append(at)
    hints = {hint_of(number): places.pop(number) for number in list(places) if number < 0}
    used = frozenset(place for hits in (*places.values(), *hints.values()) for at in hits for place in at)
    denied = denied_places(reading, used)
    found = {
        number: [
            Hit(
                at,
                is_denied(reading, at, denied, used),
                any(reading.guessed[place] for place in at),
                tells=_tells(index, reading, at),
                calls=calls,
            )
            for calls, kept in ((True, places), (False, hints))
            for at in kept.get(number, ())
        ]
        for number in (*places, *(hints.keys() - places.keys()))
    }
    found = {number: _denied_together(reading, hits) for number, hits in found.items()}
    _to_adults(index, found, age)
    _yield(index, found)
    _hint(index, found)
    weaker = {
        number: [
            Hit(
                at,
                is_denied(reading, at, denied, used),
                guessed=False,
                alike=how * ALIKE,
                tells=_tells(index, reading, at),
            )
        ]
        for number, (how, at) in alike(index.lexicon.likeness, reading).items()
        if index.lexicon.concepts[number].tone is Tone.WORRY
    }
    _to_adults(index, weaker, age)
    found = {**{number: hits[:1] for number, hits in weaker.items()}, **found}
    numbers = index.lexicon.numbers
    for number, concept in enumerate(index.lexicon.concepts):
        if concept.age is not None and age is not None and age.known and age.within(concept.age):
            found.setdefault(number, []).append(Hit((), denied=False, guessed=False))
        spoken_against = (hit for name in concept.unless for hit in found.get(numbers[name], ()))
        if number in found and any(not hit.denied for hit in spoken_against):
            found[number] = [hit if hit.places else replace(hit, denied=True) for hit in found[number]]
    for number, concept in enumerate(index.lexicon.concepts):
        if concept.together:
            hits = found.get(number, []) + list(_made_of(reading, concept, found, numbers))
            if hits:
                found[number] = hits
    return found


def _made_of(
    reading: Reading, concept: Concept, found: dict[int, list[Hit]], numbers: Mapping[str, int]
) -> Iterator[Hit]:
    """Hits of a circumstance made of several. One of which a hint is part calls nothing, so that those without any
    hint come besides."""
    groups = [[hit for name in group for hit in found.get(numbers[name], ())] for group in concept.together]
    yield from islice(_together(reading, groups, concept.apart), HITS_KEPT)
    calling = [[hit for hit in group if hit.calls] for group in groups]
    if calling != groups:
        yield from islice(_together(reading, calling, concept.apart), HITS_KEPT)


def _broken(reading: Reading, places: tuple[int, ...]) -> bool:
    """Whether a comma or the end of a clause stands between the words of a hit."""
    first, last = places[0], places[-1]
    return reading.clauses[first] != reading.clauses[last] or any(reading.commas[first + 1 : last + 1])


def _denied_together(reading: Reading, hits: list[Hit]) -> list[Hit]:
    """The hits, those denied too that share a telling word with a denied one: after "no modern slavery" the last word
    is no slavery either, and who "was not left alone at home" isn't alone at home."""
    denied = {place for hit in hits if hit.denied for place in hit.places if not reading.light[place]}
    return [replace(hit, denied=True) if not denied.isdisjoint(hit.places) else hit for hit in hits]


def _to_adults(index: Index, found: dict[int, list[Hit]], age: ChildAge | None) -> None:
    """Moves what so young a child can't do or be to the adult of whom it must speak."""
    if age is None or not age.known:
        return
    for number, concept in enumerate(index.lexicon.concepts):
        young = age.unborn or (age.oldest is not None and age.oldest < concept.adult_below)
        if number in found and concept.adult is not None and young:
            found.setdefault(index.lexicon.numbers[concept.adult], []).extend(found.pop(number))


def _yield(index: Index, found: dict[int, list[Hit]]) -> None:
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


def _hint(index: Index, found: dict[int, list[Hit]]) -> None:
    """Lets what another circumstance in the same words makes less of call nothing; it stays for the descriptors."""
    numbers = index.lexicon.numbers
    for number, concept in enumerate(index.lexicon.concepts):
        if number in found and concept.hint_with:
            less = {place for name in concept.hint_with for hit in found.get(numbers[name], ()) for place in hit.places}
            found[number] = [
                replace(hit, calls=False) if less.intersection(hit.places) else hit for hit in found[number]
            ]


def _together(reading: Reading, groups: list[list[Hit]], apart: int) -> Iterator[Hit]:
    """Hits of all groups near each other, as one hit each."""
    first, *others = sorted(groups, key=len)
    for hit in first:
        near = [hit]
        for group in others:
            beside = min(
                (each for each in group if _near(reading, hit, each, apart) and not set(each.places) & set(hit.places)),
                key=lambda each: (each.denied, -each.alike, each.places),
                default=None,
            )
            if beside is None:
                break
            near.append(beside)
        else:
            at = tuple(sorted({place for each in near for place in each.places}))
            yield Hit(
                at,
                denied=any(each.denied for each in near),
                guessed=any(each.guessed for each in near),
                alike=min(each.alike for each in near),
                tells=sum(each.tells for each in near),
                calls=all(each.calls for each in near),
            )


def _near(reading: Reading, one: Hit, other: Hit, apart: int) -> bool:
    if not one.places or not other.places:
        return True
    sentences = reading.sentences
    return abs(sentences[one.places[0]] - sentences[other.places[0]]) <= apart


def confidence(hits: Iterable[Hit]) -> float:
    """How sure it is that it is meant, from 0 to 1: less where it is denied, guessed at, or only alike."""
    return max((DENIED if hit.denied else 1) * (GUESSED if hit.guessed else 1) * hit.alike for hit in hits)


def strength(hits: Iterable[Hit]) -> float:
    """How firmly a circumstance is told: by words that tell much, and in more than one way."""
    kept = list(hits)
    most = max(hit.tells for hit in kept)
    return (1 - math.exp(-most)) * (1 + REPEATED * math.log2(len({hit.places for hit in kept})))


def _tells(index: Index, reading: Reading, places: Iterable[int]) -> float:
    telling = index.lexicon.telling
    return sum(telling.get(reading.stems[place], UNWRITTEN) for place in places)
