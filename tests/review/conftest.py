"""A school and a front door, and people of both at a browser; the clock of every page stands at `LATER`."""

import pytest

from accounts import clock
from tests.casework.support import LATER, World
from tests.desks import Browse, signed_in


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.fixture
def world(db) -> World:
    """A school, a front door and their people."""
    return World.made()


@pytest.fixture
def browse(world: World) -> Browse:
    """A browser in which somebody of the world, by name, is signed in."""
    return lambda name: signed_in(getattr(world, name))
