"""The world of this room's tests."""

import pytest

from tests.casework.handing import There, made_there
from tests.casework.support import World


@pytest.fixture
def world(db) -> World:
    """A school, a front door and their people."""
    return World.made()


@pytest.fixture
def there(world: World) -> There:
    """The front door of another area, which receives through this system too."""
    return made_there()
