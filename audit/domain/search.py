"""What an auditor looks for."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Self
from uuid import UUID

from audit.domain.wording import Detail, checked_name

_NUMBER = re.compile(r"[A-Za-z0-9-]*[0-9][A-Za-z0-9-]*")
"""What may be a record's number or reference. Anything else that is typed may be a name."""


@dataclass(frozen=True, slots=True)
class Search:
    """Every part narrows; an empty part does not. `since` and `until` are days in local time, both included."""

    person: str = ""
    verb: str = ""
    subject_id: str = ""
    outcome: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def person_id(self) -> UUID | None:
        """The person's id, when that was typed rather than a name."""
        try:
            return UUID(self.person)
        except ValueError:
            return None

    @property
    def is_empty(self) -> bool:
        """Whether the search lets everything through."""
        return self == type(self)()

    def as_stored(self) -> dict[str, str]:
        """Return the search as text, for the session."""
        given = {key: value for key, value in asdict(self).items() if value}
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in given.items()}

    @classmethod
    def from_stored(cls, stored: Mapping[str, str]) -> Self:
        """Return the search that `as_stored` wrote."""
        return cls(
            person=stored.get("person", ""),
            verb=stored.get("verb", ""),
            subject_id=stored.get("subject_id", ""),
            outcome=stored.get("outcome", ""),
            since=date.fromisoformat(stored["since"]) if "since" in stored else None,
            until=date.fromisoformat(stored["until"]) if "until" in stored else None,
        )

    def as_detail(self) -> Detail:
        """Return the search for the audit row of having looked. Of free text, as a name, only that it was typed."""
        detail: dict[str, object] = dict(self.as_stored())
        if self.person:
            detail["person"] = str(self.person_id or "by-name")
        if self.subject_id and not _NUMBER.fullmatch(self.subject_id):
            detail["subject_id"] = "by-text"
        if self.verb and not _is_name(self.verb):
            detail["verb"] = "by-text"
        return detail


def _is_name(verb: str) -> bool:
    try:
        return checked_name(verb) == verb
    except ValueError:
        return False
