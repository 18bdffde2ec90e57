"""What can't be beaten: a task that does nothing, and the bare insert of the rows that a referral adds.

`celery -A bench.limits worker` is a worker with the system's own settings whose one task says when it ran.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from typing import Any

import django
import psycopg2
from celery import Celery

from bench.measuring import cpu_seconds
from bench.system import System
from tests.support import eventually

QUEUE, DONE, WARM_UP = "nothing", "bench-nothing-done", 8

app = Celery("nothing")
if os.environ.get("DJANGO_SETTINGS_MODULE"):
    django.setup()
    app.config_from_object("django.conf:settings", namespace="CELERY")


@app.task(name="bench.nothing")
def nothing(sent: float) -> None:
    """Do nothing, and tell how long after its sending."""
    took = time.time() - sent
    with app.connection_for_write() as connection:
        channel: Any = connection.default_channel
        channel.client.rpush(DONE, took)


@dataclass(frozen=True, slots=True)
class Nothing:
    """Tasks that did nothing: seconds from sending to running of each, and CPU-seconds of worker and broker a task."""

    seconds: list[float]
    cpu: float


def tasks_of_nothing(system: System, *, rate: float, count: int) -> Nothing:
    """Run `count` tasks that do nothing at `rate` a second, through the system's broker, in a worker of their own."""
    system.start_process(
        "nothing",
        "worker",
        *("celery", "-A", "bench.limits", "worker", "--concurrency", "2", "--queues", QUEUE),
        *("--without-mingle", "--without-gossip", "--loglevel", "WARNING"),
    )
    roots = {name: pid for name, pid in system.cpu_roots().items() if name in {"nothing", "redis"}}
    client = Celery(broker=system.variables("worker")["REDIS_URL"])
    with client.connection_for_write() as connection:
        channel: Any = connection.default_channel

        def done(expected: int) -> bool:
            return bool(channel.client.llen(DONE) >= expected)

        def send() -> None:
            client.send_task("bench.nothing", args=[time.time()], queue=QUEUE, connection=connection)

        # The first ones start the worker's processes and connections, and aren't counted.
        for _ in range(WARM_UP):
            send()
        eventually(lambda: done(WARM_UP), within=300)
        cpu, began = cpu_seconds(roots), time.monotonic()
        for number in range(count):
            time.sleep(max(0.0, began + number / rate - time.monotonic()))
            send()
        eventually(lambda: done(WARM_UP + count), within=300)
        used = sum(cpu_seconds(roots).values()) - sum(cpu.values())
        seconds = [float(took) for took in channel.client.lrange(DONE, WARM_UP, -1)]
        channel.client.delete(DONE)
    system.kill("nothing")
    return Nothing(seconds, used / count)


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows each table of the system holds."""

    counts: dict[str, int]

    @classmethod
    def now(cls, system: System) -> "Rows":
        """Count them."""
        tables = [name for (name,) in system.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        return cls({name: int(system.rows(f'SELECT count(*) FROM "{name}"')[0][0]) for name in sorted(tables)})

    def since(self, before: "Rows") -> dict[str, int]:
        """Return by how many each table has grown, those that have."""
        return {name: count - before.counts[name] for name, count in self.counts.items() if count > before.counts[name]}


def seconds_of_insert(
    system: System, grown: dict[str, int], referrals: int, *, clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Return the seconds, by `clock`, of inserting as many rows as each of so many referrals added, each in one
    transaction.

    The rows are those that were added last, into tables with the same columns and indexes but empty: one COPY a table,
    nothing read, no foreign key checked.
    """
    connection = psycopg2.connect(system.database_url("owner"))
    seconds = []
    with connection.cursor() as cursor:
        chunks: dict[str, list[list[str]]] = {}
        for name, count in grown.items():
            cursor.execute(f'CREATE TABLE "bare_{name}" (LIKE "{name}" INCLUDING ALL)')
            kept = StringIO()
            cursor.copy_expert(f'COPY (SELECT * FROM "{name}" ORDER BY ctid DESC LIMIT {count}) TO STDOUT', kept)
            lines = kept.getvalue().splitlines(keepends=True)
            chunks[name] = [lines[one::referrals] for one in range(referrals)]
        connection.commit()
        for one in range(referrals):
            began = clock()
            for name, parts in chunks.items():
                if parts[one]:
                    cursor.copy_expert(f'COPY "bare_{name}" FROM STDIN', StringIO("".join(parts[one])))
            connection.commit()
            seconds.append(clock() - began)
    connection.close()
    return seconds
