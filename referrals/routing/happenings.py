"""What happens to an intake that other systems of its front door may have to hear of.

Rooms above register who is told, at start; here nothing is known of them. They are told in the transaction of the
change, so that what they promise commits with it.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from referrals.routing.models import Intake


class Happening(StrEnum):
    """What happened, as the front door's own system sees it. The value is stored and published."""

    RECEIVED = "received"
    ADDED = "added"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"


Told = Callable[[Happening, Intake, datetime], object]
_told: list[Told] = []


def register(told: Told) -> None:
    """Have this called for each happening from now on."""
    if told not in _told:
        _told.append(told)


def announce(happening: Happening, intake: Intake, *, now: datetime) -> None:
    """Tell everybody who registered, in the caller's transaction."""
    for told in _told:
        told(happening, intake, now)
