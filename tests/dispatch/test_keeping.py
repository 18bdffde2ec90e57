"""Leases and attempts on the real database, one process: what each step changes and what it refuses."""

import smtplib
from collections.abc import Callable
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection, transaction
from django.utils import timezone

from audit.domain.actor import Actor
from dispatch import broker, keeping, leases
from dispatch.actions import promise
from dispatch.domain.backoff import MOST_ATTEMPTS, backoff
from dispatch.domain.lifecycle import State
from dispatch.domain.queues import LIMITS, Queue
from dispatch.models import OutboxChange, OutboxRow
from dispatch.registry import handler
from tests.support import as_owner

pytestmark = pytest.mark.django_db(transaction=True)

BY = Actor.system("test")
LEASE = timedelta(seconds=90)
GIVEN: dict[str, Callable] = {}


@handler("test_given")
def given_by_the_test(promise):
    """Does what the running test put in GIVEN."""
    return GIVEN["work"](promise)


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch, tmp_path):
    """Nothing is woken here: the tests keep promises themselves."""
    monkeypatch.setenv("CELERY_BROKER_URL", f"redis+socket://{tmp_path}/nobody-listens.sock")
    monkeypatch.setattr(broker, "_quiet_until", 0.0)
    GIVEN["work"] = lambda promise: None


def make(key="one", kind="test_given", **references):
    with transaction.atomic():
        return promise(kind=kind, key=key, references=references, by=BY)


def seen(row):
    row.refresh_from_db()
    return row


def taken(row, now):
    claimed = leases.claim(row.pk, now=now, lease=LEASE)
    assert claimed is not None
    return claimed


def history(row):
    return [(change.before, change.after) for change in OutboxChange.objects.filter(row=row)]


def effect_of(key):
    """An effect that can be counted: it promises something else."""

    def effect():
        promise(kind="test_given", key=key, references={}, by=BY)

    return effect


class TestClaim:
    def test_takes_a_due_row_and_counts_the_attempt(self):
        row, now = make(edition=3), timezone.now()
        claimed = taken(row, now)
        assert (claimed.id, claimed.key, claimed.kind, claimed.attempt) == (row.pk, "one", "test_given", 1)
        assert claimed.references == {"edition": 3}
        row = seen(row)
        assert (row.state, row.attempts, row.leased_until) == ("leased", 1, now + LEASE)
        assert history(row) == [("", "due"), ("due", "leased")]

    def test_only_once(self):
        row, now = make(), timezone.now()
        assert leases.claim(row.pk, now=now, lease=LEASE)
        assert leases.claim(row.pk, now=now, lease=LEASE) is None
        assert leases.claim(row.pk, now=now + LEASE - timedelta(seconds=1), lease=LEASE) is None

    def test_again_once_the_lease_has_run_out(self):
        row, now = make(), timezone.now()
        leases.claim(row.pk, now=now, lease=LEASE)
        assert taken(row, now + LEASE).attempt == 2
        assert history(seen(row))[-1] == ("leased", "leased")

    def test_not_before_it_is_due(self):
        row = make()
        assert leases.claim(row.pk, now=row.next_try_at - timedelta(seconds=1), lease=LEASE) is None

    def test_not_a_row_that_somebody_holds_at_this_moment(self):
        """It neither waits nor fails: the other one is at it."""
        row = make()
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("BEGIN")
                cursor.execute("SELECT 1 FROM dispatch_outboxrow WHERE id = %s FOR UPDATE", [row.pk])
                assert leases.claim(row.pk, now=timezone.now(), lease=LEASE) is None
                cursor.execute("ROLLBACK")
        finally:
            other.close()

    @pytest.mark.parametrize("state", ["done", "parked", "set_aside"])
    def test_not_what_is_over(self, state):
        row, now = make(), timezone.now()
        OutboxRow.objects.filter(pk=row.pk).update(
            state=state, done_at=now if state == "done" else None, parked_at=now if state == "parked" else None
        )
        assert leases.claim(row.pk, now=now, lease=LEASE) is None

    def test_not_what_is_not_there(self):
        row = make()
        with as_owner():
            OutboxChange.objects.all()._raw_delete("default")
            row.delete()
        keeping.keep(row.pk)
        assert leases.claim(row.pk, now=timezone.now(), lease=LEASE) is None


