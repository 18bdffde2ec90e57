"""How somebody stands to a referral, and what each standing may do in which state: the whole list."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from accounts.domain.roles import FRONT_DOOR_ROLES, Role
from audit.domain.actor import Actor
from referrals.record.domain.lifecycle import Relationship, State, who_reads

DESK_ROLES = frozenset({Role.DSL, Role.DEPUTY_DSL})
DECIDER_ROLES = frozenset({Role.SOCIAL_WORKER, Role.FRONT_DOOR_MANAGER})
SYSTEM_PREFIX = "system: "


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What the rules need to know of one referral, gathered for one actor.

    `bypasses_desk` is the author's answer to whether somebody at the agency's safeguarding desk, their family or a
    colleague is what it is about: None until it is answered, and until then the desk sees nothing (unknown is
    not no). `excluded_ids` are people with an account whom it is about: they never see it, whatever their role.
    `actor_team_roles` are the front-door roles that the actor holds today in teams that received it. `assessment`: it
    is an early help assessment, on which an early help coordinator decides too.
    """

    referral_id: UUID
    state: State
    author_id: UUID
    agency_id: UUID
    bypasses_desk: bool | None
    colleague_ids: frozenset[UUID] = frozenset()
    former_ids: frozenset[UUID] = frozenset()
    approver_ids: frozenset[UUID] = frozenset()
    excluded_ids: frozenset[UUID] = frozenset()
    actor_team_roles: frozenset[str] = frozenset()
    assessment: bool = False


def relationships(actor: Actor, facts: RecordFacts) -> frozenset[Relationship]:
    """Return how the actor stands to the referral; empty for everybody whose business it is not."""
    if actor.person_id is None:
        return frozenset({Relationship.SYSTEM}) if actor.name.startswith(SYSTEM_PREFIX) else frozenset()
    if actor.person_id in facts.excluded_ids:
        return frozenset()
    found: set[Relationship] = set()
    # The referral belongs to the agency: an author who has left it, or acts for another one, is no longer its author.
    if actor.agency_id == facts.agency_id:
        wrote = {
            Relationship.AUTHOR: frozenset({facts.author_id}),
            Relationship.COLLEAGUE: facts.colleague_ids,
            Relationship.FORMER: facts.former_ids,
        }
        found |= {standing for standing, people in wrote.items() if actor.person_id in people}
        if actor.has_role(*DESK_ROLES) and facts.bypasses_desk is False:
            found.add(Relationship.DESK)
        if actor.has_role(Role.LINE_MANAGER) and actor.person_id in facts.approver_ids:
            found.add(Relationship.APPROVER)
    # Both: the membership names the team, the actor's roles are those of this sign-in.
    here = facts.actor_team_roles & actor.roles
    if here & FRONT_DOOR_ROLES:
        found.add(Relationship.FRONT_DOOR)
    if decides(here, assessment=facts.assessment):
        found.add(Relationship.DECIDER)
    return frozenset(found)


def decides(roles: Iterable[str], *, assessment: bool) -> bool:
    """Say whether these roles in a team decide on what it received: on a referral a registered social worker or the
    manager of the front door (Working Together), on an early help assessment an early help coordinator too."""
    return not deciding_roles(assessment=assessment).isdisjoint(roles)


def deciding_roles(*, assessment: bool) -> frozenset[Role]:
    """Return the roles that decide, as `decides` says."""
    return DECIDER_ROLES | {Role.EARLY_HELP_COORDINATOR} if assessment else DECIDER_ROLES


OF_AGENCY = frozenset(
    {Relationship.AUTHOR, Relationship.COLLEAGUE, Relationship.FORMER, Relationship.DESK, Relationship.APPROVER}
)
"""How people of the referring agency stand to it."""


def reads_as_front_door(actor: Actor, facts: RecordFacts) -> bool:
    """Whether the actor reads the referral only for a front door: then what that front door was given is all there is
    to read. The referring agency has the whole of what it wrote."""
    standing = relationships(actor, facts)
    return Relationship.FRONT_DOOR in standing and OF_AGENCY.isdisjoint(standing)


class Act(StrEnum):
    """What somebody may do with a referral without moving it to another state."""

    READ = "read"
    EDIT = "edit"
    SHARE = "share"
    OFFER = "offer"
    ADVISE = "advise"
    ASK_APPROVER = "ask_approver"
    ATTACH = "attach"
    ADD_ADDENDUM = "add_addendum"
    ASK_WITHDRAWAL = "ask_withdrawal"
    OPEN_TO_TEAM = "open_to_team"
    CLOSE_TO_DESK = "close_to_desk"
    SHUT_OUT = "shut_out"


@dataclass(frozen=True, slots=True)
class Permission:
    """In which states who may do something, and what is told in the other states."""

    who: dict[Relationship, frozenset[State]]
    other_state: str


