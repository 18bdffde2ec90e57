"""A whole pack as a readable document, for any page that shows one: the reference, an older version, a preview."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from thresholds.domain.duties import Silent
from thresholds.domain.pack import Pack
from thresholds.presenters import told
from thresholds.presenters.doors import DoorShown, door_shown
from thresholds.presenters.grid import Entry, Grid, descriptor_grid, sign_grid
from thresholds.presenters.told import CardShown, LevelServices, Mark, Told, card_shown, unmarked
from thresholds.presenters.words import NOT_STATED, not_stated, source_of


@dataclass(frozen=True, slots=True)
class Silences:
    """What stands in place of a part that the document doesn't state; empty where it states it."""

    descriptors: str
    exploitation: str
    protective: str
    harm_factors: str
    services: str
    deadlines: str
    stages: str


@dataclass(frozen=True, slots=True)
class PackDocument:
    """A pack as `thresholds/includes/document.html` draws it. Empty lists are silences: see `silent`."""

    name: str
    partnership: str
    title: str
    edition: str
    effective_from: dt.date
    sha256: str
    standing: Told
    levels: tuple[Told, ...]
    domains: tuple[Told, ...]
    grid: Grid
    conditions: tuple[Told, ...]
    cumulative: str
    cards: tuple[CardShown, ...]
    signs: Grid
    signs_name: str
    signs_standing: str
    protective: tuple[Told, ...]
    harm_factors: tuple[Told, ...]
    services: tuple[LevelServices, ...]
    doors: tuple[DoorShown, ...]
    routes: tuple[Told, ...]
    consent_rules: tuple[Told, ...]
    golden_rules: Told
    early_help: tuple[Told, ...]
    form: tuple[Told, ...]
    deadlines: tuple[Told, ...]
    escalation: Told
    stages: tuple[Told, ...]
    silences: tuple[Told, ...]
    notes: tuple[Told, ...]
    sources: tuple[Told, ...]
    silent: Silences


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a search or a filter leaves of a pack: overrides first, as everywhere."""

    cards: tuple[CardShown, ...]
    grid: Grid
    signs: Grid
    protective: tuple[Told, ...]
    harm_factors: tuple[Told, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found, out of its place: it says where it stands."""

    entry: Entry
    where: str
    """Its level, if it has one, and its domain or what else it stands under."""


@dataclass(frozen=True, slots=True)
class Best:
    """What a search found best: what outranks every level first, as everywhere; then the best before the others."""

    cards: tuple[CardShown, ...]
    hits: tuple[Hit, ...]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.cards) + len(self.hits)


def anchors_of(pack: Pack) -> frozenset[str]:
    """Permanent ids of the parts that have a place of their own in the page of this pack."""
    signs = (sign for category in pack.exploitation.categories for sign in category.signs) if pack.exploitation else ()
    parts = (
        *pack.descriptors,
        *pack.overrides,
        *signs,
        *pack.protective_factors,
        *pack.harm_factors,
        *pack.routes,
        *pack.consent_rules,
        *pack.deadlines,
    )
    return frozenset(part.id for part in parts)


def document_of(pack: Pack) -> PackDocument:
    """The whole of a pack, published or not."""
    threshold = pack.documents_by_id["threshold"]
    protective, harm_factors = told.factors_shown(pack)
    escalation, stages = told.escalation_shown(pack)
    return PackDocument(
        name=pack.area.name,
        partnership=pack.area.partnership,
        title=threshold.title,
        edition=threshold.edition or "",
        effective_from=pack.effective_from,
        sha256=pack.sha256(),
        standing=told.statement(pack, pack.standing),
        levels=told.levels_shown(pack),
        domains=told.domains_shown(pack),
        grid=descriptor_grid(pack),
        conditions=told.conditions_shown(pack),
        cumulative=_cumulative(pack),
        cards=tuple(card_shown(pack, override) for override in pack.overrides),
        signs=sign_grid(pack),
        signs_name=pack.exploitation.name if pack.exploitation else "",
        signs_standing=_signs_standing(pack),
        protective=protective,
        harm_factors=harm_factors,
        services=told.services_shown(pack),
        doors=tuple(door_shown(pack, door) for door in pack.front_doors),
        routes=told.routes_shown(pack),
        consent_rules=told.consent_rules_shown(pack),
        golden_rules=told.golden_rules_shown(pack),
        early_help=told.early_help_shown(pack),
        form=told.form_shown(pack),
        deadlines=told.deadlines_shown(pack),
        escalation=escalation,
        stages=stages,
        silences=told.silences_shown(pack),
        notes=told.notes_shown(pack),
        sources=told.sources_shown(pack),
        silent=_silences(pack),
    )


