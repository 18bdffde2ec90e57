"""Learns vectors of the parts of texts and wordings, by gradient descent on what was labelled.

A text's vector is the sum of its parts' vectors, and so is a wording's. How much a text speaks for a wording is their
product: half of that of the whole text, half of that of the sentence that says most (a smooth maximum). Labels are told
apart by softmax over all wordings of a pack and "nothing". Adam, with weights and order of texts from a fixed seed.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.learning_texts import Area, Text, stems_together

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]
Bag = Mapping[str, float]

STEPS_OF_A_BYTE = 127
WIDTH, SEEDS = 64, 3
"""Numbers in a vector that one run learns, and how many runs stand side by side in the vectors that are kept."""
STEPS, RATE, LOST = 1200, 0.004, 0.3
"""Steps of one run, the length of the first, and the share of parts that each leaves out so that none is relied on."""
NARRATIVES, HARMLESS, SENTENCES = 32, 12, 64
"""Texts of each area in one step."""
OFTEN_ENOUGH = {"text": 3, "wording": 2}
"""In so many texts, or wordings, a part must stand to get a vector."""
COMPANY = 0.5
"""How long the vectors are with which words begin."""
TRUST = 1.5
"""What phrases are worth, beside what fits the learned texts best: the lexicon was widened on some of these."""


@dataclass(frozen=True, slots=True)
class Bags:
    """Several bags as one list of rows and weights; bag `n` begins at `begins[n]`."""

    rows: Whole
    weights: Floats
    begins: Whole

    def __len__(self) -> int:
        return len(self.begins)


class Parts:
    """Parts of texts or of wordings by their rows, the rarer a part the heavier."""

    def __init__(self, bags: Sequence[Bag], often: int) -> None:
        """Only what stands in at least `often` of `bags` gets a row."""
        held = Counter(part for bag in bags for part in bag)
        self.rows = {part: row for row, part in enumerate(sorted(p for p, times in held.items() if times >= often))}
        self.rare = np.array([math.log(len(bags) / held[part]) / 4 for part in self.rows], dtype=np.float32)

    def pack(self, bags: Iterable[Bag]) -> Bags:
        """The bags by rows. One that holds nothing known gets the first row with no weight."""
        rows: list[int] = []
        weights: list[float] = []
        begins: list[int] = []
        for bag in bags:
            begins.append(len(rows))
            known = [(self.rows[part], weight) for part, weight in bag.items() if part in self.rows] or [(0, 0.0)]
            rows.extend(row for row, _ in known)
            weights.extend(weight for _, weight in known)
        at = np.array(rows, dtype=np.int64)
        return Bags(at, np.array(weights, dtype=np.float32) * self.rare[at], np.array(begins, dtype=np.int64))


class Table:
    """Vectors that are learned, with Adam's memory."""

    def __init__(self, values: Floats) -> None:
        self.values = values
        self.slope = np.zeros_like(values)
        self._mean, self._square = np.zeros_like(values), np.zeros_like(values)

    def sums(self, bags: Bags) -> Floats:
        """The vector of each bag."""
        summed: Floats = np.add.reduceat(self.values[bags.rows] * bags.weights[:, None], bags.begins)
        return summed

    def blame(self, bags: Bags, slopes: Floats) -> None:
        """Add what the sums' slopes say of the rows that they are made of."""
        of = np.repeat(np.arange(len(bags)), np.diff(np.append(bags.begins, len(bags.rows))))
        order = np.argsort(bags.rows, kind="stable")
        rows = bags.rows[order]
        first = np.flatnonzero(np.diff(rows, prepend=-1))
        self.slope[rows[first]] += np.add.reduceat(slopes[of[order]] * bags.weights[order, None], first)

    def step(self, number: int, rate: float) -> None:
        """Move by one step of Adam."""
        self._mean += 0.1 * (self.slope - self._mean)
        self._square += 0.001 * (self.slope**2 - self._square)
        mean, square = self._mean / (1 - 0.9**number), self._square / (1 - 0.999**number)
        self.values *= 1 - rate * 0.02
        self.values -= rate * mean / (np.sqrt(square) + 1e-8)
        self.slope[:] = 0


@dataclass(frozen=True, slots=True)
class Vectors:
    """What was learned, see `thresholds.domain.learned.Learned`."""

    text: Parts
    text_vectors: Floats
    wording: Parts
    wording_vectors: Floats
    nothing: Floats
    phrases: float


