"""Making a promise, and what an operator may do about one. Other rooms do `from dispatch.actions import promise`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from audit.actions import record
from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from dispatch import broker, other_ways
from dispatch.domain.lifecycle import State, Verb, after
from dispatch.domain.other_ways import BY_HAND, LONGEST
from dispatch.domain.permissions import check_retry, check_send_another_way, check_set_aside
from dispatch.domain.promise import Reference, checked_key, checked_references
from dispatch.domain.queues import Queue
from dispatch.kept_from import is_kept_from
from dispatch.leases import note, note_each
from dispatch.models import OutboxRow, SentAnotherWay
from dispatch.registry import registered


class KeyTaken(ValueError):
    """The key belongs to another promise: a mistake in the code that built it, which would lose one of the two."""


def promise(
    *,
    kind: str,
    key: str,
    references: Mapping[str, UUID | Reference],
    by: Actor,
    queue: Queue | None = None,
    wake: bool = True,
) -> OutboxRow:
    """Promise work of a registered `kind`, in the caller's transaction; return the row.

    It will be tried from the moment the transaction commits, until it is done or parked. The same `key` twice is the
    same promise and returns the row that is there, whose `is_new` is false. `queue` is the handler's unless given. Keys
    and references hold ids only (`dispatch.domain.promise`), else ValueError. Without `wake` no worker is told of it
    until the next sweep: where nobody may see by the time that an answer takes whether there is one.

    Raises TransactionManagementError outside a transaction: a promise without the change that calls for it is a
    mistake. Raises UnknownKind when no handler is registered, and KeyTaken when the key belongs to other work.
    """
    return promise_each(kind=kind, each={key: references}, by=by, queue=queue, wake=wake)[key]


def promise_each(
    *,
    kind: str,
    each: Mapping[str, Mapping[str, UUID | Reference]],
    by: Actor,
    queue: Queue | None = None,
    wake: bool = True,
) -> dict[str, OutboxRow]:
    """Promise work of one kind several times, as `promise` does: `each` holds the references by key. Return the rows by
    key. Three statements, however many they are.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("a promise is made inside the transaction of the change that calls for it")
    found = registered(kind)
    stored = {checked_key(key): checked_references(references) for key, references in each.items()}
    now = timezone.now()
    # In the order of their keys: two transactions that make the same promises wait for each other in one direction.
    new = {
        key: OutboxRow(
            key=key,
            kind=found.kind,
            queue=queue or found.queue,
            references=stored[key],
            next_try_at=now,
            woken_at=now if wake else None,
            created_at=now,
            request_id=by.request_id[:64],
        )
        for key in sorted(stored)
    }
    # ON CONFLICT waits for another transaction that holds the key: two at once end with one row, and no error.
    OutboxRow.objects.bulk_create(new.values(), ignore_conflicts=True)
    rows = {row.key: row for row in OutboxRow.objects.filter(key__in=new)}
    for key, row in rows.items():
        row.is_new = row.pk == new[key].pk
        if not row.is_new and (row.kind, row.references) != (kind, stored[key]):
            raise KeyTaken(key)
    made = [row for row in rows.values() if row.is_new]
    note_each([row.pk for row in made], before=None, after=State.DUE, at=now, by=by)
    if wake:
        for row in made:
            _wake_on_commit(row)
    return rows


def retry_now(*, row_id: UUID, by: Actor) -> OutboxRow:
    """Make a promise due at once, with all its attempts again; return the row. For operators.

    Raises Refusal when the actor may not, or the promise is done or in work; OutboxRow.DoesNotExist when there is none.
    """
    now = timezone.now()
    with transaction.atomic():
        row, before = _locked(row_id, by, now)
        check_retry(by, before, row_id=row_id)
        row.state = after(before, Verb.RETRY)
        row.attempts, row.next_try_at, row.woken_at, row.parked_at = 0, now, now, None
        row.save(update_fields=["state", "attempts", "next_try_at", "woken_at", "parked_at"])
        note(row.pk, before=before, after=State(row.state), at=now, by=by, why="to be tried again now")
        record("outbox.retry", by=by, subject_type="outbox_row", subject_id=row.pk, detail={"kind": row.kind})
        _wake_on_commit(row)
    return row


def set_aside(*, row_id: UUID, reason: str, by: Actor) -> OutboxRow:
    """End the attempts at a promise without its being done; return the row. For operators, who say why.

    Raises Refusal when the actor may not, the promise is done or in work, or `reason` is empty or too long;
    OutboxRow.DoesNotExist when there is none. The reason stays with the row and out of the audit record and the logs.
    """
    now = timezone.now()
    with transaction.atomic():
        row, before = _locked(row_id, by, now)
        check_set_aside(by, before, reason, row_id=row_id)
        row.state = after(before, Verb.SET_ASIDE)
        row.parked_at = None
        row.save(update_fields=["state", "parked_at"])
        note(row.pk, before=before, after=State(row.state), at=now, by=by, why=reason.strip())
        record("outbox.set_aside", by=by, subject_type="outbox_row", subject_id=row.pk, detail={"kind": row.kind})
    return row


