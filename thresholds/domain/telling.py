"""A text in parts, as suggestion learns from it: words, pairs of neighbours, circumstances, the child's stage of life.

Nothing that says who somebody is becomes a part.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from thresholds.domain.check_when import ChildAge
from thresholds.domain.hits import DENIED, Hit, confidence, strength
from thresholds.domain.index import Index
from thresholds.domain.negation import denied_places, denying_places
from thresholds.domain.words import EVERYDAY, Reading, stem

Bag = dict[str, float]
"""Parts of a text or a wording, and how strongly each is said."""

WORD, PAIR, AGE = 0.5, 0.4, 2.0
"""How strongly a part counts before anything is learned of it."""
OLDEST_OF_A_STAGE = ((0, "baby"), (4, "before school"), (10, "primary"), (15, "secondary"), (18, "young adult"))
"""Years and the stage of life that they end."""
LONG = 30
"""Words of a sentence that are looked at together at most where one has to choose."""
SO_FAR = 3
"""So many words in a row are denied together at most."""


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


SAYS_WHO = _stems(
    """
    girl girls boy boys lad lads lass son sons daughter daughters male female gay lesbian bisexual trans
    transgender queer nonbinary black white brown asian asia african africa european europe arab arabic
    caribbean muslim muslims islam islamic mosque imam quran koran ramadan eid madrasah hijab niqab christian
    christians church catholic protestant pentecostal jehovah jew jews jewish synagogue rabbi hindu hindus
    temple sikh sikhs gurdwara buddhist religion religious faith ethnic ethnicity british english irish scottish
    welsh polish poland romanian romania roma gypsy gypsies traveller travellers bulgarian bulgaria slovak
    slovakian slovakia czech hungarian lithuanian lithuania latvian latvia albanian albania kosovan ukrainian
    ukraine russian russia turkish turkey kurdish kurd kurdistan syrian syria iraqi iraq iranian iran afghan
    afghanistan pakistani pakistan pakistans kashmir mirpur punjabi urdu indian india bangladeshi bangladesh
    bengali sylhet sri lankan chinese china vietnamese vietnam filipino thai thailand somali somalia eritrean
    eritrea ethiopian ethiopia sudanese sudan nigerian nigeria ghanaian ghana gambian gambia kenyan kenya
    congolese congo egyptian egypt moroccan morocco algerian algeria libyan libya guinea sierra leone mali
    zimbabwe zimbabwean jamaican jamaica portuguese portugal spanish spain italian italy brazilian brazil he she
    him her hers his himself herself they them their theirs themself themselves lgbt lgbtq gender pray prayer
    prayers god pastor vicar priest bible heritage race racial dual accent immigrant immigrants migrant migrants
    refugee refugees asylum foreign abroad country french france german germany american america usa yemeni yemen
    israeli israel palestinian palestine japanese japan korean korea greek greece cypriot swedish dutch belgian
    canadian australian hispanic latino latina shia sunni mormon baptist methodist anglican evangelical quaker
    atheist homosexual pansexual pashto farsi hindi tamil gujarati cantonese mandarin headscarf turban
    stepson stepsons stepdaughter stepdaughters grandson grandsons granddaughter granddaughters schoolboy schoolboys
    schoolgirl schoolgirls lagos lahore
    """
)
"""Stems that say who somebody is: sex, orientation, faith, people, country.
Nothing is learned from them: who a child or a family is must suggest nothing. Phrases of the lexicon that a document's
own descriptors need stay as they are. Words of illness and disability are kept: the documents list needs by them."""
NAMES_TOO = frozenset(("jack", "frank", "bill", "rob", "dawn", "april", "june", "grace"))
"""First names that are words as well. "Robbed" is none."""
APOSTROPHE = re.compile("['’‘`´]")
SHORTENED = frozenset(("s", "t", "re", "ve", "ll", "d", "m"))
"""What stands after an apostrophe in a word that is no name, such as O'Brien."""
COUNTS = _stems("one two three four five six seven eight nine ten first second third last next")
"""Stems that are no reason by themselves."""


@dataclass(slots=True)
class Sentence:
    """One sentence, or one stretch, in parts."""

    number: int
    """Which it is in the text."""
    bag: Bag = field(default_factory=dict)
    places: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """The places in the reading at which a part stands."""


@dataclass(frozen=True, slots=True)
class Told:
    """A text in parts: as a whole, and each sentence by itself, those that hold none left out."""

    whole: Bag
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Denials:
    """What a text denies."""

    places: frozenset[int] = frozenset()
    """Words that are denied."""
    by: frozenset[int] = frozenset()
    """Words that deny them."""


