"""Processes that are told to end (SIGTERM), as a restart or a new version does: what they have begun they finish."""

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg2
import pytest
from django.db import connection, transaction

from dispatch.actions import promise_each
from dispatch.domain.queues import Queue
from dispatch.models import OutboxRow
from tests.dispatch.ground import BY, PROJECT
from tests.stack import free_port
from tests.support import eventually

pytestmark = pytest.mark.long
WARM = "Warm shutdown"


def test_a_worker_finishes_what_it_has_begun_and_leaves_the_rest_to_the_next(ground):
    worker = ground.start_worker(pool="prefork")
    begun = ground.promise("begun", wait_on_attempt=1)
    eventually(ground.sign(begun, "waits").exists)
    rest = [ground.promise(f"rest-{number}", queue=queue) for number, queue in enumerate(Queue)]
    end(worker, before_it_has=lambda: ground.sign(begun, "go").touch())
    # That it has done, and nothing new was begun.
    assert ground.effects(begun) == [1]
    assert set(states(rest)) == {("due", 0)}
    # The next one learns of them from the broker: no sweep runs here, and no time is let pass.
    ground.start_worker(pool="prefork")
    eventually(lambda: all(ground.state(row_id) == "done" for row_id in rest), within=60)
    assert [ground.effects(row_id) for row_id in [begun, *rest]] == [[1]] * (1 + len(rest))


def test_promises_that_came_in_one_message_are_all_kept(ground):
    """E-mails side by side share a message: a worker that has begun it does all of it."""
    worker = ground.start_worker(pool="prefork")
    each = {"together-1": {"wait_on_attempt": 1}, "together-2": {}, "together-3": {}}
    with transaction.atomic():
        rows = [row.pk for row in promise_each(kind="test_effect", each=each, by=BY, queue=Queue.MAIL).values()]
    first = OutboxRow.objects.get(key="together-1").pk
    eventually(ground.sign(first, "waits").exists)
    end(worker, before_it_has=lambda: ground.sign(first, "go").touch())
    assert [ground.effects(row_id) for row_id in rows] == [[1]] * 3


def test_a_page_that_was_asked_for_is_answered(ground):
    """Gunicorn as the image starts it. The page is held up in the database, which is where a page spends its time."""
    port = free_port()
    log = ground.folder / "gunicorn.log"
    with log.open("wb") as out:
        web = subprocess.Popen(
            [sys.executable, *gunicorn(f"127.0.0.1:{port}")],
            cwd=PROJECT,
            env={**ground.variables, "DATABASE_URL": ground.database_url("web")},
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        eventually(lambda: answers(f"{address}/healthz"), within=90)
        with ThreadPoolExecutor(1) as pool, closing(psycopg2.connect(ground.database_url("owner"))) as owner:
            with owner.cursor() as cursor:
                cursor.execute("LOCK TABLE thresholds_packversion IN ACCESS EXCLUSIVE MODE")
            page = pool.submit(got, f"{address}/numbers/")
            eventually(lambda: waiting("thresholds_packversion"))
            web.terminate()
            eventually(lambda: "Handling signal: term" in log.read_text(errors="replace"))
            # Whoever comes now is turned away at once, and finds the proxy's page instead of a line that nobody serves.
            eventually(lambda: turned_away(port))
            assert web.poll() is None
            assert not page.done()
            owner.rollback()
            status, content = page.result(timeout=30)
        assert status == 200
        assert content.rstrip().endswith("</html>")
        assert eventually(lambda: web.poll() is not None)
        assert web.returncode == 0, log.read_text(errors="replace")
    finally:
        if web.poll() is None:
            os.killpg(web.pid, signal.SIGKILL)
            web.wait()


def end(worker, *, before_it_has):
    """Tell a worker to end; it says that it will, and has not before what it waits for was done."""
    worker.process.terminate()
    eventually(lambda: WARM in worker.said())
    assert worker.process.poll() is None
    before_it_has()
    eventually(lambda: worker.process.poll() is not None, within=60)
    assert worker.process.returncode == 0, worker.said()


def gunicorn(bind: str) -> list[str]:
    """The image's command for the web process, without the interpreter, at another address."""
    image = (PROJECT / "Dockerfile").read_text()
    command: list[str] = json.loads(image[image.rindex("CMD ") + 4 :].replace("\\\n", ""))
    command[command.index("--bind") + 1] = bind
    return command[1:]


def got(address: str) -> tuple[int, str]:
    """Status and content of a page."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.status, answer.read().decode()


def turned_away(port: int) -> bool:
    """Whether nobody listens there any more."""
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == errno.ECONNREFUSED


def answers(address: str) -> bool:
    """Whether anybody takes a connection there, and answers."""
    try:
        return got(address)[0] == 200
    except OSError:
        return False


def waiting(table: str) -> bool:
    """Whether somebody waits for a lock on this table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE relation = %s::regclass AND NOT granted", [table])
        return bool(cursor.fetchone()[0])


def states(rows):
    """State and attempts of promises as they are committed now."""
    return list(OutboxRow.objects.filter(pk__in=rows).values_list("state", "attempts"))
