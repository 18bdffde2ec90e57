"""When an unread referral raises an alarm. Delivered is not read."""

import datetime as dt
from collections.abc import Set
from dataclasses import dataclass

from thresholds.domain.doors import Hours
from thresholds.domain.hours import add_working_hours, local

SYSTEM_AFTER = dt.timedelta(hours=1)
"""Where the deployment sets nothing else."""


@dataclass(frozen=True, slots=True)
class UnreadAlarm:
    """How long a referral may lie unread, and who set that."""

    after: dt.timedelta
    set_by: str


def alarm_at(
    sent_at: dt.datetime, *, urgent: bool, after: dt.timedelta, hours: Hours | None, holidays: Set[dt.date]
) -> dt.datetime:
    """Return when an intake that was sent at `sent_at` (aware) and isn't read raises its alarm (Europe/London).

    What is `urgent` and nobody has opened at any front door counts by day and night: whoever wrote at night is to learn
    that a form alone reached nobody. The rest counts the door's open time, and by day and night where its `hours`
    aren't stated.
    """
    if urgent or hours is None:
        return local(sent_at + after)
    return add_working_hours(sent_at, after, hours, holidays)
