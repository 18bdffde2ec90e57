"""What the agency's desk and line managers have answered, as the decision to share reads it."""

from consent.domain.facts import Outcome, Role, Word
from referrals.casework.domain.approval import weighs_agreement
from referrals.casework.domain.lifecycle import State
from referrals.casework.models import Approval, ApprovalAnswer
from referrals.record.models import Referral

_SAID = {State.APPROVED.value: Outcome.PROCEED, State.DECLINED.value: Outcome.DO_NOT}


def words_on(referral: Referral, *, managers: bool) -> tuple[Word, ...]:
    """Return what they have answered so far. Of several answers from one side the last counts. Where the agency has no
    line manager who could be asked, its desk stands in for one."""
    answers = (
        ApprovalAnswer.objects.filter(approval__referral=referral, answer__in=_SAID, by__isnull=False)
        .select_related("approval")
        .order_by("at")
    )
    last = {answer.approval.asked: answer for answer in answers}
    return tuple(
        Word(
            role=Role.MANAGER if asked == Approval.Asked.MANAGER or not managers else Role.LEAD,
            outcome=_SAID[answer.answer],
            asked_by=str(answer.approval.by_id),
            by=str(answer.by_id),
            weighed=answer.weighed or weighs_agreement(answer.approval.because),
        )
        for asked, answer in last.items()
    )
