"""Writing the record: in the caller's transaction, stamped by the database, never changed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import ProgrammingError

from audit.actions import record, record_refusal
from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from audit.models import AppendOnly, AppendOnlyError, Entry, Seal, Unsealed, append_only_models
from tests.audit.support import CHILD, actor, as_worker, written

pytestmark = pytest.mark.django_db


def test_a_row_says_who_did_what_to_which_subject():
    by = actor("screener", "auditor")
    entry = record("people.view", by=by, subject_type="person", subject_id=CHILD, detail={"shown": 1})
    entry.refresh_from_db()
    assert (entry.actor_id, entry.actor_name, entry.agency_id) == (by.person_id, "Priya Raman", by.agency_id)
    assert (entry.roles, entry.verb, entry.subject_type) == (["auditor", "screener"], "people.view", "person")
    assert (entry.subject_id, entry.outcome, entry.rule) == (str(CHILD), "allowed", "")
    assert (entry.request_id, entry.detail) == ("request-1", {"shown": 1})


def test_it_is_undone_with_what_it_records():
    with transaction.atomic():
        written(1)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    assert not Unsealed.objects.exists()


def test_a_refusal_says_which_rule():
    by = actor("practitioner")
    refusal = Refusal("Only a DSL can.", rule="people.invite", subject_type="agency", subject_id=5)
    entry = record_refusal(refusal, by=by, detail={"view": "accounts:invite"})
    assert (entry.verb, entry.outcome, entry.rule) == ("people.invite", "refused", "people.invite")
    assert (entry.subject_type, entry.subject_id) == ("agency", "5")


def test_a_refusal_without_subject_is_recorded_all_the_same():
    assert record_refusal(Refusal("No.", rule="a.b"), by=Actor.nobody()).subject_type == "unknown"


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_not_recorded_in_a_transaction_that_will_roll_back():
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        record_refusal(Refusal("No.", rule="a.b"), by=actor())


def test_names_and_request_ids_that_are_too_long_do_not_stop_the_row():
    by = Actor(None, "n" * 300, None, frozenset(), request_id="r" * 300)
    entry = record("people.view", by=by, subject_type="person")
    entry.refresh_from_db()
    assert (len(entry.actor_name), len(entry.request_id)) == (200, 64)


def test_the_database_sets_the_time_whatever_is_asked_for():
    before = datetime.now(UTC)
    long_ago = before - timedelta(days=30)
    entry = Entry.objects.create(at=long_ago, actor_name="x", verb="a.b", subject_type="c", outcome="allowed")
    assert entry.at >= before - timedelta(minutes=1)
    entry.refresh_from_db()
    assert entry.at >= before - timedelta(minutes=1)


def test_a_refusal_has_a_rule_and_nothing_else_has():
    for outcome, rule in (("refused", ""), ("allowed", "a.b"), ("maybe", "")):
        with pytest.raises(DatabaseError, match="audit_entry_refused_by_a_rule"), transaction.atomic():
            Entry.objects.create(actor_name="x", verb="a.b", subject_type="c", outcome=outcome, rule=rule)


def test_python_refuses_to_change_or_delete():
    (entry,) = written(1)
    everything: Any = Entry.objects
    attempts: list[Any] = [
        entry.save,
        entry.delete,
        lambda: everything.update(verb="x.y"),
        lambda: everything.all().delete(),
        lambda: everything.bulk_update([entry], ["verb"]),
        lambda: everything.update_or_create(pk=entry.pk, defaults={"verb": "x.y"}),
        lambda: everything.bulk_create([entry], update_conflicts=True, update_fields=["verb"], unique_fields=["id"]),
    ]
    for attempt in attempts:
        with pytest.raises(AppendOnlyError):
            attempt()


def test_every_append_only_model_is_known():
    assert {Entry, Seal} <= set(append_only_models())
    assert not issubclass(Unsealed, AppendOnly)


def _refused(statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["audit_entry", "audit_seal"])
def test_postgresql_refuses_change_to_web_and_worker(table):
    changes = [f"UPDATE {table} SET digest = ''", f"DELETE FROM {table}", f"TRUNCATE {table}"]
    if table == "audit_entry":
        changes[0] = "UPDATE audit_entry SET verb = 'x'"
    for change in changes:
        _refused(change)
    with as_worker():
        for change in changes:
            _refused(change)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO audit_seal VALUES (1, 1, '', '', '', now())",
        "INSERT INTO audit_unsealed VALUES (1)",
        "DELETE FROM audit_unsealed",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TABLE audit_entry",
        "SELECT setval('audit_entry_id_seq', 1)",
        "DELETE FROM django_migrations",
    ],
)
def test_postgresql_refuses_the_web_role_to_seal_or_to_slip_past_the_sealer(statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)


def test_no_temporary_table_can_stand_in_for_the_queue():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE audit_unsealed (entry_id bigint) ON COMMIT DROP")
        written(1)
        cursor.execute("SELECT count(*) FROM pg_temp.audit_unsealed")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM public.audit_unsealed")
        assert cursor.fetchone() == (1,)
