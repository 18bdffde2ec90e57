"""Scoped reads of these pages that the record doesn't have."""

from datetime import datetime

from django.db.models import Q, QuerySet

from audit.domain.actor import Actor
from referrals.record.models import Involvement, Referral
from referrals.record.selectors import referrals_of


def own_referrals(actor: Actor, *, now: datetime) -> QuerySet[Referral]:
    """Return what the actor wrote, or writes with a colleague, the last changed first, with the children's names.

    The caller records that it showed them. Empty for somebody without a role in an agency.
    """
    if actor.person_id is None:
        return Referral.objects.none()
    shared = Involvement.objects.filter(
        person_id=actor.person_id, part=Involvement.Part.COLLEAGUE, until__isnull=True
    ).values("referral_id")
    own = Q(author_id=actor.person_id) | Q(pk__in=shared)
    return referrals_of(actor, now=now).filter(own).prefetch_related("children")
