"""Who may keep an area's pack: upload drafts of it, publish and discard them. Reading a published pack needs nothing.

The area of a partnership manager is the own area of the agency that they act for. A partnership of two areas gives its
manager a role in an agency of each.
"""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from accounts.domain.permissions import twin
from accounts.domain.roles import Role
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal

LONGEST_AHEAD = dt.timedelta(days=730)
"""A version can be published so long before it applies; a later date is a slip of the pen."""


def check_keep_packs(actor: Actor) -> None:
    """Refuse unless the actor is a partnership manager of the agency that they act for."""
    if not actor.has_role(Role.PARTNERSHIP_MANAGER) or actor.agency_id is None:
        raise Refusal(
            "Only the partnership manager keeps the threshold document.",
            rule="thresholds.keep",
            subject_type="agency",
            subject_id=actor.agency_id,
        )


def check_keep_pack(actor: Actor, *, own_area: str | None, area: str) -> None:
    """Refuse what `check_keep_packs` refuses, and another area's pack."""
    check_keep_packs(actor)
    if own_area != area:
        raise Refusal(
            "That is another area's document.",
            rule="thresholds.keep_area",
            subject_type="agency",
            subject_id=actor.agency_id,
        )


def check_see_draft(actor: Actor, *, own_area: str | None, area: str | None, draft_id: UUID) -> None:
    """Refuse what `check_keep_packs` refuses; a draft of another area, or none (`area` None), as if not there."""
    check_keep_packs(actor)
    if area is None or own_area != area:
        raise NotYours(rule="thresholds.draft", subject_type="pack_draft", subject_id=draft_id)


def check_publish_from(start: dt.date, *, today: dt.date, draft_id: UUID) -> None:
    """Refuse a day that has passed, since a referral is never checked by what came after it, and one far ahead."""
    if not today <= start <= today + LONGEST_AHEAD:
        raise Refusal(
            "A document is published from today or a later day, at most two years ahead.",
            rule="thresholds.publish_date",
            subject_type="pack_draft",
            subject_id=draft_id,
        )


can_keep_packs: Callable[[Actor], bool] = twin(check_keep_packs)
