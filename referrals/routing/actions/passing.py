"""The rows of handing on: the offer with the other front door's intake, what became of it, and who goes where.

Called by casework, in its transaction, with the referral locked; casework knows when, and tells everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.models import FrontDoorTeam
from audit.domain.actor import Actor
from consent.actions import disclose_offered
from consent.models import Disclosure
from dispatch.actions import promise
from dispatch.domain.queues import Queue
from referrals.routing.actions.clocks import start_clocks_of_receipt, stop_clocks
from referrals.routing.actions.giving import door_of
from referrals.routing.actions.rows import ROUTING, change_by, note, receipt_of
from referrals.routing.actions.triage import move
from referrals.routing.domain.lifecycle import OPEN, Standing, State, Verb, check_transition
from referrals.routing.domain.transfer import Answer, Reason, remaining
from referrals.routing.happenings import Happening, announce
from referrals.routing.models import Intake, Transfer, TransferAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDoor:
    """The front door that something is offered to, as its area's pack calls it. `kind` is empty where the pack in force
    doesn't know it."""

    team: FrontDoorTeam
    area_name: str
    name: str
    kind: str = ""


def offer_to_front_door(
    *, intake: Intake, door: OtherDoor, children: Sequence[UUID], reason: Reason, why: str, by: Actor, now: datetime
) -> tuple[Transfer, Disclosure]:
    """Offer an intake, or some of its children, to another front door: note it, make that one's intake, due, and
    promise its delivery. Returns the offer and what the other front door is given.

    Raises NotYours or Refusal unless `by` may pass on what stands so, and without a reason.
    """
    current = move(intake=intake, verb=Verb.HAND_ON, by=by, now=now, why=why)
    transfer = Transfer.objects.create(
        intake=current,
        area=door.team.area,
        front_door=door.team.front_door,
        door_name=door.name,
        team=door.team,
        children=list(children),
        reason=reason.value,
        why=why,
        receipt_at=receipt_of(current),
        at=now,
        by_id=by.person_id,
        by_name=by.name[:200],
    )
    there = Intake.objects.create(
        referral_id=current.referral_id,
        submission_id=current.submission_id,
        area=door.team.area,
        front_door=door.team.front_door,
        door_name=door.name,
        team=door.team,
        kind=door.kind,
        offer=transfer,
        children=list(children),
        urgent=current.urgent,
        state_since=now,
        sent_at=now,
    )
    given = disclose_offered(
        submission=current.submission,
        door=door_of(there, area_name=door.area_name, children=_children_there(there)),
        why=f"{current.door_name} offers it",
        by=by,
        now=now,
    )
    note("send", there, by, {"area": there.area, "door": there.front_door, "urgent": there.urgent, "offered": True})
    promise(
        kind="deliver",
        key=f"deliver:{there.pk}",
        references={"intake": there.pk},
        by=by,
        queue=Queue.URGENT if there.urgent else Queue.ROUTINE,
    )
    return transfer, given


def record_by_phone(
    *,
    intake: Intake,
    door_name: str,
    children: Sequence[UUID],
    reason: Reason,
    why: str,
    spoke_to: str,
    by: Actor,
    now: datetime,
) -> Transfer:
    """Note that a front door outside this system was rung to hand it on; return the row. What they said is
    `answer_offer`'s. Refusals are those of `offer_to_front_door`."""
    current = move(intake=intake, verb=Verb.HAND_ON, by=by, now=now, why=why)
    return Transfer.objects.create(
        intake=current,
        door_name=door_name,
        children=list(children),
        reason=reason.value,
        why=why,
        spoke_to=spoke_to,
        receipt_at=receipt_of(current),
        at=now,
        by_id=by.person_id,
        by_name=by.name[:200],
    )


def answer_offer(
    *, transfer: Transfer, answer: Answer, why: str, by: Actor, now: datetime, there: Intake | None = None
) -> TransferAnswer:
    """Note what became of an offer, with the move that belongs to it at each side; return the row.

    `there` is the other front door's intake; None for one that was rung. Accepted, its clocks count from the first
    receipt. Raises NotYours or Refusal unless `by` may answer so.
    """
    if there is not None:
        verb = {Answer.ACCEPTED: Verb.ACCEPT, Answer.REFUSED: Verb.REFUSE}.get(answer)
        moved = (
            move(intake=there, verb=verb, by=by, now=now, why=why)
            if verb
            else move(intake=there, verb=Verb.RECALL, by=ROUTING, now=now, why=why)
        )
        if answer is Answer.ACCEPTED:
            start_clocks_of_receipt(moved, now=transfer.receipt_at)
            announce(Happening.RECEIVED, moved, now=now)
    if answer is Answer.REFUSED:
        move(intake=transfer.intake, verb=Verb.KEEP, by=ROUTING, now=now, why=why)
    elif answer is Answer.TAKEN_BACK:
        move(intake=transfer.intake, verb=Verb.TAKE_BACK, by=by, now=now, why=why)
    return TransferAnswer.objects.create(
        transfer=transfer, answer=answer.value, why=why, at=now, by_id=by.person_id, by_name=by.name[:200]
    )


def pass_children(*, transfer: Transfer, by: Actor, now: datetime) -> Intake:
    """Let go of the children who went; return the sender's intake as it is then: with those who stay, or handed over
    as a whole, with its clocks stopped."""
    intake = Intake.objects.select_for_update(of=("self",)).select_related("referral").get(pk=transfer.intake_id)
    stay = remaining(intake.children, transfer.children)
    if not stay:
        # It keeps its children: what was asked and said here is about those whom the other front door has now.
        moved = move(intake=intake, verb=Verb.TRANSFER, by=ROUTING, now=now)
        running = set(intake.clocks.filter(stopped_at__isnull=True).values_list("deadline", flat=True))
        stop_clocks(referral=intake.referral, intake=intake, deadlines=running, by=by, now=now)
        announce(Happening.HANDED_OVER, moved, now=now)
        return moved
    intake.children = stay
    intake.save(update_fields=["children"])
    transition = check_transition(Verb.HAND_SOME, State(intake.state), {Standing.SYSTEM})
    change_by(intake, transition, by=ROUTING, now=now)
    announce(Happening.ADDED, intake, now=now)
    return intake


def _children_there(there: Intake) -> list[UUID]:
    """Everybody whom that front door deals with, or is asked to; nobody by name where one intake names none."""
    rows = Intake.objects.filter(
        submission_id=there.submission_id,
        area=there.area,
        front_door=there.front_door,
        state__in=sorted(state.value for state in OPEN | {State.CLOSED, State.TRANSFERRED}),
    )
    lists = list(rows.values_list("children", flat=True))
    return sorted({child for one in lists for child in one}) if all(lists) else []
