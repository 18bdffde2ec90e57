"""Operators are told of work that waits and of watches that are silent, once an hour, and by name of nobody."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.db import DatabaseError
from django.utils import timezone

from accounts.domain.roles import Role
from audit.domain.actor import Actor
from dispatch.actions import promise
from dispatch.domain.queues import LIMITS, Queue
from dispatch.models import OutboxRow, Pulse
from dispatch.rounds import Round
from dispatch.watching import (
    keep_looking,
    look,
    tell_of_everything,
    tell_of_notices,
    tell_of_silence,
    tell_operators,
)
from tests.factories import person_with
from tests.support import eventually
from thresholds.domain.bank_holidays import Known

pytestmark = pytest.mark.django_db

BY = Actor.system("tests")
URGENT = LIMITS[Queue.URGENT].late


def waits(*, kind: str = "deliver", ago: timedelta, state: str = "due") -> OutboxRow:
    row = promise(kind=kind, key=f"row:{uuid4()}", references={"intake": uuid4()}, by=BY, queue=Queue.URGENT)
    OutboxRow.objects.filter(pk=row.pk).update(
        created_at=row.created_at - ago, state=state, parked_at=row.created_at if state == "parked" else None
    )
    return row


def told(template: str = "work_waits") -> list[str]:
    rows = OutboxRow.objects.filter(kind="email", references__template=template)
    return sorted(row.references["person_id"] for row in rows)


@pytest.mark.parametrize(
    ("ago", "state", "kind", "tells"),
    [
        (timedelta(), "due", "deliver", False),
        (URGENT - timedelta(seconds=5), "due", "deliver", False),
        (URGENT + timedelta(seconds=5), "due", "deliver", True),
        (timedelta(), "parked", "deliver", True),
        # An e-mail about e-mails that wait would wait beside them.
        (URGENT + timedelta(seconds=5), "due", "email", False),
        (timedelta(), "parked", "email", False),
    ],
)
def test_who_is_told_and_when(ago, state, kind, tells):
    operator = person_with(Role.OPERATOR)
    person_with(Role.PRACTITIONER)
    waits(kind=kind, ago=ago, state=state)
    assert tell_operators(now=timezone.now()) == (1 if tells else 0)
    assert told() == ([str(operator.pk)] if tells else [])


def test_once_an_hour_however_often_it_is_asked():
    person_with(Role.OPERATOR)
    waits(ago=URGENT * 2)
    now = (timezone.now() + timedelta(hours=1)).replace(minute=5)  # the hour after that in which it waits
    for minutes in (0, 1, 30):
        tell_operators(now=now + timedelta(minutes=minutes))
    assert len(told()) == 1
    tell_operators(now=now + timedelta(hours=1))
    assert len(told()) == 2


@pytest.mark.parametrize(("left", "e_mails"), [(189, 0), (187, 1), (180, 2), (0, 2), (-400, 2)])
def test_operators_are_told_once_a_week_while_the_bank_holidays_run_out(monkeypatch, left: int, e_mails: int):
    operator = person_with(Role.OPERATOR)
    person_with(Role.PRACTITIONER)
    # Weeks are counted from the first of 1970, a Thursday; so this is the first day of one.
    now = datetime(2029, 3, 15, 12, tzinfo=UTC)
    known = Known(frozenset(), now.date() + timedelta(days=left))
    monkeypatch.setattr("thresholds.handlers.known_holidays", lambda: known)
    for days in range(9):
        tell_of_notices(now=now + timedelta(days=days))
    assert told("something_to_do") == [str(operator.pk)] * e_mails


@pytest.mark.parametrize("fails", ["selectors.parked", "notices"])
def test_what_cannot_be_told_keeps_nothing_else_from_being_told(monkeypatch, fails: str):
    operator, now = person_with(Role.OPERATOR), timezone.now()
    all_through(now, but=NAMES[0], last=now - timedelta(days=1))

    def broken(*_: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(f"dispatch.watching.{fails}", broken)
    with pytest.raises(DatabaseError):
        tell_of_everything(now=now, since=now - timedelta(days=1))
    assert told("watch_silent") == [str(operator.pk)]


def test_nobody_to_tell_breaks_nothing():
    waits(ago=URGENT * 2)
    assert tell_operators(now=timezone.now()) == 0


NAMES = sorted({str(entry["task"]) for entry in settings.CELERY_BEAT_SCHEDULE.values()})


def all_through(at: datetime, *, but: str = "", last: datetime | None = None) -> None:
    """Every round was through then, but for one, which was through at `last`, or never."""
    Pulse.objects.all().delete()
    Pulse.objects.bulk_create(Pulse(name=name, at=at) for name in NAMES if name != but)
    if but and last:
        Pulse.objects.create(name=but, at=last)


@pytest.mark.parametrize("name", NAMES)
def test_one_that_fails_is_told_by_the_round_that_lives(name):
    operator, now = person_with(Role.OPERATOR), timezone.now()
    person_with(Role.PRACTITIONER)
    all_through(now, but=name, last=now - timedelta(days=1))
    assert len(tell_of_silence(now=now, since=now - timedelta(days=1))) == 1
    assert told("watch_silent") == [str(operator.pk)]


def test_a_worker_that_is_started_again_is_no_alarm():
    """The sweep, which is asked for most often, is missed while a worker finishes what it has begun."""
    person_with(Role.OPERATOR)
    now = timezone.now()
    longest = max(limits.hard for limits in LIMITS.values())
    all_through(now, but="dispatch.sweep", last=now - longest - timedelta(seconds=30))
    assert tell_of_silence(now=now, since=now - timedelta(days=1)) == []
    assert len(tell_of_silence(now=now + timedelta(minutes=2), since=now - timedelta(days=1))) == 1


def test_while_all_are_through_nothing_is_told():
    person_with(Role.OPERATOR)
    now = timezone.now()
    all_through(now)
    assert tell_of_silence(now=now, since=now - timedelta(days=1)) == []


def test_what_stood_still_with_the_whole_system_is_no_alarm_when_it_starts():
    person_with(Role.OPERATOR)
    now = timezone.now()
    all_through(now - timedelta(days=3), but=NAMES[0])
    assert tell_of_silence(now=now, since=now - timedelta(seconds=5)) == []
    assert told("watch_silent") == []
    assert len(tell_of_silence(now=now + timedelta(days=1), since=now)) == 1


def test_the_web_process_sends_it_itself_while_beat_broker_and_workers_are_away(mailoutbox):
    """Once an hour, however many processes look; whoever comes second finds it done."""
    operator = person_with(Role.OPERATOR)
    now = timezone.now()
    for _ in range(3):
        look(now=now, since=now - timedelta(hours=1))
    assert [message.to for message in mailoutbox] == [[operator.email]]
    assert "/operations/" in mailoutbox[0].body
    assert OutboxRow.objects.get(references__template="watch_silent").state == "done"
    look(now=now + timedelta(hours=1), since=now)
    assert len(told("watch_silent")) == 2


def test_while_the_worker_that_sends_e_mail_is_away_the_web_process_says_so(mailoutbox):
    operator, now = person_with(Role.OPERATOR), timezone.now()
    all_through(now)
    row = promise(kind="email", key=f"row:{uuid4()}", references={}, by=BY, queue=Queue.MAIL)
    began = now - timedelta(hours=1)
    look(now=now, since=began)
    OutboxRow.objects.filter(pk=row.pk).update(created_at=now - LIMITS[Queue.MAIL].late - timedelta(seconds=5))
    # What waited while all stood still is being worked off.
    look(now=now, since=now - timedelta(minutes=1))
    assert mailoutbox == []
    for _ in range(2):
        look(now=now, since=began)
    assert [message.to for message in mailoutbox] == [[operator.email]]
    row.refresh_from_db()
    assert row.state == "due", "what it was to send is the worker's"
    # One that fails says something of the mail server: nothing could be told by it.
    OutboxRow.objects.filter(pk=row.pk).update(attempts=1)
    Pulse.objects.update(at=now + timedelta(hours=1))
    look(now=now + timedelta(hours=1), since=now)
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_the_thread_goes_on_looking_after_a_look_that_failed(monkeypatch):
    operator, stop = person_with(Role.OPERATOR), threading.Event()
    all_through(timezone.now(), but="dispatch.sweep")
    failures = iter([RuntimeError("the database is away")])
    monkeypatch.setattr("dispatch.watching.SILENT_FOR", timedelta())
    monkeypatch.setattr("dispatch.watching.rounds", lambda: _silent_after(failures))
    thread = keep_looking(every=0.01, until=stop)
    try:
        eventually(lambda: [message.to for message in mail.outbox] == [[operator.email]])
    finally:
        stop.set()
        thread.join()


def _silent_after(failures):
    """Fail as often as there are failures, then tell of a round that is silent whoever looks."""
    for failure in failures:
        raise failure
    return (Round("dispatch.sweep", "sweep the outbox", timedelta(), None),)
