"""Which number to ring at this hour: what stands on every page, error pages too.

The number of an out-of-hours team comes first once the office is closed, and the words that a form alone reaches nobody
until morning. A number that no document states stays empty: no other line stands in for it.
"""

import datetime as dt
from collections.abc import Sequence, Set
from dataclasses import dataclass

from thresholds.domain.doors import FrontDoor, Status, Telephone
from thresholds.domain.hours import in_words, is_open, is_working_day, local, next_opening
from thresholds.domain.pack import Pack

AGENCY_AREA = "your agency's area"

# Whole sentences, so that each can be said in another language.
_DAYS_NOT_STATED = "The partnership doesn't state on which days this office is open."
_HOURS_NOT_STATED = "The partnership doesn't state when this office is open."
_MAY_REACH_NOBODY = "A form alone may reach nobody until morning."
_NO_NUMBER = "The partnership states no number for out of hours."
_UNTIL_MORNING = "A form alone reaches nobody until morning."
_UNTIL = (
    "A form alone reaches nobody until Monday morning.",
    "A form alone reaches nobody until Tuesday morning.",
    "A form alone reaches nobody until Wednesday morning.",
    "A form alone reaches nobody until Thursday morning.",
    "A form alone reaches nobody until Friday morning.",
    "A form alone reaches nobody until Saturday morning.",
    "A form alone reaches nobody until Sunday morning.",
)


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One line: `number` is None where the partnership states none; `confirmed` is False unless its document states
    the number and nothing newer disputes it; `hours` and `note` are words for people, empty where nothing is to say."""

    name: str
    number: str | None
    confirmed: bool
    hours: str
    note: str


@dataclass(frozen=True, slots=True)
class AreaLines:
    """An area's lines at one moment. `out_of_hours` is None where it isn't stated whether the office is open."""

    area: str
    name: str
    named_as: str
    ring_now: HelpLine | None
    others: tuple[HelpLine, ...]
    out_of_hours: bool | None
    note: str


@dataclass(frozen=True, slots=True)
class HelpNow:
    """The lines of the area in question, if one is known, and those of every area."""

    area: AreaLines | None
    areas: tuple[AreaLines, ...]


def help_line(door: FrontDoor, telephone: Telephone) -> HelpLine:
    """A telephone of a front door as people read it, with every number that sources give."""
    notes = [f"Another source gives {other.number}." for other in telephone.alternatives]
    hours = in_words(door.hours)
    if hours and all(one.status is Status.UNCONFIRMED for one in door.hours):
        hours = f"{hours} (hours not confirmed)"
    return HelpLine(
        name=door.name,
        number=telephone.number,
        confirmed=telephone.status is Status.STATED,
        hours=hours,
        note=" ".join(notes),
    )


def door_lines(pack: Pack, front_door: str, now: dt.datetime, holidays: Set[dt.date]) -> tuple[HelpLine, ...]:
    """The numbers of a front door at `now` (aware); a line without a number stays out, as no other line stands in for
    it. At the main door that of the out-of-hours team comes first when it is closed. Empty for a door that the pack
    doesn't know."""
    door = pack.doors_by_id.get(front_door)
    if door is None:
        return ()
    if door.id != pack.main_door:
        return tuple(line for telephone in door.numbers if (line := help_line(door, telephone)).number)
    lines = area_lines(pack, now, holidays)
    return tuple(line for line in (lines.ring_now, *lines.others) if line is not None and line.number)


def area_lines(pack: Pack, now: dt.datetime, holidays: Set[dt.date], *, named_as: str = "") -> AreaLines:
    """The lines of the pack's area at `now` (aware), `named_as` saying whose area it is taken to be.

    Where it isn't stated whether the office is open, its own line comes first on working days, and the out-of-hours
    team's on other days; the other one stands beside it.
    """
    main = pack.doors_by_id[pack.main_door]
    after = pack.doors_by_id.get(main.out_of_hours or "")
    opened = is_open(main, now, holidays)
    office = tuple(help_line(main, telephone) for telephone in main.numbers)
    team = tuple(help_line(after, telephone) for telephone in after.numbers) if after else ()
    team_first = opened is False or (opened is None and not is_working_day(local(now).date(), holidays))
    reachable = any(line.number for line in team)
    ordered = (*team, *office) if team_first and reachable else (*office, *team)
    return AreaLines(
        area=pack.area.slug,
        name=pack.area.name,
        named_as=named_as,
        ring_now=ordered[0] if ordered else None,
        others=ordered[1:],
        out_of_hours=None if opened is None else not opened,
        note=_note(main, opened, now, holidays, reachable=reachable),
    )


def _note(main: FrontDoor, opened: bool | None, now: dt.datetime, holidays: Set[dt.date], *, reachable: bool) -> str:
    if opened:
        return ""
    if opened is None:
        return f"{_DAYS_NOT_STATED if main.hours else _HOURS_NOT_STATED} {_MAY_REACH_NOBODY}"
    until = _until(main, now, holidays)
    return until if reachable else f"{_NO_NUMBER} {until}"


def _until(main: FrontDoor, now: dt.datetime, holidays: Set[dt.date]) -> str:
    opening = next_opening(main.hours[0], now, holidays)
    if opening.date() - local(now).date() <= dt.timedelta(days=1):
        return _UNTIL_MORNING
    return _UNTIL[opening.weekday()]


def help_now(
    packs: Sequence[Pack], area: str | None, now: dt.datetime, holidays: Set[dt.date], *, named_as: str = AGENCY_AREA
) -> HelpNow:
    """The lines of `area` (a slug; None or one without a pack: unknown) and of every pack's area, by name.

    `now` is aware; a naive moment is refused with ValueError.
    """
    ordered = sorted(packs, key=lambda pack: pack.area.name)
    own = next((pack for pack in ordered if pack.area.slug == area), None)
    return HelpNow(
        area=area_lines(own, now, holidays, named_as=named_as) if own else None,
        areas=tuple(area_lines(pack, now, holidays) for pack in ordered),
    )
