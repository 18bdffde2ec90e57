"""What is shown before sending and right after it: the decisions to share, the plan, and what happens next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from consent.domain.decide import waits_for_the_authors_reason
from consent.domain.explain import explain
from consent.domain.people import State as Agreed
from consent.domain.recipients import PURPOSES
from consent.domain.result import Verdict
from referrals.casework.domain.approval import ADVICE, ANSWERS, WEIGH, Asked, DeskTold, Wanted
from referrals.casework.preparing import Prepared, PreparedChild
from referrals.journey.presenters.checked import PICKED_ON, NotAnsweredShown
from referrals.journey.presenters.citing import Reader
from referrals.journey.presenters.planned import DestinationShown, PlanShown, destinations_shown, plan_shown
from referrals.journey.presenters.questions import LinkFor
from referrals.journey.presenters.shared import SharingShown, ToRecord, sharing_shown
from referrals.journey.steps import page_url
from referrals.record.domain.completeness import PageProgress
from referrals.record.domain.forms.parts import Per
from referrals.record.models import Referral
from thresholds.domain.check_result import plain
from thresholds.domain.urgency import UrgentBecause

_NOT_RECORDED = frozenset({Agreed.NOT_KNOWN, Agreed.NOT_SOUGHT, Agreed.CHILD_TO_ASK})
"""Agreement isn't on record, and it isn't refused either."""
_ASKED_FOR = frozenset({Verdict.TO_WEIGH, Verdict.MAY_SHARE_FLAGGED})
"""Verdicts that an answer about agreement would change."""


DESK_WORDS: dict[DeskTold, str] = {
    DeskTold.TOLD: gettext_noop("Your safeguarding desk is told."),
    DeskTold.ABOUT_IT: gettext_noop("Your safeguarding desk is not told, because it may be about somebody there."),
    DeskTold.NOT_ANSWERED: gettext_noop("Your safeguarding desk is not told until you answer who may see this."),
    DeskTold.NOBODY: gettext_noop("There is nobody else at your safeguarding desk to tell."),
}


LOWER_WORDS: dict[DeskTold, str] = {
    DeskTold.TOLD: gettext_noop("Your safeguarding lead is asked to look at the level too. Nothing waits for that."),
    DeskTold.ABOUT_IT: gettext_noop("Your safeguarding lead is not asked, because it may be about somebody there."),
    DeskTold.NOT_ANSWERED: gettext_noop(
        "Your safeguarding lead is asked to look at it too, once you answer who may see this."
    ),
    DeskTold.NOBODY: gettext_noop("There is nobody else at your safeguarding desk to ask."),
}
"""Who looks at a level that was judged lower than what is indicated."""


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


@dataclass(frozen=True, slots=True)
class PartShown:
    """A front door that gets a part: what it gets, and each thing left out with the reason."""

    door: str
    area: str
    purpose: str
    gets: tuple[str, ...]
    left_out: tuple[str, ...]


def parts_given(prepared: Prepared) -> tuple[PartShown, ...]:
    """Return the front doors that would get less than everything, in the order of the plan."""
    return tuple(
        PartShown(
            door=one.door.door_name,
            area=one.door.area_name,
            purpose=gettext(PURPOSES[one.need.purpose]),
            gets=one.need.gets,
            left_out=tuple(
                f"{f'{left.about}: ' if left.about else ''}{'; '.join(left.what)}. {left.reason}"
                for left in one.need.withheld
            ),
        )
        for one in prepared.given
        if not one.need.whole
    )


def sharing_page(prepared: Prepared, labels: Mapping[str, str], links: LinkFor) -> tuple[ChildSharing, ...]:
    """Return the decision about each child, as it stands now. `links` leads to the page that asks a question."""
    return tuple(_sharing(child, labels, links) for child in prepared.children)


def put_right(prepared: Prepared, links: LinkFor) -> tuple[ToRecord, ...]:
    """Return the answers that don't fit together and that a routine referral puts right, each with its page."""
    found = (
        ToRecord(one.text, links(child.id, one.question))
        for child in prepared.children
        for one in child.sharing.decision.to_put_right
    )
    return tuple(dict.fromkeys(found))


def not_answered(referral: Referral, prepared: Prepared) -> tuple[NotAnsweredShown, ...]:
    """Return what the words may mean and nobody answered, child by child, each with the page that asks it."""
    return tuple(
        NotAnsweredShown(one.name, one.words, page_url(referral, PICKED_ON, UUID(child.id)) + "?from=check", child.name)
        for child in prepared.children
        if child.id
        for one in child.not_answered
    )


