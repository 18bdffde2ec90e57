"""`./test`: set up, then run every check; the last line is pytest's own.

./test                 everything but the long tests
./test --all           the long ones too
./test --only-pytest … hand the rest of the line to pytest, without the static checks
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from house.environment import ensure_environment, ensure_styles
from house.packages import ensure_packages
from house.place import PROJECT, VENV, State
from house.say import Trouble, say, step
from house.services import Services
from house.variables import test_variables

BIN = VENV / "bin"
ROOMS = [
    "accounts",
    "audit",
    "bench",
    "config",
    "consent",
    "dispatch",
    "govuk",
    "referrals",
    "tests",
    "thresholds",
]
# What production must be told, so that `check --deploy` judges the settings and not an empty environment.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SITE_ADDRESS": "https://referrals.example",
    "VIRUS_SCANNER": "off",
    "ALLOWED_HOSTS": "referrals.example",
    "SMTP_HOST": "mail.referrals.example",
    "MAIL_FROM": "no-reply@referrals.example",
    "MAIL_FOLDER": "",
}


def checks() -> dict[str, tuple[list[str], dict[str, str]]]:
    """Name → command and further variables; slowest first, so that two cores finish together."""
    manage = [str(BIN / "python"), "manage.py"]
    return {
        "types (mypy)": ([str(BIN / "mypy"), *(room for room in ROOMS if (PROJECT / room).is_dir())], {}),
        "arrows (import-linter)": ([str(BIN / "lint-imports"), "--no-cache"], {}),
        "lint (ruff)": ([str(BIN / "ruff"), "check", "."], {}),
        "format (ruff)": ([str(BIN / "ruff"), "format", "--check", "."], {}),
        "templates (djlint)": ([str(BIN / "djlint"), "--lint", "--quiet", "templates"], {}),
        "system check": ([*manage, "check", "--fail-level", "WARNING"], {}),
        "production settings": ([*manage, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
        "migrations": ([*manage, "makemigrations", "--check", "--dry-run"], {}),
    }


def run_checks(variables: dict[str, str]) -> list[str]:
    """Run the static checks two at a time; return the names of those that failed, their output shown."""
    failed = []

    def one(name: str, command: list[str], more: dict[str, str]) -> tuple[str, int, str, float]:
        began = time.monotonic()
        done = subprocess.run(
            command,
            cwd=PROJECT,
            env={**variables, **more},
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return name, done.returncode, done.stdout + done.stderr, time.monotonic() - began

    with ThreadPoolExecutor(max_workers=2) as pool:
        running = [pool.submit(one, name, command, more) for name, (command, more) in checks().items()]
        for future in running:
            name, status, output, seconds = future.result()
            say(f"- {name}: {'ok' if status == 0 else 'FAILED'} ({seconds:.1f} s)")
            if status:
                failed.append(name)
                say(output)
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="./test", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--all", action="store_true", help="the long tests too")
    parser.add_argument(
        "--only-pytest",
        nargs=argparse.REMAINDER,
        help="no static checks; the rest of the line goes to pytest",
    )
    chosen = parser.parse_args()
    state = State(PROJECT / ".local-test")
    log = state.logs / "set-up.log"
    ensure_packages(tests=True, log=log)
    ensure_environment(tests=True, log=log)
    with step("Styles"):
        ensure_styles(log)
    services = Services(state, throw_away=True)
    with step("PostgreSQL and Redis of the tests"):
        services.start()
        services.ensure_roles()
    try:
        variables = {**os.environ, **test_variables(services), "PATH": f"{BIN}:{os.environ['PATH']}"}
        failed = [] if chosen.only_pytest is not None else run_checks(variables)
        if failed:
            say(f"\nFAILED: {', '.join(failed)} (see above)\n")
        # A file stays on one process: its database, browser or cluster is made once.
        selection = [
            "-n",
            "2",
            "--dist",
            "loadfile",
            "--no-loadscope-reorder",
            *([] if chosen.all else ["-m", "not long"]),
        ]
        selection = selection if chosen.only_pytest is None else chosen.only_pytest
        pytest = subprocess.Popen([str(BIN / "python"), "-m", "pytest", *selection], cwd=PROJECT, env=variables)
        # Ctrl-C reaches pytest by itself; it must finish first, because it stops what it started.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        status = pytest.wait()
        return status or (1 if failed else 0)
    finally:
        services.stop()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Trouble as trouble:
        sys.exit(f"\n{trouble}")
