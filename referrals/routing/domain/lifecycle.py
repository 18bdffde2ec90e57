"""The life cycle of an intake: what one front door received. One table of transitions, each with who may make it.

The decision is per child and belongs to casework; here it only ends the triage. docs/reference/lifecycle.md is
generated from this file.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from audit.domain.refusal import Refusal


class State(StrEnum):
    """Where an intake stands. The value is stored."""

    DUE = "due"
    OFFERED = "offered"
    RECEIVED = "received"
    IN_TRIAGE = "in_triage"
    AWAITING_INFORMATION = "awaiting_information"
    DECIDED = "decided"
    CLOSED = "closed"
    TRANSFERRED = "transferred"
    RETURNED = "returned"


STATE_MEANINGS: dict[State, str] = {
    State.DUE: "Promised to the front door, and not yet in its queue.",
    State.OFFERED: "Another front door wants to hand it over. Until somebody here accepts, that one owns it.",
    State.RECEIVED: "In the front door's queue. Delivered is not read.",
    State.IN_TRIAGE: "Somebody of the front door has begun to look into it.",
    State.AWAITING_INFORMATION: "The referrer or a partner was asked something. Statutory clocks run on.",
    State.DECIDED: "A registered social worker or the front door's manager has decided for each child.",
    State.CLOSED: "The referrer has the answer; nothing more happens here.",
    State.TRANSFERRED: "Another front door has accepted it and owns it, from the original time of receipt.",
    State.RETURNED: "Not taken on here: the front door that offered it still owns it.",
}

OPEN = frozenset({State.DUE, State.OFFERED, State.RECEIVED, State.IN_TRIAGE, State.AWAITING_INFORMATION, State.DECIDED})
"""Not finished."""
OWNED = OPEN - {State.OFFERED}
"""Not finished, and this front door's own: of what is offered the other front door is still the owner."""
IN_QUEUE = OWNED - {State.DUE}
"""What the front door's people see as theirs to do."""
WITH_ANOTHER = frozenset({State.OFFERED, State.TRANSFERRED, State.RETURNED})
"""Another front door has it: not accepted here, handed over, or not taken on."""
LET_GO = WITH_ANOTHER - {State.OFFERED}
"""Another front door has it for good: nothing that comes later is meant for this one."""


class Standing(StrEnum):
    """How somebody stands to one intake. A person may stand in several ways, or in none."""

    RECEIVER = "receiver"
    HOLDER = "holder"
    DECIDER = "decider"
    MANAGER = "manager"
    SYSTEM = "system"


STANDING_NAMES: dict[Standing, str] = {
    Standing.RECEIVER: "somebody of the front door",
    Standing.HOLDER: "the person who has claimed it",
    Standing.DECIDER: "a registered social worker or the manager of the front door",
    Standing.MANAGER: "the manager of the front door",
    Standing.SYSTEM: "the system",
}


class Verb(StrEnum):
    """What moves an intake, or is done to it. The value is stored with each change."""

    ARRIVE = "arrive"
    CLAIM = "claim"
    RELEASE = "release"
    RATE = "rate"
    ASK = "ask"
    ANSWER = "answer"
    DECIDE = "decide"
    CLOSE = "close"
    REOPEN = "reopen"
    END = "end"
    TRANSFER = "transfer"
    HAND_ON = "hand_on"
    HAND_SOME = "hand_some"
    TAKE_BACK = "take_back"
    KEEP = "keep"
    OFFER = "offer"
    ACCEPT = "accept"
    REFUSE = "refuse"
    RECALL = "recall"


