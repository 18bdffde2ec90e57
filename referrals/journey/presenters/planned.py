"""Where a referral goes and why, in words, from its plain data: before sending and frozen alike."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_noop

from govuk.wording import translated
from referrals.journey.presenters.citing import Cited, Reader
from thresholds.domain.assessments import conditional_name
from thresholds.domain.duties import Event
from thresholds.domain.urgency import UrgentBecause


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line to ring, with the names that includes/help_line.html reads."""

    name: str
    number: str | None
    confirmed: bool
    hours: str
    note: str


@dataclass(frozen=True, slots=True)
class RingShown:
    """Who is rung first."""

    area: str
    emergency: bool
    ring_now: LineShown | None
    others: tuple[LineShown, ...]
    note: str


@dataclass(frozen=True, slots=True)
class IntakeShown:
    """A front door that receives a child's referral."""

    door: str
    area: str
    here: bool
    why: tuple[Cited, ...]
    lines: tuple[LineShown, ...]
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClockShown:
    """A time that runs."""

    name: str
    who: str
    due_at: datetime | None
    from_call: bool
    """Counted from a call that isn't recorded yet."""
    learned: bool
    """Counts from when the writer learned of it."""
    since_now: bool
    """That isn't recorded: it counts from now, and it may have been before."""
    outer_limit: bool
    note: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class PlanShown:
    """The plan of one child."""

    urgent: bool
    urgent_because: tuple[str, ...]
    stands_in: bool
    ring_first: RingShown | None
    written_by: ClockShown | None
    intakes: tuple[IntakeShown, ...]
    steps: tuple[Cited, ...]
    duties: tuple[Cited, ...]
    alternatives: tuple[Cited, ...]
    clocks: tuple[ClockShown, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DestinationShown:
    """A front door, and the children who go there."""

    door: str
    area: str
    urgent: bool
    here: bool
    children: str


_LEARNED = frozenset({Event.ALLEGATION.value, Event.FGM_DISCOVERED.value})
BEFORE_JUDGEMENT = gettext_noop("What you chose on the page of what fits. It says more once you have judged the level.")


def plan_shown(plan: Mapping[str, Any], reader: Reader, *, judged: bool = True) -> PlanShown:
    """Return the plan of one child in words. `plan` is what routing freezes. Until the practitioner has `judged`, it
    doesn't name the level that the document indicates."""
    clocks = [(one, _clock(one, reader)) for one in plan["clocks"]]
    written = [shown for one, shown in clocks if one["after"] == Event.CALL.value and shown.due_at]
    return PlanShown(
        urgent=bool(plan["urgent"]),
        urgent_because=tuple(dict.fromkeys(_urgent(one, judged=judged) for one in plan["urgent_reasons"])),
        stands_in=bool(plan["stands_in"]),
        ring_first=_ring(plan["ring_first"]) if plan["ring_first"] else None,
        written_by=written[0] if written else None,
        intakes=tuple(_intake(one, reader) for one in plan["intakes"]),
        steps=tuple(reader.cited(one) for one in plan["steps"]),
        duties=tuple(
            reader.cited(one, note="" if one["certain"] else gettext("It may apply: a fact isn't known."))
            for one in plan["duties"]
        ),
        alternatives=tuple(
            replace(reader.cited(one["why"]), text=f"{one['door_name']}: {one['why']['text']}")
            for one in plan["alternatives"]
        ),
        clocks=tuple(shown for _one, shown in clocks),
        questions=tuple(gettext(one["text"]) for one in plan["questions"]),
    )


def _urgent(reason: Mapping[str, Any], *, judged: bool) -> str:
    hidden = not judged and reason["because"] == UrgentBecause.INDICATED_LEVEL.value
    return gettext(BEFORE_JUDGEMENT) if hidden else gettext(str(reason["text"]))


def destinations_shown(plan: Mapping[str, Any], names: Mapping[str, str]) -> tuple[DestinationShown, ...]:
    """Return every front door once, with the names of the children who go there, by their id as text."""
    return tuple(
        DestinationShown(
            door=one["door_name"],
            area=one["area_name"],
            urgent=bool(one["urgent"]),
            here=bool(one["here"]),
            children=", ".join(names.get(child, "") for child in one["children"]),
        )
        for one in plan["destinations"]
    )


def _line(line: Mapping[str, Any]) -> LineShown:
    return LineShown(line["name"], line["number"], bool(line["confirmed"]), line["hours"], line["note"])


def _ring(ring: Mapping[str, Any]) -> RingShown:
    return RingShown(
        area=ring["area_name"],
        emergency=bool(ring["emergency"]),
        ring_now=_line(ring["ring_now"]) if ring["ring_now"] else None,
        others=tuple(_line(one) for one in ring["others"]),
        note=translated(ring["note"]),
    )


def _intake(intake: Mapping[str, Any], reader: Reader) -> IntakeShown:
    return IntakeShown(
        door=intake["door_name"],
        area=intake["area_name"],
        here=bool(intake["here"]),
        why=tuple(
            reader.cited(one, note="" if one["certain"] else gettext("It may apply: a fact isn't known."))
            for one in intake["why"]
        ),
        lines=tuple(_line(one) for one in intake["lines"]),
        channels=tuple(intake["channels"]),
    )


def _clock(clock: Mapping[str, Any], reader: Reader) -> ClockShown:
    return ClockShown(
        name=conditional_name(clock["deadline"], clock["name"]),
        who=clock["who"],
        due_at=datetime.fromisoformat(clock["due_at"]) if clock["due_at"] else None,
        from_call=bool(clock["provisional"]) and clock["after"] == Event.CALL.value,
        learned=clock["after"] in _LEARNED,
        since_now=bool(clock["provisional"]),
        outer_limit=bool(clock["outer_limit"]),
        note=clock["note"],
        source=reader.source(clock["citation"]),
        url=reader.url(clock),
    )
