"""Taking back what was sent: the referrer asks, with reasons, and the front door decides."""

from datetime import datetime

from django.db import transaction

from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from consent.actions import keep_said_since
from consent.models import SaidSince
from referrals.casework.actions.common import SUBJECT, arriving, check_has_read, locked, note, said, words
from referrals.casework.domain.permissions import check_answer_withdrawal, check_decide_for
from referrals.casework.models import WithdrawalAnswer, WithdrawalRequest
from referrals.casework.notices import agency_of, tell
from referrals.casework.offers import end_offers
from referrals.casework.people import holder_or_team
from referrals.record import actions as records
from referrals.record.domain.lifecycle import Relationship
from referrals.record.domain.lifecycle import Verb as ReferralVerb
from referrals.record.domain.permissions import RecordFacts, can_read, check_ask_withdrawal, relationships
from referrals.record.models import Referral
from referrals.routing.actions import move, stop_clocks
from referrals.routing.domain.lifecycle import Standing, Verb
from referrals.routing.domain.permissions import standing
from referrals.routing.domain.transfer import outside_words
from referrals.routing.happenings import Happening, announce
from referrals.routing.selectors import facts_for, handed_outside, owned

CASEWORK = Actor.system("casework")


@transaction.atomic
def withdraw_request(*, referral: Referral, why: str, by: Actor, now: datetime) -> WithdrawalRequest:
    """Ask the front door to let a sent referral be withdrawn; return the request. Until it says yes, nothing changes.

    Raises NotYours or Refusal unless `by` speaks for the referring agency and it is with a front door, while a request
    waits, where nobody has it who could be asked here, and without a reason.
    """
    row, facts = locked(referral, by, now)
    now = arriving(row, now)
    check_ask_withdrawal(by, facts)
    check_here(row)
    if WithdrawalRequest.objects.filter(referral=row, answer__isnull=True).exists():
        raise Refusal(
            "The front door has been asked already.",
            rule="withdrawal.ask",
            subject_type=SUBJECT,
            subject_id=row.pk,
        )
    request = WithdrawalRequest.objects.create(
        referral=row,
        number=WithdrawalRequest.objects.filter(referral=row).count() + 1,
        why=words(why, rule="withdrawal.ask", referral=row, what="Say why: the front door decides on it."),
        **said(by, now),
    )
    keep_said_since(referral=row, where=SaidSince.Where.WITHDRAWAL, by=by, now=now)
    note("withdrawal.ask", row, by, {"number": request.number})
    for intake in owned(row):
        people = holder_or_team(intake, now=now)
        tell("withdrawal_asked", people, about=request.pk, referral=row, by=by)
    return request


def check_here(referral: Referral) -> None:
    """Raise Refusal where only a front door outside this system has it: nobody here can let it go."""
    words_for = outside_words(one.door_name for one in handed_outside(referral))
    if words_for:
        raise Refusal(words_for, rule="withdrawal.ask", subject_type=SUBJECT, subject_id=referral.pk)


@transaction.atomic
def answer_withdrawal(
    *, request: WithdrawalRequest, accept: bool, reasons: str, by: Actor, now: datetime
) -> WithdrawalAnswer:
    """Answer a request to withdraw; return the answer. Accepted, the referral is withdrawn and its intakes end.

    Raises NotYours or Refusal unless `by` decides at a front door that holds it, the request waits, and reasons are
    given; where only other front doors have it any more; and for a yes while another front door holds it too, where
    something came in that they haven't read, or it has been decided: that stands.
    """
    row, facts = locked(request.referral, by, now)
    current = WithdrawalRequest.objects.filter(pk=request.pk, referral=row).first()
    if current is None:
        raise NotYours(rule="withdrawal.answer", subject_type=SUBJECT, subject_id=row.pk)
    _check_decider(by, facts)
    check_decide_for(by, facts)
    intakes = list(owned(row))
    # Nobody stands in any way to what has not arrived.
    theirs = [intake for intake in intakes if Standing.DECIDER in standing(by, facts_for(intake, by, now=now))]
    holds_all = len(theirs) == len(intakes)
    answered = WithdrawalAnswer.objects.filter(request=current).exists()
    check_answer_withdrawal(facts, answered=answered, holds_all=holds_all or not accept)
    if not theirs:
        raise Refusal(
            "Another front door has it, and answers this.",
            rule="withdrawal.answer",
            subject_type=SUBJECT,
            subject_id=row.pk,
        )
    if accept:
        check_has_read(theirs, row, by, rule="withdrawal.answer")
    answer = WithdrawalAnswer.objects.create(
        request=current,
        accepted=accept,
        reasons=words(reasons, rule="withdrawal.answer", referral=row, what="Say why: the referrer reads it."),
        **said(by, now),
    )
    note("withdrawal.answer", row, by, {"number": current.number, "accepted": accept})
    if accept:
        for intake in intakes:
            end_offers(intake, row, why="It was withdrawn.", now=now)
            ended = move(intake=intake, verb=Verb.END, by=by, now=now, why=answer.reasons)
            announce(Happening.WITHDRAWN, ended, now=now)
            running = set(intake.clocks.filter(stopped_at__isnull=True).values_list("deadline", flat=True))
            stop_clocks(referral=row, intake=intake, deadlines=running, by=by, now=now)
        records.move(referral=row, verb=ReferralVerb.ACCEPT_WITHDRAWAL, by=by, now=now, why=answer.reasons)
    tell("withdrawal_answered", agency_of(row, now=now), about=answer.pk, referral=row, by=by)
    return answer


def answer_for_outside(referral: Referral, *, now: datetime) -> WithdrawalAnswer | None:
    """Answer a request to withdraw that waits where only a front door outside this system has the referral any more:
    nobody here can let it go, and the writers are told whom to ring. In the caller's transaction, which has locked the
    referral; None where none waits, or a front door here still has it."""
    waiting = WithdrawalRequest.objects.filter(referral=referral, answer__isnull=True).first()
    outside = outside_words(one.door_name for one in handed_outside(referral))
    if waiting is None or not outside:
        return None
    answer = WithdrawalAnswer.objects.create(
        request=waiting,
        accepted=False,
        reasons=f"Nobody here can let it go any more. {outside} Ask them whether it can be withdrawn.",
        **said(CASEWORK, now),
    )
    note("withdrawal.answer", referral, CASEWORK, {"number": waiting.number, "accepted": False})
    tell("withdrawal_answered", agency_of(referral, now=now), about=answer.pk, referral=referral, by=CASEWORK)
    return answer


def _check_decider(by: Actor, facts: RecordFacts) -> None:
    rule = "withdrawal.answer"
    if not can_read(by, facts):
        raise NotYours(rule=rule, subject_type=SUBJECT, subject_id=facts.referral_id)
    if Relationship.DECIDER not in relationships(by, facts):
        raise Refusal(
            "Only a registered social worker or the manager of the front door can do this.",
            rule=rule,
            subject_type=SUBJECT,
            subject_id=facts.referral_id,
        )
