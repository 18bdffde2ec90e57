"""What a partnership changes about the forms in its area: pages left out, other words, questions of its own.

Which pages may be left out or reworded stands in `thresholds.domain.form_pages`; the forms themselves are
`referrals.record`'s, which fits a form to these settings.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from thresholds.domain.parts import Part, ShortText, Slug, Text

OWN_PAGE, OWN_QUESTION = "own-", "own_"
"""What the keys of a partnership's own pages and questions begin with; no key of the forms does."""

OwnId = Annotated[Slug, StringConstraints(max_length=30)]
QuestionKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class OwnKind(StrEnum):
    """What sort of answer a partnership's own question takes. "Not known" is an answer to each."""

    LINE = "line"
    WORDS = "words"
    CHOICE = "choice"
    DATE = "date"
    YES_NO = "yes_no"


class PageTitle(Part):
    """Another title for a page."""

    page: Slug
    """Key of the page."""
    title: ShortText
    """The title here. Where the page is about a child or a person, their name is put before it."""


class QuestionSetting(Part):
    """Other words for a question of the forms, or that it has to be answered."""

    page: Slug
    """Key of the page that asks it."""
    question: QuestionKey
    """Key of the question."""
    label: ShortText | None = None
    """The question in the partnership's words; left out: as it is."""
    hint: Text | None = None
    """Help below the question; left out: as it is."""
    mandatory: bool = False
    """Whether it counts as missing until it is answered; "not known" is an answer."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.label is None and self.hint is None and not self.mandatory:
            raise ValueError("gives neither other words nor that it is mandatory")
        return self


class OwnPage(Part):
    """A page of the partnership's own. It belongs to the section of the page that it follows, and is asked for whom
    that one is asked for: the referral, each child or each person."""

    id: OwnId
    """Permanent: never change it, and never use it for something else."""
    follows: Slug
    """Key of the page of the forms that it comes after."""
    title: ShortText
    """Title of the page. Where it is asked about a child or a person, their name is put before it."""
    intro: Text | None = None
    """A sentence at the top of the page."""


class OwnOption(Part):
    """An answer to choose."""

    id: Slug
    """Permanent: stored as the answer."""
    label: ShortText
    """The answer as people read it."""


class OwnQuestion(Part):
    """A question of the partnership's own. Its key in records is `own_` and its id, with _ for -."""

    id: OwnId
    """Permanent: never change it, and never use it for something else."""
    page: Slug
    """Key of a page of the forms, or id of one of the partnership's own pages."""
    kind: OwnKind
    """What sort of answer it takes."""
    label: ShortText
    """The question as people read it."""
    hint: Text | None = None
    """What a good answer holds."""
    options: tuple[OwnOption, ...] = ()
    """Of a choice: the answers, two or more; "not known" is added."""
    mandatory: bool = False
    """Whether it counts as missing until it is answered; "not known" is an answer."""
    unknown_costs: ShortText | None = None
    """What follows while the answer is not known, in one sentence."""

    @property
    def key(self) -> str:
        """The question's key in records, exports and messages."""
        return OWN_QUESTION + self.id.replace("-", "_")

    @model_validator(mode="after")
    def _options_are_those_of_a_choice(self) -> Self:
        if self.kind is OwnKind.CHOICE and len(self.options) < 2:
            raise ValueError("a choice needs two options or more")
        if self.kind is not OwnKind.CHOICE and self.options:
            raise ValueError("only a choice has options")
        return self


class FormSettings(Part):
    """How the forms differ in this area. A referral keeps the settings of the pack version that it was written under.
    Nothing of it stops a referral, and the urgent one is the same everywhere."""

    off: tuple[Slug, ...] = ()
    """Keys of pages that are not asked here."""
    pages: tuple[PageTitle, ...] = ()
    questions: tuple[QuestionSetting, ...] = ()
    own_pages: Annotated[tuple[OwnPage, ...], Field(max_length=20)] = ()
    own_questions: Annotated[tuple[OwnQuestion, ...], Field(max_length=60)] = ()
    note: Text | None = None
    """Who decided it, and when."""
