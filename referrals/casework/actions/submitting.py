"""Submitting a draft: frozen, with the decision to share, and sent or put to the desk, all in one transaction."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from consent.actions import record_sharing
from referrals.casework.actions.common import SUBJECT, locked, note, said
from referrals.casework.actions.sending import send
from referrals.casework.domain.approval import Asked, Wanted
from referrals.casework.models import Approval, SubmitToken
from referrals.casework.notices import tell
from referrals.casework.people import desk_of_agency, managers_of_agency, policy_of
from referrals.casework.preparing import Prepared, prepare
from referrals.casework.selectors.approvals import latest_approval
from referrals.documents.actions import promise_copy
from referrals.record import actions as records
from referrals.record.domain.lifecycle import State, Verb
from referrals.record.domain.permissions import RecordFacts, check_move, check_read, check_submit
from referrals.record.models import Referral, Submission


@transaction.atomic
def submit(*, referral: Referral, by: Actor, now: datetime, token: UUID, reach_it_myself: bool = False) -> Submission:
    """Submit a draft and return the submission. `token` is that of the button: the same one again, by the same person,
    gives the same submission back and does nothing.

    `reach_it_myself`: where no front door of its plan receives through this system, it is frozen and copied all the
    same, and stays with its writers, who reach one by phone; then nothing is asked or sent.

    What is urgent is sent with it, whatever is missing, contradicts itself or wasn't agreed to. A routine one is sent
    too, unless the agency's policy or the area's document asks for an approval first. Raises Refusal when `by` may not
    submit it, when a routine referral can't be shared as it stands, or when no front door of its plan receives through
    this system and nobody has said that they reach one, with the reason.
    """
    row, facts = locked(referral, by, now)
    earlier = SubmitToken.objects.select_related("submission").filter(token=token).first()
    if earlier is not None:
        check_read(by, facts)
        if earlier.by_id != by.person_id or earlier.submission.referral_id != row.pk:
            raise NotYours(rule="referral.submit", subject_type=SUBJECT, subject_id=row.pk)
        return earlier.submission
    check_submit(by, facts)
    prepared = prepare(referral=row, now=now)
    if prepared.stops:
        raise Refusal(" ".join(prepared.stops), rule="referral.submit", subject_type=SUBJECT, subject_id=row.pk)
    if not (reach_it_myself or prepared.reaches_somebody):
        raise Refusal(
            "None of these front doors receives referrals through this system yet. Ring them.",
            rule="referral.submit",
            subject_type=SUBJECT,
            subject_id=row.pk,
        )
    submission = records.freeze_submission(
        referral=row,
        check={child.id: child.check_as_data() for child in prepared.children},
        sharing={child.id: child.sharing.to_dict() for child in prepared.children},
        plan=prepared.plan.to_dict(),
        urgent_because=prepared.because,
        by=by,
        now=now,
        facts=facts,
    )
    # The row is held until the end, and so is what the rules asked about it: only its state has changed.
    facts = replace(facts, state=State(row.state))
    SubmitToken.objects.create(token=token, submission=submission, by_id=submission.by_id)
    decided = {child.id: child.sharing for child in prepared.children}
    record_sharing(referral=row, decided=decided, by=by, now=now, facts=facts)
    _go_or_wait(row, facts, submission, prepared, by=by, now=now)
    return submission


@transaction.atomic
def hand_over(*, referral: Referral, how: str, by: Actor, now: datetime) -> Referral:
    """Record whom its writers reached outside this system, when and how, because no front door of its plan receives
    here; return the referral, closed with that.

    Raises NotYours or Refusal unless `by` writes it or is of the desk, it was submitted and waits for nobody, and
    without saying whom.
    """
    row, facts = locked(referral, by, now)
    check_move(Verb.HAND_OVER, by, facts)
    approval = latest_approval(row)
    if approval is not None and not approval.is_answered:
        raise Refusal(
            "It waits for an approval. If it can't wait, send it now.",
            rule="referral.hand_over",
            subject_type=SUBJECT,
            subject_id=row.pk,
        )
    return records.move(referral=row, verb=Verb.HAND_OVER, by=by, now=now, why=how)


def _go_or_wait(
    row: Referral, facts: RecordFacts, submission: Submission, prepared: Prepared, *, by: Actor, now: datetime
) -> None:
    if not prepared.reaches_somebody:
        promise_copy(submission=submission, by=by)
        tell("not_sent", desk_of_agency(row, now=now), about=submission.pk, referral=row, by=by)
        return
    wanted = prepared.approval
    if wanted is None or wanted.beside:
        send(submission=submission, by=by, now=now, prepared=prepared, facts=facts)
    if wanted is not None:
        _ask(row, submission, wanted, by, now, judged_lower=prepared.judged_lower)
    else:
        # The desk knows what its agency has sent, also where nobody asks it first.
        template = "sent_urgent" if prepared.urgent else "sent_routine"
        tell(template, desk_of_agency(row, now=now), about=submission.pk, referral=row, by=by)


def _ask(
    row: Referral, submission: Submission, wanted: Wanted, by: Actor, now: datetime, *, judged_lower: bool
) -> Approval:
    hours = policy_of(row.agency).answer_within_hours
    due_at = now + timedelta(hours=hours) if wanted.lapses and hours is not None else None
    approval = Approval.objects.create(
        submission=submission,
        referral=row,
        asked=wanted.asked.value,
        because=wanted.because,
        beside=wanted.beside,
        judged_lower=judged_lower,
        due_at=due_at,
        **said(by, now),
    )
    if wanted.asked is Asked.MANAGER:
        people = list(managers_of_agency(row, now=now))
        for person in people:
            records.ask_approver(referral=row, person=person, by=by, now=now)
        if judged_lower:
            # The managers are asked for something else: what was judged lower is the desk's to look at.
            tell("judged_lower", desk_of_agency(row, now=now), about=approval.pk, referral=row, by=by)
    else:
        # Deputies are asked when the lead hasn't answered; all of them where it has gone, or there is no lead to ask.
        leads = list(desk_of_agency(row, now=now, leads_only=not wanted.beside))
        people = leads or list(desk_of_agency(row, now=now))
    tell(_template(wanted, urgent=row.urgent), people, about=approval.pk, referral=row, by=by)
    note(
        "approval.ask",
        row,
        by,
        {
            "number": submission.number,
            "asked": wanted.asked.value,
            "because": wanted.because,
            "beside": wanted.beside,
            "judged_lower": judged_lower,
        },
    )
    return approval


def _template(wanted: Wanted, *, urgent: bool) -> str:
    if not wanted.beside:
        return "approval_asked"
    return "sent_urgent" if urgent else "judged_lower"
