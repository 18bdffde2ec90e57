"""Reading what somebody has typed and not saved. It is theirs: nobody else reads it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.domain.held_forms import Fields, Pairs
from accounts.secrets import Undecipherable, decrypt
from audit.domain.actor import Actor
from referrals.record.models import Keeping, Referral


@dataclass(frozen=True, slots=True)
class Kept:
    """What somebody typed on a page: the fields in their order, when, on top of which version, and the keeping's
    number."""

    fields: Pairs
    version: int
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Unsaved:
    """That somebody typed on a page and didn't save it, without a word of it."""

    page: str
    person_id: UUID | None
    by_id: UUID
    by: str
    at: datetime


def keeping_row(referral: Referral, page: str, person_id: UUID | None, by_id: UUID) -> Keeping | None:
    """Return the row of what this person typed on a page; None where there is none."""
    about = Q(child_id=person_id) | Q(member_id=person_id) if person_id else Q(child=None, member=None)
    return Keeping.objects.filter(about, referral=referral, page=page, by_id=by_id).first()


def kept_of(referral: Referral, page: str, person_id: UUID | None, actor: Actor) -> Kept | None:
    """Return what the actor typed on a page and didn't save; None for nothing, or where no key of ours reads it."""
    row = keeping_row(referral, page, person_id, actor.person_id) if actor.person_id else None
    if row is None:
        return None
    try:
        fields = Fields.from_json(decrypt(row.ciphertext))
    except Undecipherable:
        return None
    return Kept(fields.pairs, row.version, row.number, row.at)


def unsaved_of(referral: Referral) -> tuple[Unsaved, ...]:
    """Return on which pages somebody has typed and not saved, and who, first things first."""
    rows: QuerySet[Keeping] = Keeping.objects.filter(referral=referral).select_related("by").order_by("at", "pk")
    return tuple(Unsaved(one.page, one.child_id or one.member_id, one.by_id, one.by.full_name, one.at) for one in rows)


def words_kept(referral: Referral, actor: Actor) -> tuple[str, ...]:
    """Return the words that the actor typed on any page and didn't save. For when it isn't a draft any more."""
    pages = [(one.page, one.person_id) for one in unsaved_of(referral) if one.by_id == actor.person_id]
    kept = [kept_of(referral, page, person_id, actor) for page, person_id in pages]
    return tuple(
        value
        for one in kept
        if one is not None
        for name, value in one.fields
        if not name.startswith("page-") and len(value.split()) > 1
    )
