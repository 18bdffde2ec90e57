"""Celery's two names for the outbox. They hold no rule: `dispatch.keeping` does the work."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from dispatch import keeping, watching


@shared_task(name="dispatch.keep")
def keep(row_id: str) -> None:
    """Make one attempt at the promise with this id."""
    keeping.keep(UUID(row_id))


@shared_task(name="dispatch.sweep")
def sweep() -> None:
    """Wake workers for whatever waits. Beat asks for it every few seconds; any number at once is harmless."""
    keeping.sweep(now=timezone.now())


@shared_task(name="dispatch.tell_operators")
def tell_operators() -> None:
    """Tell operators of work that waits for them. Beat asks for it every minute; any number at once is harmless."""
    watching.tell_operators(now=timezone.now())
