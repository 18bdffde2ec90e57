"""Sending: the state, the intakes with their deliveries, the practitioner's clocks and the copy, in one transaction."""

from datetime import datetime

from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from consent.actions import Moment
from consent.models import Disclosure
from referrals.casework.actions.common import SUBJECT
from referrals.casework.domain.assessments import REFER, check_agreed
from referrals.casework.preparing import Prepared, prepare
from referrals.documents.actions import promise_copy, promise_part
from referrals.record import actions as records
from referrals.record.domain.lifecycle import Verb
from referrals.record.domain.permissions import RecordFacts
from referrals.record.models import Referral, Submission
from referrals.routing.actions import send_to_front_doors, start_clocks
from thresholds.domain.duties import Event


def send(
    *,
    submission: Submission,
    by: Actor,
    now: datetime,
    prepared: Prepared | None = None,
    facts: RecordFacts | None = None,
) -> Referral:
    """Send what was submitted; return the referral. Called inside the transaction of who submits or approves it, who
    gives what is `prepared`, and the record's `facts`, where they are at hand: the row is held since.

    The plan is that of the moment: one approved in the evening goes where an evening's referral goes. Arriving waits
    for no copy. Raises Refusal when `by` may not, when no front door of the plan receives through this system, and for
    an early help assessment without agreement, or of what needs a referral.
    """
    row = records.move(referral=submission.referral, verb=Verb.SEND, by=by, now=now, facts=facts)
    worked_out = prepared or prepare(referral=row, now=now)
    if worked_out.is_assessment:
        # Asked again here: it may have been taken back since it was submitted, and nobody's approval replaces it.
        decisions = [child.sharing.decision for child in worked_out.children]
        lacking = (REFER,) if worked_out.refer_instead else check_agreed(decisions)
        if lacking:
            raise Refusal(" ".join(lacking), rule="referral.send", subject_type=SUBJECT, subject_id=row.pk)
    plan = worked_out.plan
    send_to_front_doors(referral=row, submission=submission, plan=plan, by=by, now=now, moment=_moment(worked_out))
    # Sending the whole form is the writing that was due after a call; the first facts leave it to be done.
    written = row.kind != Referral.Kind.SEND_NOW.value
    clocks = [clock for one in plan.by_child.values() for clock in one.clocks]
    start_clocks(
        referral=row, clocks=[one for one in clocks if not (written and one.after is Event.CALL)], by=by, now=now
    )
    promise_copy(submission=submission, by=by)
    for given in Disclosure.objects.filter(submission=submission):
        promise_part(disclosure=given, by=by)
    return row


def _moment(prepared: Prepared) -> Moment:
    """What front doors are given hangs on the decision of now: an approval may have come since it was frozen."""
    return Moment(
        sharing={child.id: child.sharing.to_dict() for child in prepared.children},
        plan=prepared.plan.to_dict(),
        urgent=prepared.urgent,
    )
