"""Answering an approval: the desk approves, returns with a reason, or advises against sending."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet

from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from consent.actions import Because, record_sharing
from dispatch.one_by_one import each_by_itself
from referrals.casework.actions.common import SUBJECT, locked, note, said
from referrals.casework.actions.sending import send
from referrals.casework.domain import lifecycle
from referrals.casework.domain.approval import needs_reason
from referrals.casework.domain.assessments import REFER
from referrals.casework.domain.lifecycle import Verb, check_why
from referrals.casework.domain.permissions import check_answer_approval
from referrals.casework.models import Approval, ApprovalAnswer
from referrals.casework.notices import referrers_of, tell
from referrals.casework.people import desk_of_agency, managers_of_agency
from referrals.casework.preparing import Prepared, prepare
from referrals.casework.selectors.approvals import (
    agreement_lacks,
    approval_facts,
    goes_at,
    latest_approval,
    reason_wanted,
    taken_back,
)
from referrals.casework.selectors.not_referring import harm_ruled_out
from referrals.record import actions as records
from referrals.record.domain.clean_values import clean_text
from referrals.record.domain.lifecycle import State as ReferralState
from referrals.record.domain.lifecycle import Verb as ReferralVerb
from referrals.record.domain.permissions import check_move, check_read
from referrals.record.models import Referral
from referrals.record.selectors import gone_as_referral, latest_submission

CHASER = Actor.system("approvals")
CHASE_AFTER = timedelta(hours=24)
"""By when an approval that can't lapse is wanted, and how often it is chased. Ours: no document states a time."""


@transaction.atomic
def approve(*, referral: Referral, by: Actor, now: datetime, why: str = "", seen: UUID | None = None) -> ApprovalAnswer:
    """Approve; return the answer. A routine referral is sent with it, in the same transaction.

    More than the agency's own policy asks for a reason: letting it go without agreement is a decision to share.

    `seen` is the id of the approval that the person had in front of them: an answer to an earlier submission is none to
    the present one. None where no page lies between reading and answering. Raises Refusal when nobody asked, somebody
    has answered, another approval is the open one, or `by` may not: nobody approves what they wrote.
    """
    return _answer(referral, Verb.APPROVE, by, now, why=why, seen=seen)


@transaction.atomic
def return_for_changes(
    *, referral: Referral, why: str, by: Actor, now: datetime, seen: UUID | None = None
) -> ApprovalAnswer:
    """Return a routine referral to its author with a reason; it is a draft again. `seen` and refusals as
    `approve`'s, and without a reason, and for an urgent one, which has gone."""
    return _answer(referral, Verb.RETURN, by, now, why=why, seen=seen)


@transaction.atomic
def decline(*, referral: Referral, why: str, by: Actor, now: datetime, seen: UUID | None = None) -> ApprovalAnswer:
    """Advise against sending, with a reason. A routine referral is a draft again, and its author may still send it.

    `seen` and refusals as `approve`'s, and without a reason.
    """
    return _answer(referral, Verb.DECLINE, by, now, why=why, seen=seen)


@transaction.atomic
def withdraw(*, referral: Referral, why: str, by: Actor, now: datetime) -> Referral:
    """Take back a referral that hasn't been sent, with a reason; return it. An open approval lapses. Raises Refusal.

    Where harm isn't ruled out the agency's desk is told, as of a decision not to refer: it doesn't end in silence. Of
    an assessment whose referral has gone it isn't: that was referred.
    """
    row, _facts = locked(referral, by, now)
    approval = latest_approval(row)
    tell_desk = not gone_as_referral(row) and not harm_ruled_out(row, now=now)
    withdrawn = records.withdraw(referral=row, why=why, by=by, now=now)
    if tell_desk:
        tell("not_referred", desk_of_agency(row, now=now), about=row.pk, referral=row, by=by)
    if approval is not None and not approval.is_answered:
        end_wait(approval, row, by, now, because="withdrawn")
    return withdrawn


@transaction.atomic
def send_without_waiting(*, referral: Referral, by: Actor, now: datetime) -> Referral:
    """Send a referral that waits for an approval, as urgent, because it can't wait any longer; return it.

    The open approval ends with that. Its writers do it, and the desk. An early help assessment is never urgent: one
    that waits for nobody, because no front door received here, goes as it is. Raises NotYours or Refusal when `by` may
    not, when it has gone already, when no front door of its plan receives through this system, and for an assessment
    that waits for an approval: what can't wait becomes a referral.
    """
    row, facts = locked(referral, by, now)
    check_move(ReferralVerb.SEND, by, facts)
    approval = latest_approval(row)
    waits = approval is not None and not approval.is_answered
    if facts.assessment and waits:
        raise Refusal(REFER, rule="referral.send", subject_type=SUBJECT, subject_id=row.pk)
    if not facts.assessment:
        row = records.cannot_wait(referral=row, by=by, now=now)
    submission = latest_submission(row)
    assert submission is not None  # what can be sent has been submitted
    if approval is not None and waits:
        end_wait(approval, row, by, now, because="cannot_wait")
    sent = send(submission=submission, by=by, now=now)
    template = "sent_urgent" if row.urgent else "sent_routine"
    tell(template, desk_of_agency(row, now=now), about=submission.pk, referral=row, by=by)
    if row.urgent:
        tell(template, referrers_of(row), about=submission.pk, referral=row, by=by)
    return sent


def lapse_overdue(*, now: datetime) -> int:
    """Send every routine referral whose approval nobody gave within the agency's time; return how many. By the clock.

    Each in a transaction of its own, so that one that can't go stops no other: operators see it. Called twice, or by
    two at once, each is sent once.
    """
    overdue = Approval.objects.filter(
        due_at__lte=now, answer__isnull=True, referral__state=ReferralState.SUBMITTED.value
    ).values_list("pk", flat=True)
    return each_by_itself(
        list(overdue),
        lambda approval_id: lapse(approval_id=approval_id, now=now),
        kind="lapse_approval",
        reference="approval",
        by=CHASER,
    )


