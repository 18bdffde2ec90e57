"""What changed between two packs of an area: item by item, by permanent id, in the order of the pack.

`difference(a, a)` is empty, and only equal packs have an empty one; `difference(b, a)` mirrors `difference(a, b)`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import snowballstemmer

from thresholds.domain.needs import Descriptor, ExploitationSign
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Part

_COMMON = (
    "child children parent parents carer carers young person people family with that this their them they from have "
    "does than more about where when what which other others some such into without"
)
"""Words that most descriptors share, so that sharing them says nothing."""

WORDS = frozenset(
    {"wording", "text", "name", "question", "meaning", "title", "response", "reminder", "label", "who", "policy"}
    | {"standing", "note", "hint", "intro", "unknown_costs", "why_not", "unless", "services", "partnership", "set_by"}
)
"""Fields that people read; a change of any other is no rewording."""


class Kind(StrEnum):
    """What happened to an item. Several may hold at once, but added, removed and reordered stand alone."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    REWORDED = "reworded"
    CHANGED = "changed"
    REORDERED = "reordered"


_MIRRORED = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}


class PartName(StrEnum):
    """The parts of a pack, in its order."""

    PACK = "pack"
    DOCUMENTS = "documents"
    LEVELS = "levels"
    DOMAINS = "domains"
    CONDITIONS = "conditions"
    DESCRIPTORS = "descriptors"
    OVERRIDES = "overrides"
    CATEGORIES = "exploitation_categories"
    SIGNS = "exploitation_signs"
    PROTECTIVE_FACTORS = "protective_factors"
    HARM_FACTORS = "harm_factors"
    SERVICES = "services"
    FRONT_DOORS = "front_doors"
    ROUTES = "routes"
    CONSENT_RULES = "consent_rules"
    DEADLINES = "deadlines"
    STAGES = "escalation_stages"
    FORM_PAGES = "form_pages"
    FORM_QUESTIONS = "form_questions"
    OWN_PAGES = "own_pages"
    OWN_QUESTIONS = "own_questions"
    SILENCES = "silences"
    NOTES = "notes"


