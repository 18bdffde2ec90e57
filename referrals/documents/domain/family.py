"""What a copy for the family holds of frozen content, and what it leaves out.

Three gates, each closed: the answer is marked as fit (`referrals.record.domain.forms.family`), nobody keeps it back,
and the person who makes the copy has read it and put it in, a day or a chosen answer too: either may tell who spoke.
What doesn't pass all of them isn't in the result, so that nothing drawn from it can show it.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from referrals.record.domain.forms.family import Fit, fit_of
from referrals.record.domain.passages import Passage

Frozen = Mapping[str, Any]

NOBODY = ""
"""Who gets the copy isn't on the record: nothing that is for one person alone goes to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForWhom:
    """Whom the copy is about, and who gets it: ids as text. `recipient` is a child's or a household member's, or
    `NOBODY`."""

    children: frozenset[str]
    recipient: str = NOBODY


class Why(StrEnum):
    """Why something isn't in the copy."""

    NOT_FIT = "not_fit"
    KEPT = "kept"
    OWN = "own"
    OTHER_CHILD = "other_child"
    ABOUT_ALL = "about_all"
    NOT_PUT_IN = "not_put_in"

    @property
    def words(self) -> str:
        """The reason, for whoever makes the copy."""
        return _WHY[self]


_WHY = {
    Why.NOT_FIT: "It never goes to a family",
    Why.KEPT: "Whoever wrote it said that it is not for the family",
    Why.OWN: "It is for the person alone whom it is about",
    Why.OTHER_CHILD: "It is about a child whom this copy is not about",
    Why.ABOUT_ALL: "It tells of all the children, and this copy is about some of them",
    Why.NOT_PUT_IN: "You did not put it in",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """An answer that may go: it goes only when a person puts it in."""

    passage: Passage
    title: str
    label: str
    reads: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Questions of a page that don't go, for one reason; `asked` are their labels."""

    title: str
    why: Why
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyPart:
    """What goes: pages with the questions that go, asked once and of each child whom the copy is about, and of the
    recipient alone. The layout of a page is that of frozen content."""

    pages: tuple[Frozen, ...]
    children: tuple[tuple[str, tuple[Frozen, ...]], ...]
    own: tuple[Frozen, ...] = field(default=())

    @property
    def empty(self) -> bool:
        """Whether nothing goes."""
        return not (self.pages or self.own or any(pages for _, pages in self.children))


def offered(content: Frozen, whom: ForWhom) -> tuple[Offered, ...]:
    """Return what may go, in the order of the form. Nothing else ever goes."""
    return tuple(
        Offered(
            Passage(page["key"], person, one["key"]),
            str(page["title"]),
            str(one["label"]),
            str(one["reads"]),
        )
        for page, person, one, why in _judged(content, whom)
        if why is None
    )


def left_out(content: Frozen, whom: ForWhom, put_in: AbstractSet[Passage] | None = None) -> tuple[LeftOut, ...]:
    """Return what doesn't go, page by page with the reason; what wasn't `put_in` among it, where that is said. Only
    what was answered counts: an empty question leaves nothing out."""
    found: dict[tuple[str, str, str, Why], list[str]] = {}
    for page, person, one, why in _judged(content, whom):
        if why is None and put_in is not None:
            why = None if Passage(page["key"], person, one["key"]) in put_in else Why.NOT_PUT_IN  # noqa: PLW2901
        if why is not None:
            found.setdefault((page["key"], person, str(page["title"]), why), []).append(str(one["label"]))
    return tuple(LeftOut(title, why, tuple(labels)) for (_, _, title, why), labels in found.items())


def for_family(content: Frozen, whom: ForWhom, put_in: AbstractSet[Passage]) -> FamilyPart:
    """Return what goes to the family of frozen content. `put_in` are the answers that a person read and put in; one
    that may not go is passed over, whoever names it."""
    going = {one.passage for one in offered(content, whom)} & put_in

    def kept(pages: list[Frozen], person: str) -> tuple[Frozen, ...]:
        return tuple(_kept(pages, person, going))

    people = (*content["children"], *content["household"])
    own = next((one for one in people if whom.recipient and one["id"] == whom.recipient), None)
    return FamilyPart(
        pages=kept(content["pages"], ""),
        children=tuple(
            (str(child["name"]), kept(child["pages"], child["id"]))
            for child in content["children"]
            if child["id"] in whom.children and child["id"] != whom.recipient
        ),
        own=kept(own["pages"], own["id"]) if own else (),
    )


def _kept(pages: list[Frozen], person: str, going: AbstractSet[Passage]) -> Iterator[Frozen]:
    for page in pages:
        questions = [one for one in page["questions"] if Passage(page["key"], person, one["key"]) in going]
        if questions:
            yield {**page, "questions": questions}


def _judged(content: Frozen, whom: ForWhom) -> Iterator[tuple[Frozen, str, Frozen, Why | None]]:
    """Every answer with its page, whom it is about, and why it may not go; None where it may."""
    kept_back = {Passage(one["page"], one["person"], one["question"]) for one in content.get("not_for_family", ())}
    every = {child["id"] for child in content["children"]}
    for pages, person, child in _everybody(content):
        for page in pages:
            for one in page["questions"]:
                # What wasn't answered, and what isn't known, says nothing to a family.
                if one["answered"] and not one["not_known"]:
                    passage = Passage(page["key"], person, one["key"])
                    why = Why.KEPT if passage in kept_back else _why(passage, whom, every=every, child=child)
                    yield page, person, one, why


def _everybody(content: Frozen) -> Iterator[tuple[list[Frozen], str, bool]]:
    """The pages asked once, of each child, and of each person of the household, with the id of whom they are about."""
    yield content["pages"], "", False
    for child in content["children"]:
        yield child["pages"], child["id"], True
    for member in content["household"]:
        yield member["pages"], member["id"], False


def _why(passage: Passage, whom: ForWhom, *, every: AbstractSet[str], child: bool) -> Why | None:
    fit = fit_of(passage.page, passage.question)
    if fit is None:
        return Why.NOT_FIT
    if child and passage.person not in whom.children:
        return Why.OTHER_CHILD
    if passage.person and fit is Fit.SELF and passage.person != whom.recipient:
        return Why.OWN
    if passage.person and not child and passage.person != whom.recipient:
        return Why.OWN
    if not passage.person and not every <= whom.children:
        return Why.ABOUT_ALL
    return None
