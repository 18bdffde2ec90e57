"""Whether somebody at the referring agency is asked before a referral goes, or beside it.

Sources: the agency's own policy, and the consent rules of the area's document, which the decision to share has read.
Nothing urgent waits. A routine referral without agreement on record, or with answers that don't fit together, isn't
stopped: somebody who hasn't written it weighs it, and says why it goes. A referral that the desk may not see goes
without the desk. Where nobody can be asked, such as at a sole practitioner's, it goes too, flagged: an approval can't
come from whoever asks for it. Only an explicit no then needs the author's own recorded reason (docs/adr/0016).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from consent.domain.facts import Role
from consent.domain.result import Ask, AskState, ContradictionKind, SharingDecision, Verdict

POLICY = "agency-policy"
ADVICE = "sharing-advice"
WEIGH = "sharing-weigh"
"""No agreement is on record, or it was refused, and no harm is possible."""
ANSWERS = "sharing-answers"
"""Answers about sharing don't fit together."""
WEIGHED_ANYWAY = frozenset({ContradictionKind.PARENTS_DIFFER, ContradictionKind.TOLD_ALTHOUGH_GUARDED})
"""Contradictions that nobody can put right on the form: they are heard, recorded and shown."""
JUDGED_LOWER = "judged-lower"


class Asked(StrEnum):
    """Whom it is put to. The value is stored."""

    DESK = "desk"
    MANAGER = "manager"


class DeskTold(StrEnum):
    """Whether the agency's safeguarding desk hears of what goes, and why not where it doesn't."""

    TOLD = "told"
    ABOUT_IT = "about_it"
    NOT_ANSWERED = "not_answered"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class People:
    """Whether there is anybody to ask who didn't write the referral and isn't whom it is about."""

    desk: bool
    managers: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """An approval to ask for.

    `because`: `POLICY`, `ADVICE`, `WEIGH`, `ANSWERS`, `JUDGED_LOWER` or the id of the area's rule. `beside`: it goes at
    once, being urgent or because nothing asks it to wait. `lapses`: only the agency's own policy asks, so that after
    its time the referral goes without an answer; what the area's document asks for, or what has to be weighed, doesn't
    lapse: it is chased.
    """

    asked: Asked
    because: str
    beside: bool
    lapses: bool


def wanted(
    decisions: Iterable[SharingDecision],
    *,
    urgent: bool,
    bypasses_desk: bool | None,
    policy: bool,
    declined_before: bool,
    judged_lower: bool,
    people: People,
) -> Wanted | None:
    """Return the approval to ask for, None for none.

    `judged_lower`: for a child the practitioner judged lower than what is indicated. The desk is asked to look at that
    beside the sending (thresholds/domain/check_divergence.py): guidance, never a gate, so it holds nothing up.

    `bypasses_desk` is the author's answer, None while it isn't given: the desk sees nothing then. After the desk has
    advised against sending, its agency's policy holds nothing up a second time: whoever is worried may refer.
    """
    if bypasses_desk is not False:
        return None
    for ask in _open_asks(list(decisions), urgent=urgent):
        asked = _whom(ask, people)
        if asked is not None:
            return Wanted(asked, ask.rule, beside=urgent, lapses=False)
    if policy and people.desk and not declined_before:
        return Wanted(Asked.DESK, POLICY, beside=urgent, lapses=not urgent)
    if judged_lower and people.desk:
        return Wanted(Asked.DESK, JUDGED_LOWER, beside=True, lapses=False)
    return None


def desk_told(*, bypasses_desk: bool | None, people: People) -> DeskTold:
    """Return whether the desk is told of what goes: nobody is who wrote it, or who may be whom it is about.

    `bypasses_desk` is the author's answer, None while it isn't given: the desk sees nothing then.
    """
    if bypasses_desk is None:
        return DeskTold.NOT_ANSWERED
    if bypasses_desk:
        return DeskTold.ABOUT_IT
    return DeskTold.TOLD if people.desk else DeskTold.NOBODY


@dataclass(frozen=True, slots=True)
class _Open:
    of: frozenset[Role]
    rule: str


def nobody_to_ask(*, bypasses_desk: bool | None, people: People) -> bool:
    """Return whether nobody at the agency could look first, so that what would wait has nobody to wait for."""
    return bypasses_desk is not False or not (people.desk or people.managers)


def needs_reason(because: str) -> bool:
    """Return whether whoever lets it go says why. The agency's own policy, and a level that was judged lower, ask only
    for a look; all else is a decision to share without agreement, or against an answer, and stands with its reason
    (Staffordshire, line 585)."""
    return because not in {POLICY, JUDGED_LOWER}


def weighs_agreement(because: str) -> bool:
    """Return whether what was asked is a decision to share without the agreement that is missing: an answer to it may
    reach beyond what a family agreed to. The agency's look at what goes, or answers that don't fit together, aren't."""
    return because not in {POLICY, JUDGED_LOWER, ANSWERS}


_EITHER = frozenset({Role.MANAGER, Role.LEAD})


def _open_asks(decisions: list[SharingDecision], *, urgent: bool) -> Iterable[_Open]:
    """What is asked, the most particular first: the document's own, then what has to be weighed."""
    for decision in decisions:
        yield from (_Open(frozenset(ask.of), ask.rule) for ask in decision.asks if _stands(ask))
    verdicts = {decision.verdict for decision in decisions}
    if Verdict.ADVICE_NEEDED in verdicts:
        yield _Open(_EITHER, ADVICE)
    if Verdict.TO_WEIGH in verdicts:
        yield _Open(_EITHER, WEIGH)
    if not urgent and any(_to_put_right(decision) for decision in decisions):
        yield _Open(_EITHER, ANSWERS)


def _to_put_right(decision: SharingDecision) -> bool:
    return any(one.kind not in WEIGHED_ANYWAY for one in decision.to_put_right)


def _stands(ask: Ask) -> bool:
    return ask.state is AskState.NEEDED


def _whom(ask: _Open, people: People) -> Asked | None:
    """The desk where the document allows it, which advises anyway; a line manager where it asks for one."""
    order = (Asked.MANAGER, Asked.DESK) if ask.of == {Role.MANAGER} else (Asked.DESK, Asked.MANAGER)
    there = {Asked.DESK: people.desk, Asked.MANAGER: people.managers}
    return next((asked for asked in order if there[asked]), None)


def check_may_go(decisions: Iterable[SharingDecision], *, urgent: bool) -> tuple[str, ...]:
    """Return why a routine referral can't be submitted as it stands; empty when it can, and always for an urgent one.

    A decision that needs an approval, advice or weighing can be submitted: it waits for that. Two things stop it:
    whoever was asked has said no, or the family has, with nobody to ask and no reason written.
    """
    if urgent:
        return ()
    return tuple(dict.fromkeys(decision.reasons[-1] for decision in decisions if decision.verdict is Verdict.MAY_NOT))
