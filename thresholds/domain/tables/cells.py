"""What stands in a cell: from a value of a pack to text, and from what a spreadsheet program left there to a value."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from thresholds.domain.parts import CONTROL
from thresholds.domain.tables.layout import SEPARATOR, Cells

YES, NO = "yes", "no"
AS_TEXT = "format the cell as text and type it again"

_YES_NO = {"yes": True, "no": False, "true": True, "false": False}
_TIME = re.compile(r"(\d{1,2}):(\d\d)(:00)?")


@dataclass(frozen=True, slots=True)
class Unusable:
    """What a reader of files found in a cell that no pack can hold, such as a formula; `why` goes on from the cell's
    name: "holds a formula"."""

    why: str


Raw = None | str | bool | int | float | dt.datetime | dt.date | dt.time | dt.timedelta | Unusable
"""What a reader of files gives for a cell."""


class CellProblem(Exception):
    """Why a cell can't be read, in words that go on from its name."""


def written(value: object) -> str:
    """The text of a cell for a field's value; empty for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return f" {SEPARATOR} ".join(_escaped(str(item)) for item in value)
    if isinstance(value, dt.time):
        return value.isoformat("minutes" if not (value.second or value.microsecond) else "auto")
    return str(value)


def _escaped(item: str) -> str:
    return item.replace("\\", "\\\\").replace(SEPARATOR, f"\\{SEPARATOR}")


def entries(text: str) -> list[str]:
    """The entries of a list in one cell; `\\|` is a stroke inside an entry. Empty ones are left out."""
    found, entry, escaped = [], "", False
    for character in text:
        if escaped:
            entry, escaped = entry + character, False
        elif character == "\\":
            escaped = True
        elif character == SEPARATOR:
            found.append(entry)
            entry = ""
        else:
            entry += character
    return [item for item in (entry.strip() for entry in [*found, entry]) if item]


def is_blank(raw: Raw) -> bool:
    """Whether a cell holds nothing."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def read(raw: Raw, cells: Cells) -> object:
    """The value of a cell that isn't blank, as JSON has it. CellProblem where that would be a guess: what a spreadsheet
    program turned into a date, a number with a lost zero, a formula."""
    if isinstance(raw, Unusable):
        raise CellProblem(raw.why)
    if isinstance(raw, str):
        return _from_text(_clean(raw), cells)
    if isinstance(raw, bool):
        return _from_bool(raw, cells)
    if isinstance(raw, int | float):
        return _from_number(raw, cells)
    return _from_moment(raw, cells)


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\N{NO-BREAK SPACE}", " ").strip()
    if CONTROL.search(text):
        raise CellProblem("holds a character that can't be seen: type the text again")
    return text


def _from_text(text: str, cells: Cells) -> object:
    if cells is Cells.LIST:
        return entries(text)
    if cells is Cells.NUMBER:
        if not re.fullmatch(r"-?[0-9]{1,9}", text):
            raise CellProblem("must be a whole number")
        return int(text)
    if cells is Cells.YES_NO:
        if text.lower() not in _YES_NO:
            raise CellProblem("must be yes or no")
        return _YES_NO[text.lower()]
    if cells is Cells.TIME:
        found = _TIME.fullmatch(text)
        if found is None:
            raise CellProblem("must be a time like 09:00")
        return f"{found[1]:0>2}:{found[2]}"
    if cells is Cells.DATE and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise CellProblem("must be a date like 2026-09-01")
    return unicodedata.normalize("NFC", text) if cells is Cells.CODE else text


def _from_bool(raw: bool, cells: Cells) -> object:
    if cells is not Cells.YES_NO:
        raise CellProblem(f"was turned into {str(raw).upper()} by the spreadsheet program: {AS_TEXT}")
    return raw


def _from_number(raw: int | float, cells: Cells) -> object:
    if cells is Cells.TELEPHONE:
        raise CellProblem(f"was turned into a number, which loses a leading 0: {AS_TEXT}")
    if cells in {Cells.YES_NO, Cells.TIME, Cells.DATE}:
        raise CellProblem(f"was turned into a number by the spreadsheet program: {AS_TEXT}")
    if isinstance(raw, float):
        if not raw.is_integer() or abs(raw) > 1e9:
            raise CellProblem(f"was turned into a number with decimals: {AS_TEXT}")
        raw = int(raw)
    if cells is Cells.NUMBER:
        return raw
    return [str(raw)] if cells is Cells.LIST else str(raw)


def _from_moment(raw: dt.datetime | dt.date | dt.time | dt.timedelta | None, cells: Cells) -> object:
    if isinstance(raw, dt.timedelta) and cells is Cells.TIME and dt.timedelta() <= raw < dt.timedelta(days=1):
        raw = (dt.datetime(2000, 1, 1, tzinfo=dt.UTC) + raw).time()
    if isinstance(raw, dt.time) and cells is Cells.TIME and not (raw.second or raw.microsecond):
        return raw.isoformat("minutes")
    if isinstance(raw, dt.datetime) and raw.time() == dt.time():
        raw = raw.date()
    if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime) and cells is Cells.DATE:
        return raw.isoformat()
    what = "a time" if isinstance(raw, dt.time | dt.timedelta) else "a date"
    raise CellProblem(f"was turned into {what} ({raw}) by the spreadsheet program: {AS_TEXT}")
