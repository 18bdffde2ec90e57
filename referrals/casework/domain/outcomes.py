"""What a front door can decide for one child.

The names are the field's own (Working Together: the social worker decides the next course of action; local screening
guides for the rest). What an outcome sets in motion belongs to the front door's own system.
"""

from collections.abc import Hashable, Iterable, Set
from enum import StrEnum


class Outcome(StrEnum):
    """The outcome for one child. The value is stored."""

    IMMEDIATE_PROTECTION = "immediate_protection"
    STRATEGY_DISCUSSION = "strategy_discussion"
    ASSESSMENT = "assessment"
    OPEN_CASE = "open_case"
    TARGETED_HELP = "targeted_help"
    EARLY_HELP = "early_help"
    SINGLE_AGENCY = "single_agency"
    ADVICE = "advice"
    OTHER_FRONT_DOOR = "other_front_door"
    AGREEMENT_FIRST = "agreement_first"
    NO_FURTHER_ACTION = "no_further_action"
    REGISTERED = "registered"
    REGISTERED_LEAD_TO_FIND = "registered_lead_to_find"
    STEPPED_UP = "stepped_up"


NAMES: dict[Outcome, str] = {
    Outcome.IMMEDIATE_PROTECTION: "Immediate protection",
    Outcome.STRATEGY_DISCUSSION: "Strategy discussion (section 47)",
    Outcome.ASSESSMENT: "Assessment by children's social care (section 17)",
    Outcome.OPEN_CASE: "To the social worker who knows the child",
    Outcome.TARGETED_HELP: "Targeted help",
    Outcome.EARLY_HELP: "Early help",
    Outcome.SINGLE_AGENCY: "Help from one agency",
    Outcome.ADVICE: "Advice to the referrer",
    Outcome.OTHER_FRONT_DOOR: "Another front door",
    Outcome.AGREEMENT_FIRST: "Back to the referrer, to ask the family first",
    Outcome.NO_FURTHER_ACTION: "No further action",
    Outcome.REGISTERED: "Registered, and the lead professional confirmed",
    Outcome.REGISTERED_LEAD_TO_FIND: "Registered, and a lead professional still to be found",
    Outcome.STEPPED_UP: "Stepped up: it has to become a referral",
}

PROTECTS = frozenset({Outcome.IMMEDIATE_PROTECTION, Outcome.STRATEGY_DISCUSSION})
"""Outcomes by which section 47 begins."""

OF_ASSESSMENT = (
    Outcome.REGISTERED,
    Outcome.REGISTERED_LEAD_TO_FIND,
    Outcome.AGREEMENT_FIRST,
    Outcome.STEPPED_UP,
    Outcome.TARGETED_HELP,
    Outcome.SINGLE_AGENCY,
    Outcome.ADVICE,
    Outcome.OTHER_FRONT_DOOR,
    Outcome.NO_FURTHER_ACTION,
)
"""What can become of an early help assessment, the commonest first."""
_ONLY_OF_ASSESSMENT = frozenset({Outcome.REGISTERED, Outcome.REGISTERED_LEAD_TO_FIND, Outcome.STEPPED_UP})
OF_REFERRAL = tuple(outcome for outcome in Outcome if outcome not in _ONLY_OF_ASSESSMENT)


def outcomes_for(*, assessment: bool) -> tuple[Outcome, ...]:
    """Return what can be decided on an early help assessment, or else on a referral, in the order in which it is
    offered."""
    return OF_ASSESSMENT if assessment else OF_REFERRAL


def form_after(outcomes: Iterable[Outcome], *, assessment: bool) -> str:
    """Return the kind of form that the agency begins next by what was decided: a referral where an assessment is
    stepped up, an assessment where a referral ends in early help; empty for neither."""
    found = set(outcomes)
    if assessment:
        return "marf" if Outcome.STEPPED_UP in found else ""
    return "eha" if found & {Outcome.EARLY_HELP, Outcome.TARGETED_HELP} else ""


_NO_HARM_FOUND = frozenset(
    {Outcome.EARLY_HELP, Outcome.TARGETED_HELP, Outcome.SINGLE_AGENCY, Outcome.ADVICE, Outcome.NO_FURTHER_ACTION}
)
"""Outcomes of a referral after which nobody looks into harm any more."""


def is_stepped_down(decided: Iterable[tuple[Hashable, Outcome]], children: Set[Hashable]) -> bool:
    """Say whether a referral ends in early help: every child of it is decided on, one of them at least with early help,
    and none with what looks further into harm or leaves it open. `decided` are the decisions that count, each with its
    child."""
    found = list(decided)
    outcomes = {outcome for _child, outcome in found}
    return (
        bool(children)
        and children <= {child for child, _outcome in found}
        and form_after(outcomes, assessment=False) == "eha"
        and outcomes <= _NO_HARM_FOUND
    )


LEADS_TO_ASSESSMENT = PROTECTS | {Outcome.ASSESSMENT}
