"""What stands beside the intakes of a plan: steps, personal duties, and the questions that would change it."""

from collections.abc import Iterator, Set

from referrals.routing.domain.plan import ASK_TEXTS, RULES, Ask, DoorKey, OpenQuestion, PersonalDuty, Step
from referrals.routing.domain.situation import Situation, is_fgm_report, open_facts
from thresholds.domain.doors import Kind, Route
from thresholds.domain.help_now import help_line
from thresholds.domain.parts import Flag


def steps(seen: Situation, receivers: Set[DoorKey]) -> tuple[Step, ...]:
    """What to do before or beside it, first things first: of routes that surely speak, or that lead to a door of the
    plan. Where protection comes first, no advice of a lower level stands beside it."""
    return (
        *_steps_of_areas(seen, receivers),
        *_step_of_workplace(seen),
        *_steps_of_routes(seen, receivers),
        *_step_of_allegation(seen),
    )


def _steps_of_areas(seen: Situation, receivers: Set[DoorKey]) -> Iterator[Step]:
    home, found, here = seen.facts.home_area, seen.facts.found_area, seen.pack.area
    if home is None:
        yield Step("home-not-known", f"The home area isn't known: {here.name} gets it, and can pass it on.", RULES)
    elif home != here.slug:
        text = f"The child's home is in an area that isn't in this system: {here.name} gets it. Ring that council too."
        yield Step("home-elsewhere", text, RULES)
    if seen.protective and found is not None and not any(area == found for area, _door in receivers):
        text = "The child is in an area that isn't in this system. Ring that council's children's services, or 999."
        yield Step("found-elsewhere", text, RULES)


def _step_of_workplace(seen: Situation) -> Iterator[Step]:
    """Whom to ring where somebody with an allegation against them works in a council's area that has no pack here: an
    allegation follows the workplace (card of `nat-allegation` in the national pack)."""
    here = seen.pack.area
    alleged = Flag.ALLEGATION_AGAINST_PROFESSIONAL in seen.at.flags
    if alleged and seen.facts.workplace_areas - seen.known.keys():
        text = (
            "Somebody it is about works in an area that isn't in this system. Ring the designated officer (LADO) of "
            f"the council where they work within one working day. That of {here.name} can only pass it on."
        )
        yield Step("workplace-elsewhere", text, RULES)


def _steps_of_routes(seen: Situation, receivers: Set[DoorKey]) -> Iterator[Step]:
    doors = {door for area, door in receivers if area == seen.pack.area.slug}
    for spoken in seen.spoken:
        route = spoken.route
        if seen.protective and _speaks_below_s47(seen, route):
            continue
        door = seen.pack.door_of(route)
        stood_back = door is not None and door.id not in doors and door.kind is not Kind.LADO
        if not stood_back and (spoken.certain or door is not None):
            yield from (Step(route.id, step.text, step.citation) for step in route.steps)


def _step_of_allegation(seen: Situation) -> Iterator[Step]:
    """Whom to tell where it isn't known whether somebody who is alleged to cause harm works with children. Nothing is
    sent to the designated officer for that: it may be about somebody whom it doesn't concern."""
    if not _may_be_allegation(seen):
        return
    officer = next((door for door in seen.pack.front_doors if door.kind is Kind.LADO), None)
    lines = [help_line(officer, telephone) for telephone in officer.numbers] if officer else []
    numbers = [f"{one.number}{'' if one.confirmed else ' (not confirmed)'}" for one in lines if one.number]
    reached = f"{_main(seen)} can say how to reach them."
    if numbers:
        reached = f"In {seen.pack.area.name}: {', '.join(numbers)}."
    text = (
        "It isn't known whether whoever may be causing harm works or volunteers with children. If they do, the "
        "designated officer (LADO) of the council where they work has to be told within one working day. Do not ask "
        f"them yourself. {reached}"
    )
    allegation = _routes_of_allegation(seen)
    yield Step("may-work-with-children", text, allegation[0].citation if allegation else RULES)


def _may_be_allegation(seen: Situation) -> bool:
    return seen.facts.may_work_with_children and Flag.ALLEGATION_AGAINST_PROFESSIONAL not in seen.at.flags


def _routes_of_allegation(seen: Situation) -> list[Route]:
    return [route for route in seen.pack.routes if Flag.ALLEGATION_AGAINST_PROFESSIONAL in route.when.flags]


def _main(seen: Situation) -> str:
    return seen.pack.doors_by_id[seen.pack.main_door].name


def _speaks_below_s47(seen: Situation, route: Route) -> bool:
    levels = route.when.levels
    return bool(levels) and not any(seen.pack.level(level).legal.reaches_s47 for level in levels)


def duties(seen: Situation) -> tuple[PersonalDuty, ...]:
    """Reminders of what only the practitioner can do. That of a known FGM case falls away only for somebody who is
    known not to be bound by it."""
    found = []
    for spoken in seen.spoken:
        route, certain = spoken.route, spoken.certain
        if route.reminder is None:
            continue
        if is_fgm_report(route):
            if seen.fgm_duty is False:
                continue
            certain = certain and seen.fgm_duty is True
        found.append(PersonalDuty(route.id, route.reminder, route.citation, certain))
    if _may_be_allegation(seen):
        found += [
            PersonalDuty(route.id, route.reminder, route.citation, certain=False)
            for route in _routes_of_allegation(seen)
            if route.reminder is not None
        ]
    return tuple(found)


def questions(seen: Situation) -> tuple[OpenQuestion, ...]:
    """Every fact that isn't known and could change the plan, once, with the routes that hang on it."""
    facts = seen.facts
    about: dict[Ask, list[str]] = {}
    asks_of_system = (
        (Ask.HOME_AREA, facts.home_area is None),
        (Ask.FOUND_AREA, facts.found_area is None and seen.protective),
        (Ask.WORKPLACE_AREA, seen.workplace_open),
        (Ask.HARM, facts.harm is None),
    )
    for ask, is_open in asks_of_system:
        if is_open:
            about[ask] = []
    if _may_be_allegation(seen):
        about[Ask.WORKS_WITH_CHILDREN] = [route.id for route in _routes_of_allegation(seen)]
    for spoken in seen.spoken:
        asks = () if spoken.certain else open_facts(spoken.route.when, seen.at)
        if is_fgm_report(spoken.route) and seen.fgm_duty is None:
            answers = ((Ask.FGM_KNOWN, facts.fgm_known), (Ask.REGULATED, facts.regulated))
            asks += tuple(ask for ask, answer in answers if answer.known is None)
        for ask in asks:
            about.setdefault(ask, []).append(spoken.route.id)
    return tuple(OpenQuestion(ask, ASK_TEXTS[ask], tuple(about[ask])) for ask in Ask if ask in about)