def send_another_way(*, row_id: UUID, way: str, to_whom: str = "", by: Actor) -> SentAnotherWay:
    """Record that a piece of work that fails went by hand, or send it by another gateway of whoever it is for; return
    the row. For operators. Where that replaces it, it is set aside; a delivery to a queue is tried on all the same.

    Raises Refusal when the actor may not, the promise is done or in work, there is no such way, or by hand nobody is
    named to whom; OutboxRow.DoesNotExist when there is none.
    """
    now = timezone.now()
    with transaction.atomic():
        row, before = _locked(row_id, by, now)
        check_send_another_way(by, before, row_id=row_id)
        ways = other_ways.ways_of(row, now=now)
        named = to_whom.strip()
        if ways is None or way not in {BY_HAND, *dict(ways.gateways)}:
            raise _no_way("It can't go this way.", row_id)
        if way == BY_HAND and not (named and len(named) <= LONGEST):
            raise _no_way(f"Say whom you spoke to, in at most {LONGEST} characters.", row_id)
        if way != BY_HAND:
            other_ways.take(row, way, by=by)
        sent = SentAnotherWay.objects.create(
            row=row,
            way=way,
            label=ways.label(way)[:200],
            to_whom=named if way == BY_HAND else "",
            at=now,
            by_id=by.person_id,
            by_name=by.name[:200],
        )
        detail = {"kind": row.kind, "way": way}
        record("outbox.another_way", by=by, subject_type="outbox_row", subject_id=row.pk, detail=detail)
        if ways.replaces:
            row.state = after(before, Verb.SET_ASIDE)
            row.parked_at = None
            row.save(update_fields=["state", "parked_at"])
            note(row.pk, before=before, after=State(row.state), at=now, by=by, why=f"went another way: {sent.label}")
    return sent


def _no_way(reason: str, row_id: UUID) -> Refusal:
    return Refusal(reason, rule="outbox.another_way", subject_type="outbox_row", subject_id=row_id)


def send_email(
    *, template: str, person_id: UUID, key: str, by: Actor, references: Mapping[str, UUID | Reference] | None = None
) -> OutboxRow:
    """Promise an e-mail to a person, in the caller's transaction; return the row.

    `template` is registered with `dispatch.email.register_template`; `references` fill the path of its link. The
    person's address is looked up when the e-mail is sent. Refusals are those of `promise`.
    """
    return send_emails(template=template, keys={person_id: key}, by=by, references=references)[key]


def send_emails(
    *, template: str, keys: Mapping[UUID, str], by: Actor, references: Mapping[str, UUID | Reference] | None = None
) -> dict[str, OutboxRow]:
    """Promise each of several people an e-mail of their own, as `send_email` does; return the rows by key.

    `keys` holds the key of each person's promise.
    """
    about = {**(references or {}), "template": template}
    return promise_each(
        kind="email", each={key: {**about, "person_id": person_id} for person_id, key in keys.items()}, by=by
    )


def _locked(row_id: UUID, by: Actor, now: datetime) -> tuple[OutboxRow, State]:
    """Return the row, locked, and its state; as in work while a worker's own statement holds it. For whom it is kept
    from there is none."""
    row = OutboxRow.objects.select_for_update(skip_locked=True).filter(pk=row_id).first()
    if row is not None and is_kept_from(row, by, now=now):
        raise OutboxRow.DoesNotExist
    if row is None:
        return OutboxRow.objects.get(pk=row_id), State.LEASED
    return row, State(row.state)


class _Wakes:
    """The rows of one transaction, told of at its end over one connection to the broker.

    A row whose savepoint was rolled back may be among them: waking for a row that isn't there does nothing.
    """

    def __init__(self) -> None:
        self.rows: list[tuple[UUID, str]] = []

    def tell(self) -> None:
        """Wake workers for every row, urgent ones first."""
        rows, self.rows = self.rows, []
        order = list(Queue)
        broker.wake(sorted(rows, key=lambda row: order.index(Queue(row[1]))))


def _wake_on_commit(row: OutboxRow) -> None:
    # Registered anew whenever the last registration is gone: with its transaction, or with a savepoint rolled back.
    wakes = next((wakes for entry in connection.run_on_commit if (wakes := _wakes_in(entry))), None)
    if wakes is None:
        wakes = _Wakes()
        transaction.on_commit(wakes.tell, robust=True)
    wakes.rows.append((row.pk, row.queue))


def _wakes_in(entry: Sequence[Any]) -> _Wakes | None:
    """What an entry of Django's list of things to do on commit belongs to: its second part is the function."""
    found = getattr(entry[1], "__self__", None)
    return found if isinstance(found, _Wakes) else None
