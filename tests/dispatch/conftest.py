"""The kill tests' own ground, and promises for the others."""

import pytest

from dispatch import broker
from tests.casework.support import World
from tests.dispatch.ground import Ground


@pytest.fixture(scope="session")
def _own_services(tmp_path_factory):
    ground = Ground(tmp_path_factory.mktemp("ground"))
    try:
        ground.start()
        yield ground
    finally:
        ground.services("destroy")


@pytest.fixture
def ground(_own_services, django_db_blocker, monkeypatch):
    """Services that a test may kill. Django and Celery of this process use them too; workers are gone afterwards."""
    monkeypatch.setenv("CELERY_BROKER_URL", _own_services.variables["REDIS_URL"])
    monkeypatch.setattr(broker, "_quiet_until", 0.0)
    with django_db_blocker.unblock(), _own_services.in_here():
        try:
            yield _own_services
        finally:
            _own_services.stop_workers()


@pytest.fixture(scope="session")
def _made_once():
    return []


@pytest.fixture
def world(ground, _made_once):
    """The people of casework. What is made on this ground stays, so they are made once."""
    if not _made_once:
        _made_once.append(World.made())
    return _made_once[0]
