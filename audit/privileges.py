"""What the database roles of web and worker may do to which table, and whether the current role keeps to it.

The owner role migrates and then runs `manage.py apply_privileges`. What no rule here grants is revoked, so a table
of a new migration is closed to web and worker until then. docs/adr/0006 has the reasons.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from audit.models import Entry, Seal, Unsealed, append_only_models

READ = frozenset({"SELECT"})
ADD = frozenset({"SELECT", "INSERT"})
CHANGE = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
MIGRATIONS_TABLE = "django_migrations"
TRIGGERS = ("audit_entry_stamp", "audit_entry_queue")


class RoleUnfit(Exception):
    """A role that was named for web or worker does not exist, or could pass over privileges anyway."""


def privileges_of_web(table: str) -> frozenset[str]:
    """Return what the web role holds on `table`. It adds to append-only tables; it cannot seal."""
    if table in {MIGRATIONS_TABLE, Seal._meta.db_table, Unsealed._meta.db_table}:
        return READ
    return ADD if table in _append_only_tables() else CHANGE


def privileges_of_worker(table: str) -> frozenset[str]:
    """Return what the worker role holds on `table`: as web, and it seals."""
    if table == Seal._meta.db_table:
        return ADD
    if table == Unsealed._meta.db_table:
        return READ | {"DELETE"}
    return privileges_of_web(table)


def apply(connection: BaseDatabaseWrapper, web: Sequence[str], worker: Sequence[str]) -> int:
    """Give the roles exactly their privileges on every table of the current schema; return how many tables.

    Run as the tables' owner, after every migration. All of it happens in one transaction, so running processes never
    see a moment without. Raises RoleUnfit, and changes nothing, for a role that is missing, is a superuser, bypasses
    row-level security or owns a table.
    """
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for role in (*web, *worker):
            _check_fit(cursor, role)
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
        tables, sequences = _names(cursor, "r", "p", "v", "m"), _names(cursor, "S")
        for roles, rule in ((web, privileges_of_web), (worker, privileges_of_worker)):
            for role in roles:
                cursor.execute(f"GRANT USAGE ON SCHEMA {_quoted(schema)} TO {_quoted(role)}")
                for table in tables:
                    _set(cursor, f"TABLE {_quoted(schema)}.{_quoted(table)}", rule(table), role)
                for sequence in sequences:
                    _set(cursor, f"SEQUENCE {_quoted(schema)}.{_quoted(sequence)}", {"USAGE", "SELECT"}, role)
    return len(tables)


def problems(connection: BaseDatabaseWrapper) -> list[str]:
    """Return, as sentences, how the current role could change the audit record; empty when it cannot.

    For web and worker, which must find nothing; the owner finds itself. Tables that are not there yet are passed over.
    """
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        role, is_superuser, bypasses = cursor.fetchone()
        if is_superuser:
            found.append(f"Role {role} is a superuser.")
        if bypasses:
            found.append(f"Role {role} bypasses row-level security.")
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            " AND pg_has_role(current_user, relowner, 'MEMBER'))"
        )
        if cursor.fetchone()[0]:
            found.append(f"Role {role} owns tables, or can become a role that does.")
        cursor.execute(
            "SELECT name FROM unnest(%s) AS name WHERE to_regclass(name) IS NOT NULL AND"
            " (has_any_column_privilege(to_regclass(name), 'UPDATE')"
            " OR has_table_privilege(to_regclass(name), 'DELETE, TRUNCATE')) ORDER BY name",
            [sorted(_append_only_tables())],
        )
        found += [f"Role {role} can change or delete rows of {table}." for (table,) in cursor.fetchall()]
        cursor.execute(
            "SELECT name FROM unnest(%s) AS name WHERE to_regclass(%s) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM"
            " pg_trigger WHERE tgname = name AND tgrelid = to_regclass(%s) AND tgenabled IN ('O', 'A'))",
            [list(TRIGGERS), Entry._meta.db_table, Entry._meta.db_table],
        )
        found += [f"Trigger {name} is missing or switched off." for (name,) in cursor.fetchall()]
    return found


def _append_only_tables() -> set[str]:
    return {model._meta.db_table for model in append_only_models()}


def _names(cursor: CursorWrapper, *kinds: str) -> list[str]:
    """Return the relations of these kinds in the current schema, without those of extensions."""
    cursor.execute(
        "SELECT relname FROM pg_class c WHERE relnamespace = current_schema()::regnamespace AND relkind = ANY(%s)"
        " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY relname",
        [list(kinds)],
    )
    return [name for (name,) in cursor.fetchall()]


def _check_fit(cursor: CursorWrapper, role: str) -> None:
    cursor.execute(
        "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT 1 FROM pg_class c"
        " WHERE c.relnamespace = current_schema()::regnamespace AND pg_has_role(r.oid, c.relowner, 'MEMBER'))"
        " FROM pg_roles r WHERE rolname = %s",
        [role],
    )
    row = cursor.fetchone()
    if row is None:
        raise RoleUnfit(f"There is no role {role}. scripts/make_roles.py creates the roles.")
    if row[0]:
        raise RoleUnfit(f"Role {role} is a superuser, bypasses row-level security or owns tables.")


def _set(cursor: CursorWrapper, what: str, privileges: Iterable[str], role: str) -> None:
    """Leave `role` with exactly these privileges; revoking on a table takes its column privileges too."""
    cursor.execute(f"REVOKE ALL ON {what} FROM {_quoted(role)}")
    cursor.execute(f"GRANT {', '.join(sorted(privileges))} ON {what} TO {_quoted(role)}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
