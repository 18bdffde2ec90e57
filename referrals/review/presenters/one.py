"""One referral on the desk: what waits for whom, what can be done and, where it can't, why not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop

from accounts.clock import ENGLAND
from audit.domain.refusal import Refusal
from referrals.casework.actions.approving import CHASE_AFTER
from referrals.casework.actions.disagreeing import dispute_facts
from referrals.casework.domain.approval import ADVICE, ANSWERS, JUDGED_LOWER, POLICY, WEIGH
from referrals.casework.domain.dispute import Stage
from referrals.casework.domain.lifecycle import State, Verb
from referrals.casework.domain.outcomes import NAMES, Outcome
from referrals.casework.domain.permissions import (
    ApprovalFacts,
    DisputeFacts,
    can_answer_approval,
    check_answer_approval,
    check_answer_message,
    check_disagree,
    check_take_up,
)
from referrals.casework.models import Approval, Decision, Disagreement, Message
from referrals.casework.selectors import (
    approval_facts,
    decisions_about,
    goes_at,
    latest_approval,
    messages_about,
    open_disagreement,
    reaches_nobody,
    reason_wanted,
    state_of,
    taken_back,
)
from referrals.record.domain.lifecycle import Verb as ReferralVerb
from referrals.record.domain.permissions import check_advise, check_move
from referrals.review.opening import Opened
from referrals.review.presenters.desk import answer_words
from referrals.routing.models import Intake

BECAUSE: dict[str, str] = {
    POLICY: gettext_noop("Your agency asks for it."),
    ADVICE: gettext_noop("Of those who can decide, not all agree."),
    WEIGH: gettext_noop(
        "Somebody's agreement is missing, and no harm is expected. Weigh whether it should go all the same."
    ),
    ANSWERS: gettext_noop("Answers about sharing don't fit together. Have them put right, or send it as it is."),
    JUDGED_LOWER: gettext_noop("The practitioner judged lower than the document indicates."),
}


@dataclass(frozen=True, slots=True)
class ApprovalShown:
    """An approval on the page. `waits`: nobody has answered; `why` is the answer's reason. `because` says who asks.

    `due` is when it goes without an answer, `wanted` by when one is wanted where nothing goes without. `needs_reason`:
    whoever lets it go says why. `judged_lower`: the practitioner judged lower than what is indicated, and the desk is
    asked to look at that.
    """

    id: UUID
    waits: bool
    beside: bool
    judged_lower: bool
    because: str
    due: datetime | None
    wanted: datetime
    needs_reason: bool
    answer: str
    by: str
    at: datetime | None
    why: str
    may_approve: bool
    against: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: `url` is empty where this person can't now, and `reason` says why."""

    text: str
    url: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """A decision that counts, as the referrer reads it."""

    child: str
    outcome: str
    rationale: str
    next_step: str
    door: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class One:
    """The desk's own part of a referral's page. `unreached`: it was submitted and is with no front door."""

    unreached: bool
    approval: ApprovalShown | None
    steps: tuple[Step, ...]
    decisions: tuple[DecisionShown, ...]


def one_of(opened: Opened, intakes: list[Intake]) -> One:
    """Return what the desk does with a referral. The queries grow with the front doors only, which are one or two."""
    approval = latest_approval(opened.referral)
    facts = approval_facts(approval, opened.facts) if approval else None
    decisions = list(decisions_about(opened.referral))
    messages = list(messages_about(opened.referral))
    unreached = reaches_nobody(opened.referral, approval)
    reach = [_reach(opened)] if unreached else []
    return One(
        unreached=unreached,
        approval=_approval(approval, facts, opened) if approval and facts else None,
        steps=(*reach, *_steps(opened, facts, messages, intakes)),
        decisions=tuple(decision_shown(one) for one in decisions),
    )


def decision_shown(row: Decision) -> DecisionShown:
    """Return a decision for reading."""
    name = f"{row.child.given_names} {row.child.family_name}".strip() if row.child else ""
    return DecisionShown(
        child=name or (gettext("Child %(position)s") % {"position": row.child.position} if row.child else ""),
        outcome=gettext(NAMES[Outcome(row.outcome)]),
        rationale=row.rationale,
        next_step=row.next_step,
        door=row.intake.door_name,
        by=row.by_name,
        at=row.at,
    )


def due_words(due: datetime | None) -> str:
    """Return by when the front door answers, or that nobody states it."""
    if due is None:
        return gettext("(the partnership states no time)")
    local = due.astimezone(ENGLAND)
    return gettext("by %(due)s") % {
        "due": date_format(local, "j F, H:i"),
    }


