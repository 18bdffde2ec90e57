"""Roles × permissions: each cell of the table is walked."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from accounts.domain import permissions
from accounts.domain.roles import (
    AGENCY_ROLES,
    DESCRIPTIONS,
    FRONT_DOOR_ROLES,
    NAMES,
    SECOND_FACTOR_ROLES,
    Role,
    needs_second_factor,
    needs_team,
)
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal

MINE, OTHER, THEM = uuid4(), uuid4(), uuid4()
KEEPERS = {Role.AGENCY_ADMINISTRATOR, Role.ADMINISTRATOR}
LISTERS = KEEPERS | {Role.DSL, Role.DEPUTY_DSL}


def actor(*roles: Role) -> Actor:
    return Actor(person_id=uuid4(), name="Somebody", agency_id=MINE, roles=frozenset(roles))


def view(agency) -> Callable[[Actor], bool]:
    return lambda who: permissions.can_view_person(who, person_id=THEM, agency_ids=frozenset({agency}))


def end(agency, role) -> Callable[[Actor], bool]:
    return lambda who: permissions.can_end_membership(who, person_id=THEM, agency_id=agency, role=role)


def change(agency, role, new_role) -> Callable[[Actor], bool]:
    return lambda who: permissions.can_change_role(who, person_id=THEM, agency_id=agency, role=role, new_role=new_role)


TABLE: dict[str, tuple[Callable[[Actor], bool], set[Role]]] = {
    "list people": (permissions.can_list_people, LISTERS),
    "view somebody of the agency": (view(MINE), LISTERS),
    "view somebody of another agency": (view(OTHER), {Role.ADMINISTRATOR}),
    "end a role in the agency": (end(MINE, Role.DSL), KEEPERS),
    "end a role in another agency": (end(OTHER, Role.DSL), {Role.ADMINISTRATOR}),
    "end a role beyond the agency": (end(MINE, Role.AUDITOR), {Role.ADMINISTRATOR}),
    "change a role in the agency": (change(MINE, Role.DSL, Role.DEPUTY_DSL), KEEPERS),
    "change a role in another agency": (change(OTHER, Role.DSL, Role.DEPUTY_DSL), {Role.ADMINISTRATOR}),
    "change to a role beyond the agency": (change(MINE, Role.DSL, Role.OPERATOR), {Role.ADMINISTRATOR}),
    "change from a role beyond the agency": (change(MINE, Role.OPERATOR, Role.DSL), {Role.ADMINISTRATOR}),
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", list(TABLE))
def test_each_role_may_do_what_the_table_says(name: str, role: Role) -> None:
    can, allowed = TABLE[name]
    assert can(actor(role)) is (role in allowed)


@pytest.mark.parametrize("name", list(TABLE))
def test_nobody_without_a_role_and_no_system_may(name: str) -> None:
    can, _ = TABLE[name]
    assert not can(actor())
    assert not can(Actor.nobody())
    assert not can(Actor.system("sweep"))


@pytest.mark.parametrize("role", sorted(KEEPERS))
def test_nobody_changes_their_own_roles(role: Role) -> None:
    me = actor(role)
    assert me.person_id is not None
    with pytest.raises(Refusal, match=r"membership\.change_own"):
        permissions.check_end_membership(me, person_id=me.person_id, agency_id=MINE, role=Role.DSL)


def test_somebody_of_another_agency_is_answered_as_if_not_there() -> None:
    with pytest.raises(NotYours):
        permissions.check_view_person(actor(Role.DSL), person_id=THEM, agency_ids=frozenset({OTHER}))


def test_one_acts_only_for_an_agency_in_which_one_holds_a_role() -> None:
    assert permissions.can_act_for(actor(Role.DSL), agency_id=OTHER, agency_ids=frozenset({MINE, OTHER}))
    assert not permissions.can_act_for(actor(Role.ADMINISTRATOR), agency_id=OTHER, agency_ids=frozenset({MINE}))


def test_a_check_and_its_twin_have_the_same_name() -> None:
    checks = {name.removeprefix("check_") for name in vars(permissions) if name.startswith("check_")}
    assert checks == {name.removeprefix("can_") for name in vars(permissions) if name.startswith("can_")}


def test_every_role_has_a_name_and_a_line() -> None:
    assert set(NAMES) == set(DESCRIPTIONS) == set(Role)


def test_screeners_and_administrators_need_a_second_factor_and_teachers_do_not() -> None:
    assert {Role.SCREENER, Role.ADMINISTRATOR, Role.AGENCY_ADMINISTRATOR} <= SECOND_FACTOR_ROLES
    assert needs_second_factor(["practitioner", "screener"])
    assert not needs_second_factor(["practitioner", "dsl"])
    assert not needs_second_factor([])


def test_only_front_door_roles_have_a_team() -> None:
    assert {role for role in Role if needs_team(role)} == FRONT_DOOR_ROLES


def test_what_an_agency_gives_never_reaches_beyond_it() -> None:
    assert AGENCY_ROLES.isdisjoint({Role.ADMINISTRATOR, Role.AUDITOR, Role.OPERATOR, Role.PARTNERSHIP_MANAGER})
