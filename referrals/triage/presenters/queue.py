"""The queue as its page shows it: mine and nobody's first, by how the clocks stand. It names no child.

Whatever presses (`referrals.triage.domain.pressing`) stands on every page of it. Of the rest a long part shows a page
at a time, what is due next first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from govuk.pages import pagination
from referrals.casework.models import Disagreement, WithdrawalRequest
from referrals.record.domain.forms import is_assessment
from referrals.routing.domain.clocks import ClockState
from referrals.routing.domain.lifecycle import State, Verb, transition_for
from referrals.routing.models import Intake, Rag
from referrals.routing.selectors import Queue, QueueItem
from referrals.triage.domain.pressing import presses
from referrals.triage.presenters.beside import STATES, Beside, beside_shown
from referrals.triage.presenters.news import news_words
from referrals.triage.presenters.times import ClockShown, clock_shown
from referrals.triage.selectors import Newly

RAG_TAGS: dict[str, str] = {
    Rag.RED.value: "govuk-tag--red",
    Rag.AMBER.value: "govuk-tag--yellow",
    Rag.GREEN.value: "govuk-tag--green",
}
_GROUPS: tuple[tuple[ClockState | None, str], ...] = (
    (ClockState.BREACHED, gettext_noop("Over the limit")),
    (ClockState.WARNING, gettext_noop("Due soon")),
    (ClockState.RUNNING, gettext_noop("Not due yet")),
    (None, gettext_noop("No deadline")),
)


PAGE = 50
"""How many of what doesn't press stand on one page of a part."""


@dataclass(frozen=True, slots=True)
class Row:
    """One intake in the queue. `owner` is empty while nobody holds it, `may_claim` whether a button stands there;
    `news` is what came since this person had it open, in words, empty for none."""

    id: UUID
    reference: str
    agency: str
    children: int
    urgent: bool
    assessment: bool
    unread: bool
    alarmed: bool
    state: str
    rag: str
    rag_tag: str
    owner: str
    received: datetime | None
    clock: ClockShown | None
    may_claim: bool
    beside: tuple[Beside, ...]
    news: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows whose next clock stands the same."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Whose they are: mine, nobody's yet, other people's. `empty` is said where there is none. `count` is of all pages;
    `pages` leads to the others, None where all stand on this one."""

    key: str
    name: str
    empty: str
    groups: tuple[Group, ...]
    count: int
    pages: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of one part of the queue a page shows, and which page of how many that is."""

    key: str
    name: str
    empty: str
    items: tuple[QueueItem, ...]
    count: int
    number: int
    of: int


def choose(
    queue: Queue, filters: Mapping[str, str], news: Mapping[UUID, Sequence[Newly]], pages: Mapping[str, str]
) -> tuple[Chosen, ...]:
    """Return what each part of the queue shows of what `filters` leave. `pages` says which page of a part is wanted, by
    the part's key; what isn't a page of it is the first one, or the last."""
    parts = (
        ("mine", gettext("Mine"), gettext("You have claimed none."), queue.mine),
        ("nobody", gettext("Nobody's yet"), gettext("Nothing waits for somebody to claim it."), queue.unassigned),
        ("others", gettext("Other people's"), gettext("Nobody else holds one."), queue.others),
    )
    return tuple(
        _choose(key, name, empty, _left(items, filters), new=frozenset(one for one in news if news[one]), wanted=pages)
        for key, name, empty, items in parts
        if filters.get("owner", "") in {"", key}
    )


def queue_parts(
    chosen: Sequence[Chosen],
    filters: Mapping[str, str],
    beside: Mapping[UUID, Sequence[Intake]],
    news: Mapping[UUID, Sequence[Newly]],
    *,
    now: datetime,
) -> tuple[Part, ...]:
    """Return the parts as the page shows them, each in its groups, groups without rows left out. `beside` are the
    intakes of other front doors, by the id of the intake beside which they are shown; `news` what has come on each
    since this person had it open."""
    return tuple(_part(one, chosen, filters, beside=beside, news=news, now=now) for one in chosen)


def shown_ids(parts: tuple[Part, ...]) -> list[str]:
    """Return the ids of the intakes that the page shows, for the audit record."""
    return [str(row.id) for part in parts for group in part.groups for row in group.rows]


def times_shown(parts: tuple[Part, ...]) -> tuple[ClockShown, ...]:
    """Return the times that stand on the rows, for what the page says of them all once."""
    return tuple(row.clock for part in parts for group in part.groups for row in group.rows if row.clock)


