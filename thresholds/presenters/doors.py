"""Front doors with everything that leads to them: what is unconfirmed marked, what isn't stated said."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from thresholds.domain.doors import Channel, FrontDoor, Hours, Status, Telephone
from thresholds.domain.duties import Silent
from thresholds.domain.hours import in_words
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Citation
from thresholds.presenters.words import source_of
from thresholds.wording import TAKES


@dataclass(frozen=True, slots=True)
class NumberShown:
    """A number, who says so, and whether it is confirmed."""

    number: str
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class LineShown:
    """A telephone line; no numbers: not stated."""

    label: str
    numbers: tuple[NumberShown, ...]
    note: str


@dataclass(frozen=True, slots=True)
class DoorShown:
    """A front door with everything that leads to it."""

    id: str
    name: str
    takes: str
    lines: tuple[LineShown, ...]
    hours: tuple[str, ...]
    channels: tuple[str, ...]
    out_of_hours: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class AreaNumbers:
    """An area on the page of numbers."""

    slug: str
    name: str
    partnership: str
    doors: tuple[DoorShown, ...]
    without_number: str


def _named_source(pack: Pack, citation: Citation) -> str:
    """As `source_of`, for pages of several areas: the area's own document is named as such."""
    words = source_of(pack, citation)
    return gettext("Threshold document: %(words)s") % {"words": words} if citation.document == "threshold" else words


def door_shown(pack: Pack, door: FrontDoor) -> DoorShown:
    """A front door in words."""
    after = pack.doors_by_id.get(door.out_of_hours or "")
    return DoorShown(
        id=door.id,
        name=door.name,
        takes=", ".join(gettext(TAKES[takes]) for takes in door.takes),
        lines=tuple(_line(pack, telephone) for telephone in door.numbers),
        hours=tuple(_hours(pack, hours) for hours in door.hours),
        channels=tuple(_channel(channel) for channel in door.channels),
        out_of_hours=after.name if after else "",
        note=door.note or "",
        source=source_of(pack, door.citation),
    )


def _line(pack: Pack, telephone: Telephone) -> LineShown:
    confirmed = telephone.status is Status.STATED
    numbers = []
    if telephone.number and telephone.citation:
        numbers.append(NumberShown(telephone.number, _named_source(pack, telephone.citation), confirmed))
    numbers += [
        NumberShown(other.number, _named_source(pack, other.citation), confirmed=False)
        for other in telephone.alternatives
    ]
    return LineShown(telephone.label, tuple(numbers), telephone.note or "")


def _hours(pack: Pack, hours: Hours) -> str:
    words = in_words([hours])
    words = words[:1].upper() + words[1:]
    if hours.status is Status.UNCONFIRMED:
        return gettext("%(words)s (not confirmed: %(source)s)") % {
            "words": words,
            "source": source_of(pack, hours.citation),
        }
    return words


def _channel(channel: Channel) -> str:
    words = (
        f"{channel.name}: {channel.address}"
        if channel.address
        else gettext("%(channel)s (no address stated)") % {"channel": channel.name}
    )
    return gettext("%(words)s (not confirmed)") % {"words": words} if channel.status is Status.UNCONFIRMED else words


def numbers_by_area(packs: Iterable[Pack]) -> tuple[AreaNumbers, ...]:
    """Areas with the front doors that have a line, for the page of numbers."""
    shown = []
    for pack in packs:
        doors = [door for door in pack.front_doors if any(line.number for line in door.numbers)]
        main = pack.doors_by_id[pack.main_door]
        if main not in doors:
            doors.insert(0, main)
        without = [door.name for door in pack.front_doors if door not in doors]
        if pack.is_silent(Silent.OUT_OF_HOURS_NUMBER) and main.out_of_hours is None:
            without.append(gettext("an out-of-hours team"))
        shown.append(
            AreaNumbers(
                slug=pack.area.slug,
                name=pack.area.name,
                partnership=pack.area.partnership,
                doors=tuple(door_shown(pack, door) for door in doors),
                without_number=", ".join(without),
            )
        )
    return tuple(shown)