def learn(areas: Mapping[str, Area]) -> Vectors:
    """Learn from all areas together: several runs from different beginnings, side by side."""
    texts = [each for area in areas.values() for each in (*area.narratives, *area.harmless, *area.sentences)]
    # A text that is labelled for several areas is one text.
    text = Parts(list({frozenset(each.whole): each.whole for each in texts}.values()), OFTEN_ENOUGH["text"])
    wording = Parts([bag for area in areas.values() for bag in area.wordings], OFTEN_ENOUGH["wording"])
    company = _company(texts)
    runs = []
    for seed in range(SEEDS):
        runs.append(_Run(areas, text, wording, company, seed))
        runs[-1].learn()
    # The product of vectors that stand side by side is the sum over the runs; their mean is wanted.
    text_vectors = np.hstack([run.text.values for run in runs]) * text.rare[:, None] / SEEDS
    wordings = _side_by_side([run.wording.values for run in runs]) * wording.rare[:, None]
    nothing = _side_by_side([run.nothing.values for run in runs])[0]
    phrases = TRUST * float(np.mean([run.phrases.values[0, 0] for run in runs]))
    return Vectors(
        text, text_vectors.astype(np.float32), wording, wordings.astype(np.float32), nothing.astype(np.float32), phrases
    )


def _side_by_side(rows: Sequence[Floats]) -> Floats:
    """The runs' rows as one, their last column as its mean."""
    last = np.mean([each[:, -1:] for each in rows], axis=0)
    return np.hstack([*(each[:, :-1] for each in rows), last])


class _Packed:
    """One area's texts, packed once."""

    def __init__(self, area: Area, text: Parts, wording: Parts) -> None:
        self.wordings = wording.pack(area.wordings)
        self.kinds = [
            [(each, text.pack([each.whole]), text.pack(each.sentences or [each.whole])) for each in kind]
            for kind in (area.narratives, area.harmless)
        ]
        self.sentences = [(each, text.pack([each.whole])) for each in area.sentences]


class _Run:
    def __init__(
        self, areas: Mapping[str, Area], text: Parts, wording: Parts, company: Mapping[str, Floats], seed: int
    ) -> None:
        self.chance = np.random.default_rng(seed)
        self.areas = [_Packed(area, text, wording) for area in areas.values()]
        self.text = Table(self._begin(text, company))
        wordings = np.pad(self._begin(wording, company), ((0, 0), (0, 1)))
        self.wording = Table(wordings.astype(np.float32))
        self.nothing = Table(np.zeros((1, WIDTH + 1), dtype=np.float32))
        self.phrases = Table(np.full((1, 1), 4.0, dtype=np.float32))

    def _begin(self, parts: Parts, company: Mapping[str, Floats]) -> Floats:
        values = self.chance.normal(0, 0.05, (len(parts.rows), WIDTH)).astype(np.float32)
        for part, row in parts.rows.items():
            kind, *words = part.split(" ")
            known = [company[f"w {word}"] for word in words if f"w {word}" in company] if kind in "wp" else []
            if known:
                values[row] = np.mean(known, axis=0) * (COMPANY if kind == "w" else COMPANY / 2)
        return values

    def learn(self) -> None:
        for number in range(1, STEPS + 1):
            for area in self.areas:
                self._look_at(area)
            rate = RATE * max(0.05, 1 - number / STEPS)
            for table in (self.text, self.wording, self.nothing, self.phrases):
                table.step(number, rate)

    def _look_at(self, area: _Packed) -> None:
        rows = np.vstack([self.wording.sums(area.wordings), self.nothing.values])
        slopes = np.zeros_like(rows)
        chosen = [
            kind[place]
            for kind, many in zip(area.kinds, (NARRATIVES, HARMLESS), strict=True)
            for place in self.chance.choice(len(kind), min(many, len(kind)), replace=False)
        ]
        slopes += self._narratives([c[0] for c in chosen], [c[1] for c in chosen], [c[2] for c in chosen], rows)
        if area.sentences:
            picked = self.chance.choice(len(area.sentences), min(SENTENCES, len(area.sentences)), replace=False)
            slopes += self._sentences([area.sentences[place] for place in picked], rows)
        self.wording.blame(area.wordings, slopes[:-1])
        self.nothing.slope += slopes[-1:]

    def _narratives(self, texts: list[Text], wholes: list[Bags], parts: list[Bags], rows: Floats) -> Floats:
        whole, each = self._some_lost(_joined(wholes), LOST), self._some_lost(_joined(parts), LOST)
        lengths = np.array([len(bags) for bags in parts])
        begins = np.append(0, np.cumsum(lengths)[:-1])
        of = np.repeat(np.arange(len(texts)), lengths)
        vectors, single = self.text.sums(whole), self.text.sums(each)
        by_whole, by_each = vectors @ rows[:, :-1].T + rows[:, -1], single @ rows[:, :-1].T + rows[:, -1]
        most = np.maximum.reduceat(by_each, begins)
        grown = np.exp(by_each - most[of])
        summed = np.add.reduceat(grown, begins)
        phrases = np.array([np.append(text.phrases, 0) for text in texts], dtype=np.float32)
        spoken = (by_whole + most + np.log(summed)) / 2 + self.phrases.values[0, 0] * phrases
        wrong = (_softmax(spoken) - np.array([_wanted(text) for text in texts])) / len(texts)
        self.phrases.slope += (wrong * phrases).sum()
        wrong_each = wrong[of] * (grown / summed[of]) / 2
        self.text.blame(whole, wrong @ rows[:, :-1] / 2)
        self.text.blame(each, wrong_each @ rows[:, :-1])
        both = np.hstack([wrong.T @ vectors / 2 + wrong_each.T @ single, wrong.sum(axis=0)[:, None]])
        return both.astype(np.float32)

    def _sentences(self, texts: list[tuple[Text, Bags]], rows: Floats) -> Floats:
        bags = self._some_lost(_joined([packed for _, packed in texts]), LOST / 2)
        vectors = self.text.sums(bags)
        spoken = vectors @ rows[:, :-1].T + rows[:, -1]
        wrong = (_softmax(spoken) - np.array([_wanted(text) for text, _ in texts])) / len(texts)
        self.text.blame(bags, wrong @ rows[:, :-1])
        return np.hstack([wrong.T @ vectors, wrong.sum(axis=0)[:, None]]).astype(np.float32)

    def _some_lost(self, bags: Bags, share: float) -> Bags:
        """The bags without some of their parts, so that no single one is relied on."""
        kept = (self.chance.random(len(bags.rows)) > share).astype(np.float32) / (1 - share)
        return Bags(bags.rows, (bags.weights * kept).astype(np.float32), bags.begins)


