"""Who may begin a form from an earlier one."""

from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from referrals.record.domain.permissions import OF_AGENCY, RecordFacts, check_read, check_start, relationships


def check_carry(actor: Actor, facts: RecordFacts) -> None:
    """Raise NotYours or Refusal unless the actor may begin another form from this one: whoever reads it for the agency
    that wrote it. A front door has what it was given, and begins nothing with it in its own name."""
    check_start(actor)
    check_read(actor, facts)
    if OF_AGENCY.isdisjoint(relationships(actor, facts)):
        raise Refusal(
            "Only the agency that wrote it begins another form from it.",
            rule="referral.carry",
            subject_type="referral",
            subject_id=str(facts.referral_id),
        )


def can_carry(actor: Actor, facts: RecordFacts) -> bool:
    """Say whether `check_carry` would let the actor pass."""
    try:
        check_carry(actor, facts)
    except Refusal:
        return False
    return True
