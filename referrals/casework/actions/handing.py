"""Sharing a draft with a colleague, and handing it to one: with an e-mail that names nobody."""

from datetime import datetime

from django.db import transaction

from accounts.models import Person
from audit.domain.actor import Actor
from referrals.casework.notices import tell
from referrals.record import actions as records
from referrals.record.models import DraftOffer, Referral


@transaction.atomic
def share_draft(*, referral: Referral, person: Person, by: Actor, now: datetime) -> None:
    """Let a colleague write on a draft, and tell them. Refusals are the record's."""
    records.share_draft(referral=referral, person=person, by=by, now=now)
    tell("draft_shared", [person], about=referral.pk, referral=referral, by=by)


@transaction.atomic
def offer_draft(*, referral: Referral, person: Person, words: str, by: Actor, now: datetime) -> DraftOffer:
    """Offer a draft to a colleague, who is told; return the offer. Refusals are the record's."""
    offer = records.offer_draft(referral=referral, person=person, words=words, by=by, now=now)
    tell("draft_offered", [person], about=offer.pk, referral=referral, by=by)
    return offer


@transaction.atomic
def answer_offer(*, offer: DraftOffer, accept: bool, why: str, by: Actor, now: datetime) -> DraftOffer:
    """Accept a draft that is offered to `by`, or decline it, and tell who holds or held it; return the offer.

    Refusals are the record's.
    """
    answered = records.answer_offer(offer=offer, accept=accept, why=why, by=by, now=now)
    tell("draft_answered", [answered.holder, answered.by], about=answered.pk, referral=answered.referral, by=by)
    return answered
