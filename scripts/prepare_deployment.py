"""One-off step of a deployment, before web and worker start: roles, tables, privileges, packs. Harmless to repeat.

Reads the secrets' files: ADMIN_DATABASE_URL_FILE (a role that may create roles and databases), and for each role
OWNER_DATABASE_URL_FILE, WEB_DATABASE_URL_FILE, WORKER_DATABASE_URL_FILE, whose passwords the roles are given.
UNAVAILABLE_PAGE names where to write the page that the proxy shows while the web process is away.
"""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

PROJECT = Path(__file__).resolve().parents[1]


def secret(name: str) -> str:
    """The content of the file that `<name>_FILE` names; ends with one clear line when it isn't there."""
    path = os.environ.get(f"{name}_FILE")
    if not path or not Path(path).is_file():
        sys.exit(f"{name}_FILE must name a file (scripts/make-secrets makes them)")
    return Path(path).read_text(encoding="utf-8").strip()


def run(*command: str, **variables: str) -> None:
    """Run with further variables; stop the deployment when it fails."""
    done = subprocess.run([sys.executable, *command], cwd=PROJECT, env={**os.environ, **variables}, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def main() -> None:
    urls = {role: secret(f"{role}_DATABASE_URL") for role in ("OWNER", "WEB", "WORKER")}
    passwords = {f"{role}_PASSWORD": unquote(urlsplit(url).password or "") for role, url in urls.items()}
    database = urlsplit(urls["OWNER"]).path.strip("/")
    run("scripts/make_roles.py", ADMIN_URL=secret("ADMIN_DATABASE_URL"), DATABASE_NAME=database, **passwords)
    for command in (["check", "--deploy"], ["migrate", "--no-input"], ["createcachetable"], ["apply_privileges"]):
        run("manage.py", *command, DATABASE_URL=urls["OWNER"])
    run("manage.py", "load_packs", DATABASE_URL=urls["WEB"])
    page = os.environ.get("UNAVAILABLE_PAGE")
    if page:
        run("scripts/write_unavailable_page.py", page, DATABASE_URL=urls["WEB"])


if __name__ == "__main__":
    main()