def plan_page(prepared: Prepared) -> PlanPage:
    """Return the plan as it stands now."""
    return PlanPage(
        urgent=prepared.urgent,
        destinations=destinations_shown(prepared.plan.to_dict(), {child.id: child.name for child in prepared.children}),
        children=tuple(
            ChildPlan(
                child.name,
                plan_shown(child.plan.to_dict(), Reader.of(child.pack), judged=child.judged is not None),
            )
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


def to_answer(prepared: Prepared, progress: Iterable[PageProgress]) -> tuple[PageProgress, ...]:
    """Return the pages whose answers could let a routine referral go sooner, or at all; empty where none could.

    Where nobody is recorded that is the page that adds a child; where no agreement is, the pages that ask about it:
    those that miss something, else all of them. A refusal is an answer: it isn't asked for again, only why it is right
    to share all the same, where nobody else could weigh that.
    """
    pages = list(progress)
    if prepared.stops and not any(child.id for child in prepared.children):
        return tuple(one for one in pages if one.page.lists is Per.CHILD)
    if any(waits_for_the_authors_reason(child.sharing.facts) for child in prepared.children) and prepared.stops:
        return tuple(one for one in pages if one.page.key == "without-agreement")
    unknown = {
        child.id
        for child in prepared.children
        if child.sharing.decision.verdict in _ASKED_FOR and child.sharing.decision.agreement in _NOT_RECORDED
    }
    asked = [one for one in pages if unknown and _asks_agreement(one, unknown)]
    return tuple(one for one in asked if one.missing) or tuple(asked)


def _asks_agreement(one: PageProgress, children: set[str]) -> bool:
    if one.page.per is Per.CHILD:
        return one.page.key == "child-sharing" and str(one.person_id) in children
    if one.page.lists is Per.MEMBER:
        return "household" in one.missing
    return one.page.key in {"member-about", "member-sharing", "without-agreement"}


def missing_words(prepared: Prepared) -> str:
    """Return what stands above the questions without an answer: none of them stops what may be harmful."""
    if prepared.stops:
        return gettext("Not answered yet")
    if prepared.reaches_somebody:
        return gettext("Not answered yet. You can send without")
    return gettext("Not answered yet. You can finish it without")


_BECAUSE: dict[str, str] = {
    "danger": gettext_noop("You said that a child is in danger, or may be."),
    "harm": gettext_noop("You said that a child has been harmed, or may be."),
    "cannot_wait": gettext_noop("You said that it can't wait."),
    "override": gettext_noop("Something that you ticked calls for urgent steps."),
    "judged_level": gettext_noop("You judged a level that may mean child protection."),
    "indicated_level": gettext_noop("What you chose points to a level that may mean child protection."),
}


def because_words(prepared: Prepared) -> tuple[str, ...]:
    """Return what makes it urgent, in sentences, each once."""
    return tuple(dict.fromkeys(gettext(_BECAUSE[code]) for code in prepared.because if code in _BECAUSE))


def send_words(prepared: Prepared) -> tuple[str, str]:
    """Return the button that names the act, and the sentence about what it does."""
    if prepared.is_assessment and (prepared.approval is None or prepared.approval.beside):
        return gettext("Send assessment"), gettext("It goes to early help at once. %(desk_words)s") % {
            "desk_words": gettext(DESK_WORDS[prepared.desk])
        }
    wanted = prepared.approval
    if wanted is not None and not wanted.beside:
        return gettext("Submit for approval"), _waits(wanted, is_assessment=prepared.is_assessment)
    desk = (
        gettext("You judged lower than indicated. %(lower_words)s")
        % {"lower_words": gettext(LOWER_WORDS[prepared.desk])}
        if prepared.judged_lower
        else ""
    )
    told = desk or gettext(DESK_WORDS[prepared.desk])
    if prepared.urgent:
        # Where nothing that they said makes it urgent, it reads as if the system knew better.
        goes = (
            gettext(
                "Whether a child has been harmed, or may be, is not answered. Until it is, this counts as urgent and "
                "goes to the front door at once. %(told)s"
            )
            if prepared.because == (UrgentBecause.HARM_NOT_ANSWERED,)
            else gettext("It is urgent, so it goes to the front door at once. %(told)s")
        )
        return gettext("Send referral now"), goes % {"told": told}
    return gettext("Send referral"), gettext("It goes to the front door at once. %(told)s") % {"told": told}


def _waits(wanted: Wanted, *, is_assessment: bool) -> str:
    who = gettext("your line manager") if wanted.asked is Asked.MANAGER else gettext("your safeguarding lead")
    said = (
        gettext(_WHY_IT_WAITS.get(wanted.because, "")),
        gettext("It waits for %(who)s before it goes.") % {"who": who},
        gettext("If nobody answers within your agency's time limit, it is sent anyway.") if wanted.lapses else "",
        # The words of the buttons on its page.
        gettext("If things get worse, ring the front door. Then open it here and press “Make it a referral”.")
        if is_assessment
        else gettext(
            "If things get worse, ring the front door. Then open it here and press “It can't wait: send it now”."
        ),
    )
    return " ".join(filter(None, said))


_WHY_IT_WAITS: dict[str, str] = {
    WEIGH: gettext_noop(
        "Somebody's agreement is missing, and no harm is expected, so somebody else weighs whether it goes."
    ),
    ADVICE: gettext_noop("Of those who can decide, not all agree, so somebody else looks at it first."),
    ANSWERS: gettext_noop("Answers don't fit together. You can put them right, or submit it with them shown."),
}


def _sharing(child: PreparedChild, labels: Mapping[str, str], links: LinkFor) -> ChildSharing:
    decision = child.sharing.decision
    return ChildSharing(
        name=child.name,
        sharing=sharing_shown(
            plain(child.sharing.to_dict()),
            Reader.of(child.pack),
            labels,
            links=lambda question: links(child.id, question),
        ),
        for_family=() if decision.guard.holds else explain(decision),
    )
