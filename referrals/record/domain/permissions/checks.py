"""Each permission as a check that raises with the reason, and its bool twin."""

from collections.abc import Callable
from functools import partial

from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from referrals.record.domain.lifecycle import (
    Relationship,
    Transition,
    Verb,
    check_transition,
    who_reads,
)
from referrals.record.domain.permissions.table import (
    PERMISSIONS,
    Act,
    RecordFacts,
    reads_as_front_door,
    relationships,
)


def check_read(actor: Actor, facts: RecordFacts) -> None:
    """Raise NotYours unless the actor may read the referral.

    Auditors read the audit record instead; operators, administrators and partnership managers never see content.
    """
    _check_readable(actor, facts, rule="referral.read")


def check_edit(actor: Actor, facts: RecordFacts) -> None:
    """Raise Refusal unless the actor may change the answers and the people on it."""
    _check_act(Act.EDIT, actor, facts)


def check_share(actor: Actor, facts: RecordFacts) -> None:
    """Raise Refusal unless the actor may let a colleague work on the draft, or stop that."""
    _check_act(Act.SHARE, actor, facts)


def check_offer(actor: Actor, facts: RecordFacts) -> None:
    """Raise Refusal unless the actor may offer the draft to somebody who then holds it, or take that back."""
    _check_act(Act.OFFER, actor, facts)


def check_advise(actor: Actor, facts: RecordFacts) -> None:
    """Raise Refusal unless the actor may advise the author as the agency's safeguarding lead or a deputy."""
    _check_act(Act.ADVISE, actor, facts)


def check_ask_approver(actor: Actor, facts: RecordFacts) -> None:
    """Raise Refusal unless the actor may ask a line manager to approve."""
    _check_act(Act.ASK_APPROVER, actor, facts)


def check_attach(actor: Actor, facts: RecordFacts) -> None:
    """Raise Refusal unless the actor may choose files that go with the referral, describe them and take them off."""
    _check_act(Act.ATTACH, actor, facts)


def check_add_addendum(actor: Actor, facts: RecordFacts) -> None:
    """Raise Refusal unless the actor may add later facts to what was submitted."""
    _check_act(Act.ADD_ADDENDUM, actor, facts)


def check_ask_withdrawal(actor: Actor, facts: RecordFacts) -> None:
    """Raise Refusal unless the actor may ask the front door to let the referral be withdrawn."""
    _check_act(Act.ASK_WITHDRAWAL, actor, facts)


def check_open_to_team(actor: Actor, facts: RecordFacts) -> None:
    """Raise Refusal unless the actor may open the referral to a front-door team that receives it."""
    _check_act(Act.OPEN_TO_TEAM, actor, facts)


def check_close_to_desk(actor: Actor, facts: RecordFacts) -> None:
    """Raise Refusal unless the actor may say, after it was submitted, that the agency's desk must not see it."""
    _check_act(Act.CLOSE_TO_DESK, actor, facts)


def check_shut_out(actor: Actor, facts: RecordFacts) -> None:
    """Raise Refusal unless the actor may keep somebody whom it is about from seeing it."""
    _check_act(Act.SHUT_OUT, actor, facts)


def check_readmit(actor: Actor, facts: RecordFacts, *, said_by_front_door: bool) -> None:
    """Raise Refusal unless the actor may let somebody see it again who was kept out: of those who may keep out, the
    side that said so. Nobody undoes what the other side knows of a person and they don't."""
    _check_act(Act.SHUT_OUT, actor, facts)
    if reads_as_front_door(actor, facts) is not said_by_front_door:
        side = "a front door" if said_by_front_door else "those who wrote it"
        raise Refusal(
            f"It was {side} who said that they must not see it: ask them.",
            rule="referral.readmit",
            subject_type="referral",
            subject_id=facts.referral_id,
        )


def check_start(actor: Actor) -> None:
    """Raise Refusal unless the actor may begin a referral: anybody who holds a role in an agency today.

    Whoever is worried may write it down, whatever their role.
    """
    if actor.person_id is None or actor.agency_id is None:
        raise Refusal(
            "Only somebody with a role in an agency can start a referral. If a child is in danger, call 999.",
            rule="referral.start",
            subject_type="referral",
        )


def can_start(actor: Actor) -> bool:
    """Say whether `check_start` would let the actor pass."""
    try:
        check_start(actor)
    except Refusal:
        return False
    return True


def check_submit(actor: Actor, facts: RecordFacts) -> Transition:
    """Return the transition; raise Refusal unless the actor may submit the draft."""
    return check_move(Verb.SUBMIT, actor, facts)


def check_withdraw(actor: Actor, facts: RecordFacts) -> Transition:
    """Return the transition; raise Refusal unless the actor may withdraw it, which ends when it is sent."""
    return check_move(Verb.WITHDRAW, actor, facts)


