"""From pressing Send to being in the front door's queue, at 1, 5 and 10 a second, beside what can't be beaten.

    python -m bench.send_to_queue

It starts a whole system as `./run` does (two web processes, the workers, beat) on a PostgreSQL of its own that waits
for the disk, and writes drafts of the whole form. Then their Send buttons are pressed over HTTP at a steady rate,
whether or not the earlier ones were answered. "Answered" ends with the confirmation page, "in the queue" when another
connection sees the referral as received; both count from the moment at which it was due to be pressed. At the end the
queue's own page is opened, and it says how many that lists.

Beside it, in the same run: a Celery task that does nothing, through the same broker at the same rate, from sending to
running; and the bare COPY of as many rows as a referral adds, one transaction each. The ratio is the time to the queue
over both of them together.
"""

import argparse
import sys
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import uuid4

import psycopg2
from lxml import html

from bench.limits import Rows, seconds_of_insert, tasks_of_nothing
from bench.measuring import cpu_seconds, machine, share, table
from bench.sender import Sender
from bench.system import System, own_system
from dispatch.domain.queues import WORKERS

RATES = (1.0, 5.0, 10.0)
SECONDS = 20
POLL = 0.02
SEEN = """
    SELECT referral_id::text FROM referrals_routing_intake
    WHERE front_door = 'family-connect' AND received_at IS NOT NULL AND referral_id = ANY(%s::uuid[])
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One rate: seconds to the confirmation and to the queue, and CPU-seconds a referral by process."""

    rate: float
    answered: list[float]
    queued: list[float]
    cpu: dict[str, float]
    grown: dict[str, int]


class Pressing:
    """Presses of Send by one person, at a steady rate, from many threads."""

    def __init__(self, system: System, sender: Sender) -> None:
        self.system = system
        # The cookies of the person who signed in: each press is a connection of its own, as of another person.
        self.cookies = sender.cookies
        tree = html.fromstring(sender.page)  # type: ignore[no-untyped-call]
        self.csrf = str(tree.xpath("//input[@name='csrfmiddlewaretoken']/@value")[0])

    def press(self, referral: str, due: float) -> float:
        """Press Send when it is due; return the seconds from then to the confirmation."""
        time.sleep(max(0.0, due - time.monotonic()))
        data = urlencode({"csrfmiddlewaretoken": self.csrf, "token": str(uuid4())}).encode()
        request = urllib.request.Request(
            f"{self.system.address}/r/{referral}/send/", data, headers={"Cookie": self.cookies}
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            page = answer.read().decode()
        assert "Referral sent" in page, page
        return time.monotonic() - due

    def at_rate(self, rate: float, referrals: list[str]) -> tuple[list[float], list[float]]:
        """Press for each referral; return the seconds to the confirmations and to the queue."""
        began = time.monotonic() + 1
        due = {referral: began + number / rate for number, referral in enumerate(referrals)}
        queued: dict[str, float] = {}
        watcher = threading.Thread(target=self._watch, args=(due, queued))
        watcher.start()
        with ThreadPoolExecutor(64) as pool:
            answered = list(pool.map(self.press, due.keys(), due.values()))
        watcher.join()
        return answered, [queued[referral] for referral in referrals]

    def _watch(self, due: dict[str, float], queued: dict[str, float]) -> None:
        connection = psycopg2.connect(self.system.database_url("owner"))
        connection.autocommit = True
        with connection.cursor() as cursor:
            while len(queued) < len(due):
                cursor.execute(SEEN, [[referral for referral in due if referral not in queued]])
                now = time.monotonic()
                for (referral,) in cursor.fetchall():
                    queued[referral] = now - due[referral]
                time.sleep(POLL)
        connection.close()


def measure(system: System, pressing: Pressing, rate: float, seconds: int) -> Measured:
    """Measure one rate, and wait until everything behind it is done, so that it burdens no other."""
    referrals = system.run("web", "bench.drafts", str(max(int(rate * seconds), 5)))
    before, cpu = Rows.now(system), cpu_seconds(system.cpu_roots())
    answered, queued = pressing.at_rate(rate, referrals)
    system.at_rest()
    used = {name: (after - cpu[name]) / len(referrals) for name, after in cpu_seconds(system.cpu_roots()).items()}
    return Measured(rate, answered, queued, used, Rows.now(system).since(before))


def report(measured: list[Measured], nothing: dict[float, list[float]], insert: list[float]) -> str:
    """Return the tables, in Markdown."""

    def shares(values: list[float]) -> list[str]:
        return [f"{share(values, percent) * 1000:.0f}" for percent in (50, 95, 99)]

    rows = []
    for one in measured:
        limit = share(nothing[one.rate], 50) + share(insert, 50)
        told = " / ".join
        rows.append(
            [
                f"{one.rate:g}",
                str(len(one.queued)),
                told(shares(one.answered)),
                told(shares(one.queued)),
                told(shares(nothing[one.rate])),
                told(shares(insert)),
                f"{share(one.queued, 50) / limit:.0f}",
            ]
        )
    head = ["a second", "referrals", "answered", "in the queue", "task that does nothing", "bare rows", "ratio"]
    processes = list(measured[0].cpu)
    cpu = [[f"{one.rate:g}", *(f"{one.cpu[name]:.3f}" for name in processes)] for one in measured]
    return (
        "Milliseconds, p50 / p95 / p99:\n\n"
        + table(head, rows)
        + "\n\nCPU-seconds a referral, with everything that follows from it (e-mail, copy, audit):\n\n"
        + table(["a second", *processes], cpu)
    )


def main() -> int:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=int, default=SECONDS, help="how long each rate lasts")
    seconds = parser.parse_args().seconds
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine()}", flush=True)
    with own_system("send-to-queue", durable=True) as system:
        system.prepare()
        for worker in WORKERS:
            system.start_worker(worker)
        system.start_beat()
        system.start_web(workers=2)
        sender = Sender(system, "officer")
        sender.sign_in()
        pressing = Pressing(system, sender)
        screener = Sender(system, "screener")
        screener.sign_in()
        screener.open("/queue/")
        in_demo = len(screener.references)
        system.at_rest()
        measured = [measure(system, pressing, rate, seconds) for rate in RATES]
        nothing = {rate: tasks_of_nothing(system, rate=rate, count=max(int(rate * 10), 20)).seconds for rate in RATES}
        insert = seconds_of_insert(system, measured[-1].grown, len(measured[-1].queued))
        sent = sum(len(one.queued) for one in measured)
        screener.open("/queue/")
        print(report(measured, nothing, insert))
        listed = len(screener.references) - in_demo
        print(f"\nOf {sent} referrals that were sent, the queue's own page lists {listed}.")
        print(f"Afterwards: {machine()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
