"""The interface for a front door's own system: list, fetch, acknowledge, and what it refuses."""

import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from audit.models import Entry
from consent.models import Shared
from referrals.exchange import actions
from referrals.exchange.domain.message import Message
from referrals.exchange.domain.tokens import digest_of, token_in, token_of
from referrals.exchange.management.commands.exchange_schema import FILE, published
from referrals.exchange.models import Event, Receipt, Token, Webhook
from referrals.exchange.selectors import events_after
from referrals.exchange.views import api
from referrals.record.models import ExcludedPerson
from referrals.routing.happenings import Happening
from tests.casework.support import NOW, World, delivered, routine
from tests.support import eventually

pytestmark = pytest.mark.django_db(transaction=True)

EVENTS = "/api/v1/events/"


class System:
    """A front door's own system, with its token."""

    def __init__(self, words: str) -> None:
        self.client = Client(headers={"authorization": f"Bearer {words}"})

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def listed(self, after: int = 0, *, wait: bool = True, **more: Any) -> dict[str, Any]:
        if wait:
            settle()
        query = "&".join(f"{key}={value}" for key, value in more.items())
        answer = self.get(f"{EVENTS}?after={after}&{query}")
        assert answer.status_code == 200
        found: dict[str, Any] = answer.json()
        return found

    def acknowledge(self, key: str, body: str = "") -> Any:
        path = reverse("exchange:acknowledge", args=[key])
        return self.client.post(path, body, content_type="application/json")


