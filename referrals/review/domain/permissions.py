"""Who opens the desk's pages. What is approved, contested or answered there is `referrals.casework.domain.permissions`,
advice is `referrals.record.domain.permissions`: the actions ask those, whatever a page has shown."""

from accounts.domain.roles import Role
from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from referrals.record.domain.lifecycle import Relationship
from referrals.record.domain.permissions import DESK_ROLES, RecordFacts, relationships

DESK = DESK_ROLES | {Role.LINE_MANAGER}
"""Roles that have a desk: a line manager's holds what they were asked to approve."""

_LOOKING = frozenset({Relationship.DESK, Relationship.APPROVER})
_SPEAKING = _LOOKING | {Relationship.AUTHOR, Relationship.COLLEAGUE}


def check_see_desk(actor: Actor) -> None:
    """Raise Refusal unless the actor is a safeguarding lead, a deputy or a line manager of the agency they act for."""
    if not actor.has_role(*DESK):
        raise Refusal(
            "Only safeguarding leads, deputies and line managers have a desk.",
            rule="desk.list",
            subject_type="agency",
            subject_id=actor.agency_id,
        )


def check_review(actor: Actor, facts: RecordFacts) -> None:
    """Raise Refusal unless the referral lies on the actor's desk. The caller has checked that they may read it."""
    _check(actor, facts, _LOOKING, "desk.open", "Only your agency's safeguarding desk opens this page.")


def can_review(actor: Actor, facts: RecordFacts) -> bool:
    """Say whether `check_review` would let the actor pass."""
    return not relationships(actor, facts).isdisjoint(_LOOKING)


def check_speak(actor: Actor, facts: RecordFacts) -> None:
    """Raise Refusal unless the actor is of the referring agency's side: desk, author, colleague, a line manager who was
    asked. The front door, which may read the referral too, isn't."""
    _check(actor, facts, _SPEAKING, "desk.speak", "Only the referrer's agency opens this page.")


def _check(actor: Actor, facts: RecordFacts, who: frozenset[Relationship], rule: str, reason: str) -> None:
    if relationships(actor, facts).isdisjoint(who):
        raise Refusal(reason, rule=rule, subject_type="referral", subject_id=facts.referral_id)
