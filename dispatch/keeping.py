"""What a worker does: keep one promise, or sweep for those that nobody is keeping."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

import structlog
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone
from structlog.contextvars import bound_contextvars

from dispatch import broker, leases
from dispatch.domain.promise import Promise
from dispatch.domain.queues import Queue
from dispatch.models import Pulse
from dispatch.registry import registered

log = structlog.get_logger(__name__)

# A row is told of again after two sweeps without a claim: often enough to mend a lost message, seldom enough
# that a long backlog does not fill the broker with copies.
WAKE_AGAIN = timedelta(seconds=20)
BATCH = 200
# The sweep tells again of what was told of so long ago; an e-mail may take twenty seconds, which its limit outlasts.
LONG_ENOUGH = WAKE_AGAIN
SWEEP = "sweep"
"""Name of the sweep's pulse."""


def keep(row_id: UUID) -> None:
    """Make one attempt at a promise, if there is one to make. Harmless however often it is called.

    Claim and commit; run the handler outside any transaction; finish with its effect, or record the failure, only
    while the lease is held. Nothing that the handler raises leaves this function. A worker that dies anywhere in
    between leaves a lease that runs out.
    """
    now = timezone.now()
    promise = leases.claim(row_id, now=now)
    if promise is None:
        if leases.park_exhausted(row_id, now=now):
            log.error("promise_parked", row_id=str(row_id), why="exhausted")
        return
    # What the handler logs carries the number of the request that called for the work.
    with bound_contextvars(request_id=promise.request_id, row_id=str(row_id)):
        _attempt(row_id, promise)


def keep_each(row_ids: Sequence[UUID]) -> None:
    """Keep one promise after the other. After `LONG_ENOUGH` no other is begun, so that the limits of one attempt are
    those of all: what is left the next sweep tells of."""
    began = monotonic()
    for row_id in row_ids:
        keep(row_id)
        if monotonic() - began > LONG_ENOUGH.total_seconds():
            break


def _attempt(row_id: UUID, promise: Promise) -> None:
    try:
        effect = registered(promise.kind).call(promise)
        leases.finish(promise, effect, now=timezone.now())
    except leases.LeaseLost:
        log.warning("lease_lost", row_id=str(row_id), kind=promise.kind, attempt=promise.attempt)
    except Exception as error:
        # The soft time limit arrives here as well, and is a failure like any other.
        _record_failure(promise, error)


def sweep(*, now: datetime) -> int:
    """Wake workers for every row that waits at `now` (aware); return how many rows. The guarantee behind each promise.

    Urgent rows go first. At most BATCH rows of each queue a sweep, so that a flood in one does not hold up another.
    """
    Pulse.objects.update_or_create(name=SWEEP, defaults={"at": now})
    told = 0
    for queue in Queue:
        found = leases.ready_to_wake(queue, now=now, again=WAKE_AGAIN, most=BATCH)
        if found and not broker.wake((row_id, queue) for row_id in found):
            break
        told += len(found)
    if told:
        log.info("outbox_swept", rows=told)
    return told


def _record_failure(promise: Promise, error: Exception) -> None:
    log.warning("promise_failed", row_id=str(promise.id), kind=promise.kind, attempt=promise.attempt, exc_info=error)
    if not connection.in_atomic_block:
        # A connection that broke during the attempt would refuse the next statement too: start afresh.
        connection.close_if_unusable_or_obsolete()
    try:
        state = leases.fail(promise, error, now=timezone.now())
    except leases.LeaseLost:
        log.warning("lease_lost", row_id=str(promise.id), kind=promise.kind, attempt=promise.attempt)
    except (DatabaseError, InterfaceError) as trouble:
        # The lease will run out by itself.
        log.warning("failure_not_recorded", row_id=str(promise.id), error=type(trouble).__qualname__)
    else:
        if state == "parked":
            log.error("promise_parked", row_id=str(promise.id), kind=promise.kind, why=leases.error_name(error))
