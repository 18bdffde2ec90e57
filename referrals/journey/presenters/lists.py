"""One's own referrals as rows."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from referrals.record.domain.forms import is_assessment
from referrals.record.domain.lifecycle import State
from referrals.record.models import Referral

STATES: dict[str, str] = {
    State.DRAFT.value: gettext_noop("Draft: nobody at a front door can see it"),
    State.SUBMITTED.value: gettext_noop("Waiting at your agency: not sent yet"),
    State.SENT.value: gettext_noop("Sent"),
    State.CLOSED.value: gettext_noop("Finished"),
    State.WITHDRAWN.value: gettext_noop("Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One referral in a list."""

    id: UUID
    reference: str
    children: str
    urgent: bool
    assessment: bool
    changed: datetime


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Referrals in the same state."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft that waits. `alerted`: an alert went out about it, and it stands on top until something is done."""

    id: UUID
    reference: str
    children: str
    urgent: bool
    alerted: bool
    changed: datetime


def draft_rows(drafts: Sequence[Referral], alerted_ids: Set[object]) -> tuple[DraftRow, ...]:
    """Return the drafts in their order, those first about which an alert went out."""
    rows = (
        DraftRow(one.pk, one.reference, _names(one), one.urgent, one.pk in alerted_ids, one.updated_at)
        for one in drafts
    )
    return tuple(sorted(rows, key=lambda row: (not (row.urgent and row.alerted), not row.urgent, not row.alerted)))


def list_rows(referrals: Sequence[Referral]) -> tuple[RowGroup, ...]:
    """Return the referrals by state, in the order of the life cycle, states without any left out."""
    groups = (
        RowGroup(gettext(name), tuple(_row(one) for one in referrals if one.state == state))
        for state, name in STATES.items()
    )
    return tuple(group for group in groups if group.rows)


def _row(referral: Referral) -> Row:
    return Row(
        id=referral.pk,
        reference=referral.reference,
        children=_names(referral),
        urgent=referral.urgent,
        assessment=is_assessment(referral.specification),
        changed=referral.updated_at,
    )


def _names(referral: Referral) -> str:
    names = (f"{child.given_names} {child.family_name}".strip() for child in referral.children.all())
    return ", ".join(filter(None, names))
