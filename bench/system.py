"""A whole system on services of its own, of which everything may be killed: web, worker, beat, PostgreSQL, Redis."""

import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg2
from celery import Celery

from dispatch.domain.queues import YIELDS
from tests.stack import PROJECT, Stack
from tests.support import eventually

SERVICES = PROJECT / "scripts" / "services"


class OwnServices:
    """A private PostgreSQL and Redis that outlive no run. What Redis holds is lost when it stops.

    PostgreSQL waits for the disk when it is `durable`, as in production; else it doesn't.
    """

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self.folder, self._flags = folder, ["--durable"] if durable else []
        lines = [shlex.split(line)[1] for line in self.do("env").splitlines() if line.startswith("export ")]
        self.variables = {**os.environ, **dict(line.split("=", 1) for line in lines)}

    def do(self, verb: str) -> str:
        """Run scripts/services for these services; return what it printed."""
        known = {name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "DATABASE_URL"}}
        done = subprocess.run(
            [sys.executable, str(SERVICES), "--root", str(self.folder), *self._flags, verb],
            capture_output=True,
            text=True,
            check=False,
            env=known,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


class System(Stack):
    """A stack together with the services that it runs on."""

    own: OwnServices

    def start_process(self, name: str, role: str, *module: str) -> None:
        """Start a further process, a module with arguments, with the variables of the web or the worker."""
        self._start(name, role, *module)

    def run(self, role: str, *module: str, given: object = None) -> Any:
        """Run a module with this system's variables, `given` as JSON on its input; return the JSON that it prints."""
        done = subprocess.run(
            [sys.executable, "-m", *module],
            cwd=PROJECT,
            env=self.variables(role),
            input=json.dumps(given),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    def at_rest(self, *, but: str = "", within: float = 3600.0) -> None:
        """Wait until no promise waits that could be kept, but for those in the queue named `but`."""
        undone = "SELECT count(*) FROM dispatch_outboxrow WHERE state IN ('due', 'leased') AND queue <> %s"

        def rests() -> bool:
            time.sleep(0.5)
            return bool(self.rows(undone, [but])[0][0] == 0)

        eventually(rests, within=within)

    def cpu_roots(self) -> dict[str, int]:
        """The processes whose CPU time is the system's, by name; PostgreSQL and Redis among them."""
        with Celery(broker=self.variables("worker")["REDIS_URL"]).connection_for_write() as connection:
            channel: Any = connection.default_channel
            redis = int(channel.client.info("server")["process_id"])
        return {
            **{name: process.pid for name, process in self.processes.items()},
            "postgresql": self._postmaster,
            "redis": redis,
        }

    @cached_property
    def _postmaster(self) -> int:
        connection = psycopg2.connect(self.database_url("owner"))
        try:
            stat = Path(f"/proc/{connection.get_backend_pid()}/stat").read_text(encoding="utf-8")
            return int(stat.rpartition(")")[2].split()[1])
        finally:
            connection.close()

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a query as the owner, committed; return its rows, none when it has none."""
        connection = psycopg2.connect(self.database_url("owner"))
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(query, parameters)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()


@contextmanager
def own_system(name: str, *, durable: bool = False, more: dict[str, str] | None = None) -> Iterator[System]:
    """Give a stack that is ready to start on services of its own; take both away afterwards.

    `durable` is for PostgreSQL (OwnServices), `more` are further variables of its processes.
    """
    # A run that is told to end takes its processes with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix=f"{name}-", ignore_cleanup_errors=True) as folder:
        services = OwnServices(Path(folder) / "services", durable=durable)
        try:
            stack = System(name.replace("-", "_"), services=services.variables, more=more or {}, yields=YIELDS)
            stack.own = services
            try:
                yield stack
            finally:
                for running in list(stack.processes):
                    stack.kill(running)
        finally:
            services.do("destroy")
