"""The sealer: everything committed, once, in one chain, however the writers and sealers interleave."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from audit import actions
from audit.models import Entry, Seal, Unsealed
from audit.tasks import seal as seal_task
from tests.audit.support import as_worker, found, seal_as_worker, written

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def another_writer() -> Iterator[BaseDatabaseWrapper]:
    """A second connection with a transaction open, in which one entry is written."""
    with closing(connection.copy()) as other:
        other.ensure_connection()
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(
                "INSERT INTO audit_entry"
                " (actor_name, roles, verb, subject_type, subject_id, outcome, rule, request_id, detail)"
                " VALUES ('Tom Adeyemi', '{}', 'people.view', 'person', '', 'allowed', '', '', '{}')"
            )
        yield other
        other.rollback()


def in_a_thread(work):
    """Run `work` on a connection of its own and close that."""

    def run():
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(run).result()


def test_entries_are_sealed_once_in_order(monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 3)
    entries = written(7)
    assert seal_as_worker() == 7
    assert seal_as_worker() == 0
    assert list(Seal.objects.order_by("position").values_list("position", "entry_id")) == [
        (number, entry.pk) for number, entry in enumerate(entries, start=1)
    ]
    assert not Unsealed.objects.exists()
    written(2)
    assert seal_as_worker() == 2
    assert found() == []


def test_the_task_seals():
    written(2)
    with as_worker():
        seal_task()
    assert Seal.objects.count() == 2


def test_an_entry_that_commits_after_a_greater_number_was_sealed_is_sealed_next():
    with another_writer() as other:
        (later,) = written(1)
        assert seal_as_worker() == 1
        other.commit()
    assert seal_as_worker() == 1
    first, second = Seal.objects.order_by("position")
    assert first.entry_id == later.pk > second.entry_id
    assert found() == []


def test_an_entry_that_rolled_back_leaves_a_gap_in_numbers_and_none_in_the_chain():
    with another_writer():
        written(1)
    assert seal_as_worker() == 1
    assert found() == []


def test_a_second_sealer_stands_back_while_one_works():
    written(2)
    with as_worker(), transaction.atomic():
        assert actions.seal(now=Entry.objects.latest("pk").at) == 2
        assert in_a_thread(seal_as_worker) == 0
    written(1)
    assert in_a_thread(seal_as_worker) == 1
    assert found() == []


def test_sealers_racing_do_not_fork_the_chain(monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 5)
    written(60)
    start = Barrier(4)

    def race() -> int:
        try:
            start.wait(timeout=30)
            sealed = 0
            while Unsealed.objects.exists():
                sealed += seal_as_worker()
            return sealed
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        shares = [future.result() for future in [pool.submit(race) for _ in range(4)]]
    assert sum(shares) == 60
    assert list(Seal.objects.order_by("position").values_list("position", flat=True)) == list(range(1, 61))
    assert found() == []
