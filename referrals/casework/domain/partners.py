"""What a front door asks other agencies before it decides: of whom, on what basis, by when, and what came back.

Sources: screening in a multi-agency front door asks police, education, health and housing for what they know, with a
time for each return (Merton; none of the six areas states one); a manager authorises checks that the family doesn't
know of (Leeds); the children's legislation has agencies help with an enquiry (section 47(9), Bury line 189). What is
asked for, why, of whom and on what basis is recorded.
"""

import datetime as dt
from enum import StrEnum

from audit.domain.refusal import Refusal
from referrals.routing.domain.limits import LONGEST_AHEAD

RULE = "partner.ask"


class Partner(StrEnum):
    """The sort of agency. The value is stored."""

    POLICE = "police"
    EDUCATION = "education"
    HEALTH = "health"
    HOUSING = "housing"
    PROBATION = "probation"
    OTHER = "other"


PARTNERS: dict[Partner, str] = {
    Partner.POLICE: "Police",
    Partner.EDUCATION: "Education",
    Partner.HEALTH: "Health",
    Partner.HOUSING: "Housing",
    Partner.PROBATION: "Probation",
    Partner.OTHER: "Another agency",
}


class Basis(StrEnum):
    """On what basis it is asked. The value is stored."""

    AGREED = "agreed"
    HARM = "harm"
    UNTOLD = "untold"


BASES: dict[Basis, str] = {
    Basis.AGREED: "The family agreed to it",
    Basis.HARM: "A child may suffer significant harm: asked without agreement",
    Basis.UNTOLD: "A child may suffer significant harm, and the family must not know that it is asked",
}


def check_authorises(basis: Basis, *, decides: bool) -> None:
    """Raise Refusal unless somebody who decides at the front door asks what the family must not know of."""
    if basis is Basis.UNTOLD and not decides:
        raise Refusal(
            "A registered social worker or the manager of the front door asks what the family must not know of.",
            rule=RULE,
            subject_type="intake",
            about="basis",
        )


def check_due(due_at: dt.datetime, *, now: dt.datetime) -> None:
    """Raise Refusal for a time to answer that has passed, or is more than a year away. Both are aware."""
    if due_at <= now:
        raise _refusal("The time to answer has passed already.")
    if due_at > now + LONGEST_AHEAD:
        raise _refusal("The time to answer must be within a year. Check the year.")


def _refusal(reason: str) -> Refusal:
    return Refusal(reason, rule=RULE, subject_type="intake", about="due_at")
