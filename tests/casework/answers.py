"""Answers as forms keep them, for the tests of the facts that are read from them."""

from datetime import date
from typing import Any
from uuid import uuid4

from consent.domain.facts import SharingFacts
from referrals.casework.domain.facts import (
    child_facts,
    sharing_facts,
)
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from tests.casework.support import NOW
from thresholds.domain.check_result import ChildFacts
from thresholds.domain.parts import AgencyKind

ON = date(2026, 11, 16)


def person(position: int = 1, **pages: dict[str, Any]) -> PersonAnswers:
    """A child or a member with answers of pages, named with underscores."""
    return PersonAnswers(uuid4(), position, {key.replace("_", "-"): value for key, value in pages.items()})


def draft(
    *children: PersonAnswers, members: tuple[PersonAnswers, ...] = (), pages: dict[str, dict[str, Any]] | None = None
) -> DraftAnswers:
    """A draft with answers of pages, named with underscores."""
    return DraftAnswers({key.replace("_", "-"): value for key, value in (pages or {}).items()}, children, members)


def checked(child: PersonAnswers, **pages: dict[str, Any]) -> ChildFacts:
    """What the check reads."""
    return child_facts(draft(child, pages=pages), child, agency=AgencyKind.SCHOOL, on=ON)


def shared(child: PersonAnswers, *members: PersonAnswers, **pages: dict[str, Any]) -> SharingFacts:
    """What the decision to share reads."""
    return sharing_facts(
        draft(child, members=members, pages=pages),
        child,
        at=NOW,
        on=ON,
        agency=AgencyKind.SCHOOL,
        check=None,
        judged=None,
        urgent=False,
        out_of_hours=False,
    )
