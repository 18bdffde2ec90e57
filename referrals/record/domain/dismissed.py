"""Suggestions that a practitioner dismissed: kept, shown, frozen with the referral. Nothing else follows from one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit.domain.refusal import Refusal
from thresholds.domain.suggest import SuggestedKind as SuggestedKind  # noqa: PLC0414 (the record's rows name it)

RULE = "suggestion.dismiss"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissed:
    """A dismissed suggestion. `quote` are the words that had caused it; `at` is aware."""

    kind: SuggestedKind
    item: str
    wording: str
    quote: str
    reason: str
    by: str
    at: datetime

    def as_data(self) -> dict[str, Any]:
        """Plain JSON, as it is frozen."""
        return {
            "kind": self.kind.value,
            "id": self.item,
            "wording": self.wording,
            "quote": self.quote,
            "reason": self.reason,
            "by": self.by,
            "at": self.at.isoformat(),
        }


DismissedByChild = Mapping[str, Sequence[Dismissed]]
"""Dismissed suggestions by the child's id as text, in the order in which they were dismissed."""


def check_reason(kind: SuggestedKind, reason: str) -> None:
    """Raise Refusal when what would outrank every descriptor is dismissed without a reason."""
    if kind is SuggestedKind.OVERRIDE and not reason.strip():
        raise Refusal("Say why it doesn't apply.", rule=RULE, subject_type="referral")
