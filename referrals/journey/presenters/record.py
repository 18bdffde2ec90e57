"""The record page of a referral: where it stands, what was frozen, and what has come since."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from consent.models import Disclosure, Shared
from referrals.casework.domain.lifecycle import State as ApprovalState
from referrals.casework.domain.outcomes import NAMES, Outcome
from referrals.casework.models import Approval, Decision, Disagreement, Message, Statement
from referrals.casework.selectors import goes_at, state_of
from referrals.documents.presenters.blocks import Section
from referrals.documents.presenters.parts_given import part_sections
from referrals.documents.reading import ELSEWHERE, addendum_goes_to
from referrals.journey.presenters.answers import CardSection, frozen_card
from referrals.journey.presenters.checked import CheckShown, check_shown
from referrals.journey.presenters.citing import Reader
from referrals.journey.presenters.shared import SharingShown, sharing_shown
from referrals.record.domain.lifecycle import State
from referrals.record.models import Addendum
from referrals.record.selectors import content_of
from referrals.routing.domain.lifecycle import State as IntakeState
from referrals.routing.domain.transfer import outside_words
from referrals.routing.selectors import Receipt
from thresholds.selectors import NoPackError, pack_version

S = TypeVar("S", bound=Statement)
WAITING = gettext_noop(
    "It waits at the agency and has not been sent yet. No front door can see it, or what was added since."
)
UNREACHED = gettext_noop(
    "It has not been sent: no front door that it should go to receives through this system. Nobody there can see it. "
    "Reach one yourself."
)
LET_GO = gettext_noop("Your front door no longer has it. Ask the front door that has it now for anything newer.")
HANDED_OVER = gettext_noop("It was handed over outside this system. What happened tells whom its writers reached.")
STATES: dict[str, str] = {
    State.DRAFT.value: gettext_noop("This is a draft. Nobody at a front door can see it."),
    State.SUBMITTED.value: WAITING,
    State.CLOSED.value: gettext_noop("Every front door that received it has answered."),
    State.WITHDRAWN.value: gettext_noop("It was withdrawn."),
}
NOT_OWNED = frozenset({IntakeState.OFFERED, IntakeState.RETURNED})
"""Of a front door that was offered it and hasn't accepted: it says nothing of where the referral stands."""
DONE = frozenset({IntakeState.DECIDED, IntakeState.CLOSED, IntakeState.TRANSFERRED})
APPROVALS: dict[ApprovalState, str] = {
    ApprovalState.ASKED: gettext_noop("has been asked and has not answered yet"),
    ApprovalState.APPROVED: gettext_noop("approved it"),
    ApprovalState.RETURNED: gettext_noop("returned it for changes"),
    ApprovalState.DECLINED: gettext_noop("advised against sending it"),
    ApprovalState.LAPSED: gettext_noop("did not answer in time"),
}


@dataclass(frozen=True, slots=True)
class OutcomeShown:
    """What a front door decided for one child, and what was said against it."""

    child: str
    outcome: str
    door: str
    by: str
    at: datetime
    rationale: str
    next_step: str


@dataclass(frozen=True, slots=True)
class DisagreementShown:
    """Grounds against a decision, and the answer; `answered` is None while there is none. `stage` is the partnership's,
    empty where it states none; `late`: the time for an answer is over."""

    door: str
    by: str
    at: datetime
    grounds: str
    due_at: datetime | None
    late: bool
    answered: str | None
    reasons: str
    id: UUID
    stage: str


@dataclass(frozen=True, slots=True)
class MessageShown:
    """A question of a front door; `answer` is empty while there is none."""

    id: UUID
    door: str
    by: str
    at: datetime
    text: str
    answer: str
    answered_by: str


@dataclass(frozen=True, slots=True)
class ApprovalShown:
    """Where the agency's own approval stands."""

    words: str
    why: str
    at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class AddendumShown:
    """Later facts, in words or as a page of the form. `unseen`: front doors where nobody has looked at it yet."""

    number: int
    by: str
    at: datetime
    words: str
    section: CardSection | None
    unseen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChildDecided:
    """What was worked out for one child when it was submitted."""

    name: str
    check: CheckShown | None
    sharing: SharingShown | None


@dataclass(frozen=True, slots=True)
class SharedShown:
    """A document that went somewhere: to whom, what for, what of it, and what was left out."""

    document: str
    title: str
    recipient: str
    purpose: str
    what: str
    left_out: tuple[str, ...]
    people: int | None
    by: str
    at: datetime
    why: str


