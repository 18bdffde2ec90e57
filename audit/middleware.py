"""Turns refusals into a page and a row of the audit record."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from audit.actions import record_refusal
from audit.domain.refusal import NotYours, Refusal
from audit.requests import actor_of

NO_REASON = "You do not have permission to do this."


class RecordRefusals:
    """Stands innermost: by the time it sees a refusal, the action's transaction has rolled back.

    A `Refusal` becomes a page with its reason, status 403. `NotYours` becomes the same 404 as for a record that does
    not exist. Django's own PermissionDenied is shown and recorded as a refusal without a rule of ours.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other exception alone."""
        if isinstance(exception, PermissionDenied):
            exception = Refusal(NO_REASON, rule="permission_denied")
        if not isinstance(exception, Refusal):
            return None
        detail = {"method": request.method, "view": _view_name(request)}
        record_refusal(exception, by=actor_of(request), detail=detail)
        if isinstance(exception, NotYours):
            raise Http404 from None
        return render(request, "audit/refused.html", {"reason": exception.reason}, status=403)


def _view_name(request: HttpRequest) -> str:
    """Return the route's name, never its address: that may hold more than an identifier."""
    return request.resolver_match.view_name if request.resolver_match else ""
