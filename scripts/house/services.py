"""A private PostgreSQL cluster and a private Redis: own data folder, Unix sockets, an unprivileged user."""

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from house.place import PROJECT, PYTHON, SERVICE_USER, State, am_root
from house.say import Trouble, quietly, say

ADMIN, OWNER, WEB, WORKER = "referrals_admin", "referrals_owner", "referrals_web", "referrals_worker"

# No statement, parameter or row detail reaches the log: they hold children's names.
SETTINGS = """
listen_addresses = ''
unix_socket_permissions = 0700
log_statement = 'none'
log_min_duration_statement = -1
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
idle_in_transaction_session_timeout = '2min'
max_connections = 120
timezone = 'UTC'
"""
# Tests throw their data away, so they need not wait for the disk.
TEST_SETTINGS = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


@dataclass(frozen=True)
class Services:
    """The services of one state. `throw_away`, for tests only, gives the owner more rights, and unless `durable` it
    speeds the database up at the price of durability."""

    state: State
    throw_away: bool = False
    durable: bool = False

    # PostgreSQL ------------------------------------------------------------------------------------------

    @property
    def cluster(self) -> Path:
        return self.state.data / "postgresql"

    def url(self, role: str, database: str = "referrals") -> str:
        password = self.state.secret(role)
        return f"postgresql://{role}:{quote(password, safe='')}@{quote(str(self.state.sockets), safe='')}/{database}"

    def start_postgresql(self) -> None:
        """Create the cluster at first use, start it if it does not run.

        A cluster whose password is not this state's was left by an earlier copy of the project in this place: its
        secrets went with that copy, so that nobody can read it. It is put aside (or deleted, where it is thrown away
        anyhow) and a new one made."""
        self._start_cluster()
        if self._is_left_over():
            self.stop()
            if self.throw_away:
                shutil.rmtree(self.state.data)
            else:
                aside = self.state.data.with_name(f"{self.state.data.name}.left-{time.strftime('%Y%m%d-%H%M%S')}")
                self.state.data.rename(aside)
                say(f"  Data of an earlier copy of this project, with other passwords, were put aside: {aside}")
            self._start_cluster()

    def _is_left_over(self) -> bool:
        """Whether the running cluster refuses this state's password."""
        done = subprocess.run(
            [
                _program("psql"),
                "-X",
                "-q",
                "-w",
                "-h",
                str(self.state.sockets),
                "-U",
                ADMIN,
                "-d",
                "postgres",
                "-c",
                "",
            ],
            env={**os.environ, "PGPASSWORD": self.state.secret(ADMIN), "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode != 0 and "authentication failed" in done.stderr

    def _start_cluster(self) -> None:
        self._folders()
        if not (self.cluster / "PG_VERSION").exists():
            shutil.rmtree(self.cluster, ignore_errors=True)
            password_file = self.state.data / "admin-password"
            password_file.write_text(self.state.secret(ADMIN))
            self._give_away(password_file)
            self._as_user(
                [
                    _program("initdb"),
                    "-D",
                    self.cluster,
                    "-U",
                    ADMIN,
                    "--auth=scram-sha-256",
                    f"--pwfile={password_file}",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    *(["--no-sync"] if self.throw_away else []),
                ],
                "The database cluster could not be created.",
            )
            password_file.unlink()
        settings = self.cluster / "conf.d.conf"
        hurried = TEST_SETTINGS if self.throw_away and not self.durable else ""
        settings.write_text(f"unix_socket_directories = '{self.state.sockets}'\n{SETTINGS}{hurried}")
        self._give_away(settings)
        main = self.cluster / "postgresql.conf"
        if "conf.d.conf" not in main.read_text():
            with main.open("a") as out:
                out.write("\ninclude = 'conf.d.conf'\n")
        if not self.postgresql_runs():
            # A machine that went down leaves a pid file whose number may belong to somebody else now.
            self._as_user(
                [
                    _program("pg_ctl"),
                    "-D",
                    self.cluster,
                    "-l",
                    self.state.data / "postgresql.log",
                    "-w",
                    "-t",
                    "60",
                    "start",
                ],
                "PostgreSQL did not start.",
            )

    def postgresql_runs(self) -> bool:
        command = self._command([_program("pg_ctl"), "-D", self.cluster, "status"])
        return subprocess.run(command, capture_output=True, check=False, cwd="/").returncode == 0

    def stop_postgresql(self, mode: str = "fast") -> None:
        if (self.cluster / "PG_VERSION").exists() and self.postgresql_runs():
            self._as_user(
                [_program("pg_ctl"), "-D", self.cluster, "-m", mode, "-w", "stop"], "PostgreSQL did not stop."
            )

    def ensure_roles(self, database: str = "referrals") -> None:
        """Create the database and the roles that own, serve and work; harmless when they are there."""
        make_roles(
            admin_url=self.url(ADMIN, "postgres"),
            database=database,
            passwords={role: self.state.secret(role) for role in (OWNER, WEB, WORKER)},
            for_tests=self.throw_away,
            log=self.state.logs / "set-up.log",
        )

    # Redis -----------------------------------------------------------------------------------------------

    @property
    def redis_socket(self) -> Path:
        return self.state.sockets / "redis.sock"

    @property
    def redis_url(self) -> str:
        return f"redis+socket://{self.redis_socket}"

    def redis_runs(self) -> bool:
        return self._redis_cli("PING") == "PONG"

    def start_redis(self) -> None:
        self._folders()
        if self.redis_runs():
            return
        folder = self.state.data / "redis"
        folder.mkdir(parents=True, exist_ok=True)
        self._give_away(folder)
        self._as_user(
            [
                _program("redis-server"),
                "--port",
                "0",
                "--unixsocket",
                self.redis_socket,
                "--unixsocketperm",
                "700",
                "--dir",
                folder,
                "--appendonly",
                "no" if self.throw_away else "yes",
                "--save",
                "",
                "--daemonize",
                "yes",
                "--pidfile",
                folder / "redis.pid",
                "--logfile",
                folder / "redis.log",
                "--maxmemory-policy",
                "noeviction",
            ],
            "Redis did not start.",
        )
        for _ in range(200):
            if self.redis_runs():
                return
            subprocess.run(["sleep", "0.05"], check=True)
        raise Trouble(f"Redis did not start: see {folder / 'redis.log'}.")

    def stop_redis(self) -> None:
        """Stop Redis; what it held in memory is lost for a throw-away state, kept in its file otherwise."""
        if self.redis_runs():
            self._redis_cli("SHUTDOWN")

    def _redis_cli(self, *words: str) -> str:
        if not self.redis_socket.exists():
            return ""
        done = subprocess.run(
            [_program("redis-cli"), "-s", str(self.redis_socket), *words],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip()

    # Both ------------------------------------------------------------------------------------------------

    def start(self) -> None:
        self.start_postgresql()
        self.start_redis()

    def stop(self) -> None:
        self.stop_redis()
        self.stop_postgresql()

    def destroy(self) -> None:
        """Stop both and delete their data."""
        self.stop()
        shutil.rmtree(self.state.data, ignore_errors=True)
        shutil.rmtree(self.state.sockets, ignore_errors=True)

    def _folders(self) -> None:
        for folder in (self.state.data, self.state.sockets):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if folder.stat().st_uid not in {os.geteuid(), _service_uid()}:
                raise Trouble(f"{folder} belongs to somebody else; remove it, then try again.")
            self._give_away(folder)
            folder.chmod(0o700)

    def _give_away(self, path: Path) -> None:
        if am_root():
            shutil.chown(path, SERVICE_USER, SERVICE_USER)

    def _command(self, command: list[str | Path]) -> list[str]:
        words = [str(part) for part in command]
        return ["runuser", "-u", SERVICE_USER, "--", *words] if am_root() else words

    def _as_user(self, command: list[str | Path], advice: str) -> None:
        quietly(self._command(command), log=self.state.logs / "services.log", advice=advice, cwd="/")


def make_roles(*, admin_url: str, database: str, passwords: dict[str, str], for_tests: bool, log: Path) -> None:
    """Run scripts/make_roles.py; the address and passwords travel in the environment, not in arguments."""
    variables = {
        **os.environ,
        "ADMIN_URL": admin_url,
        "DATABASE_NAME": database,
        "OWNER_PASSWORD": passwords[OWNER],
        "WEB_PASSWORD": passwords[WEB],
        "WORKER_PASSWORD": passwords[WORKER],
        "FOR_TESTS": "1" if for_tests else "",
    }
    quietly(
        [PYTHON, PROJECT / "scripts" / "make_roles.py"],
        log=log,
        env=variables,
        cwd=PROJECT,
        advice="The database's roles could not be created. May DATABASE_URL's role create roles and databases?",
    )


def _service_uid() -> int:
    if not am_root():
        return os.geteuid()
    import pwd

    return pwd.getpwnam(SERVICE_USER).pw_uid


def _program(name: str) -> str:
    """A program of PostgreSQL or Redis: Debian keeps PostgreSQL's out of PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    for folder in versions:
        if (folder / name).exists():
            return str(folder / name)
    found = shutil.which(name)
    if not found:
        raise Trouble(f"{name} is not installed.")
    return found
