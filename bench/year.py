"""A year of England in a day on two cores: CPU-seconds a referral, without and with PDF copies.

    python -m bench.year

621,880 referrals a year are 7.2 a second when they come in one day; two cores then have 0.278 CPU-seconds for each.
Drafts of the whole form are written beforehand. Submitting (with the check, the decision to share and the routing) runs
in a process as the web's role; workers, PostgreSQL and Redis of the running system do what follows: delivery into the
queue, e-mail, audit, sealing. First no worker takes from the queue of the copies; then one does. CPU time is read from
the kernel for each process with its children, so that other load on the machine adds little to it.

Beside it: the bare COPY of the rows that a referral adds, and a Celery task that does nothing, in CPU-seconds.
"""

import argparse
import sys
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.limits import Rows, seconds_of_insert, tasks_of_nothing
from bench.measuring import cpu_seconds, machine, table
from bench.system import System, own_system

REFERRALS_A_YEAR = 621_880
CORES = 2
SECONDS_A_DAY = 24 * 60 * 60
AIM = CORES * SECONDS_A_DAY / REFERRALS_A_YEAR
# The copies of the first half are never drawn.
FORGET = "UPDATE dispatch_outboxrow SET state = 'set_aside' WHERE queue = 'documents' AND state = 'due'"


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU-seconds a referral by process, and how many rows each table grew by over all of them."""

    cpu: dict[str, float]
    grown: dict[str, int]

    @property
    def whole(self) -> float:
        """All of them together."""
        return sum(self.cpu.values())


def spend(system: System, count: int, *, but: str = "", profile: str = "") -> Spent:
    """Submit so many drafts and wait until all that follows is done, but for the queue named `but`."""
    drafts = system.run("web", "bench.drafts", str(count))
    system.at_rest(but=but)
    before, cpu = Rows.now(system), cpu_seconds(system.cpu_roots())
    submitting = system.run("web", "bench.submitting", *([profile] if profile else []), given=drafts) / (count - 1)
    system.at_rest(but=but)
    used = {name: (after - cpu[name]) / count for name, after in cpu_seconds(system.cpu_roots()).items()}
    return Spent({"submitting": submitting, **used}, Rows.now(system).since(before))


def cpu_of_insert(system: System, spent: Spent, count: int) -> float:
    """Return PostgreSQL's CPU-seconds for the bare rows of one referral."""
    roots = {"postgresql": system.cpu_roots()["postgresql"]}
    return sum(seconds_of_insert(system, spent.grown, count, clock=lambda: cpu_seconds(roots)["postgresql"])) / count


def report(without: Spent, copies: Spent, insert: float, nothing: float) -> str:
    """Return the table and the ratios, in Markdown."""
    names = list(dict.fromkeys([*without.cpu, *copies.cpu]))

    def row(title: str, spent: Spent) -> list[str]:
        cores = spent.whole * REFERRALS_A_YEAR / SECONDS_A_DAY
        shares = [f"{spent.cpu.get(name, 0.0):.3f}" for name in names]
        return [title, *shares, f"{spent.whole:.3f}", f"{spent.whole / AIM:.2f}", f"{cores:.1f}"]

    head = ["CPU-seconds a referral", *names, "together", f"of {AIM:.3f}", "cores for a year in a day"]
    return (
        table(head, [row("without copies", without), row("with copies", copies)])
        + f"\n\nThe bare rows of a referral: {insert * 1000:.1f} ms of PostgreSQL's CPU time; a task that does nothing:"
        + f" {nothing * 1000:.1f} ms. A referral without copies costs {without.whole / insert:.0f} times its bare rows"
        + f" and {without.whole / nothing:.0f} times a task that does nothing."
    )


def main() -> int:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--referrals", type=int, default=100, help="for each of the two")
    parser.add_argument("--profile", default="", help="a file for a profile of submitting; it then costs more")
    chosen = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine()}", flush=True)
    with own_system("year", durable=True) as system:
        system.prepare()
        system.start_worker("worker")
        system.start_worker("mail-worker")
        system.start_beat()
        system.at_rest(but="documents")
        spend(system, 10, but="documents")
        without = spend(system, chosen.referrals, but="documents", profile=chosen.profile)
        insert = cpu_of_insert(system, without, chosen.referrals)
        nothing = tasks_of_nothing(system, rate=20, count=400).cpu
        system.rows(FORGET)
        system.start_worker("document-worker")
        spend(system, 4)
        copies = spend(system, chosen.referrals)
        print(report(without, copies, insert, nothing))
        print(f"Afterwards: {machine()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
