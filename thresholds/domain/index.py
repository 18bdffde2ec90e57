"""A pack made ready for search and suggestion: what it lists, and by which words each of it is reached."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from thresholds.domain.lexicon import Concept, Lexicon, Tone
from thresholds.domain.needs import Descriptor, ExploitationSign, HarmFactor
from thresholds.domain.pack import Pack
from thresholds.domain.parts import AgeBand, Flag
from thresholds.domain.phrases import Phrase, Phrasebook, PhraseError
from thresholds.domain.words import DROPPED, LIGHT, NOT, Guesser, Reading, read, stem

if TYPE_CHECKING:
    from thresholds.domain.close_reading import Closely
    from thresholds.domain.learned import Taught

BY_WORDING, BY_TERM, BY_FLAG, OWN_TERM = 0.8, 0.5, 0.5, 0.8
"""How firmly a concept belongs to an entry: named in its wording, in its terms, by its flags; and the entry's own term
of several words."""
BY_MORE = 0.1
"""What each further term that names it adds."""
CONTEXT = 0.4
"""What a concept keeps of that which is no worry by itself."""

NATIONAL = "nat-"
"""How the ids of the overrides begin that hold in every area. Their terms alone call none: the lexicon does."""

SILENT = frozenset({"no", NOT, "child", "parent", "carer"})
"""Stems that are no reason for anything."""


class Listed(StrEnum):
    """What an entry of the index is."""

    OVERRIDE = "override"
    DESCRIPTOR = "descriptor"
    SIGN = "sign"
    HARM_FACTOR = "harm_factor"
    PROTECTIVE_FACTOR = "protective_factor"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that a pack lists."""

    id: str
    kind: Listed
    wording: str
    terms: tuple[str, ...] = ()
    level: str | None = None
    domain: str | None = None
    """Id of the domain; for a sign, of its category."""
    height: float = 0.5
    """Place of its highest level among the pack's, from 0 to 1."""
    flags: frozenset[Flag] = frozenset()
    age: AgeBand | None = None
    raises: bool = True
    lowest: float = 0.5
    """Place of its lowest level; the same as `height` unless the document lists it for several."""
    of_indicator: bool = False
    """It only says at which level the exploitation indicator stands."""

    @property
    def is_strength(self) -> bool:
        """Whether it says that something goes well."""
        return self.kind is Listed.PROTECTIVE_FACTOR or self.height == 0

    @property
    def may_be_suggested(self) -> bool:
        """Factors are found by search only."""
        return self.kind in {Listed.DESCRIPTOR, Listed.SIGN}

    @property
    def worded(self) -> str:
        """Its wording and its terms as one text."""
        return ". ".join((self.wording, *self.terms))


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an entry's wording, to see how much of it a text supports."""

    stems: dict[int, str] = field(default_factory=dict)
    """Those that carry something, by place."""
    named: dict[int, frozenset[int]] = field(default_factory=dict)
    """Feature to the places of the words by which it is named: features named by the same words are one need."""

    def share(self, found: Iterable[int]) -> float:
        """How much of what it names was found, from 0 to 1: of the words that name features. 1 where it names none."""
        asked = frozenset[int]().union(*self.named.values())
        met = frozenset[int]().union(*(self.named.get(number, ()) for number in found))
        return len(met) / len(asked) if asked else 1.0

    def cover(self, found: Iterable[int], said: Set[str], weights: Mapping[str, float]) -> float:
        """How much of all its words the text holds, by a feature or by the same stem, from 0 to 1."""
        met = frozenset[int]().union(*(self.named.get(number, ()) for number in found))
        whole = sum(weights[root] for root in self.stems.values())
        held = sum(weights[root] for place, root in self.stems.items() if place in met or root in said)
        return held / whole if whole else 1.0


