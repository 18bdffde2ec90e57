"""The paper for a partner agency that a front door asks: whom it is about, what is asked, and why. Pure.

Closed, like the copy for the family: whoever asks says whom it is about, and of those only what finds them in the
partner's own records goes along. The worry, who told it, the level and the decision to share have no place on it; what
the partner has to understand stands in what was asked, in the words of whoever asked.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from referrals.documents.presenters.answers import question_of
from referrals.documents.presenters.blocks import Notice, Part, Row, Rows, Section, Text, rows_of

Frozen = Mapping[str, Any]

_WHO = (
    *("given_names", "full_name", "family_name", "known_as", "relationship"),
    *("unborn", "born", "about_age", "expected", "sex"),
)
_WHERE = ("address", "postcode", "contact")
NUMBERS: dict[str, tuple[str, ...]] = {
    "health": ("nhs_number", "gp"),
    "education": ("school", "school_urn", "upn"),
}
"""What finds somebody in the records of one sort of agency, by its id; the others go by name, birth and address."""
_LABELS = {
    "given_names": "First names",
    "full_name": "Name",
    "known_as": "Other names",
    "relationship": "Who they are to the child or children",
    "unborn": "Born?",
    "about_age": "About how old",
    "expected": "Baby due",
    "address": "Home address",
    "contact": "Address, if another one",
    "nhs_number": "NHS number",
    "gp": "GP practice",
    "school": "School, college or nursery",
    "school_urn": "Its number (URN)",
    "upn": "Unique pupil number (UPN)",
}
_BORN = "no"
"""Of a child who has been born, nobody needs to read that."""
_HOW = (
    "Answer whoever asks, by phone or secure e-mail, also if you hold nothing. If you may not give something, say "
    "that, and why.",
    "Keep this paper as you keep a child's record. Use it for this question and for nothing else.",
    "If you know of something that puts a child in danger now, call 999, then ring whoever asks.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What was asked, in words. `agency` is the id of the sort of agency, `notice` what it has to know of the family;
    empty where there is nothing."""

    reference: str
    agency: str
    whom: str
    front_door: str
    by: str
    reach: str
    asked: str
    why: str
    basis: str
    asked_on: str
    answer_by: str
    notice: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What the template draws."""

    reference: str
    recipient: str
    sections: tuple[Section, ...]


def findable(content: Frozen) -> tuple[tuple[str, str], ...]:
    """Return everybody whom a paper can be about, by id and name: the children, then the household, of what the front
    door is given."""
    return tuple((one["id"], one["name"]) for one in (*content["children"], *content["household"]))


def present_partner(content: Frozen, asking: Asking, *, people: Set[str], where: bool) -> Paper:
    """Return the paper about these people, by id; `where`: with where they live."""
    keys = (*_WHO, *(_WHERE if where else ()), *NUMBERS.get(asking.agency, ()))
    about = [one for one in (*content["children"], *content["household"]) if one["id"] in people]
    return Paper(
        reference=asking.reference,
        recipient=asking.whom,
        sections=(
            Section(
                "What you are asked",
                (),
                (
                    *((Notice(asking.notice),) if asking.notice else ()),
                    rows_of(
                        ("To", asking.whom),
                        ("From", asking.front_door),
                        ("Asked by", asking.by),
                        ("Asked on", asking.asked_on),
                        ("Answer by", asking.answer_by),
                        ("What we ask for", asking.asked),
                        ("Why", asking.why),
                        ("On what basis", asking.basis),
                    ),
                ),
            ),
            Section(
                "Whom it is about",
                tuple(Part(one["name"], (Rows(tuple(_facts(one["pages"], keys))),), card=True) for one in about),
            ),
            Section("How to answer", (), (rows_of(("Reach", asking.reach)), *(Text(one) for one in _HOW))),
        ),
    )


def _facts(pages: Iterable[Frozen], keys: tuple[str, ...]) -> Iterator[Row]:
    kept = list(pages)
    for key in keys:
        question = question_of(kept, key)
        if question is None or not question["answered"] or "answer" not in question:
            continue
        if key == "unborn" and question["answer"] == _BORN:
            continue
        yield Row(_LABELS.get(key, str(question["label"])), str(question["reads"]))
