"""Background work of the audit record: beat asks for it, and running it twice or late does no harm."""

from celery import shared_task
from django.utils import timezone

from audit import actions


@shared_task(name="audit.seal")
def seal() -> None:
    """Chain the entries that wait."""
    actions.seal(now=timezone.now())
