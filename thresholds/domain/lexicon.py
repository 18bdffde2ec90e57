"""The lexicon: what people really write, and the circumstances that they mean by it.

It belongs to no area. A concept reaches a pack's descriptors through their wording, terms and flags, so a pack can
change without the lexicon, and the other way round.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import Field, StringConstraints

from thresholds.domain.ids import Path
from thresholds.domain.likeness import Likeness, likeness_of
from thresholds.domain.parse import PackFile, parse_part
from thresholds.domain.parts import AgeBand, Flag, Part, Slug, Text
from thresholds.domain.phrases import Phrase, Phrasebook, PhraseError, phrase_of
from thresholds.domain.words import DROPPED, LIGHT, Spellings, root_of, stem

Phrases = tuple[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)], ...]
"""Lines of phrases, with semicolons between."""

WIDEST_STEP = 6
"""A step of more words than these is a class like parents, and no synonym of anything."""

SENTENCES_APART = 2
"""How far apart the parts of a circumstance made of several may stand, where it doesn't say less."""

LIGHT_STEMS = frozenset(stem(word) for word in LIGHT)

LIGHT_TELLS = 0.05
"""What a light word tells, beside a word by which one circumstance alone is written."""


class Tone(StrEnum):
    """What a concept says about the child's life."""

    WORRY = "worry"
    STRENGTH = "strength"
    """Something that goes well: it reaches the lowest level and protective factors only."""
    CONTEXT = "context"
    """No worry by itself; it only counts together with others."""


class Concept(Part):
    """One circumstance and the phrases by which people write of it."""

    id: Slug
    tone: Tone = Tone.WORRY
    flags: tuple[Flag, ...] = ()
    """Flags of the descriptors and overrides that it reaches."""
    strict: bool = False
    """Whether it reaches only what bears one of its flags: a parent's drinking isn't a child's."""
    overrides: bool = True
    """False: it reaches descriptors of its flags but no override; the words alone are too little for that."""
    phrases: Phrases = ()
    """What writers write; see `thresholds.domain.phrases` for the signs that may stand in it."""
    means: Phrases = ()
    """Words of packs that stand for the same, looked for in packs only; without any, `phrases` are looked for there."""
    together: tuple[tuple[Slug, ...], ...] = ()
    """Each group names concepts, of which one is found; all groups within two sentences make this concept. A single
    group makes it of any of them."""
    age: AgeBand | None = None
    """A child who is known to be of this age is found by that alone."""
    adult: Slug | None = None
    """The concept that is meant instead where the child is known to be younger than `adult_below`, or unborn."""
    adult_below: Annotated[int, Field(ge=0, le=18)] = 8
    yields_to: tuple[Slug, ...] = ()
    """Concepts that are meant instead, where one of them is found in the same words."""
    hint_with: tuple[Slug, ...] = ()
    """Concepts with which, in the same words, it reaches descriptors and calls no override: brothers who fell out."""
    unless: tuple[Slug, ...] = ()
    """Concepts that speak against its `age`: where one of them is found, what is known from the age alone counts as
    denied. A child who crawls moves about."""
    unbroken: bool = False
    """Whether its phrases reach over no comma and no end of a clause: "lost her nan, took tablets" isn't the nan's."""
    apart: Annotated[int, Field(ge=0, le=SENTENCES_APART)] = SENTENCES_APART
    """How many sentences may lie between the groups of `together`."""


class Otherwise(Part):
    """More phrases for a concept that stands elsewhere, most of them of families: classes of words of one kind."""

    of: Slug
    overrides: bool = True
    """False: these phrases reach the descriptors of the concept but call no override; they say too little for that."""
    phrases: Phrases


class Form(Part):
    """Writings of one word."""

    read: Text
    """The lower-case word, or the words, that all of them are read as."""
    written: Text
    """Lower-case words with spaces between."""


