"""What records are called that the audit record names by their ids alone. Rooms above this one know, and say so.

A room registers in its AppConfig how its records are called, and the auditor's page asks. Only what tells nothing about
a case may be a name: references, names of people at work, of agencies and of teams.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

Names = Callable[[Collection[UUID]], Mapping[UUID, str]]
Finding = Callable[[str], Collection[UUID]]


@dataclass(frozen=True, slots=True)
class _Known:
    names: Names
    finding: Finding | None


_known: dict[str, _Known] = {}


def register(subject_type: str, names: Names, *, finding: Finding | None = None) -> None:
    """Have `names` asked what records of a type are called, by their ids; and `finding`, if there is one, for the ids
    of those that are called as somebody typed, or that belong to what is."""
    _known[subject_type] = _Known(names, finding)


def names_of(subjects: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """Return the names of subjects, by type and id, as far as somebody knows them: one question for each type."""
    asked: dict[str, set[UUID]] = defaultdict(set)
    for subject_type, subject_id in subjects:
        if subject_type in _known and (number := as_uuid(subject_id)):
            asked[subject_type].add(number)
    return {
        (subject_type, str(number)): name
        for subject_type, numbers in asked.items()
        for number, name in _known[subject_type].names(numbers).items()
    }


def ids_called(typed: str) -> frozenset[str]:
    """Return the ids of every record that is called as somebody typed, of whatever type."""
    findings = (known.finding for known in _known.values() if known.finding is not None)
    return frozenset(str(number) for finding in findings for number in finding(typed))


def as_uuid(text: str) -> UUID | None:
    """Return the number that a text is, however it is written; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
