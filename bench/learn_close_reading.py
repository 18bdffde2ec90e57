"""Tunes the network that reads closely on labelled narratives, and writes thresholds/learned/close_reading.npz.

Run from the project's folder, with what the extra `learning` of pyproject.toml names installed besides:
.venv/bin/python -m bench.learn_close_reading [EPOCHS]

Takes some forty minutes on two cores. Needed after a change of the narratives in tests/thresholds/narratives/learning
or of the shipped packs' wordings, before `bench.suggest_quality --write`. No narrative that is kept apart is learned
from; after each round the totals of four sets are printed by which it was settled when to stop.
"""

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from bench import close_network as network
from bench import learning_texts as texts
from bench.suggest_quality import NARRATIVES, every
from thresholds import files
from thresholds.domain.close_reading import Words, features_of, key_of, pieces_of
from thresholds.domain.hits import found_in
from thresholds.domain.index import Entry
from thresholds.domain.suggest import by_phrases

EPOCHS, AT_ONCE, SEED = 4, 16, 0
HARMLESS, SENTENCES = 2, 6
"""So many harmless notes, and single sentences, beside `AT_ONCE` narratives."""
OF_A_SENTENCE = 0.3
"""What a single sentence counts beside a narrative."""
RATE, RATE_OF_ROWS, WARM = 1.5e-4, 2e-3, 100
PHRASES = 4.0
"""What a phrase adds at first."""
BEGUN = 8.0
"""How long a wording's row is at first."""
SETTLED_BY = ("fifth", "sixth", "seventh", "eighth")
OFTEN_ENOUGH = 3
"""In so many texts a word must stand to be read."""
STIFF = 3.0
"""How little the guess of an unknown wording's row bends to single wordings."""

PROOF = NARRATIVES.parent / "close_reading.json"


@dataclass(frozen=True, slots=True)
class Label:
    """What a text is told as in the pack of one area."""

    area: str
    wanted: NDArray[np.float32]
    """Shares of the area's rows, the last one of nothing; together 1."""
    phrases: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Text:
    """One text, as often as it is labelled."""

    pieces: list[int]
    labels: tuple[Label, ...]
    counts: float = 1.0


class Texts:
    """All that is learned from, with the wordings' rows."""

    def __init__(self) -> None:
        self.entries: dict[str, list[Entry]] = {}
        for area, index in texts.indexes().items():
            if entries := [entry for entry in index.entries if entry.may_be_suggested]:
                self.entries[area] = entries
        self.words = Words(network.base_pieces(), _known(self.entries))
        keys = dict.fromkeys(key_of(entry) for entries in self.entries.values() for entry in entries)
        self.rows = {key: row for row, key in enumerate(keys)}
        nothing = len(keys)
        self.at = {
            area: torch.tensor([*(self.rows[key_of(entry)] for entry in entries), nothing])
            for area, entries in self.entries.items()
        }
        self.numbers = {
            area: {entry.id: number for number, entry in enumerate(entries)} for area, entries in self.entries.items()
        }
        self.narratives = [self._text(each) for each in texts.narratives()]
        self.harmless = [self._text(texts.Narrative(text, age, {})) for text, age, _ in texts.harmless()]
        self.sentences = [
            self._sentence(sentence, area, item)
            for item, sentence in texts.sentences()
            for area in self.entries
            if item in self.numbers[area]
        ]
        self.apart: list[tuple[str, Text]] = []
        for each in every():
            if each.written in SETTLED_BY and each.expects:
                labels = {each.area: dict.fromkeys(each.expects, 1.0)}
                self.apart.append((each.written, self._text(texts.Narrative(each.text, each.age, labels))))

    def _text(self, each: texts.Narrative) -> Text:
        """A narrative by what it is labelled with; a note that nothing is wanted of, by any one area."""
        labels = each.labels or {area: {} for area in self.entries}
        (own, *_) = labels
        pieces = pieces_of(self.words, texts.indexes()[own].read(each.text), each.age)
        return Text(pieces, tuple(self._label(each, area, wanted) for area, wanted in labels.items()))

    def _sentence(self, sentence: str, area: str, item: str) -> Text:
        pieces = pieces_of(self.words, texts.indexes()[area].read(sentence), None)
        none = np.zeros(len(self.numbers[area]) + 1, dtype=np.float32)
        return Text(pieces, (Label(area, self._shares(area, {item: 1.0}), none),), OF_A_SENTENCE)

    def _label(self, each: texts.Narrative, area: str, wanted: Mapping[str, float]) -> Label:
        index, numbers = texts.indexes()[area], self.numbers[area]
        phrases = np.zeros(len(numbers) + 1, dtype=np.float32)
        reading = index.read(each.text)
        for place, score in by_phrases(index, reading, found_in(index, reading, each.age), each.age).items():
            phrases[numbers[index.entries[place].id]] = score
        return Label(area, self._shares(area, wanted), phrases)

    def _shares(self, area: str, wanted: Mapping[str, float]) -> NDArray[np.float32]:
        shares = np.zeros(len(self.numbers[area]) + 1, dtype=np.float32)
        for item, weight in wanted.items():
            shares[self.numbers[area][item]] = weight
        if not wanted:
            shares[-1] = 1
        told: NDArray[np.float32] = shares / shares.sum()
        return told