def goes_to_words(found: Stage) -> str:
    """Return which stage a disagreement goes to and by when that answers, or that the document states no stage."""
    if not found.name:
        return gettext("The area's document states no further stage. The front door is asked again.")
    said = gettext("It goes to this stage of the area's document: %(stage)s. An answer is due %(due_words)s.")
    if found.due_at is None:
        said = gettext("It goes to this stage of the area's document: %(stage)s. It states no time for the answer.")
    return said % {"stage": found.name, "due_words": due_words(found.due_at)}


def reason_against(check: Callable[[], object]) -> str:
    """Return the reason that a check refuses with, empty where it passes: the page shows it in the link's place."""
    try:
        check()
    except Refusal as refusal:
        return refusal.reason
    return ""


def _approval(approval: Approval, facts: ApprovalFacts, opened: Opened) -> ApprovalShown:
    state, answer = state_of(approval), getattr(approval, "answer", None)
    against = reason_against(lambda: check_answer_approval(Verb.APPROVE, opened.actor, facts))
    return ApprovalShown(
        id=approval.pk,
        waits=state is State.ASKED,
        beside=approval.beside,
        judged_lower=approval.judged_lower,
        because=gettext(BECAUSE[WEIGH]) if taken_back(approval) else _because(approval),
        due=goes_at(approval, now=opened.now) if state is State.ASKED else None,
        wanted=approval.at + CHASE_AFTER,
        needs_reason=reason_wanted(approval),
        answer=answer_words(approval),
        by=answer.by_name if answer else "",
        at=answer.at if answer else None,
        why=answer.why if answer else "",
        may_approve=not against,
        against=against if state is State.ASKED else "",
    )


def _because(approval: Approval) -> str:
    return gettext(BECAUSE.get(approval.because, gettext_noop("The area's document asks for it.")))


def _steps(
    opened: Opened, facts: ApprovalFacts | None, messages: list[Message], intakes: list[Intake]
) -> Iterator[Step]:
    for message in messages:
        if not hasattr(message, "answer"):
            reason = reason_against(lambda: check_answer_message(opened.actor, opened.facts, answered=False))
            url = "" if reason else reverse("journey:answer", args=[opened.referral.pk, message.pk])
            yield Step(gettext("Answer %(door_name)s") % {"door_name": message.intake.door_name}, url, reason)
    if facts is not None and facts.state is State.ASKED:
        for verb, text, name in (
            (Verb.RETURN, gettext("Return it for changes"), "return"),
            (Verb.DECLINE, gettext("Advise against sending"), "decline"),
        ):
            # What has gone can't be returned: a way that isn't open to anybody isn't shown as closed to this person.
            if can_answer_approval(verb, opened.actor, facts):
                yield _step(text, name, "", opened)
    yield _step(
        gettext("Give advice"), "advise", reason_against(lambda: check_advise(opened.actor, opened.facts)), opened
    )
    for intake in intakes:
        dispute = dispute_facts(intake, opened.facts, now=opened.now)
        waiting = open_disagreement(intake)
        if waiting is not None:
            yield _take_up(waiting, dispute, opened)
        elif dispute.decided:
            yield _contest(intake, dispute, opened)


def _reach(opened: Opened) -> Step:
    reason = reason_against(lambda: check_move(ReferralVerb.HAND_OVER, opened.actor, opened.facts))
    url = "" if reason else reverse("journey:handed_over", args=[opened.referral.pk])
    return Step(gettext("Ring a front door, and record whom you reached"), url, reason)


def _take_up(waiting: Disagreement, dispute: DisputeFacts, opened: Opened) -> Step:
    reason = reason_against(lambda: check_take_up(opened.actor, dispute))
    text = gettext("Take the disagreement with %(door_name)s up to the next stage") % {
        "door_name": waiting.intake.door_name
    }
    return _step(text, "take_up", reason, opened, waiting.pk)


def _contest(intake: Intake, dispute: DisputeFacts, opened: Opened) -> Step:
    reason = reason_against(lambda: check_disagree(opened.actor, dispute))
    return _step(
        gettext("Contest the decision of %(door_name)s") % {"door_name": intake.door_name},
        "disagree",
        reason,
        opened,
        intake.pk,
    )


def _step(text: str, name: str, reason: str, opened: Opened, *more: UUID) -> Step:
    url = "" if reason else reverse(f"review:{name}", args=[opened.referral.pk, *more])
    return Step(text, url, reason)
