"""Celery's name for the watch over approvals. Beat asks for it; any number at once is harmless."""

from celery import shared_task
from django.utils import timezone

from referrals.casework import actions


@shared_task(name="casework.watch_approvals")
def watch_approvals() -> None:
    """Send what nobody answered in time, and remind of what waits."""
    now = timezone.now()
    actions.lapse_overdue(now=now)
    actions.chase(now=now)
