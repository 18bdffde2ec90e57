"""What must hold across a pack, beyond the shape of its parts. Each fault has the path of the field that is wrong."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from thresholds.domain.doors import AlternativeNumber, Kind, Status, Telephone
from thresholds.domain.duties import Silent, Topic
from thresholds.domain.form_rules import form_faults
from thresholds.domain.ids import PERMANENT, Fault, Path, id_faults
from thresholds.domain.pack import DocumentKind, Pack
from thresholds.domain.parts import Citation, LegalMeaning, Part

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Characters without a shape of their own, and those that turn the direction of what follows. A rule and no part of the
schema: a version that was published with one stays readable."""
_NUMBER = re.compile(r"0[1-35-8][0-9 ]+|999|101")
"""Digits that a telephone dials, in ranges that anybody may ring: none begins with 00, and 09 is dear."""
_LINES = re.compile(r"[0-9]+(-[0-9]+)?(, [0-9]+(-[0-9]+)?)*")


def faults(pack: Pack) -> tuple[Fault, ...]:
    """Every fault of the pack; empty for one that can be used."""
    return tuple(fault for rule in RULES for fault in rule(pack))


def parts_in(value: object, path: Path = ()) -> Iterator[tuple[Path, Part]]:
    """All parts inside `value` with their paths, outermost first."""
    if isinstance(value, Part):
        yield path, value
        for name in type(value).model_fields:
            yield from parts_in(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, child in enumerate(value):
            yield from parts_in(child, (*path, index))


def _permanent_ids(pack: Pack) -> Iterator[tuple[Path, str]]:
    """Ids that records keep: one name space over all of these, so that an id alone says what is meant."""
    for name in PERMANENT:
        for index, part in enumerate(getattr(pack, name)):
            yield (name, index, "id"), part.id
    for c, category in enumerate(pack.exploitation.categories if pack.exploitation else ()):
        for s, sign in enumerate(category.signs):
            yield ("exploitation", "categories", c, "signs", s, "id"), sign.id


def _golden_editions_are_known(pack: Pack) -> Iterator[Fault]:
    golden = pack.golden_rules
    for name in ("edition", "printed"):
        edition = getattr(golden, name)
        if edition is not None and golden.named(edition) is None:
            yield Fault(("golden_rules", name), f"there is no edition {edition}: name one, or give it as `own`")
    if golden.own is not None:
        numbers = [rule.number for rule in golden.own.rules]
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield Fault(("golden_rules", "own", "rules"), "the rules are numbered 1 to 7, each once")
        if golden.own.id not in {golden.edition, golden.printed}:
            yield Fault(("golden_rules", "own", "id"), "name it as `edition` or `printed`, else nobody reads it")


def _ids_resolve(pack: Pack) -> Iterator[Fault]:
    return id_faults(pack.model_dump(mode="json", exclude_none=True))


def _document_is_there(pack: Pack) -> Iterator[Fault]:
    threshold = pack.documents_by_id.get("threshold")
    if threshold is None or threshold.kind is not DocumentKind.THRESHOLD:
        yield Fault(("documents",), "one document has the id threshold and the kind threshold")


def _ranges_rise(pack: Pack) -> Iterator[Fault]:
    order = pack.level_order
    for index, descriptor in enumerate(pack.descriptors):
        if descriptor.up_to in order and order[descriptor.up_to] <= order.get(descriptor.level, -1):
            yield Fault(("descriptors", index, "up_to"), "the range ends above the level that it starts at")


def _levels_reach_the_law(pack: Pack) -> Iterator[Fault]:
    meanings = [level.legal for level in pack.levels]
    if meanings[0] is not LegalMeaning.NONE:
        yield Fault(("levels", 0, "legal"), "the lowest level has no legal meaning: none")
    if not any(meaning.reaches_s47 for meaning in meanings):
        yield Fault(("levels",), "no level reaches section 47")
    if not any(meaning in {LegalMeaning.S17, LegalMeaning.MIXED} for meaning in meanings):
        yield Fault(("levels",), "no level reaches section 17")
    for index, (below, here) in enumerate(pairwise(meanings), 1):
        if here.strength < below.strength:
            message = f"means less in law ({here}) than the level below it ({below}): the levels stand lowest first"
            yield Fault(("levels", index, "legal"), message)


def _levels_are_told_apart(pack: Pack) -> Iterator[Fault]:
    for name, values in (
        ("name", [level.name.casefold() for level in pack.levels]),
        ("number", [level.number for level in pack.levels]),
    ):
        for index, value in enumerate(values):
            if value is not None and value in values[:index]:
                yield Fault(("levels", index, name), f"another level has this {name}")
    for index, level in enumerate(pack.levels):
        if level.id in level.overlaps:
            yield Fault(("levels", index, "overlaps"), "a level doesn't overlap with itself")


def _stages_are_told_apart(pack: Pack) -> Iterator[Fault]:
    numbers = [stage.number for stage in pack.escalation.stages]
    for index, number in enumerate(numbers):
        if number in numbers[:index]:
            yield Fault(("escalation", "stages", index, "number"), f"another stage has the number {number}")


def _words_can_be_seen(pack: Pack) -> Iterator[Fault]:
    for path, part in parts_in(pack):
        for name in type(part).model_fields:
            value = getattr(part, name)
            said = value if isinstance(value, tuple) else (value,)
            if any(isinstance(one, str) and INVISIBLE.search(one) for one in said):
                yield Fault((*path, name), "holds a character that can't be seen: write the words anew")


def _numbers_can_be_dialled(pack: Pack) -> Iterator[Fault]:
    for path, part in parts_in(pack):
        if isinstance(part, Telephone | AlternativeNumber) and part.number and not _NUMBER.fullmatch(part.number):
            message = "is no number that anybody may ring: plain digits 0 to 9, beginning neither with 00 nor with 09"
            yield Fault((*path, "number"), message)
        if isinstance(part, Citation) and part.lines is not None and not _forwards(part.lines):
            yield Fault((*path, "lines"), "lines are plain numbers from 1, a range from the lower to the higher")


def _forwards(lines: str) -> bool:
    if not _LINES.fullmatch(lines):
        return False
    spans = [[int(number) for number in span.split("-")] for span in lines.split(", ")]
    return all(span[0] >= 1 and span == sorted(span) for span in spans)


def _the_whole_picture_can_be_seen(pack: Pack) -> Iterator[Fault]:
    """Numbers that the pack's own descriptors can't reach would silence the prompt for good."""
    asked = pack.cumulative
    if asked is None or not pack.descriptors:
        return
    lowest = pack.levels[0].id
    counted = [one for one in pack.descriptors if one.raises and (one.up_to or one.level) != lowest]
    domains = {one.domain for one in counted}
    for name, wanted, there in (
        ("descriptors", asked.descriptors, len(counted)),
        ("domains", asked.domains, len(domains)),
    ):
        if wanted > there:
            message = f"only {there} of them stand above the lowest level, so nobody would ever be prompted"
            yield Fault(("cumulative", name), message)


def _overrides_can_speak(pack: Pack) -> Iterator[Fault]:
    """Overrides are weighed by the check, before the level, the family's answer or the hour are known to it. One with a
    circumstance speaks all the same; without one it waits for what is never told, and a danger goes unseen."""
    for index, override in enumerate(pack.overrides):
        for name in ("levels", "agreement", "out_of_hours"):
            asked = getattr(override.when, name)
            if not override.when.flags and asked is not None and asked != ():
                message = "isn't known when overrides are looked for, so this one would never show: name a circumstance"
                yield Fault(("overrides", index, "when", name), f"{message} (flags), or leave this out")


def _signs_resolve(pack: Pack) -> Iterator[Fault]:
    signs = {
        sign.id for category in (pack.exploitation.categories if pack.exploitation else ()) for sign in category.signs
    }
    for c, category in enumerate(pack.exploitation.categories if pack.exploitation else ()):
        for s, sign in enumerate(category.signs):
            for other in sign.also:
                if other not in signs or other == sign.id:
                    path = ("exploitation", "categories", c, "signs", s, "also")
                    yield Fault(path, f"“{other}” is not the id of another sign")


def _an_indicator_that_is_spoken_of_is_there(pack: Pack) -> Iterator[Fault]:
    for index, descriptor in enumerate(pack.descriptors if pack.exploitation is None else ()):
        if descriptor.of_indicator:
            yield Fault(("descriptors", index, "of_indicator"), "the pack has no exploitation indicator")


def _twins_pair_up(pack: Pack) -> Iterator[Fault]:
    for index, descriptor in enumerate(pack.descriptors):
        twin = descriptor.twin
        if twin is None:
            continue
        path: Path = ("descriptors", index, "twin")
        other = pack.descriptors_by_id.get(twin.id)
        if other is None:
            continue
        if other.twin is None or other.twin.condition != twin.condition or other.twin.holds == twin.holds:
            yield Fault(path, f"{twin.id} doesn't hang on the same condition the other way round")
        elif other.level == descriptor.level:
            yield Fault(path, f"{twin.id} stands at the same level")


def _doors_for_the_night(pack: Pack) -> Iterator[Fault]:
    doors = pack.doors_by_id
    for index, door in enumerate(pack.front_doors):
        after = doors.get(door.out_of_hours or "")
        if after is not None and after.kind is not Kind.OUT_OF_HOURS:
            yield Fault(("front_doors", index, "out_of_hours"), f"{after.id} isn't an out-of-hours team")


def _early_help_has_a_door(pack: Pack) -> Iterator[Fault]:
    says = pack.early_help
    if says is None:
        return
    door = pack.doors_by_id.get(says.door or "")
    if door is not None and door.only_advises:
        yield Fault(("early_help", "door"), f"{door.id} only advises: nothing written goes there")
    if says.levels and says.door is None:
        yield Fault(("early_help", "levels"), "levels say when it goes to a door, and none is named")


def _stated_by_the_document(pack: Pack) -> Iterator[Fault]:
    """What only a newer page gives stays unconfirmed, whoever edits the pack."""
    for d, door in enumerate(pack.front_doors):
        for n, line in enumerate(door.numbers):
            if line.status is Status.STATED and line.citation is not None and line.citation.document != "threshold":
                message = "a number is stated only by the area's own document: else it is unconfirmed"
                yield Fault(("front_doors", d, "numbers", n, "status"), message)


def _doors_are_reachable(pack: Pack) -> Iterator[Fault]:
    reached = {route.door for route in pack.routes}
    pointed_at = {door.out_of_hours for door in pack.front_doors if door.id in reached}
    for index, door in enumerate(pack.front_doors):
        if door.id not in reached | pointed_at:
            yield Fault(("front_doors", index), f"no route leads to {door.id}")
        if any(hours.when_others_closed for hours in door.hours) and door.id not in pointed_at:
            yield Fault(("front_doors", index, "hours"), f"no front door points to {door.id} for when it is closed")
    if pack.main_door in pack.doors_by_id and pack.main_door not in reached:
        yield Fault(("main_door",), "no route leads to the main door")


def _notes_resolve(pack: Pack) -> Iterator[Fault]:
    known = {value for _, value in _permanent_ids(pack)}
    for index, note in enumerate(pack.notes):
        if note.handled_by is not None and note.handled_by not in known:
            yield Fault(("notes", index, "handled_by"), f"“{note.handled_by}” is not the id of anything in the pack")


def _from_document(parts: tuple[Part, ...]) -> bool:
    """Whether any of the parts is cited from the area's own threshold document."""
    return any(isinstance(part, Citation) and part.document == "threshold" for _, part in parts_in(parts))


def _number_is_stated(pack: Pack, door_id: str | None) -> bool:
    door = pack.doors_by_id.get(door_id or "")
    return door is not None and any(
        line.citation is not None and _from_document((line.citation,)) for line in door.numbers
    )


def stated_topics(pack: Pack) -> dict[Silent, bool]:
    """For each topic that a pack holds in a place of its own: whether the area's threshold document states it."""
    main = pack.doors_by_id.get(pack.main_door)
    return {
        Silent.DEADLINES: _from_document(pack.deadlines),
        Silent.ESCALATION_STAGES: _from_document(pack.escalation.stages),
        Silent.COMPETENCE: any(rule.topic is Topic.COMPETENCE for rule in pack.consent_rules),
        Silent.REFUSAL: any(rule.topic is Topic.REFUSAL for rule in pack.consent_rules),
        Silent.CUMULATIVE: pack.cumulative is not None,
        Silent.FRONT_DOOR_NUMBER: _number_is_stated(pack, pack.main_door),
        Silent.FRONT_DOOR_HOURS: main is not None and _from_document(main.hours),
        Silent.OUT_OF_HOURS_NUMBER: main is not None and _number_is_stated(pack, main.out_of_hours),
        Silent.LADO: any(
            door.kind is Kind.LADO and any(line.status is not Status.NOT_STATED for line in door.numbers)
            for door in pack.front_doors
        ),
    }


def _silence_is_told(pack: Pack) -> Iterator[Fault]:
    """What the document doesn't state is named, and what is named isn't there. The long lists (descriptors, factors,
    services) and early help may be empty without a silence: then they aren't in the pack yet, and the page says so."""
    seen: set[Silent] = set()
    for index, silence in enumerate(pack.silent):
        if silence.topic in seen:
            yield Fault(("silent", index), f"{silence.topic} stands twice")
        seen.add(silence.topic)
    lists = {
        Silent.DESCRIPTORS: bool(pack.descriptors),
        Silent.EXPLOITATION: pack.exploitation is not None,
        Silent.PROTECTIVE_FACTORS: bool(pack.protective_factors),
        Silent.HARM_FACTORS: bool(pack.harm_factors),
        Silent.SERVICES: bool(pack.services),
        Silent.EARLY_HELP: pack.early_help is not None,
    }
    stated = stated_topics(pack)
    for index, silence in enumerate(pack.silent):
        if lists.get(silence.topic) or stated.get(silence.topic):
            yield Fault(("silent", index), f"{silence.topic} is named as not stated, and the pack holds it")
    for topic, is_stated in stated.items():
        if not is_stated and topic not in seen:
            yield Fault(("silent",), f"{topic} isn't stated by the document and isn't named here")


def _form_is_as_may_be(pack: Pack) -> Iterator[Fault]:
    return (Fault(("form", *path), message) for path, message in form_faults(pack.form))


RULES: tuple[Callable[[Pack], Iterator[Fault]], ...] = (
    _golden_editions_are_known,
    _ids_resolve,
    _document_is_there,
    _ranges_rise,
    _levels_reach_the_law,
    _levels_are_told_apart,
    _stages_are_told_apart,
    _words_can_be_seen,
    _numbers_can_be_dialled,
    _the_whole_picture_can_be_seen,
    _overrides_can_speak,
    _signs_resolve,
    _an_indicator_that_is_spoken_of_is_there,
    _twins_pair_up,
    _doors_for_the_night,
    _early_help_has_a_door,
    _stated_by_the_document,
    _doors_are_reachable,
    _notes_resolve,
    _silence_is_told,
    _form_is_as_may_be,
)
