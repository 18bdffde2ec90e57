"""The texts that suggestion learns from, in parts, with what each should be told as."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from bench.suggest_quality import NARRATIVES, every
from thresholds import files
from thresholds.domain.check_when import ChildAge
from thresholds.domain.hits import found_in
from thresholds.domain.index import Index, index_of
from thresholds.domain.learned import wording_parts
from thresholds.domain.suggest import by_phrases
from thresholds.domain.telling import Bag, denials_in, text_parts

LEARNING = NARRATIVES / "learning"
SENTENCES = LEARNING / "sentences"
HARMLESS = "harmless"
"""How files of texts begin that speak for no descriptor, of any area."""
NEARLY = 0.4
"""What a descriptor is told as that a colleague might pick, beside one that is picked."""


@dataclass(frozen=True, slots=True)
class Narrative:
    """A text as it was labelled: by area, the ids that it speaks for, with how much."""

    text: str
    age: ChildAge | None
    labels: Mapping[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Text:
    """One text. `wanted` names what it speaks for, by place in the area's descriptors, and how much; nothing: the text
    is harmless."""

    whole: Bag
    sentences: tuple[Bag, ...]
    wanted: Mapping[int, float]
    phrases: NDArray[np.float32]
    """What phrases found, by place in the area's descriptors, from 0 to 1."""


@dataclass(slots=True)
class Area:
    """One pack, with the texts that are labelled with its ids."""

    wordings: list[Bag]
    narratives: list[Text] = field(default_factory=list)
    harmless: list[Text] = field(default_factory=list)
    sentences: list[Text] = field(default_factory=list)


def areas() -> dict[str, Area]:
    """Every pack that lists descriptors, by area, with its texts."""
    made = {}
    for area, index in indexes().items():
        places = [place for place, entry in enumerate(index.entries) if entry.may_be_suggested]
        if not places:
            continue
        numbers = {index.entries[place].id: number for number, place in enumerate(places)}
        one = Area([wording_parts(index, index.entries[place]) for place in places])
        one.narratives = [_text(index, numbers, *labelled) for labelled in narratives_of(area)]
        one.harmless = [_text(index, numbers, *labelled) for labelled in harmless()]
        one.sentences = [
            _text(index, numbers, sentence, None, {item: 1.0}, phrases=False)
            for item, sentence in sentences()
            if item in numbers
        ]
        made[area] = one
    return made


@cache
def indexes() -> dict[str, Index]:
    """The index of each shipped pack as phrases alone read it, by area."""
    return {pack.area.slug: index_of(pack, files.shipped_lexicon()) for pack in files.shipped_packs()}


def files_of(area: str) -> list[Path]:
    """The files of narratives that are labelled with ids of an area."""
    return sorted(LEARNING.glob(f"{area}-[0-9]*.yaml"))


@cache
def narratives() -> tuple[Narrative, ...]:
    """Each narrative that is learned from."""
    made = [each for area in indexes() for path in files_of(area) for each in _labelled(path, area)]
    for each in every():
        if not each.held_out and each.expects:
            made.append(Narrative(each.text, each.age, {each.area: dict.fromkeys(sorted(each.expects), 1.0)}))
    return tuple(made)


def narratives_of(area: str) -> Iterator[tuple[str, ChildAge | None, dict[str, float]]]:
    """Each narrative that is labelled for an area: text, age, and the ids that it speaks for, with how much."""
    for each in narratives():
        if area in each.labels:
            yield each.text, each.age, each.labels[area]


def harmless() -> Iterator[tuple[str, ChildAge | None, dict[str, float]]]:
    """Each note that speaks for nothing: text, age, and no ids."""
    for path in sorted(LEARNING.glob(f"{HARMLESS}*.yaml")):
        yield from ((each.text, each.age, {}) for each in _labelled(path, HARMLESS))


def digest() -> str:
    """A digest of all that is learned from: the texts and their labels, the lexicon, and the packs' wordings."""
    told = _digest(sorted((*LEARNING.rglob("*.yaml"), *SENTENCES.glob("*.txt"), *files.LEXICON.glob("*.yaml"))))
    for index in indexes().values():
        for entry in index.entries:
            if entry.may_be_suggested:
                told.update(f"{entry.id}\0{entry.wording}\0{entry.terms}\0{entry.height}\0{entry.domain}\0".encode())
    return told.hexdigest()


def digest_of_labels() -> str:
    """A digest of the texts and their labels alone."""
    return _digest(sorted((*LEARNING.rglob("*.yaml"), *SENTENCES.glob("*.txt")))).hexdigest()


def _digest(paths: Iterable[Path]) -> "hashlib._Hash":
    told = hashlib.sha256()
    for path in paths:
        told.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for each in every():
        if not each.held_out:
            told.update(f"{each.id}\0{each.area}\0{each.age}\0{each.text}\0{sorted(each.expects)}\0".encode())
    return told


def sentences() -> Iterator[tuple[str, str]]:
    """Single sentences, each with the id of the descriptor that it was written for."""
    item = ""
    for path in sorted(SENTENCES.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("## "):
                item = line.removeprefix("## ").strip()
            elif line and not line.startswith("#"):
                yield item, line


def _labelled(path: Path, area: str) -> Iterator[Narrative]:
    """The narratives of a file of `area`. What is `also` said of others reads "picked, best first / near"."""
    for raw in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
        years = raw["age"]
        age = (
            ChildAge(unborn=True)
            if years == "unborn"
            else ChildAge.exactly(int(years))
            if isinstance(years, int | float)
            else None
        )
        labels = {area: _wanted(raw["picks"] or (), raw.get("near") or ())}
        for other, label in raw.get("also", {}).items():
            picks, _, near = label.partition("/")
            labels[other] = _wanted(picks.split(), near.split())
        yield Narrative(str(raw["text"]).strip(), age, labels if area != HARMLESS else {})


def _wanted(picks: Iterable[str], near: Iterable[str]) -> dict[str, float]:
    return dict.fromkeys(near, NEARLY) | dict.fromkeys(picks, 1.0)


def _text(
    index: Index,
    numbers: Mapping[str, int],
    text: str,
    age: ChildAge | None,
    wanted: Mapping[str, float],
    *,
    phrases: bool = True,
) -> Text:
    reading = index.read(text)
    found = found_in(index, reading, age)
    told = text_parts(index, reading, found, age, denials_in(reading, found))
    scores = np.zeros(len(numbers), dtype=np.float32)
    for place, score in by_phrases(index, reading, found, age).items() if phrases else ():
        scores[numbers[index.entries[place].id]] = score
    known = {numbers[item]: weight for item, weight in wanted.items()}
    return Text(told.whole, tuple(sentence.bag for sentence in told.sentences), known, scores)


def stems_together(every_text: Sequence[Text]) -> Iterator[list[str]]:
    """The words of each sentence, by which words are known that keep the same company."""
    for text in every_text:
        for bag in text.sentences:
            yield [part for part in bag if part.startswith("w ")]
