"""Claiming, extending, finishing and failing: each one conditional change of one row.

Clocks decide when a row may be claimed; the lease token decides who may finish it. So clocks of several machines that
disagree cost a repeated attempt, never a repeated effect.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from audit.domain.actor import Actor
from dispatch.domain.backoff import MOST_ATTEMPTS, Park, after_failure
from dispatch.domain.lifecycle import State, is_step
from dispatch.domain.promise import NotTried, PermanentFailure, Promise, frozen
from dispatch.domain.queues import LIMITS, Queue
from dispatch.models import OutboxChange, OutboxRow
from dispatch.registry import Effect

WORKER = Actor.system("outbox")


class LeaseLost(Exception):
    """The lease ran out and somebody else holds the promise now, or an operator has dealt with it."""


# SKIP LOCKED: a row that another claim, a finish or an operator holds at this moment is theirs; nobody queues for it.
_CLAIM = """
    UPDATE dispatch_outboxrow SET
        state = 'leased', attempts = attempts + 1, lease_token = %(token)s,
        leased_until = (%(until)s::jsonb ->> dispatch_outboxrow.queue)::timestamptz
    FROM (
        SELECT id, state FROM dispatch_outboxrow
        WHERE id = %(id)s AND attempts < %(most)s
          AND ((state = 'due' AND next_try_at <= %(now)s) OR (state = 'leased' AND leased_until <= %(now)s))
        FOR UPDATE SKIP LOCKED
    ) AS free
    WHERE dispatch_outboxrow.id = free.id
    RETURNING free.state, dispatch_outboxrow.key, kind, dispatch_outboxrow."references", attempts, request_id
"""


def claim(row_id: UUID, *, now: datetime, lease: timedelta | None = None) -> Promise | None:
    """Take a due row, or one whose lease has run out, until `now` (aware) plus `lease`, its queue's unless given; count
    the attempt.

    Commits before it returns, so that a crash from here on leaves the attempt counted. Returns None when there is
    nothing to take: done, not yet due, held by somebody else, out of attempts, or not there.
    """
    token = uuid4()
    until = {
        queue.value: (now + (limits.lease if lease is None else lease)).isoformat() for queue, limits in LIMITS.items()
    }
    parameters: dict[str, UUID | datetime | int | str] = {
        "token": token,
        "until": json.dumps(until),
        "id": row_id,
        "most": MOST_ATTEMPTS,
        "now": now,
    }
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, parameters)
            taken = cursor.fetchone()
        if taken is None:
            return None
        state, key, kind, references, attempt, request_id = taken
        note(row_id, before=State(state), after=State.LEASED, at=now, why=f"attempt {attempt}")
    return Promise(
        id=row_id,
        key=key,
        kind=kind,
        references=frozen(json.loads(references)),
        attempt=attempt,
        request_id=request_id,
        lease_token=token,
    )


def extend(promise: Promise, *, now: datetime) -> None:
    """Give the holder of the lease its queue's full lease again from `now` (aware). LeaseLost when it holds none.

    For a handler that goes on longer than its lease; the time limits of its queue still end it.
    """
    row = OutboxRow.objects.filter(pk=promise.id).first()
    until = now + LIMITS[Queue(row.queue)].lease if row else now
    if not _held(promise).update(leased_until=until):
        raise LeaseLost


def finish(promise: Promise, effect: Effect | None, *, now: datetime) -> None:
    """Mark the promise done and run `effect`, in one transaction: both or neither.

    The row is changed first, so from then on nobody can take the lease while the effect is at work, and without the
    lease the effect never begins: LeaseLost.
    """
    with transaction.atomic():
        if not _held(promise).update(state=State.DONE, lease_token=None, leased_until=None, done_at=now, last_error=""):
            raise LeaseLost
        note(promise.id, before=State.LEASED, after=State.DONE, at=now)
        if effect is not None:
            effect()


def fail(promise: Promise, error: BaseException, *, now: datetime) -> State:
    """Put the promise back with its backoff, or park it; return its state. LeaseLost when it is not held any more.

    Of the error, the row keeps type and module; its message may quote what it should not.
    """
    name = error_name(error)
    if isinstance(error, NotTried):
        return _put_back(promise, error, name, now)
    outcome = after_failure(
        attempts=promise.attempt, permanent=isinstance(error, PermanentFailure), seed=str(promise.id)
    )
    with transaction.atomic():
        if isinstance(outcome, Park):
            return _park(promise.id, _held(promise), name, outcome.why, now)
        changed = _held(promise).update(
            state=State.DUE, lease_token=None, leased_until=None, next_try_at=now + outcome.wait, last_error=name
        )
        if not changed:
            raise LeaseLost
        note(promise.id, before=State.LEASED, after=State.DUE, at=now, why=name)
    return State.DUE


def _put_back(promise: Promise, error: NotTried, name: str, now: datetime) -> State:
    """What wasn't tried waits for as long as it says, with its attempts as they were."""
    with transaction.atomic():
        changed = _held(promise).update(
            state=State.DUE,
            lease_token=None,
            leased_until=None,
            next_try_at=now + error.wait,
            attempts=F("attempts") - 1,
            last_error=name,
        )
        if not changed:
            raise LeaseLost
        note(promise.id, before=State.LEASED, after=State.DUE, at=now, why=name)
    return State.DUE


