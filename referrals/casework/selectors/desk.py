"""What lies on a desk of the referring agency, and what happened to a referral."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet

from accounts.clock import ENGLAND
from audit.domain.actor import Actor
from consent.domain.afterwards import ruling_words
from consent.domain.facts import Said
from consent.models import TellingRuling
from consent.selectors import agreement_changes_of, rulings_of, told_of
from referrals.casework.domain.lifecycle import State
from referrals.casework.domain.outcomes import NAMES, Outcome
from referrals.casework.models import (
    Advice,
    Approval,
    ApprovalAnswer,
    Decision,
    Disagreement,
    DisagreementAnswer,
    Message,
    MessageAnswer,
    WithdrawalAnswer,
    WithdrawalRequest,
)
from referrals.casework.selectors.approvals import reaches_nobody, waiting_for
from referrals.casework.selectors.decisions import disagreements_waiting
from referrals.casework.selectors.drafts import alerted
from referrals.casework.selectors.times import extensions_of
from referrals.record.domain.lifecycle import State as ReferralState
from referrals.record.domain.lifecycle import Verb as ReferralVerb
from referrals.record.domain.permissions import DESK_ROLES
from referrals.record.models import AccessChange, Involvement, Referral
from referrals.record.selectors import TimelineItem, referrals_of
from referrals.record.selectors import timeline as record_timeline
from referrals.routing.domain.lifecycle import VERBS_DONE
from referrals.routing.domain.lifecycle import Verb as IntakeVerb
from referrals.routing.domain.transfer import REASONS, Answer, Reason
from referrals.routing.selectors import changes_of, transfers_of


@dataclass(frozen=True, slots=True)
class DeskItem:
    """A referral on the desk with its approval, None where none was asked for the submission that counts."""

    referral: Referral
    approval: Approval | None


PAGE = 50
"""As many rows of a part that asks for nothing stand on a page at most."""


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One page of a part that grows for years: page `number` of `pages`, counted from 1; `count` are all its rows."""

    items: tuple[DeskItem, ...] = ()
    count: int = 0
    number: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Desk:
    """What the actor's desk sees. Each part: the last changed first. What asks for something, or hasn't gone yet, is
    there whole; `decided`, `sent` and `finished` are a page each.

    `unreached` was submitted, waits for nobody, and is with no front door: somebody has to ring one. `to_answer` waits
    for the actor, urgent and overdue first; what they wrote themselves isn't among it, and stands with what waits for
    somebody else in `waiting`. `asked` are questions of a front door without an answer; `unsent` are drafts about which
    an alert went out; `decided` has an outcome that isn't contested or closed yet: like `sent`, the urgent first.
    """

    unreached: tuple[DeskItem, ...]
    to_answer: tuple[DeskItem, ...]
    waiting: tuple[DeskItem, ...]
    asked: tuple[Message, ...]
    contested: tuple[Disagreement, ...]
    decided: DeskPage
    sent: DeskPage
    unsent: tuple[DeskItem, ...]
    drafts: tuple[DeskItem, ...]
    finished: DeskPage


