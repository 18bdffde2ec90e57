"""What the benches share: shares of a distribution, CPU time of a system's processes, and the machine's name."""

import os
import platform
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def share(values: Sequence[float], percent: float) -> float:
    """Return the value below which `percent` of the values lie, by nearest rank; nan for none."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * percent / 100), len(ordered) - 1)] if ordered else float("nan")


def cpu_seconds(roots: Mapping[str, int]) -> dict[str, float]:
    """Return the CPU time that each process has used, with its children, the living and the dead."""
    children: dict[int, list[int]] = {}
    used: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(stat.parent.name)
        children.setdefault(int(fields[1]), []).append(pid)
        # Own time, and that of children who have ended and were waited for.
        used[pid] = sum(int(ticks) for ticks in fields[11:15]) / TICKS

    def of_tree(pid: int) -> float:
        return used.get(pid, 0.0) + sum(of_tree(child) for child in children.get(pid, []))

    return {name: of_tree(pid) for name, pid in roots.items()}


def machine() -> str:
    """Return what ran it: processor, cores that this process may use, memory, system and load."""
    processor = platform.processor() or platform.machine()
    for line in _lines("/proc/cpuinfo"):
        if line.startswith("model name"):
            processor = line.partition(":")[2].strip()
            break
    memory = next(int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal"))
    cores, load = len(os.sched_getaffinity(0)), ", ".join(f"{part:.1f}" for part in os.getloadavg())
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return (
        f"{processor}, {cores} cores, {memory / 2**20:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; load {load} (1, 5, 15 minutes); commit {commit.stdout.strip() or '?'}"
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
