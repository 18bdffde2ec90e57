"""Referrals sent over the web while the worker, the broker, the database and the web server are killed, from a seed.

    python -m bench.chaos --referrals 50 --seed 1

It starts a whole system on a PostgreSQL and a Redis of its own, with two beats, and a mail server that fails 30% of
the time. People send referrals over HTTP; a press that ended in an error page is repeated with the same form. Meanwhile
the workers and their children die by SIGKILL, Redis stops and forgets all, PostgreSQL dies, the web server dies, at
moments that follow from the seed; each is started again later. One referral's copy can't be drawn.

At the end each referral must be in its front door's queue exactly once, received once, with the clocks that the pack
says; every promise kept but the copy that can't be drawn, which waits for an operator; each e-mail taken by the mail
server, more than once only under the same Message-ID; and the audit chain must verify. What isn't so is printed, and
the exit status is 1.
"""

import argparse
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.mail_server import MailServer
from bench.poison import POISON
from bench.sender import Sender, Unreachable
from bench.system import System, own_system
from dispatch.domain.queues import WORKERS
from tests.support import eventually

APP = "bench.poisoned"
PEOPLE = ("officer", "healthvisitor", "primary-teacher")
WHOLE, ROUTINE = 0.3, 0.1
FAILING_MAIL = 0.3
# How long a run waits for something to happen. It bounds a run that hangs, and measures nothing.
PATIENCE = 900.0

