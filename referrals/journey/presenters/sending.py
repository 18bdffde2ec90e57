"""What is shown before sending and right after it: the decisions to share, the plan, and what happens next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consent.domain.explain import explain
from referrals.casework.domain.approval import Asked, Wanted
from referrals.casework.preparing import Prepared, PreparedChild
from referrals.journey.presenters.citing import Reader
from referrals.journey.presenters.planned import DestinationShown, PlanShown, destinations_shown, plan_shown
from referrals.journey.presenters.shared import SharingShown, sharing_shown
from thresholds.domain.check_result import plain


@dataclass(frozen=True, slots=True)
class ChildSharing:
    """The decision to share about one child. `for_family` is empty while the family must not see it."""

    name: str
    sharing: SharingShown
    for_family: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChildPlan:
    """The plan of one child."""

    name: str
    plan: PlanShown


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Where the referral goes: every front door once, then child by child."""

    urgent: bool
    destinations: tuple[DestinationShown, ...]
    children: tuple[ChildPlan, ...]


def sharing_page(prepared: Prepared, labels: Mapping[str, str]) -> tuple[ChildSharing, ...]:
    """Return the decision about each child, as it stands now."""
    return tuple(_sharing(child, labels) for child in prepared.children)


def plan_page(prepared: Prepared) -> PlanPage:
    """Return the plan as it stands now."""
    return PlanPage(
        urgent=prepared.urgent,
        destinations=destinations_shown(prepared.plan.to_dict(), {child.id: child.name for child in prepared.children}),
        children=tuple(
            ChildPlan(child.name, plan_shown(child.plan.to_dict(), Reader(child.pack.pack)))
            for child in prepared.children
        ),
    )


def frozen_plan(content: Mapping[str, Any], readers: Mapping[str, Reader]) -> PlanPage:
    """Return the plan that was frozen with a submission."""
    names = {child["id"]: child["name"] for child in content["children"]}
    plan = content["plan"]
    return PlanPage(
        urgent=bool(content["urgent_because"]),
        destinations=destinations_shown(plan, names) if "destinations" in plan else (),
        children=tuple(
            ChildPlan(names.get(child, ""), plan_shown(one, readers.get(one["area"], Reader(None))))
            for child, one in plan.get("children", {}).items()
        ),
    )


def send_words(prepared: Prepared) -> tuple[str, str]:
    """Return the button that names the act, and the sentence about what it does."""
    wanted = prepared.approval
    if wanted is not None and not wanted.beside:
        return "Submit for approval", _waits(wanted)
    if prepared.urgent:
        return (
            "Send referral now",
            "It is urgent, so it goes to the front door at once. Your safeguarding desk is told.",
        )
    return "Send referral", "It goes to the front door at once. Your safeguarding desk is told."


def _waits(wanted: Wanted) -> str:
    who = "your line manager" if wanted.asked is Asked.MANAGER else "your safeguarding lead"
    until = " If nobody answers in your agency’s time, it goes without." if wanted.lapses else ""
    return f"It waits for {who} before it goes.{until} If things get worse, ring, and say in it that it can’t wait."


def _sharing(child: PreparedChild, labels: Mapping[str, str]) -> ChildSharing:
    decision = child.sharing.decision
    return ChildSharing(
        name=child.name,
        sharing=sharing_shown(plain(child.sharing.to_dict()), Reader(child.pack.pack), labels),
        for_family=() if decision.guard.holds else explain(decision),
    )
