"""Reading closely what somebody writes: words in the company of all others, by a small network (ADR 42).

A text's pieces go through a transformer that was trained on English before and tuned on labelled narratives since
(`bench.learn_close_reading`). How much the text speaks for a descriptor is what the piece says that says most (a smooth
maximum), and what all say in the mean. It says what stands first in the list; what stands there at all, words of the
text must speak for (`suggest`). Who somebody is was taken out before.
"""

import hashlib
import math
import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from thresholds.domain.check_when import ChildAge
from thresholds.domain.index import Entry
from thresholds.domain.telling import APOSTROPHE, SAYS_WHO, SHORTENED, is_name_too, stage, stretches
from thresholds.domain.wordpieces import LONGEST_WORD, Wordpieces
from thresholds.domain.words import Reading

Floats = NDArray[np.float32]
Numbers = NDArray[np.float64]

MOST_PIECES = 128
"""So many pieces of a text are read closely, some 100 words: the time grows with them."""
BEGIN, END = "[CLS]", "[SEP]"
NEAR = 0.9
"""A wording less like another one than this takes nothing of what was learned of that."""
SOMEONE = "someone"
LARGE = np.float32(80)
"""Its exponential is still a number of four bytes."""
_WORD = re.compile(r"[^\W_]+(?:['’‘`´][^\W_]+)*")
_INSTEAD = {
    **dict.fromkeys(("he", "she", "they", "him", "her", "them", "his", "hers", "their", "theirs"), "they"),
    **dict.fromkeys(("himself", "herself", "themself", "themselves"), "they"),
    **dict.fromkeys(("girl", "girls", "boy", "boys", "lad", "lads", "lass", "son", "sons"), "child"),
    **dict.fromkeys(("daughter", "daughters"), "child"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A matrix kept in bytes: row `n` is `steps[n]` times `scale[n]`."""

    steps: NDArray[np.int8]
    scale: Floats

    def whole(self) -> Floats:
        """The matrix itself."""
        matrix: Floats = self.steps.astype(np.float32) * self.scale
        return matrix

    def rows(self, at: Sequence[int]) -> Floats:
        """Some of its rows."""
        chosen: Floats = self.steps[at].astype(np.float32) * self.scale[at]
        return chosen


@dataclass(frozen=True, slots=True)
class Step:
    """A linear step: a column for each number that comes out."""

    matrix: Floats
    bias: Floats

    def of(self, x: Floats) -> Floats:
        """What comes out for each row of `x`."""
        out: Floats = x @ self.matrix
        out += self.bias
        return out


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the network: attention, then two linear steps."""

    look: Step
    take: Step
    taken: tuple[Floats, Floats]
    widen: Step
    narrow: Step
    narrowed: tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Words:
    """What words a text may be read with."""

    pieces: Wordpieces
    known: Mapping[str, str]
    """Stems that stand in enough of the texts that were learned from, each with how it is mostly written."""


@dataclass(frozen=True, slots=True)
class Network:
    """What `bench.learn_close_reading` wrote."""

    words: Words
    vectors: Kept
    """A vector for each piece."""
    places: Floats
    """A vector for each place in the text."""
    begun: tuple[Floats, Floats]
    layers: tuple[Layer, ...]
    heads: int
    wordings: Mapping[str, int]
    """`key_of` a wording that was learned to its row in `meant`."""
    meant: Kept
    """For each wording: what a piece is compared with, what the mean is compared with, and how often it is picked."""
    nothing: Floats
    """A row like those, for a text that speaks for nothing."""
    guess: Floats
    """Makes such a row of how the network reads a wording that it never learned."""
    read: Kept
    """How the network reads each of those wordings."""
    height: Floats
    """The height of each of them among the levels."""
    phrases: float
    """What a phrase of the lexicon adds, by its score from 0 to 1."""
    guessed: dict[str, Floats] = field(default_factory=dict, repr=False, compare=False)
    """Rows of wordings that were never learned, by `key_of`, as far as they were asked for."""


@dataclass(frozen=True, slots=True)
class Closely:
    """The network, with the rows of one pack; the last one is `nothing`."""

    network: Network
    by_piece: Floats
    by_mean: Floats
    often: Floats


def made_ready(network: Network, entries: Sequence[Entry]) -> Closely:
    """The network for these descriptors. One whose wording was never learned is read by its words."""
    rows = np.vstack([*(_row(network, entry) for entry in entries), network.nothing])
    width = network.vectors.steps.shape[1]
    return Closely(network, rows[:, :width].T.copy(), rows[:, width:-1].T.copy(), rows[:, -1])


def _row(network: Network, entry: Entry) -> Floats:
    key = key_of(entry)
    if key in network.wordings:
        return network.meant.rows([network.wordings[key]])
    if key not in network.guessed:
        network.guessed[key] = _guessed(network, entry)[None, :]
    return network.guessed[key]


def _guessed(network: Network, entry: Entry) -> Floats:
    """The row of a wording that was never learned: what its words make likely, and the nearer to one that was learned
    the more of what was learned of that."""
    features = features_of(network, entry)
    guess: Floats = features @ network.guess
    read, height = network.read.whole(), network.height
    alike = (read @ features[:-2]) / (np.linalg.norm(read, axis=1) * np.linalg.norm(features[:-2]))
    nearest = int(np.argmax(alike))
    near = max(0.0, (float(alike[nearest]) - NEAR) / (1 - NEAR))
    learned = np.append(read[nearest], (height[nearest], 1)).astype(np.float32) @ network.guess
    guess += np.float32(near) * (network.meant.rows([nearest])[0] - learned)
    return guess


def features_of(network: Network, entry: Entry) -> Floats:
    """A wording by how the network reads it, and by its height, for `Network.guess`."""
    known = network.words.pieces
    pieces = [known.rows[BEGIN], *known.of(entry.worded)[: MOST_PIECES - 2], known.rows[END]]
    return np.append(look_at(network, pieces).mean(axis=0), (entry.height, 1)).astype(np.float32)


def told_closely(ready: Closely, pieces: Sequence[int], phrases: Numbers) -> Numbers:
    """How much a text speaks for each row of `ready`; `pieces` are those of `pieces_of`, `phrases` scores from 0 to 1
    of what phrases found, by row."""
    seen = look_at(ready.network, pieces)
    each = seen @ ready.by_piece
    most = each.max(axis=0)
    each -= most
    told: Numbers = ready.network.phrases * phrases
    told += most + np.log(np.exp(each, out=each).mean(axis=0)) + seen.mean(axis=0) @ ready.by_mean + ready.often
    return told


def pieces_of(
    words: Words,
    reading: Reading,
    age: ChildAge | None,
    says: Callable[[], Mapping[int, float]] | None = None,
    *,
    but: Set[int] = frozenset(),
) -> list[int]:
    """The pieces of a text that are read closely: first the child's stage of life, then its stretches in their order,
    with nothing left in them that says who somebody is.

    Of a longer text those stretches are read that say most, by what `says` gives for each one's number; without it, the
    first ones. The words at the places `but` are left out.
    """
    pieces = words.pieces
    parts = without_who(reading, words.known, but)
    first = [pieces.rows[BEGIN], *pieces.of(f"{stage(age)}.")]
    room = MOST_PIECES - len(first) - 1
    order = list(parts)
    chosen = _first_of(parts, order, room, pieces)
    if says is not None and (len(chosen) < len(parts) or sum(map(len, chosen.values())) >= room):
        said = says()
        order.sort(key=lambda number: -said.get(number, -math.inf))
        chosen = _first_of(parts, order, room, pieces)
    return [*first, *(row for number in sorted(chosen) for row in chosen[number]), pieces.rows[END]]


def _first_of(parts: Mapping[int, str], order: Sequence[int], room: int, pieces: Wordpieces) -> dict[int, list[int]]:
    """The pieces of the first parts of `order` for which there is room, the last of them cut."""
    chosen: dict[int, list[int]] = {}
    for number in order:
        if room <= 0:
            break
        # No piece is shorter than a letter and longer than a word: a long part isn't cut in pieces to its end.
        chosen[number] = pieces.of(parts[number][: room * LONGEST_WORD])[:room]
        room -= len(chosen[number])
    return chosen


def without_who(reading: Reading, known: Mapping[str, str], but: Set[int] = frozenset()) -> dict[int, str]:
    """Each stretch of the reading (`stretches`), by its number, without what says who somebody is.

    Pronouns are one pronoun, a girl or a boy is a child, and words of faith, people and country are left out. Names are
    "someone", and so is every word that `known` doesn't hold, whether it is written like a name or not: a stem to how
    it is mostly written, which a misspelt word is read as. The words at the places `but` are left out.
    """
    # Of a stretch's words the first one comes last here. A sentence of small words only has no number.
    begins = dict(zip(reversed(stretches(reading)), reversed(reading.starts), strict=True))
    numbers = sorted(begins)
    if not numbers:
        return {}
    instead: dict[int, tuple[int, str]] = {}
    for place, start in enumerate(reading.starts):
        if (word := "" if place in but else _instead(reading, place, known)) is not None:
            instead[start] = (reading.ends[place], word)
    ends = [*(begins[number] for number in numbers[1:]), len(reading.text)]
    starts = [0, *ends[:-1]]
    return {
        number: _neutral(reading.text, start, end, instead)
        for number, start, end in zip(numbers, starts, ends, strict=True)
    }


def _instead(reading: Reading, place: int, known: Mapping[str, str]) -> str | None:
    """What stands for a word, None for the word itself."""
    root = reading.stems[place]
    if root in SAYS_WHO:
        return ""
    if (
        reading.names[place]
        or is_name_too(reading, place)
        or not (root in known or reading.light[place] or root.isdigit())
    ):
        return SOMEONE
    return known.get(root) if reading.guessed[place] else None


def _neutral(text: str, start: int, end: int, instead: Mapping[int, tuple[int, str]]) -> str:
    told: list[str] = []
    at = start
    for match in _WORD.finditer(text, start, end):
        if match.start() < at:
            continue
        until, word = match.end(), None
        first, *rest = APOSTROPHE.split(match.group().lower())
        if rest and rest[-1] not in SHORTENED:
            word = SOMEONE
        elif first in _INSTEAD:
            until, word = match.start() + len(first), _INSTEAD[first]
        elif match.start() in instead:
            until, word = instead[match.start()]
        if word is not None:
            told += (text[at : match.start()], word)
            at = until
    return "".join((*told, text[at:end]))


def key_of(entry: Entry) -> str:
    """What a wording is known by: its words, its height among the levels, its kind and its domain; never its id."""
    told = f"{entry.worded}\0{entry.height:.2f}\0{entry.kind.value}\0{entry.domain}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def look_at(network: Network, pieces: Sequence[int]) -> Floats:
    """Each piece's vector in the company of the others."""
    x: Floats = _evened(network.vectors.rows(pieces) + network.places[: len(pieces)], network.begun)
    size = x.shape[1] // network.heads
    for layer in network.layers:
        looked: Floats = layer.look.of(x).reshape(len(x), 3, network.heads, size).transpose(1, 2, 0, 3)
        asked, offered, given = looked[0], looked[1], looked[2]
        heed = asked * np.float32(size**-0.5) @ offered.swapaxes(1, 2)
        heed -= heed.max(axis=2, keepdims=True)
        np.exp(heed, out=heed)
        heed /= heed.sum(axis=2, keepdims=True)
        taken = (heed @ given).swapaxes(0, 1).reshape(x.shape)
        x = _evened(x + layer.take.of(taken), layer.taken)
        x = _evened(x + layer.narrow.of(_bent(layer.widen.of(x))), layer.narrowed)
    return x


def _evened(x: Floats, by: tuple[Floats, Floats]) -> Floats:
    x = x - x.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", x, x) / np.float32(x.shape[1])
    x *= (1 / np.sqrt(spread + np.float32(1e-12)))[:, None]
    x *= by[0]
    x += by[1]
    return x


def _bent(x: Floats) -> Floats:
    """x times its logistic function, steepened: what the network was tuned with. In place, since this is most of the
    time that isn't multiplying."""
    grown = x * np.float32(-1.702)
    np.minimum(grown, LARGE, out=grown)
    np.exp(grown, out=grown)
    grown += 1
    np.divide(x, grown, out=grown)
    return grown
