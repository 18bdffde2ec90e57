"""What is said about sharing once it was submitted, so that whoever has to hear of it does: agreement that changes, who
was told, and whether the family may be."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.clock import day_of
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from consent import actions as consent
from consent.actions import Because, Saying
from consent.domain.afterwards import DutyState
from consent.domain.facts import Relation
from consent.models import AgreementChange, TellingRuling, Told
from consent.selectors import telling_now, telling_of
from referrals.casework.actions.common import SUBJECT, arriving, check_has_it, check_has_read, locked
from referrals.casework.notices import agency_of, tell
from referrals.casework.people import everybody_at, holder_or_team
from referrals.casework.preparing import prepare
from referrals.record.models import Referral
from referrals.routing.domain.lifecycle import OPEN, WITH_ANOTHER, Standing
from referrals.routing.domain.permissions import standing
from referrals.routing.models import Intake
from referrals.routing.selectors import facts_for
from thresholds.selectors import NoPackError, current_pack


@transaction.atomic
def say_agreement(*, referral: Referral, person_id: UUID, saying: Saying, by: Actor, now: datetime) -> AgreementChange:
    """Record what somebody says about agreement now, with the decision that it comes to; return what was said.

    What was sent stays sent: it didn't rest on agreement. The front doors and the agency hear of it, and what waits at
    the desk isn't let go by the clock any more. Refusals are consent's.
    """
    row, facts = locked(referral, by, now)
    now = arriving(row, now)
    check_has_it(row, facts, by, now, rule="sharing.agreement")
    change = consent.say_agreement(referral=row, person_id=person_id, saying=saying, by=by, now=now)
    decided = {child.id: child.sharing for child in prepare(referral=row, now=now).children}
    consent.record_sharing(
        referral=row, decided=decided, by=by, now=now, because=Because.AGREEMENT_CHANGED, note=change.words
    )
    _tell_front_doors("agreement_changed", row, change.pk, by, now)
    tell("agreement_changed", agency_of(row, now=now), about=change.pk, referral=row, by=by)
    return change


@transaction.atomic
def record_told(
    *, referral: Referral, about: str, told_on: date, told_by: str, words: str, by: Actor, now: datetime
) -> Told:
    """Record that somebody was told; return the row. Where they should not have been, by the guard or since it is held
    back otherwise, the front doors hear at once. Refusals are consent's."""
    row, facts = locked(referral, by, now)
    check_has_it(row, facts, by, now, rule="sharing.told")
    forbidden = {
        duty.about
        for duty in telling_now(row).duties
        if duty.state is DutyState.DO_NOT_TELL and duty.relation is not Relation.CHILD
    }
    told = consent.record_told(referral=row, about=about, told_on=told_on, told_by=told_by, words=words, by=by, now=now)
    now_known = {duty.about for duty in telling_of(row).duties if duty.state is DutyState.TOLD_ALTHOUGH}
    if about in forbidden | now_known:
        _tell_front_doors("told_although", row, told.pk, by, now, everybody=True)
        tell("told_although", agency_of(row, now=now), about=told.pk, referral=row, by=by)
    return told


@transaction.atomic
def rule_on_telling(*, intake: Intake, may_tell: bool, why: str, by: Actor, now: datetime) -> TellingRuling:
    """Say for the front door of this intake whether the family may be told; return the row. The referrer and the
    other front doors hear of it. A yes lifts the guard where the area's main door says it, or where none has it.

    Raises NotYours or Refusal unless `by` decides there, and where another front door has it: only offered, handed
    over, or not taken on; and for a yes where they never opened the page of it, or something came in that they haven't
    read: a yes frees what came before it. More refusals are consent's.
    """
    row, _facts = locked(intake.referral, by, now)
    current = Intake.objects.select_related("team").filter(pk=intake.pk, referral=row).first()
    stands = standing(by, facts_for(current, by, now=now)) if current else frozenset()
    if current is None or not stands:
        raise NotYours(rule="sharing.telling", subject_type=SUBJECT, subject_id=row.pk)
    if Standing.DECIDER not in stands:
        raise Refusal(
            "Only a registered social worker or the manager of the front door can do this.",
            rule="sharing.telling",
            subject_type=SUBJECT,
            subject_id=row.pk,
        )
    if current.state in {state.value for state in WITH_ANOTHER}:
        raise Refusal(
            "Another front door has it, and says this.",
            rule="sharing.telling",
            subject_type=SUBJECT,
            subject_id=row.pk,
        )
    if may_tell:
        check_has_read([current], row, by, rule="sharing.telling", telling=True)
    ruling = consent.rule_on_telling(
        referral=row, team=current.team, may_tell=may_tell, lifts=_protects(current, now), why=why, by=by, now=now
    )
    _tell_front_doors("telling_ruled", row, ruling.pk, by, now)
    tell("telling_ruled", agency_of(row, now=now), about=ruling.pk, referral=row, by=by)
    return ruling


def _protects(intake: Intake, now: datetime) -> bool:
    """Whether it lies with this front door that the child is safe when the family hears of it: it is its area's main
    door, or none has it. An allegation's officer, say, doesn't speak for the children's front door."""
    if _is_main(intake, now):
        return True
    rows = Intake.objects.filter(referral=intake.referral_id).exclude(pk=intake.pk)
    others = rows.exclude(state__in=sorted(state.value for state in WITH_ANOTHER))
    return not any(_is_main(one, now) for one in others)


def _is_main(intake: Intake, now: datetime) -> bool:
    try:
        return current_pack(intake.area, day_of(now)).pack.main_door == intake.front_door
    except NoPackError:
        return False


def _tell_front_doors(
    template: str, row: Referral, about: UUID, by: Actor, now: datetime, *, everybody: bool = False
) -> None:
    """Whoever holds each open intake that has arrived, or its team; the whole team where it is `everybody`'s to know.
    What hasn't arrived is read whole on arrival."""
    at = everybody_at if everybody else holder_or_team
    intakes = Intake.objects.filter(
        referral=row, state__in=sorted(state.value for state in OPEN), received_at__isnull=False
    )
    people = {person.pk: person for intake in intakes for person in at(intake, now=now)}
    tell(f"{template}_door", people.values(), about=about, referral=row, by=by)
