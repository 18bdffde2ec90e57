"""Adding to what was submitted, so that whoever works on it hears of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.domain.actor import Actor
from consent.actions import hand_over_addendum
from referrals.casework.actions.common import arriving, locked
from referrals.casework.domain.facts.later import called_later
from referrals.casework.notices import tell
from referrals.casework.people import desk_of_agency, everybody_at
from referrals.record import actions as records
from referrals.record.models import Addendum, Referral
from referrals.record.selectors import content_of
from referrals.routing.actions import count_from_call, given_to
from referrals.routing.domain.lifecycle import OPEN, State
from referrals.routing.happenings import Happening, announce
from referrals.routing.models import Intake
from referrals.routing.selectors import handed_outside


@transaction.atomic
def add_addendum(*, referral: Referral, text: str, by: Actor, now: datetime) -> Addendum:
    """Add later facts in words and tell who works on it; return the addendum. Refusals are the record's."""
    row, _facts = locked(referral, by, now)
    at = arriving(row, now)
    return told(records.add_addendum(referral=row, text=text, by=by, now=at), by, at)


@transaction.atomic
def add_page_addendum(
    *,
    referral: Referral,
    page: str,
    answers: Mapping[str, Any],
    by: Actor,
    now: datetime,
    person_id: UUID | None = None,
) -> Addendum:
    """Add a page of the full form and tell who works on it; return the addendum. Refusals are the record's."""
    row, _facts = locked(referral, by, now)
    at = arriving(row, now)
    added = records.add_page_addendum(referral=row, page=page, answers=answers, by=by, now=at, person_id=person_id)
    rang_at = called_later(content_of(added))
    if rang_at is not None and rang_at <= now:
        count_from_call(referral=added.referral, called_at=rang_at, by=by, now=now)
    return told(added, by, at)


def told(added: Addendum, by: Actor, now: datetime) -> Addendum:
    """Tell of an addendum, in the caller's transaction: the whole team of each open intake, since nobody knows what it
    says and whoever holds it may be off duty, and the desk. Who hasn't received it yet reads it all on arrival. Where a
    front door outside has it, the team of whoever handed it over by phone."""
    referral = added.referral
    intakes = Intake.objects.filter(
        referral=referral, state__in=sorted(state.value for state in OPEN), received_at__isnull=False
    )
    for intake in intakes.select_related("submission", "team"):
        hand_over_addendum(disclosure=given_to(intake=intake, now=now), addendum=added, by=by, now=now)
        if intake.state != State.OFFERED.value:
            announce(Happening.ADDED, intake, now=now)
    # With a front door outside, nobody here owns it: whoever handed it over by phone can pass on what is new.
    rang = {one.intake_id: one.intake for one in handed_outside(referral)}.values()
    for intake in rang:
        hand_over_addendum(disclosure=given_to(intake=intake, now=now), addendum=added, by=by, now=now)
    desk = list(desk_of_agency(referral, now=now))
    tell("added_to", desk, about=added.pk, referral=referral, by=by)
    # Whoever is of both sides is told once.
    people = {person.pk: person for intake in (*intakes, *rang) for person in everybody_at(intake, now=now)}
    here = [person for key, person in people.items() if key not in {one.pk for one in desk}]
    tell("added_to_here", here, about=added.pk, referral=referral, by=by)
    return added