class TestLease:
    def test_extended_by_its_holder(self):
        row, now = make(), timezone.now()
        claimed = taken(row, now)
        later = now + timedelta(seconds=60)
        leases.extend(claimed, now=later)
        assert seen(row).leased_until == later + LIMITS[Queue.ROUTINE].lease

    def test_whoever_lost_it_can_neither_extend_nor_finish_nor_fail(self):
        row, now = make(), timezone.now()
        slow = taken(row, now)
        quick = taken(row, now + LEASE)
        for late in (
            lambda: leases.extend(slow, now=now),
            lambda: leases.finish(slow, effect_of("of-the-slow-one"), now=now),
            lambda: leases.fail(slow, ValueError(), now=now),
        ):
            with pytest.raises(leases.LeaseLost):
                late()
        leases.finish(quick, effect_of("of-the-quick-one"), now=now)
        assert set(OutboxRow.objects.values_list("key", flat=True)) == {"one", "of-the-quick-one"}
        assert seen(row).state == "done"

    def test_a_lease_that_ran_out_unnoticed_still_finishes(self):
        row, now = make(), timezone.now()
        claimed = taken(row, now)
        leases.finish(claimed, None, now=now + 10 * LEASE)
        assert seen(row).state == "done"


def test_no_change_is_written_that_the_table_does_not_have():
    row = make()
    with pytest.raises(ValueError, match="no promise goes from done to due"):
        leases.note(row.pk, before=State.DONE, after=State.DUE, at=timezone.now())


class TestKeep:
    def test_the_handler_works_outside_any_transaction_and_its_effect_inside_the_finish(self):
        row = make()
        was: list[object] = []

        def work(promise):
            was.append(connection.in_atomic_block)

            def effect():
                was.append(connection.in_atomic_block)
                was.append(OutboxRow.objects.get(pk=promise.id).state)

            return effect

        GIVEN["work"] = work
        keeping.keep(row.pk)
        assert was == [False, True, "done"]
        assert history(row) == [("", "due"), ("due", "leased"), ("leased", "done")]

    def test_kept_once_however_often_it_is_asked_for(self):
        row = make()
        calls = []
        GIVEN["work"] = lambda promise: calls.append(promise.attempt)
        for _ in range(3):
            keeping.keep(row.pk)
        assert calls == [1]

    def test_an_effect_that_fails_leaves_nothing_behind(self):
        row = make()

        def effect():
            effect_of("half-done")()
            raise RuntimeError("Ada Example")

        GIVEN["work"] = lambda promise: effect
        keeping.keep(row.pk)
        assert seen(row).state == "due"
        assert not OutboxRow.objects.filter(key="half-done").exists()

    @pytest.mark.parametrize(
        "error", [ValueError("Ada Example"), SoftTimeLimitExceeded(), smtplib.SMTPServerDisconnected("Ada")], ids=repr
    )
    def test_a_failure_waits_in_the_row_and_keeps_no_message(self, error):
        row = make()

        def work(promise):
            raise error

        GIVEN["work"] = work
        before = timezone.now()
        keeping.keep(row.pk)
        row = seen(row)
        wait = backoff(1, seed=str(row.pk))
        assert (row.state, row.attempts, row.lease_token) == ("due", 1, None)
        assert before + wait <= row.next_try_at <= timezone.now() + wait
        assert row.last_error == f"{type(error).__module__}.{type(error).__qualname__}"
        stored = [row.last_error, *OutboxChange.objects.values_list("why", flat=True)]
        assert not any("Ada" in text for text in stored)

    def test_success_clears_the_last_error(self):
        row = make()
        OutboxRow.objects.filter(pk=row.pk).update(last_error="builtins.ValueError", attempts=2)
        keeping.keep(row.pk)
        assert (seen(row).state, row.last_error, row.attempts) == ("done", "", 3)

    def test_a_permanent_failure_parks_at_once(self):
        row = make(kind="test_failing", for_good=1)
        keeping.keep(row.pk)
        row = seen(row)
        assert (row.state, row.attempts, row.last_error) == ("parked", 1, "tests.dispatch.kinds.Hopeless")
        assert row.parked_at is not None

    def test_the_last_attempt_parks(self):
        row = make(kind="test_failing")
        OutboxRow.objects.filter(pk=row.pk).update(attempts=MOST_ATTEMPTS - 1)
        keeping.keep(row.pk)
        assert (seen(row).state, row.attempts) == ("parked", MOST_ATTEMPTS)

    def test_work_that_kills_its_worker_each_time_is_parked(self):
        """Nobody is left to record such a failure: the next look at the row finds it out of attempts."""
        row, now = make(), timezone.now()
        OutboxRow.objects.filter(pk=row.pk).update(attempts=MOST_ATTEMPTS - 1)
        leases.claim(row.pk, now=now, lease=timedelta(0))
        keeping.keep(row.pk)
        assert (seen(row).state, row.attempts) == ("parked", MOST_ATTEMPTS)
        assert OutboxChange.objects.latest("pk").why == "exhausted"

    def test_a_kind_that_no_handler_knows_is_parked(self):
        """Made by a newer version, seen by an older worker."""
        row = make()
        OutboxRow.objects.filter(pk=row.pk).update(kind="from_the_future")
        keeping.keep(row.pk)
        assert (seen(row).state, row.last_error) == ("parked", "dispatch.domain.promise.UnknownKind")


