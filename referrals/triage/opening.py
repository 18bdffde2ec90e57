"""What every page of one intake begins with: reading it, recorded, and the receipt that the referrer sees."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from accounts import clock
from audit.domain.actor import Actor
from audit.requests import actor_of
from referrals.routing.actions import mark_read
from referrals.routing.domain.permissions import IntakeFacts
from referrals.routing.models import Intake
from referrals.routing.selectors import facts_for, intake_for


@dataclass(frozen=True, slots=True)
class Opened:
    """An intake that this person may read, and has now read. `now` is aware."""

    intake: Intake
    facts: IntakeFacts
    actor: Actor
    now: datetime

    @property
    def is_assessment(self) -> bool:
        """Whether it is an early help assessment."""
        return self.facts.assessment


def of_intake(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view an `Opened` intake of the person's own front door; the first opening is its receipt.

    Raises NotYours for one that isn't there, has not arrived or came to another front door.
    """

    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, intake_id: UUID, **more: Any) -> HttpResponse:
        actor, now = actor_of(request), clock.now()
        intake = intake_for(actor, intake_id, purpose="triage", now=now)
        if intake.first_read_at is None:
            mark_read(intake=intake, by=actor, now=now)
            intake.refresh_from_db(fields=["first_read_at", "first_read_by"])
        if intake.referral.home_area:
            # The numbers on the page are those of the child's home; config.navigation reads it.
            request.help_area = intake.referral.home_area  # type: ignore[attr-defined]
        return view(request, Opened(intake, facts_for(intake, actor, now=now), actor, now), **more)

    return opened
