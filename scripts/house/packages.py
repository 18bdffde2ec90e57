"""Debian's packages that the system needs, and their installation."""

import os
import shutil
import subprocess
from pathlib import Path

from house.place import am_root
from house.say import Trouble, quietly, say, step

# Package → why it is there.
RUN_PACKAGES = {
    "python3-venv": "the virtual environment",
    "libpango-1.0-0": "WeasyPrint lays out text with it",
    "libpangoft2-1.0-0": "WeasyPrint's fonts",
    "libharfbuzz-subset0": "embeds only the glyphs used; without it a PDF takes three times as long",
    "fonts-dejavu-core": "the font of PDF copies and, on a bare machine, of the browser tests",
    "fonts-noto-color-emoji": "emoji in the words of a child, which DejaVu lacks",
}
POSTGRESQL = {"postgresql": "the database server"}
REDIS = {"redis-server": "the broker"}
TEST_PACKAGES = {
    "chromium": "the browser of the browser tests",
    "poppler-utils": "pdftotext and pdftoppm, to look into PDF copies",
}
CLUSTER_SETTING = Path("/etc/postgresql-common/createcluster.conf")


def _installed(name: str) -> bool:
    found = subprocess.run(["dpkg-query", "-W", "-f=${Status}", name], capture_output=True, text=True, check=False)
    return found.stdout.strip() == "install ok installed"


def needed(*, tests: bool) -> dict[str, str]:
    """The packages to have: no database server or broker where DATABASE_URL or REDIS_URL names another."""
    wanted = dict(RUN_PACKAGES)
    if "DATABASE_URL" not in os.environ or tests:
        wanted |= POSTGRESQL
    if ("REDIS_URL" not in os.environ or tests) and not shutil.which("redis-server"):
        wanted |= REDIS
    if tests:
        wanted |= TEST_PACKAGES
    return wanted


def ensure_packages(*, tests: bool, log: Path) -> None:
    """Install what is missing, as root or with sudo; otherwise refuse with the one line to run."""
    if not shutil.which("dpkg-query"):
        say("Not a Debian system: installing nothing; PostgreSQL, Redis and Pango must be there already.")
        return
    missing = sorted(name for name in needed(tests=tests) if not _installed(name))
    if not missing:
        return
    # Debian would create and start a cluster and a Redis of its own; ours are private.
    keep_quiet = f"mkdir -p {CLUSTER_SETTING.parent} && echo create_main_cluster=false >{CLUSTER_SETTING} && "
    if "postgresql" not in missing or CLUSTER_SETTING.exists():
        keep_quiet = ""
    line = (
        f"{keep_quiet}apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive "
        f"apt-get install -y -qq --no-install-recommends {' '.join(missing)}"
    )
    as_root = ["sh", "-c", line]
    if not am_root():
        sudo = shutil.which("sudo")
        may = sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0
        if not may:
            raise Trouble(
                f"These Debian packages are missing. Run this one line, then try again:\n\n  sudo sh -c '{line}'\n"
            )
        as_root = [str(sudo), *as_root]
    with step(f"Installing Debian's packages: {', '.join(missing)}"):
        quietly(as_root, log=log, advice="Debian's packages could not be installed. Is the network there?")