def desk_of(actor: Actor, *, now: datetime, pages: Mapping[str, str] = MappingProxyType({})) -> Desk:
    """Return what lies on the desk of a safeguarding lead, a deputy or a line manager; empty for everybody else.

    Drafts of colleagues are there too, so that the desk can advise. It shows references and no names: what the page
    shows of whom is the page's to record. `pages` says which page of `decided`, `sent` and `finished` is wanted; what
    isn't a page of theirs is the first one, or the last.
    """
    mine = _of_the_desk(actor, now)
    working = list(mine.filter(state__in=[ReferralState.DRAFT.value, ReferralState.SUBMITTED.value]))
    later = Approval.objects.filter(
        referral=OuterRef("referral"), submission__number__gt=OuterRef("submission__number")
    )
    open_ones = list(
        Approval.objects.filter(~Exists(later), referral__in=mine, answer__isnull=True).select_related(
            "referral__author", "submission", "answer"
        )
    )
    waits_here = waiting_for(open_ones, actor, now=now)
    to_answer = [DeskItem(one.referral, one) for one in open_ones if one.pk in waits_here]
    contested = tuple(disagreements_waiting().filter(referral__in=mine).select_related("referral__author", "intake"))
    asked = tuple(
        Message.objects.filter(intake__referral__in=mine, answer__isnull=True).select_related(
            "intake__referral__author"
        )
    )
    elsewhere = {item.referral.pk for item in to_answer} | {one.referral_id for one in contested}
    # Each stands in one place: what asks for something is on no page of what doesn't.
    parts = _quiet(mine.exclude(pk__in=elsewhere | {one.intake.referral_id for one in asked}))
    found = {key: Paginator(rows, PAGE).get_page(pages.get(key, "")) for key, rows in parts.items()}
    latest = _latest_of([*working, *(referral for page in found.values() for referral in page)])
    items = [DeskItem(row, latest.get(row.pk)) for row in working if row.pk not in elsewhere]
    unreached = [item for item in items if reaches_nobody(item.referral, item.approval)]
    drafts = [item for item in items if item.referral.state == ReferralState.DRAFT.value]
    alarming = alerted([item.referral for item in drafts])
    quiet = {
        key: DeskPage(
            tuple(DeskItem(row, latest.get(row.pk)) for row in page),
            page.paginator.count,
            page.number,
            page.paginator.num_pages,
        )
        for key, page in found.items()
    }
    return Desk(
        unreached=tuple(unreached),
        to_answer=tuple(sorted(to_answer, key=_order)),
        waiting=tuple(sorted((item for item in items if item not in [*unreached, *drafts]), key=_order)),
        asked=asked,
        contested=contested,
        unsent=tuple(item for item in drafts if item.referral.pk in alarming),
        drafts=tuple(item for item in drafts if item.referral.pk not in alarming),
        **quiet,
    )


def _quiet(rows: QuerySet[Referral]) -> dict[str, QuerySet[Referral]]:
    """The parts that ask for nothing, by the name that each has on the desk."""
    decided = Exists(Decision.objects.filter(intake__referral=OuterRef("pk")))
    sent = rows.filter(state=ReferralState.SENT.value).order_by("-urgent", "-updated_at", "pk")
    return {
        "decided": sent.filter(decided),
        "sent": sent.filter(~decided),
        "finished": rows.filter(state__in=[ReferralState.CLOSED.value, ReferralState.WITHDRAWN.value]),
    }


def _latest_of(referrals: Iterable[Referral]) -> dict[UUID, Approval]:
    """The approval of the last submission for which one was asked, by referral."""
    rows = Approval.objects.filter(referral__in=list(referrals)).select_related("referral", "answer", "submission")
    return {one.referral_id: one for one in rows.order_by("submission__number")}


def timeline(
    referral: Referral,
    *,
    front_door: bool,
    elsewhere: Set[UUID] = frozenset(),
    asked_before: Mapping[UUID, datetime | None] = MappingProxyType({}),
    until: datetime | None = None,
) -> tuple[TimelineItem, ...]:
    """Return what happened to a referral, first things first, across the rooms. The caller has checked who reads.

    `front_door`: as the front door sees it, without the agency's own approvals and advice; as the agency sees it,
    without the front door's own handling. Recommendations are in neither: they aren't decisions. Of the intakes
    `elsewhere` it tells what was done and not the words: they are about other children; but those of questions that
    were asked there until the time in `asked_before`. With `until` it ends there: for a front door that let go of it.
    """
    # Why the desk returned it is between the desk and the author, as its advice is.
    own = [item for item in record_timeline(referral) if not (front_door and item.kind == ReferralVerb.RETURN.value)]
    items = [*own, *_exchanged(referral, elsewhere, asked_before)]
    items += _of_front_door(referral, elsewhere) if front_door else _of_agency(referral)
    return tuple(sorted((item for item in items if until is None or item.at <= until), key=lambda item: item.at))