PERMANENT = frozenset(
    {
        PartName.DESCRIPTORS,
        PartName.OVERRIDES,
        PartName.SIGNS,
        PartName.PROTECTIVE_FACTORS,
        PartName.HARM_FACTORS,
        PartName.ROUTES,
        PartName.CONSENT_RULES,
        PartName.DEADLINES,
        PartName.OWN_QUESTIONS,
        PartName.NOTES,
    }
)
"""Parts whose ids are one name space: records keep an id alone."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of an item before and after, as text; None where it was or is empty. `field` is a dotted path."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one item. `id` is its permanent id; for the pack itself, the field; for an order, empty."""

    part: PartName
    id: str
    kinds: tuple[Kind, ...]
    fields: tuple[FieldChange, ...]
    raised: bool | None = None
    """Of a moved item: up to a higher level, down to a lower one; None where that can't be said."""
    reused: bool = False
    """The id stood for what reads like another circumstance: ids are permanent, and old records keep this one."""

    def mirrored(self) -> "Change":
        """The same change seen from the other side."""
        kinds = tuple(_MIRRORED.get(kind, kind) for kind in self.kinds)
        fields = tuple(FieldChange(change.field, change.after, change.before) for change in self.fields)
        raised = None if self.raised is None else not self.raised
        return Change(self.part, self.id, kinds, fields, raised, self.reused)

    def value(self, field: str) -> str | None:
        """What the field held: before, for what was removed, else after; None if it isn't among the changes."""
        for change in self.fields:
            if change.field == field:
                return change.before if Kind.REMOVED in self.kinds else change.after
        return None


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a pack with its leaves: dotted path to text, empty ones left out. In the text of a list a | that is
    part of an entry is doubled, so that no two lists read alike."""

    part: PartName
    id: str
    leaves: Mapping[str, str]
    level: tuple[str, str] = ("", "")
    """Lowest and highest level, of what stands at one."""


def difference(old: Pack, new: Pack) -> tuple[Change, ...]:
    """Every change from `old` to `new`; empty when the packs are equal."""
    before, after = _by_key(items(old)), _by_key(items(new))
    moved_parts = _ids_in_another_part(before, after)
    changes = []
    for part in PartName:
        keys = list(before.get(part, {}))
        keys += [key for key in after.get(part, {}) if key not in before.get(part, {})]
        for key in keys:
            was, now = before.get(part, {}).get(key), after.get(part, {}).get(key)
            change = _change(was, now, partial(rise, old, new), moved_parts)
            if change is not None:
                changes.append(change)
        reordered = _reordered(part, list(before.get(part, {}).values()), list(after.get(part, {}).values()))
        if reordered is not None:
            changes.append(reordered)
    return tuple(changes)


def items(pack: Pack) -> Iterator[Item]:
    """Every item of a pack, part by part in its order; together they hold all that it holds."""
    for field in ("effective_from", "national", "main_door"):
        yield Item(PartName.PACK, field, {field: str(getattr(pack, field))})
    yield _item(PartName.PACK, "area", pack.area)
    yield _item(PartName.PACK, "standing", pack.standing)
    yield _item(PartName.PACK, "escalation", pack.escalation, without="stages")
    yield _item(PartName.PACK, "golden_rules", pack.golden_rules)
    if pack.early_help:
        yield _item(PartName.PACK, "early_help", pack.early_help)
    if pack.form.off or pack.form.note:
        yield _item(PartName.PACK, "form", pack.form, without=_FORM_LISTS)
    if pack.cumulative:
        yield _item(PartName.PACK, "cumulative", pack.cumulative)
    if pack.exploitation:
        yield _item(PartName.PACK, "exploitation", pack.exploitation, without="categories")
    lists: list[tuple[PartName, Sequence[Part], Callable[[Part], str]]] = [
        (PartName.DOCUMENTS, pack.documents, _id),
        (PartName.LEVELS, pack.levels, _id),
        (PartName.DOMAINS, pack.domains, _id),
        (PartName.CONDITIONS, pack.conditions, _id),
        (PartName.DESCRIPTORS, pack.descriptors, _id),
        (PartName.OVERRIDES, pack.overrides, _id),
        (PartName.PROTECTIVE_FACTORS, pack.protective_factors, _id),
        (PartName.HARM_FACTORS, pack.harm_factors, _id),
        (PartName.SERVICES, pack.services, lambda part: str(getattr(part, "level"))),  # noqa: B009
        (PartName.FRONT_DOORS, pack.front_doors, _id),
        (PartName.ROUTES, pack.routes, _id),
        (PartName.CONSENT_RULES, pack.consent_rules, _id),
        (PartName.DEADLINES, pack.deadlines, _id),
        (PartName.STAGES, pack.escalation.stages, lambda part: str(getattr(part, "number"))),  # noqa: B009
        (PartName.FORM_PAGES, pack.form.pages, lambda part: str(getattr(part, "page"))),  # noqa: B009
        (PartName.FORM_QUESTIONS, pack.form.questions, _asked_on),
        (PartName.OWN_PAGES, pack.form.own_pages, _id),
        (PartName.OWN_QUESTIONS, pack.form.own_questions, _id),
        (PartName.SILENCES, pack.silent, lambda part: str(getattr(part, "topic"))),  # noqa: B009
        (PartName.NOTES, pack.notes, _id),
    ]
    for name, parts, key in lists:
        for part in parts:
            yield _item(name, key(part), part)
    for category in pack.exploitation.categories if pack.exploitation else ():
        yield _item(PartName.CATEGORIES, category.id, category, without="signs")
        for sign in category.signs:
            item = _item(PartName.SIGNS, sign.id, sign)
            yield Item(item.part, item.id, {"category": category.id, **item.leaves}, item.level)


def _id(part: Part) -> str:
    return str(getattr(part, "id"))  # noqa: B009 (every one of these parts has an id; Part itself has none)


_FORM_LISTS = ("pages", "questions", "own_pages", "own_questions")


def _asked_on(part: Part) -> str:
    """A question by its page and key, as it stands in an address."""
    return f"{getattr(part, 'page')}-{getattr(part, 'question')}"  # noqa: B009


def _item(name: PartName, id_: str, part: Part, *, without: str | tuple[str, ...] = ()) -> Item:
    body = part.model_dump(mode="json", exclude={without} if isinstance(without, str) else set(without))
    level = ("", "")
    if isinstance(part, Descriptor):
        level = (part.level, part.up_to or part.level)
    elif isinstance(part, ExploitationSign):
        level = (part.level, part.level)
    return Item(name, id_, dict(_leaves(body, "")), level)


def _leaves(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, child in value.items():
            yield from _leaves(child, f"{path}.{name}".removeprefix("."))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for number, child in enumerate(value, 1):
            yield from _leaves(child, f"{path}[{number}]")
    elif isinstance(value, list):
        if value:
            yield path, " | ".join(str(entry).replace("|", "||") for entry in value)
    elif value is not None:
        yield path, {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


_Keyed = dict[PartName, dict[tuple[str, int], Item]]


def _by_key(found: Iterator[Item]) -> _Keyed:
    """Items by part and id; a second one of the same id (a level's services may be given twice) by its number."""
    keyed: _Keyed = {}
    seen: Counter[tuple[PartName, str]] = Counter()
    for item in found:
        keyed.setdefault(item.part, {})[item.id, seen[item.part, item.id]] = item
        seen[item.part, item.id] += 1
    return keyed


def _ids_in_another_part(before: _Keyed, after: _Keyed) -> frozenset[str]:
    """Permanent ids that stand in another part of the pack than before."""
    was = {id_: part for part in PERMANENT for id_, _ in before.get(part, {})}
    now = {id_: part for part in PERMANENT for id_, _ in after.get(part, {})}
    return frozenset(id_ for id_ in was.keys() & now.keys() if was[id_] is not now[id_])


_Rise = Callable[[str, str], int | None]


def rise(old: Pack, new: Pack, was: str, now: str) -> int | None:
    """Whether level `now` of `new` stands above level `was` of `old` (above 0), below it (under 0) or neither (0).

    By the order of whichever pack has both, else, or where the two packs disagree, by what they mean in law; None where
    that says nothing. The places of two packs aren't compared: taking a level out shifts those above it.
    """
    if was == now:
        return 0
    orders = [pack.level_order for pack in (old, new) if {was, now} <= pack.level_order.keys()]
    found = {1 if order[now] > order[was] else -1 for order in orders}
    if len(found) == 1:
        return found.pop()
    if was not in old.level_order or now not in new.level_order:
        return None
    return (new.level(now).legal.strength - old.level(was).legal.strength) or None


def _change(was: Item | None, now: Item | None, rises: _Rise, moved_parts: frozenset[str]) -> Change | None:
    item = now or was
    assert item is not None
    old, new = (was.leaves if was else {}), (now.leaves if now else {})
    fields = tuple(
        FieldChange(field, old.get(field), new.get(field))
        for field in [*old, *(field for field in new if field not in old)]
        if old.get(field) != new.get(field)
    )
    if was is None or now is None:
        kind = Kind.ADDED if was is None else Kind.REMOVED
        reused = item.part in PERMANENT and item.id in moved_parts
        return Change(item.part, item.id, (kind,), fields, reused=reused)
    if not fields:
        return None
    kinds = []
    if was.level != now.level:
        kinds.append(Kind.MOVED)
    rest = {_last(change.field) for change in fields} - ({"level", "up_to"} if was.level != now.level else set())
    if rest & WORDS:
        kinds.append(Kind.REWORDED)
    if rest - WORDS or not kinds:
        kinds.append(Kind.CHANGED)
    return Change(item.part, item.id, tuple(kinds), fields, _raised(was, now, rises), _reads_like_another(was, now))


def _raised(was: Item, now: Item, rises: _Rise) -> bool | None:
    """Whether the item stands higher than before: by its lowest level, else by its highest."""
    for before, after in zip(was.level, now.level, strict=True):
        higher = rises(before, after)
        if higher != 0:
            return None if higher is None else higher > 0
    return None


def _reads_like_another(was: Item, now: Item) -> bool:
    """Whether the two wordings share no stem of a telling word. Of pairs of different descriptors in the shipped packs
    nine in ten share none, and rewordings mostly share one. It points something out, and decides nothing."""
    if was.part not in PERMANENT:
        return False
    for field in ("wording", "text", "name", "label"):
        if field in was.leaves and field in now.leaves:
            old, new = _stems(was.leaves[field]), _stems(now.leaves[field])
            return bool(old and new) and old.isdisjoint(new)
    return False


def _stems(text: str) -> frozenset[str]:
    stemmer = snowballstemmer.stemmer("english")
    words = (word for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in _COMMON.split())
    return frozenset(stemmer.stemWords(words))


def _reordered(part: PartName, was: Sequence[Item], now: Sequence[Item]) -> Change | None:
    """The order of what stands in both, where it changed: the order of levels is their meaning, that of routes their
    precedence."""
    both = {item.id for item in was} & {item.id for item in now}
    old, new = ([item.id for item in list_ if item.id in both] for list_ in (was, now))
    if part is PartName.PACK or old == new:
        return None
    return Change(part, "", (Kind.REORDERED,), (FieldChange("order", " | ".join(old), " | ".join(new)),))


def _last(field: str) -> str:
    """The field's own name: of `numbers[1].label`, `label`."""
    return field.rpartition(".")[2].partition("[")[0]
