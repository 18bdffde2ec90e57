"""Background work of this room."""

from celery import shared_task

from accounts import actions, clock
from audit.domain.actor import Actor


@shared_task(name="accounts.discard_expired")
def discard_expired() -> None:
    """Delete held forms and sessions that have expired. Run by beat; running it twice does no harm."""
    actions.discard_expired(by=Actor.system("held forms"), now=clock.now())
