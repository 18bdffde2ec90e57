"""What every part of a pack is made of: a frozen strict base, citations, ages, flags, and the facts that rules ask."""

import re
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from accounts.domain.agencies import AgencyKind as AgencyKind  # noqa: PLC0414 (packs and their readers name it)

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""Lower-case letters, digits and single hyphens. Ids are permanent: once published, an id never means anything else."""
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Characters that nobody sees and that spreadsheets lose; a new line is none of them."""


def _seen(text: str) -> str:
    if CONTROL.search(text):
        raise ValueError("holds a character that can't be seen, such as a tab")
    # Nobody sees that a space is a hard one, and a spreadsheet's cell reads it as a space: so both say the same.
    return text.replace("\N{NO-BREAK SPACE}", " ")


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1200), AfterValidator(_seen)]
"""Words that people read: short, plain, the project's own, never a sentence of the document."""
ShortText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^{}\n]*$"),
    AfterValidator(_seen),
]
"""One line that people read, such as a title or a question; without braces, which stand for a name."""
Lines = Annotated[
    str,
    BeforeValidator(lambda lines: str(lines) if type(lines) is int else lines),
    StringConstraints(pattern=r"^\d+(-\d+)?(, \d+(-\d+)?)*$"),
]
"""Lines of the source text: `211`, `211-213` or `211, 253-255`."""
Terms = tuple[Text, ...]
"""Words people use for the same thing; they help search and suggestion and are shown nowhere."""


class Part(BaseModel):
    """Base of every model of a pack: frozen, strict, and an unknown field is a mistake."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", use_attribute_docstrings=True)


class Citation(Part):
    """Where a statement was read. A statement without one can't be written."""

    document: Slug = "threshold"
    """Id of one of the pack's documents; left out, the area's own threshold document."""
    section: Text
    """Heading under which it stands, or the name of the section or article."""
    lines: Lines | None = None
    """Lines of the source text: required for the threshold document, left out where a source has no numbered lines."""

    @model_validator(mode="after")
    def _threshold_document_has_lines(self) -> Self:
        if self.document == "threshold" and self.lines is None:
            raise ValueError("a citation of the threshold document needs its lines")
        return self

    def reads(self) -> str:
        """The citation as people read it after the document's title, for example `Health, line 253`."""
        return ", ".join(filter(None, (self.section, self.place())))

    def place(self) -> str:
        """The lines alone, for example `lines 211-213`; empty where the source has no numbered lines."""
        if self.lines is None:
            return ""
        return f"{'lines' if re.search('[-,]', self.lines) else 'line'} {self.lines}"


class Statement(Part):
    """Something that the document says, in our own short words."""

    text: Text
    citation: Citation


class AgeBand(Part):
    """Ages that a statement is about, in completed years; an end that the document doesn't give is left out."""

    from_years: Annotated[int, Field(ge=0, le=25)] | None = None
    """Youngest age, included."""
    under_years: Annotated[int, Field(ge=1, le=26)] | None = None
    """First age that is too old: "13 and under" is 14."""
    unborn: bool = False
    """About an unborn child; then no years are given."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.unborn:
            if self.from_years is not None or self.under_years is not None:
                raise ValueError("an unborn child has no years of age")
        elif self.from_years is None and self.under_years is None:
            raise ValueError("an age band needs from_years, under_years or unborn")
        elif (self.from_years or 0) >= (self.under_years or 99):
            raise ValueError("from_years must lie below under_years")
        return self


class LegalMeaning(StrEnum):
    """What a level means under the Children Act 1989. Level is not harm: harm is asked by itself."""

    NONE = "none"
    S17 = "s17"
    S47 = "s47"
    MIXED = "mixed"

    @property
    def reaches_s47(self) -> bool:
        """Whether section 47 is among what this level may mean."""
        return self in {LegalMeaning.S47, LegalMeaning.MIXED}

    @property
    def strength(self) -> int:
        """How far it reaches, to compare levels by: `mixed` lies between section 17 and section 47."""
        return (LegalMeaning.NONE, LegalMeaning.S17, LegalMeaning.MIXED, LegalMeaning.S47).index(self)


class Flag(StrEnum):
    """Circumstances that rules ask about by name: overrides, routes, and the guard on telling the family."""

    IMMEDIATE_DANGER = "immediate_danger"
    PHYSICAL_ABUSE = "physical_abuse"
    NON_MOBILE_INJURY = "non_mobile_injury"
    EMOTIONAL_ABUSE = "emotional_abuse"
    NEGLECT = "neglect"
    SEXUAL_ABUSE = "sexual_abuse"
    SEXUAL_ACTIVITY = "sexual_activity"
    SEXUAL_ACTIVITY_UNDER_13 = "sexual_activity_under_13"
    HARMFUL_SEXUAL_BEHAVIOUR = "harmful_sexual_behaviour"
    SEXUAL_EXPLOITATION = "sexual_exploitation"
    CRIMINAL_EXPLOITATION = "criminal_exploitation"
    GANG = "gang"
    TRAFFICKING = "trafficking"
    MISSING = "missing"
    ONLINE_HARM = "online_harm"
    RADICALISATION = "radicalisation"
    FGM = "fgm"
    FORCED_MARRIAGE = "forced_marriage"
    HONOUR_BASED_ABUSE = "honour_based_abuse"
    FABRICATED_ILLNESS = "fabricated_illness"
    DISCLOSURE = "disclosure"
    DOMESTIC_ABUSE = "domestic_abuse"
    SELF_HARM = "self_harm"
    SUICIDE_ATTEMPT = "suicide_attempt"
    ALLEGATION_AGAINST_PROFESSIONAL = "allegation_against_professional"
    PERSON_POSING_RISK = "person_posing_risk"
    SERIOUS_CRIME = "serious_crime"
    PARENTAL_SUBSTANCE_MISUSE = "parental_substance_misuse"
    PARENTAL_MENTAL_HEALTH = "parental_mental_health"
    SUBSTANCE_MISUSE = "substance_misuse"
    DISABILITY = "disability"
    YOUNG_CARER = "young_carer"
    UNBORN = "unborn"
    PRIVATE_FOSTERING = "private_fostering"
    HOMELESS_16_17 = "homeless_16_17"
    UNACCOMPANIED = "unaccompanied"
    NOT_IN_EDUCATION = "not_in_education"


class Harm(StrEnum):
    """Answer to "has the child suffered significant harm, or are they likely to?", asked per child."""

    YES = "yes"
    SUSPECTED = "suspected"
    NOT_SURE = "not_sure"
    NO = "no"


class Agreement(StrEnum):
    """What the family answered about agreement to the referral."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_SOUGHT = "not_sought"
    CHILD_ONLY = "child_only"


class When(Part):
    """Facts under which a rule speaks. Every field given must hold; in a list, one entry is enough; a field left out
    isn't asked. A fact that isn't known makes the whole unknown, not false."""

    flags: tuple[Flag, ...] = ()
    """At least one of these circumstances is known or suspected."""
    harm: tuple[Harm, ...] = ()
    """The answer about significant harm is one of these."""
    levels: tuple[Slug, ...] = ()
    """The judged or the indicated level is one of these."""
    age: AgeBand | None = None
    """The child's age lies in the band."""
    agencies: tuple[AgencyKind, ...] = ()
    """The referrer's agency is of one of these kinds."""
    agreement: tuple[Agreement, ...] = ()
    """What the family answered is one of these."""
    open_case: bool | None = None
    """Whether the child has an allocated social worker."""
    out_of_hours: bool | None = None
    """Whether the front door is closed."""
