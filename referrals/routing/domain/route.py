"""The route plan: which front doors receive one child's referral, and why.

Areas differ only by the routes of their packs. What holds everywhere, from the safety rules of the design:

- Whatever is protective reaches the area's main door; what can't wait also its out-of-hours team, unless the office is
  known to be open. Where the child is found in another area, that area's doors come first and the home area is told.
- A route that hangs on a fact that isn't known speaks; the fact becomes a question and holds nothing up.
- Early help and consultation stand back while another door has the referral: sharing stays proportionate, and that
  door can step down.
- A line that only advises is rung, and receives nothing written.
- An early help assessment that nothing makes urgent goes where the document says that assessments go, else to the early
  help that its routes name; where it says nothing, nobody is sent anything: whoever wrote it asks the main door.
- An allegation about somebody who works with children goes to the designated officer of the workplace's area.
- No plan is without an intake: guidance is never a gate, so the main door takes what no route leads anywhere.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from types import MappingProxyType

from referrals.routing.domain.beside import duties, questions, steps
from referrals.routing.domain.clocks import planned_clocks
from referrals.routing.domain.plan import (
    RULES,
    Alternative,
    DoorKey,
    PlannedIntake,
    RingFirst,
    RouteFacts,
    RoutePlan,
    Step,
    Why,
)
from referrals.routing.domain.situation import Situation, situation
from thresholds.domain.doors import FrontDoor, Kind
from thresholds.domain.early_help import EarlyHelpTopic
from thresholds.domain.help_now import area_lines, help_line
from thresholds.domain.hours import is_open
from thresholds.domain.pack import Pack

STAND_BACK = frozenset({Kind.EARLY_HELP, Kind.CONSULTATION})
"""Kinds of door that get no referral while another kind has it."""
NOT_STATED = "assessment-not-stated"
"""Rule of a plan for an assessment in an area whose document doesn't say who receives one."""
NO_OTHERS: Mapping[str, Pack] = MappingProxyType({})


@dataclass(slots=True)
class _Receiver:
    """A door while the plan is made."""

    pack: Pack
    door: FrontDoor
    why: list[Why] = field(default_factory=list)
    ring_first: bool = False


class _Receivers(dict[DoorKey, _Receiver]):
    """The doors of a plan, in the order in which they came."""

    def put(self, pack: Pack, door: FrontDoor, why: Why, *, ring_first: bool = False) -> None:
        """Add a door, or another reason to one."""
        receiver = self.setdefault((pack.area.slug, door.id), _Receiver(pack, door))
        receiver.why.append(why)
        receiver.ring_first |= ring_first

    def kinds(self) -> frozenset[Kind]:
        """Kinds of the doors."""
        return frozenset(receiver.door.kind for receiver in self.values())


def route(
    pack: Pack,
    facts: RouteFacts,
    now: dt.datetime,
    holidays: Set[dt.date],
    *,
    others: Mapping[str, Pack] = NO_OTHERS,
    here: Set[DoorKey] | None = None,
) -> RoutePlan:
    """Where the referral of one child goes at `now` (aware; ValueError for a naive moment), and why.

    `pack` is that of the child's home area; while that isn't known or has none, the caller lets that of where the child
    is, or else of the referrer's agency, stand in, and the plan says so. `others` are packs of further areas by slug:
    of where the child is found, and of the workplace in an allegation. `here` names the doors whose teams receive
    through this system; None: all of them.

    Pure, and the same for the same facts. Refuses nothing else: an area without a pack, or a level of another pack, is
    taken as not known.
    """
    seen = situation(pack, facts, now, holidays, others)
    receivers = _receivers(seen)
    if seen.facts.assessment and not seen.urgent:
        alternatives = _to_early_help(receivers, seen)
    else:
        alternatives = _stand_back(receivers, seen)
        _never_empty(receivers, pack, here)
    intakes = tuple(_intake(key, receiver, seen, here) for key, receiver in receivers.items())
    return RoutePlan(
        area=pack.area.slug,
        effective_from=pack.effective_from.isoformat(),
        stands_in=facts.home_area != pack.area.slug,
        made_at=now,
        intakes=intakes,
        steps=steps(seen, frozenset(receivers)),
        duties=duties(seen),
        alternatives=alternatives,
        ring_first=_ring_first(seen, intakes),
        clocks=planned_clocks(seen, intakes),
        questions=questions(seen),
        urgent=seen.urgent,
        urgent_reasons=seen.urgent_reasons,
    )


