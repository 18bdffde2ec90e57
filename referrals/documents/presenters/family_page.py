"""What whoever makes a copy for the family looks at first: who can get it, what may go, what doesn't and why, and what
was written that bears on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from referrals.documents.domain.family import LeftOut, Offered, Why
from referrals.documents.presenters.answers import question_of, reading_of

Frozen = Mapping[str, Any]

_BEARS_ON_IT = (
    *("copy_not_to", "copy_to", "withhold", "identities_to_protect", "identities_how", "safe_contact"),
    *("alleged", "alleged_who", "who_harms", "court_orders"),
)
"""Keys of questions whose answers tell who must not have a copy, or what must not stand in it."""
_REASSURES = {"identities_to_protect": "no", "alleged": "no"}
"""Answers that nobody needs to read again."""


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody on record who can get a copy: their id, and how they are called on it."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class PageOffered:
    """Answers of one page that may go."""

    title: str
    answers: tuple[Offered, ...]


def reachable(content: Frozen) -> tuple[Reachable, ...]:
    """Return who on record can get a copy: the people of the household and family, then the children themselves."""
    members = (
        Reachable(one["id"], ", ".join(filter(None, (one["name"], reading_of(one["pages"], "relationship")))))
        for one in content.get("household", ())
    )
    children = (
        Reachable(one["id"], f"{one['name']}, the child or young person")
        for one in content.get("children", ())
        if reading_of(one["pages"], "unborn") != "No, the child is expected"
    )
    return (*members, *children)


def by_page(offered: Sequence[Offered]) -> tuple[PageOffered, ...]:
    """Return what may go, page by page in the order of the form."""
    return tuple(
        PageOffered(title, tuple(run))
        for (_, _, title), run in groupby(offered, key=lambda one: (one.passage.page, one.passage.person, one.title))
    )


def by_reason(left: Sequence[LeftOut]) -> tuple[tuple[str, tuple[LeftOut, ...]], ...]:
    """Return what doesn't go under each reason, in words."""
    found = ((why.words, tuple(one for one in left if one.why is why)) for why in Why)
    return tuple((words, ones) for words, ones in found if ones)


def bears_on_it(content: Frozen) -> tuple[tuple[str, str], ...]:
    """Return questions with their answers that say who must not have a copy, or what must not stand in it."""
    return tuple(_bearing(content))


def _bearing(content: Frozen) -> Iterator[tuple[str, str]]:
    for key in _BEARS_ON_IT:
        one = question_of(content["pages"], key)
        if one and one["answered"] and one.get("answer") != _REASSURES.get(key, ""):
            yield str(one["label"]), str(one["reads"])
