"""Watches over many rows, in which a row that fails stops no other."""

from collections.abc import Callable, Iterable
from uuid import UUID

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils import timezone

from audit.domain.actor import Actor
from dispatch.actions import promise
from dispatch.selectors import next_key, waiting

log = structlog.get_logger(__name__)


def each_by_itself(
    subjects: Iterable[UUID], act: Callable[[UUID], int], *, kind: str, reference: str, by: Actor
) -> int:
    """Do `act` for each subject, in a transaction of its own; return the sum of what it returns.

    One that raises is rolled back, logged by the type of its error, and promised as work of the registered `kind` with
    `reference` naming the subject: it is tried again with growing pauses, and operators see it among what fails. Where
    an earlier failure of the same is done with, this is a new one (`next_key`). The others go on.

    Those that failed before, and whose promise isn't done, come last: one that hangs takes up the rest of a round and
    nobody else's turn in the next.

    Raises SoftTimeLimitExceeded where the round has lasted too long: the subject at hand is promised like one that
    failed, and the next round takes up the others.
    """
    total = 0
    for subject in _failing_last(subjects, kind, reference):
        try:
            with transaction.atomic():
                total += act(subject)
        except Exception as error:
            log.error("watch_failed", kind=kind, subject=str(subject), error=type(error).__qualname__)
            with transaction.atomic():
                key = next_key(f"{kind.replace('_', '-')}:{subject}", now=timezone.now())
                promise(kind=kind, key=key, references={reference: subject}, by=by)
            if isinstance(error, SoftTimeLimitExceeded):
                raise
    return total


def _failing_last(subjects: Iterable[UUID], kind: str, reference: str) -> list[UUID]:
    failing = {*waiting().filter(kind=kind).values_list(f"references__{reference}", flat=True)}
    return sorted(subjects, key=lambda subject: str(subject) in failing)