def _receivers(seen: Situation) -> _Receivers:
    receivers = _Receivers()
    found = seen.found_pack
    if found is not None:
        _protect(receivers, found, f"The child is in {found.area.name} now: protection is that area's to give.", seen)
    for spoken in seen.spoken:
        one = spoken.route
        leads_to = seen.pack.door_of(one)
        if leads_to is not None:
            why = Why(one.id, one.name, one.citation, certain=spoken.certain)
            for area, door in _of_workplaces(seen, leads_to):
                receivers.put(area, door, why, ring_first=one.ring_first)
    if seen.protective:
        _protect(receivers, seen.pack, " ".join(reason.text for reason in seen.urgent_reasons), seen)
    return receivers


def _protect(receivers: _Receivers, pack: Pack, text: str, seen: Situation) -> None:
    """The main door of an area, and its out-of-hours team unless the office is known to be open or it can wait."""
    main = pack.doors_by_id[pack.main_door]
    after = pack.doors_by_id.get(main.out_of_hours or "")
    opened = is_open(main, seen.now, seen.holidays)
    doors = [main, *([after] if after is not None and seen.now_needed and opened is not True else [])]
    for door in doors:
        receiver = receivers.get((pack.area.slug, door.id))
        if receiver is None:
            receivers.put(pack, door, Why("protection", text, RULES), ring_first=seen.now_needed)
        else:  # a route of the document has said why
            receiver.ring_first |= seen.now_needed


def _of_workplaces(seen: Situation, door: FrontDoor) -> Iterator[tuple[Pack, FrontDoor]]:
    """The designated officer of each area where somebody works whom an allegation is about, as far as it is known; of
    this area for a workplace that isn't known, or that no pack here has an officer for. Any other door as it is."""
    if door.kind is not Kind.LADO:
        yield seen.pack, door
        return
    found: dict[DoorKey, tuple[Pack, FrontDoor]] = {}
    areas = sorted(seen.facts.workplace_areas)
    for workplace in (*areas, *([""] if seen.facts.workplace_open or not areas else [])):
        pack = seen.known.get(workplace, seen.pack)
        officer = next((one for one in pack.front_doors if one.kind is Kind.LADO), None)
        pack, officer = (pack, officer) if pack is not seen.pack and officer else (seen.pack, door)
        found[pack.area.slug, officer.id] = pack, officer
    yield from found.values()


def _stand_back(receivers: _Receivers, seen: Situation) -> tuple[Alternative, ...]:
    """Take out the doors that stand back, or that nothing written goes to, and tell of them; not where it is urgent.
    Where nobody but the designated officer (LADO) gets it they are told of all the same: that door asks about an adult,
    and helps no child."""
    aside = _taken_out(receivers, [key for key, one in receivers.items() if one.door.only_advises])
    kinds = receivers.kinds()
    if not kinds <= STAND_BACK:
        aside |= _taken_out(receivers, [key for key, one in receivers.items() if one.door.kind in STAND_BACK])
    to_officer_only = kinds - STAND_BACK == {Kind.LADO}
    return () if seen.urgent and not to_officer_only else _alternatives(aside, seen)


