"""Handing on what came to the wrong front door, and what the other one answers. Rules are `routing.domain.transfer`."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.clock import day_of
from accounts.models import FrontDoorTeam
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from consent import actions as consent
from referrals.casework.actions.common import SUBJECT, locked, note, words
from referrals.casework.actions.deciding import settle_clocks
from referrals.casework.actions.partners import follow_partners
from referrals.casework.actions.withdrawing import answer_for_outside
from referrals.casework.notices import agency_of, tell
from referrals.casework.offers import take_back
from referrals.casework.people import holder_or_team
from referrals.casework.selectors.decisions import undecided
from referrals.documents.actions import promise_part
from referrals.record.models import Referral
from referrals.routing import actions as routing
from referrals.routing.actions import OtherDoor
from referrals.routing.domain.lifecycle import WITH_ANOTHER, Verb
from referrals.routing.domain.lifecycle import State as IntakeState
from referrals.routing.domain.permissions import check_act, check_open
from referrals.routing.domain.transfer import RULE, Answer, Passing, Reason, can_go, check_hand_on
from referrals.routing.models import Intake, Transfer, TransferAnswer
from referrals.routing.selectors import children_offered, doors_shut, facts_for, waiting_offers
from thresholds.selectors import NoPackError, current_pack

CASEWORK = Actor.system("casework")


@transaction.atomic
def offer_transfer(
    *,
    intake: Intake,
    team: FrontDoorTeam,
    children: Collection[UUID],
    reason: str,
    why: str,
    by: Actor,
    now: datetime,
) -> Transfer:
    """Offer an intake, or some of its children, to another front door; return the offer. The sender stays its owner.

    The other front door gets what the rule about recipients gives it, and the writers are told. Raises NotYours or
    Refusal unless `by` holds it or decides there, for children who are decided or offered already, for a front door
    where nobody may see it, and without a reason.
    """
    row, _facts = locked(intake.referral, by, now)
    current = _fresh(intake, by, now)
    chosen = _check(current, (team.area, team.front_door), children, by, now)
    if (team.area, team.front_door) in doors_shut(row.pk, now=now):
        raise _refused(row, f"Nobody who decides at {team.name} may see it, because it is about them. Ring them.")
    transfer, given = routing.offer_to_front_door(
        intake=current,
        door=_other_door(team, now),
        children=chosen,
        reason=Reason(reason),
        why=words(why, rule=RULE, referral=row, what="Say why: the other front door and the referrer read it."),
        by=by,
        now=now,
    )
    promise_part(disclosure=given, by=by)
    note("transfer.offer", row, by, {"intake": current.pk, "area": team.area, "door": team.front_door})
    tell("transfer_offered", agency_of(row, now=now), about=transfer.pk, referral=row, by=by)
    return transfer


@transaction.atomic
def accept_transfer(*, intake: Intake, by: Actor, now: datetime) -> Intake:
    """Accept what another front door offers; return the intake, which is this front door's own from now on.

    Its clocks count from the first receipt. The writers and the front door that had it are told. Pressed twice it is
    accepted once. Raises NotYours or Refusal for who doesn't belong to this front door, and when it isn't offered any
    more or a child has been decided.
    """
    row, _facts = locked(intake.referral, by, now)
    current = _fresh(intake, by, now)
    if _accepted_by(current, by):
        return current
    check_act(Verb.ACCEPT, by, facts_for(current, by, now=now))
    transfer = _offer_of(current)
    free = {child.pk for child in undecided(transfer.intake) if child is not None}
    if not free.issuperset(transfer.children):
        raise _refused(row, f"{transfer.intake.door_name} has decided meanwhile: ring them.", rule="intake.accept")
    routing.answer_offer(transfer=transfer, answer=Answer.ACCEPTED, why="", by=by, now=now, there=current)
    _let_go(transfer, row, by, now)
    _tell_answer(transfer, row, by, now)
    current.refresh_from_db()
    follow_partners(current, by=by, now=now)
    return current


@transaction.atomic
def refuse_transfer(*, intake: Intake, why: str, by: Actor, now: datetime) -> TransferAnswer:
    """Refuse what another front door offers, with the reason; return the answer. It stays with the sender, who is told.

    Raises NotYours or Refusal unless `by` decides at this front door and says why, and when it isn't offered any more.
    """
    row, _facts = locked(intake.referral, by, now)
    current = _fresh(intake, by, now)
    check_act(Verb.REFUSE, by, facts_for(current, by, now=now))
    transfer = _offer_of(current)
    reason = words(why, rule="intake.refuse", referral=row, what="Say why: the front door that offers it reads it.")
    answer = routing.answer_offer(transfer=transfer, answer=Answer.REFUSED, why=reason, by=by, now=now, there=current)
    note("transfer.refuse", row, by, {"intake": transfer.intake_id})
    _tell_answer(transfer, row, by, now)
    return answer


@transaction.atomic
def take_back_transfer(*, transfer: Transfer, by: Actor, now: datetime) -> TransferAnswer:
    """Take an offer back that nobody has answered; return the row. Raises NotYours or Refusal unless `by` holds the
    intake or decides there, and when it has been answered."""
    row, _facts = locked(transfer.intake.referral, by, now)
    source = _fresh(transfer.intake, by, now)
    if source.pk != transfer.intake_id or TransferAnswer.objects.filter(transfer=transfer).exists():
        raise _refused(row, "It has been answered already.", rule="intake.take_back")
    check_act(Verb.TAKE_BACK, by, facts_for(source, by, now=now))
    return take_back(transfer, row, why="", by=by, now=now)


@transaction.atomic
def hand_on_by_phone(
    *,
    intake: Intake,
    door_name: str,
    children: Collection[UUID],
    reason: str,
    why: str,
    spoke_to: str,
    taken: bool,
    said: str,
    by: Actor,
    now: datetime,
) -> Transfer:
    """Record that it was handed on by phone to a front door that doesn't receive here; return the row.

    `taken`: somebody there said that they take it on, and with that they own it. Otherwise it stays here, with what
    they `said`. The writers are told either way. Refusals are those of `offer_transfer`; a name and, where they didn't
    take it, their reason must be given.
    """
    row, _facts = locked(intake.referral, by, now)
    current = _fresh(intake, by, now)
    chosen = _check(current, None, children, by, now)
    transfer = routing.record_by_phone(
        intake=current,
        door_name=words(door_name, rule=RULE, referral=row, what="Say which front door you rang.")[:200],
        children=chosen,
        reason=Reason(reason),
        why=words(why, rule=RULE, referral=row, what="Say why: the referrer reads it."),
        spoke_to=words(spoke_to, rule=RULE, referral=row, what="Say whom you spoke to.")[:200],
        by=by,
        now=now,
    )
    answer = Answer.ACCEPTED if taken else Answer.REFUSED
    heard = said if taken else words(said, rule=RULE, referral=row, what="Say what they answered.")
    routing.answer_offer(transfer=transfer, answer=answer, why=heard, by=by, now=now)
    if taken:
        _let_go(transfer, row, by, now)
        answer_for_outside(row, now=now)
    note("transfer.phone", row, by, {"intake": current.pk, "taken": taken})
    tell("transfer_answered", agency_of(row, now=now), about=transfer.pk, referral=row, by=by)
    return transfer


def _check(
    current: Intake, to: tuple[str, str] | None, children: Collection[UUID], by: Actor, now: datetime
) -> list[UUID]:
    """The children who go, in the order of the intake. Refusals of the table come first, then those of the rule."""
    check_act(Verb.HAND_ON, by, facts_for(current, by, now=now))
    open_ones = {child.pk for child in undecided(current) if child is not None}
    check_hand_on(
        Passing(
            here=(current.area, current.front_door),
            to=to,
            chosen=frozenset(children),
            free=can_go(open_ones, offered=children_offered(current)),
            without_children=not current.children,
            offered=waiting_offers(current).exists(),
        )
    )
    return [child for child in current.children if child in set(children)]


def _let_go(transfer: Transfer, row: Referral, by: Actor, now: datetime) -> None:
    """What the sender has afterwards: nothing, or the children who stay, who may all be decided."""
    source = routing.pass_children(transfer=transfer, by=by, now=now)
    note("transfer.accept", row, by, {"intake": transfer.intake_id, "children": len(transfer.children)})
    stays = source.state != IntakeState.TRANSFERRED.value
    if not stays and transfer.team is not None:
        # Whoever has it now says whether the family may be told. What went by phone has nobody else here to say it.
        _end_word(transfer, row, by, now)
    if stays and not undecided(source):
        routing.move(intake=source, verb=Verb.DECIDE, by=CASEWORK, now=now)
        settle_clocks(source, row, by, now)
        tell("decided", agency_of(row, now=now), about=source.pk, referral=row, by=by)


def _end_word(transfer: Transfer, row: Referral, by: Actor, now: datetime) -> None:
    here = transfer.intake.team_id
    states = sorted(state.value for state in WITH_ANOTHER)
    if not Intake.objects.filter(referral=row, team=here).exclude(state__in=states).exists():
        why = f"Handed over to {transfer.door_name}."
        consent.end_telling_word(referral=row, team=transfer.intake.team, why=why, by=by, now=now)


def _tell_answer(transfer: Transfer, row: Referral, by: Actor, now: datetime) -> None:
    writers = agency_of(row, now=now)
    tell("transfer_answered", writers, about=transfer.pk, referral=row, by=by)
    here = [one for one in holder_or_team(transfer.intake, now=now) if one.pk not in {other.pk for other in writers}]
    tell("transfer_answered_here", here, about=transfer.pk, referral=row, by=by)


def _accepted_by(intake: Intake, by: Actor) -> bool:
    """Whether this very person has accepted it already."""
    answers = TransferAnswer.objects.filter(transfer=intake.offer_id, answer=Answer.ACCEPTED.value)
    return intake.offer_id is not None and answers.filter(by_id=by.person_id).exists()


def _offer_of(intake: Intake) -> Transfer:
    assert intake.offer_id is not None  # only what is offered is in this state
    return Transfer.objects.select_related("intake", "intake__referral", "intake__team").get(pk=intake.offer_id)


def _other_door(team: FrontDoorTeam, now: datetime) -> OtherDoor:
    """The team's front door as the pack in force calls it; as the team is called where that doesn't know it."""
    try:
        pack = current_pack(team.area, day_of(now)).pack
    except NoPackError:
        return OtherDoor(team=team, area_name="", name=team.name)
    door = pack.doors_by_id.get(team.front_door)
    known: Mapping[str, Any] = {"name": door.name, "kind": door.kind.value} if door else {"name": team.name}
    return OtherDoor(team=team, area_name=pack.area.name, **known)


def _fresh(intake: Intake, by: Actor, now: datetime) -> Intake:
    """The intake, locked, for somebody of its front door. The referral is locked already."""
    row = (
        Intake.objects.select_for_update(of=("self",))
        .select_related("referral", "team", "submission", "offer")
        .filter(pk=intake.pk)
        .first()
    )
    if row is None:
        raise NotYours(rule="intake.read", subject_type="intake", subject_id=intake.pk)
    check_open(by, facts_for(row, by, now=now))
    return row


def _refused(row: Referral, reason: str, *, rule: str = RULE) -> Refusal:
    return Refusal(reason, rule=rule, subject_type=SUBJECT, subject_id=row.pk)
