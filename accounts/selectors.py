"""Reads of this room. Pages reach people through these, which are scoped to who asks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.clock import day_of
from accounts.domain.endings import EndReason
from accounts.domain.permissions import check_list_people, check_view_person
from accounts.domain.roles import Role, needs_second_factor
from accounts.models import Agency, FrontDoorTeam, HeldForm, Membership, Person
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours
from audit.selectors import latest_of


@dataclass(frozen=True, slots=True)
class Standing:
    """What one request needs to know of the person who makes it."""

    actor: Actor
    own_area: str | None = None
    """Slug of the area of the agency that they act for."""
    agency_ids: frozenset[UUID] = field(default_factory=frozenset)
    """The agencies in which they hold a role today."""
    one_of_several: str = ""
    """Name of the agency that they act for, where they could act for another: each page then says it."""
    needs_second_factor: bool = False
    has_second_factor: bool = False


def own_area_of(actor: Actor) -> str | None:
    """Return the slug of the area that the actor's agency belongs to; None for somebody without an agency."""
    agency = Agency.objects.filter(pk=actor.agency_id).first() if actor.agency_id else None
    return agency.own_area if agency else None


def in_force(on: date) -> Q:
    """Return the condition for memberships that hold on a day; `ends_on` is the first day without."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def memberships_on(person: Person, on: date) -> QuerySet[Membership]:
    """Return a person's memberships that hold on a day, with agency and team, oldest first."""
    return person.memberships.filter(in_force(on)).select_related("agency", "team")


def standing_of(person: Person, *, now: datetime, request_id: str = "", agency_id: UUID | None = None) -> Standing:
    """Return who this person is today, in one query.

    They act for one agency at a time: `agency_id` if they hold a role there, else the one they joined first. Roles in
    another agency neither help nor count here, except that any of them may ask for a second factor, because they
    can turn to that agency at any time. Inactive agencies don't count.
    """
    memberships = list(
        memberships_on(person, day_of(now))
        .filter(agency__is_active=True)
        .annotate(has_app=Exists(Authenticator.objects.filter(user_id=OuterRef("person_id"), type="totp")))
    )
    agency_ids = frozenset(membership.agency_id for membership in memberships)
    if memberships and agency_id not in agency_ids:
        agency_id = memberships[0].agency_id
    here = [membership for membership in memberships if membership.agency_id == agency_id]
    actor = Actor(
        person_id=person.pk,
        name=person.full_name,
        agency_id=agency_id if here else None,
        roles=frozenset(membership.role for membership in here),
        request_id=request_id,
    )
    return Standing(
        actor=actor,
        own_area=here[0].agency.own_area if here else None,
        agency_ids=agency_ids,
        one_of_several=here[0].agency.name if len(agency_ids) > 1 else "",
        needs_second_factor=needs_second_factor(membership.role for membership in memberships),
        has_second_factor=any(membership.has_app for membership in memberships),
    )


def actor_for(person: Person, now: datetime, request_id: str = "", agency_id: UUID | None = None) -> Actor:
    """Return the actor that this person is today, with the roles of one agency; see `standing_of`. One query."""
    return standing_of(person, now=now, request_id=request_id, agency_id=agency_id).actor


def must_have_second_factor(person: Person, now: datetime) -> bool:
    """Whether one of today's roles, in any agency, asks this person for a second factor."""
    return needs_second_factor(memberships_on(person, day_of(now)).values_list("role", flat=True))


def has_second_factor(person: Person) -> bool:
    """Whether this person has set up an authenticator app."""
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


def _own_memberships(actor: Actor) -> QuerySet[Membership]:
    """Memberships of the actor's agency; of every agency for an administrator, of none without an agency."""
    if actor.has_role(Role.ADMINISTRATOR):
        return Membership.objects.all()
    return Membership.objects.filter(agency_id=actor.agency_id) if actor.agency_id else Membership.objects.none()


def people_of(actor: Actor) -> QuerySet[Person]:
    """Return the people with a role, present or past, in the actor's agency; for an administrator, everybody.

    Raises Refusal for somebody who keeps no list.
    """
    check_list_people(actor)
    if actor.has_role(Role.ADMINISTRATOR):
        return Person.objects.order_by("full_name", "id")
    return Person.objects.filter(Exists(_own_memberships(actor).filter(person_id=OuterRef("pk")))).order_by(
        "full_name", "id"
    )


def person_for(actor: Actor, person_id: UUID) -> Person:
    """Return one person; raise Refusal for who keeps no list, NotYours when there is none or they are not in scope."""
    check_list_people(actor)
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotYours(rule="people.view", subject_type="person", subject_id=person_id)
    agency_ids = frozenset(person.memberships.values_list("agency_id", flat=True))
    check_view_person(actor, person_id=person.pk, agency_ids=agency_ids)
    return person


