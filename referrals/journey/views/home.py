"""What stands on the home page for whoever writes referrals: drafts that wait, the most urgent first."""

from typing import Any

from django.http import HttpRequest

from accounts import clock
from audit.actions import record
from audit.requests import actor_of
from referrals.casework.selectors.drafts import alerted
from referrals.journey.presenters.lists import DraftRow, draft_rows
from referrals.journey.selectors import own_drafts
from referrals.record.selectors import offers_to

MOST = 10


def home_part(request: HttpRequest) -> dict[str, Any]:
    """Return the drafts for the home page's template; that they were shown is recorded. Empty for everybody else."""
    actor = actor_of(request)
    if actor.agency_id is None:
        return {}
    found = list(own_drafts(actor, now=clock.now())[: MOST + 1])
    drafts: tuple[DraftRow, ...] = draft_rows(found[:MOST], alerted(found))
    if drafts:
        record(
            "referral.list",
            by=actor,
            subject_type="person",
            subject_id=actor.person_id,
            detail={"shown": [str(one.id) for one in drafts]},
        )
    return {"drafts": drafts, "more_drafts": len(found) > MOST, "offers": offers_to(actor)}