_ALWAYS = frozenset(State)
_DRAFT = frozenset({State.DRAFT})
_OPEN = frozenset({State.SUBMITTED, State.SENT})
_FROM_SUBMITTED = _ALWAYS - {State.DRAFT}
_SENT = frozenset({State.SENT})
# A front door holds what it received, also when it is closed or was taken back.
_RECEIVED = frozenset({State.SENT, State.CLOSED, State.WITHDRAWN})

PERMISSIONS: dict[Act, Permission] = {
    Act.READ: Permission(
        {
            Relationship.AUTHOR: _ALWAYS,
            Relationship.COLLEAGUE: _ALWAYS,
            Relationship.FORMER: _ALWAYS,
            Relationship.DESK: _ALWAYS,
            Relationship.APPROVER: _FROM_SUBMITTED,
            Relationship.FRONT_DOOR: _RECEIVED,
            Relationship.SYSTEM: _ALWAYS,
        },
        "",
    ),
    Act.EDIT: Permission(
        {Relationship.AUTHOR: _DRAFT, Relationship.COLLEAGUE: _DRAFT},
        "What was submitted is frozen. Add what you have learned since as an addendum.",
    ),
    Act.SHARE: Permission(
        {Relationship.AUTHOR: _DRAFT, Relationship.DESK: _DRAFT},
        "It can only be shared while it is a draft.",
    ),
    # The desk too: where its author is away, a draft doesn't wait for them.
    Act.OFFER: Permission(
        {Relationship.AUTHOR: _DRAFT, Relationship.DESK: _DRAFT},
        "It can only be handed to somebody while it is a draft.",
    ),
    Act.ADVISE: Permission(
        {Relationship.DESK: _DRAFT | _OPEN},
        "It is finished: advice would reach nobody.",
    ),
    # The system passes an unanswered question on to the next one when its clock runs out.
    Act.ASK_APPROVER: Permission(
        {
            Relationship.AUTHOR: _DRAFT | _OPEN,
            Relationship.COLLEAGUE: _DRAFT | _OPEN,
            Relationship.DESK: _DRAFT | _OPEN,
            Relationship.SYSTEM: _OPEN,
        },
        "It is finished: an approval would change nothing.",
    ),
    # Onto a draft, to go along; later to be added. Who may only add to it may choose files for that.
    Act.ATTACH: Permission(
        {
            Relationship.AUTHOR: _DRAFT | _OPEN,
            Relationship.COLLEAGUE: _DRAFT | _OPEN,
            Relationship.DESK: _OPEN,
        },
        "It is finished, or still with its writers: no file can be added to it now.",
    ),
    Act.ADD_ADDENDUM: Permission(
        {Relationship.AUTHOR: _OPEN, Relationship.COLLEAGUE: _OPEN, Relationship.DESK: _OPEN},
        "An addendum can be added between submitting and closing. For a new worry start a new referral; "
        "if a child may be in danger, ring first.",
    ),
    Act.ASK_WITHDRAWAL: Permission(
        {Relationship.AUTHOR: _SENT, Relationship.COLLEAGUE: _SENT, Relationship.DESK: _SENT},
        "Only what has been sent, and is not closed, needs the front door's agreement to be withdrawn.",
    ),
    # With the sending, or when a front door passes it on.
    Act.OPEN_TO_TEAM: Permission(
        {
            Relationship.AUTHOR: _SENT,
            Relationship.COLLEAGUE: _SENT,
            Relationship.DESK: _SENT,
            Relationship.APPROVER: _SENT,
            Relationship.DECIDER: _SENT,
            Relationship.SYSTEM: _SENT,
        },
        "A front door receives it when it is sent.",
    ),
    # Whoever learns that it is about somebody there says so, also when it has long gone.
    Act.CLOSE_TO_DESK: Permission(
        {
            Relationship.AUTHOR: _FROM_SUBMITTED,
            Relationship.COLLEAGUE: _FROM_SUBMITTED,
            Relationship.FRONT_DOOR: _RECEIVED,
        },
        "While it is a draft, say so on the page about who may see it.",
    ),
    Act.SHUT_OUT: Permission(
        {Relationship.AUTHOR: _ALWAYS, Relationship.COLLEAGUE: _ALWAYS, Relationship.FRONT_DOOR: _RECEIVED},
        "",
    ),
}


def describe() -> str:
    """Return the permissions as a section of docs/reference/lifecycle.md, in Markdown."""
    lines = ["### Who may do what with a referral", "", "| what | who | while it is |", "|---|---|---|"]
    for act, permission in PERMISSIONS.items():
        for states in dict.fromkeys(permission.who.values()):
            who = frozenset(one for one, where in permission.who.items() if where == states)
            while_it_is = ", ".join(state.value for state in State if state in states)
            lines.append(f"| {act.value.replace('_', ' ')} | {who_reads(who)} | {while_it_is} |")
    lines += [
        "",
        "The desk sees a referral only once its author has answered that it is not about somebody at the desk,",
        "their family or a colleague; its writers and its front doors can close it to the desk later too. A person",
        "whom it is about never sees it. Auditors see the audit record, not the content; operators, administrators and",
        "partnership managers see neither.",
    ]
    return "\n".join(lines) + "\n"
