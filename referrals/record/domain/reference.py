"""References such as SR-7K3M-Q2PD: read out on the telephone, so no two signs look alike and no words come up.

A reference opens nothing by itself; it is drawn at random so that none says how many there are or who came before.
"""

import re
from collections.abc import Callable, Sequence

ALPHABET = "2346789CDFGHJKMNPQRTVWXY"
"""No vowels, no 0 1 5, and none of B I L O S U Z."""
_REFERENCE = re.compile(rf"SR-?([{ALPHABET}]{{4}})-?([{ALPHABET}]{{4}})")


def new_reference(choose: Callable[[Sequence[str]], str]) -> str:
    """Return a reference of eight signs, each drawn by `choose`, such as `secrets.choice`."""
    signs = "".join(choose(ALPHABET) for _ in range(8))
    return f"SR-{signs[:4]}-{signs[4:]}"


def read_reference(text: str) -> str | None:
    """Return the reference that somebody typed, in any case, spaced or not; None when it is none."""
    match = _REFERENCE.fullmatch(re.sub(r"\s", "", text).upper())
    return f"SR-{match[1]}-{match[2]}" if match else None