def chase(*, now: datetime) -> int:
    """Tell the whole desk, deputies too, or every manager asked, of approvals that have waited for half their time;
    return to how many people. What can't lapse, or couldn't go when its time was over, is chased every day until
    somebody answers, and from the second day its author is told too. Each approval stands by itself, as in
    `lapse_overdue`."""
    return each_by_itself(
        list(_waiting().values_list("pk", flat=True)),
        lambda approval_id: chase_one(approval_id=approval_id, now=now),
        kind="chase_approval",
        reference="approval",
        by=CHASER,
    )


@transaction.atomic
def lapse(*, approval_id: UUID, now: datetime) -> bool:
    """Send the referral of one approval whose time is over; False when there is nothing to do any more.

    Raises Refusal when no front door of its plan receives through this system.
    """
    approval = Approval.objects.select_related("referral").get(pk=approval_id)
    row, _facts = locked(approval.referral, CHASER, now)
    current = latest_approval(row)
    if (
        row.state != ReferralState.SUBMITTED.value
        or current is None
        or current.is_answered
        or current.pk != approval.pk
        or current.due_at is None
        or current.due_at > now
        # Silence lets it go no more.
        or taken_back(current)
    ):
        return False
    end_wait(current, row, CHASER, now, because="time")
    send(submission=current.submission, by=CHASER, now=now)
    tell("sent_without_answer", desk_of_agency(row, now=now), about=current.pk, referral=row, by=CHASER)
    tell("approval_answered", referrers_of(row), about=current.pk, referral=row, by=CHASER)
    return True


@transaction.atomic
def chase_one(*, approval_id: UUID, now: datetime) -> int:
    """Remind of one approval that has waited for half its time, or for another day; return how many people are told."""
    approval = _waiting().select_related("referral").filter(pk=approval_id).first()
    if approval is None:
        return 0
    due = goes_at(approval, now=now)
    every = (due - approval.at) / 2 if due else CHASE_AFTER
    times = (now - approval.at) // every
    if times < 1:
        return 0
    people = managers_of_agency if approval.asked == Approval.Asked.MANAGER else desk_of_agency
    to = list(people(approval.referral, now=now))
    if due is not None:
        times = 1
    elif times > 1:
        to += referrers_of(approval.referral)
    # One e-mail a time and person: the id of each time is made from its number. Where silence lets it go no more, the
    # reminder at half its time was another one.
    first = times == 1 and due == approval.due_at
    about = approval.pk if first else uuid5(approval.pk, str(times))
    return tell("approval_waiting", to, about=about, referral=approval.referral, by=CHASER)


def end_wait(approval: Approval, row: Referral, by: Actor, now: datetime, *, because: str) -> None:
    """End an approval without an answer, in the caller's transaction, which knows what becomes of the referral.

    `because` is a code, for the audit.
    """
    _write(approval, lifecycle.State.LAPSED, by, now, "")
    note("approval.lapse", row, by, {"because": because})


def _waiting() -> QuerySet[Approval]:
    return Approval.objects.filter(beside=False, answer__isnull=True, referral__state=ReferralState.SUBMITTED.value)


def _answer(referral: Referral, verb: Verb, by: Actor, now: datetime, *, why: str, seen: UUID | None) -> ApprovalAnswer:
    row, facts = locked(referral, by, now)
    check_read(by, facts)
    approval = latest_approval(row)
    if approval is None:
        raise Refusal(
            "Nobody was asked to approve it.",
            rule=f"approval.{verb.value}",
            subject_type=SUBJECT,
            subject_id=row.pk,
        )
    transition = check_answer_approval(verb, by, approval_facts(approval, facts))
    if seen is not None and seen != approval.pk:
        raise Refusal(
            "It has changed since you opened it. Open it again and read what it says now.",
            rule=f"approval.{verb.value}",
            subject_type=SUBJECT,
            subject_id=row.pk,
        )
    reason = clean_text(why)
    weighed = reason_wanted(approval)
    check_why(transition, reason, asks=weighed)
    answer = _write(approval, transition.target, by, now, reason, weighed=weighed and agreement_lacks(approval))
    note(f"approval.{verb.value}", row, by, {"number": approval.submission.number, "beside": approval.beside})
    weighs = verb is not Verb.RETURN and (weighed or needs_reason(approval.because))
    prepared = _record_weighed(row, answer, by, now) if weighs else None
    if not approval.beside and verb is Verb.APPROVE:
        send(submission=approval.submission, by=by, now=now, prepared=prepared)
    elif not approval.beside:
        records.move(referral=row, verb=ReferralVerb.RETURN, by=by, now=now, why=reason)
    tell("approval_answered", referrers_of(row), about=answer.pk, referral=row, by=by)
    return answer


def _record_weighed(row: Referral, answer: ApprovalAnswer, by: Actor, now: datetime) -> Prepared:
    """Record what the decision to share comes to with an answer that was more than a look: a new row, with the reason
    of whoever weighed it."""
    prepared = prepare(referral=row, now=now)
    decided = {child.id: child.sharing for child in prepared.children}
    record_sharing(referral=row, decided=decided, by=by, now=now, because=Because.WEIGHED, note=answer.why)
    return prepared


def _write(
    approval: Approval, state: lifecycle.State, by: Actor, now: datetime, why: str, *, weighed: bool = False
) -> ApprovalAnswer:
    return ApprovalAnswer.objects.create(
        approval=approval, answer=state.value, why=why, weighed=weighed, **said(by, now)
    )
