"""What lies unsent, whose writers have all left: somebody else is told, at once. See `referrals.casework.leaving`."""

from datetime import datetime
from uuid import uuid5

from audit.domain.actor import Actor
from dispatch.actions import promise
from referrals.casework.actions.common import note
from referrals.casework.leaving import LIES, held_it_before, keepers, lies_unheard
from referrals.casework.notices import tell
from referrals.record.models import Referral


def tell_of_left(row: Referral, *, by: Actor, now: datetime) -> int:
    """Tell, in the caller's transaction and once for the draft as it stands, who may hear that it lies there; return
    how many. Operators hear by a piece of work that waits for them until one of them has had it heard of, or it is
    mended. Nothing where its writers, or a desk that may see it, hear of it themselves."""
    if not lies_unheard(row, now=now):
        return 0
    about = uuid5(row.pk, f"left:{row.updated_at.isoformat()}")
    made = promise(kind=LIES, key=f"draft-lies:{about}", references={"referral": row.pk}, by=by)
    if not made.is_new:
        return 0
    told = tell("left_held", held_it_before(row, now=now), about=about, referral=row, by=by)
    told += tell("left_here", keepers(row, now=now), about=about, referral=row, by=by)
    note("draft.left", row, by, {"people": told})
    return told + 1
