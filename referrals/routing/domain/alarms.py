"""When an unread referral, or what was added to one, raises an alarm. Delivered is not read."""

import datetime as dt
from collections.abc import Iterable, Set
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


def first_unseen(
    added: Iterable[dt.datetime], *, opened_at: dt.datetime | None, alarmed_at: dt.datetime | None
) -> dt.datetime | None:
    """Return when the earliest addition was made of which nobody at the front door knows yet, None where there is none:
    nobody has opened it since (`opened_at` is the last time), and no alarm was raised since.

    What comes after an alarm raises another: nobody knows what it says until somebody reads it.
    """
    known = [one for one in (opened_at, alarmed_at) if one is not None]
    since = max(known, default=None)
    return min((one for one in added if since is None or one > since), default=None)
