"""Watches over many rows, in which a row that fails stops no other."""

from collections.abc import Callable, Iterable
from uuid import UUID

import structlog
from django.db import transaction

from audit.domain.actor import Actor
from dispatch.actions import promise

log = structlog.get_logger(__name__)


def each_by_itself(
    subjects: Iterable[UUID], act: Callable[[UUID], int], *, kind: str, reference: str, by: Actor
) -> int:
    """Do `act` for each subject, in a transaction of its own; return the sum of what it returns.

    One that raises is rolled back, logged by the type of its error, and promised as work of the registered `kind` with
    `reference` naming the subject: it is tried again with growing pauses, and operators see it among what fails. The
    others go on.
    """
    total = 0
    for subject in subjects:
        try:
            with transaction.atomic():
                total += act(subject)
        except Exception as error:
            log.error("watch_failed", kind=kind, subject=str(subject), error=type(error).__qualname__)
            with transaction.atomic():
                promise(kind=kind, key=f"{kind.replace('_', '-')}:{subject}", references={reference: subject}, by=by)
    return total
