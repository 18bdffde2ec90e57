"""A browser whose requests come from an actor that the test chooses, past the sign-in."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from tests.audit.support import actor

SIGNED_IN_AS = {"actor": actor()}


class ActsAs:
    """Middleware in the place of sign-in: the actor is the one that the test put into SIGNED_IN_AS."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.user = AnonymousUser()
        request.actor = SIGNED_IN_AS["actor"]
        return self.get_response(request)


@pytest.fixture
def visit(settings):
    """Return a client for an actor."""
    settings.ROOT_URLCONF = "tests.audit.urls"
    settings.MIDDLEWARE = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "tests.audit.conftest.ActsAs",
        "audit.middleware.RecordRefusals",
    ]

    def _as(who):
        SIGNED_IN_AS["actor"] = who
        return Client(raise_request_exception=False)

    return _as
