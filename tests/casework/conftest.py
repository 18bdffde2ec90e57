"""The world of this room's tests."""

import pytest

from tests.casework.support import World


@pytest.fixture
def world(db) -> World:
    """A school, a front door and their people."""
    return World.made()
