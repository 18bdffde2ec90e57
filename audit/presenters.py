"""Rows of the audit record as the auditor's page shows them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from audit.domain.search import Search
from audit.models import Entry
from audit.naming import names_of

# At most eight letters in a row, then the marks that follow them: three columns of such pieces fit 320 pixels.
PIECES = re.compile(r"[^\s\-._:/,@]{1,8}[\s\-._:/,@]*|[\s\-._:/,@]+")


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One row. Every text may break, so that the table fits a phone."""

    number: int
    at: datetime
    who: SafeString
    who_number: SafeString
    roles: SafeString
    what: SafeString
    record: SafeString
    """Its kind, and what it is called, or its number where nobody knows a name."""
    record_number: SafeString
    """Empty where it is what the record is called by."""
    refused: bool
    detail: list[tuple[str, SafeString]]


def entry_rows(entries: Sequence[Entry]) -> list[EntryRow]:
    """Return the rows for entries, with what their records are called: at most one query for each kind of record."""
    names = names_of((entry.subject_type, entry.subject_id) for entry in entries)
    return [_row(entry, names.get((entry.subject_type, entry.subject_id), "")) for entry in entries]


def _row(entry: Entry, name: str) -> EntryRow:
    return EntryRow(
        number=entry.pk,
        at=entry.at,
        who=breakable(entry.actor_name),
        who_number=breakable(str(entry.actor_id or "")),
        roles=breakable(", ".join(entry.roles)),
        what=breakable(entry.verb),
        record=breakable(f"{entry.subject_type} {name or entry.subject_id}".strip()),
        record_number=breakable(entry.subject_id if name else ""),
        refused=entry.outcome == Entry.Outcome.REFUSED,
        detail=[(key.replace("_", " "), breakable(_text(value))) for key, value in sorted(entry.detail.items())],
    )


def search_in_words(search: Search) -> list[tuple[str, str]]:
    """Return the search that is in force, part by part, as labels and values."""
    days = {gettext("from"): search.since, gettext("to"): search.until}
    parts = {
        gettext("who"): search.person,
        gettext("what"): search.verb,
        gettext("record"): search.subject_id,
        gettext("outcome"): search.outcome,
        **{label: date_format(day, "j F Y") for label, day in days.items() if day},
    }
    return [(label, value) for label, value in parts.items() if value]


def breakable(text: str) -> SafeString:
    """Return the text, escaped, with places where a line may break: after marks, and inside long runs of letters."""
    return format_html_join(SafeString("<wbr>"), "{}", ((piece,) for piece in PIECES.findall(text)))


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_text(item) for item in value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return "none" if value is None else str(value)
