"""What the system tells of itself: /readyz in words, /metrics in numbers, and neither of anybody."""

from datetime import timedelta
from typing import Any, cast
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.clock import day_of
from audit.domain.actor import Actor
from config.celery import app
from config.metrics import Metric, exposition
from dispatch.actions import promise
from dispatch.domain.queues import LIMITS, Queue
from dispatch.keeping import sweep
from dispatch.models import Gateway, OutboxRow, Pulse
from referrals.routing import actions as routing
from tests.casework.support import NOW, World, delivered, urgent
from thresholds.domain.bank_holidays import Known

TOKEN = "m" * 40
BY = Actor.system("tests")


@pytest.fixture
def ask(settings: Any) -> Any:
    settings.METRICS_TOKEN = TOKEN
    client = Client(headers={"authorization": f"Bearer {TOKEN}"})

    def values() -> dict[str, float]:
        answer = client.get("/metrics")
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
        lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}

    return values


def late(queue: Queue) -> None:
    row = promise(kind="email", key=f"late:{uuid4()}", references={}, by=BY, queue=queue)
    then = row.created_at - LIMITS[queue].late - timedelta(seconds=5)
    OutboxRow.objects.filter(pk=row.pk).update(created_at=then)


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["", "Bearer", f"Bearer {TOKEN}x", TOKEN[:-1], "Bearer é"])
def test_without_the_token_there_is_no_such_page(header: str, settings: Any):
    settings.METRICS_TOKEN = TOKEN
    client = Client(headers={"authorization": header})
    assert client.get("/metrics").status_code == 404


@pytest.mark.django_db
def test_where_no_token_is_set_nothing_opens_it(settings: Any):
    settings.METRICS_TOKEN = ""
    for header in ("", "Bearer ", "Bearer x"):
        assert Client(headers={"authorization": header}).get("/metrics").status_code == 404


@pytest.mark.django_db
def test_queues_gateways_and_the_watch(ask: Any):
    assert ask()["referrals_watch_age_seconds"] == -1
    late(Queue.URGENT)
    Gateway.objects.create(name="webhook-1", label="A system", changed_at=timezone.now())
    Pulse.objects.create(name="sweep", at=timezone.now() - timedelta(seconds=90))
    found = ask()
    assert found['referrals_outbox_late{queue="urgent"}'] == 1
    assert found['referrals_outbox_late{queue="routine"}'] == 0
    assert found['referrals_outbox_oldest_due_seconds{queue="urgent"}'] > LIMITS[Queue.URGENT].late.total_seconds()
    assert found['referrals_gateway_state{gateway="webhook-1"}'] == 0
    assert 90 <= found["referrals_watch_age_seconds"] < 200


@pytest.mark.django_db
def test_each_round_that_beat_asks_for_leaves_a_sign_that_it_was_through(ask: Any, monkeypatch: pytest.MonkeyPatch):
    """Each but one, which fails: that a watch does nothing must not look like there being nothing to watch."""
    names = sorted({str(entry["task"]) for entry in settings.CELERY_BEAT_SCHEDULE.values()})
    assert {name: ask()[silent(name)] for name in names} == dict.fromkeys(names, 1)

    def broken(**_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(routing, "raise_alarms", broken)
    app.loader.import_default_modules()
    for name in names:
        app.tasks[name].apply()
    failed = "routing.raise_alarms"
    assert {name for name in names if ask()[silent(name)]} == {failed}
    assert ask()[f'referrals_round_age_seconds{{round="{failed}"}}'] == -1
    found = Client().get("/readyz").json()
    assert found["rounds"] == dict.fromkeys(names, "ok") | {failed: "silent"}


@pytest.mark.django_db
def test_a_round_is_silent_once_it_missed_six(ask: Any):
    now = timezone.now()
    for name, missed in {"audit.seal": 6.5, "casework.watch_drafts": 5.5}.items():
        every = next(
            cast(float, one["schedule"]) for one in settings.CELERY_BEAT_SCHEDULE.values() if one["task"] == name
        )
        Pulse.objects.create(name=name, at=now - timedelta(seconds=missed * every))
    assert (ask()[silent("audit.seal")], ask()[silent("casework.watch_drafts")]) == (1, 0)


def silent(name: str) -> str:
    """The metric of this round."""
    return f'referrals_round_silent{{round="{name}"}}'


@pytest.mark.django_db
def test_what_nobody_has_opened_and_what_is_over_its_limit(ask: Any):
    world = World.made()
    intake = delivered(world, urgent(world))
    routing.raise_alarms(now=NOW + timedelta(days=2))
    found = ask()
    assert found["referrals_intakes_unread_alarmed"] == 1
    assert found["referrals_intakes_open"] == 1
    assert found["referrals_clocks_over_limit"] + found["referrals_clocks_warning"] <= intake.clocks.count()


@pytest.mark.django_db
def test_it_names_nobody(settings: Any):
    settings.METRICS_TOKEN = TOKEN
    world = World.made()
    intake = delivered(world, urgent(world))
    body = Client(headers={"authorization": f"Bearer {TOKEN}"}).get("/metrics").content.decode()
    for word in ("Vale", "Robin", world.teacher.full_name, world.school.name, str(intake.pk), intake.area):
        assert word not in body


@given(st.text(max_size=30))
def test_a_label_stays_on_its_line(words: str):
    text = exposition([Metric("one", "help", (({"name": words}, 1.0),))])
    line = text.split("# TYPE one gauge\n", 1)[1]
    assert line.count("\n") == words.replace("\n", "").count("\n") + 1


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "word"), [(200, "ok"), (100, "running out"), (-1, "reckoned")])
def test_how_far_the_bank_holidays_are_known(ask: Any, monkeypatch: pytest.MonkeyPatch, days: int, word: str):
    known = Known(frozenset(), day_of(timezone.now()) + timedelta(days=days))
    for module in ("health", "metrics"):
        monkeypatch.setattr(f"config.{module}.known_holidays", lambda: known)
    assert ask()["referrals_bank_holidays_known_days"] == days
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["bank_holidays"]) == (200, word)


@pytest.mark.django_db
def test_readyz_says_how_workers_and_queues_are_and_stays_ready():
    client = Client()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["workers"]) == (200, "silent")
    sweep(now=timezone.now())
    late(Queue.ROUTINE)
    found = client.get("/readyz").json()
    assert found["workers"] == "ok"
    assert found["queues"] == {"urgent": "ok", "routine": "late", "mail": "ok", "documents": "ok"}
    Pulse.objects.update(at=timezone.now() - timedelta(minutes=5))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["workers"]) == (200, "silent")
