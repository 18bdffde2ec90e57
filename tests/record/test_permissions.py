"""Who may do what: standing × act × state, and those who may nothing."""

from itertools import product
from typing import Any
from uuid import uuid4

import pytest

from accounts.domain.roles import Role
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from referrals.record.domain import permissions
from referrals.record.domain.lifecycle import Relationship, State, Verb
from referrals.record.domain.permissions import Act, can_move, can_read, check_read, relationships
from tests.record.support import AGENCY_ID, AUTHOR_ID, SYSTEM, actor, facts

R, S = Relationship, State
ALL = set(State)
PERSON = uuid4()

AUTHOR = actor(Role.PRACTITIONER, person_id=AUTHOR_ID)
SOMEBODY = actor(Role.PRACTITIONER, person_id=PERSON)
DSL = actor(Role.DSL, person_id=PERSON)
DEPUTY = actor(Role.DEPUTY_DSL, person_id=PERSON)
MANAGER = actor(Role.LINE_MANAGER, person_id=PERSON)
ELSEWHERE = uuid4()
SCREENER = actor(Role.SCREENER, person_id=PERSON, agency_id=ELSEWHERE)
SOCIAL_WORKER = actor(Role.SOCIAL_WORKER, person_id=PERSON, agency_id=ELSEWHERE)
DOOR_MANAGER = actor(Role.FRONT_DOOR_MANAGER, person_id=PERSON, agency_id=ELSEWHERE)

# name: actor, what is true of the referral for them
STANDINGS: dict[str, tuple[Actor, dict[str, Any]]] = {
    "author": (AUTHOR, {}),
    "colleague": (SOMEBODY, {"colleague_ids": frozenset({PERSON})}),
    "former holder": (SOMEBODY, {"former_ids": frozenset({PERSON})}),
    "dsl": (DSL, {}),
    "deputy": (DEPUTY, {}),
    "manager asked": (MANAGER, {"approver_ids": frozenset({PERSON})}),
    "screener": (SCREENER, {"actor_team_roles": frozenset({"screener"})}),
    "social worker": (SOCIAL_WORKER, {"actor_team_roles": frozenset({"social_worker"})}),
    "door manager": (DOOR_MANAGER, {"actor_team_roles": frozenset({"front_door_manager"})}),
    "system": (SYSTEM, {}),
}
DOOR = {S.SENT, S.CLOSED, S.WITHDRAWN}
OPEN = {S.SUBMITTED, S.SENT}
DRAFT = {S.DRAFT}
NEVER_OPENS = {"screener", "former holder"}
# act: standing: states in which they may; a standing that is left out never may
TABLE = {
    Act.READ: {
        "author": ALL,
        "colleague": ALL,
        "former holder": ALL,
        "dsl": ALL,
        "deputy": ALL,
        "manager asked": ALL - DRAFT,
        "screener": DOOR,
        "social worker": DOOR,
        "door manager": DOOR,
        "system": ALL,
    },
    Act.EDIT: {"author": DRAFT, "colleague": DRAFT},
    Act.SHARE: {"author": DRAFT, "dsl": DRAFT, "deputy": DRAFT},
    Act.OFFER: {"author": DRAFT, "dsl": DRAFT, "deputy": DRAFT},
    Act.ATTACH: {"author": DRAFT | OPEN, "colleague": DRAFT | OPEN, "dsl": OPEN, "deputy": OPEN},
    Act.ADVISE: {"dsl": DRAFT | OPEN, "deputy": DRAFT | OPEN},
    Act.ASK_APPROVER: {
        "author": DRAFT | OPEN,
        "colleague": DRAFT | OPEN,
        "dsl": DRAFT | OPEN,
        "deputy": DRAFT | OPEN,
        "system": OPEN,
    },
    Act.ADD_ADDENDUM: {"author": OPEN, "colleague": OPEN, "dsl": OPEN, "deputy": OPEN},
    Act.ASK_WITHDRAWAL: {"author": {S.SENT}, "colleague": {S.SENT}, "dsl": {S.SENT}, "deputy": {S.SENT}},
    Act.CLOSE_TO_DESK: {
        "author": ALL - DRAFT,
        "colleague": ALL - DRAFT,
        "screener": DOOR,
        "social worker": DOOR,
        "door manager": DOOR,
    },
    Act.SHUT_OUT: {
        "author": ALL,
        "colleague": ALL,
        "screener": DOOR,
        "social worker": DOOR,
        "door manager": DOOR,
    },
    Act.OPEN_TO_TEAM: {standing: {S.SENT} for standing in STANDINGS if standing not in NEVER_OPENS},
}


