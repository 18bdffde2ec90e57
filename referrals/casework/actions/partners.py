"""Asking partner agencies, outside this system, for what they know, and what came back. Clocks run on meanwhile."""

from datetime import datetime, timedelta

from django.db import transaction

from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from consent.actions import keep_said_since
from consent.models import SaidSince
from referrals.casework.actions.common import SUBJECT, arriving, locked, note, said, words
from referrals.casework.domain.partners import RULE, Basis, Partner, check_authorises, check_due
from referrals.casework.models import Message, PartnerRequest, PartnerReturn
from referrals.casework.selectors.partners import partner_deadline, requests_of
from referrals.record.models import Referral
from referrals.routing.actions import move, start_clock, stop_clock
from referrals.routing.domain.lifecycle import WITH_ANOTHER, Standing, State, Verb, who_reads
from referrals.routing.domain.permissions import IntakeFacts, check_act, check_open, standing
from referrals.routing.models import Intake
from referrals.routing.selectors import facts_for

CASEWORK = Actor.system("casework")
PRESSED_TWICE = timedelta(seconds=30)
"""Within which the very same words come from a button pressed twice. Later, they are asked again."""
_ASKERS = frozenset({Standing.HOLDER, Standing.DECIDER})


@transaction.atomic
def ask_partner(
    *,
    intake: Intake,
    partner: Partner,
    who: str,
    asked: str,
    why: str,
    basis: Basis,
    due_at: datetime,
    by: Actor,
    now: datetime,
) -> PartnerRequest:
    """Record what a partner agency was asked, by when; return the row. The intake awaits information from then on, and
    a clock of its own runs until they answer. Several can be asked at once; a button pressed twice asks once.

    Raises NotYours or Refusal unless `by` holds the intake or decides there, it is being worked on, everything is said,
    the time hasn't passed, and, for what the family must not know of, `by` decides there.
    """
    row, _facts = locked(intake.referral, by, now)
    now = arriving(row, now)
    current = fresh(intake, by, now)
    facts = facts_for(current, by, now=now)
    check_ask_partner(current, by, facts)
    check_authorises(basis, decides=Standing.DECIDER in standing(by, facts))
    check_due(due_at, now=now)
    given = {
        "partner": partner.value,
        "who": words(who, rule="partner.ask", referral=row, what="Say whom you asked.")[:200],
        "asked": words(asked, rule="partner.ask", referral=row, what="Say what you asked for."),
        "why": words(why, rule="partner.ask", referral=row, what="Say why you need it."),
        "basis": basis.value,
        "due_at": due_at,
    }
    sent_before = PartnerRequest.objects.filter(intake=current, by_id=by.person_id, at__gt=now - PRESSED_TWICE, **given)
    again = sent_before.first()
    if again is not None:
        return again
    request = PartnerRequest.objects.create(intake=current, **given, **said(by, now))
    if current.state == State.IN_TRIAGE.value:
        move(intake=current, verb=Verb.ASK, by=by, now=now)
    _run(request, current, by, now)
    if basis is Basis.UNTOLD:
        keep_said_since(referral=row, where=SaidSince.Where.PARTNER, by=by, now=now)
    note("partner.ask", row, by, {"intake": current.pk, "partner": partner.value, "basis": basis.value})
    return request


@transaction.atomic
def partner_answered(
    *, request: PartnerRequest, intake: Intake, given: bool, text: str, by: Actor, now: datetime
) -> PartnerReturn:
    """Record what a partner gave back, or that it gave nothing and why; return the row. `intake` is where it is typed
    in: of the front door that asked, or of one that has it from there. Without anything else to wait for, it goes back
    into triage.

    Raises NotYours or Refusal for who doesn't belong to that front door, when another one has it, when it has been
    answered, and when nothing is said.
    """
    row, _facts = locked(intake.referral, by, now)
    now = arriving(row, now)
    current = fresh(intake, by, now)
    found = requests_of(current).filter(pk=request.pk).first()
    if found is None:
        raise NotYours(rule="partner.answer", subject_type="intake", subject_id=current.pk)
    if State(current.state) in WITH_ANOTHER:
        raise _refused(row, "Another front door has it.", rule="partner.answer")
    if PartnerReturn.objects.filter(request=found).exists():
        raise _refused(row, "It has been answered already.", rule="partner.answer")
    answer = PartnerReturn.objects.create(
        request=found,
        given=given,
        text=words(text, rule="partner.answer", referral=row, what="Say what they gave, or why they gave nothing."),
        **said(by, now),
    )
    stop_clock(about=found.pk, by=by, now=now)
    keep_said_since(referral=row, where=SaidSince.Where.PARTNER, by=by, now=now)
    note("partner.answer", row, by, {"intake": current.pk, "partner": found.partner, "given": given})
    back_to_triage(current, now)
    return answer


def check_ask_partner(intake: Intake, by: Actor, facts: IntakeFacts) -> None:
    """Raise NotYours or Refusal unless the actor, who holds it or decides there, may ask partners: while it is worked
    on, whether or not it waits for something else already."""
    check_open(by, facts)
    if intake.state != State.AWAITING_INFORMATION.value:
        check_act(Verb.ASK, by, facts)
    elif standing(by, facts).isdisjoint(_ASKERS):
        raise Refusal(f"Only {who_reads(_ASKERS)} can do this.", rule=RULE, subject_type="intake", subject_id=intake.pk)


def back_to_triage(intake: Intake, now: datetime) -> None:
    """End the waiting of an intake that waits for nothing any more: neither the referrer nor a partner. In the caller's
    transaction."""
    if intake.state != State.AWAITING_INFORMATION.value:
        return
    asked = Message.objects.filter(intake=intake, answer__isnull=True)
    if not asked.exists() and not requests_of(intake).filter(answer__isnull=True).exists():
        move(intake=intake, verb=Verb.ANSWER, by=CASEWORK, now=now)


def follow_partners(intake: Intake, *, by: Actor, now: datetime) -> None:
    """Let what partners still owe run on at the front door that has accepted an intake; in the caller's transaction."""
    for request in requests_of(intake).filter(answer__isnull=True):
        _run(request, intake, by, now)


def _run(request: PartnerRequest, intake: Intake, by: Actor, now: datetime) -> None:
    start_clock(
        deadline=partner_deadline(request), due_at=request.due_at, intake=intake, about=request.pk, by=by, now=now
    )


def fresh(intake: Intake, by: Actor, now: datetime) -> Intake:
    """Return the intake of the actor's own front door as it is now, locked. Raises NotYours for any other."""
    row = (
        Intake.objects.select_for_update(of=("self",))
        .select_related("referral", "team", "offer")
        .filter(pk=intake.pk)
        .first()
    )
    if row is None:
        raise NotYours(rule="intake.read", subject_type="intake", subject_id=intake.pk)
    check_open(by, facts_for(row, by, now=now))
    return row


def _refused(row: Referral, reason: str, *, rule: str = "partner.ask") -> Refusal:
    return Refusal(reason, rule=rule, subject_type=SUBJECT, subject_id=row.pk)
