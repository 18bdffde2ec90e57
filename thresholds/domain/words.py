"""A text as the stems of its words, each with its place in the text exactly as given.

Small words are dropped or marked as light, contractions and irregular forms are brought to one form, and a word that
nobody knows is taken for a known one that it misspells.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

NOT = "not"
"""What "not", "n't", "never" and "cannot" are read as."""
NAME = "@name"
"""In the classes of the lexicon: a word that seems to be somebody's name."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


DROPPED = _set(
    """a an the his hers my mine our your their its this that these those is are was were be been being am has have
    had having do does did doing will would can could should may might must shall of to very really quite just so too
    also then there here some such rather been ve re ll d s m"""
)
"""Words that carry nothing for a match."""

LIGHT = _set(
    """i me we us you he him she her they them it himself herself themself themselves who whom which in on at by for
    from with into onto about as and or always often again still now currently regularly constantly frequently sometimes
    all both own more most much many lot lots when while if than because over after before since during even only
    up down back around through today yesterday tonight this well quite pretty recently lately usually generally
    even ever actually apparently reportedly allegedly possibly maybe perhaps nearly almost"""
)
"""Words that may stand between the words of a phrase without breaking it."""

_LITTLE = frozenset({"a", "little", "wee", "quite"})
"""Before "bit", which then is no bite."""

_WORD = re.compile(r"[^\W_]+(?:['’‘`´][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]|\n\s*\n|\n\s*[-*•–]|\n\s*(?=[A-Z0-9])")
_CLAUSE_END = re.compile(r"[;:()\[\]–—\n]|\s-\s")
_UNITS = {
    written: tuple(unit.split())
    for unit, all_written in {
        "year old": "yo y",
        "year": "yr yrs",
        "month": "m mth mths",
        "week": "w wk wks",
        "day": "d",
        "hour": "hr hrs",
        "stone": "st",
    }.items()
    for written in all_written.split()
}
_MEASURED = re.compile(rf"(\d{{1,3}})({'|'.join(_UNITS)})")
"""A number with its unit in one word: 6yo, 10m, 2yr."""
_QUOTES = frozenset("\"'“”‘:")
_APOSTROPHES = str.maketrans("’‘`´", "''''")
_NEGATIVE = frozenset({"never", "cannot", "not", "neither"})


class _Stemmers(threading.local):
    """A stemmer of each thread's own: it keeps the word that it works on in itself."""

    def __init__(self) -> None:
        self.english = snowballstemmer.stemmer("english")


_STEMMERS = _Stemmers()

SHORTEST_TYPO = 5
LONGEST_GAP = 200
"""Characters between two words from which on they are no longer of one sentence."""
MOST_TYPOS = 2_000
"""So many different unknown words of one text are looked up, so that a text of nonsense stays quick."""


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of one lower-case word."""
    return str(_STEMMERS.english.stemWord(word))


EVERYDAY = frozenset(
    map(
        stem,
        _set(
            """say tell ask want go come get keep know think see find make take give help need look talk use try mum dad
            other another thing time day week month year new old good fine well bit worry worried worries concern home
            school nobody anybody people staff book left leave out pick call child family young person"""
        ),
    )
)
"""Stems that stand in most texts: shared with a wording, they say nothing by themselves."""


def root_of(word: str) -> str:
    """What one lower-case word is matched by."""
    if word == NAME:
        return NAME
    return NOT if word in _NEGATIVE else stem(word)


@dataclass(frozen=True, slots=True)
class Spellings:
    """What brings different writings of a word together."""

    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A lower-case word to the words that it is read as: `ate` to `eat`, `selfharm` to `self harm`."""
    known: frozenset[str] = frozenset()
    """Lower-case words that are no misspelling of anything."""


@dataclass(slots=True)
class Reading:
    """The words of a text that count, in their order. All lists are of one length."""

    stems: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    clauses: list[int] = field(default_factory=list)
    light: list[bool] = field(default_factory=list)
    capitals: list[bool] = field(default_factory=list)
    commas: list[bool] = field(default_factory=list)
    """Whether a comma or a stroke stands before the word."""
    guessed: list[bool] = field(default_factory=list)
    """Whether the stem is a guess at a misspelt word."""
    names: list[bool] = field(default_factory=list)
    """Whether it seems to be a name: a word with a capital that nobody knows. Like light words it breaks no phrase."""
    text: str = ""
    """What was read, exactly as given."""

    def __len__(self) -> int:
        return len(self.stems)


