"""Waking workers. The broker only makes things quick: whatever fails here, the sweep makes good."""

import time
from collections.abc import Iterable, Iterator
from itertools import groupby
from uuid import UUID

import structlog
from celery import current_app

from dispatch.domain.queues import LIMITS, Queue

log = structlog.get_logger(__name__)

KEEP = "dispatch.keep"
# A page must not wait for a dead broker: half a second once, and then nothing for the time of two sweeps.
_CONNECT = {"socket_connect_timeout": 0.5, "socket_timeout": 1, "max_retries": 0}
QUIET_SECONDS = 20.0
TOGETHER = 20
"""As many e-mails at most stand in one message: what a message costs is more than what writing an e-mail does."""
_quiet_until = 0.0


def wake(rows: Iterable[tuple[UUID, str]]) -> bool:
    """Tell workers of rows, given as (id, queue); return whether the broker took all of them. Never raises.

    Only ids travel. Call it after commit. After a failure nothing is tried for QUIET_SECONDS in this process.
    """
    global _quiet_until  # noqa: PLW0603 (one flag for the process; threads may race for it without harm)
    if time.monotonic() < _quiet_until:
        return False
    try:
        # A connection of its own each time: a kept one saves 4 ms, but doesn't outlive the broker's restart, and the
        # first message after that may be an urgent one.
        with current_app.connection_for_write(transport_options=_CONNECT) as connection:
            for row_ids, queue in _messages(rows):
                limits = LIMITS[Queue(queue)]
                current_app.send_task(
                    KEEP,
                    args=[str(row_id) for row_id in row_ids],
                    queue=queue,
                    connection=connection,
                    retry=False,
                    ignore_result=True,
                    soft_time_limit=int(limits.soft.total_seconds()),
                    time_limit=int(limits.hard.total_seconds()),
                )
    except Exception as error:
        # Whatever it is, the change has committed: the page must say so, and the sweep will find the row.
        _quiet_until = time.monotonic() + QUIET_SECONDS
        log.warning("wake_failed", error=type(error).__qualname__)
        return False
    return True


def _messages(rows: Iterable[tuple[UUID, str]]) -> Iterator[tuple[list[UUID], str]]:
    """The rows of each message, in the order given: e-mails that stand side by side together, all else one by one."""
    for queue, found in groupby(rows, key=lambda row: row[1]):
        most = TOGETHER if queue == Queue.MAIL else 1
        row_ids = [row_id for row_id, _queue in found]
        for first in range(0, len(row_ids), most):
            yield row_ids[first : first + most], queue
