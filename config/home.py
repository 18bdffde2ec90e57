"""The first page after signing in: what this person can do here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from referrals.journey.views.home import home_part


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Show the person's agency, roles and the pages these open."""
    return render(request, "home.html", home_part(request))