def settle() -> None:
    """Wait until every transaction of the cluster that is open now has ended: those of other tests hold events back
    too, since PostgreSQL counts transactions over all its databases."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        (mine,) = cursor.fetchone()

        def is_past() -> bool:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > %s", [mine])
            return bool(cursor.fetchone()[0])

        assert eventually(is_past, within=120)


@pytest.fixture
def system(world: World) -> System:
    _, words = actions.make_token(team=world.team, name="Case system", by=world.by("head"), now=NOW)
    return System(words)


def test_list_fetch_acknowledge(world: World, system: System):
    intake = delivered(world, routine(world))
    (line,) = system.listed()["events"]
    assert (line["kind"], line["reference"]) == ("received", intake.referral.reference)
    assert "Vale" not in json.dumps(line)
    answer = system.get(line["url"])
    message = Message.model_validate_json(answer.content)
    assert message.referral is not None
    assert message.referral.children[0].name == "Robin 0 Vale"
    assert answer["Cache-Control"] == "no-store"
    said = system.acknowledge(line["event"], '{"receipt": "case 1042"}')
    assert (said.status_code, said.json()["receipt"]) == (200, "case 1042")
    again = system.acknowledge(line["event"], '{"receipt": "another"}')
    assert again.json()["receipt"] == "case 1042", "the first word counts"
    assert Receipt.objects.count() == 1
    assert system.listed(waiting="true")["events"] == []


def test_reading_is_recorded_as_a_front_doors_and_is_no_receipt_of_a_person(world: World, system: System):
    intake = delivered(world, routine(world))
    (line,) = system.listed()["events"]
    system.get(line["url"])
    entry = Entry.objects.get(verb="referral.read", subject_id=str(intake.referral_id))
    assert entry.actor_name.endswith(": Case system")
    assert Shared.objects.filter(title__contains="case management system").exists()
    intake.refresh_from_db()
    assert intake.first_read_at is None, "a program has it; nobody has read it"


@pytest.mark.parametrize("out", ["works_there", "made_the_token", "set_the_address"])
def test_nothing_is_read_through_it_by_somebody_who_is_kept_out(out: str, world: World, system: System):
    """A token asks nobody who reads: what it fetches is only where to read it here."""
    intake = delivered(world, routine(world))
    person = world.screener if out == "works_there" else world.manager
    if out == "made_the_token":
        Token.objects.update(made_by=person)
    elif out == "set_the_address":
        actions.set_webhook(team=world.team, address="https://cases.example/", by=world.by("head"), now=NOW)
        Webhook.objects.update(changed_by=person)
    (line,) = system.listed()["events"]
    assert Message.model_validate_json(system.get(line["url"]).content).referral is not None
    read = Entry.objects.filter(verb="referral.read").count()
    ExcludedPerson.objects.create(referral=intake.referral, person=person, since=NOW)
    answer = system.get(line["url"])
    message = Message.model_validate_json(answer.content)
    assert message.referral is None
    assert "Vale" not in answer.content.decode()
    assert message.page_url.endswith(f"{intake.pk}/")
    assert Entry.objects.filter(verb="referral.read").count() == read


def test_somebody_kept_out_elsewhere_withholds_nothing(world: World, system: System):
    intake = delivered(world, routine(world))
    ExcludedPerson.objects.create(referral=intake.referral, person=world.manager, since=NOW)
    (line,) = system.listed()["events"]
    assert Message.model_validate_json(system.get(line["url"]).content).referral is not None


def test_events_restored_from_another_cluster_are_listed(world: World, system: System):
    """Its transactions had far higher numbers than any here."""
    intake = delivered(world, routine(world))
    restored = Event.objects.create(
        team=world.team, intake=intake, kind=Happening.ADDED.value, at=NOW, transaction=2**40
    )
    assert [one["event"] for one in system.listed()["events"]][-1] == str(restored.key)


def test_a_cursor_goes_on_where_the_last_list_ended(world: World, system: System):
    for _ in range(3):
        delivered_once = delivered(world, routine(world))
        assert delivered_once
    first = system.listed(limit=2)
    assert len(first["events"]) == 2
    second = system.listed(after=first["next"], limit=2)
    assert len(second["events"]) == 1
    third = system.listed(after=second["next"])
    assert (third["events"], third["next"]) == ([], second["next"])


def test_a_cursor_never_passes_what_commits_later(world: World, system: System):
    """A number is taken before its transaction commits; a later one that commits first waits for it."""
    intake = delivered(world, routine(world))
    settle()
    taken, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            actions.note_event(Happening.ADDED, intake, NOW)
            taken.set()
            may_commit.wait(20)
        connection.close()

    other = threading.Thread(target=slow)
    other.start()
    assert taken.wait(20)
    with transaction.atomic():
        quick = actions.note_event(Happening.ADDED, intake, NOW)
    assert quick is not None
    before = system.listed(wait=False)
    assert [one["kind"] for one in before["events"]] == ["received"]
    may_commit.set()
    other.join()
    after = system.listed(after=before["next"])
    assert len(after["events"]) == 2
    assert after["events"][-1]["cursor"] == quick.pk


def test_another_front_doors_events_do_not_exist(world: World, system: System):
    delivered(world, routine(world))
    with transaction.atomic():
        _, words = actions.make_token(team=world.team, name="Mine", by=world.by("head"), now=NOW)
    Token.objects.filter(digest=digest_of(words)).update(team=world.night)
    other = System(words)
    assert other.listed()["events"] == []
    key = Event.objects.get().key
    assert other.get(reverse("exchange:event", args=[key])).status_code == 404
    assert other.acknowledge(str(key)).status_code == 404
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic abc", f"Bearer {token_of('a' * 43)}"])
def test_without_a_token_in_use_nothing_is_told(header: str, world: World):
    client = Client(headers={"authorization": header} if header else {})
    answer = client.get(EVENTS)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_revoked_token_works_no_more(world: World, system: System):
    token = Token.objects.get()
    assert actions.revoke_token(team=world.team, token_id=token.pk, by=world.by("head"), now=NOW)
    assert not actions.revoke_token(team=world.team, token_id=token.pk, by=world.by("head"), now=NOW)
    assert system.get(EVENTS).status_code == 401


def test_a_token_is_kept_as_a_digest_alone(world: World):
    token, words = actions.make_token(team=world.team, name="Case system", by=world.by("head"), now=NOW)
    assert token.digest == digest_of(words)
    assert token_in(f"bearer {words}") == words
    assert not [entry for entry in Entry.objects.all() if words in str(entry.detail)]


@pytest.mark.parametrize("query", ["after=x", "after=-1", "limit=0", "limit=1000", f"after={2**70}"])
def test_what_cannot_be_read_is_said(query: str, system: System):
    answer = system.get(f"{EVENTS}?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.parametrize("body", ["[]", "{", '{"receipt": 5}', "x" * 20_000, "[" * 9_000])
def test_a_body_that_cannot_be_read_keeps_nothing(body: str, world: World, system: System):
    delivered(world, routine(world))
    assert system.acknowledge(str(Event.objects.get().key), body).status_code == 400
    assert not Receipt.objects.exists()


def test_a_name_that_cannot_be_written_down_whole_is_kept_as_far_as_it_can(world: World, system: System):
    delivered(world, routine(world))
    said = system.acknowledge(str(Event.objects.get().key), '{"receipt": "case \\u0000\\ud83d 7"}')
    assert (said.status_code, said.json()["receipt"]) == (200, "case  7")


def test_another_method_is_refused(system: System):
    answer = system.client.post(EVENTS)
    assert (answer.status_code, answer["Allow"]) == (405, "GET")


def test_too_many_in_a_minute_are_told_to_wait(system: System, monkeypatch: pytest.MonkeyPatch):
    moment = timezone.now()
    monkeypatch.setattr(api, "A_MINUTE", 2)
    monkeypatch.setattr(clock, "now", lambda: moment)
    statuses = [system.get(EVENTS).status_code for _ in range(4)]
    assert statuses == [200, 200, 429, 429]
    moment += timedelta(minutes=1)
    assert system.get(EVENTS).status_code == 200


def test_the_published_schema_is_current():
    assert Path(FILE).read_text(encoding="utf-8") == published(), "run manage.py exchange_schema --write"


def test_only_settled_events_are_listed(world: World, system: System):
    intake = delivered(world, routine(world))
    settle()
    with transaction.atomic():
        actions.note_event(Happening.ADDED, intake, NOW)
        assert [one.kind for one in events_after(world.team, 0, most=10)] == ["received"]
