"""What a front door is given of a submission: worked out when its intake is made, and looked up from then on."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit.domain.actor import Actor
from consent.actions import Door, disclose
from consent.models import Disclosure
from consent.selectors import disclosure_for, disclosure_to
from referrals.record.models import Referral
from referrals.record.selectors import front_door_teams, latest_submission
from referrals.routing.actions.rows import ROUTING
from referrals.routing.models import Intake
from referrals.routing.selectors.scope import intakes_for
from thresholds.domain.doors import Kind


def door_of(intake: Intake, *, area_name: str, children: Sequence[UUID] | None = None) -> Door:
    """Return the front door of an intake, as what it is given is worked out for it: for its children, or for those
    that are named."""
    return Door(
        team=intake.team,
        area=intake.area,
        area_name=area_name,
        front_door=intake.front_door,
        door_name=intake.door_name,
        kind=Kind(intake.kind) if intake.kind else None,
        children=intake.children if children is None else children,
    )


@transaction.atomic
def given_to(*, intake: Intake, now: datetime) -> Disclosure:
    """Return what the front door of an intake is given; worked out and recorded now where nobody has yet, so that an
    intake made in whatever way never shows more than it needs. The caller has checked who reads."""
    found = disclosure_to(intake.submission, area=intake.area, front_door=intake.front_door)
    if found is not None:
        return found
    return disclose(submission=intake.submission, door=door_of(intake, area_name=""), by=ROUTING, now=now)


def given_for(*, referral: Referral, by: Actor, now: datetime) -> Disclosure | None:
    """Return what the actor's front doors are given of the last submission, of several the one that holds most; None
    where none of them received it. The caller has checked that the actor reads it as a front door."""
    submission = latest_submission(referral)
    if submission is None:
        return None
    for intake in intakes_for(by, now=now).filter(submission=submission).select_related("submission", "team"):
        given_to(intake=intake, now=now)
    return disclosure_for(submission, front_door_teams(by, now=now))
