"""`./run`: set up what is missing, then start web, worker and beat, on a private database, with invented data.

  ./run                      start; Ctrl-C stops all of it, the data stay
  ./run --port 8001          on another port (8000)
  ./run --no-demo            without the invented people and records
  ./run code PERSON          print a demo person's second-factor code (./run code teacher)
  ./run manage …             a command of manage.py on the same data (./run manage verify_audit)
  ./run reset                delete all data of this trial; asks first (--yes doesn't)

DATABASE_URL (a role that may create roles and databases) and REDIS_URL name other servers than the private ones.
"""

import argparse
import fcntl
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

sys.path.insert(0, str(Path(__file__).resolve().parent))

from house.environment import digest, ensure_environment, ensure_styles, files_under, manage, manage_all
from house.packages import ensure_packages
from house.place import PROJECT, PYTHON, VENV, State
from house.say import Trouble, say, step
from house.services import OWNER, WEB, WORKER, Services, make_roles
from house.variables import demo_variables

STATE = State(PROJECT / ".local")
SERVICES = Services(STATE)
LOG = STATE.logs / "set-up.log"
# Invented people and records, in the order that they need each other.
DEMO_COMMANDS = ["load_schools --sample", "load_postcodes --sample", "demo_accounts", "demo_referrals"]
# By worker (dispatch/domain/queues.py): urgent before routine, and workers apart for what may take long.
QUEUES = {"worker": "watch,urgent,routine", "mail-worker": "mail", "document-worker": "documents"}
# Drawing yields to pages and deliveries (`YIELDS` there).
YIELDS = {"document-worker": 5}
# Seconds in which each ends by itself once it is told to: longer than gunicorn's graceful timeout, and than the longest
# task of a worker may take, so that what was begun is finished. It is seldom more than one or two.
ENDS_WITHIN = {"web": 25, "worker": 130, "mail-worker": 130, "document-worker": 130, "beat": 25}


def database_url(role: str) -> str:
    """The database as `role`: on the private cluster, or on the server that DATABASE_URL names."""
    named = os.environ.get("DATABASE_URL")
    if not named:
        return SERVICES.url(role)
    parts = urlsplit(named)
    host = parts.netloc.rpartition("@")[2]
    password = quote(STATE.secret(role), safe="")
    return urlunsplit(
        parts._replace(netloc=f"{role}:{password}@{host}", path=parts.path if len(parts.path) > 1 else "/referrals")
    )


def variables(role: str, port: int = 8000) -> dict[str, str]:
    return demo_variables(SERVICES, port=port, url=database_url(role))


def start_services() -> None:
    """Start what no variable names elsewhere, and make sure of the database and its roles."""
    named = os.environ.get("DATABASE_URL")
    if not named:
        SERVICES.start_postgresql()
        SERVICES.ensure_roles()
    else:
        parts = urlsplit(named)
        make_roles(
            admin_url=urlunsplit(parts._replace(path="/postgres")),
            database=parts.path.strip("/") or "referrals",
            passwords={role: STATE.secret(role) for role in (OWNER, WEB, WORKER)},
            for_tests=False,
            log=LOG,
        )
    if not os.environ.get("REDIS_URL"):
        SERVICES.start_redis()


def prepare(*, demo: bool, port: int) -> None:
    """Migrate, grant, load packs and demo data, gather static files; a second time this takes seconds."""
    owner = variables(OWNER, port)
    with step("Database: tables and privileges"):
        manage_all(
            ["migrate --no-input --verbosity=0", "createcachetable", "apply_privileges"], variables=owner, log=LOG
        )
    with step("Threshold packs of the six areas" + (", invented people and records" if demo else "")):
        commands = ["load_packs", *(DEMO_COMMANDS if demo else [])]
        manage_all(commands, variables=variables(WEB, port), log=LOG)
    mark = STATE.folder / "static-made-from"
    now = digest(files_under("static"))
    if not mark.exists() or mark.read_text() != now or not (PROJECT / "staticfiles").exists():
        with step("Static files"):
            manage(
                "collectstatic",
                "--no-input",
                "--clear",
                "--verbosity=0",
                variables=variables(WEB, port),
                log=LOG,
            )
        mark.write_text(now)


def supervisor_settings(port: int) -> Path:
    """Write the supervisor's settings: what it starts, in which order, and that it starts again what died.

    Variables with secrets are inherited from the supervisor's own environment, not written to the file.
    """
    python, logs = str(PYTHON), STATE.logs
    gunicorn = f"{python} -m gunicorn --config python:config.serving --bind 127.0.0.1:{port} config.wsgi:application"
    celery = f"{python} -m celery -A config"
    # The web process inherits DATABASE_URL; the others sign in to the database as the worker.
    as_worker = 'DATABASE_URL="$WORKER_DATABASE_URL" exec'
    programs = {
        "web": f"exec {gunicorn}",
        **{
            name: f"{as_worker} nice -n {YIELDS.get(name, 0)} {celery} worker --hostname {name}@%%h --concurrency 2 "
            f"--queues {queues} --without-mingle --without-gossip --loglevel WARNING"
            for name, queues in QUEUES.items()
        },
        "beat": f"{as_worker} {celery} beat --schedule {STATE.folder}/beat --pidfile= --loglevel WARNING",
    }
    lines = [
        "[supervisord]",
        "nodaemon=true",
        "silent=true",
        f"logfile={logs}/supervisor.log",
        f"pidfile={STATE.folder}/supervisor.pid",
        f"directory={PROJECT}",
        *(["user=root"] if os.geteuid() == 0 else []),
    ]
    for name, command in programs.items():
        lines += [
            f"[program:{name}]",
            f"command=/bin/sh -c '{command}'",
            "autorestart=true",
            "startretries=20",
            "killasgroup=true",
            f"stopwaitsecs={ENDS_WITHIN[name]}",
            "redirect_stderr=true",
            f"stdout_logfile={logs}/{name}.log",
            "stdout_logfile_maxbytes=5MB",
            "stdout_logfile_backups=2",
        ]
    path = STATE.folder / "supervisor.conf"
    path.write_text("\n".join(lines) + "\n")
    return path


