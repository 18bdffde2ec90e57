"""What stands on every page around its content: the service's name, navigation, the numbers to ring."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from accounts import clock
from accounts.domain.roles import FRONT_DOOR_ROLES
from thresholds.domain.help_now import AGENCY_AREA
from thresholds.selectors import help_now, help_now_from_files

SERVICE_NAME = gettext_noop("Safeguarding referrals")
HOME_AREA = gettext_noop("the area of the child's home")


@dataclass(frozen=True)
class NavigationItem:
    """One entry of the header's navigation."""

    text: str
    url: str
    current: bool


def navigation_for(request: HttpRequest) -> list[NavigationItem]:
    """Return the entries that this person's roles open; the pages themselves check again."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.person_id is None:
        return []
    entries = [(gettext("Home"), "home", True)]
    entries += [(gettext("Your referrals"), "journey:referrals", True)] if actor.agency_id else []
    entries += [(gettext("Thresholds"), "thresholds:packs", True)]
    entries += [
        (text, name, may_use)
        for text, name, may_use in (
            (gettext("Queue"), "triage:queue", actor.has_role(*FRONT_DOOR_ROLES)),
            (gettext("Connections"), "exchange:connections", actor.has_role("front_door_manager")),
            (gettext("Safeguarding desk"), "review:desk", actor.has_role("dsl", "deputy_dsl", "line_manager")),
            (
                gettext("People"),
                "accounts:people",
                actor.has_role("agency_administrator", "dsl", "deputy_dsl", "administrator"),
            ),
            (gettext("Threshold document"), "thresholds:keep", actor.has_role("partnership_manager")),
            (gettext("Past referrals"), "oversight:backtests", actor.has_role("partnership_manager")),
            (gettext("Background work"), "dispatch:operations", actor.has_role("operator")),
            (gettext("Audit record"), "audit:entries", actor.has_role("auditor")),
        )
        if may_use
    ]
    items = []
    for text, name, _ in entries:
        url = reverse(name)
        items.append(NavigationItem(text, url, current=request.path == url))
    return items


def page_furniture(request: HttpRequest) -> dict[str, Any]:
    """Template context of every page.

    The numbers are those of the agency's own area until a child's home area is known, and are named as such.
    A page of a referral sets `request.help_area` to it.
    They come from the files when the database is not there: an error page without a number is the worst time for one.
    """
    now = clock.now()
    area, named_as = getattr(request, "own_area", None), AGENCY_AREA
    if hasattr(request, "help_area"):
        area, named_as = request.help_area, HOME_AREA
    try:
        lines = help_now(area, now, named_as=named_as)
    except DatabaseError:
        lines = help_now_from_files(area, now, named_as=named_as)
    return {
        "service_name": gettext(SERVICE_NAME),
        "demo": settings.DEMO,
        # Each in its own words; nothing to choose where there is only English.
        "languages": settings.LANGUAGES if len(settings.LANGUAGES) > 1 else (),
        "navigation": navigation_for(request),
        "help_now": lines,
    }
