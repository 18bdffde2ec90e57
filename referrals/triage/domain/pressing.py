"""What presses in a front door's queue: it stands on every page of it, however long the queue is."""

from referrals.routing.domain.clocks import ClockState
from referrals.routing.domain.lifecycle import State

_SOON = frozenset({ClockState.BREACHED, ClockState.WARNING})


def presses(*, clock: ClockState | None, state: State, urgent: bool, alarmed: bool, new: bool) -> bool:
    """Whether an intake must be seen whichever page is open.

    `clock` is how its next time stands, None where none runs. It presses over its limit and due soon, while it is
    urgent and not decided, once nobody has read it in time (`alarmed`), and with something `new` since this person had
    it open.
    """
    return clock in _SOON or alarmed or new or (urgent and state is not State.DECIDED)