@pytest.mark.parametrize(("act", "standing", "state"), list(product(Act, STANDINGS, State)))
def test_every_cell(act, standing, state):
    who, true = STANDINGS[standing]
    about = facts(state, **true)
    check = getattr(permissions, f"check_{act.value}")
    if state in TABLE[act].get(standing, set()):
        check(who, about)
        return
    with pytest.raises(Refusal) as refused:
        check(who, about)
    assert refused.value.subject_id == str(about.referral_id)
    assert refused.value.rule == f"referral.{act.value}"
    # Who can't even read it learns nothing, not even that it exists.
    assert isinstance(refused.value, NotYours) is (not can_read(who, about))


@pytest.mark.parametrize(
    "act", ["read", "edit", "share", "offer", "advise", "attach", "add_addendum", "ask_withdrawal"]
)
def test_the_twin_agrees(act):
    for (who, true), state in product(STANDINGS.values(), State):
        about = facts(state, **true)
        try:
            getattr(permissions, f"check_{act}")(who, about)
            expected = True
        except Refusal:
            expected = False
        assert getattr(permissions, f"can_{act}")(who, about) is expected


STRANGERS = {
    "nobody": Actor.nobody(),
    "practitioner of the agency": SOMEBODY,
    "line manager who was not asked": MANAGER,
    "author who left": actor(Role.PRACTITIONER, person_id=AUTHOR_ID, agency_id=ELSEWHERE),
    "author without a role": Actor(person_id=AUTHOR_ID, name="A", agency_id=None, roles=frozenset()),
    "DSL of another agency": actor(Role.DSL, agency_id=ELSEWHERE),
    "screener of another front door": SCREENER,
    **{
        f"{role.value} of the agency": actor(role)
        for role in (
            Role.AUDITOR,
            Role.OPERATOR,
            Role.ADMINISTRATOR,
            Role.AGENCY_ADMINISTRATOR,
            Role.PARTNERSHIP_MANAGER,
            Role.EARLY_HELP_COORDINATOR,
            Role.LEAD_PROFESSIONAL,
            Role.SCREENER,
            Role.SOCIAL_WORKER,
        )
    },
    "a person named like the system": Actor(
        person_id=uuid4(), name="system: outbox", agency_id=AGENCY_ID, roles=frozenset()
    ),
}


@pytest.mark.parametrize(("name", "state"), list(product(STRANGERS, State)))
def test_it_does_not_exist_for_anybody_else(name, state):
    about = facts(state)
    for act in Act:
        with pytest.raises(NotYours):
            getattr(permissions, f"check_{act.value}")(STRANGERS[name], about)
    for verb in Verb:
        with pytest.raises(NotYours):
            permissions.check_move(verb, STRANGERS[name], about)


@pytest.mark.parametrize(("who", "bypasses"), list(product([DSL, DEPUTY], [True, None])))
def test_a_referral_that_bypasses_the_desk_does_not_exist_for_it(who, bypasses):
    """Also while the question hasn't been answered: unknown is not no."""
    for state in State:
        assert not can_read(who, facts(state, bypasses_desk=bypasses))
    assert can_read(AUTHOR, facts(bypasses_desk=bypasses))


@pytest.mark.parametrize("standing", [name for name in STANDINGS if name not in {"author", "system"}])
def test_whom_it_is_about_never_sees_it(standing):
    """Whatever their role, at the front door too."""
    who, true = STANDINGS[standing]
    for state in State:
        with pytest.raises(NotYours):
            check_read(who, facts(state, excluded_ids=frozenset({PERSON}), **true))


def test_roles_of_another_sign_in_open_no_front_door():
    """A membership of a team that received it counts only while they act for that council."""
    at_school = actor(Role.PRACTITIONER, person_id=PERSON)
    assert not can_read(at_school, facts(State.SENT, actor_team_roles=frozenset({"screener"})))


def test_a_screener_decides_nothing():
    about = facts(State.SENT, actor_team_roles=frozenset({"screener"}))
    assert relationships(SCREENER, about) == {R.FRONT_DOOR}
    assert not can_move(Verb.CLOSE, SCREENER, about)


def test_nobody_returns_their_own():
    """A safeguarding lead who wrote it, a sole practitioner say, sends it as its author."""
    own = actor(Role.DSL, person_id=AUTHOR_ID)
    about = facts(State.SUBMITTED)
    assert not can_move(Verb.RETURN, own, about)
    assert can_move(Verb.SEND, own, about)
    assert can_move(Verb.RETURN, DSL, about)


def test_submitting_and_withdrawing_have_their_twins():
    assert permissions.can_submit(AUTHOR, facts())
    assert not permissions.can_submit(DSL, facts())
    assert permissions.can_withdraw(AUTHOR, facts(State.SUBMITTED))
    assert not permissions.can_withdraw(AUTHOR, facts(State.SENT))


def test_anybody_with_a_role_may_start():
    for role in Role:
        assert permissions.can_start(actor(role))
    assert not permissions.can_start(Actor.nobody())
    assert not permissions.can_start(SYSTEM)
    with pytest.raises(Refusal, match=r"referral\.start"):
        permissions.check_start(actor(agency_id=None))
