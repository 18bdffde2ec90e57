"""The outbox in an operator's words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

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
    ("billiard.exceptions.SoftTimeLimitExceeded", "It took longer than its queue allows"),
    ("dispatch.gates.GatewayRests", "The other system failed several times, so it is left alone for a while"),
    ("dispatch.webhook.NotReached", "Nobody answers at the other system’s address"),
    ("dispatch.webhook.NotTaken", "The other system says that it can’t take it now"),
    ("dispatch.email.MailServerHangs", "The mail server kept another e-mail waiting, so this one was not tried"),
    ("smtplib.", "The mail server did not take it"),
    ("django.db.utils.", "The database did not answer or refused"),
    ("psycopg2.", "The database did not answer or refused"),
    ("builtins.Connection", "A service that it needs could not be reached"),
    ("builtins.TimeoutError", "A service that it needs did not answer in time"),
    ("socket.", "A service that it needs could not be reached"),
)
_OTHERWISE = "Something in the system went wrong"
_SILENT = "Its worker stopped while it was at it"
_IS_SILENT = "Silent"


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
        state=state.words,
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
    what = State(change.after).words if change.before else "Promised"
    return ChangeView(at=change.at, what=what, by=change.by_name, why=_breakable(change.why))


def error_in_words(name: str, *, attempts: int, state: State) -> str:
    """Return what the last failure means, from the error's stored name; empty when nothing has failed."""
    if not name:
        return _SILENT if attempts and state in {State.DUE, State.PARKED} else ""
    for kind in _permanent_failures(PermanentFailure):
        if error_name(kind()) == name:
            return kind.words
    return next((words for beginning, words in _WORDS if name.startswith(beginning)), _OTHERWISE)


def parked_warning(depth: Depth) -> str:
    """Return the sentence about work that waits for an operator, empty when there is none."""
    if not depth.parked:
        return ""
    waiting = "1 piece of work waits" if depth.parked == 1 else f"{depth.parked} pieces of work wait"
    return f"{waiting} for an operator."


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
    return sorted(views, key=lambda view: (view.state != _IS_SILENT, view.what))


def silent_warning(rounds: Iterable[Round], now: datetime) -> str:
    """Return the sentence about watches that are silent at `now`, empty when none is."""
    silent = sum(one.silent(now) for one in rounds)
    if not silent:
        return ""
    which = "A watch is silent" if silent == 1 else f"{silent} watches are silent"
    return f"{which}: nobody is warned by it. Look at the workers and at beat."


def _round_view(one: Round, now: datetime) -> RoundView:
    silent = one.silent(now)
    last = "It has not been through yet." if one.at is None else f"Last through {age(now - one.at)} ago."
    return RoundView(
        what=f"{one.words[:1].upper()}{one.words[1:]}",
        state=_IS_SILENT if silent else "Works",
        tag="govuk-tag--red" if silent else "govuk-tag--green",
        words=f"{last} It is asked for every {every_in_words(one.every)}.",
    )


def every_in_words(length: timedelta) -> str:
    """Return a short interval in words: "10 seconds", "minute", "5 minutes"."""
    seconds = int(length.total_seconds())
    count, unit = (seconds // 60, "minute") if seconds % 60 == 0 else (seconds, "second")
    return unit if count == 1 else f"{count} {unit}s"


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
    oldest = f" (the oldest for {age(depth.oldest_due)})" if depth.oldest_due is not None else ""
    failed = f" {gateway.failures} failure{'s' if gateway.failures > 1 else ''} in a row." if gateway.failures else ""
    works = gateway.state == Gateway.States.CLOSED
    return GatewayView(
        label=gateway.label,
        state=Gateway.States(gateway.state).label,
        tag="govuk-tag--green" if works else "govuk-tag--red",
        words=f"{depth.due} due{oldest}, {depth.failing} failing, {depth.parked} parked.{failed}",
        until=gateway.until if gateway.state == Gateway.States.OPEN else None,
    )


def age(length: timedelta) -> str:
    """Return a length of time roughly, in its largest unit."""
    seconds = int(length.total_seconds())
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "under a minute"


def _depth_in_words(queue: QueueDepth) -> str:
    oldest = f" (the oldest for {age(queue.oldest_due)})" if queue.oldest_due is not None else ""
    return (
        f"{queue.due} due{oldest}, {queue.failing} failing, {queue.late} late,"
        f" {queue.leased} in work, {queue.parked} parked"
    )


def _breakable(text: str) -> SafeString:
    """Return the text, escaped, with places to break after dots: errors' full names are wider than a phone."""
    return format_html_join(SafeString("<wbr>"), "{}", ((piece,) for piece in re.findall(r"[^.]*\.|[^.]+", text)))


def _words_of(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _permanent_failures(base: type[PermanentFailure]) -> Iterator[type[PermanentFailure]]:
    yield base
    for kind in base.__subclasses__():
        yield from _permanent_failures(kind)
