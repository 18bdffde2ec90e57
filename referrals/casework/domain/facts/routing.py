"""The facts about one child that the route plan reads."""

from datetime import date, datetime

from referrals.casework.domain.facts.asked import age, answer, area, harm, moment_of, yes_or_no
from referrals.casework.domain.facts.child import can_not_wait, flags, may_work_with_children, workplaces_of
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.routing.domain.plan import RouteFacts
from thresholds.domain.check_result import ThresholdCheck
from thresholds.domain.parts import AgencyKind, Agreement

_MORNING = "9am"


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
    """Return what is recorded about one child. `draft` holds only what is asked; `on` is England's day."""
    workplaces, workplace_open = workplaces_of(draft)
    return RouteFacts(
        home_area=area(child.get("home_area")),
        found_area=area(child.get("found_area")),
        workplace_areas=workplaces,
        workplace_open=workplace_open,
        allegation_at=_learned_at(draft.get("alleged_learned_on")),
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
        fgm_known=answer(child.get("fgm_known")),
        regulated=answer(child.get("fgm_regulated")),
        fgm_at=_learned_at(child.get("fgm_learned_on")),
        fgm_reported=child.get("fgm_reported") == "yes",
        called_at=called_at(draft),
        assessment=assessment,
    )


def _learned_at(day: object) -> datetime | None:
    """When something was learned of which only the day was asked: as the working day began, so that what counts from it
    is due sooner rather than later. None for a day that isn't exact."""
    return moment_of(day, _MORNING)


def called_at(draft: DraftAnswers) -> datetime | None:
    """Return when somebody rang and reached the front door; None when nobody did, or the day isn't known."""
    return moment_of(draft.get("rang_on"), draft.get("rang_at")) if draft.get("rang") == "yes" else None
