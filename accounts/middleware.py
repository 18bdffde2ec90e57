"""Around every request: sessions that end without losing what was typed, who acts, and the second factor.

In MIDDLEWARE, `SessionLimits` stands after Django's CSRF check (a forged form is never held), and then, in this order,
LoginRequiredMiddleware, `ActorOnRequest`, `SecondFactorRequired`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts import actions, clock, late_forms, selectors, session
from accounts.domain.sessions import Ended, ended, ends_in
from accounts.late_forms import FORM_TYPES
from accounts.models import Person
from accounts.requests import ActorRequest, url_name
from accounts.selectors import Standing
from audit.actions import record
from audit.domain.actor import Actor

View = Callable[..., HttpResponse]

# What somebody without their second factor yet can open, beside the pages that need no sign-in.
SETTING_UP = frozenset({"mfa_activate_totp", "account_reauthenticate", "account_logout"})


def _is_public(view: View) -> bool:
    return not getattr(view, "login_required", True)


def _by_script(request: HttpRequest) -> bool:
    """Whether one of the pages' scripts asks (assets/), and nobody has pressed or followed anything."""
    return request.headers.get("x-requested-with") == "fetch" or request.content_type == "application/json"


class SessionLimits:
    """Ends a session after IDLE_LIMIT without a page and after SESSION_LIMIT in any case, by the server's clock.

    A page that was asked for too late leads to signing in and then there. A form that was sent too late is kept for
    its author (docs/adr/0008); pages without sign-in, with the numbers to ring, go on working. What a script asks for
    behind an open page is refused and takes nothing away: the session still says whose the form on that page is.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; once a held form has been sent successfully, forget it; of a sign-out, keep whose pages may be open.

        Successfully is where the view led on: a page that comes back may say what is wrong, and then nothing was saved.
        """
        response = self.get_response(request)
        signed_out = getattr(request, "signed_out", None)
        if signed_out is not None:
            session.leave_earlier(request, signed_out)
        held_id = getattr(request, "held_form_id", None)
        led_on = 300 <= response.status_code < 400
        if held_id is not None and led_on and isinstance(request.user, Person):
            by = cast(ActorRequest, request).actor
            actions.forget_held_form(person=request.user, held_id=held_id, used=True, by=by)
        return response

    def process_view(self, request: HttpRequest, view: View, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Let a live session pass; end the others."""
        if not session.is_signed_in(request):
            return None if _is_public(view) or _by_script(request) else late_forms.hold_of_nobody(request)
        now = clock.now()
        why = ended(session.times(request), session.limits(), now=now)
        if why is not None:
            return self._end(request, view, why)
        session.touch(request, now)
        left = ends_in(session.times(request), session.limits(), now=now)
        request.session_ends_in = int(left.total_seconds())  # type: ignore[attr-defined]  # see ActorRequest
        if request.method == "POST" and request.content_type in FORM_TYPES:
            request.held_form_id = _uuid(request.POST.get("held_form"))  # type: ignore[attr-defined]
        return None

    def _end(self, request: HttpRequest, view: View, why: Ended) -> HttpResponse | None:
        if _by_script(request):
            request.user = AnonymousUser()
            return None if _is_public(view) else HttpResponseRedirect(reverse(settings.LOGIN_URL))
        notice = "ended"
        person = request.user
        if isinstance(person, Person):
            if request.method == "POST":
                notice = late_forms.notice_of(late_forms.hold(request, person))
            by = selectors.actor_for(person, clock.now(), session.request_id(request), session.chosen_agency(request))
            record("session.end", by=by, subject_type="person", subject_id=person.pk, detail={"why": why.value})
        request.session.flush()
        if isinstance(person, Person):
            session.leave_earlier(request, person.pk)
        request.user = AnonymousUser()
        if _is_public(view):
            return None
        session.leave_notice(request, notice)
        address = reverse(settings.LOGIN_URL)
        if request.method in {"GET", "HEAD"}:
            address += "?" + urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(address)


class ActorOnRequest:
    """Puts `request.actor`, `request.standing` and `request.own_area` there, and names both to PostgreSQL.

    `referrals.person_id` and `referrals.agency_id` hold for the connection while the request lasts, so that a
    row-level policy can be added by migration alone (docs/adr/0006).
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with nobody acting until the view is known; take the names away from the connection afterwards."""
        _set(request, Standing(Actor.nobody(request_id=session.request_id(request))))
        with _unnamed_afterwards(request):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, _args: Any, _kwargs: Any) -> None:
        """Find out who acts: one query for the roles, one for PostgreSQL's settings."""
        if not session.is_signed_in(request) or not isinstance(request.user, Person):
            return
        standing = selectors.standing_of(
            request.user,
            now=clock.now(),
            request_id=session.request_id(request),
            agency_id=session.chosen_agency(request),
        )
        _set(request, standing)
        request.named_to_database = True  # type: ignore[attr-defined]
        _name(str(standing.actor.person_id or ""), str(standing.actor.agency_id or ""))


class SecondFactorRequired:
    """Sends somebody whose role needs a second factor, and who has none, to set it up before anything else."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Let pass who needs none or has one, the pages to set it up, and those without sign-in."""
        standing = cast(ActorRequest, request).standing
        if not standing.needs_second_factor or standing.has_second_factor:
            return None
        if _is_public(view) or url_name(request) in SETTING_UP:
            return None
        request.held_form_id = None  # type: ignore[attr-defined]  # the view never sees it: it stays held
        return HttpResponseRedirect(reverse("mfa_activate_totp"))


def _set(request: HttpRequest, standing: Standing) -> None:
    seen = cast(ActorRequest, request)
    seen.standing = standing
    seen.actor = standing.actor
    seen.own_area = standing.own_area


def _name(person_id: str, agency_id: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('referrals.person_id', %s, false), set_config('referrals.agency_id', %s, false)",
            [person_id, agency_id],
        )


@contextmanager
def _unnamed_afterwards(request: HttpRequest) -> Iterator[None]:
    try:
        yield
    finally:
        if getattr(request, "named_to_database", False) and connection.connection is not None:
            try:
                _name("", "")
            except Error:
                # The connection is kept for the next request: better none than one under somebody else's name.
                if not connection.in_atomic_block:
                    connection.close()


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
