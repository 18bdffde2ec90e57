"""What beat asks for exists, and every watch that a room offers is asked for."""

import re
from pathlib import Path
from typing import cast

from django.conf import settings

from config.celery import app
from dispatch.domain.queues import LIMITS, WATCH, WORKERS, Queue

PROJECT = Path(__file__).resolve().parents[2]
# Woken by name with a row, not by the clock.
BY_NAME = {"dispatch.keep"}


def test_beat_and_the_rooms_name_the_same_tasks():
    app.loader.import_default_modules()
    offered = {name for name in app.tasks if not name.startswith("celery.")} - BY_NAME
    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert asked == offered


def test_the_rounds_are_written_down():
    written = set(re.findall(r"^\| `(\w+\.\w+)` \|", (PROJECT / "docs" / "architecture.md").read_text(), re.MULTILINE))
    assert written == {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}


def test_every_queue_is_worked_off_and_slow_work_holds_up_no_delivery():
    taken = [queue for queues in WORKERS.values() for queue in queues]
    watched = {cast(dict[str, str], entry["options"]).get("queue") for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert set(taken) == {*(queue.value for queue in Queue), *(watched - {None}), settings.CELERY_TASK_DEFAULT_QUEUE}
    assert len(taken) == len(set(taken))
    assert {Queue.MAIL, Queue.DOCUMENTS}.isdisjoint(WORKERS["worker"])
    assert not any({Queue.MAIL, Queue.DOCUMENTS} <= set(queues) for queues in WORKERS.values())
    assert WORKERS["worker"][0] == WATCH
    sweep = cast(dict[str, str], settings.CELERY_BEAT_SCHEDULE["sweep the outbox"]["options"])
    assert sweep["queue"] == WATCH


def test_what_was_missed_is_not_caught_up():
    """A sweep that waited in the broker for longer than its interval is not run again for each missed one."""
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert cast(dict[str, float], entry["options"])["expires"] <= cast(float, entry["schedule"])


def test_the_broker_gives_a_message_to_another_worker_only_after_every_limit_is_over():
    """Redis hands out again what nobody has acknowledged for so long: earlier, two workers would be at it at once."""
    invisible = cast(dict[str, float], settings.CELERY_BROKER_TRANSPORT_OPTIONS)["visibility_timeout"]
    longest = max(settings.CELERY_TASK_TIME_LIMIT, *(limits.hard.total_seconds() for limits in LIMITS.values()))
    # One more waits behind the one that is worked on: nothing is fetched beyond that.
    assert settings.CELERY_WORKER_PREFETCH_MULTIPLIER == 1
    assert invisible > 2 * longest
    # And no message names a time of its own: one that waited for longer than this would run twice.
    assert settings.CELERY_TASK_ACKS_LATE
    assert settings.CELERY_TASK_REJECT_ON_WORKER_LOST
