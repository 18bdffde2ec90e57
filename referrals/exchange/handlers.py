"""Keeping the promise of a message, or of a copy by e-mail: sent outside any transaction, what is kept of it written
with the end of the promise."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from consent.actions import hand_over
from consent.models import Disclosure, Shared
from dispatch import gates, other_ways
from dispatch import webhook as gateway
from dispatch.domain.promise import NotTried, PermanentFailure, Promise
from dispatch.domain.queues import Queue
from dispatch.email import SYSTEM_NAME, message_id, register_template
from dispatch.email import hand_over as give_to_mail_server
from dispatch.registry import Effect, handler
from referrals.documents.domain.copying import CopyState
from referrals.documents.selectors import copy_state, stored_for
from referrals.exchange import actions, mailing
from referrals.exchange.encrypting import encrypted
from referrals.exchange.models import Event, Mailbox, Receipt, Webhook
from referrals.exchange.other_ways import by_email, of_mail, of_message
from referrals.exchange.selectors import kept_from_somebody
from referrals.exchange.sending import NOT_THEIRS, body_of, message_of
from referrals.record.domain.lifecycle import State as ReferralState
from referrals.routing.actions import given_to
from referrals.routing.models import Intake

register_template(
    "system_not_reached",
    subject=f"{SYSTEM_NAME}: your own system doesn't take a referral",
    url_name="triage:of_referral",
    path_references=("referral",),
)
other_ways.register("webhook", of_message, by_email)
other_ways.register(mailing.KIND, of_mail, by_email)
other_ways.register(mailing.NEWS, of_mail, by_email)

SUBJECT = f"{SYSTEM_NAME}: a referral came in, with an encrypted copy"
NEWS_SUBJECT = f"{SYSTEM_NAME}: a copy that you were sent no longer tells everything"
FILE_NAME = "copy.pdf"
_DRAWN_SOON = timedelta(seconds=30)


class EventGone(PermanentFailure):
    """There is no such event."""

    words = "There is nothing to send: the event is not there"


class NoCopy(PermanentFailure):
    """The copy that was to be sent could not be made."""

    words = "There is no PDF copy to send: see the copy's own work"


class CopyNotYet(NotTried):
    """The copy isn't drawn yet."""

    def __init__(self) -> None:
        super().__init__(_DRAWN_SOON)


@handler(mailing.KIND, queue=Queue.DOCUMENTS)
def send_copy(promise: Promise) -> Effect | None:
    """Send the front door's copy of what came in to its mailbox, encrypted; return the effect that records it.

    It waits, at no cost, until the copy is drawn, and parks where that can't be. Done without being sent where that was
    stopped meanwhile, where the front door has let go of it, and while somebody must not see it who could read the
    mailbox: the queue asks who reads, and a mailbox doesn't.
    """
    intake, now = _intake(promise), timezone.now()
    mailbox = _mailbox(intake)
    let_go = intake.state in NOT_THEIRS or intake.referral.state == ReferralState.WITHDRAWN.value
    if mailbox is None or let_go or kept_from_somebody(intake, now=now):
        return None
    given = given_to(intake=intake, now=now)
    copy = stored_for(given)
    if copy is None:
        if copy_state(intake.referral, given).state is CopyState.FAILED:
            raise NoCopy
        raise CopyNotYet
    content, sha256 = copy
    message = _message(promise, mailbox, intake, subject=SUBJECT, template="email/encrypted_copy.txt")
    message.attach(FILE_NAME, encrypted(content, mailing.password_of(mailbox)), "application/pdf")
    give_to_mail_server(message)
    return partial(_mailed, given.pk, sha256)


@handler(mailing.NEWS, queue=Queue.MAIL)
def send_news(promise: Promise) -> None:
    """Tell a mailbox that has a copy that something was added since, or that it was withdrawn or handed on: a link, and
    not a word of what. Done without being sent where copies were stopped, or somebody must not see it who could read
    the mailbox. A referral that the front door let go of is told of too: its copy still lies there."""
    intake = _intake(promise)
    mailbox = _mailbox(intake)
    if mailbox is None or kept_from_somebody(intake, now=timezone.now()):
        return
    give_to_mail_server(_message(promise, mailbox, intake, subject=NEWS_SUBJECT, template="email/copy_out_of_date.txt"))


def _intake(promise: Promise) -> Intake:
    rows = Intake.objects.select_related("team", "submission", "referral")
    intake = rows.filter(pk=str(promise.references["intake"])).first()
    if intake is None:
        raise EventGone
    return intake


def _mailbox(intake: Intake) -> Mailbox | None:
    """The mailbox of the front door, where copies go there now."""
    return Mailbox.objects.filter(team=intake.team, is_active=True).exclude(password="").first()


def _message(promise: Promise, mailbox: Mailbox, intake: Intake, *, subject: str, template: str) -> EmailMessage:
    link = f"{settings.SITE_ADDRESS}{reverse('triage:intake', args=[intake.pk])}"
    return EmailMessage(
        subject=subject,
        body=render_to_string(template, {"link": link, "system_name": SYSTEM_NAME}),
        to=[mailbox.address],
        headers={"Message-ID": message_id(promise.id), "Auto-Submitted": "auto-generated"},
    )


def _mailed(given_id: UUID, sha256: str) -> None:
    given = Disclosure.objects.select_related("referral", "submission").get(pk=given_id)
    hand_over(
        disclosure=given,
        document=Shared.Document.COPY,
        title=f"PDF copy of submission {given.submission.number}, encrypted, to its mailbox",
        sha256=sha256,
        by=mailing.MAILING,
        now=timezone.now(),
    )


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