def stretches(reading: Reading) -> tuple[int, ...]:
    """Which stretch of the text each word is of, counted from 0: its sentence, or some words of one that doesn't end.

    Whoever writes in haste sets no full stop. A sentence of more than `LONG` words is taken in stretches of at most so
    many, that begin after a comma where one comes in their second half.
    """
    lengths = Counter(reading.sentences)
    numbers: list[int] = []
    number, begun = -1, 0
    for place, sentence in enumerate(reading.sentences):
        length = place - begun
        full = length >= LONG or (reading.commas[place] and length * 2 >= LONG)
        if place == 0 or sentence != reading.sentences[place - 1] or (full and lengths[sentence] > LONG):
            number, begun = number + 1, place
        numbers.append(number)
    return tuple(numbers)


def denials_in(reading: Reading, found: Mapping[int, Sequence[Hit]]) -> Denials:
    """What is denied: words that are part of no phrase, and those of denied hits."""
    firm = [hit for hits in found.values() for hit in hits if hit.alike == 1]
    used = frozenset(place for hit in firm for place in hit.places)
    by_hits = frozenset(place for hit in firm if hit.denied for place in hit.places)
    return Denials(_to_the_end(reading, denied_places(reading, used) | by_hits), denying_places(reading, used))


def _to_the_end(reading: Reading, denied: frozenset[int]) -> frozenset[int]:
    """The places, and the words that go on with the last one: of "no older friends" both words, not the first alone."""
    whole = set(denied)
    for place in range(1, len(reading)):
        goes_on = place - 1 in whole and not reading.light[place - 1] and not reading.light[place]
        apart = reading.commas[place] or reading.clauses[place] != reading.clauses[place - 1]
        if goes_on and not apart and place - SO_FAR - 1 not in whole:
            whole.add(place)
    return frozenset(whole)


def text_parts(
    index: Index,
    reading: Reading,
    found: Mapping[int, Sequence[Hit]],
    age: ChildAge | None,
    denials: Denials,
    *,
    weigh: bool = True,
    by: Sequence[int] | None = None,
) -> Told:
    """The parts of a text; `found` is what `found_in` gives for the same reading and age. With `weigh`, what is denied
    counts less; words that deny are no part of either. `by` says of each word which part of the text is looked at by
    itself (`stretches`); without it, its sentence.
    """
    by = reading.sentences if by is None else by
    count = by[-1] + 1 if by else 0
    sentences = [Sentence(number) for number in range(count)]
    whole: Bag = {stage(age): AGE}

    def say(part: str, weight: float, places: tuple[int, ...]) -> None:
        sentence = sentences[by[places[0]]]
        if weight > sentence.bag.get(part, 0):
            sentence.bag[part], sentence.places[part] = weight, places

    for part, weight, places in _word_parts(reading, denials):
        told = weight * DENIED if weigh and denials.places.issuperset(places) else weight
        say(part, told, places)
        whole[part] = max(whole.get(part, 0), told)
    for number, concept in enumerate(index.lexicon.concepts):
        hits = [hit for hit in found.get(number, ()) if not _says_who(reading, hit)]
        if not weigh:
            hits = [replace(hit, denied=False) for hit in hits]
        if hits:
            whole[f"c {concept.id}"] = confidence(hits) * strength(hits)
            for hit in hits:
                if hit.places:
                    say(f"c {concept.id}", confidence([hit]), hit.places)
    return Told(whole, tuple(sentence for sentence in sentences if sentence.bag))


def _word_parts(reading: Reading, denials: Denials) -> Iterator[tuple[str, float, tuple[int, ...]]]:
    before = -1
    for place, root in enumerate(reading.stems):
        if reading.names[place] or place in denials.by or says_who(reading, place):
            continue
        if not reading.light[place]:
            yield f"w {root}", WORD, (place,)
        if before >= 0 and reading.sentences[before] == reading.sentences[place]:
            yield f"p {reading.stems[before]} {root}", PAIR, (before, place)
        before = place


def _says_who(reading: Reading, hit: Hit) -> bool:
    """Whether a circumstance rests on nothing but who somebody is."""
    telling = [place for place in hit.places if not reading.light[place]]
    return bool(telling) and all(says_who(reading, place) for place in telling)


def says_who(reading: Reading, place: int) -> bool:
    """Whether a word says who somebody is."""
    return reading.stems[place] in SAYS_WHO or is_name_too(reading, place)


def is_name_too(reading: Reading, place: int) -> bool:
    """Whether a word is one of `NAMES_TOO`, or written like O'Brien."""
    first, *rest = APOSTROPHE.split(reading.text[reading.starts[place] : reading.ends[place]].lower())
    return first in NAMES_TOO or (bool(rest) and rest[-1] not in SHORTENED)


def says_nothing(reading: Reading, place: int) -> bool:
    """Whether a word is no reason for anything by itself."""
    root = reading.stems[place]
    return reading.light[place] or root in EVERYDAY or root in COUNTS or root.isdigit()


def stage(age: ChildAge | None) -> str:
    """The part that tells a child's stage of life."""
    if age is None or not age.known:
        return "age not known"
    if age.unborn:
        return "age unborn"
    oldest = age.oldest if age.oldest is not None else age.youngest or 0
    return "age " + next((stage for years, stage in OLDEST_OF_A_STAGE if oldest <= years), "young adult")
