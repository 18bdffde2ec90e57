"""What somebody may do with an intake. Every permission of this room stands here and in the table of `lifecycle`.

Who may read a referral is the record's to say: a front door's people can once it has arrived there.
"""

from dataclasses import dataclass
from uuid import UUID

from accounts.domain.roles import FRONT_DOOR_ROLES, Role
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from referrals.record.domain.permissions import SYSTEM_PREFIX, decides
from referrals.routing.domain.lifecycle import Standing, State, Transition, Verb, check_transition


@dataclass(frozen=True, slots=True)
class IntakeFacts:
    """What the rules need to know of one intake, gathered for one actor.

    `team_roles` are the roles that the actor holds today in the team that receives it, for the agency they act for.
    `excluded_ids` are people whom the referral is about: they never see it. `assessment`: it is an early help
    assessment, on which an early help coordinator decides too.
    """

    intake_id: UUID
    state: State
    author_id: UUID
    holder_id: UUID | None
    team_roles: frozenset[str] = frozenset()
    excluded_ids: frozenset[UUID] = frozenset()
    assessment: bool = False


def standing(actor: Actor, facts: IntakeFacts) -> frozenset[Standing]:
    """Return how the actor stands to the intake; empty for everybody whose business it is not."""
    if actor.person_id is None:
        return frozenset({Standing.SYSTEM}) if actor.name.startswith(SYSTEM_PREFIX) else frozenset()
    roles = facts.team_roles & actor.roles & FRONT_DOOR_ROLES
    # Nobody of the front door sees what has not arrived.
    if not roles or actor.person_id in facts.excluded_ids or facts.state is State.DUE:
        return frozenset()
    found = {Standing.RECEIVER}
    if actor.person_id == facts.holder_id:
        found.add(Standing.HOLDER)
    if decides(roles, assessment=facts.assessment):
        found.add(Standing.DECIDER)
    if Role.FRONT_DOOR_MANAGER in roles:
        found.add(Standing.MANAGER)
    return frozenset(found)


def check_open(actor: Actor, facts: IntakeFacts) -> None:
    """Raise NotYours unless the actor belongs to the front door that received it."""
    if Standing.RECEIVER not in standing(actor, facts):
        raise NotYours(rule="intake.read", subject_type="intake", subject_id=facts.intake_id)


def can_open(actor: Actor, facts: IntakeFacts) -> bool:
    """Say whether `check_open` would let the actor pass."""
    return Standing.RECEIVER in standing(actor, facts)


def check_act(verb: Verb, actor: Actor, facts: IntakeFacts) -> Transition:
    """Return the transition that the actor makes by `verb`; raise NotYours or Refusal when they may not.

    Beyond the table, nobody decides on what they wrote themselves.
    """
    how = standing(actor, facts)
    rule = f"intake.{verb.value}"
    if not how:
        raise NotYours(rule=rule, subject_type="intake", subject_id=facts.intake_id)
    if verb is Verb.DECIDE and actor.person_id == facts.author_id:
        reason = "You wrote this yourself: somebody else decides on it."
        raise Refusal(reason, rule=rule, subject_type="intake", subject_id=facts.intake_id)
    try:
        return check_transition(verb, facts.state, how)
    except Refusal as refusal:
        raise Refusal(refusal.reason, rule=rule, subject_type="intake", subject_id=facts.intake_id) from None


def can_act(verb: Verb, actor: Actor, facts: IntakeFacts) -> bool:
    """Say whether `check_act` would let the actor pass."""
    try:
        check_act(verb, actor, facts)
    except Refusal:
        return False
    return True
