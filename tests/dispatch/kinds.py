"""Kinds of promise for tests: one that leaves a visible effect, and can be told where to die or to wait."""

import os
import signal
from pathlib import Path

from django.db import connection

from dispatch.domain.promise import PermanentFailure, Promise, Reference
from dispatch.domain.queues import Queue
from dispatch.registry import Effect, handler
from tests.support import eventually

BEFORE_CLAIM = "before-claim"
AFTER_CLAIM = "after-claim"
MID_HANDLER = "mid-handler"
BEFORE_FINISH = "before-finish"
MID_EFFECT = "mid-effect"
AFTER_FINISH = "after-finish"
STEPS = [BEFORE_CLAIM, AFTER_CLAIM, MID_HANDLER, BEFORE_FINISH, MID_EFFECT, AFTER_FINISH]

# No unique constraint: an effect that happens twice is to be seen, not prevented.
EFFECT_TABLE = "CREATE TABLE effect (id bigserial PRIMARY KEY, promise uuid NOT NULL, attempt integer NOT NULL)"


held: list[bytearray] = []


class Hopeless(PermanentFailure):
    """Cannot ever work."""

    words = "It never works"


def signs() -> Path:
    """The folder through which tests and workers give each other signs."""
    return Path(os.environ["TEST_SIGNS"])


def die_once(row_id: object, references: dict[str, Reference], step: str) -> None:
    """Kill this process, or all of the worker, with SIGKILL the first time that this promise comes to `step`."""
    if references.get("die_at") != step:
        return
    try:
        (signs() / f"{row_id}.died").touch(exist_ok=False)
    except FileExistsError:
        return
    if references.get("whole"):
        os.killpg(os.getpgid(0), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


@handler("test_effect", queue=Queue.ROUTINE)
def leave_effect(promise: Promise) -> Effect:
    """Insert one row in the transaction that marks the promise done; on the way, die or wait where it says."""
    references = dict(promise.references)
    die_once(promise.id, references, MID_HANDLER)
    if references.get("wait_on_attempt") == promise.attempt:
        (signs() / f"{promise.id}.waits").touch()
        eventually((signs() / f"{promise.id}.go").exists, within=120)

    def effect() -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO effect (promise, attempt) VALUES (%s, %s)", [str(promise.id), promise.attempt])
        die_once(promise.id, references, MID_EFFECT)

    return effect


@handler("test_holding", queue=Queue.DOCUMENTS)
def hold(promise: Promise) -> None:
    """Say which process does this, and keep so many megabytes in it for good, as a leak would."""
    held.append(bytearray(b"x") * (int(promise.references.get("megabytes", 0)) << 20))
    (signs() / f"{promise.id}.process").write_text(str(os.getpid()))


@handler("test_failing")
def fail(promise: Promise) -> None:
    """Fail for a while, or for good."""
    if promise.references.get("for_good"):
        raise Hopeless("Ada Example of 1 Invented Street")
    raise ConnectionError("Ada Example of 1 Invented Street")
