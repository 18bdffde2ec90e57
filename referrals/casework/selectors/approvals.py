"""Reading approvals: what waits at the desk, and how each stands."""

from referrals.casework.domain.lifecycle import State
from referrals.casework.domain.permissions import ApprovalFacts
from referrals.casework.models import Approval
from referrals.casework.people import writer_ids
from referrals.record.domain.lifecycle import State as ReferralState
from referrals.record.domain.permissions import RecordFacts
from referrals.record.models import Referral


def latest_approval(referral: Referral) -> Approval | None:
    """Return the approval of the submission that counts; None where none was asked for."""
    submission = referral.submissions.order_by("-number").first()
    if submission is None:
        return None
    return (
        Approval.objects.filter(submission=submission).select_related("submission", "answer", "by", "referral").first()
    )


def approval_facts(approval: Approval, record: RecordFacts) -> ApprovalFacts:
    """Return what the rules need to know of an approval; `record` are the facts for whoever asks."""
    return ApprovalFacts(
        record=record,
        state=state_of(approval),
        beside=approval.beside,
        of_manager=approval.asked == Approval.Asked.MANAGER,
        writer_ids=writer_ids(approval.referral),
    )


def state_of(approval: Approval) -> State:
    """Return where an approval stands: its answer, or asked; lapsed where the referral was withdrawn meanwhile."""
    if approval.is_answered:
        return State(approval.answer.answer)
    withdrawn = approval.referral.state == ReferralState.WITHDRAWN.value
    return State.LAPSED if withdrawn else State.ASKED
