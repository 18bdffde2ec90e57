"""Ending offers that nobody has answered, because the front door that made them has done something else meanwhile."""

from datetime import datetime
from uuid import UUID

from audit.domain.actor import Actor
from referrals.casework.actions.common import note
from referrals.casework.notices import tell
from referrals.casework.people import holder_or_team
from referrals.record.models import Referral
from referrals.routing import actions as routing
from referrals.routing.domain.transfer import Answer
from referrals.routing.models import Intake, Transfer, TransferAnswer
from referrals.routing.selectors import waiting_offers

CASEWORK = Actor.system("casework")
DECIDED_HERE = "It was decided at the front door that offered it."


def take_back(transfer: Transfer, referral: Referral, *, why: str, by: Actor, now: datetime) -> TransferAnswer:
    """Take an offer back that nobody has answered, and tell the front door that had it before it; return the row. In
    the caller's transaction, with the referral locked."""
    there = Intake.objects.select_related("referral", "team").get(offer=transfer)
    arrived = there.received_at is not None
    answer = routing.answer_offer(transfer=transfer, answer=Answer.TAKEN_BACK, why=why, by=by, now=now, there=there)
    note("transfer.take_back", referral, by, {"intake": transfer.intake_id})
    if arrived:
        people = holder_or_team(there, now=now)
        tell("transfer_taken_back", people, about=transfer.pk, referral=referral, by=by)
    return answer


def end_offers(intake: Intake, referral: Referral, *, why: str, now: datetime, about: UUID | None = None) -> int:
    """Take back what this intake offers and nobody has answered, with `about` only where that child is among those who
    would go; return how many. In the caller's transaction, before the intake moves on: whoever owns it can always
    decide, and then nobody else has to."""
    offers = [one for one in waiting_offers(intake) if about is None or about in one.children]
    for transfer in offers:
        take_back(transfer, referral, why=why, by=CASEWORK, now=now)
    return len(offers)