def _left(items: tuple[QueueItem, ...], filters: Mapping[str, str]) -> Iterator[QueueItem]:
    rating, urgent = filters.get("rating", ""), filters.get("urgent", "")
    for item in items:
        if rating and (item.intake.rag or "none") != rating:
            continue
        if urgent and item.intake.urgent is not (urgent == "yes"):
            continue
        yield item


def _choose(
    key: str, name: str, empty: str, items: Iterable[QueueItem], *, new: Set[UUID], wanted: Mapping[str, str]
) -> Chosen:
    items = list(items)
    quiet = [item for item in items if not _presses(item, new)]
    page = Paginator(quiet, PAGE).get_page(wanted.get(key, ""))
    away = {item.intake.pk for item in quiet} - {item.intake.pk for item in page}
    shown = tuple(item for item in items if item.intake.pk not in away)
    return Chosen(key, name, empty, shown, len(items), page.number, page.paginator.num_pages)


def _presses(item: QueueItem, new: Set[UUID]) -> bool:
    intake = item.intake
    return presses(
        clock=item.state,
        state=State(intake.state),
        urgent=intake.urgent,
        alarmed=item.alarmed,
        new=intake.pk in new,
    )


def _part(
    one: Chosen,
    every: Sequence[Chosen],
    filters: Mapping[str, str],
    *,
    beside: Mapping[UUID, Sequence[Intake]],
    news: Mapping[UUID, Sequence[Newly]],
    now: datetime,
) -> Part:
    def row(item: QueueItem) -> Row:
        return _row(item, beside.get(item.intake.pk, ()), news.get(item.intake.pk, ()), now)

    def to(number: int) -> str:
        others = {other.key: other.number for other in every if other is not one and other.number > 1}
        kept = {name: value for name, value in filters.items() if value}
        return f"?{urlencode({**kept, **others, one.key: number})}#{one.key}"

    groups = tuple(
        Group(gettext(words), tuple(row(item) for item in one.items if item.state is state)) for state, words in _GROUPS
    )
    return Part(
        key=one.key,
        name=one.name,
        empty=one.empty,
        groups=tuple(group for group in groups if group.rows),
        count=one.count,
        pages=pagination(number=one.number, pages=one.of, name=one.name, to=to),
    )


def _row(item: QueueItem, others: Sequence[Intake], news: Sequence[Newly], now: datetime) -> Row:
    intake = item.intake
    decided = intake.state == State.DECIDED.value
    return Row(
        id=intake.pk,
        reference=intake.referral.reference,
        agency=intake.referral.agency.name,
        children=len(intake.children),
        urgent=intake.urgent,
        assessment=is_assessment(intake.referral.specification),
        unread=intake.first_read_at is None,
        alarmed=item.alarmed,
        state=gettext(STATES[intake.state]),
        rag=rag_name(intake),
        rag_tag=RAG_TAGS.get(intake.rag or "", ""),
        owner=intake.claimed_by.full_name if intake.claimed_by else "",
        received=intake.received_at,
        # After the decision an assessment's time runs only where one follows.
        clock=clock_shown(item.next_clock, assessed=decided, now=now) if item.next_clock else None,
        may_claim=intake.claimed_by_id is None and transition_for(Verb.CLAIM, State(intake.state)) is not None,
        beside=beside_shown(others, {}),
        news=news_words(news),
    )


def rag_name(intake: Intake) -> str:
    """Return the rating in words, empty while it is not rated."""
    return gettext(Rag(intake.rag).label) if intake.rag else ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that the referrer's agency waits for: a disagreement or a request to withdraw. `due` may be None."""

    text: str
    url: str
    reference: str
    due: datetime | None
    late: bool


def waiting_rows(
    contested: Iterable[Disagreement], withdrawing: Iterable[tuple[WithdrawalRequest, UUID]], *, now: datetime
) -> tuple[Waiting, ...]:
    """Return what waits for an answer of the front door; each request comes with an intake of its referral. The
    intake's own page says who answers."""
    return (
        *(
            Waiting(
                text=gettext("A decision is contested"),
                url=reverse("triage:intake", args=[one.intake_id]),
                reference=one.referral.reference,
                due=one.due_at,
                late=one.due_at is not None and now > one.due_at,
            )
            for one in contested
        ),
        *(
            Waiting(
                text=gettext("A withdrawal is asked for"),
                url=reverse("triage:intake", args=[intake_id]),
                reference=one.referral.reference,
                due=None,
                late=False,
            )
            for one, intake_id in withdrawing
        ),
    )
