"""What a row of the audit record may hold: codes and identifiers, never a sentence about a case.

Rows live longer than the records that they speak of and cannot be corrected, so what is told about a child must
not get into them. The rule is crude on purpose: no white space, no free text.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

Scalar = str | int | bool | None
Detail = Mapping[str, object]
StoredDetail = dict[str, Scalar | list[Scalar]]

LONGEST_CODE = 100
MOST_ITEMS = 200
"""As many items at most stand in a list of one row; a longer list goes on in the rows that follow."""

SLICE, SLICES = "slice_number", "slices_in_all"
"""Keys of what tells the rows of one long list apart; nobody else's detail may use them."""

_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,49}")
_CODE = re.compile(r"[^\s\x00-\x1f\x7f]{0,100}")


def checked_name(name: str) -> str:
    """Return a verb, rule or subject type such as "people.view"; ValueError unless lower-case words with dots."""
    if len(name) > LONGEST_CODE or not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for the audit record: lower-case words, joined by dots or underscores")
    return name


def checked_identifier(identifier: UUID | int | str | None) -> str:
    """Return what identifies the subject as text, empty for None; ValueError for anything with white space in it."""
    text = "" if identifier is None else str(identifier)
    if len(text) > 64 or not _CODE.fullmatch(text):
        raise ValueError("What identifies a subject is at most 64 characters without white space")
    return text


def checked_detail(detail: Detail | None) -> StoredDetail:
    """Return `detail` in the form that is stored.

    Values are numbers without fractions, booleans, None, UUIDs, dates, and codes: text of at most 100 characters
    without white space; or lists of these, however long. Fractions are refused because their text could differ
    between writing and verifying. Raises ValueError, which names the key and never repeats the value.
    """
    stored: StoredDetail = {}
    for key, value in (detail or {}).items():
        if not _KEY.fullmatch(key) or key in {SLICE, SLICES}:
            raise ValueError("A key of an audit row's detail is not a lower-case word, or the record's own")
        if isinstance(value, list | tuple):
            stored[key] = [_scalar(key, item) for item in value]
        else:
            stored[key] = _scalar(key, value)
    return stored


def in_slices(stored: StoredDetail) -> list[StoredDetail]:
    """Return the details of as many rows as it takes for no list in one to hold more than MOST_ITEMS: one, as a rule.

    Nothing is left out and the order stays: what isn't a list stands in every row, each list in slices, and where there
    are several rows each says which it is of how many. A page that shows much mustn't fail over its own record.
    """
    longest = max((len(value) for value in stored.values() if isinstance(value, list)), default=0)
    if longest <= MOST_ITEMS:
        return [stored]
    starts = range(0, longest, MOST_ITEMS)
    return [
        {
            **{
                key: value[start : start + MOST_ITEMS] if isinstance(value, list) else value
                for key, value in stored.items()
            },
            SLICE: number,
            SLICES: len(starts),
        }
        for number, start in enumerate(starts, start=1)
    ]


def _scalar(key: str, value: object) -> Scalar:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str) and _CODE.fullmatch(value):
        return str(value)
    raise ValueError(f"Detail {key!r} of an audit row is neither a code nor a whole number; free text stays out")
