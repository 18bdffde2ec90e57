"""Who may do what at a desk. The whole list of this room's permissions, pure.

Two sorts: what the referring agency does with its referral, by its relationship to the record; and what a front door
does with its intake, by membership of the very team that received it. Reading and changing the record itself is
`referrals.record.domain.permissions`, and an intake's states are `referrals.routing.domain.lifecycle`.
"""

from dataclasses import dataclass
from uuid import UUID

from accounts.domain.roles import Role
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from referrals.casework.domain import lifecycle
from referrals.casework.domain.lifecycle import Standing
from referrals.record.domain.lifecycle import Relationship
from referrals.record.domain.lifecycle import State as ReferralState
from referrals.record.domain.permissions import RecordFacts, can_read, relationships

POLICY_ROLES = frozenset({Role.DSL, Role.AGENCY_ADMINISTRATOR})
_WRITERS = frozenset({Relationship.AUTHOR, Relationship.COLLEAGUE})
_GONE = frozenset(ReferralState) - {ReferralState.DRAFT}


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """What the rules need to know of one approval. `writer_ids`: author, submitter and colleagues on the draft."""

    record: RecordFacts
    state: lifecycle.State
    beside: bool
    of_manager: bool
    writer_ids: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class DisputeFacts:
    """What the rules need to know of the decisions that are contested or decided.

    `decider_ids` decided what stands; `open` says that a disagreement waits for its answer; `desk_exists`, that the
    agency has somebody at its desk who didn't write it and whom it isn't about.
    """

    record: RecordFacts
    decided: bool
    open: bool
    desk_exists: bool
    decider_ids: frozenset[UUID] = frozenset()


def approval_standing(actor: Actor, facts: ApprovalFacts) -> frozenset[Standing]:
    """Return how the actor stands to the approval. Whoever writes the referral is no judge of it, whatever their role.

    A line manager who was asked counts only where the document asks a manager; the desk always does.
    """
    if actor.person_id is None:
        return (
            frozenset({Standing.SYSTEM}) if Relationship.SYSTEM in relationships(actor, facts.record) else frozenset()
        )
    found = relationships(actor, facts.record)
    if actor.person_id in facts.writer_ids:
        return frozenset({Standing.WRITER})
    standing = set()
    if Relationship.DESK in found:
        standing.add(Standing.DESK)
    if facts.of_manager and Relationship.APPROVER in found:
        standing.add(Standing.APPROVER)
    return frozenset(standing)


def check_answer_approval(verb: lifecycle.Verb, actor: Actor, facts: ApprovalFacts) -> lifecycle.Transition:
    """Return the transition; raise NotYours or Refusal unless the actor may answer the approval so."""
    rule = f"approval.{verb.value}"
    if not can_read(actor, facts.record):
        raise NotYours(**_about(facts.record, rule))
    standing = approval_standing(actor, facts)
    if standing == {Standing.WRITER} and verb is not lifecycle.Verb.LAPSE:
        raise Refusal("You wrote this yourself: somebody else looks at it.", **_about(facts.record, rule))
    try:
        return lifecycle.check_transition(verb, facts.state, standing, beside=facts.beside)
    except Refusal as refusal:
        raise Refusal(refusal.reason, **_about(facts.record, rule)) from None


def can_answer_approval(verb: lifecycle.Verb, actor: Actor, facts: ApprovalFacts) -> bool:
    """Say whether `check_answer_approval` would let it pass."""
    try:
        check_answer_approval(verb, actor, facts)
    except Refusal:
        return False
    return True


def check_set_policy(actor: Actor, agency_id: UUID) -> None:
    """Raise Refusal unless the actor keeps the policy of that agency: its safeguarding lead or its administrator."""
    if actor.person_id is None or actor.agency_id != agency_id or not actor.has_role(*POLICY_ROLES):
        raise Refusal(
            "Only the agency's safeguarding lead or administrator can change what it asks before a referral goes.",
            rule="policy.set",
            subject_type="agency",
            subject_id=agency_id,
        )


def check_answer_message(actor: Actor, record: RecordFacts, *, answered: bool) -> None:
    """Raise NotYours or Refusal unless the actor may answer a question of the front door for the agency."""
    rule = "message.answer"
    found = relationships(actor, record)
    if not can_read(actor, record):
        raise NotYours(**_about(record, rule))
    if found.isdisjoint(_WRITERS | {Relationship.DESK}):
        raise Refusal("Only the referrer and the agency's safeguarding desk answer for it.", **_about(record, rule))
    if answered:
        raise Refusal("It was answered already. Add what is new to it.", **_about(record, rule))


