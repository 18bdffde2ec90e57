"""A page is sent for the agency that it was drawn for, or not at all (docs/adr/0007).

Somebody with roles in two agencies may choose the other one in another tab, while a page of the first stands open: what
they send from it would be filed under an agency that the page doesn't name.
"""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import late_forms, selectors
from accounts.domain.held_forms import ACTING_FOR, NotKept
from accounts.late_forms import FORM_TYPES, SIGN_IN_PREFIXES
from accounts.models import Person
from accounts.requests import ActorRequest, url_name
from audit.actions import record_refusal
from audit.domain.refusal import Refusal

# What is the same whomever one works for, and the choice itself.
OF_NO_AGENCY = frozenset({"choose_agency", "discard_held", "set_language"})

CONFLICT = 409


class SameAgency:
    """Refuses a form from a page of an agency that the person no longer acts for, and keeps what they typed."""

    def __init__(self, get_response: Callable[..., HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Let pass what was drawn for the agency acted for, and whoever acts for none: no rule gives them anything."""
        actor, person = cast(ActorRequest, request).actor, request.user
        if request.method != "POST" or request.content_type not in FORM_TYPES or not isinstance(person, Person):
            return None
        # The last one counts: a form that was kept brings its own along, behind that of the page that gives it back.
        drawn_for = request.POST.get(ACTING_FOR)
        if drawn_for is None or actor.agency_id is None or drawn_for == str(actor.agency_id):
            return None
        name = url_name(request)
        if name in OF_NO_AGENCY or name.startswith(SIGN_IN_PREFIXES):
            return None
        record_refusal(
            Refusal("The page was another agency's.", rule="agency.other_page"), by=actor, detail={"view": name}
        )
        held = late_forms.hold(request, person)
        context = {
            "agency": selectors.agency_acted_for(actor),
            "drawn_for": selectors.agency_to_act_for(cast(ActorRequest, request).standing, drawn_for),
            "held": None if isinstance(held, NotKept) else held,
        }
        return render(request, "accounts/other_agency.html", context, status=CONFLICT)
