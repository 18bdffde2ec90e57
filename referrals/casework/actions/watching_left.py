"""What lies unsent, whose writers have all left: somebody else is told, at once. See `referrals.casework.leaving`."""

from datetime import datetime
from uuid import uuid5

from audit.domain.actor import Actor
from dispatch.actions import promise, send_emails
from dispatch.selectors import next_key
from referrals.casework.actions.common import note
from referrals.casework.leaving import (
    LEFT_HELD,
    LEFT_HERE,
    LEFT_OPERATORS,
    LIES,
    held_it_before,
    keepers,
    lies_unheard,
    operators_for,
)
from referrals.casework.notices import tell
from referrals.record.models import Referral


def tell_of_left(row: Referral, *, by: Actor, now: datetime) -> int:
    """Tell, in the caller's transaction and once for the draft as it stands, who may hear that it lies there; return
    how many. Operators have a piece of work that waits for them, too, until one of them has had it heard of. Where that
    ended because somebody was there again, and nobody is any more, it is told of anew. Nothing where its writers, or a
    desk that may see it, hear of it themselves."""
    if not lies_unheard(row, now=now):
        return 0
    as_it_stands = uuid5(row.pk, f"left:{row.updated_at.isoformat()}")
    key = next_key(f"unheard-draft:{as_it_stands}", now=now, stands_for=None)
    made = promise(kind=LIES, key=key, references={"referral": row.pk}, by=by)
    if not made.is_new:
        return 0
    about = made.pk
    told = tell(LEFT_HELD, held_it_before(row, now=now), about=about, referral=row, by=by)
    told += tell(LEFT_HERE, keepers(row, now=now), about=about, referral=row, by=by)
    operators = {one: f"left-operators:{about}:{one}" for one in operators_for(row, now=now)}
    send_emails(template=LEFT_OPERATORS, keys=operators, by=by, references={"referral": row.pk})
    note("draft.left", row, by, {"people": told, "operators": len(operators)})
    return told + len(operators)
