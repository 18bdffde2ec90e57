"""Packs shaped for pages: words for codes, citations with their titles, and silence shown as silence."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from thresholds.domain.doors import Channel, FrontDoor, Hours, Status, Telephone
from thresholds.domain.duties import NoteKind, Silent, Unit
from thresholds.domain.hours import in_words
from thresholds.domain.pack import Pack
from thresholds.domain.parts import AgeBand, Citation, LegalMeaning, When
from thresholds.wording import AGENCIES, AGREEMENT, EFFECTS, EVENTS, FLAGS, HARM, NOTES, SILENT, TAKES, UNITS

NOT_STATED = "Not stated by the partnership"
LEGAL = {
    LegalMeaning.NONE: "No statutory meaning",
    LegalMeaning.S17: "Child in need (section 17)",
    LegalMeaning.S47: "Child protection (section 47)",
    LegalMeaning.MIXED: "Child in need or child protection (sections 17 and 47)",
}


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


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a list: what, more about it, and where it was read."""

    name: str
    text: str
    details: tuple[str, ...]
    source: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A domain of the grid, with the descriptors of each level in order of levels."""

    name: str
    group: str
    cells: tuple[tuple[Told, ...], ...]


@dataclass(frozen=True, slots=True)
class PackShown:
    """An area's pack as the reference page shows it. Empty lists are silences or not entered yet: see `silences`."""

    name: str
    partnership: str
    title: str
    effective_from: dt.date
    standing: Told
    level_names: tuple[str, ...]
    levels: tuple[Told, ...]
    domains: tuple[Told, ...]
    grid: tuple[GridRow, ...]
    descriptors_said: str
    overrides: tuple[Told, ...]
    doors: tuple[DoorShown, ...]
    routes: tuple[Told, ...]
    consent_rules: tuple[Told, ...]
    deadlines: tuple[Told, ...]
    escalation: Told
    stages: tuple[Told, ...]
    golden_rules: Told
    silences: tuple[Told, ...]
    notes: tuple[Told, ...]
    sources: tuple[Told, ...]


def source_of(pack: Pack, citation: Citation) -> str:
    """A citation in words; the area's own document is "the document", any other is named."""
    if citation.document == "threshold":
        return citation.reads()
    return f"{pack.documents_by_id[citation.document].title}, {citation.reads()}"


def _named_source(pack: Pack, citation: Citation) -> str:
    """As `source_of`, for pages of several areas: the area's own document is named as such."""
    words = source_of(pack, citation)
    return f"Threshold document: {words}" if citation.document == "threshold" else words


