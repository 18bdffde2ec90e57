"""Questions of a front door to the referrer, and their answers. Clocks run on meanwhile."""

from datetime import datetime

from django.db import transaction

from audit.domain.actor import Actor
from audit.domain.refusal import NotYours
from consent.actions import keep_said_since, record_shared
from consent.domain.recipients import PURPOSES, Purpose
from consent.models import SaidSince, Shared
from referrals.casework.actions.common import SUBJECT, arriving, locked, note, said, words
from referrals.casework.actions.partners import back_to_triage
from referrals.casework.domain.permissions import check_answer_message
from referrals.casework.models import Message, MessageAnswer
from referrals.casework.notices import agency_of, tell
from referrals.casework.people import everybody_at, holder_or_team
from referrals.routing.actions import given_to, move
from referrals.routing.domain.lifecycle import Verb
from referrals.routing.models import Intake
from referrals.routing.selectors import heirs_of


@transaction.atomic
def request_information(*, intake: Intake, text: str, by: Actor, now: datetime) -> Message:
    """Ask the referrer something; return the message. The intake awaits information from then on.

    Raises NotYours or Refusal unless `by` holds the intake or decides there, it is in triage, and something is asked.
    """
    row, _facts = locked(intake.referral, by, now)
    moved = move(intake=intake, verb=Verb.ASK, by=by, now=now)
    message = Message.objects.create(
        intake=moved,
        text=words(text, rule="message.ask", referral=row, what="Write what you need to know."),
        **said(by, now),
    )
    note("message.ask", row, by, {"intake": moved.pk})
    tell("information_asked", agency_of(row, now=now), about=message.pk, referral=row, by=by)
    return message


@transaction.atomic
def answer_information(*, message: Message, text: str, by: Actor, now: datetime) -> MessageAnswer:
    """Answer a question of the front door; return the answer. The intake goes back into triage, unless a partner still
    has to answer.

    What is answered after the decision is kept all the same. Raises NotYours or Refusal unless `by` speaks for the
    referring agency, nobody has answered, and something is written.
    """
    row, facts = locked(message.intake.referral, by, now)
    now = arriving(row, now)
    current = Message.objects.select_related("intake", "intake__claimed_by").filter(pk=message.pk).first()
    if current is None:
        raise NotYours(rule="message.answer", subject_type=SUBJECT, subject_id=row.pk)
    answered = MessageAnswer.objects.filter(message=current).exists()
    check_answer_message(by, facts, answered=answered)
    answer = MessageAnswer.objects.create(
        message=current,
        text=words(text, rule="message.answer", referral=row, what="Write your answer."),
        **said(by, now),
    )
    keep_said_since(referral=row, where=SaidSince.Where.ANSWER, by=by, now=now)
    note("message.answer", row, by, {"intake": current.intake_id})
    # Whoever has it now: it may have been handed over since it was asked, and siblings may have parted.
    heirs = heirs_of(current.intake, since=current.at)
    given_now = {given.pk: given for heir in heirs if (given := given_to(intake=heir, now=now))}
    for given in given_now.values():
        record_shared(
            referral=row,
            document=Shared.Document.ANSWER,
            title="Answer to a question",
            recipient=given.recipient,
            purpose=PURPOSES[Purpose(given.purpose)],
            what=("What was asked for",),
            disclosure=given,
            by=by,
            now=now,
        )
    back_to_triage(current.intake, now)
    # What is urgent doesn't wait for whoever asked to be back on duty.
    people = {
        person.pk: person
        for heir in heirs
        for person in (everybody_at(heir, now=now) if heir.urgent else holder_or_team(heir, now=now))
    }
    tell("information_given", people.values(), about=answer.pk, referral=row, by=by)
    return answer
