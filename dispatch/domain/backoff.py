"""What happens after a failed attempt: when the next one is due, and when it is an operator's turn."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
# Nine doublings reach the hour and the rest are hourly: about a day, so that a mail server may be down overnight.
MOST_ATTEMPTS = 32
# Up to a quarter is taken off, so that promises which failed together do not come back together.
JITTER = 0.25


@dataclass(frozen=True, slots=True)
class TryAgain:
    """The promise is due again after `wait`."""

    wait: timedelta


@dataclass(frozen=True, slots=True)
class Park:
    """The promise waits for an operator. `why` is "permanent" or "exhausted"."""

    why: str


def backoff(attempt: int, *, seed: str) -> timedelta:
    """Return how long to wait after failed attempt number `attempt`, counted from 1: doubling, an hour at most.

    The jitter follows from `seed` (the row's id) and the attempt, so that the same failure always waits the same time.
    ValueError when `attempt` is below 1.
    """
    if attempt < 1:
        raise ValueError("attempts are counted from 1")
    # Beyond 2**20 the cap has long been reached; larger numbers would only overflow.
    full = min(FIRST_WAIT * (1 << min(attempt - 1, 20)), LONGEST_WAIT)
    digest = hashlib.sha256(f"{seed}:{attempt}".encode()).digest()
    fraction = int.from_bytes(digest[:8], "big") / 2**64
    return full * (1 - JITTER * fraction)


def after_failure(*, attempts: int, permanent: bool, seed: str) -> TryAgain | Park:
    """Return what follows the failure of attempt number `attempts`.

    A permanent failure parks at once, since repeating cannot mend it; otherwise attempt MOST_ATTEMPTS is the last.
    """
    if permanent:
        return Park("permanent")
    if attempts >= MOST_ATTEMPTS:
        return Park("exhausted")
    return TryAgain(backoff(attempts, seed=seed))
