"""Fifty referrals while the worker is killed again and again and the broker forgets everything: each arrives once."""

import json
import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import psycopg2
import pytest
from celery import Celery

from tests.stack import Stack
from tests.support import eventually
from tests.whole.sender import Sender

# Leases of killed workers run out after a minute, so this takes two or three.
pytestmark = [pytest.mark.stack, pytest.mark.long]

REFERRALS, KILLS = 50, 6

# What Family Connect has of each referral: intakes that have arrived, and arrivals that were written down.
QUEUE = """
    SELECT referral.reference, count(DISTINCT intake.id), count(change.id)
    FROM referrals_record_referral referral
    JOIN referrals_routing_intake intake ON intake.referral_id = referral.id
    LEFT JOIN referrals_routing_intakechange change ON change.intake_id = intake.id AND change.verb = 'arrive'
    WHERE intake.front_door = 'family-connect' AND intake.received_at IS NOT NULL
    GROUP BY referral.reference
"""


@pytest.fixture
def stack() -> Iterator[Stack]:
    """A system of its own: nobody else's worker dies."""
    running = Stack(f"stack_killed_{os.getpid()}").start()
    yield running
    running.stop()


def in_queue(stack: Stack) -> dict[str, tuple[int, int]]:
    """Reference → (intakes in Family Connect's queue, arrivals in their history), read as the owner."""
    connection = psycopg2.connect(stack.database_url("owner"))
    try:
        with connection.cursor() as cursor:
            cursor.execute(QUEUE)
            return {reference: (intakes, arrivals) for reference, intakes, arrivals in cursor.fetchall()}
    finally:
        connection.close()


def parked(stack: Stack) -> list[dict[str, Any]]:
    """The promises that wait for an operator, as `manage.py outbox --json` tells them."""
    told = json.loads(stack.manage("outbox", "--json"))
    assert sum(queue["parked"] for queue in told["queues"]) == len(
        [row for row in told["rows"] if row["state"] == "parked"]
    )
    return [row for row in told["rows"] if row["state"] == "parked"]


def lose_messages(stack: Stack) -> int:
    """Let the broker forget all that it holds for this system; return how many wake-ups were lost. No worker runs."""
    address = stack.variables("worker")["REDIS_URL"]
    with Celery(broker=address).connection_for_write() as connection:
        channel: Any = connection.default_channel
        waiting = eventually(lambda: channel.client.llen("urgent"))
        channel.client.flushdb()
    return int(waiting)


@pytest.mark.timeout(600)
def test_fifty_referrals_arrive_once_each_while_the_worker_is_killed(stack: Stack):
    seed = int(os.environ.get("SEED", random.SystemRandom().randrange(2**32)))
    print(f"SEED={seed}")  # noqa: T201 (pytest shows it when the test fails)
    chance = random.Random(seed)
    kills = sorted(chance.sample(range(2, REFERRALS - 8), KILLS))
    flush_at = chance.choice(kills)
    sent: list[str] = []

    def send(person: str) -> None:
        sender = Sender(stack, person)
        for number in range(REFERRALS // 2):
            sender.write(f"He is afraid, told for the {number + 1}. time")
            sent.append(sender.press_send())

    lost = 0
    with ThreadPoolExecutor(2) as pool:
        senders = [pool.submit(send, person) for person in ("teacher", "officer")]

        def reached(number: int) -> bool:
            for one in senders:
                if one.done():
                    one.result()
            return len(sent) >= number

        for number in kills:
            eventually(partial(reached, number), within=200)
            stack.kill("worker")
            if number == flush_at:
                lost = lose_messages(stack)
            stack.start_worker()
        for one in senders:
            one.result()

    assert lost > 0
    assert len(set(sent)) == len(sent) == REFERRALS

    def all_arrived() -> bool:
        assert stack.processes["worker"].poll() is None, stack.log("worker")[-3000:]
        return set(sent) <= in_queue(stack).keys()

    eventually(all_arrived, within=200)
    queue = in_queue(stack)
    assert {reference: queue[reference] for reference in sent} == dict.fromkeys(sent, (1, 1))
    assert "Nothing is wrong" in stack.manage("verify_audit", role="worker")
    assert parked(stack) == []
