"""What every page of the desk about one referral begins with: reading it, recorded, and whose page it is."""

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
from referrals.record.domain.permissions import RecordFacts
from referrals.record.models import Referral
from referrals.record.selectors import facts_for, referral_for

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Opened:
    """A referral that this person may read, and has now read. `now` is aware."""

    referral: Referral
    facts: RecordFacts
    actor: Actor
    now: datetime


def of_referral(check: Callable[[Actor, RecordFacts], None]) -> Callable[[View], View]:
    """Give the view an `Opened` referral, once `check` has let the person pass.

    Raises NotYours for one that isn't there or isn't theirs, and what `check` raises.
    """

    def wrap(view: View) -> View:
        @never_cache
        @wraps(view)
        def opened(request: HttpRequest, referral_id: UUID, **more: Any) -> HttpResponse:
            actor, now = actor_of(request), clock.now()
            referral = referral_for(actor, referral_id, purpose="desk", now=now)
            facts = facts_for(referral, actor, now=now)
            check(actor, facts)
            if referral.home_area:
                # The numbers on the page are those of the child's home; config.navigation reads it.
                request.help_area = referral.home_area  # type: ignore[attr-defined]
            return view(request, Opened(referral, facts, actor, now), **more)

        return opened

    return wrap
