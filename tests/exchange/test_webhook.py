"""A front door's own system is told by webhook: through the outbox, signed, cut to what it was given, once kept."""

import json
from datetime import timedelta
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from accounts.secrets import encrypt
from audit.models import Entry
from consent.models import Shared
from dispatch import gates
from dispatch.domain.breaker import FAILURES
from dispatch.domain.queues import Queue
from dispatch.domain.signing import check_signature
from dispatch.keeping import keep
from dispatch.models import Gateway, OutboxRow
from referrals.casework import actions as casework
from referrals.exchange import actions
from referrals.exchange.domain.message import Message
from referrals.exchange.models import Event, Receipt, Webhook
from referrals.exchange.presenters import sent_shown
from referrals.exchange.selectors import lately_sent
from referrals.record.models import ExcludedPerson
from tests.casework.handing import made_there, offer
from tests.casework.support import LATER, NOW, World, child_of, claimed, delivered, opened, refused, routine, urgent
from tests.exchange.conftest import Receiver

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def connected(world: World, receiver: Receiver, settings: Any) -> str:
    """The front door is connected; its secret. A demonstration, so that this machine may be the receiver."""
    settings.DEMO = True
    actions.set_webhook(team=world.team, address=receiver.address, by=world.by("head"), now=NOW)
    secret = actions.show_secret(team=world.team, by=world.by("head"), now=NOW)
    actions.confirm_secret(team=world.team, by=world.by("head"), now=NOW)
    return secret


def rows() -> list[OutboxRow]:
    return list(OutboxRow.objects.filter(kind="webhook").order_by("created_at"))


def keep_all() -> None:
    for row in rows():
        OutboxRow.objects.filter(pk=row.pk, state="due").update(next_try_at=timezone.now())
        keep(row.pk)


def test_what_comes_in_is_sent_signed_with_its_receipt_kept(world: World, receiver: Receiver, connected: str):
    receiver.receipt = "case 1042"
    intake = delivered(world, routine(world))
    assert not receiver.got, "the queue never waits for it"
    keep_all()
    ((headers, body),) = receiver.got
    check_signature(headers["Webhook-Signature"], body, secret=connected, now=timezone.now())
    message = Message.model_validate_json(body)
    assert (message.kind, message.intake_id) == ("received", str(intake.pk))
    assert message.event == headers["Webhook-Id"]
    assert message.referral is not None
    assert message.referral.children[0].name == "Robin 0 Vale"
    assert message.referral.whole
    assert {clock_.deadline for clock_ in message.clocks} == set(intake.clocks.values_list("deadline", flat=True))
    (kept,) = Receipt.objects.all()
    assert (kept.way, kept.receipt) == ("webhook", "case 1042")
    assert Shared.objects.filter(title="Submission 1, to its case management system").count() == 1
    assert rows()[0].state == "done"


def test_what_is_about_somebody_there_is_told_of_without_the_referral(world: World, receiver: Receiver, connected: str):
    intake = delivered(world, routine(world))
    ExcludedPerson.objects.create(referral=intake.referral, person=world.screener, since=NOW)
    keep_all()
    ((_, body),) = receiver.got
    message = Message.model_validate_json(body)
    assert (message.referral, message.intake_id) == (None, str(intake.pk))
    assert b"Vale" not in body
    assert not Shared.objects.filter(title__contains="case management system").exists()


def test_a_front_door_that_is_connected_to_nothing_has_no_events(world: World):
    delivered(world, routine(world))
    assert not Event.objects.exists()
    assert rows() == []


def test_it_holds_no_more_than_the_front_door_was_given(world: World, receiver: Receiver, settings: Any):
    settings.DEMO = True
    there = made_there()
    intake = claimed(world, routine(world, children=2))
    Webhook.objects.create(
        team=there.team,
        address=receiver.address,
        secret=encrypt("s" * 43),
        changed_at=NOW,
        changed_by=world.head,
    )
    offered = offer(world, intake, there, children=[child_of(intake.referral, 1).pk])
    keep_all()
    assert not receiver.got, "what is only offered isn't theirs"
    casework.accept_transfer(intake=offered, by=there.by("screener"), now=LATER)
    keep_all()
    ((_, body),) = receiver.got
    message = json.loads(body)
    assert message["kind"] == "received"
    assert [one["name"] for one in message["referral"]["children"]] == ["Robin 0 Vale"]
    assert message["referral"]["whole"] is False
    assert message["referral"]["left_out"]


def test_what_is_added_and_what_ends_is_sent_too(world: World, receiver: Receiver, connected: str):
    intake = delivered(world, routine(world))
    records_added = casework.add_addendum(
        referral=intake.referral, text="A second bruise.", by=world.by("teacher"), now=LATER
    )
    request = casework.withdraw_request(referral=intake.referral, why="Twice.", by=world.by("teacher"), now=LATER)
    keep_all()
    kinds = [json.loads(body)["kind"] for _, body in receiver.got]
    assert kinds == ["received", "added"]
    added = json.loads(receiver.got[1][1])
    assert [one["words"] for one in added["referral"]["addenda"]] == ["A second bruise."]
    assert records_added.number == 1
    opened(intake, world.worker, at=LATER)
    casework.answer_withdrawal(request=request, accept=True, reasons="Agreed.", by=world.by("worker"), now=LATER)
    keep_all()
    last = json.loads(receiver.got[-1][1])
    assert (last["kind"], last["referral"]) == ("withdrawn", None)


