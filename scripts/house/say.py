"""Progress and failures, in words."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class Trouble(Exception):
    """Something that a person must mend; the message says what to do."""


def say(text: str) -> None:
    print(text, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Print the title, then how long the step took."""
    print(f"- {title} …", end=" ", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - began:.1f} s", flush=True)


def quietly(command: Sequence[str | Path], *, advice: str, log: Path, **options: object) -> None:
    """Run a command into a log file; on failure show the log's end and what to do about it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        done = subprocess.run(
            [str(part) for part in command], stdout=out, stderr=subprocess.STDOUT, check=False, **options
        )  # type: ignore[call-overload]
    if done.returncode != 0:
        tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-25:]
        sys.stdout.write("\n")
        raise Trouble("\n".join([*tail, "", advice, f"(the whole log: {log})"]))
