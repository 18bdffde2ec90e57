"""Reading advice, questions and requests. The caller has checked who reads; advice is the agency's alone."""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db.models import Q, QuerySet

from referrals.casework.models import Advice, Message, WithdrawalRequest
from referrals.record.models import Referral


def advice_on(referral: Referral) -> QuerySet[Advice]:
    """Return the desk's advice, first things first. For the referring agency, never for a front door."""
    return Advice.objects.filter(referral=referral).order_by("at", "id")


def messages_about(
    referral: Referral, *, without: Collection[UUID] = (), but: Mapping[UUID, datetime | None] = MappingProxyType({})
) -> QuerySet[Message]:
    """Return the questions of the front doors with their answers, first things first; none of the intakes `without`,
    `but` those that were asked there until then: they were about the reader's children too."""
    shown = ~Q(intake__in=without)
    for intake_id, until in but.items():
        shown |= Q(intake=intake_id, at__lte=until) if until else Q(intake=intake_id)
    return (
        Message.objects.filter(shown, intake__referral=referral).select_related("intake", "answer").order_by("at", "id")
    )


def open_withdrawal(referral: Referral) -> WithdrawalRequest | None:
    """Return the request to withdraw that waits for an answer; None when none does."""
    return WithdrawalRequest.objects.filter(referral=referral, answer__isnull=True).first()
