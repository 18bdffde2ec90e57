"""Where the page of a refusal leads back to: what it was about, where this person may read that, or its list."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from accounts import clock
from audit.domain.actor import Actor
from config.navigation import navigation_for
from referrals.record.selectors import referrals_of
from referrals.routing.selectors import intakes_for


@dataclass(frozen=True, slots=True)
class WayBack:
    """A link back."""

    text: str
    url: str


def page_of_refusal(request: HttpRequest) -> dict[str, Any]:
    """Template context: `way_back`, worked out only where a page asks for it."""
    return {"way_back": partial(way_back, request)}


def way_back(request: HttpRequest) -> WayBack | None:
    """Return where somebody who was refused goes on; None where that is only their home page.

    It asks the same scopes as the pages do, so it names nothing that this person may not open. Nothing of the referral
    is shown, so nothing is recorded: opening the page is. It never leads to the page that refused.
    """
    match, actor = request.resolver_match, getattr(request, "actor", None)
    if match is None or actor is None or actor.person_id is None:
        return None
    about = _page_of(match.kwargs, actor)
    if about and about != request.path:
        return WayBack(gettext("Go back to the page of this record"), about)
    lists = [one for one in navigation_for(request) if one.url not in {"/", request.path}]
    found = next((one for one in lists if request.path.startswith(one.url)), None)
    return WayBack(gettext("Go to “%(page)s”") % {"page": found.text}, found.url) if found else None


def _page_of(asked: dict[str, Any], actor: Actor) -> str:
    """The page of the referral or intake that an address names, empty where it names none or not one of theirs."""
    now, referral, intake = clock.now(), asked.get("referral_id"), asked.get("intake_id")
    if isinstance(referral, UUID):
        mine = referrals_of(actor, now=now).filter(pk=referral).exists()
        return reverse("referral", args=[referral]) if mine else ""
    if isinstance(intake, UUID):
        mine = intakes_for(actor, now=now).filter(pk=intake).exists()
        return reverse("triage:intake", args=[intake]) if mine else ""
    return ""
