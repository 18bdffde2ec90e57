"""The world of casework, with a partnership manager."""

import pytest

from accounts.models import Person
from tests.oversight.support import World, manager_of


@pytest.fixture
def world(db) -> World:
    """A school, a front door and their people."""
    return World.made()


@pytest.fixture
def manager(world: World) -> Person:
    """The partnership manager of the area."""
    return manager_of(world)