def _known(entries: Mapping[str, list[Entry]]) -> dict[str, str]:
    """Stems that stand in at least `OFTEN_ENOUGH` of what is learned from, or in a wording, each with how it is mostly
    written. What is written like a name as often as not is none, and a text counts once, however often it is
    labelled."""
    texts_with: Counter[str] = Counter()
    names: Counter[str] = Counter()
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for text, (area, times) in _told(entries).items():
        reading = texts.indexes()[area].read(text)
        roots = set()
        for place, root in enumerate(reading.stems):
            if reading.names[place]:
                names[root] += 1
            elif not reading.guessed[place]:
                roots.add(root)
                written[root][text[reading.starts[place] : reading.ends[place]].lower()] += 1
        texts_with.update(dict.fromkeys(roots, times))
    return {
        root: written[root].most_common(1)[0][0]
        for root, times in sorted(texts_with.items())
        if times >= OFTEN_ENOUGH and times > names[root] and " " not in root
    }


def _told(entries: Mapping[str, list[Entry]]) -> dict[str, tuple[str, int]]:
    """Each text that is learned from, with an area that reads it and how often it counts."""
    (any_area, *_) = entries
    told = {each.text: (next(iter(each.labels)), 1) for each in texts.narratives()}
    told |= {text: (any_area, 1) for text, *_ in texts.harmless()}
    area_of = {entry.id: area for area, mine in entries.items() for entry in mine}
    told |= {sentence: (area_of[item], 1) for item, sentence in texts.sentences() if item in area_of}
    return told | {entry.worded: (area, OFTEN_ENOUGH) for area, mine in entries.items() for entry in mine}


def main(epochs: int) -> None:
    """Tune, and write what came of it."""
    begun = perf_counter()
    read = Texts()
    print(f"{len(read.narratives)} narratives, read in {perf_counter() - begun:.0f} s")
    keep(read, *tune(read, epochs))
    print(f"learned in {perf_counter() - begun:.0f} s, {files.CLOSE_READING.stat().st_size:,} bytes")


def keep(read: Texts, net: network.Net, meant: network.Meant) -> None:
    """Write what was tuned, and what proves that it is read well."""
    net.eval()
    _write(net, meant, read)
    prove()


