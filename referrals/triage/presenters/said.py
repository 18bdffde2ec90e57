"""What people said about an intake, as pages quote it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.clock import ENGLAND
from referrals.casework.domain.outcomes import NAMES, Outcome
from referrals.casework.domain.partners import BASES, PARTNERS, Basis, Partner
from referrals.casework.models import (
    Decision,
    Disagreement,
    Message,
    PartnerRequest,
    Recommendation,
    WithdrawalRequest,
)
from referrals.triage.forms import Decided


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: what it is, its words, and who made it when."""

    heading: str
    lines: tuple[str, ...]
    by: str
    at: datetime


def _by_then(rows: Iterable[Said], until: datetime | None) -> tuple[Said, ...]:
    """What was said until then: a front door that has let go of it reads nothing later, of these four."""
    return tuple(one for one in rows if until is None or one.at <= until)


def recommended(rows: Iterable[Recommendation], names: Mapping[UUID, str]) -> tuple[Said, ...]:
    """Return the recommendations, each with the child's name where there is one."""
    return tuple(
        Said(
            _heading(gettext("Recommended"), row.outcome, row.child_id, names),
            (row.rationale,),
            row.by_name,
            row.at,
        )
        for row in rows
    )


def decided(rows: Iterable[Decision], names: Mapping[UUID, str]) -> tuple[Said, ...]:
    """Return the decisions that count, with reasons and next step."""
    return tuple(
        Said(
            _heading(gettext("Decided"), row.outcome, row.child_id, names),
            (row.rationale, gettext("Next: %(next_step)s") % {"next_step": row.next_step}),
            row.by_name,
            row.at,
        )
        for row in rows
    )


def decided_now(rows: Iterable[Decision], names: Mapping[UUID, str]) -> list[Decided]:
    """Return what stands decided, as the form asks about it."""
    return [Decided(row.child_id, names.get(row.child_id, "") if row.child_id else "", row.outcome) for row in rows]


def asked(rows: Iterable[Message], *, until: datetime | None = None) -> tuple[Said, ...]:
    """Return the questions to the referrer, each followed by its answer or by the word that there is none yet."""
    return _by_then(_asked(rows), until)


def contested(rows: Iterable[Disagreement], *, until: datetime | None = None) -> tuple[Said, ...]:
    """Return the disagreements, each followed by its answer if it has one."""
    return _by_then(_contested(rows), until)


def withdrawing(rows: Iterable[WithdrawalRequest], *, until: datetime | None = None) -> tuple[Said, ...]:
    """Return the requests to withdraw, each followed by its answer if it has one."""
    return _by_then(_withdrawing(rows), until)


def partners(rows: Iterable[PartnerRequest], *, until: datetime | None = None) -> tuple[Said, ...]:
    """Return what partner agencies were asked, each followed by what came back if anything has."""
    return _by_then(_partners(rows), until)


def disagreement_said(row: Disagreement) -> Said:
    """Return what is contested, on which grounds, at which stage of the partnership's procedure."""
    stage = f", {row.stage_name}" if row.stage_name else ""
    what = (
        gettext("The referrer's agency takes it up, as there was no answer")
        if row.takes_up_id
        else gettext("The referrer's agency disagrees")
    )
    return Said(
        f"{what}{stage}",
        (row.grounds,),
        row.by_name,
        row.at,
    )


def withdrawal_said(row: WithdrawalRequest) -> Said:
    """Return why the referrer asks to withdraw."""
    return Said(gettext("The referrer asks to withdraw it"), (row.why,), row.by_name, row.at)


def _asked(rows: Iterable[Message]) -> Iterator[Said]:
    for row in rows:
        yield Said(gettext("Asked"), (row.text,), row.by_name, row.at)
        if hasattr(row, "answer"):
            yield Said(gettext("Answered"), (row.answer.text,), row.answer.by_name, row.answer.at)


def _partners(rows: Iterable[PartnerRequest]) -> Iterator[Said]:
    for row in rows:
        due = row.due_at.astimezone(ENGLAND)
        lines = (
            row.asked,
            gettext("Why: %(why)s") % {"why": row.why},
            gettext("On what basis: %(bases)s") % {"bases": gettext(BASES[Basis(row.basis)])},
            gettext("To answer by %(due)s") % {"due": date_format(due, "j F Y, H:i")},
        )
        yield Said(
            gettext("%(partners)s was asked: %(who)s")
            % {"partners": gettext(PARTNERS[Partner(row.partner)]), "who": row.who},
            lines,
            row.by_name,
            row.at,
        )
        if hasattr(row, "answer"):
            heading = gettext("What they gave") if row.answer.given else gettext("They gave nothing")
            yield Said(heading, (row.answer.text,), row.answer.by_name, row.answer.at)


def _contested(rows: Iterable[Disagreement]) -> Iterator[Said]:
    for row in rows:
        yield disagreement_said(row)
        if hasattr(row, "answer"):
            heading = gettext("The decision changes") if row.answer.changes else gettext("The decision stands")
            yield Said(heading, (row.answer.reasons,), row.answer.by_name, row.answer.at)


def _withdrawing(rows: Iterable[WithdrawalRequest]) -> Iterator[Said]:
    for row in rows:
        yield withdrawal_said(row)
        if hasattr(row, "answer"):
            heading = (
                gettext("Agreed: it is withdrawn") if row.answer.accepted else gettext("Not agreed: the work goes on")
            )
            yield Said(heading, (row.answer.reasons,), row.answer.by_name, row.answer.at)


def _heading(what: str, outcome: str, child_id: UUID | None, names: Mapping[UUID, str]) -> str:
    name = names.get(child_id, "") if child_id else ""
    said = {"what": what, "name": name, "outcome": gettext(NAMES[Outcome(outcome)])}
    return gettext("%(what)s for %(name)s: %(outcome)s") % said if name else gettext("%(what)s: %(outcome)s") % said
