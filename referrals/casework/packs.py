"""By which pack each child of a draft is read."""

from collections.abc import Mapping
from datetime import datetime

from accounts.clock import day_of
from audit.domain.refusal import Refusal
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.models import Referral
from referrals.record.selectors import packs_for
from thresholds.selectors import NoPackError, PublishedPack, current_pack


def packs_of(referral: Referral, draft: DraftAnswers, *, now: datetime) -> dict[str, PublishedPack]:
    """Return the packs by area: those that the referral keeps, and those of `now` (aware) of where children are and of
    the agency. An area without one is left out."""
    found = packs_for(referral, draft, now=now)
    where = [child.get("found_area") for child in draft.children]
    for area in (*where, referral.agency.own_area):
        if isinstance(area, str) and area not in found:
            try:
                found[area] = current_pack(area, day_of(now))
            except NoPackError:
                continue
    return found


def pack_of(child: PersonAnswers, packs: Mapping[str, PublishedPack], referral: Referral) -> PublishedPack:
    """Return the pack of the child's home; while that isn't known or has none, of where the child is, or of the agency.
    The route plan chooses in the same order. Raises Refusal where there is none of them."""
    order = (child.get("home_area"), child.get("found_area"), referral.agency.own_area)
    area = next((area for area in order if isinstance(area, str) and area in packs), None)
    if area is None:
        raise Refusal(
            "This system doesn't know a front door for your area. Ring the children's services of the council, "
            "or 999 if a child is in danger.",
            rule="referral.submit",
            subject_type="referral",
            subject_id=referral.pk,
        )
    return packs[area]
