"""Ending what people of the agency's desk hold of a referral that is, or may be, about somebody there."""

from datetime import datetime

from django.db.models import Q

from accounts.clock import day_of
from accounts.models import Membership
from accounts.selectors import in_force
from audit.domain.actor import Actor
from referrals.record.actions.locking import note
from referrals.record.domain.permissions import DESK_ROLES
from referrals.record.models import DraftOffer, Involvement, Referral


def end_of_desk(row: Referral, by: Actor, now: datetime, *, besides: Q | None = None) -> None:
    """End the involvement of everybody who sits at the agency's desk today, and what is offered to them. Ended, never
    deleted; its author stays its author. `besides` are involvements that end too. Called with the row locked; where
    anything ended, the audit row counts it."""
    desk = Membership.objects.filter(
        in_force(day_of(now)), agency_id=row.agency_id, role__in=sorted(role.value for role in DESK_ROLES)
    ).values("person_id")
    of_desk = Q(person__in=desk)
    brought_in = Involvement.objects.filter(of_desk if besides is None else of_desk | besides, referral=row, until=None)
    people = brought_in.update(until=now)
    offers = DraftOffer.objects.filter(of_desk, referral=row, answer="").update(
        answer=DraftOffer.Answer.TAKEN_BACK.value, answered_at=now
    )
    if people or offers:
        note("end_of_desk", row, by, {"people": people, "offers": offers})
