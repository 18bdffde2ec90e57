"""Levels, domains, descriptors, factors, exploitation indicators and overrides: what a document says about need."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from thresholds.domain.parts import AgeBand, Citation, Flag, LegalMeaning, Part, Slug, Statement, Terms, Text, When


class Level(Part):
    """A level of need. The order in the pack is the order of the document, lowest first."""

    id: Slug
    name: Text
    number: int | None = None
    """The number, if the document gives one."""
    legal: LegalMeaning
    """What the level may mean under the Children Act 1989: `none`, `s17`, `s47`, or `mixed` for both."""
    meaning: Text
    """What the level is, in a few plain words."""
    response: Text | None = None
    """What follows at this level; left out where the document doesn't say."""
    overlaps: tuple[Slug, ...] = ()
    """Levels that the document lets overlap with this one."""
    note: Text | None = None
    citation: Citation


class Domain(Part):
    """A dimension of the child's life by which descriptors are ordered."""

    id: Slug
    name: Text
    group: Text | None = None
    """The heading that it stands under, such as Parents or Carers Capacity."""
    meaning: Text
    """What belongs here, in a few plain words."""
    citation: Citation


class Condition(Part):
    """A fact on which descriptors hang, with the question that asks for it."""

    id: Slug
    question: Text
    """A question that yes, no or not known answers."""
    citation: Citation


class Twin(Part):
    """The other descriptor of a pair that hangs on one condition. While it is unknown, the higher one shows."""

    id: Slug
    """Id of the descriptor that stands when the condition is the other way round."""
    condition: Slug
    """Id of the condition."""
    holds: bool
    """Whether the condition holds where *this* descriptor stands."""


class Descriptor(Part):
    """One circumstance, at one level or a range of them. Guidance, not an item of a checklist."""

    id: Slug
    """Permanent id: area prefix, level, number, like `tw-acute-017`."""
    domain: Slug
    level: Slug
    up_to: Slug | None = None
    """Highest level of the range, where the document lists it for several levels at once."""
    wording: Text
    """The circumstance in our own short words."""
    citation: Citation
    age: AgeBand | None = None
    """Ages that the document gives, never our own."""
    twin: Twin | None = None
    flags: tuple[Flag, ...] = ()
    terms: Terms = ()
    raises: bool = True
    """False for what a document lists although it is benign or says who somebody is; `why_not` gives the reason."""
    why_not: Text | None = None
    of_indicator: bool = False
    """True for what only says at which level the exploitation indicator stands: what was seen belongs in its signs."""
    note: Text | None = None

    @model_validator(mode="after")
    def _reason(self) -> Self:
        _check_reason(raises=self.raises, why_not=self.why_not)
        return self


class ProtectiveFactor(Part):
    """A strength. It is shown beside concerns and never lowers a level; finding none is a prompt upward."""

    id: Slug
    wording: Text
    citation: Citation
    terms: Terms = ()


class HarmFactor(Part):
    """Something in the child's circumstances that makes harm likelier, or a warning sign that it is near."""

    id: Slug
    wording: Text
    warning: bool = False
    """A warning sign: immediate help may be needed."""
    citation: Citation
    flags: tuple[Flag, ...] = ()
    terms: Terms = ()
    raises: bool = True
    """False where it names who somebody is (a disability, a parent's age) and not what happens."""
    why_not: Text | None = None

    @model_validator(mode="after")
    def _reason(self) -> Self:
        _check_reason(raises=self.raises, why_not=self.why_not)
        return self


class ExploitationSign(Part):
    """A single indicator, split out of a cell of the document's table. Signs are never summed."""

    id: Slug
    level: Slug
    wording: Text
    citation: Citation
    raises: bool
    """Whether it may raise a level; never true for what is benign or a protected characteristic."""
    why_not: Text | None = None
    also: tuple[Slug, ...] = ()
    """Ids of signs that repeat this one in another cell of the document."""
    flags: tuple[Flag, ...] = ()
    terms: Terms = ()

    @model_validator(mode="after")
    def _reason(self) -> Self:
        _check_reason(raises=self.raises, why_not=self.why_not)
        return self


class ExploitationCategory(Part):
    """A row of the document's exploitation table."""

    id: Slug
    name: Text
    signs: Annotated[tuple[ExploitationSign, ...], Field(min_length=1)]


class ExploitationIndicator(Part):
    """The document's table of exploitation, as single signs by category and level."""

    name: Text
    standing: Text
    """How it is to be used: what the document says about scoring, or that it says nothing."""
    citation: Citation
    categories: Annotated[tuple[ExploitationCategory, ...], Field(min_length=1)]


class Ring(StrEnum):
    """Who is rung first."""

    EMERGENCY = "999"
    POLICE = "101"
    FRONT_DOOR = "front_door"
    LADO = "lado"


class Override(Part):
    """A circumstance that outranks every descriptor, with its action card. National ones are merged into each pack."""

    id: Slug
    name: Text
    when: When
    not_mobile: bool = False
    """Only for a child who doesn't move about by themself; not known counts as not moving."""
    raises_to: LegalMeaning
    """`s47`: the lowest level that reaches section 47; `s17`: the lowest for section 17; `none`: only the card."""
    urgent: bool
    """Waits for no approval, scan, PDF or missing answer."""
    ring: Ring | None = None
    """Who is rung first, if anybody."""
    tell_family: bool = True
    """False: the family isn't told until the front door says so."""
    steps: Annotated[tuple[Statement, ...], Field(min_length=1)]
    """The action card: what to do, first things first."""
    terms: Terms = ()
    note: Text | None = None
    citation: Citation


class Cumulative(Part):
    """From how many descriptors over how many domains the whole picture is a prompt upward."""

    descriptors: Annotated[int, Field(ge=2)]
    domains: Annotated[int, Field(ge=1)]
    set_by: Text
    """Who set the numbers: no document states any."""
    citation: Citation
    """Where the document says that several needs together may weigh more."""


class ServicesAtLevel(Part):
    """What the document offers, and what it asks for next, at one level."""

    level: Slug
    services: tuple[Text, ...] = ()
    next_steps: tuple[Statement, ...] = ()
    citation: Citation


def _check_reason(*, raises: bool, why_not: str | None) -> None:
    if raises and why_not is not None:
        raise ValueError("why_not is given although it raises")
    if not raises and why_not is None:
        raise ValueError("what doesn't raise says why not")
