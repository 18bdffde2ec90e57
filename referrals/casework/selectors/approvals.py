"""Reading approvals: what waits at the desk, and how each stands."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from audit.domain.actor import Actor
from consent.domain.result import Verdict
from consent.selectors import sharing_of
from referrals.casework.domain.lifecycle import State, Verb
from referrals.casework.domain.permissions import ApprovalFacts, can_answer_approval
from referrals.casework.models import Approval
from referrals.casework.people import writer_ids, writers_of_each
from referrals.record.domain.lifecycle import State as ReferralState
from referrals.record.domain.permissions import RecordFacts
from referrals.record.models import Referral
from referrals.record.selectors import facts_for_each


def latest_approval(referral: Referral) -> Approval | None:
    """Return the approval of the submission that counts; None where none was asked for."""
    submission = referral.submissions.order_by("-number").first()
    if submission is None:
        return None
    return (
        Approval.objects.filter(submission=submission).select_related("submission", "answer", "by", "referral").first()
    )


def is_unreached(referral: Referral) -> bool:
    """Whether it was submitted, waits for nobody and is with no front door: its writers have to reach one."""
    return referral.state == ReferralState.SUBMITTED.value and reaches_nobody(referral, latest_approval(referral))


def reaches_nobody(referral: Referral, approval: Approval | None) -> bool:
    """Return what `is_unreached` does, for whoever has read the latest approval already."""
    return referral.state == ReferralState.SUBMITTED.value and (approval is None or approval.is_answered)


def unreached() -> QuerySet[Referral]:
    """Return every referral of which `is_unreached` is true, of all agencies. For the watch: no page reads it."""
    # Of what is submitted only the newest approval can be open: each earlier one was answered before it came back.
    waits = Approval.objects.filter(referral=OuterRef("pk"), answer__isnull=True)
    return Referral.objects.filter(~Exists(waits), state=ReferralState.SUBMITTED.value)


def approval_facts(approval: Approval, record: RecordFacts) -> ApprovalFacts:
    """Return what the rules need to know of an approval; `record` are the facts for whoever asks."""
    return _facts(approval, record, writer_ids(approval.referral))


def waiting_for(approvals: Sequence[Approval], actor: Actor, *, now: datetime) -> frozenset[UUID]:
    """Return the ids of the approvals that wait for this very actor. Three queries, however many they are; each comes
    with its referral."""
    asked = [approval for approval in approvals if state_of(approval) is State.ASKED]
    referrals = [approval.referral for approval in asked]
    records = facts_for_each(referrals, actor, now=now)
    writers = writers_of_each(referrals)
    return frozenset(
        approval.pk
        for approval in asked
        if can_answer_approval(
            Verb.APPROVE,
            actor,
            _facts(approval, records[approval.referral_id], writers[approval.referral_id]),
        )
    )


def reason_wanted(approval: Approval) -> bool:
    """Return whether whoever lets it go has to say why: more than the agency's policy asks, or agreement was taken back
    while it waited. One query."""
    if approval.beside or approval.needs_reason:
        return approval.needs_reason
    return agreement_lacks(approval)


def agreement_lacks(approval: Approval) -> bool:
    """Return whether the decision to share, as it stands now, doesn't let it go without somebody's weighing. One
    query."""
    kept = sharing_of(approval.referral)
    return kept is not None and not all(Verdict(one["verdict"]).passes for one in kept.decision.values())


def goes_at(approval: Approval, *, now: datetime) -> datetime | None:
    """Return when what waits goes without an answer; None where silence doesn't let it go any more: the area's document
    asks, agreement was taken back while it waited, or its time is over at `now` (aware) and it couldn't go, since no
    front door of its plan receives here. One query at most."""
    if approval.due_at is None or approval.due_at <= now or taken_back(approval):
        return None
    return approval.due_at


def taken_back(approval: Approval) -> bool:
    """Whether agreement was taken back since it was asked for no more than a look, so that silence doesn't let it go.
    Nothing urgent is held back by that. One query at most."""
    return not approval.needs_reason and not approval.referral.urgent and reason_wanted(approval)


def state_of(approval: Approval) -> State:
    """Return where an approval stands: its answer, or asked; lapsed where the referral was withdrawn meanwhile."""
    if approval.is_answered:
        return State(approval.answer.answer)
    withdrawn = approval.referral.state == ReferralState.WITHDRAWN.value
    return State.LAPSED if withdrawn else State.ASKED


def _facts(approval: Approval, record: RecordFacts, writers: frozenset[UUID]) -> ApprovalFacts:
    return ApprovalFacts(
        record=record,
        state=state_of(approval),
        beside=approval.beside,
        of_manager=approval.asked == Approval.Asked.MANAGER,
        writer_ids=writers,
    )