class TestEach:
    def test_one_after_the_other_and_a_failure_stops_none(self):
        first, failing, last = make("first"), make("failing", kind="test_failing"), make("last")
        keeping.keep_each([first.pk, failing.pk, last.pk])
        assert [seen(row).state for row in (first, failing, last)] == ["done", "due", "done"]

    def test_what_time_has_run_out_for_is_left_to_the_sweep(self, monkeypatch):
        """Several e-mails whose server hangs would outlast the limit of one attempt, which kills the process."""
        monkeypatch.setattr(keeping, "LONG_ENOUGH", timedelta(0))
        first, second = make("first"), make("second")
        keeping.keep_each([first.pk, second.pk])
        assert [(seen(row).state, row.attempts) for row in (first, second)] == [("done", 1), ("due", 0)]

    def test_the_lease_is_the_queues_unless_another_is_given(self):
        now = timezone.now()
        for queue in Queue:
            with transaction.atomic():
                row = promise(kind="test_given", key=f"of-{queue.value}", references={}, by=BY, queue=queue)
            assert leases.claim(row.pk, now=now + timedelta(seconds=1))
            assert seen(row).leased_until == now + timedelta(seconds=1) + LIMITS[queue].lease


class TestSweep:
    def ready(self, queue=Queue.ROUTINE, now=None, most=100):
        return leases.ready_to_wake(queue, now=now or timezone.now(), again=keeping.WAKE_AGAIN, most=most)

    def test_leaves_what_was_woken_a_moment_ago(self):
        row = make()
        assert self.ready(now=row.woken_at + keeping.WAKE_AGAIN - timedelta(seconds=1)) == []
        assert self.ready(now=row.woken_at + keeping.WAKE_AGAIN) == [row.pk]

    def test_tells_of_a_row_once_however_many_sweep(self):
        row = make()
        now = row.woken_at + keeping.WAKE_AGAIN
        assert [self.ready(now=now), self.ready(now=now)] == [[row.pk], []]

    def test_wakes_a_failed_row_as_soon_as_its_backoff_is_over(self):
        row = make(kind="test_failing")
        keeping.keep(row.pk)
        due = seen(row).next_try_at
        assert self.ready(now=due - timedelta(milliseconds=1)) == []
        assert self.ready(now=due) == [row.pk]

    def test_wakes_a_row_whose_lease_has_run_out(self):
        row = make()
        now = row.woken_at + keeping.WAKE_AGAIN
        leases.claim(row.pk, now=now, lease=LEASE)
        assert self.ready(now=now + LEASE - timedelta(seconds=1)) == []
        assert self.ready(now=now + LEASE) == [row.pk]

    def test_takes_the_longest_due_first_and_no_more_than_a_batch(self):
        rows = [make(f"row-{number}") for number in range(3)]
        assert self.ready(now=timezone.now() + keeping.WAKE_AGAIN, most=2) == [rows[0].pk, rows[1].pk]

    def test_keeps_to_the_queue(self):
        make()
        assert self.ready(queue=Queue.URGENT, now=timezone.now() + keeping.WAKE_AGAIN) == []

    def test_without_a_broker_it_wakes_nothing_and_does_not_fail(self):
        make()
        assert keeping.sweep(now=timezone.now() + keeping.WAKE_AGAIN) == 0
