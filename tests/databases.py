"""Databases that are made once in a cluster and then copied. Migrating takes as long as a hundred copies."""

import hashlib
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

PROJECT = Path(__file__).resolve().parents[1]
_CONTENT = ("accounts", "audit", "config", "consent", "dispatch", "referrals", "thresholds", "uv.lock")
_MIGRATE = """
import django
from django.core.management import call_command
django.setup()
call_command("migrate", verbosity=0, skip_checks=True)
call_command("createcachetable")
call_command("apply_privileges", verbosity=0)
"""


def copied(name: str, *, of: str, url: str, make: Callable[[str], None], stamp: str = "") -> None:
    """Make the database `name` in the cluster of `url`, an owner's, as a copy of the one of that kind (`of`).

    Of each kind there is one for the project's files as they stand and the `stamp`: who needs it first makes it, empty,
    and `make` fills it, given its name; others wait for that. A database `name` that is there goes.
    """
    template = f"{of}_{_content()}{stamp}"
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:

            def do(statement: str, *names: str) -> None:
                cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

            cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [of])
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{of}_"])
            there = {found for (found,) in cursor.fetchall()}
            if template not in there:
                for old in there:
                    do("DROP DATABASE IF EXISTS {} WITH (FORCE)", old)
                do("CREATE DATABASE {}", f"{of}_making")
                make(f"{of}_making")
                do("ALTER DATABASE {} RENAME TO {}", f"{of}_making", template)
            do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
            # PostgreSQL's newer way of copying (WAL_LOG) takes a sequence along as it stands on its page. After a crash
            # the copy then gives out numbers again that were taken: a fault of the copy that no real database has.
            do("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
    finally:
        connection.close()


def migrated(name: str, *, url: str, variables: Mapping[str, str]) -> None:
    """Make the database `name` with all tables and the privileges of the roles, and no rows but those of migrations.

    `variables` are the environment that the project needs; which database, is said here.
    """

    def make(database: str) -> None:
        where = {"DATABASE_URL": at(url, database)}
        subprocess.run([sys.executable, "-c", _MIGRATE], cwd=PROJECT, env={**variables, **where}, check=True)

    copied(name, of="migrated", url=url, make=make)


def at(url: str, name: str) -> str:
    """Return the address of another database of the same cluster, with the same login."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def dropped(name: str, *, url: str) -> None:
    """Take a database away, and whoever is still connected to it."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    connection.close()


@cache
def _content() -> str:
    """A digest of the files that migrations and demonstration data may come from."""
    found = hashlib.sha256()
    for top in _CONTENT:
        for path in sorted([PROJECT / top, *(PROJECT / top).rglob("*")]):
            if path.is_file() and path.suffix != ".pyc":
                found.update(f"{path.relative_to(PROJECT)}\0".encode())
                found.update(path.read_bytes())
    return found.hexdigest()[:16]
