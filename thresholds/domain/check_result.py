"""What the threshold check takes and what it gives. Results turn into plain JSON, to be frozen with the referral."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from thresholds.domain.check_when import AGE_NOT_KNOWN, Answer, ChildAge
from thresholds.domain.needs import Ring
from thresholds.domain.parts import AgencyKind, Citation, Flag, Harm, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFacts:
    """What is recorded about one child when the check runs. Ids are those of the referral's own pack version."""

    descriptors: frozenset[str] = frozenset()
    """Ids of the descriptors that the practitioner chose."""
    signs: frozenset[str] = frozenset()
    """Ids of the exploitation signs that the practitioner saw."""
    harm_factors: frozenset[str] = frozenset()
    protective_factors: frozenset[str] = frozenset()
    protective_found: Answer = Answer.NOT_KNOWN
    """Whether looking for strengths found any, of the list or in one's own words. A factor that is given means yes."""
    conditions: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    """Answers to the questions on which descriptors hang, by condition id."""
    flags: frozenset[Flag] = frozenset()
    """Circumstances known or suspected, besides those that the chosen descriptors carry."""
    harm: Harm | None = None
    age: ChildAge = AGE_NOT_KNOWN
    """Age on the day of the referral."""
    moves_about: Answer = Answer.NOT_KNOWN
    """Whether the child moves about by themself."""
    agency: AgencyKind | None = None
    open_case: bool | None = None


class IndicatedKind(StrEnum):
    """What the chosen circumstances point to."""

    LEVEL = "level"
    RANGE = "range"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Indicated:
    """The indicated level: one, a range, or not known. Not known is no level, least of all the lowest."""

    kind: IndicatedKind
    lowest: str | None = None
    highest: str | None = None
    reaches_s47: bool = False
    """Whether section 47 of the Children Act 1989 is among what the level or the range may mean."""


class Source(StrEnum):
    """Where a reason comes from."""

    DESCRIPTOR = "descriptor"
    SIGN = "sign"
    OVERRIDE = "override"


@dataclass(frozen=True, slots=True, kw_only=True)
class InPlaceOf:
    """What the practitioner chose where its twin counts instead, and the fact on which that hangs."""

    wording: str
    lowest: str
    highest: str
    citation: Citation
    question: str
    """The pack's question about the fact."""
    answer: Answer
    """Its answer: not known, or the one by which the twin is the line that stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Something that points to a level."""

    source: Source
    id: str
    wording: str
    citation: Citation
    domain: str | None = None
    """Id of the domain; for a sign, of its category."""
    lowest: str
    highest: str
    chosen: str
    """Id of what the practitioner chose: another one where the higher twin is shown."""
    in_place_of: InPlaceOf | None = None
    """Given exactly where something else was chosen. A record that was frozen earlier has none."""
    outside_age: bool = False
    """The document gives it for another age than the child's. It counts, and is asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideShown:
    """A national override that speaks, with its action card."""

    id: str
    name: str
    certain: bool
    """False: a fact on which it hangs isn't known. It speaks all the same."""
    raises_to: str | None
    """Id of the level that it raises to; None: only the card."""
    urgent: bool
    ring: Ring | None
    tell_family: bool
    steps: tuple[Statement, ...]
    because: tuple[str, ...]
    """Flags that called it, in alphabetical order."""
    note: str | None
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorShown:
    """What the exploitation indicator shows by itself. Its signs are never counted together to a level."""

    seen: int
    """How many of the signs that were seen may raise a level."""
    highest: str | None
    """Id of the highest level at which one of them stands; None where none of them raises."""


class PromptKind(StrEnum):
    """Why the practitioner is asked to think higher."""

    CUMULATIVE = "cumulative"
    NO_PROTECTIVE_FACTOR = "no_protective_factor"
    HARM_BESIDE_LEVEL = "harm_beside_level"
    HARM_FACTOR = "harm_factor"
    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A prompt to think upward. It moves no level by itself."""

    kind: PromptKind
    text: str
    towards: str | None = None
    """Id of the level to think about."""
    about: tuple[str, ...] = ()
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A fact that would change the result."""

    key: str
    """Stable name of the fact: `harm`, `age`, `moves_about`, `protective`, `descriptors`, `condition:<id>`,
    `indicator`, `outside_age:<id>`, `also:<id>`, `not_in_pack:<id>`."""
    text: str
    about: tuple[str, ...] = ()
    could_reach: str | None = None
    """Id of the highest level that the answer could lead to; None: not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Something shown beside the level that doesn't move it."""

    id: str
    wording: str
    citation: Citation
    why_not: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdCheck:
    """The answer of the check for one child. Guidance, never a gate."""

    area: str
    effective_from: str
    """First day of the pack version, as ISO date."""
    indicated: Indicated
    reasons: tuple[Reason, ...]
    """Highest first."""
    overrides: tuple[OverrideShown, ...]
    """In the order of the pack."""
    prompts: tuple[Prompt, ...]
    questions: tuple[Question, ...]
    protective: tuple[Beside, ...]
    harm_factors: tuple[Beside, ...]
    listed_only: tuple[Beside, ...]
    """Chosen, but benign or about who somebody is: shown with the reason why it raises nothing."""
    not_in_pack: tuple[str, ...]
    """Chosen ids that this pack version doesn't hold: carried along and asked about, never dropped."""
    exploitation: IndicatorShown | None
    """None where no sign was seen: that says nothing about exploitation."""
    flags: frozenset[Flag]
    """All circumstances known or suspected, those of chosen descriptors, signs and harm factors included."""

    @property
    def levels(self) -> frozenset[str]:
        """Ids of the ends of what is indicated; empty for not known."""
        return frozenset(level for level in (self.indicated.lowest, self.indicated.highest) if level is not None)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON for freezing: the same check gives the same text."""
        body: dict[str, Any] = plain(self)
        return body


def plain(value: Any) -> Any:
    """`value` as plain JSON types. Sets come sorted; dataclasses and pack parts as objects; TypeError for the rest."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_none=True)
    if dataclasses.is_dataclass(value):
        return {item.name: plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(value[key]) for key in sorted(value)}
    if isinstance(value, Set | tuple | list):
        items = [plain(item) for item in value]
        return sorted(items) if isinstance(value, Set) else items
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> bool | int | str | None:
    if isinstance(value, dt.date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str):
        return value
    raise TypeError(f"no plain form for {type(value).__name__}")
