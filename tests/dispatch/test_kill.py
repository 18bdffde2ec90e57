"""Whatever is killed, emptied or restarted, and when: each promise has exactly one effect in the end."""

import base64
import json
import threading
from contextlib import closing, contextmanager
from typing import Any
from uuid import uuid4

import psycopg2
import pytest
from celery import current_app
from django.conf import settings
from django.db import connections
from django.utils import timezone
from redis import Redis

from dispatch import broker
from dispatch.domain.queues import Queue
from dispatch.models import OutboxRow, Pulse
from tests.dispatch import kinds
from tests.support import eventually

pytestmark = pytest.mark.long

# The attempt whose effect stays, by the step at which the first attempt died.
SURVIVING_ATTEMPT = {
    kinds.BEFORE_CLAIM: 1,
    kinds.AFTER_CLAIM: 2,
    kinds.MID_HANDLER: 2,
    kinds.BEFORE_FINISH: 2,
    kinds.MID_EFFECT: 2,
    kinds.AFTER_FINISH: 1,
}


def is_done(ground, row_id):
    return ground.state(row_id) == "done"


def test_a_promise_is_kept_at_once(ground):
    ground.start_worker()
    row_id = ground.promise("kept-at-once")
    eventually(lambda: is_done(ground, row_id))
    assert ground.effects(row_id) == [1]


def test_each_step_of_an_attempt_survives_the_death_of_its_process(ground):
    """The pool's process dies by SIGKILL; the worker gives the message back and starts another process."""
    ground.start_worker(pool="prefork")
    rows = {step: ground.promise(f"child-{step}", die_at=step) for step in kinds.STEPS}
    for row_id in rows.values():
        eventually(ground.sign(row_id, "died").exists, within=120)
    ground.finish_after_time(*rows.values())
    assert {step: ground.effects(row_id) for step, row_id in rows.items()} == {
        step: [attempt] for step, attempt in SURVIVING_ATTEMPT.items()
    }


@pytest.mark.parametrize("step", kinds.STEPS)
def test_each_step_survives_the_death_of_the_whole_worker(ground, step):
    """Nobody is left to give the message back: a new worker learns of the promise from the sweep."""
    worker = ground.start_worker()
    row_id = ground.promise(f"whole-{step}", die_at=step, whole=1)
    assert eventually(worker.process.poll) == -9
    assert is_done(ground, row_id) == (step == kinds.AFTER_FINISH)
    ground.start_worker()
    ground.finish_after_time(row_id)
    assert ground.effects(row_id) == [SURVIVING_ATTEMPT[step]]


def test_what_redis_forgot_the_sweep_remembers(ground):
    row_id = ground.promise("forgotten")
    ground.services("restart-redis")
    ground.start_worker()
    assert ground.state(row_id) == "due"
    ground.finish_after_time(row_id)
    assert ground.effects(row_id) == [1]


def test_a_promise_is_made_without_a_broker_and_kept_when_it_is_back(ground, monkeypatch):
    stop_redis(ground)
    row_id = ground.promise("no-broker")
    assert ground.state(row_id) == "due"
    ground.services("start")
    monkeypatch.setattr(broker, "_quiet_until", 0.0)
    ground.start_worker()
    ground.finish_after_time(row_id)
    assert ground.effects(row_id) == [1]


def test_postgresql_restarts_while_a_handler_works(ground):
    """The attempt's connection is gone, its finish fails, the next attempt does it."""
    ground.start_worker()
    row_id = ground.promise("restart", wait_on_attempt=1)
    eventually(ground.sign(row_id, "waits").exists)
    ground.services("restart-postgres")
    connections.close_all()
    ground.sign(row_id, "go").touch()
    eventually(lambda: ground.state(row_id) != "leased")
    ground.finish_after_time(row_id)
    assert ground.effects(row_id) == [2]


def test_a_worker_that_gets_no_connection_keeps_its_promises_once_it_does(ground):
    """As when every connection that PostgreSQL gives is taken: attempts that never began count for nothing."""
    row_id = ground.promise("no-connection")
    with every_connection_taken(ground):
        worker = ground.start_worker()
        eventually(lambda: "OperationalError" in worker.said())
        assert worker.process.poll() is None
        assert (ground.state(row_id), OutboxRow.objects.get(pk=row_id).attempts) == ("due", 0)
    ground.finish_after_time(row_id)
    assert ground.effects(row_id) == [1]


