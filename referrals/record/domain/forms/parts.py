"""What a form specification is made of: pure data that the pages, the PDF, the blank form and completeness read.

A question's key is permanent within a specification and unique among the pages that are asked for the same thing,
so that rules ask for an answer by its key alone. Changed wording of a form in use is a new version.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from referrals.record.domain.freeze import canonical_json, digest

Answers = Mapping[str, Any]
"""Answers of one page: JSON values by key of question."""

NOT_KNOWN = "not_known"
"""The value of a choice, and the ending of a tick's key, that says: asked, and not known."""

LINE_LIMIT = 200
TEXT_LIMIT = 20_000


class Kind(StrEnum):
    """What sort of answer a question takes, and so how it is cleaned and shown.

    AREA, LEVEL and those of PACK_LISTS, DESCRIPTORS and CONDITIONS take their options from the packs. SCALE is a choice
    among numbers, shown in one line. ROWS asks the same few things again and again, BODY where on the body something
    was seen.
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    SCALE = "scale"
    MULTI = "multi"
    YES_NO = "yes_no"
    DATE = "date"
    PARTIAL_DATE = "partial_date"
    TIME = "time"
    POSTCODE = "postcode"
    PHONE = "phone"
    EMAIL = "email"
    NHS_NUMBER = "nhs_number"
    UPN = "upn"
    URN = "urn"
    ROWS = "rows"
    BODY = "body"
    AREA = "area"
    LEVEL = "level"
    DESCRIPTORS = "descriptors"
    PROTECTIVE_FACTORS = "protective_factors"
    HARM_FACTORS = "harm_factors"
    SIGNS = "signs"
    CONDITIONS = "conditions"


CHOICE_KINDS = frozenset({Kind.CHOICE, Kind.SCALE, Kind.YES_NO, Kind.AREA, Kind.LEVEL})
"""Kinds whose answer is one value; "not known", where allowed, is one of the values."""
IDENTIFIERS = frozenset({Kind.NHS_NUMBER, Kind.UPN, Kind.URN})
"""Kinds that name somebody or something in a register, with a shape that can be checked."""
TEXT_KINDS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.TIME, Kind.POSTCODE, Kind.PHONE, Kind.EMAIL}) | IDENTIFIERS
PACK_LISTS = frozenset({Kind.PROTECTIVE_FACTORS, Kind.HARM_FACTORS, Kind.SIGNS})
"""Kinds whose answer is a list of ids of the pack."""
PICKED_KINDS = frozenset({Kind.DESCRIPTORS, Kind.SIGNS})
"""Kinds that are answered from a long list of the pack, and from nothing else: there is no option besides."""
DATE_KINDS = frozenset({Kind.DATE, Kind.PARTIAL_DATE})


class DateRule(StrEnum):
    """What makes a date implausible. None of them is more than flagged where harm is possible."""

    CHILD_BIRTH = "child_birth"
    """Not in the future, and not more than 25 years ago."""
    EXPECTED_BIRTH = "expected_birth"
    """A warning when long past or too far off: babies are late, dates are corrected."""
    PAST = "past"
    """Not in the future."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. An `exclusive` one can't be ticked together with others."""

    value: str
    label: str
    hint: str = ""
    exclusive: bool = False


YES_NO_OPTIONS = (Option("yes", "Yes"), Option("no", "No"), Option(NOT_KNOWN, "Not known"))


