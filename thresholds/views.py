"""The numbers for everybody, and the packs as reference for people who are signed in."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from thresholds import presenters, selectors


@login_not_required
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Every area's numbers, what is unconfirmed marked, what isn't stated said."""
    day = timezone.localdate()
    try:
        packs = selectors.packs_on(day)
    except DatabaseError:
        packs = selectors.packs_of_files(day)
    return render(request, "thresholds/numbers.html", {"areas": presenters.numbers_by_area(packs)})


@require_safe
def packs(request: HttpRequest) -> HttpResponse:
    """The areas whose packs can be read."""
    return render(request, "thresholds/packs.html", {"areas": selectors.areas()})


@require_safe
def pack(request: HttpRequest, area: str) -> HttpResponse:
    """An area's pack in force today, as a readable document."""
    try:
        published = selectors.current_pack(area, timezone.localdate())
    except selectors.NoPackError:
        raise Http404 from None
    context = {"pack": presenters.pack_shown(published.pack), "published": published}
    return render(request, "thresholds/pack.html", context)
