"""What the packs offer to a cleaner, and what it answers with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from referrals.record.domain.forms.parts import Kind, Question


@dataclass(frozen=True, slots=True)
class Options:
    """What the packs offer: slugs of areas, and ids of the home area's pack, empty while the area isn't known.

    `postcode_areas` holds the areas of postcodes as the directory of postcodes has them, by postcode without blanks;
    `area_names` what areas are called.
    """

    areas: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    descriptors: frozenset[str] = frozenset()
    protective_factors: frozenset[str] = frozenset()
    harm_factors: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    postcode_areas: Mapping[str, str] = field(default_factory=dict)
    area_names: Mapping[str, str] = field(default_factory=dict)

    def of(self, kind: Kind) -> frozenset[str]:
        """Return the ids for a kind of question that takes them from the packs; empty for the others."""
        return {
            Kind.AREA: self.areas,
            Kind.LEVEL: self.levels,
            Kind.DESCRIPTORS: self.descriptors,
            Kind.PROTECTIVE_FACTORS: self.protective_factors,
            Kind.HARM_FACTORS: self.harm_factors,
            Kind.SIGNS: self.signs,
            Kind.CONDITIONS: self.conditions,
        }.get(kind, frozenset())


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value. `grave`: it is an error; otherwise it is only pointed out.

    `place` ends the name of the field at fault where a question has several, such as "-0-phone" in a list of rows.
    """

    message: str
    grave: bool = True
    place: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A value with its faults. None: nothing was answered. `impossible`: it can't be stored at all, harm or not."""

    value: Any = None
    faults: tuple[Fault, ...] = ()
    impossible: bool = False


NO_ANSWER = Outcome()
UNREADABLE = Outcome(None, (Fault("This can't be read as an answer. Answer again."),), impossible=True)

Cleaner = Callable[[Question, object, Options, date], Outcome]
"""Takes the question, what was typed, what the packs offer, and England's day."""
