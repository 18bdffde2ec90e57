"""Error pages: each still shows 999 and the numbers to ring, with or without a database."""

import sys
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from accounts import clock
from accounts.late_forms import hold_from_before
from config.navigation import SERVICE_NAME
from thresholds.selectors import help_now_from_files


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that leads nowhere, or nowhere for this person."""
    return render(request, "errors/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a refusal that no rule explained."""
    return render(request, "errors/403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that could not be read."""
    return HttpResponse(_standing_alone("errors/400.html"), status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that was not sent from one of our pages, or from a page that is too old.

    What its author wrote on a page from before they signed in again is kept, and leads to what was kept.
    """
    return hold_from_before(request) or HttpResponse(_standing_alone("errors/403_csrf.html"), status=403)


class MethodNotAllowedPage:
    """Gives a page to what Django answers with 405 and an empty body: a form sent to an address that only shows, or an
    address of a form opened by hand. Status and `Allow` stay."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.streaming or response.content:
            return response
        page = render(request, "errors/405.html", status=405)
        page["Allow"] = response["Allow"]
        return page


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours: made without the request, the database or the session, which may be the fault.

    While the database is away it is another one, with 503: it says what to do, since trying again will help. A button
    that sends carries a token, so that pressing it again sends once.
    """
    error = sys.exception()
    # A connection that breaks in the middle of an answer is a plain DatabaseError; mistakes of ours have classes below.
    if isinstance(error, (OperationalError, InterfaceError)) or type(error) is DatabaseError:
        page = HttpResponse(_standing_alone("errors/503.html"), status=503)
        page["Retry-After"] = "10"
        return page
    return HttpResponse(_standing_alone("errors/500.html"), status=500)


def _standing_alone(template: str) -> str:
    return render_to_string(
        template, {"service_name": gettext(SERVICE_NAME), "help_now": help_now_from_files(None, clock.now())}
    )
