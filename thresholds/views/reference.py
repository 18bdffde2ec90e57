"""The numbers for everybody, and the packs as reference for people who are signed in."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from thresholds import finding, presenters, selectors
from thresholds.forms import FindForm
from thresholds.rendering import document_html


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


@require_http_methods(["GET", "HEAD", "POST"])
def pack(request: HttpRequest, area: str) -> HttpResponse:
    """An area's pack in force today, as a readable document; a search or a filter is posted."""
    try:
        published = selectors.current_pack(area, timezone.localdate())
    except selectors.NoPackError:
        raise Http404 from None
    return _document(request, published)


@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, area: str, version_id: int) -> HttpResponse:
    """One version of an area's pack, in force or not: what an old referral was checked against."""
    try:
        published = selectors.pack_version(version_id)
    except selectors.NoPackError:
        raise Http404 from None
    if published.pack.area.slug != area:
        raise Http404
    return _document(request, published)


def _document(request: HttpRequest, published: selectors.PublishedPack) -> HttpResponse:
    """The whole document, or what a posted search leaves of it. Nothing that was searched for is kept anywhere."""
    posted = request.method == "POST"
    form = FindForm(request.POST if posted else None, pack=published.pack)
    found = finding.found_in(published, form) if posted and form.is_valid() else None
    versions = selectors.versions_of(published.pack.area.slug, timezone.localdate())
    context = {
        "form": form,
        "found": found,
        "pack": published.pack,
        "published": published,
        "filters": [form[name] for name in form.fields if name != "words"],
        "narrowed": posted and any(form.data.get(name) for name in form.fields if name != "words"),
        "standing_source": presenters.source_of(published.pack, published.pack.standing.citation),
        "standing": next(one for one in versions if one.version_id == published.version_id),
        "versions": versions,
        "document": "" if found else document_html(published.pack, published.sha256),
    }
    return render(request, "thresholds/pack.html", context)
