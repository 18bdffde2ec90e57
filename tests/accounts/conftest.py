"""Signing in as people do, and a clock that tests can move."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from accounts.domain.roles import Role
from accounts.models import Person
from accounts.secrets import decrypt
from audit.models import Entry
from dispatch.keeping import keep
from dispatch.models import OutboxRow
from tests.factories import PASSWORD, person_with

STEP = 30


class MovableClock:
    """Stands still at the moment the test began, until it is moved."""

    def __init__(self) -> None:
        self.moment = timezone.now().replace(microsecond=0)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> None:
        """Move by `timedelta(**by)`."""
        self.moment += timedelta(**by)


@pytest.fixture
def moving(monkeypatch: pytest.MonkeyPatch) -> MovableClock:
    """The room's clock, in the test's hands."""
    movable = MovableClock()
    monkeypatch.setattr(clock, "now", movable)
    return movable


@pytest.fixture
def sign_in(client: Client) -> Callable[..., object]:
    """Post the sign-in form; return the response."""

    def post(person: Person, *, password: str = PASSWORD, path: str = "") -> object:
        return client.post(path or reverse("account_login"), {"login": person.email, "password": password})

    return post


def set_up_app(person: Person) -> str:
    """Give somebody an authenticator app; return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def code_of(person: Person, *, steps_away: int = 0) -> str:
    """Return the code that the person's app shows now, or `steps_away` half minutes from now."""
    secret = decrypt(Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP).data["secret"])
    return code_from(secret, steps_away=steps_away)


def code_from(secret: str, *, steps_away: int = 0) -> str:
    """Return the code that an app with this secret shows now, or `steps_away` half minutes from now."""
    return str(format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // STEP + steps_away)))


def wrong_code(secret: str) -> str:
    """Return six digits that are none of the codes around now."""
    right = {code_from(secret, steps_away=steps) for steps in range(-3, 4)}
    return next(f"{number:06}" for number in range(10) if f"{number:06}" not in right)


def post_arrives() -> None:
    """Have the worker send what was promised."""
    for row in OutboxRow.objects.filter(state="due"):
        keep(row.pk)


def verbs() -> list[str]:
    """Return what the audit record holds, oldest first."""
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def entries(verb: str) -> list[Entry]:
    """Return the record's entries with a verb, oldest first."""
    return list(Entry.objects.filter(verb=verb).order_by("pk"))


@pytest.fixture
def keeper(client: Client) -> Person:
    """An agency administrator, signed in with a second factor."""
    person = person_with(Role.AGENCY_ADMINISTRATOR)
    set_up_app(person)
    client.force_login(person)
    return person
