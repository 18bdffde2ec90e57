"""Streams the whole record past the pure verifier. One snapshot, server-side cursors, constant memory."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from django.db import connection, transaction

from audit.domain.chain import EntryContent, Finding, SealContent, Verifier

ROWS_AT_ONCE = 2000
ENTRY_COLUMNS = [column.name for column in fields(EntryContent)]

# The entry's columns in the order of ENTRY_COLUMNS.
LINKS = """
SELECT s.position, s.entry_id, s.entry_digest, s.previous, s.digest, s.sealed_at,
       e.id, e.at, e.actor_id, e.actor_name, e.agency_id, e.roles, e.verb,
       e.subject_type, e.subject_id, e.outcome, e.rule, e.request_id, e.detail::text
FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry_id
ORDER BY s.position
"""

WITHOUT_SEAL = """
SELECT coalesce(e.id, u.entry_id), e.at, u.entry_id IS NOT NULL
FROM audit_entry e FULL JOIN audit_unsealed u ON u.entry_id = e.id
WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.entry_id = coalesce(e.id, u.entry_id))
ORDER BY 1
"""


def verify(verifier: Verifier) -> Iterator[Finding]:
    """Recompute the chain of the whole record, and yield what is wrong as it is found; totals end up in `verifier`.

    Takes a transaction of its own, so that all of it is one snapshot while others write; RuntimeError inside another.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for row in _stream(LINKS):
            seal = SealContent(*row[:6])
            yield from verifier.link(seal, _entry(row[6:]) if row[6] is not None else None)
        for entry_id, at, queued in _stream(WITHOUT_SEAL):
            yield from verifier.unsealed(entry_id, at, queued=queued)
    yield from verifier.end()


def _stream(query: str) -> Iterator[Sequence[Any]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows


def _entry(row: Sequence[Any]) -> EntryContent:
    columns = dict(zip(ENTRY_COLUMNS, row, strict=True))
    return EntryContent(**{**columns, "roles": tuple(columns["roles"]), "detail": json.loads(columns["detail"])})
