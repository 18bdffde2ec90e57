"""What can be done with an intake next, as a list: a link, or the reason why this person can't."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from audit.domain.refusal import Refusal
from referrals.casework.actions.partners import check_ask_partner
from referrals.casework.domain.partners import PARTNERS, Partner
from referrals.casework.models import Disagreement, PartnerRequest, WithdrawalRequest
from referrals.routing.domain.lifecycle import LET_GO, State, Verb, transition_for
from referrals.routing.domain.permissions import check_act
from referrals.triage.domain.permissions import check_answers
from referrals.triage.opening import Opened


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: `url` is empty where it can't be done by this person now, and `reason` says why."""

    text: str
    url: str
    reason: str = ""


def steps_of(
    opened: Opened,
    undecided: Mapping[UUID | None, str],
    contested: Iterable[Disagreement],
    withdrawing: Iterable[WithdrawalRequest],
    partners: Iterable[PartnerRequest],
    *,
    in_part: bool = False,
) -> tuple[Step, ...]:
    """Return what is to be done, what others wait for first. `undecided` are names by child; None where none was
    recorded. Of disagreements, requests to withdraw and what partners were asked only those without an answer
    count. `in_part`: this front door
    was given a part of it."""
    if opened.intake.state == State.OFFERED.value:
        # Both answers stand beside each other under the offer; here is why somebody can't give one.
        answer = _step(gettext("Accept or refuse what is offered"), "refuse", Verb.REFUSE, opened, None)
        return () if answer.url else (answer,)
    has_it = State(opened.intake.state) not in LET_GO
    return (
        *(
            _answer(gettext("Answer the disagreement"), "disagreement", one.pk, opened)
            for one in contested
            if not (hasattr(one, "answer") or hasattr(one, "taken_up"))
        ),
        *(
            _answer(gettext("Answer the request to withdraw"), "withdrawal", one.pk, opened)
            for one in withdrawing
            if has_it and not hasattr(one, "answer")
        ),
        *(step for one in partners if has_it and not hasattr(one, "answer") for step in _of_partner(one, opened)),
        *_steps(opened, undecided),
        *((_telling(opened),) if has_it else ()),
        *(
            (
                Step(
                    gettext("Open all of it: a child needs protection now"),
                    reverse("triage:open_rest", args=[opened.intake.pk]),
                ),
            )
            if in_part
            else ()
        ),
    )


def reason_against(check: Callable[[], object]) -> str:
    """Return the reason that a check refuses with, empty where it passes: the page shows it in the link's place."""
    try:
        check()
    except Refusal as refusal:
        return gettext(refusal.reason)
    return ""


def _steps(opened: Opened, undecided: Mapping[UUID | None, str]) -> Iterator[Step]:
    state = State(opened.intake.state)
    if transition_for(Verb.DECIDE, state) is None and state is not State.RECEIVED:
        return
    yield _step(gettext("Ask the referrer for information"), "ask", Verb.ASK, opened, None)
    reason = reason_against(lambda: check_ask_partner(opened.intake, opened.actor, opened.facts))
    yield Step(
        gettext("Record what you asked a partner agency"), "" if reason else _url("ask_partner", opened, None), reason
    )
    for child, name in undecided.items():
        about = gettext(" for %(name)s") % {"name": name} if name else ""
        # Whoever sees it may recommend; only the state can stand in the way, and says so as for deciding.
        waits = "" if transition_for(Verb.DECIDE, state) else gettext("Nobody has claimed it yet.")
        yield Step(
            gettext("Recommend an outcome%(about)s") % {"about": about},
            "" if waits else _url("recommend", opened, child),
            waits,
        )
        yield _step(gettext("Decide%(about)s") % {"about": about}, "decide", Verb.DECIDE, opened, child)
    yield _step(gettext("Hand it on: it belongs to another front door"), "hand_on", Verb.HAND_ON, opened, None)


def _of_partner(asked: PartnerRequest, opened: Opened) -> Iterator[Step]:
    partner, where = gettext(PARTNERS[Partner(asked.partner)]).lower(), [opened.intake.pk, asked.pk]
    yield Step(
        gettext("Record what %(partner)s answered") % {"partner": partner}, reverse("triage:partner", args=where)
    )
    paper = gettext("Make a paper for %(partner)s: what you asked, and whom it is about") % {"partner": partner}
    yield Step(paper, reverse("triage:paper", args=where))


def _telling(opened: Opened) -> Step:
    reason = reason_against(lambda: check_answers(opened.actor, opened.facts, rule="sharing.telling"))
    url = "" if reason else reverse("triage:telling", args=[opened.intake.pk])
    return Step(gettext("Say whether the family may be told"), url, reason)


def _answer(text: str, name: str, about: UUID, opened: Opened) -> Step:
    reason = reason_against(lambda: check_answers(opened.actor, opened.facts, rule=f"{name}.answer"))
    return Step(text, "" if reason else reverse(f"triage:{name}", args=[opened.intake.pk, about]), reason)


def _step(text: str, name: str, verb: Verb, opened: Opened, child: UUID | None) -> Step:
    reason = reason_against(lambda: check_act(verb, opened.actor, opened.facts))
    return Step(text, "" if reason else _url(name, opened, child), reason)


def _url(name: str, opened: Opened, child: UUID | None) -> str:
    if child is None:
        return reverse(f"triage:{name}", args=[opened.intake.pk])
    return reverse(f"triage:{name}_child", args=[opened.intake.pk, child])
