"""What front doors wanted to hand on, as the referral's own page tells it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from referrals.casework.selectors import TRANSFER_ANSWERS
from referrals.routing.domain.transfer import REASONS, Answer, Reason
from referrals.routing.models import Transfer


@dataclass(frozen=True, slots=True)
class HandedOnShown:
    """What a front door wanted to hand on: to whom, why, and who has it. `children` are names, empty for all of it."""

    text: str
    children: str
    why: str
    by: str
    at: datetime
    answered: str
    answer_why: str
    answered_by: str
    answered_at: datetime | None


def handed_on(
    transfers: Iterable[Transfer],
    names: Mapping[str, str],
    away: Collection[UUID],
    *,
    until: datetime | None = None,
) -> tuple[HandedOnShown, ...]:
    """Return what front doors handed on, first things first. Of the intakes `away` no reasons: they concern others.
    What came after `until` isn't told."""
    return tuple(
        _handed_on(one, names, hidden=one.intake_id in away, until=until)
        for one in transfers
        if until is None or one.at <= until
    )


def _handed_on(transfer: Transfer, names: Mapping[str, str], *, hidden: bool, until: datetime | None) -> HandedOnShown:
    here, there = transfer.intake.door_name, transfer.door_name
    answer = getattr(transfer, "answer", None)
    if answer is not None and until is not None and answer.at > until:
        answer = None
    how = (
        gettext("%(here)s rang %(there)s (%(spoke_to)s)")
        % {"here": here, "there": there, "spoke_to": transfer.spoke_to}
        if transfer.spoke_to
        else gettext("%(here)s offers it to %(there)s") % {"here": here, "there": there}
    )
    words = TRANSFER_ANSWERS[Answer(answer.answer)].format(here=here, there=there) if answer else ""
    return HandedOnShown(
        text=how,
        children=", ".join(names[str(child)] for child in transfer.children if str(child) in names),
        why="" if hidden else f"{REASONS[Reason(transfer.reason)]}. {transfer.why}",
        by=transfer.by_name,
        at=transfer.at,
        answered=words or gettext("Not answered yet: %(here)s still owns it.") % {"here": here},
        answer_why=answer.why if answer and not hidden else "",
        answered_by=answer.by_name if answer else "",
        answered_at=answer.at if answer else None,
    )
