"""Who makes a request."""

from django.http import HttpRequest

from audit.domain.actor import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor that `accounts.middleware.ActorOnRequest` set, or nobody where it has not run."""
    actor = getattr(request, "actor", None)
    return actor if isinstance(actor, Actor) else Actor.nobody()