def excerpt_of(pack: Pack, kept: frozenset[str], mark: Mark = unmarked) -> Excerpt:
    """The parts of a pack with these permanent ids, and nothing else; `mark` shows what was searched for."""
    cards = tuple(card_shown(pack, override, mark) for override in pack.overrides if override.id in kept)
    protective, harm_factors = told.factors_shown(pack, kept, mark)
    grid, signs = descriptor_grid(pack, kept, mark), sign_grid(pack, kept, mark)
    in_grids = sum(
        len(cell.entries) for one in (grid, signs) for part in one.parts for row in part.rows for cell in row
    )
    return Excerpt(
        cards=cards,
        grid=grid,
        signs=signs,
        protective=protective,
        harm_factors=harm_factors,
        count=in_grids + len(cards) + len(protective) + len(harm_factors),
    )


def best_of(pack: Pack, ids: Sequence[str], mark: Mark = unmarked) -> Best:
    """The parts of a pack with these permanent ids, in this order."""
    found = excerpt_of(pack, frozenset(ids), mark)
    hits: dict[str, Hit] = {}
    for grid in (found.grid, found.signs):
        for part in grid.parts:
            for cell in (cell for row in part.rows for cell in row):
                for entry in cell.entries:
                    source = ", ".join(filter(None, (cell.source, entry.source)))
                    hits[entry.id] = Hit(replace(entry, source=source), f"{cell.levels}. {part.name}")
    for items, where in (
        (found.protective, gettext("Protective factors")),
        (found.harm_factors, gettext("What makes harm likelier")),
    ):
        for one in items:
            hits[one.code] = Hit(Entry(one.code, one.name, one.source, one.details), where)
    return Best(found.cards, tuple(hits[id_] for id_ in ids if id_ in hits))


def _silences(pack: Pack) -> Silences:
    return Silences(
        descriptors="" if pack.descriptors else not_stated(pack, Silent.DESCRIPTORS) or gettext(NOT_STATED),
        exploitation="" if pack.exploitation else not_stated(pack, Silent.EXPLOITATION) or gettext(NOT_STATED),
        protective=""
        if pack.protective_factors
        else not_stated(pack, Silent.PROTECTIVE_FACTORS) or gettext(NOT_STATED),
        harm_factors="" if pack.harm_factors else not_stated(pack, Silent.HARM_FACTORS) or gettext(NOT_STATED),
        services="" if pack.services else not_stated(pack, Silent.SERVICES) or gettext(NOT_STATED),
        # National times stand in every pack: the silence is about local ones.
        deadlines=not_stated(pack, Silent.DEADLINES),
        stages="" if pack.escalation.stages else not_stated(pack, Silent.ESCALATION_STAGES) or gettext(NOT_STATED),
    )


def _cumulative(pack: Pack) -> str:
    rule = pack.cumulative
    if rule is None:
        return ""
    if rule.domains == 1:
        said = gettext(
            "%(descriptors)s concerns or more, even in one domain, are a prompt to think higher. "
            "Numbers set by: %(set_by)s (%(source)s)"
        )
    else:
        said = gettext(
            "%(descriptors)s concerns or more in %(domains)s domains or more are a prompt to think "
            "higher. Numbers set by: %(set_by)s (%(source)s)"
        )
    return said % {
        "descriptors": rule.descriptors,
        "domains": rule.domains,
        "set_by": rule.set_by,
        "source": source_of(pack, rule.citation),
    }


def _signs_standing(pack: Pack) -> str:
    if pack.exploitation is None:
        return ""
    return f"{pack.exploitation.standing} ({source_of(pack, pack.exploitation.citation)})"
