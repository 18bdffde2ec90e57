"""Create the database and its three roles; change nothing that is right already. docs/adr/0006 says what each may do.

Reads ADMIN_URL (a role that may create roles and databases), DATABASE_NAME, OWNER_PASSWORD, WEB_PASSWORD and
WORKER_PASSWORD.
FOR_TESTS lets the owner create databases and take the other roles' places, so that tests run with their privileges.
"""

import os
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

ROLES = {
    "referrals_owner": "OWNER_PASSWORD",
    "referrals_web": "WEB_PASSWORD",
    "referrals_worker": "WORKER_PASSWORD",
}


def main() -> None:
    database = os.environ["DATABASE_NAME"]
    admin_url = os.environ["ADMIN_URL"]
    connection = psycopg2.connect(admin_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles")
        present = {name for (name,) in cursor.fetchall()}
        for role, variable in ROLES.items():
            verb = "ALTER" if role in present else "CREATE"
            cursor.execute(
                sql.SQL(verb + " ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE PASSWORD {}").format(
                    sql.Identifier(role), sql.Literal(os.environ[variable])
                )
            )
        if os.environ.get("FOR_TESTS"):
            cursor.execute("ALTER ROLE referrals_owner CREATEDB")
            cursor.execute("GRANT referrals_web, referrals_worker TO referrals_owner")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if cursor.fetchone() is None:
            # On a managed server the administrator is no superuser and must be a member to give ownership away.
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            if not cursor.fetchone()[0]:
                cursor.execute("GRANT referrals_owner TO CURRENT_USER")
            cursor.execute(
                sql.SQL("CREATE DATABASE {} OWNER referrals_owner ENCODING 'UTF8' TEMPLATE template0").format(
                    sql.Identifier(database)
                )
            )
        cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))
        cursor.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO referrals_web, referrals_worker").format(sql.Identifier(database))
        )
    connection.close()
    inside = psycopg2.connect(urlunsplit(urlsplit(admin_url)._replace(path=f"/{database}")))
    inside.autocommit = True
    with inside.cursor() as cursor:
        cursor.execute("ALTER SCHEMA public OWNER TO referrals_owner")
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    inside.close()


if __name__ == "__main__":
    main()
