"""Shapes rows into what the pages print. No rule stands here."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext

from accounts.domain.held_forms import ACTING_FOR, Fields
from accounts.domain.permissions import can_change_role, can_end_membership, can_give_role
from accounts.domain.roles import FRONT_DOOR_ROLES, NAMES, Role
from accounts.models import Agency, Membership, Person
from audit.domain.actor import Actor


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role as a page prints it."""

    membership_id: UUID
    role: str
    where: str
    starts_on: date
    last_day: date | None
    ended_on: date | None
    """The first day without it, once it has ended: it may have been held for a part of that day."""
    state: str
    can_end: bool = False
    can_change: bool = False


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One's own account."""

    person: Person
    roles: Sequence[RoleLine]
    agencies: Sequence[Agency]
    acting_for: UUID | None
    has_second_factor: bool
    needs_second_factor: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Somebody of the agency."""

    person: Person
    current: Sequence[RoleLine]
    past: Sequence[RoleLine]
    gives_at: Sequence[Agency]
    """Where the reader can give them a role."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line of the list of people."""

    person: Person
    roles: Sequence[RoleLine]


@dataclass(frozen=True, slots=True)
class HeldPage:
    """What was kept, as far as the page shows it."""

    shown: Sequence[tuple[str, str]]


def role_line(membership: Membership, *, on: date, actor: Actor | None = None) -> RoleLine:
    """Return one role; with an actor, whether they may end or change it."""
    place = membership.agency.name
    # One that was ended before it began is over, although its day is still to come.
    state = "past" if membership.ends_on and membership.ends_on <= max(on, membership.starts_on) else "current"
    if membership.starts_on > on and state == "current":
        state = "future"
    may_end = may_change = False
    if actor is not None and state != "past":
        whom = {"person_id": membership.person_id, "agency_id": membership.agency_id}
        may_end = can_end_membership(actor, role=membership.role, **whom)
        may_change = state == "current" and can_change_role(
            actor, role=membership.role, new_role=membership.role, **whom
        )
    return RoleLine(
        membership_id=membership.pk,
        role=gettext(NAMES[Role(membership.role)]),
        where=f"{membership.team.name}, {place}" if membership.team else place,
        starts_on=membership.starts_on,
        last_day=membership.ends_on - timedelta(days=1) if membership.ends_on else None,
        ended_on=membership.ends_on if state == "past" else None,
        state=state,
        can_end=may_end,
        can_change=may_change,
    )


def account_page(
    person: Person,
    *,
    actor: Actor,
    memberships: Iterable[Membership],
    agencies: Iterable[Agency],
    has_second_factor: bool,
    needs_second_factor: bool,
) -> AccountPage:
    """Return one's own account page."""
    return AccountPage(
        person=person,
        roles=[role_line(membership, on=membership.starts_on) for membership in memberships],
        agencies=list(agencies),
        acting_for=actor.agency_id,
        has_second_factor=has_second_factor,
        needs_second_factor=needs_second_factor,
    )


def person_page(person: Person, memberships: Iterable[Membership], *, actor: Actor, on: date) -> PersonPage:
    """Return somebody's page: present and future roles first, past ones apart."""
    memberships = list(memberships)
    agencies = {membership.agency_id: membership.agency for membership in memberships}
    lines = [role_line(membership, on=on, actor=actor) for membership in memberships]
    return PersonPage(
        person=person,
        current=[line for line in lines if line.state != "past"],
        past=[line for line in lines if line.state == "past"],
        gives_at=[
            agency
            for agency in sorted(agencies.values(), key=lambda agency: agency.name)
            if person.is_active and agency.is_active and _gives_at(actor, person.pk, agency.pk)
        ],
    )


def _gives_at(actor: Actor, person_id: UUID, agency_id: UUID) -> bool:
    any_role = Role.PRACTITIONER
    return can_give_role(
        actor, person_id=person_id, agency_id=agency_id, agency_ids=frozenset({agency_id}), role=any_role
    )


def people_rows(people: Sequence[Person], memberships: dict[UUID, list[Membership]], *, on: date) -> list[PersonRow]:
    """Return the list of people with their present roles."""
    rows = []
    for person in people:
        lines = [role_line(membership, on=on) for membership in memberships[person.pk]]
        rows.append(PersonRow(person, [line for line in lines if line.state == "current"]))
    return rows


def roles_on_offer(roles: Collection[Role], *, held: str = "", teams: bool) -> list[Role]:
    """Return the roles to choose from, in their usual order: not the held one, a front door's only with teams."""
    return [role for role in Role if role in roles and role != held and (teams or role not in FRONT_DOOR_ROLES)]


def held_page(fields: Fields) -> HeldPage:
    """Return what was typed, with readable names, without what was left empty."""
    return HeldPage(
        shown=[
            (_readable(name), value)
            for name, value in fields.pairs
            if value.strip() and name != ACTING_FOR and not name.startswith("_")
        ]
    )


def _readable(name: str) -> str:
    return name.rsplit("-", 1)[-1].replace("_", " ").capitalize()
