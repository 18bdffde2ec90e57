"""The world of this room's tests; and services that a test may kill."""

import pytest

from tests.dispatch.conftest import _own_services, ground
from tests.routing.world import World

__all__ = ["_own_services", "ground"]


@pytest.fixture
def world(db) -> World:
    """A school and the front door of Telford & Wrekin."""
    return World.made()
