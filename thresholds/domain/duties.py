"""Consent rules, deadlines, disagreement, silences and notes: how a document asks people to act."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from thresholds.domain.golden_editions import EDITIONS, Edition
from thresholds.domain.parts import Citation, Part, Slug, Text, When


class Topic(StrEnum):
    """What a consent rule is about."""

    AGREEMENT = "agreement"
    SHARING_WITHOUT = "sharing_without"
    COMPETENCE = "competence"
    NOT_SEEKING = "not_seeking"
    REFUSAL = "refusal"
    TELLING = "telling"
    NOT_TELLING = "not_telling"
    RECORDING = "recording"


class Effect(StrEnum):
    """What a consent rule does to the sharing decision."""

    AGREEMENT_NEEDED = "agreement_needed"
    AGREEMENT_NOT_NEEDED = "agreement_not_needed"
    CHILD_AGREES_TOO = "child_agrees_too"
    WEIGH_MATURITY = "weigh_maturity"
    PARENT_DECIDES = "parent_decides"
    MANAGER_APPROVES = "manager_approves"
    MANAGER_OR_LEAD_APPROVES = "manager_or_lead_approves"
    MANAGER_OR_LEAD_ADVISES = "manager_or_lead_advises"
    TELL_BEFORE = "tell_before"
    TELL_AFTER = "tell_after"
    TELLING_IS_GOOD_PRACTICE = "telling_is_good_practice"
    MAY_WITHHOLD = "may_withhold"
    NEVER_TELL = "never_tell"
    RECORD_REASONS = "record_reasons"
    TELL_DOOR_OF_REFUSAL = "tell_door_of_refusal"
    REFUSAL_ALONE_RAISES_NOTHING = "refusal_alone_raises_nothing"
    REFUSAL_MAY_SIGNAL_RISK = "refusal_may_signal_risk"
    NEVER_DELAY = "never_delay"
    CONFIRM_AGREEMENT = "confirm_agreement"


class ConsentRule(Part):
    """What a document asks about agreement, and about who is told."""

    id: Slug
    topic: Topic
    when: When
    effects: Annotated[tuple[Effect, ...], Field(min_length=1)]
    text: Text
    """The rule in our own short words, as the practitioner reads it."""
    unless: tuple[Text, ...] = ()
    """Exceptions that the document prints, each one a reason that can be recorded."""
    prompt_age: Annotated[int, Field(ge=0, le=18)] | None = None
    """Age in completed years from which to weigh the child's own view. It prompts and never decides."""
    note: Text | None = None
    """What is ours and not the document's, said as such."""
    citation: Citation


class Unit(StrEnum):
    """How a deadline is counted. Weeks and months run on; working time is the area's."""

    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


class Event(StrEnum):
    """What a deadline counts from."""

    CALL = "call"
    REFERRAL = "referral"
    ALLEGATION = "allegation"
    STRATEGY_DISCUSSION = "strategy_discussion"
    FGM_DISCOVERED = "fgm_discovered"
    DISAGREEMENT = "disagreement"
    EARLY_HELP_STARTED = "early_help_started"
    PARTNER_ASKED = "partner_asked"
    """When a front door asked another agency for what it knows: `partner-return` counts from it."""
    DRAFT_CHANGED = "draft_changed"
    """The last change of a draft: `draft-remind` and `draft-keep` count from it, in hours or days."""


LONGEST = 10_000
"""Of hours or days. More is a slip of the keyboard, and the end of it may lie beyond what a calendar can hold."""


class Deadline(Part):
    """An act, and the time for it. An amount that nobody states is left out, to be set by the partnership."""

    id: Slug
    """Some ids have a meaning of their own, by which a partnership sets its times: `draft-remind`, `draft-keep`,
    `screen-red`, `screen-amber`, `screen-green`, `outcome`, `partner-return`, `early-help-registration` and
    `early-help-review`."""
    name: Text
    who: Text
    """Who has to act."""
    amount: Annotated[int, Field(ge=1, le=LONGEST)] | None = None
    unit: Unit | None = None
    after: Event
    outer_limit: bool = False
    """The latest time allowed, not a time to aim for: as soon as possible is meant."""
    statutory: bool
    """From an Act or statutory guidance: it never pauses."""
    note: Text | None = None
    citation: Citation

    @model_validator(mode="after")
    def _amount_has_unit(self) -> Self:
        if (self.amount is None) != (self.unit is None):
            raise ValueError("an amount has a unit, and a unit an amount")
        return self


class EscalationStage(Part):
    """One step of resolving a disagreement."""

    number: Annotated[int, Field(ge=1)]
    name: Text
    who: Text
    amount: Annotated[int, Field(ge=1, le=LONGEST)] | None = None
    """Time for the stage; left out: not stated, set by the partnership."""
    unit: Unit | None = None
    citation: Citation

    @model_validator(mode="after")
    def _amount_has_unit(self) -> Self:
        if (self.amount is None) != (self.unit is None):
            raise ValueError("an amount has a unit, and a unit an amount")
        return self


class Escalation(Part):
    """How a disagreement about a decision is resolved."""

    policy: Text | None = None
    """Name of the policy or protocol that the document points to; left out: it names none."""
    address: Text | None = None
    """Its address as printed; left out where the link's target is lost."""
    stages: tuple[EscalationStage, ...] = ()
    """Empty: the document states none."""
    note: Text | None = None
    citation: Citation


class GoldenRules(Part):
    """Which edition of the seven golden rules of information sharing the record is answered under."""

    edition: Slug
    """The edition used, whatever the document prints: the current one."""
    printed: Slug | None = None
    """The edition that the document prints; left out where it prints none."""
    own: Edition | None = None
    """An edition of the partnership's own, in full; `edition` or `printed` names it by its id."""
    note: Text | None = None
    citation: Citation

    def named(self, edition: str) -> Edition | None:
        """The edition of that id, the partnership's own first; None for one that nobody gave."""
        if self.own is not None and self.own.id == edition:
            return self.own
        return EDITIONS.get(edition)


class Silent(StrEnum):
    """What a document may not state. An empty part of a pack is named here, so that a gap is never an oversight."""

    DESCRIPTORS = "descriptors"
    EXPLOITATION = "exploitation"
    PROTECTIVE_FACTORS = "protective_factors"
    HARM_FACTORS = "harm_factors"
    SERVICES = "services"
    DEADLINES = "deadlines"
    ESCALATION_STAGES = "escalation_stages"
    COMPETENCE = "competence"
    CUMULATIVE = "cumulative"
    FRONT_DOOR_NUMBER = "front_door_number"
    FRONT_DOOR_HOURS = "front_door_hours"
    OUT_OF_HOURS_NUMBER = "out_of_hours_number"
    EMERGENCY = "emergency"
    LADO = "lado"
    EXPLOITATION_ROUTE = "exploitation_route"
    REFUSAL = "refusal"
    EARLY_HELP = "early_help"


class Silence(Part):
    """Something that the partnership's document doesn't state."""

    topic: Silent
    note: Text | None = None
    """What a practitioner does meanwhile, or where the partnership may have it."""


class NoteKind(StrEnum):
    """Why a note stands."""

    GARBLED = "garbled"
    OUT_OF_DATE = "out_of_date"
    CONFLICT = "conflict"
    UNSAFE = "unsafe"
    NEWER_PAGE = "newer_page"
    READING = "reading"


class Note(Part):
    """A defect of the document, or how we read it. Nothing is edited in silence."""

    id: Slug
    kind: NoteKind
    text: Text
    handled_by: Slug | None = None
    """Id of the override or rule that makes it safe."""
    citation: Citation
