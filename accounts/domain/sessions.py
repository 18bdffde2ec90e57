"""When a signed-in session ends: after a while without a page, and after a working day in any case."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Ended(StrEnum):
    """Why a session has ended. The value is recorded."""

    IDLE = "idle"
    LIMIT = "limit"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Times:
    """The server's own notes of a session, aware; None where the session holds none."""

    signed_in_at: datetime | None
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lasts: without a page (`idle`), and altogether (`whole`)."""

    idle: timedelta
    whole: timedelta


def ended(times: Times, limits: Limits, *, now: datetime) -> Ended | None:
    """Return why the session is over at `now` (aware), or None while it runs.

    A session without its times, or with times that lie ahead of the server's clock by more than a minute, is over:
    what cannot be judged is not trusted.
    """
    if times.signed_in_at is None or times.last_seen_at is None:
        return Ended.UNKNOWN
    if max(times.signed_in_at, times.last_seen_at) > now + timedelta(minutes=1):
        return Ended.UNKNOWN
    if now - times.signed_in_at >= limits.whole:
        return Ended.LIMIT
    if now - times.last_seen_at >= limits.idle:
        return Ended.IDLE
    return None


def ends_in(times: Times, limits: Limits, *, now: datetime) -> timedelta:
    """Return how long from `now` the session lasts if no further page is asked for; zero if it is over."""
    if times.signed_in_at is None or times.last_seen_at is None:
        return timedelta(0)
    end = min(times.signed_in_at + limits.whole, times.last_seen_at + limits.idle)
    return max(end - now, timedelta(0))
