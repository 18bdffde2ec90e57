"""The request as this room's middleware leaves it to every view."""

from django.http import HttpRequest

from accounts.models import Person
from accounts.selectors import Standing
from audit.domain.actor import Actor


class ActorRequest(HttpRequest):
    """For type annotations: a request that `ActorOnRequest` has seen. Nobody constructs one."""

    actor: Actor
    """Who acts, with the roles of the agency that they act for; `Actor.nobody()` on pages without sign-in."""
    standing: Standing
    own_area: str | None
    """Slug of the area of the actor's agency; its numbers stand on the page until a child's area is known."""
    session_ends_in: int
    """Seconds until the session ends if no other page is asked for; absent when nobody is signed in."""


def person_of(request: HttpRequest) -> Person:
    """Return who is signed in; views that ask for a sign-in have one, TypeError otherwise."""
    if not isinstance(request.user, Person):
        raise TypeError("this view needs a sign-in")
    return request.user


def url_name(request: HttpRequest) -> str:
    """Return the name of the address that was asked for, without its room's; empty before it is known."""
    return (request.resolver_match.url_name or "") if request.resolver_match else ""
