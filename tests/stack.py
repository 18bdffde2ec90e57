"""The whole system as `./run` starts it, for tests: gunicorn, workers and beat, each with its own database role.

It has a database and a Redis database of its own, so that tests can kill what they like.
"""

import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from dispatch.domain.queues import WORKERS
from tests.databases import copied, dropped, migrated
from tests.support import eventually

PROJECT = Path(__file__).resolve().parents[1]
# Redis keeps sixteen; the first is left to other tests. Stacks at once must not take each other's messages.
REDIS_DATABASES = itertools.cycle([(os.getpid() + step) % 15 + 1 for step in range(15)])


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Stack:
    """One running system. `start()` makes database and demo data; `stop()` leaves nothing behind.

    `services` are the variables of the PostgreSQL and the Redis that it uses: those of the test run unless given.
    `more` are further variables of its processes; an empty one is left out.
    """

    name: str
    services: Mapping[str, str] = field(default_factory=lambda: os.environ)
    more: dict[str, str] = field(default_factory=dict)
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="stack-")))
    port: int = field(default_factory=free_port)
    redis_database: int = field(default_factory=lambda: next(REDIS_DATABASES))
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    # `nice` by worker. A bench gives what a deployment does; a test beside other tests would wait too long for a copy.
    yields: Mapping[str, int] = field(default_factory=dict)
    # Second-factor codes that were entered, by person: each works once.
    used_codes: dict[str, set[str]] = field(default_factory=dict)

    @cached_property
    def people(self) -> dict[str, dict[str, Any]]:
        """The demo people by short name: e-mail, password, whether a second factor is asked."""
        told = json.loads(self.manage("demo_sign_ins", "--json", "--skip-checks"))
        return {person["person"]: {**person, "password": told["password"]} for person in told["sign_ins"]}

    @property
    def address(self) -> str:
        """Where the browser goes."""
        return f"http://localhost:{self.port}"

    def database_url(self, role: str, database: str = "") -> str:
        """This stack's database, unless another is named, as `owner`, `web` or `worker`."""
        parts = urlsplit(self.services["DATABASE_URL"])
        host = parts.netloc.rpartition("@")[2]
        if role == "owner":
            login = parts.netloc.rpartition("@")[0]
        else:
            login = f"referrals_{role}:{self.services[f'TEST_{role.upper()}_PASSWORD']}"
        return urlunsplit(parts._replace(netloc=f"{login}@{host}", path=f"/{database or self.name}"))

    def variables(self, role: str, *, database: str = "") -> dict[str, str]:
        """The environment of one process of this stack, on its database unless another is named."""
        told = {
            **self.services,
            "DJANGO_SETTINGS_MODULE": "config.settings.demo",
            "DATABASE_URL": self.database_url(role, database),
            "REDIS_URL": f"{self.services['REDIS_URL']}?virtual_host={self.redis_database}",
            "SITE_ADDRESS": self.address,
            "MAIL_FOLDER": str(self.folder / "mail"),
            **self.more,
        }
        return {name: value for name, value in told.items() if value}

    def manage(self, *arguments: str, role: str = "web", database: str = "") -> str:
        """Run a command of manage.py on this stack's data, unless another database is named; return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=self.variables(role, database=database),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"manage.py {arguments} failed:\n{done.stdout}{done.stderr}"
        return done.stdout

    def start(self) -> "Stack":
        """Prepare the data, then start web, workers and beat."""
        self.prepare()
        try:
            for worker in WORKERS:
                self.start_worker(worker)
            self.start_beat()
            self.start_web()
        except BaseException:
            self.stop()
            raise
        return self

    def prepare(self) -> None:
        """Make the database with packs and demo data, and gather static files.

        The data is made once an hour and cluster, since it stands at times before now, and copied for each stack.
        """
        url, hour = self.services["DATABASE_URL"], datetime.now(UTC).strftime("_%Y%m%d%H")
        copied(self.name, of="demo", url=url, make=self._fill, stamp=hour)
        # The test cluster need not wait for the disk, but what it has committed must outlast its own death.
        self._database("ALTER DATABASE {} SET synchronous_commit = on")
        self.manage("collectstatic", "--no-input", "--verbosity=0")

    def _fill(self, database: str) -> None:
        """Put into an empty database what each stack begins with."""
        migrated(database, url=self.services["DATABASE_URL"], variables=self.variables("owner"))
        for command in (
            ["load_packs"],
            ["load_schools", "--sample"],
            ["load_postcodes", "--sample"],
            ["demo_accounts"],
            ["demo_referrals"],
        ):
            # The checks read every pack, each time anew; they have a test and a step of their own.
            self.manage(*command, "--skip-checks", database=database)

    def start_web(self, *, workers: int = 1) -> None:
        """Start gunicorn as a deployment does, but for the number of its processes; wait until it is ready."""
        self._start(
            "web",
            "web",
            *("gunicorn", "--config", "python:config.serving", "--bind", f"127.0.0.1:{self.port}"),
            *("--workers", str(workers), "config.wsgi:application"),
        )
        eventually(self.is_ready, within=90)

    def start_worker(self, name: str = "worker", *, app: str = "config", queues: Sequence[str] = ()) -> None:
        """Start a Celery worker: one of WORKERS on its queues, or another on the `queues` given."""
        self._start(
            name,
            "worker",
            *("celery", "-A", app, "worker", "--concurrency", "2", "--queues", ",".join(queues or WORKERS[name])),
            *("--hostname", f"{name}@{self.name}", "--without-mingle", "--without-gossip", "--loglevel", "WARNING"),
            yields=self.yields.get(name, 0),
        )

    def start_beat(self, name: str = "beat") -> None:
        """Start a beat that sends the sweeps."""
        schedule = str(self.folder / name)
        self._start(name, "worker", "celery", "-A", "config", "beat", "--schedule", schedule, "--pidfile=")

    def kill(self, name: str) -> None:
        """Kill a process and its children with SIGKILL: nothing gets to tidy up."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """Stop the processes and drop the database."""
        for name in list(self.processes):
            self.kill(name)
        dropped(self.name, url=self.services["DATABASE_URL"])

    def end_sessions(self) -> None:
        """Let everybody's session be idle for too long, as if the time had passed."""
        lines = [
            "from accounts.session_store import SessionStore",
            "from django.contrib.sessions.models import Session",
            "for row in Session.objects.all():",
            "    session = SessionStore(row.session_key)",
            "    session['accounts.last_seen_at'] = 0",
            "    session.save()",
        ]
        self.manage("shell", "--no-imports", "-c", "\n".join(lines))

    def is_ready(self) -> bool:
        """Whether /readyz answers 200."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def log(self, name: str) -> str:
        """What a process has written so far."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def _start(self, name: str, role: str, *command: str, yields: int = 0) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                ["nice", "-n", str(yields), sys.executable, "-m", *command],
                cwd=PROJECT,
                env=self.variables(role),
                stdout=log,
                stderr=subprocess.STDOUT,
                # A group to be killed as one; the same session, or `nice` would mean nothing between them.
                process_group=0,
            )

    def _database(self, *statements: str) -> None:
        connection = psycopg2.connect(self.services["DATABASE_URL"])
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(sql.SQL(statement).format(sql.Identifier(self.name)))
        connection.close()
