"""Advice of the desk to whoever writes a referral, and the practitioner's own duties beside it."""

from datetime import datetime

from django.db import transaction

from audit.domain.actor import Actor
from consent.actions import keep_said_since
from consent.models import SaidSince
from referrals.casework.actions.common import arriving, locked, note, said, words
from referrals.casework.domain.permissions import check_discharge
from referrals.casework.models import Advice
from referrals.casework.notices import referrers_of, tell
from referrals.record.domain.permissions import check_advise
from referrals.record.models import Referral
from referrals.routing.actions import stop_clocks


@transaction.atomic
def advise(*, referral: Referral, text: str, may_change_telling: bool = True, by: Actor, now: datetime) -> Advice:
    """Advise the author, on a draft or while the referral is open; return the advice. It holds no referral up.

    `may_change_telling`: something in it may make it unsafe to tell the family, or the adviser isn't sure. Then nobody
    tells them, and no copy goes to them, until a front door has spoken; only a clear no of the adviser says otherwise.

    Raises NotYours or Refusal unless `by` is of the desk, and when nothing is written.
    """
    row, facts = locked(referral, by, now)
    now = arriving(row, now)
    check_advise(by, facts)
    advice = Advice.objects.create(
        referral=row,
        text=words(text, rule="advice.give", referral=row, what="Write your advice."),
        **said(by, now),
    )
    if may_change_telling:
        keep_said_since(referral=row, where=SaidSince.Where.ADVICE, by=by, now=now)
    note("advice.give", row, by, {"may_change_telling": may_change_telling})
    tell("advice_given", referrers_of(row), about=advice.pk, referral=row, by=by)
    return advice


@transaction.atomic
def discharge(*, referral: Referral, deadline: str, by: Actor, now: datetime) -> bool:
    """Note that one of the practitioner's own duties is done, such as the report in person or the full form after
    the first facts; return whether its clock was still running. `deadline` is the id in the pack.

    Raises NotYours or Refusal unless `by` speaks for the agency and it has been submitted; closed or not.
    """
    row, facts = locked(referral, by, now)
    check_discharge(by, facts)
    return bool(stop_clocks(referral=row, deadlines={deadline}, by=by, now=now))
