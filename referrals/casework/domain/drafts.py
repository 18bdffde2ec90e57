"""What a draft that nobody sends asks for: reminders, an alert, an end.

Sources: the design's safety rules (nothing urgent waits; unknown is not no; nothing is lost) and the storage limit of
the UK GDPR, Article 5(1)(e), which says that data about people isn't kept for longer than needed, and no number. The
numbers are the partnership's where its pack states them, else the system's own, and said as such.

A draft with possible harm never ends by itself: it alerts its author and the agency's desk until it is sent, or
somebody decides and records that it isn't. One in which harm isn't ruled out doesn't end by itself either. An
assessment whose referral has gone, with all that it says, is no alarm any more, and ends as others do. Where its
writers have all left and the desk must not see it, somebody else is told that it lies there (docs/adr/0039).

What was submitted and is with no front door, because none receives here, has reached as few people as a draft. It
alerts in the same way, whatever it says, until somebody records whom they reached, or it is sent or taken back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

REMIND_ID, KEEP_ID = "draft-remind", "draft-keep"
"""Ids of the deadlines in a pack by which a partnership states its own times. Both count from the last change."""


class Harm(StrEnum):
    """What a draft says about harm. NOTHING: there is no child on it and nothing was written."""

    POSSIBLE = "possible"
    OPEN = "open"
    RULED_OUT = "ruled_out"
    NOTHING = "nothing"


class Kind(StrEnum):
    """What is sent about a draft. The value is stored."""

    ALERT = "alert"
    REMINDER = "reminder"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Times:
    """How long what takes. `stated`: the ids that the partnership states; the others are the system's own.

    `alert` after harm became possible, `open` after the last change where harm isn't ruled out, then every `again`.
    `remind` every so often after the last change; `keep` after it a draft ends, and `warn` before that it is said.
    """

    alert: timedelta = timedelta(hours=4)
    open: timedelta = timedelta(days=1)
    again: timedelta = timedelta(days=1)
    remind: timedelta = timedelta(days=3)
    keep: timedelta = timedelta(days=90)
    warn: timedelta = timedelta(days=14)
    stated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFacts:
    """A draft as the rules see it; times are aware. `harm_since`: when harm became possible, where it is.

    `submitted_before`: it was submitted once and returned. `warned_at`: when its end was announced since its last
    change. `referred`: a referral that was begun from it as it stands has gone.
    """

    harm: Harm
    harm_since: datetime | None
    changed_at: datetime
    submitted_before: bool = False
    warned_at: datetime | None = None
    referred: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to send: the `number`th of its kind since `since`."""

    kind: Kind
    since: datetime
    number: int


def harm_of(*, urgent: bool, ruled_out: bool, empty: bool) -> Harm:
    """Return what a draft says about harm. Where it says nothing of it, that is open: unknown is not no."""
    if urgent:
        return Harm.POSSIBLE
    if empty:
        return Harm.NOTHING
    return Harm.RULED_OUT if ruled_out else Harm.OPEN


def unreached_since(submitted_at: datetime) -> DraftFacts:
    """Return what was submitted at `submitted_at` (aware) and is with nobody, as these rules see it: somebody wanted a
    front door to know of it, so it is never calm, and it never ends by itself."""
    return DraftFacts(harm=Harm.POSSIBLE, harm_since=submitted_at, changed_at=submitted_at, submitted_before=True)


def ends(facts: DraftFacts) -> bool:
    """Whether a draft ends by itself: harm is ruled out, nothing was written or its referral has gone, and it was never
    submitted."""
    return not alarms(facts) and not facts.submitted_before


def alarms(facts: DraftFacts) -> bool:
    """Whether harm may be possible and nobody at a front door knows."""
    return facts.harm in {Harm.POSSIBLE, Harm.OPEN} and not facts.referred


def notice_due(facts: DraftFacts, times: Times, *, now: datetime) -> Notice | None:
    """Return what is to be sent by now, None where it is nothing. What was missed isn't caught up: one, the latest.

    The same facts give the same notice until the next one is due, so that it is sent once however often this is asked.
    """
    if alarms(facts):
        since, first = _alerted_from(facts, times)
        number = _count(now - since, first=first, every=times.again)
        return Notice(Kind.ALERT, since, number) if number else None
    if ends(facts) and now >= _announced_at(facts, times):
        return Notice(Kind.WARNING, facts.changed_at, 1)
    number = _count(now - facts.changed_at, first=times.remind, every=times.remind)
    return Notice(Kind.REMINDER, facts.changed_at, number) if number else None


def ends_at(facts: DraftFacts, times: Times) -> datetime | None:
    """Return when a draft ends by itself as things are, None where it doesn't. Never sooner than its announcement says:
    where that came late, the end comes late."""
    if not ends(facts):
        return None
    kept_until = facts.changed_at + times.keep
    announced = facts.warned_at or max(_announced_at(facts, times), facts.changed_at)
    return max(kept_until, announced + times.warn)


def is_over(facts: DraftFacts, times: Times, *, now: datetime) -> bool:
    """Whether a draft ends now: its time is over, and that was announced in time."""
    end = ends_at(facts, times)
    return end is not None and facts.warned_at is not None and now >= end


def next_look_at(facts: DraftFacts, times: Times, *, now: datetime) -> datetime:
    """Return when the draft is to be looked at again if it doesn't change: after `now`, and before it is too late."""
    if alarms(facts):
        since, first = _alerted_from(facts, times)
        return _next(since, now, first=first, every=times.again)
    moments = [_next(facts.changed_at, now, first=times.remind, every=times.remind)]
    end = ends_at(facts, times)
    if end is not None:
        moments += [_announced_at(facts, times), end]
    return min((one for one in moments if one > now), default=now + times.again)


def times_of(stated: dict[str, timedelta], system: Times) -> Times:
    """Return the times of an area: what its pack states by `REMIND_ID` and `KEEP_ID`, else the system's own."""
    keep = stated.get(KEEP_ID, system.keep)
    return Times(
        alert=system.alert,
        open=system.open,
        again=system.again,
        remind=stated.get(REMIND_ID, system.remind),
        keep=keep,
        # A short time to keep is announced half-way, not before it began.
        warn=min(system.warn, keep / 2),
        stated=frozenset(stated),
    )


def _alerted_from(facts: DraftFacts, times: Times) -> tuple[datetime, timedelta]:
    """From when an alert counts, and after how long the first is due."""
    if facts.harm is Harm.POSSIBLE and facts.harm_since is not None:
        return facts.harm_since, times.alert
    return facts.changed_at, times.alert if facts.harm is Harm.POSSIBLE else times.open


def _announced_at(facts: DraftFacts, times: Times) -> datetime:
    return facts.changed_at + times.keep - times.warn


def _count(passed: timedelta, *, first: timedelta, every: timedelta) -> int:
    return 0 if passed < first else 1 + (passed - first) // every


def _next(since: datetime, now: datetime, *, first: timedelta, every: timedelta) -> datetime:
    number = _count(now - since, first=first, every=every)
    return since + first + number * every
