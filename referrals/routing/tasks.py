"""Celery's name for the watch over what nobody opens. Beat asks for it; any number at once is harmless."""

from celery import shared_task
from django.utils import timezone

from referrals.routing import actions


@shared_task(name="routing.raise_alarms")
def raise_alarms() -> None:
    """Raise the alarm for what has lain unread for too long, the referral itself or what was added to it."""
    now = timezone.now()
    try:
        actions.raise_alarms(now=now)
    finally:
        # Also where the first lasted too long: between the soft and the hard limit there is time for this.
        actions.raise_unseen_alarms(now=now)
