"""Who may read the audit record. The whole list of this room's permissions."""

from audit.domain.actor import Actor
from audit.domain.refusal import Refusal

AUDITOR = "auditor"


def check_read_audit(actor: Actor) -> None:
    """Raise Refusal unless the actor is an auditor: the record shows who looked at which child, across agencies."""
    if not actor.has_role(AUDITOR):
        raise Refusal("Only an auditor can read the audit record.", rule="audit.read", subject_type="audit")


def can_read_audit(actor: Actor) -> bool:
    """Say whether `check_read_audit` would let the actor pass."""
    try:
        check_read_audit(actor)
    except Refusal:
        return False
    return True