class Lexicon(Part):
    """All files of the lexicon as one."""

    forms: tuple[Form, ...] = ()
    """Irregular forms, contractions without their apostrophe, words written as one, everyday words."""
    classes: dict[str, Text] = {}
    """Words, with spaces between, that `@name` stands for in phrases."""
    known: tuple[Text, ...] = ()
    """Words, with spaces between, that are no misspelling of another."""
    concepts: Annotated[tuple[Concept, ...], Field(min_length=1)]
    more: tuple[Otherwise, ...] = ()
    """Further phrases that people write for a concept; packs are read without them."""

    @cached_property
    def spellings(self) -> Spellings:
        """What brings different writings of a word together."""
        return Spellings(
            {word: tuple(form.read.split()) for form in self.forms for word in form.written.split()},
            frozenset(word for line in self.known for word in line.split()),
        )

    @cached_property
    def class_stems(self) -> dict[str, frozenset[str]]:
        """Stems by class."""
        forms = self.spellings.forms
        return {
            name: frozenset(root_of(part) for word in words.split() for part in forms.get(word, (word,)))
            for name, words in self.classes.items()
        }

    @cached_property
    def written(self) -> tuple[Phrases, ...]:
        """Every phrase that people write, by the number of its concept."""
        return tuple((*calling, *hints) for calling, hints in zip(self.calling, self.hints, strict=True))

    @cached_property
    def calling(self) -> tuple[Phrases, ...]:
        """Of `written`, the phrases that call the overrides of their concept, by its number."""
        further = self._further(overrides=True)
        return tuple((*concept.phrases, *more) for concept, more in zip(self.concepts, further, strict=True))

    @cached_property
    def hints(self) -> tuple[Phrases, ...]:
        """Of `written`, the phrases that call no override, by the number of their concept."""
        return self._further(overrides=False)

    @cached_property
    def read_so_far(self) -> dict[str, Phrase]:
        """The phrases that were read, by how they are written: each is asked for several times while an index is built,
        and the first page that needs one waits for that."""
        return {}

    def phrase(self, text: str) -> Phrase:
        """A phrase with this lexicon's classes and spellings. Raises PhraseError."""
        known = self.read_so_far.get(text)
        if known is None:
            known = self.read_so_far[text] = phrase_of(text, self.class_stems, self.spellings)
        return known

    @cached_property
    def book(self) -> Phrasebook:
        """Every phrase that people write, by the number of its concept; that of a hint is `hint_of` its number."""
        return self._book(self.calling) + (
            (self.phrase(text), hint_of(number)) for number, lines in enumerate(self.hints) for text in each(lines)
        )

    @cached_property
    def pack_book(self) -> Phrasebook:
        """Every phrase by which a pack may name a concept: what it means, else what people write."""
        return self._book([concept.means or concept.phrases for concept in self.concepts])

    @cached_property
    def likeness(self) -> Likeness:
        """What single words say of circumstances, where no phrase is found."""
        return likeness_of(
            [self.phrase(text) for text in each((*written, *concept.means))]
            for concept, written in zip(self.concepts, self.written, strict=True)
        )

    @cached_property
    def telling(self) -> dict[str, float]:
        """How much each stem of the phrases tells, from 0 to 1: most where only one circumstance is written with it.

        What only takes a call back (`hint_with`, and what that yields to) makes no word of a need more common.
        """
        aside = {name for concept in self.concepts for name in concept.hint_with}
        aside |= {name for concept in self.concepts if concept.id in aside for name in concept.yields_to}
        spread = Counter(
            root
            for concept, written in zip(self.concepts, self.written, strict=True)
            if concept.id not in aside
            for root in {
                root
                for text in each(written)
                for side in self.phrase(text)
                for step in side
                for root in step.stems.union(root for run in step.runs for root in run)
            }
        )
        whole = math.log(len(self.concepts) - len(aside) + 1)
        told = {root: 1 - math.log(times) / whole for root, times in spread.items()}
        return {**told, **{stem(word): LIGHT_TELLS for word in LIGHT}}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every lower-case word of the phrases and classes: what a misspelt word may have been meant to be."""
        texts = [text for written in self.written for text in written]
        return frozenset(
            re.findall(r"[a-z]+", " ".join((*texts, *self.classes.values(), *self.spellings.forms)).lower())
        )

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Number by id: the place of a concept in `concepts`."""
        return {concept.id: number for number, concept in enumerate(self.concepts)}

    @cached_property
    def synonyms(self) -> dict[str, tuple[tuple[int, float], ...]]:
        """A stem to the concepts in whose phrases it stands, and how much of such a phrase it is."""
        found: dict[str, dict[int, float]] = {}
        for number, written in enumerate(self.written):
            for text in each(written):
                steps = [step for side in self.phrase(text) for step in side]
                for root in (root for step in steps if len(step.stems) <= WIDEST_STEP for root in step.stems):
                    shares = found.setdefault(root, {})
                    shares[number] = max(shares.get(number, 0), 1 / len(steps))
        return {root: tuple(sorted(shares.items())) for root, shares in found.items()}

    def _further(self, *, overrides: bool) -> tuple[Phrases, ...]:
        more: dict[str, Phrases] = {}
        for other in self.more:
            if other.overrides is overrides:
                more[other.of] = (*more.get(other.of, ()), *other.phrases)
        return tuple(more.get(concept.id, ()) for concept in self.concepts)

    def _book(self, lines: Sequence[Phrases]) -> Phrasebook:
        return Phrasebook((self.phrase(text), number) for number, each_of in enumerate(lines) for text in each(each_of))


