"""The outbox in an operator's words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop, ngettext

from audit.domain.actor import Actor
from dispatch.domain.lifecycle import State
from dispatch.domain.permissions import can_retry, can_send_another_way, can_set_aside
from dispatch.domain.promise import PermanentFailure
from dispatch.leases import error_name
from dispatch.models import Gateway, OutboxChange, OutboxRow
from dispatch.other_ways import has_ways
from dispatch.rounds import Round
from dispatch.selectors import Depth, GatewayDepth, QueueDepth

# The beginnings of error names; the first that fits speaks. Permanent failures bring their own words.
_WORDS = (
    ("billiard.exceptions.SoftTimeLimitExceeded", gettext_noop("It took longer than its queue allows")),
    (
        "dispatch.gates.GatewayRests",
        gettext_noop("The other system failed several times, so it is left alone for a while"),
    ),
    ("dispatch.webhook.NotReached", gettext_noop("Nobody answers at the other system's address")),
    ("dispatch.webhook.NotTaken", gettext_noop("The other system says that it can't take it now")),
    (
        "dispatch.email.MailServerHangs",
        gettext_noop("The mail server kept another e-mail waiting, so this one was not tried"),
    ),
    ("smtplib.", gettext_noop("The mail server did not take it")),
    ("django.db.utils.", gettext_noop("The database did not answer or refused")),
    ("psycopg2.", gettext_noop("The database did not answer or refused")),
    ("builtins.Connection", gettext_noop("A service that it needs could not be reached")),
    ("builtins.TimeoutError", gettext_noop("A service that it needs did not answer in time")),
    ("socket.", gettext_noop("A service that it needs could not be reached")),
)
_OTHERWISE = gettext_noop("Something in the system went wrong")
_SILENT = gettext_noop("Its worker stopped while it was at it")
_IS_SILENT = gettext_noop("Silent")


@dataclass(frozen=True, slots=True)
class RowView:
    """One promise. `may_…` is what the actor can do with it as it stands; `number` is the id's first part."""

    id: UUID
    number: str
    what: str
    queue: str
    state: str
    attempts: int
    made: datetime
    next_try: datetime | None
    parked: datetime | None
    error: str
    error_name: str
    references: list[tuple[str, str]]
    may_retry: bool
    may_set_aside: bool
    may_go_another_way: bool


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One step in the life of a promise."""

    at: datetime
    what: str
    by: str
    why: SafeString


def row_view(row: OutboxRow, actor: Actor) -> RowView:
    """Return one promise as the actor sees it."""
    state = State(row.state)
    return RowView(
        id=row.pk,
        number=str(row.pk)[:8],
        what=_words_of(row.kind),
        queue=_words_of(row.queue),
        state=gettext(state.words),
        attempts=row.attempts,
        made=row.created_at,
        next_try=row.next_try_at if state == State.DUE else None,
        parked=row.parked_at,
        error=error_in_words(row.last_error, attempts=row.attempts, state=state),
        error_name=row.last_error,
        references=[(_words_of(name), str(value)) for name, value in sorted(row.references.items())],
        may_retry=can_retry(actor, state),
        may_set_aside=can_set_aside(actor, state),
        may_go_another_way=can_send_another_way(actor, state) and has_ways(row.kind),
    )


def change_view(change: OutboxChange) -> ChangeView:
    """Return one step of a promise's life."""
    what = gettext(State(change.after).words) if change.before else gettext("Promised")
    return ChangeView(at=change.at, what=what, by=change.by_name, why=_breakable(change.why))


def error_in_words(name: str, *, attempts: int, state: State) -> str:
    """Return what the last failure means, from the error's stored name; empty when nothing has failed."""
    if not name:
        return gettext(_SILENT) if attempts and state in {State.DUE, State.PARKED} else ""
    for kind in _permanent_failures(PermanentFailure):
        if error_name(kind()) == name:
            return gettext(kind.words)
    return gettext(next((words for beginning, words in _WORDS if name.startswith(beginning)), _OTHERWISE))


