"""Whether somebody at the referring agency is asked before a referral goes, or beside it.

Sources: the agency's own policy, and the consent rules of the area's document, which the decision to share has read.
Nothing urgent waits. A referral that the desk may not see goes without the desk. Where nobody can be asked who hasn't
written it, such as at a sole practitioner's, it goes too: an approval can't come from whoever asks for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from consent.domain.facts import Role
from consent.domain.result import Ask, AskState, SharingDecision, Verdict

POLICY = "agency-policy"
ADVICE = "sharing-advice"


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

    `beside`: it is urgent and goes at once. `lapses`: only the agency's own policy asks, so that after its time the
    referral goes without an answer; what the area's document asks for doesn't lapse.
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
    people: People,
) -> Wanted | None:
    """Return the approval to ask for, None for none.

    `bypasses_desk` is the author's answer, None while it isn't given: the desk sees nothing then. After the desk has
    advised against sending, its agency's policy holds nothing up a second time: whoever is worried may refer.
    """
    if bypasses_desk is not False:
        return None
    for ask in _open_asks(decisions):
        asked = _whom(ask, people)
        if asked is not None:
            return Wanted(asked, ask.rule or ADVICE, beside=urgent, lapses=False)
    if policy and people.desk and not declined_before:
        return Wanted(Asked.DESK, POLICY, beside=urgent, lapses=not urgent)
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


def _open_asks(decisions: Iterable[SharingDecision]) -> Iterable[_Open]:
    for decision in decisions:
        yield from (_Open(frozenset(ask.of), ask.rule) for ask in decision.asks if _stands(ask))
        if decision.verdict is Verdict.ADVICE_NEEDED and not decision.asks:
            yield _Open(frozenset({Role.MANAGER, Role.LEAD}), "")


def _stands(ask: Ask) -> bool:
    return ask.state is AskState.NEEDED


def _whom(ask: _Open, people: People) -> Asked | None:
    """The desk where the document allows it, which advises anyway; a line manager where it asks for one."""
    order = (Asked.MANAGER, Asked.DESK) if ask.of == {Role.MANAGER} else (Asked.DESK, Asked.MANAGER)
    there = {Asked.DESK: people.desk, Asked.MANAGER: people.managers}
    return next((asked for asked in order if there[asked]), None)


def check_may_go(decisions: Iterable[SharingDecision], *, urgent: bool) -> tuple[str, ...]:
    """Return why a routine referral can't be submitted as it stands; empty when it can, and always for an urgent one.

    A decision that needs an approval can be submitted: it waits for that.
    """
    if urgent:
        return ()
    return tuple(dict.fromkeys(decision.reasons[-1] for decision in decisions if decision.verdict is Verdict.MAY_NOT))
