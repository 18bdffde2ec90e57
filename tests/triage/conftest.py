"""A school and a front door, and people of both at a browser; the clock of every page stands at `LATER`."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts import clock
from tests.casework.support import LATER, World

Browse = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.fixture
def world(db) -> World:
    """A school, a front door and their people."""
    return World.made()


@pytest.fixture
def browse(world: World) -> Browse:
    """A browser in which somebody of the world is signed in, with a second factor where their role asks for one."""

    def signed_in(name: str) -> Client:
        person = getattr(world, name)
        Authenticator.objects.get_or_create(
            user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "unused"}}
        )
        client = Client()
        client.force_login(person)
        return client

    return signed_in
