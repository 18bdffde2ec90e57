"""A worker's process that has come to hold too much is replaced, between two tasks and by the limit of a deployment."""

import pytest
from django.conf import settings
from django.db import transaction

from dispatch.actions import promise
from tests.dispatch.ground import BY
from tests.support import eventually

pytestmark = pytest.mark.long


def test_a_process_that_holds_too_much_is_replaced_and_nothing_is_lost_or_done_twice(ground):
    worker = ground.start_worker(pool="prefork")
    limit = settings.CELERY_WORKER_MAX_MEMORY_PER_CHILD // 1024
    first, second, heavy, after = [
        process(ground, key, megabytes=megabytes)
        for key, megabytes in (("little", 1), ("half", limit // 2), ("too-much", limit // 2), ("after", 1))
    ]
    # Half of it is a copy's business; what it was at when it went beyond, it finished.
    assert first == second == heavy
    assert after != heavy
    assert worker.process.poll() is None


def process(ground, key: str, *, megabytes: int) -> int:
    """The process that did a task after which it holds so much more; the task was done at its first attempt."""
    with transaction.atomic():
        row = promise(kind="test_holding", key=key, references={"megabytes": megabytes}, by=BY)
    eventually(lambda: ground.state(row.pk) == "done", within=60)
    row.refresh_from_db()
    assert row.attempts == 1
    return int(ground.sign(row.pk, "process").read_text())
