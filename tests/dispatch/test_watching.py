"""Operators are told of work that waits for them, once an hour, and by name of nobody."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.domain.roles import Role
from audit.domain.actor import Actor
from dispatch.actions import promise
from dispatch.domain.queues import LIMITS, Queue
from dispatch.models import OutboxRow
from dispatch.watching import tell_operators
from tests.factories import person_with

pytestmark = pytest.mark.django_db

BY = Actor.system("tests")
URGENT = LIMITS[Queue.URGENT].late


def waits(*, kind: str = "deliver", ago: timedelta, state: str = "due") -> OutboxRow:
    row = promise(kind=kind, key=f"row:{uuid4()}", references={"intake": uuid4()}, by=BY, queue=Queue.URGENT)
    OutboxRow.objects.filter(pk=row.pk).update(
        created_at=row.created_at - ago, state=state, parked_at=row.created_at if state == "parked" else None
    )
    return row


def told() -> list[str]:
    rows = OutboxRow.objects.filter(kind="email", references__template="work_waits")
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


def test_nobody_to_tell_breaks_nothing():
    waits(ago=URGENT * 2)
    assert tell_operators(now=timezone.now()) == 0