def check_discharge(actor: Actor, record: RecordFacts) -> None:
    """Raise NotYours or Refusal unless the actor may say that a duty of the writers' own is done. Such a duty outlives
    the referral: a report in person, or the review of what was agreed, comes after the front door has closed it."""
    rule = "duty.discharge"
    if not can_read(actor, record):
        raise NotYours(**_about(record, rule))
    if relationships(actor, record).isdisjoint(_WRITERS | {Relationship.DESK}):
        raise Refusal("Only the referrer and the agency's safeguarding desk can do this.", **_about(record, rule))
    if record.state not in _GONE:
        raise Refusal("It has not been submitted yet.", **_about(record, rule))


def can_discharge(actor: Actor, record: RecordFacts) -> bool:
    """Bool twin of `check_discharge`."""
    try:
        check_discharge(actor, record)
    except Refusal:
        return False
    return True


def check_disagree(actor: Actor, facts: DisputeFacts) -> None:
    """Raise NotYours or Refusal unless the actor may contest what was decided.

    The agency's desk speaks for it. Where the desk doesn't see the referral, because it is about somebody there or
    because nobody has answered that, or where there is nobody else at the desk, its author does.
    """
    rule = "disagreement.raise"
    _check_speaks(actor, facts, rule)
    if not facts.decided:
        raise Refusal("Nothing has been decided yet that could be contested.", **_about(facts.record, rule))
    if facts.open:
        raise Refusal("This decision is contested already, and waits for an answer.", **_about(facts.record, rule))


def check_take_up(actor: Actor, facts: DisputeFacts) -> None:
    """Raise NotYours or Refusal unless the actor, who would contest it, may take a disagreement without an answer up to
    the next stage. It needs no time to have passed: a child may not be able to wait for it."""
    rule = "disagreement.take_up"
    _check_speaks(actor, facts, rule)
    if not facts.open:
        raise Refusal("It has been answered. If you still disagree, contest it again.", **_about(facts.record, rule))


def can_take_up(actor: Actor, facts: DisputeFacts) -> bool:
    """Bool twin of `check_take_up`."""
    try:
        check_take_up(actor, facts)
    except Refusal:
        return False
    return True


def _check_speaks(actor: Actor, facts: DisputeFacts, rule: str) -> None:
    found = relationships(actor, facts.record)
    if not can_read(actor, facts.record):
        raise NotYours(**_about(facts.record, rule))
    desk_speaks = facts.record.bypasses_desk is False and facts.desk_exists
    without_desk = not desk_speaks and Relationship.AUTHOR in found
    if Relationship.DESK not in found and not without_desk:
        raise Refusal(
            "Only your agency's safeguarding lead or a deputy contests a decision.", **_about(facts.record, rule)
        )


def can_disagree(actor: Actor, facts: DisputeFacts) -> bool:
    """Say whether `check_disagree` would let the actor pass."""
    try:
        check_disagree(actor, facts)
    except Refusal:
        return False
    return True


def check_answer_disagreement(actor: Actor, facts: DisputeFacts) -> None:
    """Raise Refusal unless the disagreement waits and the actor, whom the caller knows to be a decider of the front
    door, isn't the one who decided: nobody judges what they decided themselves."""
    rule = "disagreement.answer"
    if not facts.open:
        raise Refusal("This disagreement has been answered.", **_about(facts.record, rule))
    if actor.person_id in facts.decider_ids:
        raise Refusal("You took this decision: somebody else answers the disagreement.", **_about(facts.record, rule))


def check_decide_for(actor: Actor, record: RecordFacts) -> None:
    """Raise Refusal when the actor wrote the referral or worked on its draft: nobody decides their own."""
    found = relationships(actor, record)
    if found & _WRITERS or actor.person_id in {record.author_id, *record.colleague_ids}:
        raise Refusal("You wrote this yourself: somebody else decides.", **_about(record, "decision.decide"))


def check_answer_withdrawal(record: RecordFacts, *, answered: bool, holds_all: bool) -> None:
    """Raise Refusal unless the request waits, the referral is with front doors, and the answer is for all of them.

    `holds_all`: every open intake belongs to a team of the decider's. A front door doesn't speak for another one.
    """
    rule = "withdrawal.answer"
    if answered:
        raise Refusal("This request has been answered.", **_about(record, rule))
    if record.state is not ReferralState.SENT:
        raise Refusal("It isn't with a front door any more.", **_about(record, rule))
    if not holds_all:
        raise Refusal("Another front door holds it too. You can only say no for yours.", **_about(record, rule))


def _about(record: RecordFacts, rule: str) -> dict[str, str]:
    return {"rule": rule, "subject_type": "referral", "subject_id": str(record.referral_id)}
