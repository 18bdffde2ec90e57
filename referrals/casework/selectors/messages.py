"""Reading advice, questions and requests. The caller has checked who reads; advice is the agency's alone."""

from django.db.models import QuerySet

from referrals.casework.models import Advice, Message, WithdrawalRequest
from referrals.record.models import Referral


def advice_on(referral: Referral) -> QuerySet[Advice]:
    """Return the desk's advice, first things first. For the referring agency, never for a front door."""
    return Advice.objects.filter(referral=referral).order_by("at", "id")


def messages_about(referral: Referral) -> QuerySet[Message]:
    """Return the questions of the front doors with their answers, first things first."""
    return Message.objects.filter(intake__referral=referral).select_related("intake", "answer").order_by("at", "id")


def open_withdrawal(referral: Referral) -> WithdrawalRequest | None:
    """Return the request to withdraw that waits for an answer; None when none does."""
    return WithdrawalRequest.objects.filter(referral=referral, answer__isnull=True).first()
