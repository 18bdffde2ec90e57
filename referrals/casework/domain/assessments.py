"""When an early help assessment may go: only with agreement, and never in place of a referral.

Agreement is the decision to share's to find (`consent.domain.decide`), from the rules of the child's area; nothing that
anybody approves, and no hurry, replaces it. What speaks of possible harm becomes a referral instead, which needs none:
so the words that stop an assessment always say how to go on at once.
"""

from collections.abc import Iterable

from consent.domain.result import SharingDecision
from thresholds.domain.urgency import UrgentBecause

NO_CHILD = "Add the children whom it is about."
HARM_OPEN = "Answer for each child whether harm is possible."
NEEDS_AGREEMENT = (
    "An early help assessment goes only with the agreement of a parent with parental responsibility, or of a child who "
    "can decide, as your area's document says."
)
REFER = "What you wrote may mean harm, or it can't wait. Make it a referral: that needs no agreement and goes at once."


def only_harm_open(because: Iterable[str]) -> bool:
    """Say whether nothing speaks of urgency but that harm isn't answered yet."""
    return set(because) == {UrgentBecause.HARM_NOT_ANSWERED.value}


def needs_referral(because: Iterable[str]) -> bool:
    """Say whether an assessment has to become a referral: something makes it urgent, beyond an open question."""
    found = set(because)
    return bool(found) and not only_harm_open(found)


def check_agreed(decisions: Iterable[SharingDecision]) -> tuple[str, ...]:
    """Return why an assessment can't be shared as agreement stands; empty when it can, for every child."""
    refused = [decision for decision in decisions if not decision.verdict.passes]
    if not refused:
        return ()
    return tuple(dict.fromkeys([NEEDS_AGREEMENT, *(decision.reasons[0] for decision in refused)]))


def check_assessment_may_go(
    decisions: Iterable[SharingDecision], *, because: Iterable[str], nobody: bool
) -> tuple[str, ...]:
    """Return why an assessment can't be submitted as it stands, in sentences; empty when it can.

    `because` are the codes of what makes it urgent, `nobody` that no child is on it.
    """
    found = tuple(because)
    if needs_referral(found):
        return (REFER,)
    open_ = (*((NO_CHILD,) if nobody else ()), *((HARM_OPEN,) if found and not nobody else ()))
    return (*open_, *check_agreed(decisions))
