"""Forms to print and fill in by hand, area by area."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from referrals.documents.blank import form_for, pdf_for
from thresholds import selectors


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """The areas whose form can be printed."""
    return render(request, "documents/blank_areas.html", {"areas": selectors.areas()})


@require_safe
def form(request: HttpRequest, area: str, kind: str = "marf") -> HttpResponse:
    """One area's form and guide, as a page to read or print."""
    try:
        _, shown = form_for(area, timezone.localdate(), kind)
    except selectors.NoPackError:
        raise Http404 from None
    return render(request, "documents/blank_form.html", {"form_to_print": shown, "area": area, "kind": kind})


@require_safe
def pdf(request: HttpRequest, area: str, kind: str = "marf") -> HttpResponse:
    """The same as a tagged PDF."""
    try:
        version_id, shown = form_for(area, timezone.localdate(), kind)
    except selectors.NoPackError:
        raise Http404 from None
    return HttpResponse(
        pdf_for(version_id, shown.version),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{kind}-form-{area}.pdf"'},
    )
