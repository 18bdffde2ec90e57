"""What an auditor looks for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Self
from uuid import UUID

from audit.domain.wording import Detail


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
        return {
            key: value if isinstance(value, str) else value.isoformat() for key, value in asdict(self).items() if value
        }

    @classmethod
    def from_stored(cls, stored: Mapping[str, str]) -> Self:
        """Return the search that `as_stored` wrote."""
        days = {key: date.fromisoformat(stored[key]) for key in ("since", "until") if key in stored}
        texts = {key: stored[key] for key in ("person", "verb", "subject_id", "outcome") if key in stored}
        return replace(cls(**texts), **days)

    def as_detail(self) -> Detail:
        """Return the search for the audit row of having looked. A name that was typed is free text: only that it was."""
        detail: dict[str, object] = dict(self.as_stored())
        if self.person and not self.person_id:
            detail["person"] = "by-name"
        return detail
