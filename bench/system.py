"""A whole system on services of its own, of which everything may be killed: web, worker, beat, PostgreSQL, Redis."""

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2

from tests.stack import PROJECT, Stack

SERVICES = PROJECT / "scripts" / "services"


class OwnServices:
    """A private PostgreSQL and Redis that outlive no run. What Redis holds is lost when it stops."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        lines = [shlex.split(line)[1] for line in self.do("env").splitlines() if line.startswith("export ")]
        self.variables = {**os.environ, **dict(line.split("=", 1) for line in lines)}

    def do(self, verb: str) -> str:
        """Run scripts/services for these services; return what it printed."""
        known = {name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "DATABASE_URL"}}
        done = subprocess.run(
            [sys.executable, str(SERVICES), "--root", str(self.folder), verb],
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
def own_system(name: str, **more: str) -> Iterator[System]:
    """Give a stack that is ready to start on services of its own; take both away afterwards.

    `more` are further variables of its processes.
    """
    with tempfile.TemporaryDirectory(prefix=f"{name}-", ignore_cleanup_errors=True) as folder:
        services = OwnServices(Path(folder) / "services")
        try:
            stack = System(name.replace("-", "_"), services=services.variables, more=more)
            stack.own = services
            try:
                yield stack
            finally:
                for running in list(stack.processes):
                    stack.kill(running)
        finally:
            services.do("destroy")
