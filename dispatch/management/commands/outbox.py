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
from dispatch.domain.other_ways import BY_HAND
from dispatch.domain.permissions import OPERATOR
from dispatch.models import OutboxRow
from dispatch.notices import notices
from dispatch.other_ways import ways_of
from dispatch.rounds import rounds

# Whoever may run commands on the server has an operator's rights; the audit record says that it was the command.
COMMAND = Actor(person_id=None, name="command line: outbox", agency_id=None, roles=frozenset({OPERATOR}))


class Command(BaseCommand):
    help = "Lists what is due, in work or parked; --retry tries one again, --another-way sends it another way."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retry", metavar="ID", type=UUID, help="try this piece of work again now")
        parser.add_argument("--ways", metavar="ID", type=UUID, help="print how this piece of work can go another way")
        parser.add_argument("--another-way", metavar="ID", type=UUID, help="record or send it another way, by --way")
        parser.add_argument("--way", default=BY_HAND, help="a gateway that --ways names; without it by hand, to --to")
        parser.add_argument("--to", default="", help="whom you told by hand")
        parser.add_argument("--json", action="store_true", help="print depth and rows as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry"]:
            self._retry(options["retry"])
        elif options["ways"]:
            self._ways(options["ways"])
        elif options["another_way"]:
            self._another_way(options["another_way"], options["way"], options["to"])
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

    def _ways(self, row_id: UUID) -> None:
        try:
            ways = ways_of(selectors.row_for(row_id), now=timezone.now())
        except OutboxRow.DoesNotExist:
            raise CommandError(f"There is no work {row_id}.") from None
        if ways is None:
            raise CommandError("It is for nobody who can be reached another way.")
        self.stdout.write(f"For {ways.for_whom}. {ways.say}")
        for line in ways.lines:
            self.stdout.write(f"by_hand  {line.name}: {line.number or 'no number is known'}  {line.note}".rstrip())
        for name, label in ways.gateways:
            self.stdout.write(f"{name}  {label}")

    def _another_way(self, row_id: UUID, way: str, to_whom: str) -> None:
        try:
            sent = actions.send_another_way(row_id=row_id, way=way, to_whom=to_whom, by=COMMAND)
        except OutboxRow.DoesNotExist:
            raise CommandError(f"There is no work {row_id}.") from None
        except Refusal as refusal:
            raise CommandError(refusal.reason) from None
        self.stdout.write(f"{sent.row.kind} {sent.row_id}: {sent.label.lower()}, recorded.")

    def _list(self) -> None:
        for queue in selectors.depth(timezone.now()).queues:
            self.stdout.write(
                f"{queue.queue}: {queue.due} due, {queue.failing} failing, {queue.leased} in work,"
                f" {queue.late} late, {queue.parked} parked"
            )
        now = timezone.now()
        for one in rounds():
            if one.silent(now):
                self.stdout.write(f"{one.name}: silent, last through {one.at or 'never'}")
        for notice in notices(now):
            self.stdout.write(f"{notice.heading}. {notice.say}")
        for gateway in selectors.gateways(now):
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
        "silent": [one.name for one in rounds() if one.silent(timezone.now())],
        "notices": [notice.heading for notice in notices(timezone.now())],
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
