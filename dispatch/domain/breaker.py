"""The circuit breaker of a gateway: what fails again and again is left alone for a while, then tried by one at a time.

    closed --failures in a row--> open --time is up--> half-open --a probe succeeds--> closed
                                   ^                      |
                                   +----a probe fails-----+   (and rests for longer)

Closed: everything is tried. Open: nothing is, until `until`. Half-open: one probe at a time; the others wait. A probe
whose worker died holds the gate no longer than `PROBE`. Nothing is lost meanwhile: what waits stays in the outbox.
"""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

FAILURES = 5
"""In a row, after which a gateway is left alone."""
FIRST_REST = dt.timedelta(seconds=30)
LONGEST_REST = dt.timedelta(minutes=5)
"""Short against the clocks that run: a gateway that is well again is found within this."""
PROBE = dt.timedelta(minutes=2, seconds=30)
"""How long a probe may take before another one is let through: longer than any attempt's hard limit."""


class State(StrEnum):
    """How a gateway stands. The value is stored."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"

    @property
    def words(self) -> str:
        """Return the state as an operator reads it."""
        return _WORDS[self]


_WORDS = {
    State.CLOSED: "Working",
    State.OPEN: "Resting",
    State.HALF_OPEN: "Being tried again",
}


@dataclass(frozen=True, slots=True)
class Breaker:
    """One gateway's breaker. `until`: when an open one is tried again, or when a probe has taken too long."""

    state: State = State.CLOSED
    failures: int = 0
    rests: int = 0
    until: dt.datetime | None = None


CLOSED = Breaker()


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether an attempt may be made; where not, how long to wait. `after` is the breaker as it is then."""

    allowed: bool
    wait: dt.timedelta
    after: Breaker


def ask(breaker: Breaker, now: dt.datetime) -> Answer:
    """Ask for an attempt at `now` (aware)."""
    if breaker.state is State.CLOSED:
        return Answer(True, dt.timedelta(), breaker)
    assert breaker.until is not None  # only a closed one has no time
    if now < breaker.until:
        return Answer(False, breaker.until - now, breaker)
    return Answer(True, dt.timedelta(), replace(breaker, state=State.HALF_OPEN, until=now + PROBE))


def succeeded(breaker: Breaker) -> Breaker:
    """The breaker after an attempt that succeeded: whatever it was, the gateway works."""
    return CLOSED


def failed(breaker: Breaker, now: dt.datetime) -> Breaker:
    """The breaker after an attempt that failed at `now` (aware).

    Late failures of attempts that began before it opened change nothing: they tell of the same trouble.
    """
    if breaker.state is State.OPEN:
        return breaker
    failures = breaker.failures + 1
    if breaker.state is State.CLOSED and failures < FAILURES:
        return replace(breaker, failures=failures)
    rest = min(FIRST_REST * (1 << min(breaker.rests, 10)), LONGEST_REST)
    return Breaker(State.OPEN, failures, breaker.rests + 1, now + rest)
