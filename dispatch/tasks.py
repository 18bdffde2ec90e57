"""Celery's two names for the outbox. They hold no rule: `dispatch.keeping` does the work."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from dispatch import keeping, watching

_BEGAN = timezone.now()
"""When this process began."""


@shared_task(name="dispatch.keep")
def keep(*row_ids: str) -> None:
    """Make one attempt at each of the promises with these ids."""
    keeping.keep_each([UUID(row_id) for row_id in row_ids])


@shared_task(name="dispatch.sweep")
def sweep() -> None:
    """Wake workers for whatever waits. Beat asks for it every few seconds; any number at once is harmless."""
    keeping.sweep(now=timezone.now())


@shared_task(name="dispatch.tell_operators")
def tell_operators() -> None:
    """Tell operators of work that waits for them, of what they have to do, and of other rounds that are silent. Beat
    asks for it every minute; any number at once is harmless."""
    watching.tell_of_everything(now=timezone.now(), since=_BEGAN)
