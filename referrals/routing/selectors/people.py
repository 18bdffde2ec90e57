"""Who gets an e-mail about an intake. Ids only: addresses are looked up when the e-mail is sent."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.clock import day_of
from accounts.domain.roles import Role
from accounts.models import Membership
from accounts.selectors import in_force
from referrals.record.domain.forms import is_assessment
from referrals.record.domain.permissions import DESK_ROLES, deciding_roles
from referrals.record.models import ExcludedPerson, Referral
from referrals.routing.domain.plan import DoorKey
from referrals.routing.models import Intake


@dataclass(frozen=True, slots=True)
class Silence:
    """Who learns that nobody has opened an intake, each once: at the referring agency, and at the front door."""

    agency: tuple[UUID, ...]
    front_door: tuple[UUID, ...]


def people_of_team(team_id: UUID, referral_id: UUID, *, now: datetime) -> tuple[UUID, ...]:
    """Return everybody who works in a front-door team today, except whom the referral is about."""
    here = Membership.objects.filter(in_force(day_of(now)), team_id=team_id, person__is_active=True)
    return _without_excluded({*here.values_list("person_id", flat=True)}, referral_id)


def doors_shut(referral_id: UUID, *, now: datetime) -> frozenset[DoorKey]:
    """Return the front doors where nobody who decides may see the referral, because it is about them: a form would lie
    there with nobody to work on it. One query where it is about nobody with an account."""
    excluded = set(ExcludedPerson.objects.filter(referral_id=referral_id).values_list("person_id", flat=True))
    if not excluded:
        return frozenset()
    form = Referral.objects.values_list("specification", flat=True).get(pk=referral_id)
    roles = deciding_roles(assessment=is_assessment(form))
    posts = Membership.objects.filter(
        in_force(day_of(now)), team__isnull=False, person__is_active=True, role__in=sorted(roles)
    )
    deciders: dict[DoorKey, set[UUID]] = {}
    for area, door, person_id in posts.values_list("team__area", "team__front_door", "person_id"):
        deciders.setdefault((area, door), set()).add(person_id)
    return frozenset(key for key, people in deciders.items() if people <= excluded)


def told_of_silence(intake: Intake, *, now: datetime) -> Silence:
    """Return who learns that nobody has opened it: its author; the agency's safeguarding lead and deputies, unless the
    referral bypasses them or that isn't answered; and the managers of the front door. Never whom it is about."""
    posts = Membership.objects.filter(in_force(day_of(now)), person__is_active=True)
    managers = posts.filter(team_id=intake.team_id, role=Role.FRONT_DOOR_MANAGER.value)
    people = {intake.referral.author_id}
    if intake.referral.bypasses_desk is False:
        desk = posts.filter(agency_id=intake.referral.agency_id, role__in=sorted(DESK_ROLES))
        people |= {*desk.values_list("person_id", flat=True)}
    receiving = {*managers.values_list("person_id", flat=True)} - people
    return Silence(
        agency=_without_excluded(people, intake.referral_id),
        front_door=_without_excluded(receiving, intake.referral_id),
    )


def _without_excluded(people: set[UUID], referral_id: UUID) -> tuple[UUID, ...]:
    excluded = ExcludedPerson.objects.filter(referral_id=referral_id).values_list("person_id", flat=True)
    return tuple(sorted(people.difference(excluded)))
