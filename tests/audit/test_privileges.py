"""What each database role may do to which table, and the check that says when a process runs with too much."""

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from audit.models import append_only_models
from audit.privileges import RoleUnfit, apply, privileges_of_web, privileges_of_worker, problems
from tests.audit.support import as_worker
from tests.support import as_owner

pytestmark = pytest.mark.django_db


def held(role: str, table: str) -> set[str]:
    kinds = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
    with connection.cursor() as cursor:
        cursor.execute("SELECT k FROM unnest(%s) k WHERE has_table_privilege(%s, %s, k)", [list(kinds), role, table])
        return {kind for (kind,) in cursor.fetchall()}


def test_each_table_carries_exactly_the_privileges_of_its_rule():
    tables = connection.introspection.table_names()
    assert {"audit_entry", "audit_seal", "audit_unsealed", "django_migrations", "django_session"} <= set(tables)
    for table in tables:
        assert held("referrals_web", table) == privileges_of_web(table), table
        assert held("referrals_worker", table) == privileges_of_worker(table), table


@pytest.mark.parametrize("model", append_only_models(), ids=lambda model: model._meta.db_table)
def test_nobody_but_the_owner_changes_an_append_only_table(model):
    for rule in (privileges_of_web, privileges_of_worker):
        assert rule(model._meta.db_table) <= {"SELECT", "INSERT"}


def test_only_the_worker_seals():
    assert privileges_of_web("audit_seal") == {"SELECT"}
    assert privileges_of_worker("audit_seal") == {"SELECT", "INSERT"}
    assert privileges_of_worker("audit_unsealed") == {"SELECT", "DELETE"}


def test_applying_takes_away_what_was_given_by_hand():
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("GRANT UPDATE (verb), DELETE ON audit_entry TO referrals_web")
        assert problems(connection)
        apply(connection, ["referrals_web"], ["referrals_worker"])
        cursor.execute("SELECT has_any_column_privilege('referrals_web', 'audit_entry', 'UPDATE')")
        assert cursor.fetchone() == (False,)
    assert held("referrals_web", "audit_entry") == {"SELECT", "INSERT"}


def test_a_table_that_no_migration_opened_stays_closed():
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE new_table (id int)")
    assert held("referrals_web", "new_table") == set()


@pytest.mark.parametrize("role", ["no_such_role", "referrals_owner"])
def test_a_role_that_could_pass_over_privileges_is_refused(role):
    with as_owner():
        with pytest.raises(RoleUnfit, match=role):
            apply(connection, [role], [])
        with pytest.raises(CommandError, match=role):
            call_command("apply_privileges", "--web", role)


def test_the_check_has_nothing_to_say_of_web_and_worker():
    assert problems(connection) == []
    with as_worker():
        assert problems(connection) == []
    assert run_checks(tags=[Tags.database], databases=["default"]) == []


def test_the_check_tells_the_owner_what_it_could_do():
    with as_owner():
        told = " ".join(problems(connection))
        found = run_checks(tags=[Tags.database], databases=["default"])
    assert "can change or delete rows of audit_entry" in told
    assert "owns tables" in told
    assert {message.id for message in found} == {"audit.W001"}


@pytest.mark.parametrize("grant", ["UPDATE (verb)", "DELETE", "TRUNCATE"])
def test_the_check_tells_of_one_privilege_too_many(grant):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"GRANT {grant} ON audit_entry TO referrals_web")
    assert problems(connection) == ["Role referrals_web can change or delete rows of audit_entry."]


def test_the_check_tells_of_a_trigger_that_is_switched_off():
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_stamp")
    assert problems(connection) == ["Trigger audit_entry_stamp is missing or switched off."]


def test_a_row_level_policy_scopes_the_web_role_by_the_requests_settings():
    """A migration alone can add one: the role cannot pass it by, and each request says who asks."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE scratch (agency uuid, note text)")
        cursor.execute(
            "INSERT INTO scratch VALUES ('00000000-0000-0000-0000-000000000001', 'ours'),"
            " ('00000000-0000-0000-0000-000000000002', 'theirs')"
        )
        cursor.execute("GRANT SELECT, INSERT, UPDATE ON scratch TO referrals_web")
        cursor.execute("ALTER TABLE scratch ENABLE ROW LEVEL SECURITY")
        cursor.execute(
            "CREATE POLICY own_agency ON scratch TO referrals_web"
            " USING (agency = nullif(current_setting('referrals.agency_id', true), '')::uuid)"
        )
    with connection.cursor() as cursor:

        def seen_as(agency: str) -> list[str]:
            cursor.execute("SELECT set_config('referrals.agency_id', %s, false)", [agency])
            cursor.execute("SELECT note FROM scratch")
            return [note for (note,) in cursor.fetchall()]

        assert seen_as("00000000-0000-0000-0000-000000000001") == ["ours"]
        assert seen_as("00000000-0000-0000-0000-000000000002") == ["theirs"]
        assert seen_as("") == []
        cursor.execute("UPDATE scratch SET note = 'changed'")
        assert cursor.rowcount == 0
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            cursor.execute("INSERT INTO scratch VALUES ('00000000-0000-0000-0000-000000000001', 'slipped in')")
