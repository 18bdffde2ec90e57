"""The signature on what is sent to another system: HMAC-SHA256 over the moment and the body.

The header is `t=<unix seconds>,v1=<hex>[,v1=<hex>]`: one `v1` for each secret in use, the newest first, so that a
secret is replaced without a gap. A receiver recomputes it over `<t>.<body>` with the secret it holds, compares in
constant time, refuses a moment more than `TOLERANCE` away, and takes an event that it has had before as done.
docs/reference/exchange.md tells it to receivers; `check_signature` is that rule in code, and what tests receive with.
"""

import datetime as dt
import hashlib
import hmac
from collections.abc import Sequence

SCHEME = "v1"
TOLERANCE = dt.timedelta(minutes=5)
"""How far the clocks of both systems may be apart, and for how long a copy of a message could be played again."""
SHORTEST_SECRET = 32


class BadSignature(ValueError):
    """The message isn't from us, was altered, or is old. `args[0]` says which."""


def signature(body: bytes, *, secrets: Sequence[str], at: dt.datetime) -> str:
    """Return the header's value for a body sent at `at` (aware), signed with each secret, newest first.

    ValueError for no secret, a short one, or a naive moment.
    """
    if at.tzinfo is None:
        raise ValueError("`at` needs a time zone")
    if not secrets or any(len(secret) < SHORTEST_SECRET for secret in secrets):
        raise ValueError(f"a signature needs a secret of {SHORTEST_SECRET} characters or more")
    seconds = int(at.timestamp())
    signed = [f"{SCHEME}={_digest(secret, seconds, body)}" for secret in secrets]
    return ",".join([f"t={seconds}", *signed])


def check_signature(header: str, body: bytes, *, secret: str, now: dt.datetime) -> None:
    """Raise BadSignature unless the header was made for this body with this secret, within TOLERANCE of `now`."""
    parts = [part.partition("=")[::2] for part in header.split(",")]
    times = [value for name, value in parts if name == "t"]
    if len(times) != 1 or not (times[0].isascii() and times[0].isdigit()) or len(times[0]) > 12:
        raise BadSignature("malformed")
    expected = _digest(secret, int(times[0]), body)
    if not any(hmac.compare_digest(expected, value) for name, value in parts if name == SCHEME):
        raise BadSignature("wrong")
    if abs(now.timestamp() - int(times[0])) > TOLERANCE.total_seconds():
        raise BadSignature("old")


def _digest(secret: str, seconds: int, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
