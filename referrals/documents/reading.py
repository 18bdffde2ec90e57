"""What was sent, as pages read it: the frozen submission by sections, and what was added since.

The desks of both sides show it beside their questions; the copy draws the same sections. The caller has checked
who reads.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from consent.domain.recipients import addendum_goes
from consent.models import Disclosure
from consent.selectors import telling_now
from referrals.documents.domain.narrowing import narrowed
from referrals.documents.presenters import present
from referrals.documents.presenters.blocks import Section
from referrals.documents.presenters.files import FILES
from referrals.documents.presenters.parts_given import LEFT_OUT
from referrals.documents.presenters.sharing import DO_NOT_TELL, DO_NOT_TELL_EVER
from referrals.documents.selectors import words_of
from referrals.record.models import Addendum, Referral, Submission
from referrals.record.selectors import content_of

ELSEWHERE = "It is about something that this part of the referral leaves out. Ask the referrer for it if you need it."
ABOUT_COPY = "About this copy"
"""The section that is about the PDF, not about the child."""
MAY_BE_TOLD = "A front door has said that the family may be told. How and by whom stands with it."
_OPEN = frozenset({"Children at a glance", "The worry", LEFT_OUT})


@dataclass(frozen=True, slots=True)
class SectionShown:
    """A section of what was sent. `open`: it stands open beside a question, the others unfold."""

    id: str
    section: Section
    open: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was sent. `notices` must not be overlooked; `children` are names by id, in the order of the form, and
    `people` those of the household too."""

    notices: tuple[str, ...]
    sections: tuple[SectionShown, ...]
    children: dict[str, str]
    people: dict[str, str]


def content_given(submission: Submission, given: Disclosure | None) -> dict[str, Any]:
    """Return the frozen content for reading: all of it, or what a front door is given of it.

    Raises ValueError when its text doesn't match its digest.
    """
    content = content_of(submission)
    return content if given is None else narrowed(content, given.need, recipient=given.recipient)


def evidence_of(submission: Submission, given: Disclosure | None = None) -> Evidence:
    """Return a frozen submission for reading, or what a front door is `given` of it. Raises ValueError when its text
    doesn't match its digest."""
    content = content_given(submission, given)
    copy = present(content, sha256=submission.sha256, words=words_of(content))
    # Pages list the files themselves, with how each stands.
    sections = (section for section in copy.sections if section.title not in {ABOUT_COPY, FILES})
    return Evidence(
        notices=_as_it_stands(tuple(notice.text for notice in copy.notices), submission.referral),
        sections=tuple(
            SectionShown(f"sent-{number}", section, section.title in _OPEN)
            for number, section in enumerate(sections, start=1)
        ),
        children={child["id"]: child["name"] for child in content["children"]},
        people={one["id"]: one["name"] for one in (*content["children"], *content["household"])},
    )


def _as_it_stands(notices: tuple[str, ...], referral: Referral) -> tuple[str, ...]:
    """What was frozen about telling the family is followed by what front doors have said since."""
    telling = telling_now(referral)
    frozen = {DO_NOT_TELL, DO_NOT_TELL_EVER}
    others = tuple(one for one in notices if one not in frozen)
    if telling.guarded:
        return (*others, DO_NOT_TELL_EVER if telling.absolute else DO_NOT_TELL)
    return (*others, MAY_BE_TOLD) if telling.lifted and frozen & set(notices) else notices


def notices_now(referral: Referral, *, until: datetime | None = None) -> tuple[str, ...]:
    """Return what has to be known of telling the family as it stands. A front door that has let go (`until`) hears that
    they must not be told; that they may is said to whoever has it."""
    telling = telling_now(referral)
    if telling.guarded:
        return (DO_NOT_TELL_EVER if telling.absolute else DO_NOT_TELL,)
    return (MAY_BE_TOLD,) if telling.lifted and until is None else ()


def names_of(evidence: Evidence, children: list[UUID]) -> dict[UUID, str]:
    """Return the names of these children, in their order."""
    return {child: evidence.children.get(str(child), "Child") for child in children}


@dataclass(frozen=True, slots=True)
class AddendumShown:
    """Later facts: in words, or questions of a page with their answers. `unseen`: front doors where nobody has looked
    at it yet."""

    title: str
    words: str
    questions: tuple[tuple[str, str], ...]
    by: str
    at: datetime
    unseen: tuple[str, ...] = ()


def addenda_shown(
    addenda: Iterable[Addendum],
    given: Disclosure | None = None,
    *,
    unseen: Mapping[UUID, tuple[str, ...]] | None = None,
) -> tuple[AddendumShown, ...]:
    """Return the addenda for reading, in their order; of those that a front door isn't `given`, only that they are
    there. `unseen` names, by an addendum's id, the front doors where nobody has looked at it. Raises ValueError for a
    text that doesn't match its digest."""
    return tuple(replace(_addendum(one, given), unseen=(unseen or {}).get(one.pk, ())) for one in addenda)


def addendum_goes_to(content: Mapping[str, Any], given: Disclosure | None) -> bool:
    """Whether an addendum goes to whom something is given; None stands for the agency, which has it all."""
    return given is None or addendum_goes(given.need, content)


def _addendum(addendum: Addendum, given: Disclosure | None) -> AddendumShown:
    content = content_of(addendum)
    if not addendum_goes_to(content, given):
        return AddendumShown(
            title=f"Addendum {addendum.number}",
            words=ELSEWHERE,
            questions=(),
            by=addendum.by.full_name,
            at=addendum.at,
        )
    page = content.get("page") or {}
    questions = tuple((one["label"], one["reads"]) for one in page.get("questions", ()) if one["answered"])
    return AddendumShown(
        title=str(page.get("title") or f"Addendum {addendum.number}"),
        words=str(content.get("words", "")),
        questions=questions,
        by=addendum.by.full_name,
        at=addendum.at,
    )
