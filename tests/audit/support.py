"""What the audit tests share: people who act, other database roles, rows written by hand, the verifier's answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from typing import Any
from uuid import UUID, uuid4

from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.html import strip_tags

from audit.actions import record, seal
from audit.domain.actor import Actor
from audit.domain.chain import Finding, Verifier
from audit.models import Entry
from audit.verification import verify
from tests.support import as_owner

CHILD = UUID("6b1f2c1e-0000-4000-8000-000000000001")


def actor(*roles: str, name: str = "Priya Raman") -> Actor:
    return Actor(person_id=uuid4(), name=name, agency_id=uuid4(), roles=frozenset(roles), request_id="request-1")


@contextmanager
def as_worker() -> Iterator[None]:
    """The worker's rights for a moment; then the web role's again."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE referrals_worker")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SET ROLE referrals_web")


def seal_as_worker(now: datetime | None = None) -> int:
    with as_worker():
        return seal(now=now or datetime.now(UTC))


def written(number: int) -> list[Entry]:
    """So many entries, committed as the web role writes them."""
    by = actor("screener")
    return [record("people.view", by=by, subject_type="person", subject_id=CHILD) for _ in range(number)]


def tamper(statement: str, *parameters: int) -> None:
    """Do what only the tables' owner can."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def found(expect: str = "") -> list[Finding]:
    return list(verify(Verifier(expect=expect)))


def verified(*arguments: str) -> tuple[int, str]:
    """The command's exit status and what it printed."""
    out = StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out)
    except CommandError as error:
        return error.returncode, f"{out.getvalue()}{error}"
    return 0, out.getvalue()


def rows_of(response: Any) -> list[str]:
    """The rows of the auditor's page as they are read."""
    body = response.content.decode().partition("<tbody")[2].partition("</tbody>")[0]
    rows = [row.partition(">")[2].replace("<wbr>", "").replace("<br>", " ") for row in body.split("<tr")[1:]]
    return [" ".join(strip_tags(row).split()) for row in rows]
