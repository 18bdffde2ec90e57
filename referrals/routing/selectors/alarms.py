"""The setting of the unread alarm."""

from datetime import timedelta

from django.conf import settings

from referrals.routing.domain.alarms import SYSTEM_AFTER, UnreadAlarm


def unread_alarm() -> UnreadAlarm:
    """Return how long a referral may lie unread: `settings.UNREAD_ALARM` (timedelta) where the deployment sets it.

    No partnership's document states a time, so pages show it as the system's own.
    """
    after: timedelta = getattr(settings, "UNREAD_ALARM", SYSTEM_AFTER)
    return UnreadAlarm(after=after, set_by="this system; the partnership states no time")
