"""Making a promise: with the change it belongs to, once a key, broker or no broker."""

import threading
from uuid import UUID, uuid4

import pytest
from celery import current_app
from django.db import IntegrityError, ProgrammingError, connections, transaction
from django.db.transaction import TransactionManagementError

from audit.domain.actor import Actor
from audit.models import AppendOnlyError
from dispatch import broker
from dispatch.actions import KeyTaken, promise, promise_each
from dispatch.domain.promise import UnknownKind
from dispatch.domain.queues import Queue
from dispatch.models import OutboxChange, OutboxRow
from dispatch.registry import handler

BY = Actor(uuid4(), "Pat Practitioner", uuid4(), frozenset({"practitioner"}), request_id="request-1")


def make(key="one", **others):
    return promise(**{"kind": "test_effect", "key": key, "references": {}, "by": BY, **others})


@pytest.mark.django_db(transaction=True)
class TestOutsideATransaction:
    def test_refused(self):
        with pytest.raises(TransactionManagementError, match="inside the transaction"):
            make()
        assert not OutboxRow.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestCommit:
    def test_a_promise_rolls_back_with_its_change(self):
        with transaction.atomic():
            make()
            transaction.set_rollback(True)
        assert not OutboxRow.objects.exists()
        assert not OutboxChange.objects.exists()

    def test_a_dead_broker_costs_one_try_and_no_exception(self, monkeypatch, tmp_path):
        monkeypatch.setenv("CELERY_BROKER_URL", f"redis+socket://{tmp_path}/nobody-listens.sock")
        monkeypatch.setattr(broker, "_quiet_until", 0.0)
        with transaction.atomic():
            first = make("first")
        assert broker._quiet_until > 0
        with transaction.atomic():
            second = make("second")
        assert set(OutboxRow.objects.values_list("pk", flat=True)) == {first.pk, second.pk}
        assert broker.wake([(first.pk, "routine")]) is False

    def test_all_of_a_transaction_are_woken_at_once_urgent_ones_first(self, monkeypatch):
        told = []
        monkeypatch.setattr(broker, "wake", lambda rows: told.append(list(rows)))
        with transaction.atomic():
            routine = make("routine")
            lost = None
            try:
                with transaction.atomic():
                    lost = make("lost")
                    raise RuntimeError
            except RuntimeError:
                pass
            urgent = make("urgent", queue=Queue.URGENT)
        assert lost is not None
        (rows,) = told
        assert rows[0] == (urgent.pk, "urgent")
        assert {row for row, _ in rows} - {lost.pk} == {urgent.pk, routine.pk}

    def test_a_savepoint_that_is_rolled_back_takes_no_other_wake_with_it(self, monkeypatch):
        told: list[tuple[UUID, str]] = []
        monkeypatch.setattr(broker, "wake", told.extend)
        with transaction.atomic():
            try:
                with transaction.atomic():
                    make("lost")
                    raise RuntimeError
            except RuntimeError:
                pass
            kept = make("kept")
        assert told == [(kept.pk, "routine")]
        with transaction.atomic():
            make("gone")
            transaction.set_rollback(True)
        with transaction.atomic():
            later = make("later")
        assert told[1:] == [(later.pk, "routine")]

    def test_emails_of_a_transaction_share_a_message_and_nothing_else_does(self):
        mail, other = [(uuid4(), "mail") for _ in range(broker.TOGETHER + 1)], [(uuid4(), "urgent") for _ in range(2)]
        assert [(len(row_ids), queue) for row_ids, queue in broker._messages([*other, *mail])] == [
            *((1, "urgent"), (1, "urgent"), (broker.TOGETHER, "mail"), (1, "mail"))
        ]

    def test_two_transactions_with_one_key_make_one_promise(self):
        """The second waits for the first to commit, then finds its row."""
        made, inserted = [], threading.Event()

        def second():
            inserted.wait(timeout=30)
            try:
                with transaction.atomic():
                    made.append(make("race").pk)
            finally:
                connections.close_all()

        thread = threading.Thread(target=second)
        thread.start()
        with transaction.atomic():
            first = make("race")
            inserted.set()
        thread.join(timeout=30)
        assert made == [first.pk]
        assert OutboxChange.objects.count() == 1


