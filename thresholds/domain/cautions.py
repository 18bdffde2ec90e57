"""What to look at before a draft is published: changes that could leave somebody without help. It stops nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from thresholds.domain.difference import Change, Kind, PartName, rise
from thresholds.domain.doors import FrontDoor, Route, Status
from thresholds.domain.duties import Effect
from thresholds.domain.needs import Descriptor, ExploitationSign, HarmFactor
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Flag, When
from thresholds.domain.rules import parts_in


class Look(StrEnum):
    """Why to look, gravest first."""

    DOOR_GONE = "door_gone"
    NUMBER_GONE = "number_gone"
    MAIN_DOOR = "main_door"
    ROUTE_GONE = "route_gone"
    ROUTE_CHANGED = "route_changed"
    OVERRIDE_GONE = "override_gone"
    OVERRIDE_CHANGED = "override_changed"
    FLAGGED_LOWERED = "flagged_lowered"
    FLAGGED_GONE = "flagged_gone"
    FLAG_LOST = "flag_lost"
    HARM_GONE = "harm_gone"
    HARM_LOWERED = "harm_lowered"
    RAISES_NOTHING = "raises_nothing"
    TWIN_LOST = "twin_lost"
    ORDER = "order"
    HOURS = "hours"
    WHOLE_PICTURE = "whole_picture"
    LEVEL_WEAKER = "level_weaker"
    TELLING = "telling"
    NOT_ASKED = "not_asked"
    CONFIRMED = "confirmed"
    REUSED = "reused"


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to look at. `what` is its name or wording, `detail` the number or circumstance that it is about."""

    look: Look
    part: PartName
    id: str
    what: str
    detail: str = ""
    open_work: int = 0
    """Of a front door: what lies there undecided."""


_Listed = Descriptor | ExploitationSign


def cautions(
    old: Pack, new: Pack, changes: Sequence[Change], open_work: Mapping[str, int] | None = None
) -> tuple[Caution, ...]:
    """What to look at in `changes`, which is the difference from `old` to `new`; gravest first, in the packs' order.

    `open_work` says how much lies undecided at each front door, by its id.
    """
    found = [
        *_doors(old, new, open_work or {}),
        *_routes(old, new),
        *_orders(old, new, changes),
        *_overrides(old, new),
        *_descriptors(old, new),
        *_harm_factors(old, new),
        *_levels(old, new),
        *_telling(old, new),
        *_whole_picture(old, new),
        *_not_asked(old, new),
        *_confirmed(old, new),
        *(
            Caution(Look.REUSED, change.part, change.id, _words(change))
            for change in changes
            if change.reused and Kind.REMOVED not in change.kinds
        ),
    ]
    order = list(Look)
    return tuple(sorted(found, key=lambda caution: order.index(caution.look)))


def _words(change: Change) -> str:
    return next((value for field in ("wording", "text", "name", "label") if (value := change.value(field))), change.id)


def _numbers(door: FrontDoor) -> list[str]:
    said = [line.number for line in door.numbers]
    said += [other.number for line in door.numbers for other in line.alternatives]
    return [number for number in said if number]


def _doors(old: Pack, new: Pack, open_work: Mapping[str, int]) -> Iterator[Caution]:
    for door in old.front_doors:
        now = new.doors_by_id.get(door.id)
        work = open_work.get(door.id, 0)
        if now is None:
            yield Caution(Look.DOOR_GONE, PartName.FRONT_DOORS, door.id, door.name, open_work=work)
            continue
        for number in _numbers(door):
            if number not in _numbers(now):
                yield Caution(Look.NUMBER_GONE, PartName.FRONT_DOORS, door.id, door.name, number, work)
        if _open(door) != _open(now):
            yield Caution(Look.HOURS, PartName.FRONT_DOORS, door.id, door.name, open_work=work)
    if old.main_door != new.main_door:
        name = new.doors_by_id[new.main_door].name
        yield Caution(Look.MAIN_DOOR, PartName.PACK, "main_door", name)


def _open(door: FrontDoor) -> tuple[object, ...]:
    """What decides whom to ring at which hour: the spans of each source, and who is rung when it is closed."""
    spans = [(one.openings, one.when_others_closed, one.bank_holidays) for one in door.hours]
    return (spans, door.out_of_hours)


