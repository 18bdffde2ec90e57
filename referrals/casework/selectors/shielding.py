"""Who is kept from seeing a referral, and who could be. The caller has checked that the reader may ask."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.clock import day_of
from accounts.models import FrontDoorTeam, Membership, Person
from accounts.selectors import in_force
from audit.selectors import first_readings
from referrals.record.domain.permissions import DESK_ROLES
from referrals.record.models import AccessChange, ExcludedPerson, Referral
from referrals.routing.models import Intake

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class OpenedBy:
    """Somebody who has read it, and when first."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody with an account who could be kept from seeing it: `where` names their agency or front door."""

    person: Person
    where: str


@dataclass(frozen=True, slots=True)
class KeptOut:
    """Somebody who is kept from seeing it. Who said so and why is empty for what was said before that was kept."""

    person: Person
    by: str
    at: datetime
    why: str
    of_front_door: bool


def opened_at_desk(referral: Referral) -> tuple[OpenedBy, ...]:
    """Return who of the agency's desk, its author apart, has read the referral, first things first."""
    posts = Membership.objects.filter(
        agency_id=referral.agency_id, role__in=sorted(role.value for role in DESK_ROLES)
    ).exclude(person_id=referral.author_id)
    desk = {str(person_id) for person_id in posts.values_list("person_id", flat=True)}
    read = first_readings("referral", str(referral.pk), "referral.read")
    return tuple(OpenedBy(name, at) for person_id, name, at in read if person_id in desk)


def closed_to_desk(referral: Referral) -> AccessChange | None:
    """Return what was said when it was closed to the desk after it was submitted; None where that wasn't."""
    return AccessChange.objects.filter(referral=referral, kind=AccessChange.Kind.DESK).first()


def kept_out(referral: Referral) -> tuple[KeptOut, ...]:
    """Return the people who are kept from seeing it, by name, each with what was said last about them."""
    said = {
        one.person_id: one
        for one in AccessChange.objects.filter(referral=referral, kind=AccessChange.Kind.SHUT_OUT).order_by("pk")
    }
    rows = ExcludedPerson.objects.filter(referral=referral).select_related("person").order_by("person__full_name", "pk")
    return tuple(_kept_out(row, said.get(row.person_id)) for row in rows)


def let_in_again(referral: Referral) -> QuerySet[AccessChange]:
    """Return what was said when somebody who had been kept out was let in again, first things first."""
    rows = AccessChange.objects.filter(referral=referral, kind=AccessChange.Kind.READMITTED)
    return rows.select_related("person").order_by("pk")


def to_keep_out(referral: Referral, name: str, *, now: datetime) -> tuple[Candidate, ...]:
    """Return the people with this name who could see the referral today: of its agency, and of front doors that have it
    or, before it is sent, of the areas where it may go. At most `MOST_FOUND`, by name; none for an empty name.

    Not its author, nor whoever is kept out already.
    """
    words = name.split()
    if not words:
        return ()
    posts = Membership.objects.filter(
        in_force(day_of(now)),
        Q(agency_id=referral.agency_id) | Q(team__in=_teams(referral)),
        *(Q(person__full_name__icontains=word) for word in words),
        person__is_active=True,
    )
    out = ExcludedPerson.objects.filter(referral=referral).values("person_id")
    found: dict[UUID, Candidate] = {}
    for post in (
        posts.exclude(person_id=referral.author_id)
        .exclude(person_id__in=out)
        .select_related("person", "team", "agency")
        .order_by("person__full_name", "person_id", "pk")
    ):
        where = post.team.name if post.team else post.agency.name
        found.setdefault(post.person_id, Candidate(post.person, where))
    return tuple(found.values())[:MOST_FOUND]


def _teams(referral: Referral) -> QuerySet[FrontDoorTeam]:
    received = Intake.objects.filter(referral=referral)
    if received.exists():
        return FrontDoorTeam.objects.filter(pk__in=received.values("team_id"))
    return FrontDoorTeam.objects.filter(area__in=[*referral.agency.areas, referral.home_area])


def _kept_out(row: ExcludedPerson, said: AccessChange | None) -> KeptOut:
    if said is None:
        return KeptOut(row.person, "", row.since, "", of_front_door=False)
    return KeptOut(row.person, said.by_name, said.at, said.why, of_front_door=said.of_front_door)
