"""What is known of a decision not to refer, and of the harm that it leaves open."""

from datetime import datetime

from audit.domain.refusal import Refusal
from referrals.casework.models import NotReferred
from referrals.casework.preparing import prepare
from referrals.record.domain import urgency
from referrals.record.models import Referral
from referrals.record.selectors import draft_of


def not_referred(referral: Referral) -> NotReferred | None:
    """Return the decision not to refer; None where none was made. For the referring agency."""
    return NotReferred.objects.filter(referral=referral).first()


def harm_ruled_out(referral: Referral, *, now: datetime) -> bool:
    """Say whether the answers rule harm out for every child, and nothing makes it urgent: neither what they say by
    themselves nor what the check and the plan make of them at `now` (aware). Unanswered rules out nothing, and neither
    does what no pack of this system can check.

    Of what was withdrawn it says what the answers come to; `NotReferred.harm_possible` keeps what they came to then.
    The check is made only where the answers by themselves rule harm out.
    """
    if referral.urgent_because or not urgency.harm_ruled_out(referral.specification, draft_of(referral)):
        return False
    try:
        return not prepare(referral=referral, now=now).because
    except Refusal:
        return False