def _joined(many: Sequence[Bags]) -> Bags:
    before = np.append(0, np.cumsum([len(bags.rows) for bags in many])[:-1])
    return Bags(
        np.concatenate([bags.rows for bags in many]),
        np.concatenate([bags.weights for bags in many]),
        np.concatenate([bags.begins + start for bags, start in zip(many, before, strict=True)]),
    )


def _wanted(text: Text) -> Floats:
    """What should be said of each wording and, last, of nothing; 1 together."""
    told = np.zeros(len(text.phrases) + 1, dtype=np.float32)
    for place, weight in text.wanted.items():
        told[place] = weight
    if not text.wanted:
        told[-1] = 1
    told /= told.sum()
    return told


def _softmax(spoken: Floats) -> Floats:
    grown = np.exp(spoken - spoken.max(axis=1, keepdims=True))
    shares: Floats = grown / grown.sum(axis=1, keepdims=True)
    return shares


def _company(texts: Sequence[Text]) -> dict[str, Floats]:
    """Words by the company that they keep: their positive pointwise mutual information, brought to `WIDTH` numbers."""
    sentences = list(stems_together(texts))
    held = Counter(word for words in sentences for word in words)
    rows = {word: row for row, word in enumerate(sorted(word for word, times in held.items() if times >= 3))}
    together = np.zeros((len(rows), len(rows)), dtype=np.float32)
    for words in sentences:
        at = [rows[word] for word in words if word in rows]
        together[np.ix_(at, at)] += 1
    for text in texts:
        at = [rows[part] for part in text.whole if part in rows]
        together[np.ix_(at, at)] += 0.2
    np.fill_diagonal(together, 0)
    alone = together.sum(axis=1) + 1
    shared = np.log(np.maximum(together * together.sum() / np.outer(alone, alone), 1e-9))
    left, strength, _ = np.linalg.svd(np.maximum(shared, 0), full_matrices=False)
    vectors = (left[:, :WIDTH] * np.sqrt(strength[:WIDTH])).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1).mean()
    return {word: vectors[row] for word, row in rows.items()}


def in_bytes(vectors: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Vectors in whole steps of a byte, and how long a step of each row is."""
    scale = (np.abs(vectors).max(axis=1, keepdims=True) / STEPS_OF_A_BYTE + 1e-12).astype(np.float32)
    return np.rint(vectors / scale).astype(np.int8), scale