@dataclass(slots=True)
class Index:
    """See `index_of`. Features are numbered: first the lexicon's concepts, then the pack's own terms."""

    entries: tuple[Entry, ...]
    lexicon: Lexicon
    book: Phrasebook = field(default_factory=Phrasebook)
    """Phrases of features, as people write them."""
    links: dict[int, list[tuple[int, float]]] = field(default_factory=dict)
    """Feature to the entries that it reaches, and how firmly."""
    rarity: dict[int, float] = field(default_factory=dict)
    """Feature to how much it tells in this pack."""
    wordings: list[Wording] = field(default_factory=list)
    """Of each entry."""
    weights: dict[str, float] = field(default_factory=dict)
    """Stem of the wordings to how rare it is in them."""
    contexts: frozenset[int] = frozenset()
    """Features that are no worry by themselves."""
    kinds: frozenset[int] = frozenset()
    """Features that are any of several others."""
    overrides: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Feature to the overrides that it calls, as places in `entries`."""
    postings: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    """Stem to the entries whose wording or terms hold it, and how strongly it speaks for them."""
    guesser: Guesser = field(default_factory=lambda: Guesser((), frozenset()))
    taught: "Taught | None" = None
    """What labelled narratives taught of its entries; without it, phrases and words in common alone rank."""
    closely: "Closely | None" = None
    """Reads a text closely for its entries; without it, what was taught ranks alone."""

    def read(self, text: str) -> Reading:
        """The reading of a text that somebody wrote, misspellings guessed at."""
        return read(text, self.lexicon.spellings, self.guesser)


def index_of(pack: Pack, lexicon: Lexicon) -> Index:
    """The index of `pack` with `lexicon`. Build it once a pack and keep it: it is never changed afterwards."""
    index = Index(tuple(_entries(pack)), lexicon)
    words: set[str] = set()
    reached: dict[int, dict[int, float]] = defaultdict(dict)
    terms: dict[str, int] = {}
    own: dict[int, set[int]] = defaultdict(set)
    for place, entry in enumerate(index.entries):
        index.wordings.append(_link(index, place, entry, reached))
        for term in entry.terms:
            if entry.may_be_suggested:
                number = terms.setdefault(term.lower(), len(lexicon.concepts) + len(terms))
                reached[number][place] = OWN_TERM
            elif entry.kind is Listed.OVERRIDE and not entry.id.startswith(NATIONAL):
                own[terms.setdefault(term.lower(), len(lexicon.concepts) + len(terms))].add(place)
        words.update(_post(index, place, entry))
    held = Counter(root for wording in index.wordings for root in set(wording.stems.values()))
    index.weights = {root: math.log(1 + len(index.entries) / times) for root, times in held.items()}
    index.book = _with_terms(lexicon, terms, reached, own)
    count = sum(entry.may_be_suggested for entry in index.entries) or 1
    for number, entries in reached.items():
        index.links[number] = sorted(entries.items())
        suggested = sum(index.entries[place].may_be_suggested for place in entries)
        index.rarity[number] = math.log(1 + count / max(suggested, 1)) / math.log(1 + count)
    index.contexts = frozenset(n for n, concept in enumerate(lexicon.concepts) if concept.tone is Tone.CONTEXT)
    index.kinds = frozenset(n for n, concept in enumerate(lexicon.concepts) if len(concept.together) == 1)
    for number, concept in enumerate(lexicon.concepts):
        index.overrides[number] = tuple(_called(index.entries, concept))
    index.overrides |= {number: tuple(sorted(places)) for number, places in own.items()}
    spoken = {word for word in lexicon.words if word not in DROPPED and word not in LIGHT}
    index.guesser = Guesser(words | spoken, lexicon.spellings.known | _known(words | spoken | DROPPED | LIGHT))
    return index


def _known(words: Iterable[str]) -> frozenset[str]:
    return frozenset(form for word in words for form in (word, stem(word)))


def _entries(pack: Pack) -> Iterator[Entry]:
    top = len(pack.levels) - 1
    order = pack.level_order
    for override in pack.overrides:
        flags = frozenset(override.when.flags)
        yield Entry(override.id, Listed.OVERRIDE, override.name, override.terms, height=1, flags=flags)
    for item in pack.descriptors:
        heights = order[item.up_to or item.level] / top, order[item.level] / top
        yield _entry(item, Listed.DESCRIPTOR, item.level, item.domain, heights)
    for category in pack.exploitation.categories if pack.exploitation else ():
        for sign in category.signs:
            height = order[sign.level] / top
            yield _entry(sign, Listed.SIGN, sign.level, category.id, (height, height))
    for factor in pack.harm_factors:
        yield _entry(factor, Listed.HARM_FACTOR, None, None, (0.5, 0.5))
    for strength in pack.protective_factors:
        yield Entry(strength.id, Listed.PROTECTIVE_FACTOR, strength.wording, strength.terms)


def _entry(
    item: Descriptor | ExploitationSign | HarmFactor,
    kind: Listed,
    level: str | None,
    domain: str | None,
    heights: tuple[float, float],
) -> Entry:
    """`heights`: of its highest level and its lowest."""
    age = item.age if isinstance(item, Descriptor) else None
    of_indicator = isinstance(item, Descriptor) and item.of_indicator
    height, lowest = heights
    flags = frozenset(item.flags)
    return Entry(
        item.id, kind, item.wording, item.terms, level, domain, height, flags, age, item.raises, lowest, of_indicator
    )


def _link(index: Index, place: int, entry: Entry, reached: dict[int, dict[int, float]]) -> Wording:
    """Ties the concepts to the entry that its wording, terms or flags name; its wording comes back."""
    named: dict[int, set[int]] = defaultdict(set)
    at: dict[int, set[int]] = defaultdict(set)
    reading = read(". ".join((entry.wording, *entry.terms)), index.lexicon.spellings)
    for number, places in index.lexicon.pack_book.find(reading):
        if _may_reach(index.lexicon.concepts[number], entry):
            in_wording = reading.ends[places[-1]] <= len(entry.wording)
            named[number].add(-1 if in_wording else reading.sentences[places[0]])
            if in_wording:
                at[number].update(places)
    for number, where in named.items():
        firmness = BY_WORDING if -1 in where else BY_TERM
        firmness = min(firmness + BY_MORE * (len(where) - 1), 1.0)
        if index.lexicon.concepts[number].tone is Tone.CONTEXT:
            firmness *= CONTEXT
        reached[number][place] = firmness
    if not entry.is_strength:
        for number, concept in enumerate(index.lexicon.concepts):
            if concept.tone is Tone.WORRY and entry.flags.intersection(concept.flags):
                reached[number][place] = max(reached[number].get(place, 0), BY_FLAG)
    stems = {
        number: root
        for number, root in enumerate(reading.stems)
        if reading.ends[number] <= len(entry.wording) and not reading.light[number] and root not in SILENT
    }
    return Wording(stems, {number: frozenset(places & stems.keys()) for number, places in at.items()})


def _may_reach(concept: Concept, entry: Entry) -> bool:
    strength = concept.tone is Tone.STRENGTH
    return strength is entry.is_strength and not (concept.strict and entry.flags.isdisjoint(concept.flags))


def _called(entries: tuple[Entry, ...], concept: Concept) -> Iterator[int]:
    for place, entry in enumerate(entries):
        if entry.kind is Listed.OVERRIDE and concept.overrides and entry.flags.intersection(concept.flags):
            yield place


def _post(index: Index, place: int, entry: Entry) -> set[str]:
    """Enters the stems of an entry into the postings; its words come back."""
    words: set[str] = set()
    strength: dict[str, float] = {}
    for text, weight in ((entry.wording, 1.0), *((term, 0.7) for term in entry.terms)):
        reading = read(text, index.lexicon.spellings)
        for number, root in enumerate(reading.stems):
            if not reading.light[number] and root not in SILENT:
                strength[root] = max(strength.get(root, 0), weight)
                words.add(text[reading.starts[number] : reading.ends[number]].lower())
    length = math.sqrt(len(strength) or 1)
    for root, weight in strength.items():
        index.postings.setdefault(root, []).append((place, weight / length))
    return words


def _with_terms(
    lexicon: Lexicon, terms: dict[str, int], reached: dict[int, dict[int, float]], own: Mapping[int, Set[int]]
) -> Phrasebook:
    """The lexicon's phrases and the pack's own terms of several words; those of one word are left to the postings,
    unless a partnership has given them to an override of its own.
    """
    phrases: list[tuple[Phrase, int]] = []
    for term, number in terms.items():
        try:
            phrase = lexicon.phrase(re.sub(r"[&|$;]|\.\.", " ", term))
        except PhraseError:
            phrase = ()
        if sum(map(len, phrase)) > 1 or (phrase and number in own):
            phrases.append((phrase, number))
        else:
            reached.pop(number, None)
    return lexicon.book + phrases
