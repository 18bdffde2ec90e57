"""The facts about one child that the route plan reads."""

from datetime import date, datetime

from referrals.casework.domain.facts.asked import age, area, harm, moment_of, yes_or_no
from referrals.casework.domain.facts.child import can_not_wait, flags, may_work_with_children
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.routing.domain.plan import RouteFacts
from thresholds.domain.check_result import ThresholdCheck
from thresholds.domain.parts import AgencyKind, Agreement


def route_facts(
    draft: DraftAnswers,
    child: PersonAnswers,
    *,
    agency: AgencyKind | None,
    on: date,
    check: ThresholdCheck | None,
    judged: str | None,
    agreement: frozenset[Agreement] | None,
    assessment: bool = False,
) -> RouteFacts:
    """Return what is recorded about one child. `draft` holds only what is asked; `on` is England's day.

    What only the practitioner knows of themselves and no form asks yet, the duty about FGM, stays not known: the plan
    reminds of it then.
    """
    return RouteFacts(
        home_area=area(child.get("home_area")),
        found_area=area(child.get("found_area")),
        workplace_area=area(draft.get("alleged_area")),
        may_work_with_children=may_work_with_children(draft),
        harm=harm(child),
        judged=judged,
        check=check,
        flags=flags(draft, child),
        age=age(child, on),
        agency=agency,
        agreement=agreement,
        open_case=yes_or_no(child.get("open_case")),
        cannot_wait=can_not_wait(draft),
        called_at=called_at(draft),
        assessment=assessment,
    )


def called_at(draft: DraftAnswers) -> datetime | None:
    """Return when somebody rang and reached the front door; None when nobody did, or the day isn't known."""
    return moment_of(draft.get("rang_on"), draft.get("rang_at")) if draft.get("rang") == "yes" else None
