"""What every kind of test uses: the owner's rights for a moment, and waiting for another process."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


@contextmanager
def as_owner() -> Iterator[None]:
    """Lift the web role's limits: the login of a test run is the owner, who took the web role's place."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
    try:
        yield
    finally:
        if connection.connection is not None and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SET ROLE referrals_web")


def on_its_own(work: Callable[[], T]) -> T | Exception:
    """Return what `work` returned or raised, and leave no connection behind: for a thread beside the test's own."""
    try:
        return work()
    except Exception as raised:
        return raised
    finally:
        connection.close()


def eventually(check: Callable[[], T], *, within: float = 30.0) -> T:
    """Return the first true value of `check`; fail after `within` seconds, showing the last value.

    For what another process does. It asserts that a thing happens, not how fast.
    """
    deadline = time.monotonic() + within
    while True:
        value = check()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"did not happen within {within:.0f} s; last seen: {value!r}")
        time.sleep(0.05)
