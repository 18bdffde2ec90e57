"""The desk as its page shows it: what waits for an answer first. It names no child."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop

from dispatch.presenters import age
from govuk.pages import pagination
from referrals.casework.domain.lifecycle import State
from referrals.casework.models import Approval, Disagreement, Message
from referrals.casework.selectors import Desk, DeskItem, DeskPage, state_of
from referrals.record.domain.lifecycle import State as ReferralState
from referrals.record.models import Referral

STATES: dict[str, str] = {
    ReferralState.DRAFT.value: gettext_noop("Being written"),
    ReferralState.SUBMITTED.value: gettext_noop("Waiting at the agency: not sent yet"),
    ReferralState.SENT.value: gettext_noop("Sent"),
    ReferralState.CLOSED.value: gettext_noop("Finished"),
    ReferralState.WITHDRAWN.value: gettext_noop("Withdrawn"),
}
_ANSWERS: dict[State, str] = {
    State.APPROVED: gettext_noop("Approved"),
    State.RETURNED: gettext_noop("Returned for changes"),
    State.DECLINED: gettext_noop("Advised against sending"),
    State.LAPSED: gettext_noop("Sent, as nobody answered"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One referral on the desk. `due` is when somebody's answer is due; `late` that it was."""

    id: UUID
    reference: str
    author: str
    kind: str
    urgent: bool
    words: str
    due: datetime | None = None
    late: bool = False
    left: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that ask for the same of whoever sits at the desk. `page` is set where the rows are one page of several, and
    `pages` then leads to the others, as the component "pagination" takes it."""

    key: str
    name: str
    meaning: str
    rows: tuple[Row, ...]
    page: DeskPage | None = None
    pages: Mapping[str, Any] | None = None

    @property
    def count(self) -> int:
        """How many there are in all."""
        return self.page.count if self.page else len(self.rows)


def desk_groups(desk: Desk, *, now: datetime) -> tuple[Group, ...]:
    """Return the groups of the desk, those that ask for something first, empty ones left out."""
    groups = (
        _group(
            "unreached",
            gettext("Not sent: no front door has it"),
            gettext(
                "No front door receives them here. Ring one, or have the author ring, and record whom you reached."
            ),
            (
                _row(
                    item.referral,
                    gettext("Finished on %(day)s") % {"day": date_format(item.referral.state_since, "j F")},
                )
                for item in desk.unreached
            ),
        ),
        _group(
            "unsent",
            gettext("Not sent, and harm may be possible"),
            gettext(
                "A draft reaches no front door. Talk to its author: it is sent, or the decision not to refer is "
                "recorded."
            ),
            (
                _row(
                    item.referral,
                    gettext("Begun on %(day)s") % {"day": date_format(item.referral.created_at, "j F")},
                )
                for item in desk.unsent
            ),
        ),
        _group(
            "approve",
            gettext("Waiting for your approval"),
            gettext("Nothing has been sent yet."),
            (_asked_row(item, now) for item in desk.to_answer if not _beside(item)),
        ),
        _group(
            "gone",
            gettext("Sent already: look at them"),
            gettext("They did not wait for you. Read them and say what you think."),
            (_asked_row(item, now) for item in desk.to_answer if _beside(item)),
        ),
        _group(
            "waiting",
            gettext("Waiting for somebody else's approval"),
            gettext("Nothing has been sent yet."),
            (_asked_row(item, now) for item in desk.waiting),
        ),
        _group(
            "asked",
            gettext("A front door asks"),
            gettext("You or the author can answer."),
            map(_message_row, desk.asked),
        ),
        _paged(
            "decided",
            gettext("Decided"),
            gettext("Read the outcome. If you disagree, you can contest it."),
            (_row(item.referral, gettext("Decided by the front door")) for item in desk.decided.items),
            desk,
        ),
        _group(
            "contested",
            gettext("Contested by your agency"),
            gettext("The front door has to answer."),
            (_contested_row(one, now) for one in desk.contested),
        ),
        _group(
            "returned",
            gettext("Returned to the author"),
            "",
            (_row(item.referral, _answer(item)) for item in desk.drafts if _answer(item)),
        ),
        _paged(
            "sent",
            gettext("Sent"),
            gettext("No decision yet."),
            (_row(item.referral, _answer(item)) for item in desk.sent.items),
            desk,
        ),
        _group(
            "drafts",
            gettext("Being written"),
            gettext("You can advise."),
            (_row(item.referral, "") for item in desk.drafts if not _answer(item)),
        ),
        _paged(
            "finished",
            gettext("Finished"),
            "",
            (_row(item.referral, gettext(STATES[item.referral.state])) for item in desk.finished.items),
            desk,
        ),
    )
    return tuple(_each_once(groups))


def shown_ids(groups: Iterable[Group]) -> list[str]:
    """Return the ids of the referrals that the page shows, each once, for the audit record."""
    return list(dict.fromkeys(str(row.id) for group in groups for row in group.rows))


def answer_words(approval: Approval) -> str:
    """Return what was answered to an approval; empty while it waits."""
    state = state_of(approval)
    if state is State.LAPSED and (not approval.is_answered or approval.answer.by_id):
        # Somebody ended the wait: it may have been sent, withdrawn, or be its author's again.
        return gettext("The wait ended before anybody answered")
    return gettext(_ANSWERS.get(state, ""))


def _each_once(groups: Iterable[Group]) -> Iterator[Group]:
    """The groups that have rows, each referral in the first group that asks for something."""
    seen: set[UUID] = set()
    for group in groups:
        rows = tuple(row for row in group.rows if row.id not in seen)
        seen |= {row.id for row in rows}
        if rows:
            yield replace(group, rows=rows)


def _group(key: str, name: str, meaning: str, rows: Iterable[Row]) -> Group:
    return Group(key, name, meaning, tuple(rows))


def _paged(key: str, name: str, meaning: str, rows: Iterable[Row], desk: Desk) -> Group:
    """A group of which one page is shown. Leading to another page of it leaves the other groups where they are."""
    shown: dict[str, DeskPage] = {"decided": desk.decided, "sent": desk.sent, "finished": desk.finished}
    page = shown[key]
    group = Group(key, name, meaning, tuple(rows), page)
    others = {other: one.number for other, one in shown.items() if other != key and one.number > 1}

    def to(number: int) -> str:
        return f"?{urlencode({**others, key: number})}#{key}"

    return replace(group, pages=pagination(number=page.number, pages=page.pages, name=name, to=to))


def _beside(item: DeskItem) -> bool:
    return item.approval is not None and item.approval.beside


def _answer(item: DeskItem) -> str:
    return answer_words(item.approval) if item.approval else ""


def _asked_row(item: DeskItem, now: datetime) -> Row:
    due = item.approval.due_at if item.approval else None
    words = gettext("Judged lower than the document indicates") if item.approval and item.approval.judged_lower else ""
    return _row(item.referral, words, due=due, now=now)


def _message_row(message: Message) -> Row:
    return _row(
        message.intake.referral, gettext("%(door_name)s asked a question") % {"door_name": message.intake.door_name}
    )


def _contested_row(one: Disagreement, now: datetime) -> Row:
    words = one.stage_name or gettext("No time is stated by the partnership")
    return _row(one.referral, words, due=one.due_at, now=now)


def _row(referral: Referral, words: str, *, due: datetime | None = None, now: datetime | None = None) -> Row:
    return Row(
        id=referral.pk,
        reference=referral.reference,
        author=referral.author.full_name,
        kind=gettext(referral.get_kind_display()),
        urgent=referral.urgent,
        words=words,
        due=due,
        late=due is not None and now is not None and now > due,
        left=_left(due, now) if due and now else "",
    )


def _left(due: datetime, now: datetime) -> str:
    if now > due:
        return gettext("%(length)s over") % {"length": age(now - due)}
    return gettext("%(length)s left") % {"length": age(due - now)}
