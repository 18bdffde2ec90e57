"""What came in while somebody's page of an intake stood open. The caller has checked who reads."""

from collections.abc import Iterable

from django.db.models import Max

from audit.domain.actor import Actor
from consent.models import AgreementChange, SaidSince
from referrals.record.models import Addendum
from referrals.routing.models import Intake, Opening

_READ_THERE = (SaidSince.Where.ANSWER, SaidSince.Where.PARTNER)
"""Of what was said since, what stands on the page of an intake and isn't asked of the front door itself."""


def unread_by(intakes: Iterable[Intake], actor: Actor, *, telling: bool = False) -> bool:
    """Whether somebody else added to the referral of these intakes, answered for it, or said something about agreement,
    since the actor last had the page of one of them open. `telling`: so does whatever may make telling the family
    dangerous, also where only that it came is shown.

    False for somebody who never had one open: no page that they answer can be older than what came.
    """
    if actor.person_id is None:
        return False
    ours = list(intakes)
    opened = Opening.objects.filter(intake__in=ours, person_id=actor.person_id).aggregate(last=Max("at"))["last"]
    if opened is None:
        return False
    came = {"referral_id__in": {one.referral_id for one in ours}, "at__gt": opened}
    said = SaidSince.objects.filter(**came)
    found = (
        Addendum.objects.filter(**came),
        AgreementChange.objects.filter(**came),
        said if telling else said.filter(where__in=_READ_THERE),
    )
    return any(rows.exclude(by_id=actor.person_id).exists() for rows in found)