def memberships_for(actor: Actor, people: Sequence[Person]) -> dict[UUID, list[Membership]]:
    """Return these people's memberships that the actor may see, by person: their own agency's, an administrator all."""
    memberships = _own_memberships(actor).filter(person__in=people)
    found: dict[UUID, list[Membership]] = {person.pk: [] for person in people}
    for membership in memberships.select_related("agency", "team").order_by("starts_on", "id"):
        found[membership.person_id].append(membership)
    return found


def agency_of_person(actor: Actor, person: Person, agency_id: UUID) -> Agency:
    """Return an agency that the actor sees, in which this person holds or held a role; raise NotYours otherwise."""
    here = _own_memberships(actor).filter(person=person, agency_id=agency_id).select_related("agency").first()
    if here is None:
        raise NotYours(rule="membership.give", subject_type="person", subject_id=person.pk)
    return here.agency


def was_shut_out(person: Person, agency_id: UUID) -> bool:
    """Whether a role here ended because they must not have access, and none was given since: the giver has to know."""
    of = {"subject_type": "person", "subject_id": str(person.pk), "agency": str(agency_id)}
    ended = latest_of(verb="membership.end", reason=EndReason.SUSPENDED.value, **of)
    given = latest_of(verb="membership.start", **of)
    return ended is not None and (given is None or given.pk < ended.pk)


def membership_for(actor: Actor, membership_id: UUID) -> Membership:
    """Return one membership that the actor may see; raise NotYours otherwise."""
    check_list_people(actor)
    memberships = _own_memberships(actor).select_related("person", "agency", "team")
    membership = memberships.filter(pk=membership_id).first()
    if membership is None:
        raise NotYours(rule="membership.view", subject_type="membership", subject_id=membership_id)
    return membership


def teams_of_agency(agency_id: UUID) -> QuerySet[FrontDoorTeam]:
    """Return the front-door teams that an agency runs, by name."""
    return FrontDoorTeam.objects.filter(agency_id=agency_id).order_by("name", "id")


def agency_acted_for(actor: Actor) -> Agency | None:
    """Return the agency that the actor acts for, None where there is none."""
    return Agency.objects.filter(pk=actor.agency_id).first() if actor.agency_id else None


def agency_to_act_for(standing: Standing, agency_id: str) -> Agency | None:
    """Return the agency that a page names if the person can act for it today, None for any other text."""
    found = next((known for known in standing.agency_ids if str(known) == agency_id), None)
    return Agency.objects.filter(pk=found).first() if found else None


def teams_worked_in(person_id: UUID, on: date) -> QuerySet[FrontDoorTeam]:
    """Return the front-door teams in which this person works on a day."""
    return FrontDoorTeam.objects.filter(
        Exists(Membership.objects.filter(in_force(on), person_id=person_id, team_id=OuterRef("pk")))
    )


def agencies_of(person: Person, on: date) -> QuerySet[Agency]:
    """Return the active agencies for which this person can act on a day, by name."""
    return Agency.objects.filter(
        Exists(Membership.objects.filter(in_force(on), person=person, agency_id=OuterRef("pk"))), is_active=True
    )


def held_forms_of(person: Person, *, now: datetime) -> QuerySet[HeldForm]:
    """Return what is kept for this person and has not expired, newest first."""
    return HeldForm.objects.filter(person=person, expires_at__gt=now)


def held_form_of(person: Person, held_id: UUID, *, now: datetime) -> HeldForm:
    """Return one kept form of this very person; raise NotYours for anything else, expired ones too."""
    held = held_forms_of(person, now=now).filter(pk=held_id).first()
    if held is None:
        raise NotYours(rule="held_form.view", subject_type="held_form", subject_id=held_id)
    return held


def person_by_email(email: str) -> Person | None:
    """Return the person with this e-mail in any case, or None. For sign-in and its record, never for a page."""
    return Person.objects.filter(email=email.strip().lower()).first()


def active_person(person_id: str) -> Person | None:
    """Return the person who may still sign in, or None. For what was theirs in a browser, never for a page."""
    return Person.objects.filter(pk=person_id, is_active=True).first()


def names_of_people(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return what people are called today, by id. For the auditor's page, which only names what its rows speak of."""
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "full_name"))


def names_of_agencies(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the names of agencies, by id. For the auditor's page, as above."""
    return dict(Agency.objects.filter(pk__in=ids).values_list("pk", "name"))


def names_of_teams(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the names of front-door teams, by id. For the auditor's page, as above."""
    return dict(FrontDoorTeam.objects.filter(pk__in=ids).values_list("pk", "name"))
