"""Writing the audit record, and sealing it. Others do `from audit.actions import record`."""

from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import connection, transaction

from audit.domain.actor import Actor
from audit.domain.chain import next_seal
from audit.domain.permissions import check_read_audit
from audit.domain.refusal import Refusal
from audit.domain.search import Search
from audit.domain.wording import Detail, checked_detail, checked_identifier, checked_name, in_slices
from audit.models import Entry, Seal, Unsealed
from audit.selectors import EntriesPage, entries_page

log = structlog.get_logger(__name__)

SEALER_LOCK = 0x5EA1E4
BATCH = 1000


def record(
    verb: str, *, by: Actor, subject_type: str, subject_id: UUID | int | str | None = None, detail: Detail | None = None
) -> Entry:
    """Write that `by` did `verb` ("people.view") to a subject, in the caller's transaction; return the row.

    So it commits with what it records, or not at all. Reading counts: a page that shows a record calls this in the
    same request. `detail` holds codes and numbers only; `audit.domain.wording` refuses anything else with ValueError.
    A list that is too long for one row goes on in further rows, written in one statement; the first is returned.
    """
    return _write(
        detail,
        verb=checked_name(verb),
        subject_type=checked_name(subject_type),
        subject_id=checked_identifier(subject_id),
        outcome=Entry.Outcome.ALLOWED,
        **_of(by),
    )


def record_refusal(refusal: Refusal, *, by: Actor, detail: Detail | None = None) -> Entry:
    """Write that `by` was refused something, in a transaction of its own; return the row, as `record` does.

    The verb is the rule that refused. Call it after the refused work has rolled back, as the middleware does: inside
    the caller's transaction the row would be lost with it, so RuntimeError is raised there.
    """
    with transaction.atomic(durable=True):
        return _write(
            detail,
            verb=checked_name(refusal.rule),
            subject_type=checked_name(refusal.subject_type or "unknown"),
            subject_id=checked_identifier(refusal.subject_id),
            outcome=Entry.Outcome.REFUSED,
            rule=refusal.rule,
            **_of(by),
        )


def read_entries(*, by: Actor, search: Search, older_than: int | None = None) -> EntriesPage:
    """Return a page of the audit record and record that `by` read it: what was searched for and which rows were shown.

    Raises Refusal unless `by` is an auditor.
    """
    check_read_audit(by)
    with transaction.atomic():
        page = entries_page(search, older_than=older_than)
        shown = {"shown": len(page.entries)}
        if page.entries:
            shown |= {"newest": page.entries[0].pk, "oldest": page.entries[-1].pk}
        record("audit.read", by=by, subject_type="audit", detail={**search.as_detail(), **shown})
    return page


def seal(*, now: datetime) -> int:
    """Chain every committed entry that waits, oldest number first; return how many. `now` is aware.

    One sealer works at a time: another one returns 0 at once. Entries that commit after this pass has looked, with
    smaller numbers too, are chained by the next pass. The head is logged, so that wherever the logs go there is a
    digest which the database's owner cannot change (`verify_audit --expect`).
    """
    sealed = 0
    while count := _seal_batch(now):
        sealed += count
        if count < BATCH:
            break
    return sealed


def _seal_batch(now: datetime) -> int:
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Held until this transaction has committed, so the next sealer sees the head written here.
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        last = Seal.objects.order_by("-position").first()
        head = last.content() if last else None
        waiting = Entry.objects.filter(pk__in=Unsealed.objects.values("entry_id")).order_by("pk")[:BATCH]
        seals = []
        for entry in waiting:
            head = next_seal(head, entry.content(), now)
            seals.append(Seal.of(head))
        if not seals or head is None:
            return 0
        Seal.objects.bulk_create(seals)
        Unsealed.objects.filter(pk__in=[seal.entry_id for seal in seals]).delete()
    log.info("audit_sealed", count=len(seals), position=head.position, digest=head.digest)
    return len(seals)


def _write(detail: Detail | None, **columns: Any) -> Entry:
    rows = [Entry(detail=part, **columns) for part in in_slices(checked_detail(detail))]
    if len(rows) == 1:
        rows[0].save()
        return rows[0]
    return Entry.objects.bulk_create(rows)[0]


def _of(actor: Actor) -> dict[str, object]:
    return {
        "actor_id": actor.person_id,
        "actor_name": actor.name[:200],
        "agency_id": actor.agency_id,
        "roles": sorted(actor.roles),
        # A client may name its own request id: no longer than the column.
        "request_id": actor.request_id[:64],
    }
