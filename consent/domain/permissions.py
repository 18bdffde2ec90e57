"""Who may add what to the record of sharing. Pure; who may read it is who may read the referral."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from consent.domain.family import Held
from referrals.record.domain.lifecycle import Relationship, State, who_reads
from referrals.record.domain.permissions import RecordFacts, can_read, relationships

WRITERS = frozenset({Relationship.AUTHOR, Relationship.COLLEAGUE})
OF_AGENCY = WRITERS | {Relationship.DESK, Relationship.APPROVER}
_KNOW = WRITERS | {Relationship.DESK, Relationship.FRONT_DOOR}
"""Who speaks with the family: the referring agency, and the front door that has it."""
_DECIDERS = frozenset({Relationship.DECIDER})
_RECEIVED = frozenset({State.SENT, State.CLOSED})
_SUBMITTED = frozenset({State.SUBMITTED, State.SENT, State.CLOSED})


def check_choose_bases(actor: Actor, facts: RecordFacts) -> None:
    """Raise NotYours or Refusal unless the actor writes the draft whose lawful basis is chosen."""
    _check(actor, facts, "sharing.bases", (WRITERS, frozenset({State.DRAFT}), "It is frozen with what was submitted."))


def check_say_agreement(actor: Actor, facts: RecordFacts) -> None:
    """Raise NotYours or Refusal unless the actor may record what somebody says about agreement after submitting."""
    _check(actor, facts, "sharing.agreement", (_KNOW, _SUBMITTED, _IN_THE_DRAFT))


def check_record_told(actor: Actor, facts: RecordFacts) -> None:
    """Raise NotYours or Refusal unless the actor may record that somebody was told."""
    _check(actor, facts, "sharing.told", (_KNOW, _SUBMITTED, _IN_THE_DRAFT))


def check_rule_on_telling(actor: Actor, facts: RecordFacts, *, may_tell: bool, absolute: bool) -> None:
    """Raise NotYours or Refusal unless the actor decides at a front door that has it, and what the family may be told
    isn't forbidden by the area's document without exception."""
    rule = "sharing.telling"
    _check(actor, facts, rule, (_DECIDERS, _RECEIVED, "No front door has it."))
    if actor.person_id in {facts.author_id, *facts.colleague_ids}:
        raise Refusal("You wrote this yourself: somebody else decides.", **_about(facts, rule))
    if may_tell and absolute:
        raise Refusal(
            "The area's document says that the family is never told of this by a referrer. Nobody lifts that here.",
            **_about(facts, rule),
        )


def check_family_copy(actor: Actor, facts: RecordFacts) -> None:
    """Raise NotYours or Refusal unless the actor may make a copy for the family or hand one out: whoever speaks with
    the family, once a front door has it. Whether there may be a copy at all is `consent.domain.family`."""
    _check(actor, facts, "sharing.family_copy", (_KNOW, _RECEIVED, Held.NOT_SENT.words))


def can_family_copy(actor: Actor, facts: RecordFacts) -> bool:
    """Say whether `check_family_copy` would let the actor pass."""
    return _passes(check_family_copy, actor, facts)


def can_say_agreement(actor: Actor, facts: RecordFacts) -> bool:
    """Say whether `check_say_agreement` would let the actor pass."""
    return _passes(check_say_agreement, actor, facts)


def _passes(check: Callable[[Actor, RecordFacts], None], actor: Actor, facts: RecordFacts) -> bool:
    try:
        check(actor, facts)
    except Refusal:
        return False
    return True


_IN_THE_DRAFT = "It is a draft, or was withdrawn: a draft's own pages ask for this."


def _check(
    actor: Actor, facts: RecordFacts, rule: str, allowed: tuple[AbstractSet[Relationship], AbstractSet[State], str]
) -> None:
    who, states, other_state = allowed
    if not can_read(actor, facts):
        raise NotYours(**_about(facts, rule))
    if relationships(actor, facts).isdisjoint(who):
        raise Refusal(f"Only {who_reads(who)} can do this.", **_about(facts, rule))
    if facts.state not in states:
        raise Refusal(other_state, **_about(facts, rule))


def _about(facts: RecordFacts, rule: str) -> dict[str, str]:
    return {"rule": rule, "subject_type": "referral", "subject_id": str(facts.referral_id)}