@pytest.mark.django_db
class TestRow:
    def test_what_it_holds(self):
        child = uuid4()
        row = make("one", references={"child_id": child, "edition": 3, "area": "bury"})
        row.refresh_from_db()
        assert row.references == {"child_id": str(child), "edition": 3, "area": "bury"}
        assert (row.kind, row.queue, row.state, row.attempts) == ("test_effect", "routine", "due", 0)
        assert row.request_id == "request-1"
        change = OutboxChange.objects.get(row=row)
        assert (change.before, change.after, change.by_id, change.by_name) == ("", "due", BY.person_id, BY.name)

    def test_the_promise_may_name_its_queue(self):
        assert make(queue=Queue.URGENT).queue == "urgent"

    def test_the_same_key_is_the_same_promise(self):
        assert make("same").pk == make("same").pk
        assert OutboxRow.objects.count() == OutboxChange.objects.count() == 1

    def test_several_at_once_are_as_many_promises(self, django_assert_num_queries):
        there = make("two", references={"edition": 2})
        each = {word: {"edition": number} for number, word in enumerate(("one", "two", "three"), start=1)}
        # One INSERT, one SELECT, and the changes of those that are new.
        with django_assert_num_queries(3):
            rows = promise_each(kind="test_effect", each=each, by=BY)
        assert rows["two"].pk == there.pk
        assert {key: row.references for key, row in rows.items()} == each
        assert OutboxChange.objects.count() == OutboxRow.objects.count() == 3

    def test_several_of_which_one_is_other_work_are_a_mistake(self):
        make("two")
        with pytest.raises(KeyTaken), transaction.atomic():
            promise_each(kind="test_effect", each={"one": {}, "two": {"edition": 2}}, by=BY)
        assert OutboxRow.objects.count() == OutboxChange.objects.count() == 1

    @pytest.mark.parametrize("other", [{"kind": "test_failing"}, {"references": {"edition": 2}}])
    def test_the_same_key_for_other_work_is_a_mistake(self, other):
        make("same")
        with pytest.raises(KeyTaken):
            make("same", **other)

    def test_an_unknown_kind_is_refused(self):
        with pytest.raises(UnknownKind):
            make(kind="nobody_knows")

    def test_words_are_refused(self):
        with pytest.raises(ValueError, match="no UUID, no slug"):
            make(references={"child": "Ada Example"})
        assert not OutboxRow.objects.exists()

    def test_changes_are_append_only(self):
        make()
        change = OutboxChange.objects.get()
        with pytest.raises(AppendOnlyError):
            change.save()
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            super(type(OutboxChange.objects.all()), OutboxChange.objects.all()).update(why="")

    @pytest.mark.parametrize(
        "wrong",
        [
            *({"state": "leased"}, {"state": "done"}, {"state": "parked"}, {"state": "lost"}),
            *({"queue": "slow"}, {"lease_token": UUID(int=7)}),
        ],
        ids=str,
    )
    def test_the_database_refuses_states_that_cannot_be(self, wrong):
        row = make()
        with pytest.raises(IntegrityError), transaction.atomic():
            OutboxRow.objects.filter(pk=row.pk).update(**wrong)


def test_a_kind_has_one_handler():
    with pytest.raises(ValueError, match="already"):
        handler("test_effect")(lambda promise: None)


def test_every_thread_knows_the_application():
    """A web server's threads wake workers through the configured broker, not through Celery's default one."""
    names = []
    thread = threading.Thread(target=lambda: names.append(current_app.main))
    thread.start()
    thread.join()
    assert names == ["safeguarding"]
