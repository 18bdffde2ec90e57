"""What the tests of both desks share: people at a browser, signed in, second factor and all."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client

from accounts.models import Person

Browse = Callable[[str], Client]


def signed_in(person: Person) -> Client:
    """A browser in which this person is signed in, with a second factor where their role asks for one."""
    Authenticator.objects.get_or_create(
        user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "unused"}}
    )
    client = Client()
    client.force_login(person)
    return client


def text_of(answer: HttpResponse) -> str:
    """The page with every run of white space as one space."""
    return " ".join(answer.content.decode().split())