def _of_the_desk(actor: Actor, now: datetime) -> QuerySet[Referral]:
    if actor.agency_id is None or actor.person_id is None:
        return Referral.objects.none()
    seen = referrals_of(actor, now=now).filter(agency_id=actor.agency_id).select_related("author")
    if actor.has_role(*DESK_ROLES):
        # What the desk may not see is here only for its author, and not on the desk.
        return seen.filter(bypasses_desk=False)
    asked = Involvement.objects.filter(
        referral=OuterRef("pk"), person_id=actor.person_id, part=Involvement.Part.APPROVER.value
    )
    return seen.filter(Exists(asked))


def _order(item: DeskItem) -> tuple[bool, float]:
    approval = item.approval
    assert approval is not None  # only what has one waits
    return not item.referral.urgent, (approval.due_at or approval.at).timestamp()


def _exchanged(
    referral: Referral, elsewhere: Set[UUID], asked_before: Mapping[UUID, datetime | None]
) -> list[TimelineItem]:
    """What both sides see: questions and answers, decisions, disagreements, times that were given more, requests to
    withdraw."""

    def said(intake_id: UUID, text: str) -> str:
        return "" if intake_id in elsewhere else text

    def asked(message: Message, text: str) -> str:
        if message.intake_id in asked_before:
            then = asked_before[message.intake_id]
            if then is None or message.at <= then:
                return text
        return said(message.intake_id, text)

    items = [
        TimelineItem(one.at, "information_asked", "Front door asked", one.by_name, asked(one, one.text))
        for one in Message.objects.filter(intake__referral=referral)
    ]
    items += [
        TimelineItem(one.at, "information_given", "Referrer answered", one.by_name, asked(one.message, one.text))
        for one in MessageAnswer.objects.filter(message__intake__referral=referral).select_related("message")
    ]
    items += [
        TimelineItem(
            one.at,
            "decision_changed" if one.replaces_id else "decision",
            f"{'Decision changed' if one.replaces_id else 'Decided'}: {NAMES[Outcome(one.outcome)]}",
            one.by_name,
            said(one.intake_id, one.rationale),
        )
        for one in Decision.objects.filter(intake__referral=referral)
    ]
    items += [
        TimelineItem(
            one.at,
            "disagreement",
            "Disagreement taken up to the next stage" if one.takes_up_id else "Decision contested",
            one.by_name,
            said(one.intake_id, one.grounds),
        )
        for one in Disagreement.objects.filter(referral=referral)
    ]
    items += [
        TimelineItem(
            one.at,
            "disagreement_answer",
            "The decision changes" if one.changes else "The decision stands",
            one.by_name,
            said(one.disagreement.intake_id, one.reasons),
        )
        for one in DisagreementAnswer.objects.filter(disagreement__referral=referral).select_related("disagreement")
    ]
    items += [
        TimelineItem(
            one.at,
            "time_extended",
            f"{one.clock.name}: until {_day_of(one.due_at)}, not {_day_of(one.before)}",
            one.by_name,
            said(one.clock.intake_id, one.why) if one.clock.intake_id else one.why,
        )
        for one in extensions_of(referral)
    ]
    items += _handed_on(referral, elsewhere)
    items += [
        TimelineItem(one.at, "withdrawal", "Asked to withdraw", one.by_name, one.why)
        for one in WithdrawalRequest.objects.filter(referral=referral)
    ]
    items += [
        TimelineItem(one.at, "closed_to_desk", "Hidden from the agency's safeguarding desk", one.by_name, one.why)
        for one in AccessChange.objects.filter(referral=referral, kind=AccessChange.Kind.DESK)
    ]
    items += [
        TimelineItem(
            one.at,
            "withdrawal_answer",
            "Withdrawal accepted" if one.accepted else "Withdrawal not accepted",
            one.by_name,
            one.reasons,
        )
        for one in WithdrawalAnswer.objects.filter(request__referral=referral)
    ]
    items += [
        TimelineItem(
            one.at, "agreement_changed", f"About agreement: {SAID_NOW[Said(one.said)]}", one.by_name, one.words
        )
        for one in agreement_changes_of(referral)
    ]
    items += [
        TimelineItem(one.at, "told", "Recorded: told of the sharing", one.by_name, one.words)
        for one in told_of(referral)
    ]
    items += [
        TimelineItem(
            one.at,
            "telling_ruled",
            ruling_said(one),
            one.by_name,
            one.why,
        )
        for one in rulings_of(referral)
    ]
    return items


