"""The files that ship with the system: `packs/<area>/<date>/*.yaml`, the national ones beside them, and the lexicon of
search and suggestion, `lexicon/*.yaml`."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from thresholds.domain.assemble import Mistake, PackErrors
from thresholds.domain.close_reading import Kept, Layer, Network, Step, Words, made_ready
from thresholds.domain.index import Index, index_of
from thresholds.domain.learned import Learned, Table, teach
from thresholds.domain.lexicon import Lexicon, parse_lexicon
from thresholds.domain.pack import Pack
from thresholds.domain.parse import PackFile, parse_pack
from thresholds.domain.wordpieces import Wordpieces

PACKS = Path(__file__).parent / "packs"
NATIONAL = "national"
LEXICON = Path(__file__).parent / "lexicon"
LEARNED = Path(__file__).parent / "learned" / "suggestion.npz"
"""Written by `bench.learn_suggestion`."""
CLOSE_READING = Path(__file__).parent / "learned" / "close_reading.npz"
"""Written by `bench.learn_close_reading`."""


def _shown(path: Path) -> str:
    """A path as mistakes name it: from the working folder where it lies below it."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _read(path: Path) -> PackFile:
    try:
        return PackFile(_shown(path), path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise PackErrors([Mistake(_shown(path), 1, "", "is not text in UTF-8")]) from None


def national_files(root: Path = PACKS) -> Mapping[str, PackFile]:
    """National files by edition (ISO date)."""
    return {path.stem: _read(path) for path in sorted((root / NATIONAL).glob("*.yaml"))}


def pack_folders(root: Path = PACKS) -> Iterator[Path]:
    """Folders of packs, by area and date."""
    for area in sorted(path for path in root.iterdir() if path.is_dir() and path.name != NATIONAL):
        yield from sorted(path for path in area.iterdir() if path.is_dir())


def read_pack(path: Path, root: Path = PACKS) -> Pack:
    """The pack in a folder, or in one YAML file, with the national files of `root`.

    Raises PackErrors with every mistake. A folder inside `root` must bear the pack's own area and date.
    """
    files = [path] if path.is_file() else [path / "pack.yaml", *sorted(set(path.glob("*.yaml")) - {path / "pack.yaml"})]
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise PackErrors([Mistake(_shown(file), 1, "", "there is no such file") for file in missing])
    pack = parse_pack([_read(file) for file in files], national_files(root))
    if path.is_dir() and path.parent.parent == root:
        named = (path.parent.name, path.name)
        if named != (pack.area.slug, pack.effective_from.isoformat()):
            message = f"the folder is named {'/'.join(named)}, the pack {pack.area.slug}/{pack.effective_from}"
            raise PackErrors([Mistake(_shown(files[0]), 1, "", message)])
    return pack


@cache
def shipped_packs() -> tuple[Pack, ...]:
    """Every shipped pack, by area and date; read once a process. Raises PackErrors for the first broken one."""
    return tuple(read_pack(folder) for folder in pack_folders())


def read_lexicon(folder: Path = LEXICON) -> Lexicon:
    """The lexicon in a folder. Raises PackErrors with every mistake."""
    return parse_lexicon([_read(path) for path in sorted(folder.glob("*.yaml"))])


@cache
def shipped_lexicon() -> Lexicon:
    """The lexicon that ships with the system; read once a process."""
    return read_lexicon()


@cache
def shipped_learned() -> Learned:
    """What labelled narratives taught suggestion; read once a process."""
    return read_learned()


def read_learned(path: Path = LEARNED) -> Learned:
    """What labelled narratives taught suggestion, from a file. OSError, EOFError, KeyError, ValueError, zlib.error or
    BadZipFile where it can't be read."""
    with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
        return Learned(
            text=Table(_rows(kept["said"].item()), kept["text_vectors"], kept["text_scale"]),
            wording=Table(_rows(kept["named"].item()), kept["wording_vectors"], kept["wording_scale"]),
            nothing=kept["nothing"],
            phrases=float(kept["phrases"]),
        )


def learned_from() -> str:
    """The digest of what `shipped_learned` was learned from, see `bench.learning_texts.digest`."""
    with np.load(LEARNED, allow_pickle=False) as kept:
        return str(kept["learned_from"].item())


def read_close_reading(path: Path = CLOSE_READING) -> Network:
    """The network that reads closely, from a file. Raises what `read_learned` does."""
    with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
        return Network(
            words=Words(
                Wordpieces(_rows(kept["pieces"].item())),
                dict(line.split(" ", 1) for line in kept["known"].item().split("\n")),
            ),
            vectors=_kept(kept, "words"),
            places=kept["places"],
            begun=tuple(kept["begun"]),
            layers=tuple(_layer(kept, number) for number in range(int(kept["layers"]))),
            heads=int(kept["heads"]),
            wordings=_rows(kept["wordings"].item()),
            meant=_kept(kept, "meant"),
            nothing=kept["nothing"],
            guess=kept["guess"],
            read=_kept(kept, "read"),
            height=kept["height"],
            phrases=float(kept["phrases"]),
        )


@cache
def shipped_close_reading() -> Network:
    """The network that ships with the system; read once a process."""
    return read_close_reading()


def _kept(kept: Mapping[str, Any], name: str) -> Kept:
    return Kept(kept[f"{name} steps"], kept[f"{name} scale"])


def _layer(kept: Mapping[str, Any], number: int) -> Layer:
    def step(name: str) -> Step:
        # As it is multiplied with: a column for each output.
        return Step(_kept(kept, f"{number} {name}").whole().T.copy(), kept[f"{number} {name} bias"])

    return Layer(
        look=step("look"),
        take=step("take"),
        taken=tuple(kept[f"{number} taken"]),
        widen=step("widen"),
        narrow=step("narrow"),
        narrowed=tuple(kept[f"{number} narrowed"]),
    )


def _rows(lines: str) -> Mapping[str, int]:
    """Each line to its number."""
    return {line: number for number, line in enumerate(lines.split("\n"))}


def shipped_index(pack: Pack) -> Index:
    """The index of `pack` with the lexicon, and what was learned, that ship with the system. Takes some tenths of a
    second, and some seconds where every wording is new: build it once a pack and keep it."""
    index = teach(index_of(pack, shipped_lexicon()), shipped_learned())
    index.closely = made_ready(shipped_close_reading(), [entry for entry in index.entries if entry.may_be_suggested])
    return index
