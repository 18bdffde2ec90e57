"""What stands on every page of a long queue."""

from typing import Any

import pytest

from referrals.routing.domain.clocks import ClockState
from referrals.routing.domain.lifecycle import State
from referrals.triage.domain.pressing import presses

QUIET: dict[str, Any] = {"clock": None, "state": State.RECEIVED, "urgent": False, "alarmed": False, "new": False}


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({}, False),
        ({"clock": ClockState.RUNNING}, False),
        ({"clock": ClockState.WARNING}, True),
        ({"clock": ClockState.BREACHED}, True),
        ({"urgent": True}, True),
        ({"urgent": True, "state": State.DECIDED}, False),
        ({"urgent": True, "state": State.DECIDED, "clock": ClockState.BREACHED}, True),
        ({"alarmed": True}, True),
        ({"new": True}, True),
        ({"new": True, "state": State.DECIDED}, True),
    ],
)
def test_what_presses(about: dict[str, Any], expected: bool) -> None:
    assert presses(**{**QUIET, **about}) is expected
