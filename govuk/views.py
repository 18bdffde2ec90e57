"""The page that shows each component of the pack, for the eye and for axe; development and tests only."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from govuk.demonstration import DemonstrationForm, wrong_answers
from govuk.demonstration_parts import parts


@login_not_required
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component; with `?state=errors` the form as it comes back with every answer wrong."""
    wrong = request.GET.get("state") == "errors"
    form = DemonstrationForm(wrong_answers()) if wrong else DemonstrationForm()
    return render(request, "components/components.html", {"form": form, **parts()})
