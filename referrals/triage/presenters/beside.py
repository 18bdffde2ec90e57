"""What other front doors do with the same referral: whoever decides here must know that somebody else has it too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop

from accounts.clock import ENGLAND
from referrals.casework.domain.outcomes import NAMES, Outcome
from referrals.casework.models import Decision
from referrals.routing.domain.lifecycle import LET_GO, State
from referrals.routing.models import Intake

STATES: dict[str, str] = {
    State.DUE.value: gettext_noop("On its way"),
    State.OFFERED.value: gettext_noop("Offered, and not accepted yet"),
    State.RECEIVED.value: gettext_noop("Received"),
    State.IN_TRIAGE.value: gettext_noop("Being triaged"),
    State.AWAITING_INFORMATION.value: gettext_noop("Waits for information"),
    State.DECIDED.value: gettext_noop("Decided"),
    State.CLOSED.value: gettext_noop("Closed"),
    State.TRANSFERRED.value: gettext_noop("Handed over to another front door"),
    State.RETURNED.value: gettext_noop("Offered, and not taken on"),
}


@dataclass(frozen=True, slots=True)
class Beside:
    """Another front door that has the same referral, or had it. `owner` is who holds it there or that nobody does yet,
    empty where it let go of it; `outcomes` is empty while nothing is decided there."""

    door: str
    state: str
    owner: str
    opened: str
    outcomes: tuple[str, ...]


def beside_shown(others: Iterable[Intake], names: Mapping[UUID, str]) -> tuple[Beside, ...]:
    """Return the intakes of `triage.selectors.beside` for reading. `names` are the children's by id; the queue, which
    names no child, gives none."""
    return tuple(
        Beside(
            door=one.door_name,
            state=gettext(STATES[one.state]),
            owner=_owner(one),
            opened=_opened(one),
            outcomes=tuple(_outcome(row, names) for row in getattr(one, "decisions_now", ())),
        )
        for one in others
    )


def _owner(intake: Intake) -> str:
    if State(intake.state) in LET_GO:
        return ""
    return intake.claimed_by.full_name if intake.claimed_by else gettext("nobody yet")


def _opened(intake: Intake) -> str:
    if intake.first_read_at is None or intake.first_read_by is None:
        return gettext("Nobody there has opened it.")
    local = intake.first_read_at.astimezone(ENGLAND)
    return gettext("Opened by %(full_name)s, %(at)s.") % {
        "full_name": intake.first_read_by.full_name,
        "at": date_format(local, "j F, H:i"),
    }


def _outcome(row: Decision, names: Mapping[UUID, str]) -> str:
    name = names.get(row.child_id, "") if row.child_id else ""
    outcome = gettext(NAMES[Outcome(row.outcome)])
    if not name:
        return gettext("Decided: %(outcome)s.") % {"outcome": outcome}
    return gettext("Decided for %(name)s: %(outcome)s.") % {"name": name, "outcome": outcome}