def _orders(old: Pack, new: Pack, changes: Sequence[Change]) -> Iterator[Caution]:
    """Orders that mean something: of levels their height, of routes their precedence."""
    for part, before, after in (
        (PartName.LEVELS, old.levels, new.levels),
        (PartName.ROUTES, old.routes, new.routes),
    ):
        if any(change.part is part and Kind.REORDERED in change.kinds for change in changes):
            was, now = ({one.id: one.name for one in parts} for parts in (before, after))
            moved = zip((id_ for id_ in was if id_ in now), (id_ for id_ in now if id_ in was), strict=True)
            yield Caution(Look.ORDER, part, "", now[next(after for before, after in moved if before != after)])


def _whole_picture(old: Pack, new: Pack) -> Iterator[Caution]:
    """From more descriptors or domains on, or never: then several needs together say less than before."""
    was, now = old.cumulative, new.cumulative
    if was and (now is None or now.descriptors > was.descriptors or now.domains > was.domains):
        yield Caution(Look.WHOLE_PICTURE, PartName.PACK, "cumulative", was.set_by)


def _routes(old: Pack, new: Pack) -> Iterator[Caution]:
    after = {route.id: route for route in new.routes}
    for route in old.routes:
        now = after.get(route.id)
        if now is None:
            yield Caution(Look.ROUTE_GONE, PartName.ROUTES, route.id, route.name)
        elif _leads(route) != _leads(now):
            yield Caution(Look.ROUTE_CHANGED, PartName.ROUTES, route.id, route.name)


def _leads(route: Route) -> tuple[When, str | None, bool, bool]:
    return route.when, route.door, route.main_door, route.ring_first


def _overrides(old: Pack, new: Pack) -> Iterator[Caution]:
    after = {override.id: override for override in new.overrides}
    for override in old.overrides:
        now = after.get(override.id)
        if now is None:
            yield Caution(Look.OVERRIDE_GONE, PartName.OVERRIDES, override.id, override.name)
            continue
        rules = ("when", "not_mobile", "raises_to", "urgent", "ring", "tell_family")
        if any(getattr(override, rule) != getattr(now, rule) for rule in rules):
            yield Caution(Look.OVERRIDE_CHANGED, PartName.OVERRIDES, override.id, override.name)


GUARDED = frozenset(
    {
        Flag.SEXUAL_ABUSE,
        Flag.FABRICATED_ILLNESS,
        Flag.FORCED_MARRIAGE,
        Flag.HONOUR_BASED_ABUSE,
        Flag.FGM,
        Flag.SEXUAL_EXPLOITATION,
        Flag.TRAFFICKING,
        Flag.ALLEGATION_AGAINST_PROFESSIONAL,
    }
)
"""Circumstances of which the family isn't told in any area: the guard hangs on the flag, whatever the pack's rules say.
The decision to share has the same list with its reasons; a test holds them together."""


def _asked_flags(*packs: Pack) -> frozenset[Flag]:
    """Circumstances by which an override, a route or a rule on telling speaks, or the guard."""
    whens = (part for pack in packs for _path, part in parts_in(pack) if isinstance(part, When))
    return GUARDED.union(*(when.flags for when in whens))


def _override_flags(*packs: Pack) -> frozenset[Flag]:
    """Circumstances by which an override speaks."""
    return frozenset(flag for pack in packs for override in pack.overrides for flag in override.when.flags)


def _listed(pack: Pack) -> dict[str, tuple[PartName, _Listed]]:
    found: dict[str, tuple[PartName, _Listed]] = {one.id: (PartName.DESCRIPTORS, one) for one in pack.descriptors}
    for category in pack.exploitation.categories if pack.exploitation else ():
        found |= {sign.id: (PartName.SIGNS, sign) for sign in category.signs}
    return found


def _highest(one: _Listed) -> str:
    return (one.up_to if isinstance(one, Descriptor) else None) or one.level


def _reaches_s47(pack: Pack, one: _Listed) -> bool:
    """Whether it stands, or may stand, at a level that section 47 is part of. An id that the pack lacks doesn't."""
    return _highest(one) in pack.level_order and pack.level(_highest(one)).legal.reaches_s47


