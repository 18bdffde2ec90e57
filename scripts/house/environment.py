"""The locked virtual environment, and the styles built in it."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from house.place import PROJECT, PYTHON, VENV
from house.say import Trouble, quietly, step


def digest(paths: Iterable[Path]) -> str:
    """One hash over the files' names and contents."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def files_under(*folders: str) -> list[Path]:
    return [path for folder in folders for path in (PROJECT / folder).rglob("*") if path.is_file()]


def ensure_environment(*, tests: bool, log: Path) -> None:
    """Make `.venv` from the lock file, or leave it when it is up to date."""
    lock = PROJECT / "requirements" / ("dev.txt" if tests else "run.txt")
    mark = VENV / "made-from"
    # dev.txt holds all of run.txt: an environment made for tests serves `./run` too.
    candidates = [PROJECT / "requirements" / name for name in (("dev.txt",) if tests else ("run.txt", "dev.txt"))]
    if PYTHON.exists() and mark.exists() and mark.read_text() in {digest([path]) for path in candidates}:
        return
    if sys.version_info < (3, 11):
        raise Trouble("Python 3.11 or newer is needed.")
    if not PYTHON.exists():
        with step("Making the virtual environment"):
            shutil.rmtree(VENV, ignore_errors=True)
            quietly(
                [sys.executable, "-m", "venv", VENV],
                log=log,
                advice="Python's venv module is missing: install python3-venv.",
            )
    with step("Installing the locked Python packages"):
        quietly(
            [
                PYTHON,
                "-m",
                "pip",
                "install",
                "--disable-pip-version-check",
                "--no-deps",
                "--require-hashes",
                "-r",
                lock,
            ],
            log=log,
            advice="The Python packages could not be installed. Is the network there?",
        )
    mark.write_text(digest([lock]))


def ensure_styles(log: Path) -> None:
    """Build styles and scripts into static/built, and gather static files for the web process."""
    quietly(
        [PYTHON, PROJECT / "scripts" / "build-styles"],
        log=log,
        advice="The styles could not be built. Is the network there?",
        cwd=PROJECT,
    )


def manage(*arguments: str, variables: dict[str, str], log: Path | None = None, advice: str = "") -> None:
    """Run a command of manage.py; into the log, or onto the terminal when there is none."""
    command = [str(PYTHON), str(PROJECT / "manage.py"), *arguments]
    if log is not None:
        quietly(
            command,
            log=log,
            advice=advice or f"`manage.py {arguments[0]}` failed.",
            cwd=PROJECT,
            env=variables,
        )
        return
    done = subprocess.run(command, cwd=PROJECT, env=variables, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


def manage_all(lines: list[str], *, variables: dict[str, str], log: Path) -> None:
    """Run several commands of manage.py in one process: loading Django takes longer than most of them."""
    advice = f"One of these failed: {'; '.join(lines)}."
    quietly([PYTHON, PROJECT / "scripts" / "commands.py", *lines], log=log, advice=advice, cwd=PROJECT, env=variables)
