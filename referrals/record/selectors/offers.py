"""Reading to whom a draft is offered, and who held it."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.clock import day_of
from accounts.models import Membership, Person
from accounts.selectors import in_force
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours
from referrals.record.domain.lifecycle import State
from referrals.record.domain.permissions import DESK_ROLES
from referrals.record.models import DraftOffer, ExcludedPerson, Referral

MOST_FOUND = 20


def open_offer(referral: Referral) -> DraftOffer | None:
    """Return the offer that waits for an answer; None where there is none."""
    return offers_of(referral).filter(answer="").first()


def offers_of(referral: Referral) -> QuerySet[DraftOffer]:
    """Return every offer of a draft, first things first."""
    return DraftOffer.objects.filter(referral=referral).select_related("person", "holder", "by")


def offers_to(actor: Actor) -> QuerySet[DraftOffer]:
    """Return the drafts that are offered to the actor and wait for their answer, urgent ones first. Nothing that was
    written on them is read by that; whoever has been kept out meanwhile finds none."""
    if actor.person_id is None or actor.agency_id is None:
        return DraftOffer.objects.none()
    about_them = ExcludedPerson.objects.filter(referral=OuterRef("referral"), person=OuterRef("person"))
    return (
        DraftOffer.objects.filter(
            ~Exists(about_them),
            person_id=actor.person_id,
            answer="",
            referral__agency_id=actor.agency_id,
            referral__state=State.DRAFT.value,
        )
        .select_related("referral", "holder", "by")
        .order_by("-referral__urgent", "at")
    )


def offer_to(actor: Actor, offer_id: UUID) -> DraftOffer:
    """Return an offer that waits for the actor's answer. Raises NotYours where it isn't theirs, or waits no more."""
    offer = offers_to(actor).filter(pk=offer_id).first()
    if offer is None:
        raise NotYours(rule="referral.answer_offer", subject_type="referral")
    return offer


def taken_over(actor: Actor, offer_id: UUID) -> DraftOffer | None:
    """Return an offer that this very actor has accepted, None for every other: whoever presses the button twice has
    what they wanted."""
    accepted = DraftOffer.Answer.ACCEPTED.value
    if actor.person_id is None or actor.agency_id is None:
        return None
    mine = DraftOffer.objects.filter(pk=offer_id, person_id=actor.person_id, answer=accepted)
    return mine.filter(referral__author_id=actor.person_id, referral__agency_id=actor.agency_id).first()


def held_before(referral: Referral) -> tuple[tuple[str, datetime], ...]:
    """Return who held it before its author of now, with the moment at which they handed it over, first things first."""
    accepted = offers_of(referral).filter(answer=DraftOffer.Answer.ACCEPTED.value).order_by("answered_at")
    return tuple((one.holder.full_name, one.answered_at) for one in accepted if one.answered_at is not None)


def may_be_given(referral: Referral, person: Person, now: datetime) -> bool:
    """Whether somebody may write on a draft, or hold it, today: of its agency, not whom it is about, and nobody of a
    desk that may be what it is about. For rules, and for pages of its author, who knows whom it is about."""
    posts = Membership.objects.filter(in_force(day_of(now)), person=person, agency_id=referral.agency_id)
    roles = set(posts.values_list("role", flat=True))
    if not roles or not person.is_active or ExcludedPerson.objects.filter(referral=referral, person=person).exists():
        return False
    # Until the author has answered that it isn't about the desk, it may be: unknown is not no.
    return referral.bypasses_desk is False or roles.isdisjoint(role.value for role in DESK_ROLES)


def could_be_given(referral: Referral, name: str, actor: Actor, *, now: datetime) -> tuple[Person, ...]:
    """Return the people of the agency with this name to whom the actor could give the draft, by name, at most
    `MOST_FOUND`; none for an empty name.

    Its author isn't shown who may not have it. Others are shown everybody, so that who is missing tells them nothing.
    """
    words = name.split()
    if not words:
        return ()
    posts = Membership.objects.filter(in_force(day_of(now)), agency_id=referral.agency_id)
    found = Person.objects.filter(
        *(Q(full_name__icontains=word) for word in words), is_active=True, pk__in=posts.values("person_id")
    ).exclude(pk=referral.author_id)
    people = tuple(found.order_by("full_name", "pk")[: 2 * MOST_FOUND])
    if actor.person_id == referral.author_id:
        people = tuple(one for one in people if may_be_given(referral, one, now))
    return people[:MOST_FOUND]
