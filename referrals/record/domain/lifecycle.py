"""The life cycle of a referral: one table of transitions, each with who may make it.

Two questions are kept apart: does the state allow it, and may this person? The second is answered by relationships,
which `permissions` works out from the facts. docs/reference/lifecycle.md is generated from here.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from audit.domain.refusal import Refusal


class State(StrEnum):
    """Where a referral stands. The value is stored."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SENT = "sent"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


STATE_MEANINGS: dict[State, str] = {
    State.DRAFT: "Being written. Nobody at a front door can see it.",
    State.SUBMITTED: "Frozen; a routine one may wait here for an approval. It reaches nobody outside the agency yet.",
    State.SENT: "On its way to, or at, at least one front door.",
    State.CLOSED: "Every front door that received it has answered; or its writers reached one outside this system.",
    State.WITHDRAWN: "Taken back, decided against or expired before it was sent, or taken back afterwards with the "
    "front door's agreement.",
}


class Relationship(StrEnum):
    """How somebody stands to one referral. A person may stand in several ways, or in none."""

    AUTHOR = "author"
    COLLEAGUE = "colleague"
    FORMER = "former"
    DESK = "desk"
    APPROVER = "approver"
    FRONT_DOOR = "front_door"
    DECIDER = "decider"
    SYSTEM = "system"


RELATIONSHIP_NAMES: dict[Relationship, str] = {
    Relationship.AUTHOR: "the author",
    Relationship.COLLEAGUE: "a colleague with whom it is shared",
    Relationship.FORMER: "somebody who held it before",
    Relationship.DESK: "the agency's designated safeguarding lead or a deputy",
    Relationship.APPROVER: "a line manager who was asked",
    Relationship.FRONT_DOOR: "somebody at a front door that received it",
    Relationship.DECIDER: "a registered social worker or manager of a front door that received it",
    Relationship.SYSTEM: "the system",
}


class Verb(StrEnum):
    """What moves a referral from one state to another. The value is stored with each change."""

    SUBMIT = "submit"
    RETURN = "return"
    SEND = "send"
    WITHDRAW = "withdraw"
    NOT_REFER = "not_refer"
    EXPIRE = "expire"
    ACCEPT_WITHDRAWAL = "accept_withdrawal"
    HAND_OVER = "hand_over"
    CLOSE = "close"
    REOPEN = "reopen"


VERB_NAMES: dict[Verb, str] = {
    Verb.SUBMIT: "submit",
    Verb.RETURN: "return for changes",
    Verb.SEND: "send",
    Verb.WITHDRAW: "withdraw",
    Verb.NOT_REFER: "decide not to refer",
    Verb.EXPIRE: "let it expire",
    Verb.ACCEPT_WITHDRAWAL: "accept a request to withdraw",
    Verb.HAND_OVER: "hand over outside this system",
    Verb.CLOSE: "close",
    Verb.REOPEN: "open again",
}
VERBS_DONE: dict[Verb, str] = {
    Verb.SUBMIT: "Submitted",
    Verb.RETURN: "Returned for changes",
    Verb.SEND: "Sent",
    Verb.WITHDRAW: "Withdrawn",
    Verb.NOT_REFER: "Decided not to refer",
    Verb.EXPIRE: "Expired: its answers were deleted",
    Verb.ACCEPT_WITHDRAWAL: "Withdrawn, as the front door agreed",
    Verb.HAND_OVER: "Handed over outside this system",
    Verb.CLOSE: "Closed",
    Verb.REOPEN: "Open again, because a decision changed",
}
"""The same as a history tells it, wherever one is shown."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed change: the verb, from where, to where, who may, and whether a reason must be given."""

    verb: Verb
    source: State
    target: State
    who: frozenset[Relationship]
    needs_why: bool = False


