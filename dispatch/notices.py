"""What operators have to do beside the outbox's own rows. Rooms above register who says what, in `handlers.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """One of them: what it is, and what to do. It holds nothing of anybody."""

    heading: str
    say: str


Find = Callable[[datetime], Notice | None]

_finds: list[Find] = []


def register(find: Find) -> Find:
    """Have what `find` returns at a moment (aware) shown on the operators' page and by the command, and told of by
    e-mail; None where there is nothing to do."""
    _finds.append(find)
    return find


def notices(now: datetime) -> list[Notice]:
    """Return all that operators have to do at `now` (aware)."""
    return [notice for find in _finds if (notice := find(now)) is not None]
