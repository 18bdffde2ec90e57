"""Keeps, for a wording that took another one's place, what reading closely had learned of that one.

Run from the project's folder, with a folder of the packs as they were when it was learned or carried last:

    git worktree add ../before REVISION
    .venv/bin/python -m bench.carry_close_reading ../before/thresholds/packs

A row belongs to a wording (ADR 42), so one that is put better would lose it. Here the descriptor or sign of the same
id, at the same level, of the same kind and in the same domain gets the row of the wording that it had. It is for
wordings that mean what they meant: one that means another thing gets a new id, or all is learned anew
(`bench.learn_close_reading`). Says what it carried. Changes nothing else in the file.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from thresholds import files
from thresholds.domain.close_reading import key_of
from thresholds.domain.index import Entry, index_of
from thresholds.domain.pack import Pack

Entries = dict[tuple[str, str], Entry]


def main(before: Path) -> None:
    """Carry over, and write the file."""
    with files.CLOSE_READING.open("rb") as file, np.load(file, allow_pickle=False) as kept:
        content = {name: kept[name] for name in kept.files}
    rows = content["wordings"].item().split("\n")
    now = _entries(files.shipped_packs())
    carried = dict(
        _carried(_entries(files.read_pack(folder, before) for folder in files.pack_folders(before)), now, set(rows))
    )
    content["wordings"] = np.array("\n".join(carried.get(key, key) for key in rows))
    np.savez_compressed(files.CLOSE_READING, **content)
    known = {*rows} - carried.keys() | {*carried.values()}
    new = {key_of(entry) for entry in now.values()} - known
    print(
        f"{len(carried)} wordings have the row of what they replaced; {len(new)} of {len(now)} have none of their own"
    )


def _carried(before: Entries, now: Entries, learned: set[str]) -> Iterator[tuple[str, str]]:
    """The key of each learned wording that is gone, with that of what took its place."""
    used = {key_of(entry) for entry in now.values()}
    for place, old in before.items():
        new = now.get(place)
        was, becomes = key_of(old), key_of(new) if new else ""
        alike = new is not None and (old.height, old.kind, old.domain) == (new.height, new.kind, new.domain)
        if alike and was in learned and was not in used and becomes not in learned:
            print(f"{place[1]}: {new.wording if new else ''}")
            yield was, becomes


def _entries(packs: Iterable[Pack]) -> Entries:
    """What may be suggested, by area and id."""
    lexicon = files.shipped_lexicon()
    return {
        (pack.area.slug, entry.id): entry
        for pack in packs
        for entry in index_of(pack, lexicon).entries
        if entry.may_be_suggested
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
