"""A threshold pack: one area's threshold document as data, from a date on, with the national overrides merged in.

Read from YAML by `thresholds.domain.parse`; the same JSON is stored in a version row. What the document doesn't state
is empty here and named in `silent`; it is shown as not stated by the partnership and never invented.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import Field

from thresholds.domain.doors import FrontDoor, Route
from thresholds.domain.duties import ConsentRule, Deadline, Escalation, GoldenRules, Note, Silence, Silent
from thresholds.domain.early_help import EarlyHelp
from thresholds.domain.form_settings import FormSettings
from thresholds.domain.needs import (
    Condition,
    Cumulative,
    Descriptor,
    Domain,
    ExploitationIndicator,
    ExploitationSign,
    HarmFactor,
    Level,
    Override,
    ProtectiveFactor,
    ServicesAtLevel,
)
from thresholds.domain.parts import Part, Slug, Statement, Text


class Area(Part):
    """A local authority's area."""

    slug: Slug
    name: Text
    partnership: Text
    """Name of its safeguarding partnership, as the document gives it."""


class DocumentKind(StrEnum):
    """What sort of source it is. Only the threshold document itself speaks for the partnership."""

    THRESHOLD = "threshold"
    PAGE = "page"
    LAW = "law"
    GUIDANCE = "guidance"


class Document(Part):
    """A source that citations name."""

    id: Slug
    """`threshold` is the area's own threshold document."""
    kind: DocumentKind
    title: Text
    edition: Text | None = None
    """Edition or date as printed; left out where none is."""
    address: Text | None = None


class Pack(Part):
    """Everything that the check, the sharing decision and the route plan read."""

    area: Area
    effective_from: dt.date
    """First day on which new referrals use it."""
    national: dt.date
    """Date of the national overrides that are merged in."""
    documents: Annotated[tuple[Document, ...], Field(min_length=1)]
    standing: Statement
    """What the document says about its own use: guidance, not a checklist."""
    levels: Annotated[tuple[Level, ...], Field(min_length=2)]
    domains: tuple[Domain, ...] = ()
    """Empty only where the document orders nothing by domain."""
    conditions: tuple[Condition, ...] = ()
    descriptors: tuple[Descriptor, ...] = ()
    overrides: Annotated[tuple[Override, ...], Field(min_length=1)]
    exploitation: ExploitationIndicator | None = None
    protective_factors: tuple[ProtectiveFactor, ...] = ()
    harm_factors: tuple[HarmFactor, ...] = ()
    cumulative: Cumulative | None = None
    services: tuple[ServicesAtLevel, ...] = ()
    front_doors: Annotated[tuple[FrontDoor, ...], Field(min_length=1)]
    main_door: Slug
    """Id of the front door that takes a worried call: the number for the hour starts here."""
    routes: Annotated[tuple[Route, ...], Field(min_length=1)]
    """In order of precedence, most urgent first; several may speak at once."""
    consent_rules: Annotated[tuple[ConsentRule, ...], Field(min_length=1)]
    early_help: EarlyHelp | None = None
    """Left out: the document names no assessment of early help."""
    form: FormSettings = FormSettings()
    """How the forms differ in this area; left out: they are as everywhere."""
    deadlines: tuple[Deadline, ...] = ()
    escalation: Escalation
    golden_rules: GoldenRules
    silent: tuple[Silence, ...] = ()
    notes: tuple[Note, ...] = ()

    @cached_property
    def level_order(self) -> dict[str, int]:
        """Level ids to their place, lowest first, from 0."""
        return {level.id: place for place, level in enumerate(self.levels)}

    @cached_property
    def doors_by_id(self) -> dict[str, FrontDoor]:
        """Front doors by id."""
        return {door.id: door for door in self.front_doors}

    @cached_property
    def descriptors_by_id(self) -> dict[str, Descriptor]:
        """Descriptors by id."""
        return {descriptor.id: descriptor for descriptor in self.descriptors}

    @cached_property
    def signs_by_id(self) -> dict[str, tuple[str, ExploitationSign]]:
        """Signs of exploitation by id, each with the id of its category; empty without an indicator."""
        categories = self.exploitation.categories if self.exploitation else ()
        return {sign.id: (category.id, sign) for category in categories for sign in category.signs}

    @cached_property
    def harm_factors_by_id(self) -> dict[str, HarmFactor]:
        """What makes harm likelier, by id."""
        return {factor.id: factor for factor in self.harm_factors}

    @cached_property
    def protective_factors_by_id(self) -> dict[str, ProtectiveFactor]:
        """Protective factors by id."""
        return {factor.id: factor for factor in self.protective_factors}

    @cached_property
    def documents_by_id(self) -> dict[str, Document]:
        """Sources by id."""
        return {document.id: document for document in self.documents}

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """As pydantic's, but what is worked out from the content (the dictionaries above) is worked out anew: pydantic
        would hand the old ones on to a pack with other descriptors."""
        copied = super().model_copy(update=update, deep=deep)
        for name, member in vars(Pack).items():
            if isinstance(member, cached_property):
                copied.__dict__.pop(name, None)
        return copied

    def level(self, level_id: str) -> Level:
        """The level of that id; KeyError for an id that the pack doesn't have."""
        return self.levels[self.level_order[level_id]]

    def door_of(self, route: Route) -> FrontDoor | None:
        """The front door to which a route of this pack leads; None for one that leads to none."""
        door = self.main_door if route.main_door else route.door
        return None if door is None else self.doors_by_id[door]

    def is_silent(self, topic: Silent) -> bool:
        """Whether the partnership's document doesn't state `topic`."""
        return any(silence.topic is topic for silence in self.silent)

    def canonical_json(self) -> str:
        """One JSON text for one content: sorted keys, no spaces; defaults left out, so that a later optional field of
        the schema changes no older pack's digest."""
        body = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the canonical JSON in UTF-8."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()
