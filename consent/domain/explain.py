"""The decision in words that a parent could read. No area's terms of art, no law by number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consent.domain.agreed_words import frozen_limits
from consent.domain.facts import Form
from consent.domain.people import State
from consent.domain.result import Scope, SharingDecision, TellWhen, Verdict

HELD_BACK = (
    "For the practitioner only. Do not show, give or read this to the family until the front door says that you may."
)
AGREED: dict[State, str] = {
    State.GIVEN: "We asked about sharing what we know, and the answer was yes.",
    State.LIMITED: "We asked about sharing what we know, and the answer was yes for some of it.",
    State.CHILD_ONLY: "Your child understands what this is about and said yes.",
    State.CHILD_TO_ASK: "A parent said yes. Your child has a say too, and hasn't been asked yet.",
    State.DISPUTED: "One of those who can decide said yes, and another said no. We wrote both down.",
    State.REFUSED: "We asked about sharing what we know, and the answer was no. We wrote that down.",
    State.WITHDRAWN: "You said yes at first and then changed your mind. We wrote that down.",
    State.NOT_SOUGHT: "We did not ask first. We wrote down why.",
    State.NOT_KNOWN: "We don't have an answer yet about sharing what we know.",
}
WITHOUT = {State.REFUSED, State.WITHDRAWN, State.DISPUTED, State.NOT_SOUGHT, State.NOT_KNOWN, State.CHILD_TO_ASK}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Essence:
    """What of a decision is explained."""

    form: Form
    verdict: Verdict
    scope: Scope
    agreement: State
    harm_possible: bool
    refer_instead: bool
    guarded: bool
    area_name: str
    whens: frozenset[TellWhen]
    limits: tuple[str, ...]
    """What was agreed to where agreement is limited, a line for each kind of recipient."""


def explain(decision: SharingDecision) -> tuple[str, ...]:
    """The decision as paragraphs, in the words of the practitioner to a parent.

    While the guard on telling holds, the first paragraph says that it is not to be shown; callers make no
    family-facing copy at all then (`decision.guard.holds`).
    """
    return explain_frozen(decision.to_dict())


def explain_frozen(frozen: Mapping[str, Any], *, lifted: bool = False) -> tuple[str, ...]:
    """The same of a decision as it is frozen, plain JSON. `lifted`: the front door said since that the family may be
    told. KeyError or ValueError for what isn't a decision."""
    guard = frozen["guard"]
    decision = _Essence(
        form=Form(frozen["form"]),
        verdict=Verdict(frozen["verdict"]),
        scope=Scope(frozen["scope"]),
        agreement=State(frozen["agreement"]),
        harm_possible=frozen["harm_possible"],
        refer_instead=frozen["refer_instead"],
        guarded=bool(guard["because"]) and not guard["lifted"] and not lifted,
        area_name=frozen["area_name"],
        whens=frozenset(TellWhen(one["when"]) for one in frozen["tell"] if one["relation"] is not None),
        limits=frozen_limits(frozen),
    )
    parts = [
        HELD_BACK if decision.guarded else "",
        AGREED[decision.agreement],
        _what_happens(decision),
        _how_much(decision),
        _told(decision),
        _help(decision),
        "You can ask to see what was shared, and say if something in it is wrong.",
    ]
    return tuple(part for part in parts if part)


def _what_happens(decision: _Essence) -> str:
    team = "the team that helps families" if decision.form is Form.EHA else "children's social care"
    where = f"{team} in {decision.area_name}"
    if decision.verdict.passes:
        if decision.harm_possible and decision.agreement in WITHOUT and decision.form is Form.MARF:
            return (
                f"We are sharing it with {where} because we are worried that a child may be hurt. "
                "When a child may be hurt, the law lets us share without a yes, so that somebody can help in time."
            )
        if decision.agreement in WITHOUT:
            return (
                f"We are sharing it with {where} without a yes from everybody. We weighed that against the child's "
                "need for help, and wrote down why."
            )
        return f"We are sharing it with {where}, so that your child gets help."
    return {
        Verdict.TO_WEIGH: f"Nothing goes to {where} yet. A colleague looks first whether it should.",
        Verdict.NEEDS_APPROVAL: f"Nothing goes to {where} yet. A manager looks first at whether it should.",
        Verdict.ADVICE_NEEDED: f"Nothing goes to {where} yet. We are asking a colleague who knows about safety first.",
    }.get(decision.verdict, f"Nothing goes to {where}. We don't share this without a yes.")


def _how_much(decision: _Essence) -> str:
    return {
        Scope.NOTHING: "",
        Scope.ESSENTIALS: "Only who and where your child is and what the worry is will go, and nothing more for now.",
        Scope.AGREED_PARTS: " ".join(("Only what was agreed will go.", *(f"{line}." for line in decision.limits))),
        Scope.NEEDED: "Only what they need to help goes, to people whose job is to help or protect children.",
    }[decision.scope]


def _told(decision: _Essence) -> str:
    if decision.guarded and TellWhen.NOT_YET in decision.whens:
        return "The family isn't told for now, because telling could put somebody in danger."
    if TellWhen.BEFORE in decision.whens:
        return "We tell you what we share, with whom and why before it goes, if we can do that safely and in time."
    if decision.whens & {TellWhen.AFTER, TellWhen.NOT_YET}:
        return "We tell you as soon as we can afterwards what we shared, with whom and why."
    return "We have told you what we share, with whom and why."


def _help(decision: _Essence) -> str:
    if decision.refer_instead:
        return "We are worried that a child may be hurt, so we may have to tell children's social care all the same."
    if decision.harm_possible:
        return ""
    return "Taking up help is your choice, and you can change your mind."
