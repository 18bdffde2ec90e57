"""Keeping the promise of a message: sent outside any transaction, its receipt kept with the end of the promise."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from consent.actions import hand_over
from consent.models import Disclosure, Shared
from dispatch import gates, other_ways
from dispatch import webhook as gateway
from dispatch.domain.promise import PermanentFailure, Promise
from dispatch.domain.queues import Queue
from dispatch.email import SYSTEM_NAME, register_template
from dispatch.registry import Effect, handler
from referrals.exchange import actions
from referrals.exchange.models import Event, Receipt, Webhook
from referrals.exchange.other_ways import by_email, of_message
from referrals.exchange.sending import body_of, message_of

register_template(
    "system_not_reached",
    subject=f"{SYSTEM_NAME}: your own system doesn’t take a referral",
    url_name="triage:of_referral",
    path_references=("referral",),
)
other_ways.register("webhook", of_message, by_email)


class EventGone(PermanentFailure):
    """There is no such event."""

    words = "There is nothing to send: the event is not there"


@handler("webhook", queue=Queue.DOCUMENTS)
def send(promise: Promise) -> Effect | None:
    """Send an event to the front door's own system; return the effect that keeps its receipt.

    A repeat carries the same event id. Parks where repeating can't help: an address that isn't public, a refusal. Where
    the connection was stopped meanwhile it is done without being sent, and keeps no receipt.
    """
    event = (
        Event.objects.select_related("team", "intake__referral__author", "intake__referral__agency")
        .select_related("intake__submission", "intake__team")
        .filter(key=str(promise.references["event"]))
        .first()
    )
    if event is None:
        raise EventGone
    webhook = Webhook.objects.filter(team=event.team, is_active=True).first()
    if webhook is None:
        return None
    now = timezone.now()
    message, given = message_of(event, now=now)
    sent = gateway.Message(
        address=webhook.address,
        body=body_of(message),
        event_id=str(event.key),
        secrets=actions.secrets_of(webhook),
    )
    name = actions.gateway_of(event.team_id)
    with gates.through(
        name,
        label=f"System of {event.team.name}",
        counts=(gateway.NotReached, gateway.NotTaken),
        answers=(gateway.Refused, gateway.SentElsewhere),
    ):
        answer = gateway.post(sent, now=now, plain_allowed=settings.DEMO)
    return partial(_keep, event.pk, given.pk if message.referral else None, answer.receipt)


def _keep(event_id: int, given_id: UUID | None, receipt: str) -> None:
    now = timezone.now()
    event = Event.objects.get(pk=event_id)
    actions.acknowledge(event=event, way=Receipt.Way.WEBHOOK, receipt=receipt, by=actions.EXCHANGE, now=now)
    if given_id is not None:
        given = Disclosure.objects.select_related("referral", "submission").get(pk=given_id)
        hand_over(
            disclosure=given,
            document=Shared.Document.SUBMISSION,
            title=f"Submission {given.submission.number}, to its case management system",
            sha256=given.submission.sha256,
            by=actions.EXCHANGE,
            now=now,
        )