@dataclass(frozen=True, slots=True)
class When:
    """Holds when the answer to `question` is among `among`.

    `page` names another page whose answer it is: of the referral, or of the same child. Left out, the question
    stands earlier on the same page.
    """

    question: str
    among: tuple[str, ...]
    page: str = ""

    def holds(self, answers: Answers) -> bool:
        """Say whether it holds, given the answers of the page that it asks about."""
        value = answers.get(self.question)
        if isinstance(value, list):
            return any(one in self.among for one in value if isinstance(one, str))
        return isinstance(value, str) and value in self.among


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `mandatory` means answered or "not known"; it never stops a referral.

    `not_known` allows "not known": as a value of a choice, as a tick beside a text or a date, stored under
    `<key>_not_known`. `limit` counts characters. `when`: asked only if all of them hold.

    Of ROWS, `columns` are asked in each row, `row_name` is what one row is called, such as "agency", and `sorted_by`
    the column of dates by which people read the rows. `from_account` names what the writer's account already tells,
    and `unknown_costs` says what follows while the answer is not known. `finds_school`: words by which a school can be
    found in the register, which then answers this question and that of its number.
    """

    key: str
    label: str
    kind: Kind
    hint: str = ""
    options: tuple[Option, ...] = ()
    mandatory: bool = False
    not_known: bool = False
    limit: int = 0
    date_rule: DateRule | None = None
    when: tuple[When, ...] = ()
    columns: tuple["Question", ...] = ()
    row_name: str = ""
    sorted_by: str = ""
    from_account: str = ""
    unknown_costs: str = ""
    finds_school: bool = False

    @property
    def longest(self) -> int:
        """How many characters an answer may have."""
        return self.limit or (TEXT_LIMIT if self.kind is Kind.LONG_TEXT else LINE_LIMIT)

    @property
    def not_known_key(self) -> str:
        """The key of the "not known" tick beside a question that isn't a choice."""
        return f"{self.key}_{NOT_KNOWN}"

    @property
    def has_tick(self) -> bool:
        """Whether "not known" is a tick of its own."""
        return self.not_known and self.kind not in CHOICE_KINDS

    @property
    def choices(self) -> tuple[Option, ...]:
        """The options that the specification gives: with "not known" at the end where it is allowed."""
        unknown = Option(NOT_KNOWN, "Not known", hint=self.unknown_costs)
        if self.kind is Kind.YES_NO:
            return (*YES_NO_OPTIONS[:-1], unknown)
        if self.not_known and self.kind in CHOICE_KINDS:
            return (*self.options, unknown)
        return self.options


@dataclass(frozen=True, slots=True)
class Need:
    """What has to be answered before a page can start: one question of an earlier page, of the referral or of the same
    child; left out, every mandatory question of that page. "Not known" is an answer."""

    page: str
    question: str = ""


class Per(StrEnum):
    """What a page is asked for: the referral once, or each child, or each household member."""

    REFERRAL = "referral"
    CHILD = "child"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `title` may hold `{name}`, the name of the child or member whom the page is about.

    `in_row`: the answers are the row of the child or member itself. `lists`: the page where children or members are
    added and removed. `needs`: answers without which this one can't start. `when`: it is asked only if all of them
    hold. `called_for`: it can be opened always, and is asked for only if all of them hold.
    """

    key: str
    section: str
    title: str
    questions: tuple[Question, ...]
    intro: str = ""
    per: Per = Per.REFERRAL
    in_row: bool = False
    lists: Per | None = None
    needs: tuple[Need, ...] = ()
    when: tuple[When, ...] = ()
    called_for: tuple[When, ...] = ()

    def title_for(self, name: str) -> str:
        """Return the title with the name of the child or member in it."""
        return self.title.replace("{name}", name)

    def question(self, key: str) -> Question:
        """Return the question of that key; KeyError when the page doesn't ask it."""
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)


@dataclass(frozen=True)
class Specification:
    """A form: its pages in order. `version` stands in every referral that used it."""

    version: str
    name: str
    pages: tuple[Page, ...]
    by_key: Mapping[str, Page] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {page.key: page for page in self.pages})

    def page(self, key: str) -> Page:
        """Return the page of that key; KeyError when the form has none."""
        return self.by_key[key]

    def sections(self) -> tuple[str, ...]:
        """Return the sections in order, each once."""
        return tuple(dict.fromkeys(page.section for page in self.pages))

    @cached_property
    def sha256(self) -> str:
        """The digest that a submission names its form by. Worked out once a process: a form never changes."""
        return digest(canonical_json(self.as_data()))

    def as_data(self) -> dict[str, Any]:
        """Return all of it as plain data, from which the digest in a submission is made."""
        return {"version": self.version, "name": self.name, "pages": [asdict(page) for page in self.pages]}