ARRIVED = """
    SELECT count(DISTINCT referral.reference) FROM referrals_record_referral referral
    JOIN referrals_routing_intake intake ON intake.referral_id = referral.id
    WHERE intake.received_at IS NOT NULL AND intake.front_door = 'family-connect' AND referral.reference = ANY(%s)
"""
# With all promises there are at that moment: later ones, such as a warning that an hour has passed, are none of it.
UNDONE = "SELECT count(*) FILTER (WHERE state IN ('due', 'leased')), array_agg(id::text) FROM dispatch_outboxrow"
# What waits for its backoff waits no more; leases of the dead run out by themselves.
HURRY = "UPDATE dispatch_outboxrow SET next_try_at = now(), woken_at = NULL WHERE state = 'due' AND next_try_at > now()"
WAITING = """
    SELECT kind, queue, state, attempts, next_try_at::text, woken_at::text, leased_until::text, last_error
    FROM dispatch_outboxrow WHERE state IN ('due', 'leased') ORDER BY created_at
"""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something that happens once so many referrals have been sent."""

    sent: int
    what: str


def faults(chance: random.Random, referrals: int) -> list[Fault]:
    """Return what goes wrong and when, over a run of so many referrals: more in a longer one."""

    def moments(one_in: int, most: int) -> list[int]:
        count = min(max(referrals // one_in, 1), most)
        return sorted(chance.randrange(1, max(referrals - 2, 2)) for _ in range(count))

    planned = []
    for what, back, one_in, most in (
        ("kill worker", "start worker", 10, 24),
        ("kill mail-worker", "start mail-worker", 20, 12),
        ("kill document-worker", "start document-worker", 20, 12),
        ("stop broker", "start broker", 20, 12),
    ):
        for moment in moments(one_in, most):
            planned += [Fault(moment, what), Fault(moment + chance.randrange(1, 5), back)]
    planned += [Fault(moment, "restart database") for moment in moments(20, 12)]
    planned += [Fault(moment, "kill web") for moment in moments(50, 4)]
    return sorted(planned)


@dataclass
class Report:
    """What a run saw. It went well when `problems` is empty."""

    referrals: int
    seed: int
    problems: list[str] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)
    error_pages: Counter[int] = field(default_factory=Counter)
    seconds_to_queue: list[float] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """The report, a fact a line."""
        yield f"{self.referrals} referrals, seed {self.seed}"
        yield "What happened: " + ", ".join(f"{what} × {count}" for what, count in sorted(self.happened.items()))
        yield "Presses without an answer, by status: " + ", ".join(
            f"{k or 'none'} × {n}" for k, n in self.error_pages.items()
        )
        if self.seconds_to_queue:
            middle, last = self.seconds_to_queue[len(self.seconds_to_queue) // 2], self.seconds_to_queue[-1]
            yield f"From sent to queue, through all of it: median {middle:.1f} s, longest {last:.1f} s"
        yield from (f"{name.replace('_', ' ')}: {value}" for name, value in self.counts.items())
        yield from (f"PROBLEM: {problem}" for problem in self.problems)
        if not self.problems:
            yield "Nothing was lost, nothing came twice."


@dataclass
class Run:
    """One run on one system."""

    system: System
    mail: MailServer
    report: Report
    whole: float = WHOLE
    sent: list[str] = field(default_factory=list)
    undrawable: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    _next: Iterator[int] = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def go(self) -> Report:
        """Send everything through all the faults, wait until all has come to rest, and gather the evidence."""
        since = datetime.now(UTC)
        self._next = iter(range(self.report.referrals))
        senders = [Sender(self.system, person) for person in PEOPLE]
        for sender in senders:
            sender.sign_in()
        planned = faults(random.Random(self.report.seed), self.report.referrals)
        with ThreadPoolExecutor(len(senders)) as pool:
            sending = [pool.submit(self._send_many, sender) for sender in senders]
            try:
                for fault in planned:
                    self._reach(fault.sent, sending)
                    self._happen(fault.what, senders)
                for name in ("broker", *WORKERS):
                    self._happen(f"start {name}", senders)
                for one in sending:
                    one.result()
            finally:
                # A run that breaks off sends no more than what is in hand.
                self._next = iter(())
        for sender in senders:
            for status, page in sender.faults:
                self.report.error_pages[status] += 1
                # What is away for a while has a page of its own (503). Another error is one of the program.
                if status not in (0, 503):
                    self.report.problems.append(f"an error page with status {status}: {page[:300]}")
                elif status and "can't reach" not in page:
                    self.report.problems.append(f"an error page with status {status} says nothing of use")
        self._tell("all sent")
        self._gather(since, self._rest())
        return self.report

    def _send_many(self, sender: Sender) -> None:
        while True:
            with self._lock:
                number = next(self._next, None)
            if number is None:
                return
            chance = random.Random(f"{self.report.seed}:{number}")
            poisoned = number == self.report.referrals // 2
            reference = self._send_one(sender, chance, f"She is afraid to go home{f', {POISON}' if poisoned else ''}")
            with self._lock:
                self.sent.append(reference)
                if poisoned:
                    self.undrawable.append(reference)

    def _send_one(self, sender: Sender, chance: random.Random, worry: str) -> str:
        """Write until no page fails, as somebody who starts again; then send the one that was written."""
        whole, urgent = chance.random() < self.whole, chance.random() >= ROUTINE / WHOLE
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                form = sender.write_whole_form(worry, urgent=urgent) if whole else sender.write_first_facts(worry)
            except Unreachable:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)
            else:
                return sender.send(form)

    def _reach(self, number: int, sending: list[Future[None]]) -> None:
        """Wait until so many are sent, or all are."""

        def reached() -> bool:
            for one in sending:
                if one.done():
                    one.result()
            return len(self.sent) >= number or all(one.done() for one in sending)

        eventually(reached, within=PATIENCE)

    def _happen(self, what: str, senders: list[Sender]) -> None:
        verb, _, name = what.partition(" ")
        runs = name in self.system.processes
        if what == "stop broker":
            self.system.own.do("stop-redis")
        elif what == "start broker":
            self.system.own.do("start")
        elif what == "restart database":
            self._restart_database(senders)
        elif what == "kill web":
            self.system.kill("web")
            self.system.start_web()
        elif verb == "kill" and runs:
            self.system.kill(name)
        elif verb == "start" and not runs:
            self.system.start_worker(name, app=APP)
        else:
            return
        self.report.happened[what] += 1
        self._tell(what)

    def _restart_database(self, senders: list[Sender]) -> None:
        """Stop it, and start it once somebody has been shown that it is away."""

        def shown() -> int:
            return sum(len(sender.faults) for sender in senders)

        before = shown()
        self.system.own.do("stop-postgres")
        eventually(lambda: shown() > before or len(self.sent) == self.report.referrals, within=PATIENCE)
        self.system.own.do("start")

    def _rest(self) -> list[str]:
        """Wait until every referral is in its queue; then until every promise is kept, without waiting for backoffs.
        Return the ids of the promises that there were at that moment."""
        promised: list[str] = []

        def all_arrived() -> bool:
            return bool(self.system.rows(ARRIVED, [self.sent])[0][0] == len(set(self.sent)))

        try:
            eventually(all_arrived, within=PATIENCE)
            self._tell("all in their queue")

            def all_kept() -> bool:
                nonlocal promised
                self.system.rows(HURRY)
                time.sleep(1)
                ((undone, promised),) = self.system.rows(UNDONE)
                return bool(undone == 0)

            eventually(all_kept, within=PATIENCE)
            self._tell("every promise kept")
        except AssertionError:
            left = self.system.rows(WAITING)
            self.report.problems.append(f"{len(left)} promises came to no rest, such as {left[:5]}")
        return promised

    def _gather(self, since: datetime, promised: list[str]) -> None:
        sent = {"references": self.sent, "undrawable": self.undrawable}
        asked = {"since": since.isoformat(), "promised": promised, **sent}
        found = self.system.run("worker", "bench.evidence", given=asked)
        self.report.problems += found.pop("problems")
        self.report.seconds_to_queue = found.pop("seconds_to_queue")
        self._gather_mail(found.pop("emails"), later=found.pop("later_emails"))
        self.report.counts |= found
        if "Nothing is wrong" not in self.system.manage("verify_audit", role="worker"):
            self.report.problems.append("the audit chain does not verify")

    def _gather_mail(self, promised: dict[str, str], *, later: list[str]) -> None:
        taken = self.mail.taken
        for message_id, address in promised.items():
            if set(taken.messages.get(message_id, [])) != {address}:
                self.report.problems.append(f"e-mail {message_id} reached {taken.messages.get(message_id, 'nobody')}")
        unknown = set(taken.messages) - {*promised, *later}
        self.report.problems += [f"e-mail {message_id} was never promised" for message_id in unknown]
        self.report.counts |= {
            "emails": len(promised),
            "emails_repeated_under_the_same_id": taken.repeated,
            "failures_of_the_mail_server": dict(taken.failures),
        }

    def _tell(self, what: str) -> None:
        minutes, seconds = divmod(int(time.monotonic() - self.began), 60)
        print(f"{minutes:3}:{seconds:02}  {len(self.sent):5} sent  {what}", flush=True)


def chaos(*, referrals: int, seed: int, whole: float = WHOLE, keep: Path | None = None) -> Report:
    """Run it; return what was seen. `keep` is a folder for the logs of the system's processes."""
    with (
        TemporaryDirectory(prefix="bench-mail-") as folder,
        MailServer(Path(folder), seed=seed, failing=FAILING_MAIL) as mail,
        own_system("chaos", more=mail.variables) as system,
    ):
        if keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            system.folder = keep
        system.prepare()
        for worker in WORKERS:
            system.start_worker(worker, app=APP)
        system.start_beat()
        system.start_beat("second-beat")
        system.start_web()
        return Run(system, mail, Report(referrals, seed), whole).go()


def main() -> int:
    """Run it from the command line; 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--referrals", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--whole", type=float, default=WHOLE, help="the share of whole forms; the rest is Send now")
    parser.add_argument("--keep", type=Path, help="a folder for the logs of the processes")
    chosen = parser.parse_args()
    report = chaos(referrals=chosen.referrals, seed=chosen.seed, whole=chosen.whole, keep=chosen.keep)
    for line in report.lines():
        print(line)
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
