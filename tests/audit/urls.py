"""The system's addresses, and with them views that refuse: for the tests of the middleware."""

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest
from django.urls import path

from audit.actions import record
from audit.domain.refusal import NotYours, Refusal
from audit.requests import actor_of
from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as all_addresses
from tests.audit.support import CHILD

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def refuse(request: HttpRequest) -> NoReturn:
    """Something is written before the rule refuses."""
    with transaction.atomic():
        record("people.change", by=actor_of(request), subject_type="person", subject_id=CHILD)
        raise Refusal(
            "Only <your> designated lead can do this.", rule="people.change", subject_type="person", subject_id=CHILD
        )


def not_yours(request: HttpRequest) -> NoReturn:
    raise NotYours(rule="people.view", subject_type="person", subject_id=CHILD)


def missing(request: HttpRequest) -> NoReturn:
    raise Http404


def denied(request: HttpRequest) -> NoReturn:
    raise PermissionDenied("with words that stay inside")


def broken(request: HttpRequest) -> NoReturn:
    raise LookupError


urlpatterns = [
    *all_addresses,
    path("refuse/", refuse, name="refuse"),
    path("not-yours/", not_yours, name="not-yours"),
    path("missing/", missing, name="missing"),
    path("denied/", denied, name="denied"),
    path("broken/", broken, name="broken"),
]
