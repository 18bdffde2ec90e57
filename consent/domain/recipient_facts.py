"""What the rule about recipients reads: who receives, and what was submitted about whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from consent.domain.bounds import Agreed
from consent.domain.files import File
from consent.domain.people import State
from consent.domain.result import Scope
from thresholds.domain.doors import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """A front door that receives. `kind` is None where it isn't known: then it is one that protects."""

    name: str
    kind: Kind | None
    children: tuple[str, ...]
    """Ids of the children who go there; empty: nobody is recorded, or it is about all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A child or a household member of the referral. `pages` are the titles of the pages about them by key."""

    id: str
    name: str
    pages: Mapping[str, str]
    harm: str | None = None
    circumstances: tuple[str, ...] | None = None
    """What is known or suspected; None: not answered, or not known."""
    safe_tonight: str | None = None
    said: str | None = None
    works_with_children: str | None = None
    doors: tuple[str, ...] = ()
    """Names of the front doors that deal with this child."""
    scope: Scope | None = None
    """How much of this child's information may go, by the decision to share; None: no decision is known."""
    agreement: State | None = None
    harm_possible: bool = True
    """As the decision to share found."""
    agreed: Agreed | None = None
    """What a limited agreement was given to; None: no parts are recorded."""
    agreed_own: Agreed | None = None
    """The same of the pages about this child."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """What the rule reads of a referral."""

    first_facts: bool
    """Sent with the first facts, because it could not wait."""
    danger: str | None
    urgent: bool
    pages: Mapping[str, str]
    """Titles of the pages that were asked once, by key."""
    children: tuple[Somebody, ...]
    household: tuple[Somebody, ...]
    files: tuple[File, ...] = ()
