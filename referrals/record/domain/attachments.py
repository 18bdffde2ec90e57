"""Files that go with a referral: how many, how large, and where one stands between being chosen and being opened.

Nobody opens a file before it was looked at for viruses, and no referral waits for that. A file that is kept out stays
on the list by name, so that whoever sent it, and whoever waits for it, knows.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

LARGEST = 10 * 1024 * 1024
"""Bytes of one file: a photograph of a telephone, or a long scanned letter."""
MOST = 20
"""Files of one referral, with what was added later."""
AT_ONCE = 10
"""Files that are chosen in one go."""
LONGEST_NAME = 120
LONGEST_DESCRIPTION = 500

LIMITS = f"Up to {AT_ONCE} at once and {MOST} in all, each at most {LARGEST // 1024**2} MB."
"""Said before anybody chooses."""


class FileState(StrEnum):
    """Where a file stands. The value is stored."""

    WAITING = "waiting"
    CLEAN = "clean"
    UNCHECKED = "unchecked"
    INFECTED = "infected"
    UNREADABLE = "unreadable"

    @property
    def words(self) -> str:
        """Return the state as people read it."""
        return STATES[self]


STATES: dict[FileState, str] = {
    FileState.WAITING: "Waiting for the virus check. Nobody can open it yet; nothing else waits for it",
    FileState.CLEAN: "Checked for viruses",
    FileState.UNCHECKED: "Not checked for viruses: the check is switched off here",
    FileState.INFECTED: "A virus was found in it. It is kept out, and nobody can open it",
    FileState.UNREADABLE: "It can't be read, or not all of it. It is kept out, and nobody can open it",
}

OPENABLE = frozenset({FileState.CLEAN, FileState.UNCHECKED})
"""States in which a file may be opened, by those who may."""
KEPT_OUT = frozenset({FileState.INFECTED, FileState.UNREADABLE})
"""States in which nobody ever opens it: its bytes are gone."""


class Finding(StrEnum):
    """What came of looking at a file that waited. SWITCHED_OFF: nobody looked."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNREADABLE = "unreadable"
    SWITCHED_OFF = "switched_off"


_AFTER: dict[Finding, FileState] = {
    Finding.CLEAN: FileState.CLEAN,
    Finding.INFECTED: FileState.INFECTED,
    Finding.UNREADABLE: FileState.UNREADABLE,
    Finding.SWITCHED_OFF: FileState.UNCHECKED,
}


def state_after(state: FileState, finding: Finding) -> FileState:
    """Return where a file stands once it was looked at. What was found first stands: a second look changes nothing."""
    return _AFTER[finding] if state is FileState.WAITING else state


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file as somebody chose it. `kind` is None where its content is none that is taken."""

    name: str
    size: int
    kind: str | None


def refusal_of(chosen: Chosen) -> str:
    """Return why a file can't be taken, empty where it can. It never stops a referral."""
    name = clean_name(chosen.name)
    if chosen.size == 0:
        return f"“{name}” is empty."
    if chosen.size > LARGEST:
        return f"“{name}” is larger than {LARGEST // 1024**2} MB."
    if chosen.kind is None:
        return f"“{name}” is none of the kinds that are taken here. Save it as a PDF, a photo as JPEG, and choose that."
    return ""


def room_for(there: int, more: int) -> str:
    """Return why so many more can't be taken, empty where they can."""
    if more > AT_ONCE:
        return f"Choose at most {AT_ONCE} at once."
    if there + more > MOST:
        return f"It holds at most {MOST} files. {there} {'is' if there == 1 else 'are'} there already."
    return ""


def clean_name(name: str) -> str:
    """Return the name of a file for reading: the last part of its path, without control characters, never empty.

    It is shown and frozen, and never used as a name on any disk: a download has a name of our own.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(one for one in last if unicodedata.category(one)[0] != "C")
    short = " ".join(visible.split())
    if len(short) > LONGEST_NAME:
        stem, dot, ending = short.rpartition(".")
        ending = f"…{dot}{ending}" if dot and len(ending) <= 5 and stem else "…"
        short = short[: LONGEST_NAME - len(ending)] + ending
    return short.strip(". ") or "File without a name"


def size_words(size: int) -> str:
    """Return a size as people read it."""
    if size < 1024:
        return f"{size} bytes"
    if size < 1024**2:
        return f"{round(size / 1024)} KB"
    return f"{size / 1024**2:.1f} MB"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenFile:
    """A file as a submission or an addendum names it. Its bytes stand beside, under `sha256`.

    `sha256` and `size` are those of the file as it was chosen; `about` is a child's id, empty for all of them.
    """

    id: str
    number: int
    name: str
    kind: str
    size: int
    sha256: str
    description: str
    about: str
    by: str
    at: datetime

    def as_data(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return {
            "id": self.id,
            "number": self.number,
            "name": self.name,
            "kind": self.kind,
            "size": self.size,
            "sha256": self.sha256,
            "description": self.description,
            "about": self.about,
            "by": self.by,
            "at": self.at.isoformat(),
        }


def files_in(content: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Return the files that frozen content names; what was frozen before files could be added names none."""
    found: Iterable[Mapping[str, Any]] = content.get("attachments", ())
    return found
