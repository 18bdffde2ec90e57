"""Who opens the queue, and who is shown a question that only deciders answer.

What may be done with an intake is `referrals.routing.domain.permissions`, and what is decided, contested or withdrawn
`referrals.casework.domain.permissions`: the actions ask those, whatever a page has shown.
"""

from accounts.domain.roles import FRONT_DOOR_ROLES
from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from referrals.routing.domain.lifecycle import Standing, who_reads
from referrals.routing.domain.permissions import IntakeFacts, standing


def check_see_queue(actor: Actor) -> None:
    """Raise Refusal unless the actor works at a front door, for the agency that they act for."""
    if not actor.has_role(*FRONT_DOOR_ROLES):
        raise Refusal(
            "Only the people of a front door have a queue.",
            rule="intake.list",
            subject_type="agency",
            subject_id=actor.agency_id,
        )


def check_answers(actor: Actor, facts: IntakeFacts, *, rule: str) -> None:
    """Raise Refusal with this rule unless the actor decides at the front door: only deciders answer disagreements and
    requests to withdraw."""
    if Standing.DECIDER not in standing(actor, facts):
        reason = f"Only {who_reads({Standing.DECIDER})} can do this."
        raise Refusal(reason, rule=rule, subject_type="intake", subject_id=facts.intake_id)
