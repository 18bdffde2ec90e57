"""Keeping a referral from whom it is about: the agency's whole desk, or a person, also long after it was sent.

What waited for whoever is kept out goes on without them: it must neither be seen by them nor lie where nobody works.
"""

from datetime import datetime

from django.db import transaction

from accounts.models import Person
from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from referrals.casework.actions.approving import end_wait
from referrals.casework.actions.common import SUBJECT, check_has_it, locked, note, words
from referrals.casework.actions.sending import send
from referrals.casework.notices import referrers_of, tell
from referrals.casework.offers import take_back
from referrals.casework.people import answerers_of, holder_or_team, left_at
from referrals.casework.preparing import prepare
from referrals.casework.selectors.approvals import latest_approval
from referrals.record import actions as records
from referrals.record.domain.lifecycle import State as ReferralState
from referrals.record.domain.lifecycle import Verb as ReferralVerb
from referrals.record.domain.permissions import check_close_to_desk, check_shut_out
from referrals.record.models import AccessChange, Referral
from referrals.routing.actions import release
from referrals.routing.domain.lifecycle import OPEN, WORKED
from referrals.routing.domain.lifecycle import State as IntakeState
from referrals.routing.models import Intake

CASEWORK = Actor.system("casework")


@transaction.atomic
def close_to_desk(*, referral: Referral, why: str, by: Actor, now: datetime) -> Referral:
    """Say, after it was submitted, that the agency's desk must not see it; return the referral as it is then.

    An approval that waits there ends, and what waited for it is sent without the desk. What can't go without being
    weighed is its author's again, to say why it goes. Where no front door of its plan receives here now, it stays
    with its writers, who can send it when one does.
    Raises NotYours or Refusal unless `by` writes it or belongs to a front door that has it, and without a reason.
    """
    row, facts = locked(referral, by, now)
    check_close_to_desk(by, facts)
    check_has_it(row, facts, by, now, rule="referral.close_to_desk")
    reason = words(why, rule="referral.close_to_desk", referral=row, what="Say why: the front door reads it.")
    said = records.close_to_desk(referral=row, why=reason, by=by, now=now)
    if said is None:
        return row
    row.refresh_from_db()
    _go_on_without_answer(row, by, now, because="closed_to_desk")
    _tell_who_works_on_it(row, said, by=by, now=now)
    row.refresh_from_db()
    return row


@transaction.atomic
def shut_out(*, referral: Referral, person: Person, why: str, by: Actor, now: datetime) -> Referral:
    """Keep somebody whom it is about from ever seeing it; return the referral as it is then.

    What they had claimed is in the queue again; an offer that nobody else there could accept and decide on is taken
    back; an approval that nobody else can give ends, and the referral goes on.
    Raises NotYours or Refusal unless `by` writes it or belongs to a front door that has it, without a reason, for its
    author or `by`, and where a front door that has it would be left without anybody who decides.
    """
    row, facts = locked(referral, by, now)
    check_shut_out(by, facts)
    reason = words(why, rule="referral.shut_out", referral=row, what="Say why they must not see it.")
    # Held until the end: whoever reaches for one at this moment waits, and is asked again whether they may see it.
    open_ones = Intake.objects.select_for_update(of=("self",)).filter(
        referral=row, state__in=sorted(state.value for state in OPEN)
    )
    intakes = list(open_ones.select_related("referral", "offer").order_by("pk"))
    # Of what is only offered another front door is the owner: the offer can go, and nobody has to be rung for that.
    going = [one for one in intakes if _is_offer(one) and not left_at(one, without=person, now=now)]
    for intake in intakes:
        if intake not in going and not left_at(intake, without=person, now=now):
            raise Refusal(
                f"Nobody else at {intake.door_name} could decide on it, so nobody was kept out: it would lie "
                f"there with nobody to work on it. Ring {intake.door_name} now and ask for somebody else to take it.",
                rule="referral.shut_out",
                subject_type=SUBJECT,
                subject_id=row.pk,
            )
    said = records.exclude_person(referral=row, person=person, why=reason, by=by, now=now)
    if said is None:
        return row
    for intake in going:
        assert intake.offer is not None
        take_back(intake.offer, row, why="", by=CASEWORK, now=now)
    for intake in intakes:
        if intake.claimed_by_id == person.pk and intake.state in {state.value for state in WORKED}:
            release(intake=intake, by=CASEWORK, now=now)
    approval = latest_approval(row)
    if approval is not None and not answerers_of(approval, now=now).exists():
        _go_on_without_answer(row, by, now, because="nobody_left")
    if intakes:
        _tell_who_works_on_it(row, said, by=by, now=now)
    row.refresh_from_db()
    return row


@transaction.atomic
def readmit(*, referral: Referral, person: Person, why: str, by: Actor, now: datetime) -> bool:
    """Let somebody see it again who was shut out; return whether they were. Its writers and the front doors that work
    on it are told: nobody unsays it in silence.

    Raises NotYours or Refusal unless `by` is of the side that kept them out, and without a reason.
    """
    row, facts = locked(referral, by, now)
    check_has_it(row, facts, by, now, rule="referral.readmit")
    reason = words(why, rule="referral.readmit", referral=row, what="Say why they may see it again.")
    said = records.readmit_person(referral=row, person=person, why=reason, by=by, now=now)
    if said is not None and row.state != ReferralState.DRAFT.value:
        _tell_who_works_on_it(row, said, by=by, now=now)
    return said is not None


def _is_offer(intake: Intake) -> bool:
    """Whether another front door offers it, and nobody has answered."""
    return intake.offer_id is not None and intake.state in {IntakeState.DUE.value, IntakeState.OFFERED.value}


def _go_on_without_answer(row: Referral, by: Actor, now: datetime, *, because: str) -> None:
    approval = latest_approval(row)
    if approval is None or approval.is_answered:
        return
    end_wait(approval, row, by, now, because=because)
    if row.state != ReferralState.SUBMITTED.value:
        return
    prepared = prepare(referral=row, now=now)
    if prepared.stops:
        # Nobody weighs it now: a routine one that the family refused needs its author's own reason first.
        why = "Nobody at your agency can look at it. " + " ".join(prepared.stops)
        records.move(referral=row, verb=ReferralVerb.RETURN, by=CASEWORK, now=now, why=why)
        return
    try:
        with transaction.atomic():
            send(submission=approval.submission, by=by, now=now, prepared=prepared)
    except Refusal as refusal:
        # Who must not see it stays kept out, whatever becomes of the sending.
        note("referral.not_sent", row, by, {"rule": refusal.rule})


def _tell_who_works_on_it(row: Referral, said: AccessChange, *, by: Actor, now: datetime) -> None:
    """The front doors' people who have it, and its writers. Nobody who was kept out is among them."""
    about = f"access-{said.pk}"
    states = sorted(state.value for state in OPEN)
    arrived = Intake.objects.filter(referral=row, state__in=states, received_at__isnull=False)
    writers = referrers_of(row)
    tell("added_to", writers, about=about, referral=row, by=by)
    people = {person.pk: person for intake in arrived for person in holder_or_team(intake, now=now)}
    here = [person for key, person in people.items() if key not in {one.pk for one in writers}]
    tell("added_to_here", here, about=about, referral=row, by=by)
