"""One intake as its page shows it: where it stands, its times, what can be done and, where it can't, why not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.clock import ENGLAND
from referrals.casework.domain.outcomes import LEADS_TO_ASSESSMENT, Outcome
from referrals.casework.models import Decision
from referrals.routing.domain.extending import Running, can_be_extended
from referrals.routing.domain.lifecycle import LET_GO, WITH_ANOTHER, State, Verb
from referrals.routing.domain.lifecycle import Standing as Stands
from referrals.routing.domain.permissions import can_act, standing
from referrals.routing.models import Clock
from referrals.routing.selectors import clocks_of, handed_over_at
from referrals.triage.opening import Opened
from referrals.triage.presenters.beside import STATES
from referrals.triage.presenters.queue import RAG_TAGS, rag_name
from referrals.triage.presenters.times import ClockShown, clock_shown, counts


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an intake stands, and the buttons that belong to that. `owner` is empty while nobody holds it; `here` is
    whether this front door has it."""

    state: str
    owner: str
    here: bool
    is_mine: bool
    rag: str
    rag_tag: str
    clocks: tuple[ClockShown, ...]
    may_claim: bool
    may_release: bool
    may_rate: bool
    may_close: bool


def standing_of(opened: Opened, decided: Iterable[Decision]) -> Standing:
    """Return where the intake stands for this person. `decided` are its decisions that count. One query, for its
    clocks; another one where it was handed over."""
    intake = opened.intake
    here = State(intake.state) not in LET_GO
    gone_at = handed_over_at(intake)
    assessed = any(Outcome(one.outcome) in LEADS_TO_ASSESSMENT for one in decided)

    def may(verb: Verb) -> bool:
        return can_act(verb, opened.actor, opened.facts)

    return Standing(
        state=gettext(STATES[intake.state]),
        owner=intake.claimed_by.full_name if intake.claimed_by and here else "",
        here=here,
        is_mine=intake.claimed_by_id is not None and intake.claimed_by_id == opened.actor.person_id,
        rag=rag_name(intake),
        rag_tag=RAG_TAGS.get(intake.rag or "", ""),
        clocks=tuple(
            clock_shown(
                view,
                assessed=assessed,
                now=opened.now,
                url=_longer(view.clock, opened),
                extensions=view.clock.extensions.all(),
                handed_over_at=gone_at,
            )
            for view in clocks_of(intake, now=opened.now)
            if counts(view.clock, intake)
        ),
        may_claim=intake.claimed_by_id is None and may(Verb.CLAIM),
        may_release=intake.claimed_by_id is not None and may(Verb.RELEASE),
        may_rate=may(Verb.RATE),
        may_close=may(Verb.CLOSE),
    )


def _longer(clock: Clock, opened: Opened) -> str:
    running = Running(
        due_at=clock.due_at,
        statutory=clock.statutory,
        outer_limit=clock.outer_limit,
        stopped=clock.stopped_at is not None,
        decides=Stands.DECIDER in standing(opened.actor, opened.facts),
        here=State(opened.intake.state) not in WITH_ANOTHER,
    )
    return reverse("triage:extend", args=[opened.intake.pk, clock.pk]) if can_be_extended(running) else ""


def claimed_words(who: str, since: datetime) -> str:
    """Return what whoever came second reads."""
    local = since.astimezone(ENGLAND)
    return gettext("%(who)s claimed it first, on %(day)s at %(time)s. Choose another one.") % {
        "who": who,
        "day": date_format(local, "j F"),
        "time": date_format(local, "H:i"),
    }