VERB_NAMES: dict[Verb, str] = {
    Verb.ARRIVE: "arrive",
    Verb.CLAIM: "claim",
    Verb.RELEASE: "give back to the queue",
    Verb.RATE: "rate red, amber or green",
    Verb.ASK: "ask for information",
    Verb.ANSWER: "take in the answer",
    Verb.DECIDE: "decide",
    Verb.CLOSE: "close",
    Verb.REOPEN: "open again",
    Verb.END: "end without a decision",
    Verb.TRANSFER: "hand over to another front door",
    Verb.HAND_ON: "offer to another front door",
    Verb.HAND_SOME: "hand over some of the children",
    Verb.TAKE_BACK: "take the offer back",
    Verb.KEEP: "keep after a refusal",
    Verb.OFFER: "arrive as an offer",
    Verb.ACCEPT: "accept from another front door",
    Verb.REFUSE: "refuse what another front door offers",
    Verb.RECALL: "end the offer",
}
VERBS_DONE: dict[Verb, str] = {
    Verb.ARRIVE: "arrived",
    Verb.CLAIM: "claimed",
    Verb.RELEASE: "given back to the queue",
    Verb.RATE: "rated",
    Verb.ASK: "information asked for",
    Verb.ANSWER: "answer taken in",
    Verb.DECIDE: "decided",
    Verb.CLOSE: "closed",
    Verb.REOPEN: "open again, because a decision changed",
    Verb.END: "ended without a decision",
    Verb.TRANSFER: "handed over to another front door",
    Verb.HAND_ON: "offered to another front door",
    Verb.HAND_SOME: "handed over some of the children",
    Verb.TAKE_BACK: "took its offer back",
    Verb.KEEP: "keeps it: the other front door did not take it",
    Verb.OFFER: "was offered it by another front door",
    Verb.ACCEPT: "accepted it",
    Verb.REFUSE: "did not accept it",
    Verb.RECALL: "no longer offered",
}
"""The same as a history tells it, after the front door's name."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed change: the verb, from where, to where, who may, and whether a reason must be given."""

    verb: Verb
    source: State
    target: State
    who: frozenset[Standing]
    needs_why: bool = False


_RECEIVERS = frozenset({Standing.RECEIVER})
_HOLDERS = frozenset({Standing.HOLDER, Standing.MANAGER})
_DECIDERS = frozenset({Standing.DECIDER})
_PASSING = frozenset({Standing.HOLDER, Standing.DECIDER})
WORKED = (State.IN_TRIAGE, State.AWAITING_INFORMATION)
"""States in which somebody holds it and works on it."""

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Verb.ARRIVE, State.DUE, State.RECEIVED, frozenset({Standing.SYSTEM})),
    # The first claim begins the triage. One that was given back stays where it is, for whoever claims it next.
    Transition(Verb.CLAIM, State.RECEIVED, State.IN_TRIAGE, _RECEIVERS),
    *(Transition(Verb.CLAIM, state, state, _RECEIVERS) for state in WORKED),
    # The system, when it turns out that the holder is whom it is about.
    *(Transition(Verb.RELEASE, state, state, _HOLDERS | {Standing.SYSTEM}) for state in WORKED),
    *(Transition(Verb.RATE, state, state, _RECEIVERS) for state in (State.RECEIVED, *WORKED)),
    Transition(Verb.ASK, State.IN_TRIAGE, State.AWAITING_INFORMATION, frozenset({Standing.HOLDER, Standing.DECIDER})),
    # The referrer's answer comes in by itself; a partner's is typed in by the front door.
    Transition(
        Verb.ANSWER, State.AWAITING_INFORMATION, State.IN_TRIAGE, frozenset({Standing.RECEIVER, Standing.SYSTEM})
    ),
    # Not from the queue: whoever decides has claimed it, or a colleague has and recommends.
    # The system, when the last child without a decision has gone to another front door.
    *(Transition(Verb.DECIDE, state, State.DECIDED, _DECIDERS | {Standing.SYSTEM}) for state in WORKED),
    Transition(Verb.CLOSE, State.DECIDED, State.CLOSED, frozenset({Standing.DECIDER, Standing.SYSTEM})),
    # A decision that a disagreement changed has to be carried out: it is in the queue again.
    Transition(Verb.REOPEN, State.CLOSED, State.DECIDED, frozenset({Standing.SYSTEM})),
    # A request to withdraw that was accepted, or what came twice.
    *(Transition(Verb.END, state, State.CLOSED, _DECIDERS, needs_why=True) for state in (State.RECEIVED, *WORKED)),
    # Once the other front door has accepted: until then the sender stays owner.
    *(
        Transition(Verb.TRANSFER, state, State.TRANSFERRED, frozenset({Standing.SYSTEM}))
        for state in (State.RECEIVED, *WORKED)
    ),
    # At the front door that wants to hand it over: it stays where it is meanwhile, and can be worked on.
    *(Transition(Verb.HAND_ON, state, state, _PASSING, needs_why=True) for state in (State.RECEIVED, *WORKED)),
    *(
        Transition(verb, state, state, frozenset({Standing.SYSTEM}))
        for verb in (Verb.HAND_SOME, Verb.KEEP)
        for state in (State.RECEIVED, *WORKED)
    ),
    *(Transition(Verb.TAKE_BACK, state, state, _PASSING | {Standing.SYSTEM}) for state in (State.RECEIVED, *WORKED)),
    # At the front door that it is offered to. Taking it on is everybody's there, so that a child never waits for it.
    Transition(Verb.OFFER, State.DUE, State.OFFERED, frozenset({Standing.SYSTEM})),
    Transition(Verb.ACCEPT, State.OFFERED, State.RECEIVED, _RECEIVERS),
    Transition(Verb.REFUSE, State.OFFERED, State.RETURNED, _DECIDERS, needs_why=True),
    *(
        Transition(Verb.RECALL, state, State.RETURNED, frozenset({Standing.SYSTEM}))
        for state in (State.DUE, State.OFFERED)
    ),
)

