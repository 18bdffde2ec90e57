"""manage.py outbox: what waits in the background; for whoever has a shell when the pages are of no use."""

import json
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from dispatch import actions, selectors
from dispatch.domain.permissions import OPERATOR
from dispatch.models import OutboxRow

# Whoever may run commands on the server has an operator's rights; the audit record says that it was the command.
COMMAND = Actor(person_id=None, name="command line: outbox", agency_id=None, roles=frozenset({OPERATOR}))


class Command(BaseCommand):
    help = "Lists what is due, in work or parked; tries one piece of work again with --retry."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retry", metavar="ID", type=UUID, help="try this piece of work again now")
        parser.add_argument("--json", action="store_true", help="print depth and rows as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry"]:
            self._retry(options["retry"])
        elif options["json"]:
            self.stdout.write(json.dumps(_as_data(), indent=2))
        else:
            self._list()

    def _retry(self, row_id: UUID) -> None:
        try:
            row = actions.retry_now(row_id=row_id, by=COMMAND)
        except OutboxRow.DoesNotExist:
            raise CommandError(f"There is no work {row_id}.") from None
        except Refusal as refusal:
            raise CommandError(refusal.reason) from None
        self.stdout.write(f"{row.kind} {row.pk} will be tried again now.")

    def _list(self) -> None:
        for queue in selectors.depth(timezone.now()).queues:
            self.stdout.write(
                f"{queue.queue}: {queue.due} due, {queue.failing} failing, {queue.leased} in work,"
                f" {queue.late} late, {queue.parked} parked"
            )
        for gateway in selectors.gateways(timezone.now()):
            self.stdout.write(
                f"{gateway.gateway.label}: {gateway.gateway.state}, {gateway.due} due, {gateway.failing} failing,"
                f" {gateway.parked} parked"
            )
        for row in selectors.waiting().iterator():
            self.stdout.write(
                f"{row.pk}  {row.state:<7} {row.queue:<9} {row.kind}  attempts {row.attempts}"
                f"  next {row.next_try_at:%Y-%m-%d %H:%M:%SZ}  {row.last_error}".rstrip()
            )


def _as_data() -> dict[str, object]:
    depth = selectors.depth(timezone.now())
    return {
        "queues": [
            {
                "queue": queue.queue,
                "due": queue.due,
                "failing": queue.failing,
                "in_work": queue.leased,
                "late": queue.late,
                "parked": queue.parked,
                "oldest_due_seconds": queue.oldest_due and int(queue.oldest_due.total_seconds()),
            }
            for queue in depth.queues
        ],
        "gateways": [
            {
                "name": gateway.gateway.name,
                "label": gateway.gateway.label,
                "state": gateway.gateway.state,
                "failures": gateway.gateway.failures,
                "due": gateway.due,
                "failing": gateway.failing,
                "parked": gateway.parked,
            }
            for gateway in selectors.gateways(timezone.now())
        ],
        "rows": [
            {
                "id": str(row.pk),
                "kind": row.kind,
                "queue": row.queue,
                "state": row.state,
                "attempts": row.attempts,
                "next_try_at": row.next_try_at.isoformat(),
                "last_error": row.last_error,
            }
            for row in selectors.waiting()
        ],
    }
