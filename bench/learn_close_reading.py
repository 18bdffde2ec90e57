"""Tunes the network that reads closely on labelled narratives, and writes thresholds/learned/close_reading.npz.

Run from the project's folder, with what the extra `learning` of pyproject.toml names installed besides:
.venv/bin/python -m bench.learn_close_reading [EPOCHS]

Takes some twenty minutes on two cores. Needed after a change of the narratives in tests/thresholds/narratives/learning
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
from thresholds.domain.check_when import ChildAge
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

Labelled = tuple[str, ChildAge | None, dict[str, float]]
"""A text, the child's age, and the ids that it speaks for, with how much."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of an area."""

    area: str
    pieces: list[int]
    wanted: NDArray[np.float32]
    """Shares of the area's rows, the last one of nothing; together 1."""
    phrases: NDArray[np.float32]
    counts: float


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
        self.narratives: list[Text] = []
        self.harmless: dict[str, list[Text]] = {}
        self.sentences: dict[str, list[Text]] = {}
        self.apart: list[tuple[str, Text]] = []
        for area in self.entries:
            self._read(area)

    def _read(self, area: str) -> None:
        numbers = {entry.id: number for number, entry in enumerate(self.entries[area])}
        self.narratives += [self._text(area, numbers, labelled) for labelled in texts.narratives_of(area)]
        self.harmless[area] = [self._text(area, numbers, labelled) for labelled in texts.harmless()]
        self.sentences[area] = [
            self._text(area, numbers, (sentence, None, {item: 1.0}), counts=OF_A_SENTENCE)
            for item, sentence in texts.sentences()
            if item in numbers
        ]
        for each in every():
            if each.area == area and each.written in SETTLED_BY and each.expects:
                labels = dict.fromkeys(each.expects, 1.0)
                self.apart.append((each.written, self._text(area, numbers, (each.text, each.age, labels))))
        print(f"{area}: {len(numbers)} descriptors, {len(self.narratives)} narratives by now")

    def _text(
        self,
        area: str,
        numbers: dict[str, int],
        labelled: Labelled,
        counts: float = 1.0,
    ) -> Text:
        text, age, wanted = labelled
        index = texts.indexes()[area]
        reading = index.read(text)
        phrases = np.zeros(len(numbers) + 1, dtype=np.float32)
        if counts == 1:
            for place, score in by_phrases(index, reading, found_in(index, reading, age), age).items():
                phrases[numbers[index.entries[place].id]] = score
        shares = np.zeros(len(numbers) + 1, dtype=np.float32)
        for item, weight in wanted.items():
            if item in numbers:
                shares[numbers[item]] = weight
        if not wanted:
            shares[-1] = 1
        return Text(area, pieces_of(self.words, reading, age), shares / shares.sum(), phrases, counts)


def _known(entries: Mapping[str, list[Entry]]) -> dict[str, str]:
    """Stems that stand in at least `OFTEN_ENOUGH` of what is learned from, or in a wording, each with how it is mostly
    written. What is written like a name as often as not is none."""
    texts_with: Counter[str] = Counter()
    names: Counter[str] = Counter()
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for area, mine in entries.items():
        index = texts.indexes()[area]
        told = [text for text, *_ in (*texts.narratives_of(area), *texts.harmless())]
        told += [sentence for item, sentence in texts.sentences() if item in {entry.id for entry in mine}]
        for text in (*told, *(entry.worded for entry in mine for _ in range(OFTEN_ENOUGH))):
            reading = index.read(text)
            roots = set()
            for place, root in enumerate(reading.stems):
                if reading.names[place]:
                    names[root] += 1
                elif not reading.guessed[place]:
                    roots.add(root)
                    written[root][text[reading.starts[place] : reading.ends[place]].lower()] += 1
            texts_with.update(roots)
    return {
        root: written[root].most_common(1)[0][0]
        for root, times in sorted(texts_with.items())
        if times >= OFTEN_ENOUGH and times > names[root] and " " not in root
    }


def main(epochs: int) -> None:
    """Tune, and write what came of it."""
    begun = perf_counter()
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    read = Texts()
    print(f"read in {perf_counter() - begun:.0f} s")
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
                print(f"  {number + 1}: {total / (number + 1):.3f}, {perf_counter() - begun:.0f} s", flush=True)
        net.eval()
        found = ", ".join(f"{name} {value:.3f}" for name, value in _found(net, meant, read))
        print(f"round {epoch + 1}: {found}, phrases {float(meant.phrases):.2f}", flush=True)
        _write(net, meant, read)
        net.train()
    prove()
    print(f"learned in {perf_counter() - begun:.0f} s, {files.CLOSE_READING.stat().st_size:,} bytes")


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
    """Every narrative once, those of one area together, with some notes and sentences besides."""
    plan: list[list[Text]] = []
    for area in read.entries:
        mine = [each for each in read.narratives if each.area == area]
        chance.shuffle(mine)
        plan += [mine[start : start + AT_ONCE] for start in range(0, len(mine), AT_ONCE)]
    chance.shuffle(plan)
    for batch in plan:
        area = batch[0].area
        yield [*batch, *chance.sample(read.harmless[area], HARMLESS), *chance.sample(read.sentences[area], SENTENCES)]


def _told(net: network.Net, meant: network.Meant, read: Texts, batch: Sequence[Text]) -> torch.Tensor:
    filled = network.batch_of([each.pieces for each in batch])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        seen = net(filled.rows, filled.filled)
    told = meant.told(seen.float(), filled.filled, read.at[batch[0].area])
    return told + meant.phrases * torch.from_numpy(np.stack([each.phrases for each in batch]))


def _missed(net: network.Net, meant: network.Meant, read: Texts, batch: Sequence[Text]) -> torch.Tensor:
    """How far what is told is from what is wanted."""
    told = functional.log_softmax(_told(net, meant, read, batch), 1)
    wanted = torch.from_numpy(np.stack([each.wanted for each in batch]))
    counts = torch.tensor([each.counts for each in batch])
    return -((wanted * told).sum(1) * counts).sum() / counts.sum()


def _found(net: network.Net, meant: network.Meant, read: Texts) -> Iterator[tuple[str, float]]:
    """Recall@10 of this alone, by set."""
    for name in SETTLED_BY:
        shares = []
        for written, text in read.apart:
            if written == name:
                with torch.no_grad():
                    best = _told(net, meant, read, [text])[0, :-1].topk(10).indices
                shares.append(float((text.wanted[best.numpy()] > 0).sum() / (text.wanted > 0).sum()))
        yield name, sum(shares) / len(shares)


def _write(net: network.Net, meant: network.Meant, read: Texts) -> None:
    rows = meant.kept()
    kept = network.kept_of(net) | network.in_bytes("meant", rows[:-1])
    kept |= {"nothing": rows[-1], "phrases": np.array(float(meant.phrases))}
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
