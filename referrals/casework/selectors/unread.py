"""What came in while somebody's page of an intake stood open. The caller has checked who reads."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from audit.domain.actor import Actor
from consent.models import AgreementChange, SaidSince, TellingRuling
from referrals.casework.models import Decision
from referrals.record.models import Addendum, Referral
from referrals.routing.models import Intake, Opening

_READ_THERE = (SaidSince.Where.ANSWER, SaidSince.Where.PARTNER)
"""Of what was said since, what stands on the page of an intake and isn't asked of the front door itself."""


def opened_at(intakes: Iterable[Intake], actor: Actor) -> datetime | None:
    """Return when the actor last had the page of one of these intakes open; None where they never had."""
    if actor.person_id is None:
        return None
    rows = Opening.objects.filter(intake__in=list(intakes), person_id=actor.person_id)
    last: datetime | None = rows.order_by().aggregate(last=Max("at"))["last"]
    return last


def unread_by(intakes: Iterable[Intake], actor: Actor, *, telling: bool = False) -> bool:
    """Whether somebody else added to the referral of these intakes, answered for it, or said something about agreement,
    since the actor last had the page of one of them open. `telling`: so does whatever may make telling the family
    dangerous, also where only that it came is shown.

    True for a person who never had one open: all of it is unread. False for the system, which reads nothing.
    """
    if actor.person_id is None:
        return False
    ours = list(intakes)
    opened = opened_at(ours, actor)
    if opened is None:
        return True
    came = {"referral_id__in": {one.referral_id for one in ours}, "at__gt": opened}
    said = SaidSince.objects.filter(**came)
    found = (
        Addendum.objects.filter(**came),
        AgreementChange.objects.filter(**came),
        said if telling else said.filter(where__in=_READ_THERE),
    )
    return any(rows.exclude(by_id=actor.person_id).exists() for rows in found)


def seen_or_ruled_at(referral: Referral) -> datetime | None:
    """Return when somebody of a front door last opened the page of an intake of it, decided or ruled on it; None where
    nobody has."""
    rows = (
        Opening.objects.filter(intake__referral=referral),
        Decision.objects.filter(intake__referral=referral),
        TellingRuling.objects.filter(referral=referral),
    )
    # Each orders its rows by something else: a maximum of groups is none.
    found = [each.order_by().aggregate(last=Max("at"))["last"] for each in rows]
    return max((at for at in found if at is not None), default=None)
