"""Front doors from which the referrer should hear: by when, and whom to ring when nothing has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.clock import day_of
from referrals.casework.selectors import Unheard
from thresholds.bank_holidays import bank_holidays
from thresholds.domain.help_now import HelpLine, door_lines
from thresholds.selectors import NoPackError, current_pack


@dataclass(frozen=True, slots=True)
class UnheardShown:
    """A front door that hasn't said what it decides. `late`: the time for that is over; then `lines` are its numbers,
    that of the hour first, none where the partnership states none."""

    door: str
    due: datetime
    late: bool
    lines: tuple[HelpLine, ...]


def unheard_shown(found: Iterable[Unheard], *, now: datetime) -> tuple[UnheardShown, ...]:
    """Return what the referrer is told, what is over first. One read a front door that is late."""
    shown = (
        UnheardShown(one.intake.door_name, one.due_at, one.late, _lines(one, now) if one.late else ()) for one in found
    )
    return tuple(sorted(shown, key=lambda one: (not one.late, one.due, one.door)))


def _lines(one: Unheard, now: datetime) -> tuple[HelpLine, ...]:
    try:
        pack = current_pack(one.intake.area, day_of(now)).pack
    except NoPackError:
        return ()
    return door_lines(pack, one.intake.front_door, now, bank_holidays())
