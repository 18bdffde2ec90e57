"""The room's one look at the clock. Rules and actions take `now` as an argument; views and middleware ask here."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

# Memberships begin and end at midnight where the children live.
ENGLAND = ZoneInfo("Europe/London")


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return timezone.now()


def day_of(moment: datetime) -> date:
    """Return England's calendar day of an aware moment; refuse a naive one with ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no day in England")
    return moment.astimezone(ENGLAND).date()