_BY_CELL = {(transition.verb, transition.source): transition for transition in TRANSITIONS}

_NOW_IT_IS: dict[State, str] = {
    State.DUE: "It has not arrived yet.",
    State.OFFERED: "Another front door still owns it: accept it first.",
    State.RECEIVED: "Nobody has claimed it yet.",
    State.IN_TRIAGE: "It is being triaged.",
    State.AWAITING_INFORMATION: "It waits for information.",
    State.DECIDED: "It has been decided.",
    State.CLOSED: "It is closed.",
    State.TRANSFERRED: "It was handed over to another front door.",
    State.RETURNED: "It was not taken on here.",
}


def transition_for(verb: Verb, state: State) -> Transition | None:
    """Return the transition that `verb` makes from `state`, or None when there is none."""
    return _BY_CELL.get((verb, state))


def check_transition(verb: Verb, state: State, standing: AbstractSet[Standing]) -> Transition:
    """Return the transition that somebody who stands so makes by `verb` from `state`.

    Raises Refusal when the state does not allow it, or when nobody who stands so may.
    """
    rule = f"intake.{verb.value}"
    transition = transition_for(verb, state)
    if transition is None:
        raise Refusal(f"{_NOW_IT_IS[state]} You cannot {VERB_NAMES[verb]} now.", rule=rule, subject_type="intake")
    if transition.who.isdisjoint(standing):
        # Whoever is refused wants to know which person can: the system is nobody whom they could ask.
        people = transition.who - {Standing.SYSTEM} or transition.who
        raise Refusal(f"Only {who_reads(people)} can do this.", rule=rule, subject_type="intake")
    return transition


def can_make_transition(verb: Verb, state: State, standing: AbstractSet[Standing]) -> bool:
    """Say whether `check_transition` would let it pass."""
    try:
        check_transition(verb, state, standing)
    except Refusal:
        return False
    return True


def check_why(transition: Transition, why: str) -> None:
    """Raise Refusal when the transition needs a reason and `why` is blank."""
    if transition.needs_why and not why.strip():
        rule = f"intake.{transition.verb.value}"
        raise Refusal("Say why: the reason is kept with the referral.", rule=rule, subject_type="intake")


def who_reads(who: AbstractSet[Standing]) -> str:
    """Return who may as words in a sentence."""
    names = [STANDING_NAMES[one] for one in Standing if one in who]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def describe() -> str:
    """Return this table as a section of docs/reference/lifecycle.md, in Markdown."""
    lines = ["## Intake", "", "One for each front door that receives the referral. The decision is per child.", ""]
    lines += ["```mermaid", "stateDiagram-v2", f"    [*] --> {State.DUE.value}"]
    lines += [
        f"    {transition.source.value} --> {transition.target.value}: {VERB_NAMES[transition.verb]}"
        for transition in TRANSITIONS
        if transition.source is not transition.target
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
