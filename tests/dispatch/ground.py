"""A PostgreSQL, a Redis and workers that only the kill tests use: they may kill, restart and empty all of them."""

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import UUID

import dj_database_url
import psycopg2
from django.db import connection, transaction
from django.utils import timezone

from audit.domain.actor import Actor
from dispatch.actions import promise
from dispatch.domain.promise import Reference
from dispatch.domain.queues import WORKERS, Queue
from dispatch.keeping import sweep
from dispatch.models import OutboxRow
from tests.dispatch.kinds import EFFECT_TABLE
from tests.support import eventually

PROJECT = Path(__file__).resolve().parents[2]
SERVICES = PROJECT / "scripts" / "services"
BY = Actor.system("test")
# One process that kills itself wherever a test says, whatever the queue.
ALL_QUEUES = ",".join(queue for queues in WORKERS.values() for queue in queues)


@dataclass(frozen=True)
class Worker:
    """A worker process and what it logs."""

    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        """What it has logged so far."""
        return self.log.read_text(errors="replace")


@dataclass
class Ground:
    """Services of its own under `folder`, and the worker processes that a test started."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)
    workers: list["Worker"] = field(default_factory=list)

    # Services --------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start both services, migrate as the owner, give the roles their privileges."""
        printed = self.services("env")
        lines = [shlex.split(line)[1] for line in printed.splitlines() if line.startswith("export ")]
        self.variables = {**os.environ, **dict(line.split("=", 1) for line in lines)}
        self.variables["TEST_SIGNS"] = str(self.folder / "signs")
        (self.folder / "signs").mkdir(parents=True)
        for command in ("migrate", "apply_privileges"):
            subprocess.run(
                [sys.executable, "manage.py", command, "--verbosity=0", "--skip-checks"],
                cwd=PROJECT,
                env={**self.variables, "DATABASE_URL": self.database_url("owner")},
                check=True,
            )
        owner = psycopg2.connect(self.database_url("owner"))
        with owner, owner.cursor() as cursor:
            # The test cluster need not wait for the disk, but what it has committed must outlast its own death.
            cursor.execute("ALTER DATABASE referrals SET synchronous_commit = on")
            cursor.execute(EFFECT_TABLE)
            cursor.execute("GRANT SELECT, INSERT ON effect TO referrals_web, referrals_worker")
            cursor.execute("GRANT USAGE ON SEQUENCE effect_id_seq TO referrals_web, referrals_worker")
        owner.close()

    def services(self, verb: str) -> str:
        """Run scripts/services for this ground only."""
        done = subprocess.run(
            [sys.executable, str(SERVICES), "--root", str(self.folder), verb],
            capture_output=True,
            text=True,
            check=False,
            env={name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "DATABASE_URL"}},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def database_url(self, role: str) -> str:
        """The database as `owner`, `web` or `worker`."""
        parts = urlsplit(self.variables["DATABASE_URL"])
        login, _, host = parts.netloc.rpartition("@")
        if role != "owner":
            password = self.variables[f"TEST_{role.upper()}_PASSWORD"]
            login = f"referrals_{role}:{quote(password, safe='')}"
        return urlunsplit(parts._replace(netloc=f"{login}@{host}", path="/referrals"))

    @contextmanager
    def in_here(self) -> Iterator[None]:
        """Let Django in this process speak to this ground's database, as the web role."""
        connection.close()
        # The same dictionary serves the connections of other threads.
        settings = connection.settings_dict
        before = dict(settings)
        settings.update(**dj_database_url.parse(self.database_url("web")), OPTIONS={})
        try:
            yield
        finally:
            connection.close()
            settings.update(before)

    # Workers ---------------------------------------------------------------------------------------------

    def start_worker(self, *, pool: str = "solo") -> "Worker":
        """Start a Celery worker with the worker role, in a process group of its own; wait until it consumes."""
        log = self.folder / f"worker-{len(self.workers)}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "celery", "-A", "tests.dispatch.killable", "worker", "--pool", pool),
                    *("--concurrency", "1", "--queues", ALL_QUEUES, "--loglevel", "INFO"),
                    *("--without-mingle", "--without-gossip", "--without-heartbeat"),
                    *("--hostname", f"worker-{len(self.workers)}@test"),
                ],
                cwd=PROJECT,
                env={**self.variables, "DATABASE_URL": self.database_url("worker")},
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        worker = Worker(process, log)
        self.workers.append(worker)
        eventually(lambda: " ready." in worker.said() or process.poll() is not None, within=120)
        # It may be dead by now: a message that waited for it can hold the step at which it dies.
        assert " ready." in worker.said(), worker.said()
        return worker

    def stop_workers(self) -> None:
        """Kill every worker that is left, with its children."""
        for worker in self.workers:
            if worker.process.poll() is None:
                os.killpg(worker.process.pid, signal.SIGKILL)
                worker.process.wait()

    # Promises --------------------------------------------------------------------------------------------

    def promise(self, key: str, *, queue: Queue | None = None, **references: Reference) -> UUID:
        """Promise one effect, and commit."""
        with transaction.atomic():
            return promise(kind="test_effect", key=key, references=references, by=BY, queue=queue).pk

    def sign(self, row_id: UUID, name: str) -> Path:
        """The file that stands for something having happened to a promise."""
        return self.folder / "signs" / f"{row_id}.{name}"

    def effects(self, row_id: UUID) -> list[int]:
        """The attempts that left an effect."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT attempt FROM effect WHERE promise = %s ORDER BY id", [str(row_id)])
            return [attempt for (attempt,) in cursor.fetchall()]

    def state(self, row_id: UUID) -> str:
        """The state of a promise as it is committed now."""
        return OutboxRow.objects.get(pk=row_id).state

    def let_time_pass(self) -> None:
        """What waits for the clock waits no more: leases have run out, backoffs are over, wake-ups are long ago."""
        now = timezone.now()
        OutboxRow.objects.filter(state="leased").update(leased_until=now)
        OutboxRow.objects.filter(state="due").update(next_try_at=now)
        OutboxRow.objects.update(woken_at=None)

    def sweep(self) -> int:
        """One sweep, as beat asks for it."""
        return sweep(now=timezone.now())

    def finish_after_time(self, *rows: UUID) -> None:
        """Let time pass, sweep once, and wait until the promises are done."""
        self.let_time_pass()
        self.sweep()
        eventually(lambda: all(self.state(row_id) == "done" for row_id in rows), within=120)
