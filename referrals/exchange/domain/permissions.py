"""Who keeps a front door's connections to its own system: its manager. What goes over them is its own."""

from audit.domain.actor import Actor
from audit.domain.refusal import Refusal

FRONT_DOOR_MANAGER = "front_door_manager"


def check_keep(actor: Actor, *, is_manager_there: bool, rule: str = "exchange.keep") -> None:
    """Raise Refusal unless the actor manages that front door today, for the agency that they act for."""
    if not actor.has_role(FRONT_DOOR_MANAGER) or not is_manager_there:
        raise Refusal(
            "Only the manager of a front door connects it to another system.",
            rule=rule,
            subject_type="agency",
            subject_id=actor.agency_id,
        )
