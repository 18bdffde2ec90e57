"""One's own referrals as rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referrals.record.domain.lifecycle import State
from referrals.record.models import Referral

STATES: dict[str, str] = {
    State.DRAFT.value: "Draft: nobody at a front door can see it",
    State.SUBMITTED.value: "Waiting at your agency: not sent yet",
    State.SENT.value: "Sent",
    State.CLOSED.value: "Finished",
    State.WITHDRAWN.value: "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One referral in a list."""

    id: UUID
    reference: str
    children: str
    urgent: bool
    changed: datetime


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Referrals in the same state."""

    name: str
    rows: tuple[Row, ...]


def list_rows(referrals: Sequence[Referral]) -> tuple[RowGroup, ...]:
    """Return the referrals by state, in the order of the life cycle, states without any left out."""
    groups = (
        RowGroup(name, tuple(_row(one) for one in referrals if one.state == state)) for state, name in STATES.items()
    )
    return tuple(group for group in groups if group.rows)


def _row(referral: Referral) -> Row:
    names = [f"{child.given_names} {child.family_name}".strip() for child in referral.children.all()]
    return Row(
        id=referral.pk,
        reference=referral.reference,
        children=", ".join(filter(None, names)),
        urgent=referral.urgent,
        changed=referral.updated_at,
    )
