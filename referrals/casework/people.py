"""Who at an agency or a front door is asked, told, or may answer. No page reads these."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.clock import day_of
from accounts.domain.roles import FRONT_DOOR_ROLES, Role
from accounts.models import Agency, Membership, Person
from accounts.selectors import in_force
from referrals.casework.domain.approval import People
from referrals.casework.models import AgencyPolicy, Approval
from referrals.record.domain.forms import is_assessment
from referrals.record.domain.permissions import DESK_ROLES, deciding_roles
from referrals.record.models import ExcludedPerson, Involvement, Referral, Submission
from referrals.routing.models import Intake


@dataclass(frozen=True, slots=True)
class Policy:
    """What an agency asks of its own people. `answer_within_hours` is None where it asks nothing."""

    approve_routine: bool
    answer_within_hours: int | None


def policy_of(agency: Agency) -> Policy:
    """Return the policy that counts; an agency that never set one asks for nothing."""
    row = AgencyPolicy.objects.filter(agency=agency).order_by("-at", "-pk").first()
    return Policy(row.approve_routine, row.answer_within_hours) if row else Policy(False, None)


def writer_ids(referral: Referral) -> frozenset[UUID]:
    """Return who wrote it: author, whoever submitted it, and every colleague who was ever on the draft or held it.

    A colleague who was taken off the draft again is still no judge of it.
    """
    return writers_of_each([referral])[referral.pk]


def writers_of_each(referrals: Sequence[Referral]) -> dict[UUID, frozenset[UUID]]:
    """Return what `writer_ids` does for each of the referrals, by id, in two queries however many they are."""
    writers = {referral.pk: {referral.author_id} for referral in referrals}
    wrote = [Involvement.Part.COLLEAGUE, Involvement.Part.FORMER]
    colleagues = Involvement.objects.filter(referral__in=writers, part__in=wrote)
    submitters = Submission.objects.filter(referral__in=writers).order_by()
    for referral_id, person_id in (
        *colleagues.values_list("referral_id", "person_id"),
        *submitters.values_list("referral_id", "by_id"),
    ):
        writers[referral_id].add(person_id)
    return {referral_id: frozenset(people) for referral_id, people in writers.items()}


def people_to_ask(referral: Referral, *, now: datetime) -> People:
    """Return whether there is anybody to approve it who didn't write it."""
    if referral.bypasses_desk is not False:
        return People(desk=False, managers=False)
    others = _others(referral, DESK_ROLES | {Role.LINE_MANAGER}, now).order_by()
    posts = Membership.objects.filter(in_force(day_of(now)), agency_id=referral.agency_id, person__in=others)
    roles = {Role(role) for role in posts.values_list("role", flat=True).distinct()}
    return People(desk=not roles.isdisjoint(DESK_ROLES), managers=Role.LINE_MANAGER in roles)


def desk_of_agency(referral: Referral, *, now: datetime, leads_only: bool = False) -> QuerySet[Person]:
    """Return the agency's safeguarding leads and deputies of today who didn't write it and whom it isn't about.

    Nobody where the referral bypasses the desk, or where its author hasn't answered that.
    """
    roles = {Role.DSL} if leads_only else DESK_ROLES
    return _others(referral, roles, now) if referral.bypasses_desk is False else Person.objects.none()


def managers_of_agency(referral: Referral, *, now: datetime) -> QuerySet[Person]:
    """Return the agency's line managers of today who didn't write it and whom it isn't about."""
    return _others(referral, {Role.LINE_MANAGER}, now) if referral.bypasses_desk is False else Person.objects.none()


def kept_out_of_desk(agency_id: UUID, *, now: datetime) -> QuerySet[ExcludedPerson]:
    """Return who of an agency's desk of today is kept out of what: it may be about them, and nobody who hears of it
    turns to that desk."""
    posts = Membership.objects.filter(in_force(day_of(now)), agency_id=agency_id, role__in=sorted(DESK_ROLES))
    return ExcludedPerson.objects.filter(person_id__in=posts.values("person_id"))


def keepers_of_agency(referral: Referral, *, now: datetime) -> QuerySet[Person]:
    """Return the agency's line managers and administrators of today who didn't write it and whom it isn't about: they
    can see to it that somebody has the desk. Nobody where the desk, or one of it, must not know of it."""
    roles = {Role.LINE_MANAGER, Role.AGENCY_ADMINISTRATOR}
    kept_out = kept_out_of_desk(referral.agency_id, now=now).filter(referral=referral)
    if referral.bypasses_desk is not False or kept_out.exists():
        return Person.objects.none()
    return _others(referral, roles, now)


def team_of(intake: Intake, *, now: datetime, roles: frozenset[Role]) -> QuerySet[Person]:
    """Return the people of the team that received it who hold one of these roles there today."""
    posts = Membership.objects.filter(in_force(day_of(now)), team_id=intake.team_id, role__in=sorted(roles))
    return (
        Person.objects.filter(is_active=True, pk__in=posts.values("person_id"))
        .exclude(pk__in=ExcludedPerson.objects.filter(referral_id=intake.referral_id).values("person_id"))
        .order_by("pk")
    )


def deciders_of(intake: Intake, *, now: datetime) -> QuerySet[Person]:
    """Return who decides on it at the front door that received it: on an assessment early help coordinators too."""
    roles = deciding_roles(assessment=is_assessment(intake.referral.specification))
    return team_of(intake, now=now, roles=roles)


def answerers_of(approval: Approval, *, now: datetime) -> QuerySet[Person]:
    """Return who could answer an approval today: the desk always, and line managers where it asks for one."""
    referral = approval.referral
    desk = desk_of_agency(referral, now=now)
    if approval.asked != Approval.Asked.MANAGER:
        return desk
    return Person.objects.filter(
        Q(pk__in=desk.values("pk")) | Q(pk__in=managers_of_agency(referral, now=now).values("pk"))
    )


def left_at(intake: Intake, *, without: Person, now: datetime) -> bool:
    """Whether somebody who decides is left at the front door without this person, or they don't decide there."""
    ids = set(deciders_of(intake, now=now).values_list("pk", flat=True))
    return without.pk not in ids or len(ids) > 1


def _others(referral: Referral, roles: set[Role] | frozenset[Role], now: datetime) -> QuerySet[Person]:
    # In an agency that is closed nobody can open anything.
    posts = Membership.objects.filter(
        in_force(day_of(now)),
        agency_id=referral.agency_id,
        agency__is_active=True,
        role__in=sorted(role.value for role in roles),
    )
    return (
        Person.objects.filter(is_active=True, pk__in=posts.values("person_id"))
        .exclude(pk__in=writer_ids(referral))
        .exclude(pk__in=ExcludedPerson.objects.filter(referral=referral).values("person_id"))
        .order_by("pk")
    )


def everybody_at(intake: Intake, *, now: datetime) -> list[Person]:
    """Return everybody of the team that received it: who is told of what may be danger, since whoever holds it may be
    off duty."""
    return list(team_of(intake, now=now, roles=FRONT_DOOR_ROLES))


def holder_or_team(intake: Intake, *, now: datetime) -> list[Person]:
    """Return whoever holds the intake; everybody of its team where nobody does, or the holder has left the team. For
    what can wait until they are back: what can't is `everybody_at`'s."""
    team = everybody_at(intake, now=now)
    holder = [person for person in team if person.pk == intake.claimed_by_id]
    return holder or team
