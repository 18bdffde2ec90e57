"""The auditor's page."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from audit.actions import read_entries
from audit.domain.permissions import check_read_audit
from audit.domain.search import Search
from audit.forms import SearchForm
from audit.presenters import entry_rows, search_in_words
from audit.requests import actor_of
from audit.selectors import chain_state

SEARCH_KEY = "audit_search"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entries(request: HttpRequest) -> HttpResponse:
    """Who saw or did what, newest first. A search is posted, kept in the session and never in the address."""
    actor = actor_of(request)
    check_read_audit(actor)
    if request.method == "POST":
        return _search(request)
    search = Search.from_stored(request.session.get(SEARCH_KEY, {}))
    page = read_entries(by=actor, search=search, older_than=_older_than(request))
    context = {
        "form": SearchForm.showing(search),
        "search": search_in_words(search),
        "rows": entry_rows(page.entries),
        "older_than": page.older_than,
        "is_first_page": "older_than" not in request.GET,
        "chain": chain_state(),
    }
    return render(request, "audit/entries.html", context)


def _search(request: HttpRequest) -> HttpResponse:
    """Take a search, or clear it, and show the list; with mistakes in it, only the form."""
    if "clear" in request.POST:
        request.session.pop(SEARCH_KEY, None)
        return redirect("audit:entries")
    form = SearchForm(request.POST)
    if not form.is_valid():
        return render(request, "audit/entries.html", {"form": form, "chain": chain_state()})
    request.session[SEARCH_KEY] = form.search().as_stored()
    return redirect("audit:entries")


def _older_than(request: HttpRequest) -> int | None:
    """Return the number in the address where the list goes on; Http404 when it is none."""
    number = request.GET.get("older_than")
    if number is None:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", number):
        raise Http404
    return int(number)
