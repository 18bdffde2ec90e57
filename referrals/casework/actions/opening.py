"""Opening the rest of a referral of which a front door was given a part."""

from datetime import datetime

from django.db import transaction

from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from consent.actions import disclose_all
from consent.models import Disclosure
from referrals.casework.actions.common import locked, note, words
from referrals.casework.notices import agency_of, tell
from referrals.routing.actions import given_to
from referrals.routing.domain.lifecycle import State
from referrals.routing.domain.permissions import check_open
from referrals.routing.happenings import Happening, announce
from referrals.routing.models import Intake
from referrals.routing.selectors import facts_for


@transaction.atomic
def open_rest(*, intake: Intake, why: str, by: Actor, now: datetime) -> Disclosure:
    """Give the front door of an intake all of the referral at once, because a child needs protection now; return what
    it is given from then on.

    Nobody is asked first: a child may be in danger, and the referrer may not be there. It is recorded with the reason,
    and the agency is told. Where it has everything already, nothing changes. Raises NotYours unless `by` works at that
    front door and it has arrived, and Refusal without a reason or
    once another front door has it.
    """
    row, _facts = locked(intake.referral, by, now)
    current = Intake.objects.select_related("submission", "team", "referral").get(pk=intake.pk)
    check_open(by, facts_for(current, by, now=now))
    if current.state in {State.RETURNED.value, State.TRANSFERRED.value}:
        raise Refusal(
            "Another front door has it now, and opens what is needed.",
            rule="intake.open_rest",
            subject_type="intake",
            subject_id=current.pk,
        )
    reason = words(why, rule="intake.open_rest", referral=row, what="Say why: the referrer reads it.")
    given = given_to(intake=current, now=now)
    if given.whole:
        return given
    more = disclose_all(disclosure=given, why=reason, by=by, now=now)
    note("sharing.open_rest", row, by, {"intake": current.pk})
    announce(Happening.ADDED, current, now=now)
    tell("opened_in_full", agency_of(row, now=now), about=more.pk, referral=row, by=by)
    return more
