"""How a front door is reached when what was sent to it fails: its numbers, and what to say."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from accounts.clock import day_of
from dispatch.domain.other_ways import Line, OtherWays
from dispatch.domain.promise import References
from referrals.routing.models import Intake
from thresholds.bank_holidays import bank_holidays
from thresholds.domain.help_now import door_lines
from thresholds.selectors import NoPackError, current_pack


def of_delivery(references: References, now: datetime) -> OtherWays | None:
    """A delivery to a queue: whoever works there is rung, and it is tried on, since only that puts it there."""
    intake = Intake.objects.filter(pk=UUID(str(references["intake"]))).select_related("referral__agency").first()
    if intake is None:
        return None
    of_whom = f"referral {intake.referral.reference} of {intake.referral.agency.name}"
    urgent = ", and that it is urgent" if intake.urgent else ""
    say = (
        f"Say that {of_whom} is on its way to their queue and held up{urgent}. They ring the agency for what it says. "
        "You know nothing more, and say nothing more."
    )
    return to_front_door(intake, say=say, now=now, replaces=False)


def to_front_door(
    intake: Intake, *, say: str, now: datetime, replaces: bool, gateways: Sequence[tuple[str, str]] = ()
) -> OtherWays:
    """Return how the front door of an intake is reached at this hour (aware), by the pack in force."""
    try:
        found = door_lines(current_pack(intake.area, day_of(now)).pack, intake.front_door, now, bank_holidays())
    except NoPackError:
        found = ()
    lines = tuple(
        Line(
            ", ".join(filter(None, (one.name, one.hours))),
            one.number,
            " ".join(filter(None, ("" if one.confirmed else "This number is not confirmed.", one.note))),
        )
        for one in found
    )
    return OtherWays(for_whom=intake.door_name, say=say, lines=lines, gateways=tuple(gateways), replaces=replaces)