_WRITERS = frozenset({Relationship.AUTHOR, Relationship.COLLEAGUE})
_JUDGES = frozenset({Relationship.DESK, Relationship.APPROVER})

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Verb.SUBMIT, State.DRAFT, State.SUBMITTED, _WRITERS),
    # The system, when nobody is left who may look at it and it can't go without.
    Transition(Verb.RETURN, State.SUBMITTED, State.DRAFT, _JUDGES | {Relationship.SYSTEM}, needs_why=True),
    # What is urgent is sent by its author with the submission; what is routine, by the approval or by the clock.
    Transition(Verb.SEND, State.SUBMITTED, State.SENT, _WRITERS | _JUDGES | {Relationship.SYSTEM}),
    # No front door of its plan receives here: whoever wrote it reaches one by phone, and says whom.
    Transition(Verb.HAND_OVER, State.SUBMITTED, State.CLOSED, _WRITERS | {Relationship.DESK}, needs_why=True),
    Transition(Verb.WITHDRAW, State.DRAFT, State.WITHDRAWN, _WRITERS, needs_why=True),
    Transition(Verb.WITHDRAW, State.SUBMITTED, State.WITHDRAWN, _WRITERS, needs_why=True),
    # A decision not to share is recorded as one to share is, with its reasons (casework keeps them).
    Transition(Verb.NOT_REFER, State.DRAFT, State.WITHDRAWN, _WRITERS, needs_why=True),
    Transition(Verb.NOT_REFER, State.SUBMITTED, State.WITHDRAWN, _WRITERS, needs_why=True),
    # What nobody went on with, once its time is over; never where harm is possible (casework says when).
    Transition(Verb.EXPIRE, State.DRAFT, State.WITHDRAWN, frozenset({Relationship.SYSTEM})),
    # Once it is sent the front door owns it: the referrer asks, and a decider there accepts.
    Transition(Verb.ACCEPT_WITHDRAWAL, State.SENT, State.WITHDRAWN, frozenset({Relationship.DECIDER}), needs_why=True),
    Transition(Verb.CLOSE, State.SENT, State.CLOSED, frozenset({Relationship.DECIDER, Relationship.SYSTEM})),
    # A decision that a disagreement changed: the front door has it again (casework does both in one step).
    Transition(Verb.REOPEN, State.CLOSED, State.SENT, frozenset({Relationship.SYSTEM})),
)

_BY_CELL = {(transition.verb, transition.source): transition for transition in TRANSITIONS}

_WRONG_STATE: dict[State, str] = {
    State.DRAFT: "It has not been submitted yet.",
    State.SUBMITTED: "It has been submitted.",
    State.SENT: "It has been sent.",
    State.CLOSED: "It is closed.",
    State.WITHDRAWN: "It was withdrawn.",
}


def transition_for(verb: Verb, state: State) -> Transition | None:
    """Return the transition that `verb` makes from `state`, or None when there is none."""
    return _BY_CELL.get((verb, state))


def check_transition(verb: Verb, state: State, relationships: AbstractSet[Relationship]) -> Transition:
    """Return the transition that somebody with these relationships makes by `verb` from `state`.

    Raises Refusal when the state does not allow it, or when none of the relationships may.
    """
    rule = f"referral.{verb.value}"
    transition = transition_for(verb, state)
    if transition is None:
        raise Refusal(
            f"{_WRONG_STATE[state]} You cannot {VERB_NAMES[verb]} it now.", rule=rule, subject_type="referral"
        )
    if transition.who.isdisjoint(relationships):
        raise Refusal(f"Only {who_reads(transition.who)} can do this.", rule=rule, subject_type="referral")
    return transition


def check_why(transition: Transition, why: str) -> None:
    """Raise Refusal when the transition needs a reason and `why` is blank."""
    if transition.needs_why and not why.strip():
        rule = f"referral.{transition.verb.value}"
        raise Refusal("Say why: the reason is kept with the referral.", rule=rule, subject_type="referral")


def can_make_transition(verb: Verb, state: State, relationships: AbstractSet[Relationship]) -> bool:
    """Say whether `check_transition` would let it pass."""
    try:
        check_transition(verb, state, relationships)
    except Refusal:
        return False
    return True


def who_reads(who: AbstractSet[Relationship]) -> str:
    """Return the relationships as words in a sentence: "the author or the system"."""
    names = [RELATIONSHIP_NAMES[relationship] for relationship in Relationship if relationship in who]
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} or {names[-1]}"


def describe() -> str:
    """Return this table as a section of docs/reference/lifecycle.md, in Markdown."""
    lines = ["## Referral", "", "```mermaid", "stateDiagram-v2", f"    [*] --> {State.DRAFT.value}"]
    lines += [
        f"    {transition.source.value} --> {transition.target.value}: {VERB_NAMES[transition.verb]}"
        for transition in TRANSITIONS
    ]
    lines += [f"    {state.value} --> [*]" for state in State if not any(t.source is state for t in TRANSITIONS)]
    lines += ["```", "", "| state | what it means |", "|---|---|"]
    lines += [f"| {state.value} | {STATE_MEANINGS[state]} |" for state in State]
    lines += ["", "| what | from | to | who may | a reason |", "|---|---|---|---|---|"]
    lines += [
        f"| {VERB_NAMES[transition.verb]} | {transition.source.value} | {transition.target.value} "
        f"| {who_reads(transition.who)} | {'must be given' if transition.needs_why else 'need not'} |"
        for transition in TRANSITIONS
    ]
    return "\n".join(lines) + "\n"