def ruling_said(ruling: TellingRuling) -> str:
    """What a front door said about telling the family, or had said before it handed the referral over."""
    return ruling_words(ruling.team.name, may_tell=ruling.may_tell, lifts=ruling.lifts, let_go=ruling.let_go)


SAID_NOW: dict[Said, str] = {
    Said.GIVEN: "agreed",
    Said.LIMITED: "agreed to some of it",
    Said.REFUSED: "said no",
    Said.WITHDRAWN: "took the agreement back",
    Said.NOT_SOUGHT: "not asked",
    Said.NOT_KNOWN: "not known",
}
"""What somebody said, as a history tells it."""

TRANSFER_ANSWERS: dict[Answer, str] = {
    Answer.ACCEPTED: "{there} has accepted it",
    Answer.REFUSED: "{there} does not take it: it stays with {here}",
    Answer.TAKEN_BACK: "{here} took the offer back",
}
_HANDING_ON = frozenset(
    {IntakeVerb.HAND_ON, IntakeVerb.TAKE_BACK, IntakeVerb.KEEP, IntakeVerb.ACCEPT, IntakeVerb.REFUSE}
    | {IntakeVerb.RECALL, IntakeVerb.TRANSFER}
)

_ANSWERS = {
    State.APPROVED: "Approved",
    State.RETURNED: "Returned for changes",
    State.DECLINED: "Advised against sending",
    State.LAPSED: "Not answered in time, or withdrawn",
}


def _of_agency(referral: Referral) -> list[TimelineItem]:
    items = [
        TimelineItem(one.at, "advice", "Advice", one.by_name, one.text)
        for one in Advice.objects.filter(referral=referral)
    ]
    items += [
        TimelineItem(one.at, "approval_asked", "Approval asked for", one.by_name)
        for one in Approval.objects.filter(referral=referral)
    ]
    items += [
        TimelineItem(one.at, "approval_answer", _ANSWERS[State(one.answer)], one.by_name, one.why)
        for one in ApprovalAnswer.objects.filter(approval__referral=referral)
    ]
    return items + [
        TimelineItem(one.at, "arrived", f"Arrived at {one.intake.door_name}", "")
        for one in changes_of(referral)
        if one.verb in {IntakeVerb.ARRIVE.value, IntakeVerb.OFFER.value}
    ]


def _handed_on(referral: Referral, elsewhere: Set[UUID]) -> list[TimelineItem]:
    """What front doors wanted to hand on, and what became of it: both sides know who has it."""
    items = []
    for one in transfers_of(referral):
        away = one.intake_id in elsewhere
        why = "" if away else f"{REASONS[Reason(one.reason)]}. {one.why}"
        how = "rang" if one.spoke_to else "offers it to"
        items.append(
            TimelineItem(one.at, "transfer", f"{one.intake.door_name} {how} {one.door_name}", one.by_name, why)
        )
        answer = getattr(one, "answer", None)
        if answer is not None:
            text = TRANSFER_ANSWERS[Answer(answer.answer)].format(here=one.intake.door_name, there=one.door_name)
            items.append(TimelineItem(answer.at, "transfer_answer", text, answer.by_name, "" if away else answer.why))
    return items


def _day_of(moment: datetime) -> str:
    here = moment.astimezone(ENGLAND)
    return f"{here.day} {here:%B, %H:%M}"


def _of_front_door(referral: Referral, elsewhere: Set[UUID]) -> list[TimelineItem]:
    return [
        TimelineItem(
            one.at,
            f"intake_{one.verb}",
            f"{one.intake.door_name}: {VERBS_DONE[IntakeVerb(one.verb)]}",
            one.by_name,
            "" if one.intake_id in elsewhere else one.why,
        )
        for one in changes_of(referral)
        # Both sides read of these with the names of both front doors.
        if IntakeVerb(one.verb) not in _HANDING_ON
    ]
