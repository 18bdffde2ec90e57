"""Who may see and change people and their roles. Every permission of this room stands here and nowhere else.

Each `check_x` raises `Refusal` with a reason that the person reads; `can_x` is its bool twin.
"""

from collections.abc import Callable
from typing import ParamSpec
from uuid import UUID

from accounts.domain.roles import AGENCY_ROLES, NAMES, Role
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal

P = ParamSpec("P")

# Roles that look at the list of their agency's people; an administrator looks at every agency's.
OF_THE_AGENCY = frozenset({Role.AGENCY_ADMINISTRATOR, Role.DSL, Role.DEPUTY_DSL})


def twin(check: Callable[P, None]) -> Callable[P, bool]:
    """Return the bool twin of a check: True where the check passes, False where it raises Refusal."""

    def can(*args: P.args, **kwargs: P.kwargs) -> bool:
        try:
            check(*args, **kwargs)
        except Refusal:
            return False
        return True

    can.__doc__ = f"Whether `{check.__name__}` passes."
    return can


def check_list_people(actor: Actor) -> None:
    """Refuse unless the actor keeps, or is responsible for, a list of people."""
    if not actor.has_role(Role.ADMINISTRATOR, *OF_THE_AGENCY):
        raise Refusal(
            "Only your agency's administrator and safeguarding leads can see its list of people.",
            rule="people.list",
            subject_type="agency",
            subject_id=actor.agency_id,
        )


def check_view_person(actor: Actor, *, person_id: UUID, agency_ids: frozenset[UUID]) -> None:
    """Refuse unless the actor may open this person's page.

    `agency_ids` are the agencies in which the person holds or held a role. Somebody of another agency is answered as
    if they did not exist (NotYours). One's own roles stand on one's own account page.
    """
    check_list_people(actor)
    if actor.has_role(Role.ADMINISTRATOR) or actor.agency_id in agency_ids:
        return
    raise NotYours(rule="people.view", subject_type="person", subject_id=person_id)


def check_keep_roles(actor: Actor, *, person_id: UUID, agency_id: UUID) -> None:
    """Refuse unless the actor keeps the roles of this agency, and this person is somebody else."""
    if not actor.has_role(Role.ADMINISTRATOR) and not (
        actor.has_role(Role.AGENCY_ADMINISTRATOR) and actor.agency_id == agency_id
    ):
        raise Refusal(
            "Only the agency's administrator can change its people's roles.",
            rule="membership.change",
            subject_type="person",
            subject_id=person_id,
        )
    if actor.person_id == person_id:
        raise Refusal(
            "You cannot change your own roles. Ask another administrator.",
            rule="membership.change_own",
            subject_type="person",
            subject_id=person_id,
        )


def check_end_membership(actor: Actor, *, person_id: UUID, agency_id: UUID, role: str) -> None:
    """Refuse unless the actor may end this role of this person."""
    check_keep_roles(actor, person_id=person_id, agency_id=agency_id)
    _check_gives(actor, role, person_id)


def check_change_role(actor: Actor, *, person_id: UUID, agency_id: UUID, role: str, new_role: str) -> None:
    """Refuse unless the actor may take `role` from this person and give `new_role` instead."""
    check_keep_roles(actor, person_id=person_id, agency_id=agency_id)
    _check_gives(actor, role, person_id)
    _check_gives(actor, new_role, person_id)


def check_give_role(actor: Actor, *, person_id: UUID, agency_id: UUID, agency_ids: frozenset[UUID], role: str) -> None:
    """Refuse unless the actor may give this person of the agency, who may have no role left there, another one.

    `agency_ids` are the agencies in which the person holds or held a role: nobody is brought into another by a page.
    """
    if agency_id not in agency_ids:
        raise NotYours(rule="membership.give", subject_type="person", subject_id=person_id)
    check_keep_roles(actor, person_id=person_id, agency_id=agency_id)
    _check_gives(actor, role, person_id)


def check_act_for(actor: Actor, *, agency_id: UUID, agency_ids: frozenset[UUID]) -> None:
    """Refuse unless the actor holds a role in that agency today; `agency_ids` are those in which they do."""
    if agency_id not in agency_ids:
        raise NotYours(rule="agency.act_for", subject_type="agency", subject_id=agency_id)


def roles_to_give(actor: Actor) -> frozenset[Role]:
    """Return the roles that the actor may give where they keep them: an administrator every one, others an agency's."""
    return frozenset(Role) if actor.has_role(Role.ADMINISTRATOR) else AGENCY_ROLES


def _check_gives(actor: Actor, role: str, person_id: UUID) -> None:
    """The roles that reach beyond one agency are a system administrator's to give and take."""
    if role not in roles_to_give(actor):
        raise Refusal(
            f"Only a system administrator can give or take the role of {NAMES[Role(role)].lower()}.",
            rule="membership.change_beyond_agency",
            subject_type="person",
            subject_id=person_id,
        )


can_list_people = twin(check_list_people)
can_view_person = twin(check_view_person)
can_keep_roles = twin(check_keep_roles)
can_end_membership = twin(check_end_membership)
can_change_role = twin(check_change_role)
can_give_role = twin(check_give_role)
can_act_for = twin(check_act_for)