def _descriptors(old: Pack, new: Pack) -> Iterator[Caution]:
    telling, asked = _override_flags(old, new), _asked_flags(old, new)
    after = _listed(new)
    for id_, (part, was) in _listed(old).items():
        flagged = [flag for flag in was.flags if flag in telling]
        detail = ", ".join(flagged)
        if id_ not in after:
            if flagged:
                yield Caution(Look.FLAGGED_GONE, part, id_, was.wording, detail)
            elif _reaches_s47(old, was):
                yield Caution(Look.HARM_GONE, part, id_, was.wording)
            continue
        now = after[id_][1]
        lost = [flag for flag in was.flags if flag in asked and flag not in now.flags]
        if lost:
            yield Caution(Look.FLAG_LOST, part, id_, was.wording, ", ".join(lost))
        if was.raises and not now.raises:
            yield Caution(Look.RAISES_NOTHING, part, id_, was.wording)
        if isinstance(was, Descriptor) and was.twin and isinstance(now, Descriptor) and now.twin != was.twin:
            yield Caution(Look.TWIN_LOST, part, id_, was.wording)
        rises = (rise(old, new, was.level, now.level), rise(old, new, _highest(was), _highest(now)))
        lower = any(higher is not None and higher < 0 for higher in rises)
        if lower and flagged:
            yield Caution(Look.FLAGGED_LOWERED, part, id_, was.wording, detail)
        elif lower and _reaches_s47(old, was):
            yield Caution(Look.HARM_LOWERED, part, id_, was.wording)


def _harm_factors(old: Pack, new: Pack) -> Iterator[Caution]:
    asked = _asked_flags(old, new)
    after: dict[str, HarmFactor] = {factor.id: factor for factor in new.harm_factors}
    for factor in old.harm_factors:
        now = after.get(factor.id)
        if now is None:
            yield Caution(Look.HARM_GONE, PartName.HARM_FACTORS, factor.id, factor.wording)
            continue
        if (factor.raises and not now.raises) or (factor.warning and not now.warning):
            yield Caution(Look.RAISES_NOTHING, PartName.HARM_FACTORS, factor.id, factor.wording)
        lost = [flag for flag in factor.flags if flag in asked and flag not in now.flags]
        if lost:
            yield Caution(Look.FLAG_LOST, PartName.HARM_FACTORS, factor.id, factor.wording, ", ".join(lost))


def _levels(old: Pack, new: Pack) -> Iterator[Caution]:
    after = {level.id: level for level in new.levels}
    for level in old.levels:
        now = after.get(level.id)
        if now is None or now.legal.strength < level.legal.strength:
            yield Caution(Look.LEVEL_WEAKER, PartName.LEVELS, level.id, level.name)


def _telling(old: Pack, new: Pack) -> Iterator[Caution]:
    guard = {Effect.NEVER_TELL, Effect.MAY_WITHHOLD, Effect.NEVER_DELAY}
    after = {rule.id: rule for rule in new.consent_rules}
    for rule in old.consent_rules:
        kept = set(after[rule.id].effects) if rule.id in after else set()
        changed = rule.id in after and after[rule.id].when != rule.when
        if guard & set(rule.effects) and (changed or not guard & set(rule.effects) <= kept):
            yield Caution(Look.TELLING, PartName.CONSENT_RULES, rule.id, rule.text)


def _not_asked(old: Pack, new: Pack) -> Iterator[Caution]:
    """Pages of the form that were asked, and aren't any more."""
    for page in new.form.off:
        if page not in old.form.off:
            yield Caution(Look.NOT_ASKED, PartName.PACK, "form", page)


def _confirmed(old: Pack, new: Pack) -> Iterator[Caution]:
    """Contacts that were not confirmed and now stand as stated: somebody has to know that they are right."""
    for door in new.front_doors:
        before = old.doors_by_id.get(door.id)
        doubted = set(_unconfirmed(before)) if before else set()
        said = [line.number for line in door.numbers if line.status is Status.STATED and line.number]
        for number in said:
            if number in doubted or (before is not None and number not in _numbers(before)):
                yield Caution(Look.CONFIRMED, PartName.FRONT_DOORS, door.id, door.name, number)


def _unconfirmed(door: FrontDoor) -> Iterator[str]:
    for line in door.numbers:
        if line.status is Status.UNCONFIRMED and line.number:
            yield line.number
            yield from (other.number for other in line.alternatives)