_BY_A_PERSON = frozenset(
    {
        *(Shared.Document.COPY, Shared.Document.MORE, Shared.Document.ANSWER, Shared.Document.ADDENDUM),
        *(Shared.Document.OUTSIDE, Shared.Document.PARTNER),
    }
)
_OF_FRONT_DOOR = frozenset({Shared.Document.PARTNER})
"""What only the front door that shared it reads of."""


def readers_of(content: Mapping[str, Any]) -> dict[str, Reader]:
    """Return a reader for each area whose pack the submission kept."""
    readers = {}
    for kept in content["packs"]:
        try:
            readers[kept["area"]] = Reader.of(pack_version(kept["version"]))
        except NoPackError:
            continue
    return readers


def state_words(
    state: str,
    receipts: tuple[Receipt, ...],
    decisions: tuple[OutcomeShown, ...],
    *,
    unreached: bool = False,
    outside: Collection[str] = (),
) -> str:
    """Say in one sentence where the referral stands. `unreached`: it was submitted, and no front door receives it;
    `outside`: the front doors that were rung and have it now, where nobody here has."""
    if unreached:
        return gettext(UNREACHED)
    if state == State.CLOSED.value and not receipts:
        return gettext(HANDED_OVER)
    if state != State.SENT.value:
        return gettext(STATES[state])
    if outside:
        return outside_words(outside)
    receipts = tuple(one for one in receipts if one.state not in NOT_OWNED)
    if decisions:
        return _decided_words(receipts, frozenset(one.door for one in decisions))
    return _sent_words(receipts)


def _sent_words(receipts: tuple[Receipt, ...]) -> str:
    if receipts and all(one.read_at for one in receipts):
        return gettext("It was delivered, and somebody there has read it.")
    if receipts and all(one.delivered_at for one in receipts):
        return gettext("It was delivered. Not everybody who received it has read it yet.")
    return gettext("It is on its way. It has not been delivered everywhere yet.")


def _decided_words(receipts: tuple[Receipt, ...], deciding: frozenset[str]) -> str:
    """What each front door has done, once one has decided: a decision of one says nothing of the others."""
    waits = [one for one in receipts if one.state not in DONE]
    if not waits:
        return (
            gettext("Every front door that received it has decided.")
            if len(receipts) > 1
            else gettext("The front door has decided.")
        )
    done = [one for one in receipts if one.state in DONE and one.door_name in deciding]
    return " ".join(
        (
            *(gettext("%(door_name)s has decided.") % {"door_name": one.door_name} for one in done),
            *(f"{one.door_name} {_waits_words(one, deciding)}" for one in waits),
        )
    )


def _waits_words(receipt: Receipt, deciding: frozenset[str]) -> str:
    if receipt.door_name in deciding:
        return gettext("has decided for some of the children, not for all of them yet.")
    if receipt.read_at:
        return gettext("has opened it and has not decided yet.")
    return gettext("has not opened it yet.") if receipt.delivered_at else gettext("has not received it yet.")


def outcomes_shown(decisions: Iterable[Decision], names: Mapping[str, str]) -> tuple[OutcomeShown, ...]:
    """Return the decisions that count, with the children's names as they were submitted."""
    return tuple(
        OutcomeShown(
            child=names.get(str(one.child_id), gettext("The child")),
            outcome=gettext(NAMES[Outcome(one.outcome)]),
            door=one.intake.door_name,
            by=one.by_name,
            at=one.at,
            rationale=one.rationale,
            next_step=one.next_step,
        )
        for one in decisions
    )


def disagreements_shown(
    disagreements: Iterable[Disagreement], *, now: datetime, until: datetime | None = None
) -> tuple[DisagreementShown, ...]:
    """Return what the agency held against decisions, each with its answer; what came after `until` isn't told."""
    shown = []
    for one in disagreements:
        if until is not None and one.at > until:
            continue
        answer = _by_then(getattr(one, "answer", None), until)
        taken_up = _by_then(getattr(one, "taken_up", None), until)
        said = (
            None
            if answer is None
            else gettext("The decision changes")
            if answer.changes
            else gettext("The decision stands")
        )
        shown.append(
            DisagreementShown(
                door=one.intake.door_name,
                by=one.by_name,
                at=one.at,
                grounds=one.grounds,
                due_at=one.due_at,
                late=one.due_at is not None and one.due_at < now,
                answered=gettext("Taken up without an answer") if taken_up else said,
                reasons=answer.reasons if answer else "",
                id=one.pk,
                stage=one.stage_name,
            )
        )
    return tuple(shown)


def _by_then(row: S | None, until: datetime | None) -> S | None:
    """What was said, unless it came later than what is told."""
    return None if row is None or (until is not None and row.at > until) else row


