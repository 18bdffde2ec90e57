"""Handing out a copy."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from audit.requests import actor_of
from referrals.documents.selectors import copy_for


# Neither a browser nor anything in between keeps it.
@cache_control(no_store=True)
@require_safe
def copy(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The stored PDF copy of a referral, as a file to save; a page that says how it stands while there is none."""
    found = copy_for(actor_of(request), referral_id, now=timezone.now())
    if found.content is None:
        context = {"referral": found.referral, "standing": found.standing}
        return render(request, "documents/no_copy.html", context, status=404)
    return HttpResponse(
        found.content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{found.referral.reference}.pdf"',
            "X-Content-Type-Options": "nosniff",
        },
    )