def test_two_workers_many_sweeps_and_repeated_messages_leave_one_effect_each(ground):
    ground.start_worker()
    ground.start_worker()
    rows = [ground.promise(f"crowd-{number}") for number in range(20)]
    wakes = [(row_id, "routine") for row_id in rows] * 3
    assert broker.wake(wakes)

    def sweep_and_close():
        try:
            ground.sweep()
        finally:
            connections.close_all()

    ground.let_time_pass()
    sweepers = [threading.Thread(target=sweep_and_close) for _ in range(4)]
    for sweeper in sweepers:
        sweeper.start()
    for sweeper in sweepers:
        sweeper.join()
    eventually(lambda: all(is_done(ground, row_id) for row_id in rows), within=120)
    assert [len(ground.effects(row_id)) for row_id in rows] == [1] * 20


def test_a_slow_handler_that_lost_its_lease_has_no_effect(ground):
    slow = ground.start_worker()
    row_id = ground.promise("slow", wait_on_attempt=1)
    eventually(ground.sign(row_id, "waits").exists)
    ground.start_worker()
    ground.finish_after_time(row_id)
    assert ground.effects(row_id) == [2]
    ground.sign(row_id, "go").touch()
    eventually(lambda: "lease_lost" in slow.said())
    assert ground.effects(row_id) == [2]


def test_a_backlog_does_not_hold_up_the_sweep(ground):
    """A sweep that stood in line would expire there, as long as the line is longer than its interval."""
    redis = Redis(unix_socket_path=redis_socket(ground))
    lost = ground.promise("lost-in-the-crowd", queue=Queue.URGENT)
    redis.flushall()
    OutboxRow.objects.filter(pk=lost).update(woken_at=None)
    backlog = [ground.promise(f"backlog-{number}", queue=Queue.URGENT) for number in range(20)]
    sweep: dict[str, Any] = settings.CELERY_BEAT_SCHEDULE["sweep the outbox"]
    with current_app.connection_for_write() as connection:
        current_app.send_task(sweep["task"], queue=sweep["options"]["queue"], connection=connection)
    ground.start_worker()
    eventually(lambda: all(is_done(ground, row_id) for row_id in [lost, *backlog]), within=120)
    woken_at = OutboxRow.objects.get(pk=lost).woken_at
    assert not OutboxRow.objects.filter(pk__in=backlog, done_at__lt=woken_at).exists()


def test_beats_task_sweeps(ground):
    """The task that the schedule names wakes what nobody woke."""
    row_id = ground.promise("by-task")
    ground.services("restart-redis")
    ground.start_worker()
    ground.let_time_pass()
    began = timezone.now()
    with current_app.connection_for_write() as connection:
        current_app.send_task("dispatch.sweep", queue="watch", connection=connection)
    eventually(lambda: is_done(ground, row_id))
    assert ground.effects(row_id) == [1]
    # It leaves the sign by which its silence would be seen.
    eventually(Pulse.objects.filter(name="dispatch.sweep", at__gte=began).exists)


def test_the_soft_time_limit_is_a_failure_like_any_other(ground):
    row_id = ground.promise("endless", wait_on_attempt=1)
    Redis(unix_socket_path=redis_socket(ground)).flushall()
    ground.start_worker(pool="prefork")
    with current_app.connection_for_write() as connection:
        current_app.send_task(
            "dispatch.keep",
            args=[str(row_id)],
            queue="routine",
            connection=connection,
            soft_time_limit=1,
            time_limit=30,
        )
    eventually(ground.sign(row_id, "waits").exists)
    eventually(lambda: ground.state(row_id) == "due")
    assert OutboxRow.objects.get(pk=row_id).last_error == "billiard.exceptions.SoftTimeLimitExceeded"
    ground.finish_after_time(row_id)
    assert ground.effects(row_id) == [2]


def test_the_broker_learns_the_id_only(ground):
    child = uuid4()
    Redis(unix_socket_path=redis_socket(ground)).flushall()
    row_id = ground.promise("message", child_id=str(child))
    (message,) = Redis(unix_socket_path=redis_socket(ground)).lrange("routine", 0, 0)
    envelope = json.loads(message)
    arguments, named, _ = json.loads(base64.b64decode(envelope["body"]))
    assert (arguments, named) == ([str(row_id)], {})
    assert str(child) not in str(message)


@contextmanager
def every_connection_taken(ground):
    """While the context lasts nobody gets a further connection to the database; this process keeps the one it has."""
    limit = "ALTER DATABASE referrals CONNECTION LIMIT"
    OutboxRow.objects.exists()
    with closing(psycopg2.connect(ground.database_url("owner"))) as owner:
        owner.autocommit = True
        with owner.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            ((now,),) = cursor.fetchall()
            cursor.execute(f"{limit} %s", [now])
            try:
                yield
            finally:
                cursor.execute(f"{limit} -1")


def redis_socket(ground):
    """Where Redis listens."""
    return ground.variables["REDIS_URL"].removeprefix("redis+socket://")


def stop_redis(ground):
    """Stop Redis only."""
    Redis(unix_socket_path=redis_socket(ground)).shutdown(nosave=True)
