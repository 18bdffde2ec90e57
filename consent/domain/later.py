"""What was recorded beside the answers, put into the facts: said or told later, another basis, a front door's word."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from consent.domain.facts import Person, Said, SharingFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLater:
    """What one person says about agreement since it was submitted."""

    said: Said
    said_at: datetime | None
    said_to: str
    limits: str
    words: str
    agreed_parts: frozenset[str] | None = None
    agreed_with: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """What counts of all that was recorded beside the answers. `said` and `told_at` are by id of the person."""

    said: Mapping[str, SaidLater] = field(default_factory=dict)
    told_at: Mapping[str, datetime] = field(default_factory=dict)
    lifted: bool = False
    bases: frozenset[str] = frozenset()
    bases_why: str = ""


def with_later(facts: SharingFacts, later: Later) -> SharingFacts:
    """Return the facts with what was recorded beside them. It replaces what the same person said before."""
    return replace(
        facts,
        people=tuple(_person(one, later) for one in facts.people),
        lifted_by_front_door=later.lifted,
        chosen_bases=later.bases,
        chosen_bases_why=later.bases_why,
    )


def _person(person: Person, later: Later) -> Person:
    said = later.said.get(person.id)
    told_at = later.told_at.get(person.id, person.told_at)
    if said is None:
        return replace(person, told_at=told_at)
    return replace(
        person,
        told_at=told_at,
        said=said.said,
        said_at=said.said_at,
        asked_by=said.said_to or person.asked_by,
        limits=said.limits,
        words=said.words,
        agreed_parts=said.agreed_parts,
        agreed_with=said.agreed_with,
    )