def messages_shown(asked: Iterable[Message], *, until: datetime | None = None) -> tuple[MessageShown, ...]:
    """Return what front doors asked, with the answers that have come; what came after `until` isn't told."""
    return tuple(
        MessageShown(
            id=one.pk,
            door=one.intake.door_name,
            by=one.by_name,
            at=one.at,
            text=one.text,
            answer=answer.text if answer else "",
            answered_by=answer.by_name if answer else "",
        )
        for one in asked
        if until is None or one.at <= until
        for answer in (_by_then(getattr(one, "answer", None), until),)
    )


def approval_shown(approval: Approval | None, *, now: datetime) -> ApprovalShown | None:
    """Return where the approval of the last submission stands at `now`; None where none was asked for."""
    if approval is None:
        return None
    state = state_of(approval)
    answer = getattr(approval, "answer", None)
    manager = approval.asked == Approval.Asked.MANAGER
    asked = gettext("The line manager") if manager else gettext("The safeguarding desk")
    who = f"{asked} ({answer.by_name})" if answer is not None and answer.by_id else asked
    words = f"{who} {gettext(APPROVALS[state])}."
    if state is ApprovalState.LAPSED and answer is not None and answer.by_id:
        words = gettext("%(asked)s had not answered when %(by)s ended the wait.")
        words = words % {"asked": asked, "by": answer.by_name}
    return ApprovalShown(
        words=words,
        why=answer.why if answer else "",
        at=answer.at if answer else None,
        due_at=None if answer else goes_at(approval, now=now),
    )


def children_decided(
    content: Mapping[str, Any], readers: Mapping[str, Reader], labels: Mapping[str, str]
) -> tuple[ChildDecided, ...]:
    """Return check and decision to share of each child, as frozen."""
    names = names_in(content)
    shown = []
    for child in {**content["check"], **content["sharing"]}:
        check, sharing = content["check"].get(child), content["sharing"].get(child)
        shown.append(
            ChildDecided(
                name=names.get(child, gettext("The child")),
                check=check_shown(check, readers.get(check["area"], Reader(None))) if check else None,
                sharing=sharing_shown(sharing, readers.get(sharing["area"], Reader(None)), labels) if sharing else None,
            )
        )
    return tuple(shown)


def part_shown(content: Mapping[str, Any]) -> tuple[Section, ...]:
    """Return what a part for one front door says of itself: the other children, what was left out; nothing for the
    whole."""
    return part_sections(content)


def documents_shared(rows: Iterable[Shared], given: Disclosure | None) -> tuple[SharedShown, ...]:
    """Return each document that went somewhere, first things first: for the agency all but what a front door sent to a
    partner, which is its own; for a front door what went to itself, and what it sent."""
    return tuple(
        SharedShown(
            document=gettext(Shared.Document(row.document).label),
            title=row.title,
            recipient=row.recipient,
            purpose=row.purpose,
            what="; ".join(row.what),
            left_out=tuple(row.left_out),
            people=row.people,
            by=row.by_name if row.document in _BY_A_PERSON else "",
            at=row.at,
            why=row.disclosure.why if row.document == Shared.Document.MORE and row.disclosure else "",
        )
        for row in rows
        if (row.document not in _OF_FRONT_DOOR if given is None else _went_to(row, given))
    )


def _went_to(row: Shared, given: Disclosure) -> bool:
    return row.disclosure is not None and row.disclosure.team_id == given.team_id


def names_in(content: Mapping[str, Any]) -> dict[str, str]:
    """The children's names as they were submitted, by id as text."""
    return {child["id"]: child["name"] for child in content["children"]}


def addenda_shown(
    addenda: Iterable[Addendum],
    given: Disclosure | None = None,
    *,
    unseen: Mapping[UUID, tuple[str, ...]] | None = None,
) -> tuple[AddendumShown, ...]:
    """Return the later facts, of those that a front door isn't `given` only that they are there. `unseen` names, by an
    addendum's id, the front doors where nobody has looked at it. Raises ValueError when a stored text doesn't match its
    digest."""
    shown = []
    for addendum in addenda:
        content = content_of(addendum)
        goes = addendum_goes_to(content, given)
        page = content.get("page") if goes else None
        shown.append(
            AddendumShown(
                number=addendum.number,
                by=content["by"]["name"],
                at=addendum.at,
                words=content.get("words", "") if goes else ELSEWHERE,
                section=CardSection(page["title"], (frozen_card(page),)) if page else None,
                unseen=(unseen or {}).get(addendum.pk, ()),
            )
        )
    return tuple(shown)
