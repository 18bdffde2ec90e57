"""Whose intake it is, and the facts that the rules ask about one."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from accounts.clock import day_of
from accounts.domain.roles import FRONT_DOOR_ROLES
from accounts.models import Membership
from accounts.selectors import in_force
from audit.domain.actor import Actor
from referrals.record.domain.forms import is_assessment
from referrals.record.models import ExcludedPerson, Referral
from referrals.routing.domain.lifecycle import State
from referrals.routing.domain.permissions import IntakeFacts
from referrals.routing.models import Intake


def facts_for(intake: Intake, actor: Actor, *, now: datetime) -> IntakeFacts:
    """Return what the rules need to know of the intake for this actor. `now` is aware.

    State and holder are those of the row as it was read: an action locks the row first.
    """
    roles = _posts(actor, now).filter(team_id=intake.team_id).values_list("role", flat=True)
    excluded = ExcludedPerson.objects.filter(referral_id=intake.referral_id).values_list("person_id", flat=True)
    return IntakeFacts(
        intake_id=intake.pk,
        state=State(intake.state),
        author_id=intake.referral.author_id,
        holder_id=intake.claimed_by_id,
        team_roles=frozenset(roles),
        excluded_ids=frozenset(excluded),
        assessment=is_assessment(intake.referral.specification),
    )


def intakes_for(actor: Actor, *, now: datetime) -> QuerySet[Intake]:
    """Return the intakes that have arrived at the front doors where the actor works today, never those about them; the
    same answer as `check_open`."""
    if actor.person_id is None:
        return Intake.objects.none()
    about_them = ExcludedPerson.objects.filter(referral_id=OuterRef("referral_id"), person_id=actor.person_id)
    return Intake.objects.filter(
        ~Exists(about_them), received_at__isnull=False, team__in=_posts(actor, now).values("team_id")
    )


def elsewhere(referral: Referral, actor: Actor, *, now: datetime) -> frozenset[UUID]:
    """Return the ids of the referral's intakes that deal with none of the children whom the actor's front doors deal
    with: what is said there is about other children. None where a front door of theirs has nobody by name."""
    mine = list(intakes_for(actor, now=now).filter(referral=referral).values_list("children", flat=True))
    children = {child for one in mine for child in one}
    if not all(mine):
        return frozenset()
    rows = Intake.objects.filter(referral=referral).values_list("pk", "children")
    return frozenset(pk for pk, theirs in rows if theirs and children.isdisjoint(theirs))


def _posts(actor: Actor, now: datetime) -> QuerySet[Membership]:
    """The front-door memberships that the actor acts with: in force today, agency and roles those of this sign-in."""
    if actor.person_id is None or actor.agency_id is None:
        return Membership.objects.none()
    return Membership.objects.filter(
        in_force(day_of(now)),
        person_id=actor.person_id,
        agency_id=actor.agency_id,
        role__in=sorted(FRONT_DOOR_ROLES & actor.roles),
    )