def read(text: str, spellings: Spellings, guesser: "Guesser | None" = None) -> Reading:
    """The reading of `text`; with `guesser`, misspelt words are guessed at and names are told from words.

    Takes any text, control characters and emoji included, in time linear in its length.
    """
    reading = Reading(text=text)
    sentence = clause = last = 0
    begins = True
    guesses: dict[str, str | None] = {}
    before = ""
    for match in _WORD.finditer(text):
        start, end = match.span()
        gap = text[last : min(start + 1, last + LONGEST_GAP)]
        if last and gap[:-1] != " ":
            ends = _ends_sentence(text, gap, last, start)
            sentence += ends
            clause += ends or _CLAUSE_END.search(gap) is not None
            begins = ends or gap[-2:-1] in _QUOTES
        last = end
        written = match.group()
        a_bit, before = before in _LITTLE and written.lower() == "bit", written.lower()
        if a_bit:
            continue
        for word in split(written, spellings):
            if word in DROPPED and not (written.isupper() and len(word) == 2):
                continue
            root, guessed, named = _known_as(word, written, begins, guesser, guesses)
            reading.stems.append(root)
            reading.starts.append(start)
            reading.ends.append(end)
            reading.sentences.append(sentence)
            reading.clauses.append(clause)
            reading.light.append(named or word in LIGHT)
            reading.capitals.append(written.isupper())
            reading.commas.append("," in gap or "/" in gap)
            reading.guessed.append(guessed)
            reading.names.append(named)
        begins = False
    return reading


def _ends_sentence(text: str, gap: str, last: int, start: int) -> bool:
    """Whether a sentence ends between two words."""
    if len(gap) == LONGEST_GAP:
        return True
    return _SENTENCE_END.search(gap) is not None and not _abbreviation(text, last, start)


def _known_as(
    word: str, written: str, begins: bool, guesser: "Guesser | None", guesses: dict[str, str | None]
) -> tuple[str, bool, bool]:
    """What a word is matched by, whether that is a guess, and whether it seems to be a name.

    A capital at the beginning of a sentence or of speech says little, so that misspelt words are guessed at first.
    """
    if guesser is None:
        return root_of(word), False, False
    titled = written[0].isupper() and not written.isupper() and len(word) > 2
    if titled and not begins and not guesser.knows(word):
        return root_of(word), False, True
    if len(word) >= SHORTEST_TYPO:
        if word not in guesses and len(guesses) < MOST_TYPOS:
            guesses[word] = guesser(word)
        better = guesses.get(word)
        if better is not None:
            return better, True, False
    return root_of(word), False, titled and begins and not guesser.knows(word)


def split(written: str, spellings: Spellings) -> tuple[str, ...]:
    """The lower-case words that one written word stands for: `Doesn't` is `does` and `not`."""
    word = written.lower().translate(_APOSTROPHES)
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    if (forms := spellings.forms.get(word)) is not None:
        return forms
    if word[:1].isdigit() and (measured := _MEASURED.fullmatch(word)) is not None:
        return (measured[1], *_UNITS[measured[2]])
    if "'" not in word:
        return (word,)
    if word.endswith("n't"):
        return (NOT,)
    head = word.split("'", 1)[0]
    return spellings.forms.get(head, (head,))


def _abbreviation(text: str, last: int, start: int) -> bool:
    """Whether the dot between two words belongs to one that is shortened by single letters, like D.V."""
    return text[last:start] == "." and (last < 2 or not text[last - 2].isalnum())


class Guesser:
    """Takes an unknown word for the known one that it misspells: same first letter, one slip (two in long words)."""

    def __init__(self, vocabulary: Iterable[str], known: frozenset[str]) -> None:
        """`vocabulary` holds lower-case words as they are written, `known` stems and words that aren't guessed at."""
        self._known = known
        self._by_first: dict[str, list[str]] = {}
        for word in sorted({word for word in vocabulary if len(word) >= SHORTEST_TYPO and word.isalpha()}):
            self._by_first.setdefault(word[0], []).append(word)

    def knows(self, word: str) -> bool:
        """Whether the word stands in a phrase or a pack, or is known as an everyday one."""
        return word in self._known or stem(word) in self._known

    def __call__(self, word: str) -> str | None:
        """The stem of the nearest known word, or None where the word is known or near none."""
        if self.knows(word) or not word.isalpha() or len(word) > 30:
            return None
        slips = 1 if len(word) < 9 else 2
        found = process.extractOne(word, self._by_first.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips)
        return stem(found[0]) if found is not None else None
