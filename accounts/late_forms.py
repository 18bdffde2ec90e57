"""Keeping a form whose page outlived its session, for whoever wrote it: docs/adr/0008.

Such a form comes in one of three ways: as the first thing that is asked of an ended session; after another tab met the
end, when nobody is signed in any more; and after its author has signed in again in another tab, when the page's CSRF
token is that of before. For the last two the browser's session says whose pages they were (accounts.session.Earlier).
"""

from collections.abc import Iterator
from copy import copy

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import actions, clock, selectors, session
from accounts.domain.held_forms import NotKept
from accounts.models import HeldForm, Person
from accounts.requests import url_name

# Django's admin-free equivalent of "sign-in pages": allauth's names. Nothing typed there is ever kept.
SIGN_IN_PREFIXES = ("account_", "mfa_")
# What nobody typed: the choice of a language.
NOTHING_TYPED = frozenset({"set_language"})
FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def hold(request: HttpRequest, person: Person) -> HeldForm | NotKept:
    """Keep what was posted for `person`; return the row, or why nothing is kept.

    Only for a form that has passed the CSRF check: its callers see to that.
    """
    path = request.get_full_path()
    if (
        request.method != "POST"
        or request.content_type not in FORM_TYPES
        or url_name(request).startswith(SIGN_IN_PREFIXES)
        or url_name(request) in NOTHING_TYPED
        or not url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    ):
        return NotKept.EMPTY
    now = clock.now()
    return actions.hold_form(
        person=person,
        path=path,
        pairs=_pairs(request),
        had_files=bool(request.FILES),
        lifetime=settings.HELD_FORM_LIFETIME,
        by=selectors.actor_for(person, now, session.request_id(request), session.chosen_agency(request)),
        now=now,
    )


def notice_of(held: HeldForm | NotKept) -> str:
    """The word that the sign-in page has for what became of a form."""
    if isinstance(held, HeldForm):
        return "kept_without_files" if held.had_files else "kept"
    return "too_large" if held is NotKept.TOO_LARGE else "ended"


def hold_of_nobody(request: HttpRequest) -> HttpResponse | None:
    """Keep a form that comes while nobody is signed in, from a page of whoever was; lead to signing in.

    None where this browser's last session isn't known, or the page isn't of it: then nobody is known to have sent it.
    """
    earlier = session.earlier(request)
    if request.method != "POST" or earlier is None or earlier.token != session.token(request):
        return None
    person = selectors.active_person(earlier.person_id)
    if person is None:
        return None
    held = hold(request, person)
    if held is NotKept.EMPTY:
        return None
    session.leave_notice(request, notice_of(held))
    return HttpResponseRedirect(reverse(settings.LOGIN_URL))


def hold_from_before(request: HttpRequest) -> HttpResponse | None:
    """Keep a form that Django's CSRF check refused because its page is older than the sign-in, and lead to it.

    None for everything else. The form passes the whole check, origin and all, with the token of the session that the
    same person had in this browser before: somebody else's page, or a forged one, does not.
    """
    person, earlier = request.user, session.earlier(request)
    if earlier is None or not isinstance(person, Person) or str(person.pk) != earlier.person_id:
        return None
    if not _passes_with(request, earlier.token):
        return None
    held = hold(request, person)
    return HttpResponseRedirect(reverse("accounts:held", args=[held.pk])) if isinstance(held, HeldForm) else None


class _Check(CsrfViewMiddleware):
    """Django's own check, which says no instead of showing the page for that."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(status=403)


def _passes_with(request: HttpRequest, token: str) -> bool:
    again = copy(request)
    again.COOKIES = {**request.COOKIES, settings.CSRF_COOKIE_NAME: token}
    return _Check(_through).process_view(again, _through, (), {}) is None


def _through(request: HttpRequest) -> HttpResponse:
    """What stands behind the check; it is asked for nothing."""
    return HttpResponse()


def _pairs(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        for value in values:
            yield name, str(value)
