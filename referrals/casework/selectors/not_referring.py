"""What is known of a decision not to refer, and of the harm that it leaves open."""

from referrals.casework.models import NotReferred
from referrals.record.domain import urgency
from referrals.record.models import Referral
from referrals.record.selectors import draft_of


def not_referred(referral: Referral) -> NotReferred | None:
    """Return the decision not to refer; None where none was made. For the referring agency."""
    return NotReferred.objects.filter(referral=referral).first()


def harm_ruled_out(referral: Referral) -> bool:
    """Say whether the answers rule harm out for every child, and nothing makes it urgent. Unanswered rules out nothing.

    Of what was withdrawn it says what the answers come to; `NotReferred.harm_possible` keeps what they came to then.
    """
    return not referral.urgent_because and urgency.harm_ruled_out(referral.specification, draft_of(referral))