def door_shown(pack: Pack, door: FrontDoor) -> DoorShown:
    """A front door in words."""
    after = pack.doors_by_id.get(door.out_of_hours or "")
    return DoorShown(
        id=door.id,
        name=door.name,
        takes=", ".join(TAKES[takes] for takes in door.takes),
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
        return f"{words} (not confirmed: {source_of(pack, hours.citation)})"
    return words


def _channel(channel: Channel) -> str:
    words = f"{channel.name}: {channel.address}" if channel.address else f"{channel.name} (no address stated)"
    return f"{words} (not confirmed)" if channel.status is Status.UNCONFIRMED else words


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
            without.append("an out-of-hours team")
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


def pack_shown(pack: Pack) -> PackShown:
    """The whole pack, for its reference page."""
    return PackShown(
        name=pack.area.name,
        partnership=pack.area.partnership,
        title=pack.documents_by_id["threshold"].title,
        effective_from=pack.effective_from,
        standing=Told("", pack.standing.text, (), source_of(pack, pack.standing.citation)),
        level_names=tuple(level.name for level in pack.levels),
        levels=_levels(pack),
        domains=tuple(
            Told(domain.name, domain.meaning, tuple(filter(None, [domain.group])), source_of(pack, domain.citation))
            for domain in pack.domains
        ),
        grid=_grid(pack),
        descriptors_said=_descriptors_said(pack),
        overrides=tuple(
            Told(
                override.name,
                override.note or "",
                tuple(step.text for step in override.steps),
                source_of(pack, override.citation),
            )
            for override in pack.overrides
        ),
        doors=tuple(door_shown(pack, door) for door in pack.front_doors),
        routes=routes_shown(pack),
        consent_rules=_consent_rules(pack),
        deadlines=_deadlines(pack),
        escalation=Told(
            pack.escalation.policy or "",
            pack.escalation.note or "",
            tuple(filter(None, [pack.escalation.address])),
            source_of(pack, pack.escalation.citation),
        ),
        stages=tuple(
            Told(
                f"{stage.number}. {stage.name}",
                stage.who,
                (_amount(stage.amount, stage.unit) or f"Time: {NOT_STATED.lower()}",),
                source_of(pack, stage.citation),
            )
            for stage in pack.escalation.stages
        ),
        golden_rules=Told(
            f"Edition of {pack.golden_rules.edition}",
            pack.golden_rules.note or "",
            (),
            source_of(pack, pack.golden_rules.citation),
        ),
        silences=tuple(Told(SILENT[silence.topic], silence.note or "", (), "") for silence in pack.silent),
        notes=_notes(pack),
        sources=tuple(
            Told(document.title, document.edition or "", tuple(filter(None, [document.address])), "")
            for document in pack.documents
        ),
    )


def _levels(pack: Pack) -> tuple[Told, ...]:
    shown = []
    for level in pack.levels:
        name = f"Level {level.number}: {level.name}" if level.number is not None else level.name
        overlaps = ", ".join(pack.level(other).name for other in level.overlaps)
        details = [LEGAL[level.legal], level.response, f"Overlaps with {overlaps}" if overlaps else "", level.note]
        shown.append(Told(name, level.meaning, tuple(filter(None, details)), source_of(pack, level.citation), level.id))
    return tuple(shown)


def _grid(pack: Pack) -> tuple[GridRow, ...]:
    """Domain by level, as people know it from the paper; a range stands at its lowest level and says its highest."""
    rows = []
    for domain in pack.domains:
        cells = []
        for level in pack.levels:
            found = [d for d in pack.descriptors if d.domain == domain.id and d.level == level.id]
            cells.append(
                tuple(
                    Told(
                        descriptor.wording,
                        descriptor.why_not or "",
                        tuple(
                            filter(
                                None,
                                [
                                    f"Up to {pack.level(descriptor.up_to).name}" if descriptor.up_to else "",
                                    age_in_words(descriptor.age) if descriptor.age else "",
                                ],
                            )
                        ),
                        # The row names the section already; a cell has room for the lines alone.
                        descriptor.citation.place(),
                        descriptor.id,
                    )
                    for descriptor in found
                )
            )
        rows.append(GridRow(domain.name, domain.group or "", tuple(cells)))
    return tuple(rows) if pack.descriptors else ()


def _descriptors_said(pack: Pack) -> str:
    if pack.descriptors:
        return ""
    for silence in pack.silent:
        if silence.topic is Silent.DESCRIPTORS:
            return f"{NOT_STATED}. {silence.note or ''}".strip()
    return "This pack holds no descriptors of the document yet. Judge by what the levels mean, and read the document."


def routes_shown(pack: Pack) -> tuple[Told, ...]:
    """Every route: when it speaks, and where it leads. Also what `manage.py routes` prints."""
    shown = []
    for route in pack.routes:
        leads = []
        if route.door is not None:
            door = pack.doors_by_id[route.door]
            leads.append(f"Ring first: {door.name}" if route.ring_first else f"Goes to: {door.name}")
        leads += [step.text for step in route.steps]
        leads += [f"Your own duty: {route.reminder}"] if route.reminder else []
        shown.append(
            Told(route.name, when_in_words(pack, route.when), tuple(leads), source_of(pack, route.citation), route.id)
        )
    return tuple(shown)


def _consent_rules(pack: Pack) -> tuple[Told, ...]:
    shown = []
    for rule in pack.consent_rules:
        details = [
            when_in_words(pack, rule.when),
            *(EFFECTS[effect] for effect in rule.effects),
            *(f"Unless: {reason}" for reason in rule.unless),
            rule.note or "",
        ]
        shown.append(Told(rule.text, "", tuple(filter(None, details)), source_of(pack, rule.citation), rule.id))
    return tuple(shown)


def _deadlines(pack: Pack) -> tuple[Told, ...]:
    shown = []
    for deadline in pack.deadlines:
        amount = _amount(deadline.amount, deadline.unit)
        time = f"{amount} after {EVENTS[deadline.after]}" if amount else f"{NOT_STATED}; set by the partnership"
        if deadline.outer_limit:
            time = f"At the latest {time}"
        details = [f"By {deadline.who}", "Statutory" if deadline.statutory else "Local", deadline.note or ""]
        name = deadline.name
        shown.append(Told(name, time, tuple(filter(None, details)), source_of(pack, deadline.citation), deadline.id))
    return tuple(shown)


def _notes(pack: Pack) -> tuple[Told, ...]:
    ordered = sorted(pack.notes, key=lambda note: list(NoteKind).index(note.kind))
    return tuple(
        Told(NOTES[note.kind], note.text, (), source_of(pack, note.citation), note.handled_by or "") for note in ordered
    )


def _amount(amount: int | None, unit: Unit | None) -> str:
    if amount is None or unit is None:
        return ""
    words = UNITS[unit]
    return f"{amount} {words.removesuffix('s') if amount == 1 else words}"


def age_in_words(age: AgeBand) -> str:
    """An age band as people say it."""
    if age.unborn:
        return "Unborn child"
    if age.from_years is None:
        return f"Under {age.under_years}"
    if age.under_years is None:
        return f"Aged {age.from_years} or over"
    last = age.under_years - 1
    return f"Aged {age.from_years}" if last == age.from_years else f"Aged {age.from_years} to {last}"


def when_in_words(pack: Pack, when: When) -> str:
    """The facts under which a rule speaks, as a sentence."""
    said: list[str] = []
    if when.flags:
        said.append(_either(FLAGS[flag] for flag in when.flags))
    if when.harm:
        said.append(f"significant harm: {_either(HARM[harm] for harm in when.harm)}")
    if when.levels:
        said.append(f"level {_either(pack.level(level).name for level in when.levels)}")
    if when.age:
        said.append(age_in_words(when.age).lower())
    if when.agencies:
        said.append(f"referrer from {_either(AGENCIES[kind] for kind in when.agencies)}")
    if when.agreement:
        said.append(f"agreement {_either(AGREEMENT[answer] for answer in when.agreement)}")
    if when.open_case is not None:
        said.append("the child has a social worker" if when.open_case else "the child has no social worker")
    if when.out_of_hours is not None:
        said.append("out of hours" if when.out_of_hours else "in office hours")
    return f"When: {'; and '.join(said)}" if said else "Always"


def _either(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