def tune(read: Texts, epochs: int) -> tuple[network.Net, network.Meant]:
    """Tune on every narrative, `epochs` times."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    net = network.Net()
    meant = network.Meant(_begin(net, read), PHRASES)
    steps = epochs * sum(1 for _ in _batches(read, random.Random(SEED)))
    adam = torch.optim.AdamW(
        [
            {"params": [each for each in net.parameters() if each.requires_grad], "lr": RATE},
            {"params": [meant.by_piece, meant.by_mean], "lr": RATE_OF_ROWS},
            {"params": [meant.often, meant.phrases], "lr": RATE_OF_ROWS, "weight_decay": 0.0},
        ]
    )
    rate = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: min(1, (step + 1) / WARM) * max(0.02, 1 - step / steps))
    for epoch in range(epochs):
        total = 0.0
        for number, batch in enumerate(_batches(read, chance)):
            missed = _missed(net, meant, read, batch)
            adam.zero_grad()
            missed.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            adam.step()
            rate.step()
            total += missed.item()
            if number % 100 == 99:
                print(f"  {number + 1}: {total / (number + 1):.3f}", flush=True)
        net.eval()
        found = ", ".join(f"{name} {value:.3f}" for name, value in _found(net, meant, read))
        print(f"round {epoch + 1}: {found}, phrases {meant.phrases.item():.2f}", flush=True)
        net.train()
    return net, meant


def _begin(net: network.Net, read: Texts) -> torch.Tensor:
    """How the base reads each wording, all of one length, and nothing for nothing."""
    wordings = {key_of(entry): entry.worded for entries in read.entries.values() for entry in entries}
    rows = []
    net.eval()
    with torch.no_grad():
        for key in read.rows:
            batch = network.batch_of([read.words.pieces.of(wordings[key])])
            rows.append(network.means(net(batch.rows, batch.filled), batch.filled)[0])
    net.train()
    begun = functional.normalize(torch.stack(rows), dim=-1) * BEGUN
    return torch.cat([begun - begun.mean(0), torch.zeros(1, begun.shape[1])])


def _batches(read: Texts, chance: random.Random) -> Iterator[list[Text]]:
    """Every narrative once, with some notes and sentences besides."""
    mine = list(read.narratives)
    chance.shuffle(mine)
    for start in range(0, len(mine), AT_ONCE):
        notes = [Text(each.pieces, (chance.choice(each.labels),)) for each in chance.sample(read.harmless, HARMLESS)]
        yield [*mine[start : start + AT_ONCE], *notes, *chance.sample(read.sentences, SENTENCES)]


def _spoken(
    net: network.Net, meant: network.Meant, read: Texts, batch: Sequence[Text]
) -> Iterator[tuple[torch.Tensor, Sequence[Label], list[int]]]:
    """What is told of the texts, area by area: each text is read once, and told as often as it is labelled."""
    filled = network.batch_of([each.pieces for each in batch])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        seen = net(filled.rows, filled.filled)
    seen = seen.float()
    for area, rows in read.at.items():
        of = [number for number, each in enumerate(batch) if any(label.area == area for label in each.labels)]
        if of:
            labels = [next(label for label in batch[number].labels if label.area == area) for number in of]
            told = meant.told(seen[of], filled.filled[of], rows)
            phrases = torch.from_numpy(np.stack([label.phrases for label in labels]))
            yield told + meant.phrases * phrases, labels, of


def _missed(net: network.Net, meant: network.Meant, read: Texts, batch: Sequence[Text]) -> torch.Tensor:
    """How far what is told is from what is wanted."""
    missed = torch.zeros(())
    counted = 0.0
    for told, labels, of in _spoken(net, meant, read, batch):
        wanted = torch.from_numpy(np.stack([label.wanted for label in labels]))
        counts = torch.tensor([batch[number].counts for number in of])
        missed = missed - ((wanted * functional.log_softmax(told, 1)).sum(1) * counts).sum()
        counted += float(counts.sum())
    return missed / counted


def _found(net: network.Net, meant: network.Meant, read: Texts) -> Iterator[tuple[str, float]]:
    """Recall@10 of this alone, by set."""
    for name in SETTLED_BY:
        shares = []
        for written, text in read.apart:
            if written == name:
                with torch.no_grad():
                    ((told, (label,), _),) = _spoken(net, meant, read, [text])
                best = told[0, :-1].topk(10).indices
                shares.append(float((label.wanted[best.numpy()] > 0).sum() / (label.wanted > 0).sum()))
        yield name, sum(shares) / len(shares)


def _write(net: network.Net, meant: network.Meant, read: Texts) -> None:
    rows = meant.kept()
    kept = network.kept_of(net) | network.in_bytes("meant", rows[:-1])
    kept |= {"nothing": rows[-1], "phrases": np.array(meant.phrases.item())}
    known = (f"{root} {written}" for root, written in read.words.known.items())
    kept |= {"pieces": np.array("\n".join(read.words.pieces.rows)), "known": np.array("\n".join(known))}
    kept |= {"wordings": np.array("\n".join(read.rows)), "learned_from": np.array(texts.digest_of_labels())}
    width = rows.shape[1] // 2
    kept |= {"guess": np.zeros((width + 2, 2 * width + 1), np.float32), "height": np.zeros(len(rows) - 1, np.float32)}
    kept |= network.in_bytes("read", np.zeros((len(rows) - 1, width), np.float32))
    files.CLOSE_READING.parent.mkdir(exist_ok=True)
    np.savez_compressed(files.CLOSE_READING, **kept)
    add_guess(read.entries)


def add_guess(entries: Mapping[str, list[Entry]]) -> None:
    """Add how the network, as it is kept, reads each wording, and what that says of the wording's row."""
    ours = files.read_close_reading()
    known = {key_of(entry): entry for mine in entries.values() for entry in mine}
    features = np.stack([features_of(ours, known[key]) for key in ours.wordings])
    with np.load(files.CLOSE_READING, allow_pickle=False) as file:
        kept = dict(file)
    kept |= network.in_bytes("read", features[:, :-2]) | {"height": features[:, -2]}
    square = features.T.astype(np.float64) @ features + STIFF * np.eye(features.shape[1])
    kept["guess"] = np.linalg.solve(square, features.T @ ours.meant.whole()).astype(np.float32)
    np.savez_compressed(files.CLOSE_READING, **kept)


def prove() -> None:
    """Write what torch makes of some texts with the numbers that are kept, for a test of what numpy makes of them."""
    ours = files.read_close_reading()
    with np.load(files.CLOSE_READING, allow_pickle=False) as kept:
        net = network.of_bytes(kept)
    proofs = []
    for text, *_ in list(texts.harmless())[:3]:
        batch = network.batch_of([ours.words.pieces.of(text)])
        with torch.no_grad():
            (seen,) = network.means(net(batch.rows, batch.filled), batch.filled)
        proofs.append({"pieces": batch.rows[0].tolist(), "seen": [round(float(each), 5) for each in seen]})
    PROOF.write_text(json.dumps(proofs) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EPOCHS)
