"""Work that this room promises: the delivery to a front door, its e-mails, and alarms that couldn't be raised."""

from functools import partial
from uuid import UUID

from django.utils import timezone

from dispatch import other_ways
from dispatch.domain.promise import PermanentFailure, Promise
from dispatch.domain.queues import Queue
from dispatch.email import SYSTEM_NAME, register_template
from dispatch.registry import Effect, handler
from referrals.routing import actions
from referrals.routing.models import Intake
from referrals.routing.other_ways import of_delivery

register_template(
    "intake_arrived",
    subject=f"{SYSTEM_NAME}: a referral or assessment has come in",
    # The front door's own page of it: opening that is its receipt, which the referrer sees.
    url_name="triage:of_referral",
    path_references=("referral",),
)
register_template(
    "transfer_arrived",
    subject=f"{SYSTEM_NAME}: another front door offers you a referral or assessment",
    url_name="triage:of_referral",
    path_references=("referral",),
)
register_template(
    "intake_unread",
    subject=f"{SYSTEM_NAME}: a referral or assessment has not been opened",
    # For its author and their desk: the page of the referral, with the front door's number.
    url_name="referral",
    path_references=("referral",),
)
register_template(
    "intake_unread_here",
    subject=f"{SYSTEM_NAME}: a referral or assessment at your front door has not been opened",
    url_name="triage:of_referral",
    path_references=("referral",),
)
register_template(
    "addition_unread",
    subject=f"{SYSTEM_NAME}: what was added to a referral or assessment has not been read",
    url_name="referral",
    path_references=("referral",),
)
register_template(
    "addition_unread_here",
    subject=f"{SYSTEM_NAME}: what was added to a referral or assessment at your front door has not been read",
    url_name="triage:of_referral",
    path_references=("referral",),
)


class IntakeGone(PermanentFailure):
    """There is no such intake."""

    words = "There is nothing to deliver: the intake is not there"


other_ways.register("deliver", of_delivery)


@handler("deliver", queue=Queue.URGENT)
def deliver(promise: Promise) -> Effect:
    """Deliver an intake to its front door's queue, in the transaction that marks the promise done."""
    intake_id = UUID(str(promise.references["intake"]))
    if not Intake.objects.filter(pk=intake_id).exists():
        raise IntakeGone
    return partial(_arrive, intake_id)


@handler("raise_alarm", queue=Queue.URGENT)
def raise_alarm(promise: Promise) -> Effect:
    """Raise once more an alarm that couldn't be raised."""
    return partial(_raise, UUID(str(promise.references["intake"])))


@handler("raise_unseen_alarm", queue=Queue.URGENT)
def raise_unseen_alarm(promise: Promise) -> Effect:
    """Raise once more an alarm about what was added that couldn't be raised."""
    return partial(_raise_unseen, UUID(str(promise.references["intake"])))


def _raise_unseen(intake_id: UUID) -> None:
    actions.raise_unseen_alarm(intake_id=intake_id, now=timezone.now())


def _raise(intake_id: UUID) -> None:
    actions.raise_alarm(intake_id=intake_id, now=timezone.now())


def _arrive(intake_id: UUID) -> None:
    actions.arrive(intake_id=intake_id, now=timezone.now())