def parse_lexicon(files: Sequence[PackFile]) -> Lexicon:
    """The lexicon that `files` make together. Raises PackErrors with every mistake, by file, line and field."""
    return parse_part(Lexicon, files, _faults)


def _faults(lexicon: Lexicon) -> Iterator[tuple[Path, str]]:
    """What no schema tells: ids that stand twice, names of nothing, phrases that can't be read."""
    for place, concept in enumerate(lexicon.concepts):
        at: Path = ("concepts", place)
        if lexicon.numbers[concept.id] != place:
            yield (*at, "id"), f"{concept.id} stands twice"
        if not (concept.phrases or concept.together or concept.age):
            yield at, "a concept has phrases, together or age"
        for kind in ("phrases", "means"):
            for number, line in enumerate(getattr(concept, kind)):
                yield from (((*at, kind, number), message) for message in _unreadable(lexicon, line))
                if kind == "phrases":
                    yield from (((*at, kind, number), message) for message in _worn_down(lexicon, line))
        yield from (((*at, name), message) for name, message in _misnamed(lexicon, concept))
    for place, other in enumerate(lexicon.more):
        if other.of not in lexicon.numbers:
            yield ("more", place, "of"), f"{other.of} is no concept"
        for number, line in enumerate(other.phrases):
            messages = (*_unreadable(lexicon, line), *_worn_down(lexicon, line))
            yield from ((("more", place, "phrases", number), message) for message in messages)


def _misnamed(lexicon: Lexicon, concept: Concept) -> Iterator[tuple[str, str]]:
    named = {
        "yields_to": concept.yields_to,
        "hint_with": concept.hint_with,
        "unless": concept.unless,
        "adult": filter(None, [concept.adult]),
    }
    for field, names in named.items():
        yield from ((field, f"{name} is no concept") for name in names if name not in lexicon.numbers)
    for name in (name for group in concept.together for name in group):
        if name not in lexicon.numbers or lexicon.concepts[lexicon.numbers[name]].together:
            yield "together", f"{name} is no concept with phrases of its own"


def _unreadable(lexicon: Lexicon, line: str) -> Iterator[str]:
    for text in each([line]):
        try:
            lexicon.phrase(text)
        except PhraseError as error:
            yield f"{text}: {error}"


def _worn_down(lexicon: Lexicon, line: str) -> Iterator[str]:
    """Phrases of which dropped words leave what says something else: "does sex" would be any sex, "doing it with" any
    "it with".
    """
    for text in each([line]):
        try:
            steps = [step for side in lexicon.phrase(text) for step in side]
        except PhraseError:
            continue
        lost = not DROPPED.isdisjoint(text.split())
        light = LIGHT_STEMS.issuperset(frozenset[str]().union(*(step.stems for step in steps)))
        if lost and not any(step.runs for step in steps) and (len(steps) == 1 or (len(steps) == 2 and light)):
            kept = " ".join(root for step in steps for root in sorted(step.stems))
            yield f"of “{text}” only “{kept}” is looked for, as its other words are dropped: write what tells it"


def hint_of(number: int) -> int:
    """What phrases of the concept `number` are numbered that call no override; of such a number, the concept's."""
    return ~number


def each(lines: Iterable[str]) -> Iterator[str]:
    """The single phrases of lines."""
    return (text for line in lines for part in line.split(";") if (text := part.strip()))
