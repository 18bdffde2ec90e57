"""What the tests of both desks share: people at a browser, signed in, second factor and all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

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
    """The page with every run of white space as one space, and apostrophes as they are read."""
    return " ".join(source_of(answer).split())


def source_of(answer: Any) -> str:
    """The page as it was sent, but for apostrophes, which Django writes in two ways: as they are read."""
    page: str = answer.content.decode()
    return page.replace("&#x27;", "'")


@dataclass(slots=True)
class ShownForm:
    """A form as a page shows it: where it posts to (empty: the page's own address) and the names of its fields."""

    action: str
    names: set[str] = field(default_factory=set)


def forms_in(page: str) -> list[ShownForm]:
    """The forms that a page shows, in their order."""
    found = _Forms()
    found.feed(page)
    return found.forms


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[ShownForm] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.forms.append(ShownForm(given.get("action") or ""))
            self.inside = True
        elif self.inside and given.get("name"):
            self.forms[-1].names.add(given["name"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
