"""Deciding not to refer: recorded with reasons, and never silent where harm is possible."""

from datetime import datetime

from django.db import transaction

from audit.domain.actor import Actor
from referrals.casework.actions.approving import end_wait
from referrals.casework.actions.common import locked, note, said, words
from referrals.casework.models import NotReferred
from referrals.casework.notices import tell
from referrals.casework.people import desk_of_agency
from referrals.casework.selectors.approvals import latest_approval
from referrals.casework.selectors.not_referring import harm_ruled_out
from referrals.record import actions as records
from referrals.record.domain.lifecycle import Verb
from referrals.record.domain.permissions import check_move
from referrals.record.models import Referral

RULE = "referral.not_refer"


@transaction.atomic
def decide_not_to_refer(
    *,
    referral: Referral,
    reasons: str,
    advised_by: str,
    done_instead: str,
    would_change: str,
    by: Actor,
    now: datetime,
) -> NotReferred:
    """Close what hasn't been sent with the decision not to refer; return the record. An open approval lapses.

    Where harm is possible, or isn't ruled out, the agency's safeguarding desk is told, unless it may be about somebody
    there. Raises NotYours or Refusal when `by` may not, when it has gone already, and where one of the four isn't said.
    """
    row, facts = locked(referral, by, now)
    check_move(Verb.NOT_REFER, by, facts)
    kept = {
        "reasons": words(reasons, rule=RULE, referral=row, what="Write why you decide not to refer."),
        "advised_by": words(advised_by, rule=RULE, referral=row, what="Write who advised you, or that nobody did."),
        "done_instead": words(done_instead, rule=RULE, referral=row, what="Write what is done instead."),
        "would_change": words(would_change, rule=RULE, referral=row, what="Write what would change your decision."),
    }
    harm, approval = not harm_ruled_out(row, now=now), latest_approval(row)
    desk = list(desk_of_agency(row, now=now)) if harm else []
    records.move(referral=row, verb=Verb.NOT_REFER, by=by, now=now, why=kept["reasons"])
    row.refresh_from_db()
    decision = NotReferred.objects.create(
        referral=row, **kept, harm_possible=harm, desk_told=bool(desk), **said(by, now)
    )
    if approval is not None and not approval.is_answered:
        end_wait(approval, row, by, now, because="not_referred")
    note(RULE, row, by, {"harm_possible": harm, "desk_told": bool(desk)})
    tell("not_referred", desk, about=decision.pk, referral=row, by=by)
    return decision
