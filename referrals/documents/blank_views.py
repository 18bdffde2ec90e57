"""Forms to print and fill in by hand, area by area."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit.requests import actor_of
from referrals.documents.blank import form_for, form_of_draft, pdf_for
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


@never_cache
@require_safe
def draft(request: HttpRequest, draft_id: UUID, kind: str = "marf") -> HttpResponse:
    """The form as a draft of the area's pack would make it, for whoever keeps the pack."""
    found = selectors.draft_for(actor_of(request), draft_id)
    context = {"form_to_print": form_of_draft(found.pack(), kind), "draft": found, "kind": kind}
    return render(request, "documents/blank_draft.html", context)


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
