"""Celery's names for the watches over approvals, drafts and times. Beat asks for them; any number at once is
harmless."""

from celery import shared_task
from django.utils import timezone

from referrals.casework import actions


@shared_task(name="casework.watch_approvals")
def watch_approvals() -> None:
    """Send what nobody answered in time, and remind of what waits."""
    now = timezone.now()
    try:
        actions.lapse_overdue(now=now)
    finally:
        # Also where sending lasted too long: between the soft and the hard limit there is time for this.
        actions.chase(now=now)


@shared_task(name="casework.watch_drafts")
def watch_drafts() -> None:
    """Remind of drafts, alert where harm is possible, and end what is over."""
    actions.watch_drafts(now=timezone.now())


@shared_task(name="casework.watch_clocks")
def watch_clocks() -> None:
    """Tell of times that are close or over."""
    actions.watch_clocks(now=timezone.now())
