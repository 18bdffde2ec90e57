"""What an agency asks of its own people before a routine referral goes."""

from datetime import datetime

from django.db import transaction

from accounts.models import Agency
from audit.actions import record
from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from referrals.casework.actions.common import said
from referrals.casework.domain.permissions import check_set_policy
from referrals.casework.models import AgencyPolicy

LONGEST_HOURS = 72


@transaction.atomic
def set_policy(
    *, agency: Agency, approve_routine: bool, answer_within_hours: int, by: Actor, now: datetime
) -> AgencyPolicy:
    """Set whether the agency's desk approves routine referrals, and within how many hours (1 to 72); return the row.

    It counts for what is submitted from now on. Raises Refusal unless `by` is the agency's safeguarding lead or
    administrator, or for a time out of range: a worry waits three days at most.
    """
    check_set_policy(by, agency.pk)
    if not 1 <= answer_within_hours <= LONGEST_HOURS:
        raise Refusal(
            f"Choose a time from 1 to {LONGEST_HOURS} hours.",
            rule="policy.set",
            subject_type="agency",
            subject_id=agency.pk,
        )
    policy = AgencyPolicy.objects.create(
        agency=agency, approve_routine=approve_routine, answer_within_hours=answer_within_hours, **said(by, now)
    )
    detail = {"approve_routine": approve_routine, "hours": answer_within_hours}
    record("policy.set", by=by, subject_type="agency", subject_id=agency.pk, detail=detail)
    return policy
