"""What a front door's own system gets, as a published schema: docs/reference/exchange.schema.json is made from it.

Version 1 only grows: fields are added, never taken away or given another meaning. A receiver leaves alone what it
doesn't know.
"""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

VERSION: Literal["1"] = "1"


class Part(BaseModel):
    """Base of every part of a message."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Question(Part):
    """A question of the form with its answer, as it was submitted."""

    key: str
    label: str
    """The question in the words in which it was asked."""
    answered: bool
    """False: nobody answered it. "Not known" is an answer."""
    answer: Any = None
    """The stored answer: text, a list of codes, or null."""
    reads: str = ""
    """The answer as people read it."""


class Page(Part):
    """A page of the form."""

    key: str
    title: str
    questions: tuple[Question, ...]


class Somebody(Part):
    """A child or a person of the household. `id` stays the same over all messages of a referral."""

    id: str
    name: str
    pages: tuple[Page, ...]


class Author(Part):
    """Who wrote it, and how to reach them."""

    name: str
    job_title: str
    agency: str
    phone: str
    email: str


class Clock(Part):
    """A time that runs at this front door. Times are ISO 8601 with their offset."""

    deadline: str
    name: str
    statutory: bool
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None


class Addendum(Part):
    """Later facts: in words, or a page of the form about somebody (`person`, empty: about all of it)."""

    number: int
    at: datetime
    by: str
    words: str = ""
    person: str = ""
    page: Page | None = None


class FrontDoor(Part):
    """The front door that it came to."""

    area: str
    door: str
    name: str


class Referral(Part):
    """What the front door was given of the referral."""

    kind: str
    submitted_at: datetime
    sha256: str
    """Digest of the whole frozen submission, also where the front door was given a part."""
    whole: bool
    left_out: tuple[str, ...]
    """What the front door wasn't given, with the reasons."""
    do_not_tell_family: bool
    """The family must not be told of the referral as things stand."""
    author: Author
    pages: tuple[Page, ...]
    children: tuple[Somebody, ...]
    household: tuple[Somebody, ...]
    others: tuple[Somebody, ...]
    """Other children of the referral, whom other front doors deal with, with what bears on safety."""
    addenda: tuple[Addendum, ...]


class Message(Part):
    """One event at a front door, with the referral as it stands when it is sent.

    `received` and `added` hold the referral; `handed_over` (another front door owns it now) and `withdrawn` don't.
    """

    version: Literal["1"] = VERSION
    event: str
    """Id of the event: the same in every repeat. Take one that you have had before as done."""
    cursor: int
    """Orders the events of a front door."""
    kind: Literal["received", "added", "handed_over", "withdrawn"]
    at: datetime
    reference: str
    """The referral's number, as people quote it."""
    referral_id: str
    intake_id: str
    front_door: FrontDoor
    urgent: bool
    state: str
    received_at: datetime | None
    children: tuple[str, ...]
    """Ids of the children whom this front door deals with; empty: none was recorded, or all of them."""
    clocks: tuple[Clock, ...]
    referral: Referral | None = None
    page_url: str = Field(description="The front door's own page of it, for people who sign in")


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a message, as it is published."""
    body = Message.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"message-{VERSION}", **body}