def test_a_failing_receiver_is_tried_again_and_the_event_keeps_its_id(world: World, receiver: Receiver, connected: str):
    delivered(world, urgent(world))
    receiver.status = 503
    keep_all()
    (row,) = rows()
    assert (row.state, row.attempts, row.last_error) == ("due", 1, "dispatch.webhook.NotTaken")
    receiver.status = 200
    keep_all()
    assert [headers["Webhook-Id"] for headers, _ in receiver.got] == [str(Event.objects.get().key)] * 2
    assert rows()[0].state == "done"


def test_a_refusal_waits_for_an_operator(world: World, receiver: Receiver, connected: str):
    delivered(world, routine(world))
    receiver.status = 422
    keep_all()
    assert (rows()[0].state, len(receiver.got)) == ("parked", 1)


def test_after_failures_in_a_row_it_is_left_alone_then_tried_by_one(world: World, receiver: Receiver, connected: str):
    delivered(world, routine(world))
    receiver.status = 500
    for _ in range(FAILURES):
        keep_all()
    gateway = Gateway.objects.get()
    assert (gateway.state, gateway.label) == ("open", f"System of {world.team.name}")
    tried = len(receiver.got)
    before = rows()[0].attempts
    keep_all()
    assert len(receiver.got) == tried, "nothing is sent while it rests"
    row = rows()[0]
    assert (row.attempts, row.last_error) == (before, "dispatch.gates.GatewayRests"), "and it costs no attempt"
    receiver.status = 200
    Gateway.objects.update(until=timezone.now() - timedelta(seconds=1))
    keep_all()
    gateway.refresh_from_db()
    assert (gateway.state, gateway.failures, gateway.until) == ("closed", 0, None)
    assert rows()[0].state == "done"


def test_a_new_secret_signs_beside_the_earlier_one_until_that_ends(world: World, receiver: Receiver, connected: str):
    asked: Any = {"team": world.team, "by": world.by("head"), "now": NOW}
    actions.renew_secret(**asked)
    newer = actions.show_secret(**asked)
    actions.renew_secret(**asked)
    assert actions.show_secret(**asked) == newer, "one that nobody says they have is not replaced"
    with refused("Put the new secret into the other system first"):
        actions.drop_earlier_secret(**asked)
    delivered(world, routine(world))
    keep_all()
    ((headers, body),) = receiver.got
    for secret in (connected, newer):
        check_signature(headers["Webhook-Signature"], body, secret=secret, now=timezone.now())
    actions.confirm_secret(**asked)
    actions.confirm_secret(**asked)
    assert actions.show_secret(**asked) == ""
    with refused("end the earlier secret first"):
        actions.renew_secret(**asked)
    actions.drop_earlier_secret(**asked)
    assert actions.secrets_of(Webhook.objects.get()) == (newer,)


def test_secrets_stand_nowhere_in_readable_form(world: World, connected: str):
    webhook = Webhook.objects.get()
    assert connected not in webhook.secret
    assert not [entry for entry in Entry.objects.all() if connected in str(entry.detail)]


def test_stopped_nothing_is_sent_any_more(world: World, receiver: Receiver, connected: str):
    delivered(world, routine(world))
    actions.stop_webhook(team=world.team, by=world.by("head"), now=NOW)
    keep_all()
    assert receiver.got == []
    assert rows()[0].state == "done", "no operator is called for what was asked for"
    (sent,) = lately_sent(world.team, world.by("head"))
    assert sent_shown(sent).state == "Not sent: the connection was stopped"
    assert not Receipt.objects.exists()


def test_it_waits_behind_e_mail(world: World, connected: str):
    delivered(world, routine(world))
    assert rows()[0].queue == Queue.DOCUMENTS.value


def test_a_probe_that_is_refused_shows_that_it_works(world: World, receiver: Receiver, connected: str):
    delivered(world, routine(world))
    name = actions.gateway_of(world.team.pk)
    gone = timezone.now() - timedelta(seconds=1)
    Gateway.objects.create(
        name=name, label="System", state="open", failures=FAILURES, rests=1, until=gone, changed_at=gone
    )
    receiver.status = 422
    keep_all()
    assert len(receiver.got) == 1
    assert Gateway.objects.get().state == "closed"


def test_the_time_limit_of_an_attempt_counts_as_a_failure(world: World):
    with pytest.raises(SoftTimeLimitExceeded), gates.through("webhook-1", label="System", counts=()):
        raise SoftTimeLimitExceeded
    assert Gateway.objects.get().failures == 1


def test_outside_a_demonstration_a_private_address_is_refused(world: World, receiver: Receiver):
    for address in (receiver.address, "https://10.0.0.1/", "https://user@cases.example/"):
        with refused(""):
            actions.set_webhook(team=world.team, address=address, by=world.by("head"), now=NOW)
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("who", ["screener", "worker", "teacher", "manager", "elsewhere"])
def test_only_the_manager_of_the_front_door_connects_it(who: str, world: World):
    with refused("Only the manager of a front door"):
        actions.set_webhook(team=world.team, address="https://cases.example/", by=world.by(who), now=NOW)
    with refused("Only the manager of a front door"):
        actions.make_token(team=world.team, name="Case system", by=world.by(who), now=NOW)
    with refused("Only the manager of a front door"):
        actions.set_webhook(team=world.night, address="https://cases.example/", by=world.by("head"), now=NOW)