def park_exhausted(row_id: UUID, *, now: datetime) -> bool:
    """Park a row whose last allowed attempt died without a word (its process was killed); return whether it was one."""
    worn_out = OutboxRow.objects.filter(
        pk=row_id, state=State.LEASED, leased_until__lte=now, attempts__gte=MOST_ATTEMPTS
    )
    with transaction.atomic():
        try:
            _park(row_id, worn_out, "", "exhausted", now)
        except LeaseLost:
            return False
    return True


def ready_to_wake(queue: Queue, *, now: datetime, again: timedelta, most: int) -> list[UUID]:
    """Mark up to `most` rows of a queue as woken at `now` and return their ids, the longest due first.

    Rows are due, or their lease has run out, and nobody was told of them within `again`. Any number of sweeps at
    once share the rows out between them.
    """
    waiting = Q(state=State.DUE, next_try_at__lte=now) | Q(state=State.LEASED, leased_until__lte=now)
    untold = Q(woken_at__isnull=True) | Q(woken_at__lte=now - again) | Q(woken_at__lt=F("next_try_at"))
    with transaction.atomic():
        found = list(
            OutboxRow.objects.select_for_update(skip_locked=True)
            .filter(waiting, untold, queue=queue)
            .order_by("next_try_at")
            .values_list("pk", flat=True)[:most]
        )
        OutboxRow.objects.filter(pk__in=found).update(woken_at=now)
    return found


def note(row_id: UUID, *, before: State | None, after: State, at: datetime, by: Actor = WORKER, why: str = "") -> None:
    """Write the change of a row's state, in the caller's transaction. ValueError for one that the table does not have.

    Every change comes through here, so the statements above cannot drift from the table.
    """
    note_each([row_id], before=before, after=after, at=at, by=by, why=why)


def note_each(
    row_ids: Sequence[UUID], *, before: State | None, after: State, at: datetime, by: Actor = WORKER, why: str = ""
) -> None:
    """Write the same change of several rows, as `note` does."""
    if before is not None and not is_step(before, after):
        raise ValueError(f"no promise goes from {before} to {after}")
    OutboxChange.objects.bulk_create(
        OutboxChange(
            row_id=row_id,
            before=before or "",
            after=after,
            at=at,
            by_id=by.person_id,
            by_name=by.name[:200],
            why=why[:200],
        )
        for row_id in row_ids
    )


def error_name(error: BaseException) -> str:
    """Return an exception's module and type: all that is kept of it."""
    return f"{type(error).__module__}.{type(error).__qualname__}"[:200]


def _held(promise: Promise) -> QuerySet[OutboxRow]:
    return OutboxRow.objects.filter(pk=promise.id, state=State.LEASED, lease_token=promise.lease_token)


def _park(row_id: UUID, held: QuerySet[OutboxRow], name: str, why: str, now: datetime) -> State:
    error = {"last_error": name} if name else {}
    if not held.update(state=State.PARKED, lease_token=None, leased_until=None, parked_at=now, **error):
        raise LeaseLost
    note(row_id, before=State.LEASED, after=State.PARKED, at=now, why=f"{why}: {name}" if name else why)
    return State.PARKED