def wait_until_ready(port: int, supervisor: subprocess.Popen[bytes]) -> None:
    """Wait for /readyz, as long as the supervisor lives."""
    # It only bounds a start that goes wrong: on a busy machine the first index alone may take most of a minute.
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        if supervisor.poll() is not None:
            raise Trouble(f"The supervisor ended. See {STATE.logs}/supervisor.log")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise Trouble(f"The web process did not become ready. See {STATE.logs}/web.log; `/readyz` names what is wrong.")


class Stop:
    """Ctrl-C, or being told to end. What it raises can be lost in a callback of the interpreter's own, where nothing
    can be raised; that it came is kept."""

    came = False

    def __call__(self, number: int, frame: object) -> None:
        self.came = True
        raise KeyboardInterrupt


def start(*, demo: bool, port: int) -> int:
    import socket

    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise Trouble(f"Port {port} is taken. Choose another: ./run --port {port + 1}")
    STATE.folder.mkdir(parents=True, exist_ok=True)
    lock = (STATE.folder / "run.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Trouble("Another ./run of this folder is going. Stop it with Ctrl-C in its terminal.") from None
    # Named, because a shell that starts us in the background has told us to ignore Ctrl-C.
    stop = Stop()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    supervisor: subprocess.Popen[bytes] | None = None
    try:
        ensure_packages(tests=False, log=LOG)
        ensure_environment(tests=False, log=LOG)
        with step("Styles"):
            ensure_styles(LOG)
        with step("PostgreSQL and Redis"):
            start_services()
        prepare(demo=demo, port=port)
        environment = {**variables(WEB, port), "WORKER_DATABASE_URL": database_url(WORKER)}
        supervisor = subprocess.Popen(
            [str(VENV / "bin" / "supervisord"), "-c", str(supervisor_settings(port))],
            env=environment,
            cwd=PROJECT,
            start_new_session=True,
        )
        with step("Web, workers and beat"):
            wait_until_ready(port, supervisor)
        say(f"\nReady: http://localhost:{port}/\n")
        if demo:
            manage("demo_sign_ins", variables=variables(WEB, port))
        say(f"\nLogs: {STATE.logs}. E-mail: {STATE.folder}/mail. Ctrl-C stops everything; the data stay.")
        while (ended := supervisor.poll()) is None:
            if stop.came:
                raise KeyboardInterrupt
            time.sleep(0.5)
        return ended
    except KeyboardInterrupt:
        say("\nStopping …")
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if supervisor is not None and supervisor.poll() is None:
            supervisor.terminate()
            supervisor.wait()
        SERVICES.stop()


def with_database(*arguments: str, role: str = WEB) -> int:
    """Run a command of manage.py on the trial's data, starting the database for it when it does not run."""
    if not PYTHON.exists() or not STATE.folder.exists():
        raise Trouble("Nothing is set up yet: start ./run first.")
    began_here = not os.environ.get("DATABASE_URL") and not SERVICES.postgresql_runs()
    if began_here:
        SERVICES.start_postgresql()
    try:
        manage(*arguments, variables=variables(role))
    finally:
        if began_here:
            SERVICES.stop_postgresql()
    return 0


def reset(*, sure: bool) -> int:
    if not sure and input("Delete all data of this trial? Type yes: ").strip() != "yes":
        say("Nothing was deleted.")
        return 1
    import shutil

    SERVICES.destroy()
    shutil.rmtree(STATE.folder, ignore_errors=True)
    say("Deleted. The next ./run starts afresh.")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="./run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-demo", action="store_true")
    parser.add_argument("--yes", action="store_true", help="with reset: don't ask")
    parser.add_argument("verb", nargs="?", choices=["code", "manage", "reset"])
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    chosen = parser.parse_args()
    if chosen.verb == "code":
        if len(chosen.rest) != 1:
            raise Trouble("Say whose: ./run code PERSON, such as ./run code screener")
        return with_database("demo_code", *chosen.rest)
    if chosen.verb == "manage":
        role = OWNER if chosen.rest[:1] in (["migrate"], ["apply_privileges"], ["createcachetable"]) else WORKER
        return with_database(*chosen.rest, role=role)
    if chosen.verb == "reset":
        return reset(sure=chosen.yes or "--yes" in chosen.rest)
    return start(demo=not chosen.no_demo, port=chosen.port)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Trouble as trouble:
        sys.exit(f"\n{trouble}")
