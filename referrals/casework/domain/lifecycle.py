"""The life cycle of an approval: one table, with who may answer. docs/reference/lifecycle.md is generated from here.

The asking and the answer are two immutable rows; the state is read from them, so that nothing can be half-changed.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from audit.domain.refusal import Refusal


class State(StrEnum):
    """Where an approval stands. All but the first are stored, as the answer."""

    ASKED = "asked"
    APPROVED = "approved"
    RETURNED = "returned"
    DECLINED = "declined"
    LAPSED = "lapsed"


STATE_MEANINGS: dict[State, str] = {
    State.ASKED: "The desk was asked. A routine referral waits; an urgent one has gone and is looked at beside it.",
    State.APPROVED: "Somebody of the desk agrees. A routine referral goes with that.",
    State.RETURNED: "The author is asked to change something, and why. A routine referral is a draft again.",
    State.DECLINED: "Somebody of the desk advises against sending, and why. The author may still send: "
    "whoever is worried may refer.",
    State.LAPSED: "Nobody answered within the agency's time, so the referral went without; or it was withdrawn.",
}


class Standing(StrEnum):
    """How somebody stands to an approval."""

    DESK = "desk"
    APPROVER = "approver"
    WRITER = "writer"
    SYSTEM = "system"


STANDING_NAMES: dict[Standing, str] = {
    Standing.DESK: "the agency's designated safeguarding lead or a deputy",
    Standing.APPROVER: "a line manager who was asked",
    Standing.WRITER: "somebody who writes the referral",
    Standing.SYSTEM: "the system",
}


class Verb(StrEnum):
    """What answers an approval."""

    APPROVE = "approve"
    RETURN = "return"
    DECLINE = "decline"
    LAPSE = "lapse"


VERB_NAMES: dict[Verb, str] = {
    Verb.APPROVE: "approve",
    Verb.RETURN: "return for changes",
    Verb.DECLINE: "advise against sending",
    Verb.LAPSE: "let it lapse",
}


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed change. `beside`: also where the referral was urgent and has gone already."""

    verb: Verb
    source: State
    target: State
    who: frozenset[Standing]
    beside: bool
    needs_why: bool = False


_JUDGES = frozenset({Standing.DESK, Standing.APPROVER})

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Verb.APPROVE, State.ASKED, State.APPROVED, _JUDGES, beside=True),
    # What has gone can't be taken back to the desk: the author adds to it instead.
    Transition(Verb.RETURN, State.ASKED, State.RETURNED, _JUDGES, beside=False, needs_why=True),
    Transition(Verb.DECLINE, State.ASKED, State.DECLINED, _JUDGES, beside=True, needs_why=True),
    Transition(Verb.LAPSE, State.ASKED, State.LAPSED, frozenset({Standing.SYSTEM, Standing.WRITER}), beside=True),
)

_BY_CELL = {(transition.verb, transition.source): transition for transition in TRANSITIONS}

_NOW_IT_IS: dict[State, str] = {
    State.ASKED: "It waits for an answer.",
    State.APPROVED: "It has been approved.",
    State.RETURNED: "It has been returned for changes.",
    State.DECLINED: "It has been answered already.",
    State.LAPSED: "The time for an answer has passed.",
}


def transition_for(verb: Verb, state: State) -> Transition | None:
    """Return the transition that `verb` makes from `state`, or None when there is none."""
    return _BY_CELL.get((verb, state))


def check_transition(verb: Verb, state: State, standing: AbstractSet[Standing], *, beside: bool) -> Transition:
    """Return the transition that somebody who stands so makes. `beside`: the referral has gone already.

    Raises Refusal when the state does not allow it, or when nobody who stands so may. Both go before who may, so
    that two who answer at once read what happened.
    """
    rule = f"approval.{verb.value}"
    transition = transition_for(verb, state)
    if transition is None:
        raise Refusal(f"{_NOW_IT_IS[state]} You cannot {VERB_NAMES[verb]} now.", rule=rule, subject_type="referral")
    if beside and not transition.beside:
        raise Refusal("It has gone already. Ask the author to add what is missing.", rule=rule, subject_type="referral")
    if transition.who.isdisjoint(standing):
        raise Refusal(f"Only {who_reads(transition.who)} can do this.", rule=rule, subject_type="referral")
    return transition


def check_why(transition: Transition, why: str, *, asks: bool = False) -> None:
    """Raise Refusal when the answer needs a reason and `why` is blank. `asks`: what is approved asks for one too."""
    if (transition.needs_why or asks) and not why.strip():
        raise Refusal(
            "Say why: the author reads it.", rule=f"approval.{transition.verb.value}", subject_type="referral"
        )


def who_reads(who: AbstractSet[Standing]) -> str:
    """Return who may as words in a sentence."""
    names = [STANDING_NAMES[one] for one in Standing if one in who]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def describe() -> str:
    """Return this table as a section of docs/reference/lifecycle.md, in Markdown."""
    lines = ["## Approval", "", "Asked before a routine referral where the agency's policy or the area's document asks"]
    lines += ["for it, or where agreement isn't on record and somebody weighs it; and beside an urgent one. Whoever"]
    lines += ["lets it go says why, unless only the agency's policy asks. Nobody approves their own.", ""]
    lines += ["```mermaid", "stateDiagram-v2", f"    [*] --> {State.ASKED.value}"]
    lines += [f"    {one.source.value} --> {one.target.value}: {VERB_NAMES[one.verb]}" for one in TRANSITIONS]
    lines += [f"    {state.value} --> [*]" for state in State if state is not State.ASKED]
    lines += ["```", "", "| state | what it means |", "|---|---|"]
    lines += [f"| {state.value} | {STATE_MEANINGS[state]} |" for state in State]
    lines += ["", "| what | from | to | who may | also when it has gone | a reason |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {VERB_NAMES[one.verb]} | {one.source.value} | {one.target.value} | {who_reads(one.who)} "
        f"| {'yes' if one.beside else 'no'} | {'must be given' if one.needs_why else 'need not'} |"
        for one in TRANSITIONS
    ]
    return "\n".join(lines) + "\n"