def check_move(verb: Verb, actor: Actor, facts: RecordFacts) -> Transition:
    """Return the transition that the actor makes by `verb`; raise NotYours or Refusal when they may not.

    Beyond the table, nobody returns or approves their own: an author who is also the safeguarding lead can
    neither return it to themselves, nor send it as its judge (they send it as its author).
    """
    rule = f"referral.{verb.value}"
    _check_readable(actor, facts, rule=rule)
    standing = relationships(actor, facts)
    if verb is Verb.RETURN and Relationship.AUTHOR in standing:
        raise Refusal("You wrote this yourself: somebody else looks at it.", **_about(facts, rule))
    try:
        return check_transition(verb, facts.state, standing)
    except Refusal as refusal:
        raise Refusal(refusal.reason, **_about(facts, rule)) from None


def can_read(actor: Actor, facts: RecordFacts) -> bool:
    """Say whether `check_read` would let the actor pass."""
    return _passes(check_read, actor, facts)


def can_edit(actor: Actor, facts: RecordFacts) -> bool:
    """Say whether `check_edit` would let the actor pass."""
    return _passes(check_edit, actor, facts)


def can_share(actor: Actor, facts: RecordFacts) -> bool:
    """Say whether `check_share` would let the actor pass."""
    return _passes(check_share, actor, facts)


def can_offer(actor: Actor, facts: RecordFacts) -> bool:
    """Say whether `check_offer` would let the actor pass."""
    return _passes(check_offer, actor, facts)


def can_advise(actor: Actor, facts: RecordFacts) -> bool:
    """Say whether `check_advise` would let the actor pass."""
    return _passes(check_advise, actor, facts)


def can_attach(actor: Actor, facts: RecordFacts) -> bool:
    """Say whether `check_attach` would let the actor pass."""
    return _passes(check_attach, actor, facts)


def can_add_addendum(actor: Actor, facts: RecordFacts) -> bool:
    """Say whether `check_add_addendum` would let the actor pass."""
    return _passes(check_add_addendum, actor, facts)


def can_ask_withdrawal(actor: Actor, facts: RecordFacts) -> bool:
    """Say whether `check_ask_withdrawal` would let the actor pass."""
    return _passes(check_ask_withdrawal, actor, facts)


def can_close_to_desk(actor: Actor, facts: RecordFacts) -> bool:
    """Say whether `check_close_to_desk` would let the actor pass."""
    return _passes(check_close_to_desk, actor, facts)


def can_shut_out(actor: Actor, facts: RecordFacts) -> bool:
    """Say whether `check_shut_out` would let the actor pass."""
    return _passes(check_shut_out, actor, facts)


def can_readmit(actor: Actor, facts: RecordFacts, *, said_by_front_door: bool) -> bool:
    """Say whether `check_readmit` would let the actor pass."""
    return _passes(partial(check_readmit, said_by_front_door=said_by_front_door), actor, facts)


def can_submit(actor: Actor, facts: RecordFacts) -> bool:
    """Say whether `check_submit` would let the actor pass."""
    return _passes(check_submit, actor, facts)


def can_withdraw(actor: Actor, facts: RecordFacts) -> bool:
    """Say whether `check_withdraw` would let the actor pass."""
    return _passes(check_withdraw, actor, facts)


def can_move(verb: Verb, actor: Actor, facts: RecordFacts) -> bool:
    """Say whether `check_move` would let the actor pass."""
    return _passes(lambda actor, facts: check_move(verb, actor, facts), actor, facts)


def _check_act(act: Act, actor: Actor, facts: RecordFacts) -> None:
    rule = f"referral.{act.value}"
    _check_readable(actor, facts, rule=rule)
    permission = PERMISSIONS[act]
    standing = relationships(actor, facts)
    if standing.isdisjoint(permission.who):
        raise Refusal(f"Only {who_reads(permission.who.keys())} can do this.", **_about(facts, rule))
    if not any(facts.state in permission.who.get(one, frozenset()) for one in standing):
        raise Refusal(permission.other_state, **_about(facts, rule))


def _check_readable(actor: Actor, facts: RecordFacts, *, rule: str) -> None:
    who = PERMISSIONS[Act.READ].who
    if not any(facts.state in who.get(one, frozenset()) for one in relationships(actor, facts)):
        raise NotYours(**_about(facts, rule))


def _about(facts: RecordFacts, rule: str) -> dict[str, str]:
    return {"rule": rule, "subject_type": "referral", "subject_id": str(facts.referral_id)}


def _passes(check: Callable[[Actor, RecordFacts], object], actor: Actor, facts: RecordFacts) -> bool:
    try:
        check(actor, facts)
    except Refusal:
        return False
    return True