def _to_early_help(receivers: _Receivers, seen: Situation) -> tuple[Alternative, ...]:
    """Leave of the doors those that an assessment goes to, and tell of the others. Of several levels the highest counts
    for where the document sends it: what that level asks for is never lost to a lower one."""
    says = seen.pack.early_help
    highest = max(seen.at.levels or (), key=seen.pack.level_order.__getitem__, default=None)
    meant = says is not None and (not says.levels or highest is None or highest in says.levels)
    stated = says.door if says is not None and meant else None
    if says is not None and stated is not None:
        door = seen.pack.doors_by_id[stated]
        sending = next((one.citation for one in says.says if one.topic is EarlyHelpTopic.SENDING), says.citation)
        receivers.put(seen.pack, door, Why("assessment", f"A finished {says.short} goes to {door.name}.", sending))
    others = [
        key
        for key, one in receivers.items()
        if (one.door.id != stated if stated else one.door.kind is not Kind.EARLY_HELP or one.door.only_advises)
    ]
    aside = _taken_out(receivers, others)
    if not receivers:
        main = seen.pack.doors_by_id[seen.pack.main_door]
        text = f"The document doesn't say who receives an assessment. {main.name} can say where it goes."
        receivers.put(seen.pack, main, Why(NOT_STATED, text, RULES))
        key = (seen.pack.area.slug, main.id)
        if key in aside:  # what the document leads there stays in sight
            receivers[key].why += aside.pop(key).why
    return _alternatives(aside, seen)


def _taken_out(receivers: _Receivers, keys: Iterable[DoorKey]) -> dict[DoorKey, _Receiver]:
    return {key: receivers.pop(key) for key in list(keys)}


def _alternatives(aside: Mapping[DoorKey, _Receiver], seen: Situation) -> tuple[Alternative, ...]:
    routes = {spoken.route.id: spoken.route for spoken in seen.spoken}
    return tuple(
        Alternative(
            door=receiver.door.id,
            door_name=receiver.door.name,
            why=why,
            steps=tuple(Step(why.rule, step.text, step.citation) for step in routes[why.rule].steps),
        )
        for receiver in aside.values()
        for why in receiver.why
    )


def _never_empty(receivers: _Receivers, pack: Pack, here: Set[DoorKey] | None) -> None:
    main = pack.doors_by_id[pack.main_door]
    if not receivers:
        text = f"No route of the document leads to a front door; {main.name} takes it."
        receivers.put(pack, main, Why("no-route", text, RULES))
    elif here is not None and here.isdisjoint(receivers) and (pack.area.slug, main.id) not in receivers:
        names = " and ".join(receiver.door.name for receiver in receivers.values())
        text = f"{names}: not reached through this system. {main.name} takes it, and can pass it on."
        receivers.put(pack, main, Why("not-reached", text, RULES))


def _intake(key: DoorKey, receiver: _Receiver, seen: Situation, here: Set[DoorKey] | None) -> PlannedIntake:
    pack, door = receiver.pack, receiver.door
    return PlannedIntake(
        area=pack.area.slug,
        area_name=pack.area.name,
        door=door.id,
        door_name=door.name,
        kind=door.kind,
        why=tuple(receiver.why),
        urgent=seen.urgent,
        ring_first=receiver.ring_first,
        # What nobody has asked for isn't sent by itself.
        here=(here is None or key in here) and all(one.rule != NOT_STATED for one in receiver.why),
        lines=tuple(help_line(door, telephone) for telephone in door.numbers),
        channels=tuple(
            f"{channel.name}: {channel.address}" if channel.address else channel.name for channel in door.channels
        ),
    )


def _ring_first(seen: Situation, intakes: Iterable[PlannedIntake]) -> RingFirst | None:
    if not any(intake.ring_first for intake in intakes):
        return None
    lines = area_lines(seen.found_pack or seen.pack, seen.now, seen.holidays)
    return RingFirst(
        area=lines.area,
        area_name=lines.name,
        emergency=seen.emergency,
        ring_now=lines.ring_now,
        others=lines.others,
        out_of_hours=lines.out_of_hours,
        note=lines.note,
    )