def parked_warning(depth: Depth) -> str:
    """Return the sentence about work that waits for an operator, empty when there is none."""
    if not depth.parked:
        return ""
    return ngettext(
        "%(number)s piece of work waits for an operator.",
        "%(number)s pieces of work wait for an operator.",
        depth.parked,
    ) % {"number": depth.parked}


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round that beat asks for, in words. `tag` is the colour beside them."""

    what: str
    state: str
    tag: str
    words: str


def round_views(rounds: Iterable[Round], now: datetime) -> list[RoundView]:
    """Return the rounds in words at `now`, silent ones first."""
    views = [_round_view(one, now) for one in rounds]
    return sorted(views, key=lambda view: (view.state != gettext(_IS_SILENT), view.what))


def silent_warning(rounds: Iterable[Round], now: datetime) -> str:
    """Return the sentence about watches that are silent at `now`, empty when none is."""
    silent = sum(one.silent(now) for one in rounds)
    if not silent:
        return ""
    return ngettext(
        "A watch is silent: nobody is warned by it. Look at the workers and at beat.",
        "%(number)s watches are silent: nobody is warned by it. Look at the workers and at beat.",
        silent,
    ) % {"number": silent}


def _round_view(one: Round, now: datetime) -> RoundView:
    silent = one.silent(now)
    last = (
        gettext("It has not been through yet.")
        if one.at is None
        else gettext("Last through %(age)s ago.") % {"age": age(now - one.at)}
    )
    return RoundView(
        what=_first_up(gettext(one.words)),
        state=gettext(_IS_SILENT) if silent else gettext("Works"),
        tag="govuk-tag--red" if silent else "govuk-tag--green",
        words=gettext("%(last)s It is asked for every %(every_in_words)s.")
        % {"last": last, "every_in_words": every_in_words(one.every)},
    )


def every_in_words(length: timedelta) -> str:
    """Return a short interval in words: "10 seconds", "minute", "5 minutes"."""
    seconds = int(length.total_seconds())
    count, unit = (seconds // 60, gettext_noop("minute")) if seconds % 60 == 0 else (seconds, gettext_noop("second"))
    if count == 1:
        return gettext(unit)
    if unit == "minute":
        return gettext("%(number)s minutes") % {"number": count}
    return gettext("%(number)s seconds") % {"number": count}


def depth_lines(depth: Depth) -> list[tuple[str, str]]:
    """Return what waits, as each queue's name and a sentence: a table of it would not fit a phone."""
    return [(_words_of(queue.queue), _depth_in_words(queue)) for queue in depth.queues]


@dataclass(frozen=True, slots=True)
class GatewayView:
    """Another system as an operator reads of it. `tag` is the colour beside the words."""

    label: str
    state: str
    tag: str
    words: str
    until: datetime | None


def gateway_views(depths: Iterable[GatewayDepth]) -> list[GatewayView]:
    """Return the gateways in words, in their order."""
    return [_gateway_view(one) for one in depths]


def _gateway_view(depth: GatewayDepth) -> GatewayView:
    gateway = depth.gateway
    oldest = (
        gettext(" (the oldest for %(age)s)") % {"age": age(depth.oldest_due)} if depth.oldest_due is not None else ""
    )
    failed = (
        " "
        + ngettext("%(number)s failure in a row.", "%(number)s failures in a row.", gateway.failures)
        % {"number": gateway.failures}
        if gateway.failures
        else ""
    )
    works = gateway.state == Gateway.States.CLOSED
    return GatewayView(
        label=gateway.label,
        state=gettext(Gateway.States(gateway.state).label),
        tag="govuk-tag--green" if works else "govuk-tag--red",
        words=gettext("%(due)s due%(oldest)s, %(failing)s failing, %(parked)s parked.%(failed)s")
        % {"due": depth.due, "oldest": oldest, "failing": depth.failing, "parked": depth.parked, "failed": failed},
        until=gateway.until if gateway.state == Gateway.States.OPEN else None,
    )


def age(length: timedelta) -> str:
    """Return a length of time roughly, in its largest unit."""
    seconds = int(length.total_seconds())
    if seconds >= 86400:
        return ngettext("%(number)s day", "%(number)s days", seconds // 86400) % {"number": seconds // 86400}
    if seconds >= 3600:
        return ngettext("%(number)s hour", "%(number)s hours", seconds // 3600) % {"number": seconds // 3600}
    if seconds >= 60:
        return ngettext("%(number)s minute", "%(number)s minutes", seconds // 60) % {"number": seconds // 60}
    return gettext("under a minute")


def _depth_in_words(queue: QueueDepth) -> str:
    oldest = (
        gettext(" (the oldest for %(age)s)") % {"age": age(queue.oldest_due)} if queue.oldest_due is not None else ""
    )
    return gettext(
        "%(due)s due%(oldest)s, %(failing)s failing, %(late)s late, %(leased)s in work, %(parked)s parked"
    ) % {
        "due": queue.due,
        "oldest": oldest,
        "failing": queue.failing,
        "late": queue.late,
        "leased": queue.leased,
        "parked": queue.parked,
    }


def _breakable(text: str) -> SafeString:
    """Return the text, escaped, with places to break after dots: errors' full names are wider than a phone."""
    return format_html_join(SafeString("<wbr>"), "{}", ((piece,) for piece in re.findall(r"[^.]*\.|[^.]+", text)))


def _first_up(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _words_of(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _permanent_failures(base: type[PermanentFailure]) -> Iterator[type[PermanentFailure]]:
    yield base
    for kind in base.__subclasses__():
        yield from _permanent_failures(kind)
