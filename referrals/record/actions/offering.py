"""Handing a draft to somebody else of the agency: offered, then accepted or not. Who wrote what stays on record."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Person
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from referrals.record.actions.locking import SUBJECT, locked, note, person_id_of
from referrals.record.domain.clean_values import clean_text
from referrals.record.domain.lifecycle import State
from referrals.record.domain.permissions import check_offer
from referrals.record.models import DraftOffer, Involvement, Referral
from referrals.record.selectors.offers import may_be_given

RULE = "referral.offer"
_NOT_THEM = "This draft can't be handed to that person."
"""One sentence whatever the reason, so that it tells nobody whom a referral is about."""


@transaction.atomic
def offer_draft(*, referral: Referral, person: Person, words: str, by: Actor, now: datetime) -> DraftOffer:
    """Offer a draft to somebody of the agency, with a note for them; return it. Nothing changes until they accept.

    Raises NotYours or Refusal when `by` may not, the note is empty, it is offered to somebody already, or the person
    has no role in the agency, holds it, is whom it is about, or sits at a desk that may be.
    """
    row, facts = locked(referral, by, now)
    check_offer(by, facts)
    said = clean_text(words)
    if not said:
        raise _refused(row, "Write a note for them: why you hand it over, and what is still to do.")
    if DraftOffer.objects.filter(referral=row, answer="").exists():
        raise _refused(row, "It is offered to somebody already. Take that back first.")
    if person.pk == row.author_id or not may_be_given(row, person, now):
        raise _refused(row, _NOT_THEM)
    offer = DraftOffer.objects.create(
        referral=row, holder_id=row.author_id, person=person, note=said, at=now, by_id=person_id_of(by)
    )
    note("offer", row, by, {"offer": offer.pk, "to": person.pk})
    return offer


@transaction.atomic
def answer_offer(*, offer: DraftOffer, accept: bool, why: str = "", by: Actor, now: datetime) -> DraftOffer:
    """Accept a draft that is offered to `by`, or decline it; return the offer.

    Accepted, they hold it as its author, and whoever held it before goes on seeing what becomes of it. Each page keeps
    the name of whoever saved it last. Raises NotYours unless it is offered to `by` and waits, and they may still hold
    it; Refusal once it isn't a draft any more.
    """
    row = Referral.objects.select_for_update().filter(pk=offer.referral_id).first()
    current = DraftOffer.objects.select_related("person").filter(pk=offer.pk, answer="").first()
    if row is None or current is None or current.person_id != by.person_id or by.agency_id != row.agency_id:
        raise NotYours(rule="referral.answer_offer", subject_type=SUBJECT, subject_id=offer.referral_id)
    if row.state != State.DRAFT.value:
        raise _refused(row, "It isn't a draft any more: it was submitted or closed meanwhile.")
    if accept and not may_be_given(row, current.person, now):
        raise NotYours(rule="referral.answer_offer", subject_type=SUBJECT, subject_id=row.pk)
    current.answer = (DraftOffer.Answer.ACCEPTED if accept else DraftOffer.Answer.DECLINED).value
    current.answered_at, current.why = now, clean_text(why)
    current.save(update_fields=["answer", "answered_at", "why"])
    if accept:
        _hand_to(row, current.person_id, now)
    note("accept_offer" if accept else "decline_offer", row, by, {"offer": current.pk, "from": current.holder_id})
    return current


@transaction.atomic
def take_back_offer(*, referral: Referral, by: Actor, now: datetime) -> None:
    """End an offer that nobody has answered. None there is no mistake. Raises NotYours or Refusal when `by` may not."""
    row, facts = locked(referral, by, now)
    check_offer(by, facts)
    if DraftOffer.objects.filter(referral=row, answer="").update(
        answer=DraftOffer.Answer.TAKEN_BACK.value, answered_at=now
    ):
        note("take_back_offer", row, by)


def _hand_to(row: Referral, person_id: UUID, now: datetime) -> None:
    Involvement.objects.get_or_create(
        referral=row, person_id=row.author_id, part=Involvement.Part.FORMER, until=None, defaults={"since": now}
    )
    # Whoever takes it back, or wrote along, is its author now and nothing less.
    parts = [Involvement.Part.COLLEAGUE, Involvement.Part.FORMER]
    Involvement.objects.filter(referral=row, person_id=person_id, part__in=parts, until=None).update(until=now)
    row.author_id, row.updated_at = person_id, now
    row.save(update_fields=["author", "updated_at"])


def _refused(row: Referral, reason: str) -> Refusal:
    return Refusal(reason, rule=RULE, subject_type=SUBJECT, subject_id=row.pk)
