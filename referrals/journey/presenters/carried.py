"""What a draft began with: where each page's answers come from, and when they were written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext

from referrals.journey.presenters.answers import Gap
from referrals.journey.steps import page_url
from referrals.record.domain import dates
from referrals.record.domain.completeness import PageProgress
from referrals.record.models import Carried, Referral
from referrals.record.selectors import carried_of

PageOf = tuple[str, UUID | None]
"""A page, and whom it is about."""


@dataclass(frozen=True, slots=True)
class CarriedShown:
    """Where the answers of a page come from. They wait to be looked at."""

    reference: str
    written_at: datetime


def waiting(rows: Iterable[Carried]) -> dict[PageOf, CarriedShown]:
    """Return what was carried and nobody has looked at since, by page."""
    return {
        (row.page, row.child_id or row.member_id): CarriedShown(row.source.reference, row.written_at)
        for row in rows
        if row.confirmed_at is None
    }


@dataclass(frozen=True, slots=True)
class FrozenCarried:
    """A page that began with answers of an earlier form, as it was frozen."""

    title: str
    reference: str
    written_on: str
    looked_at: bool


def frozen_carried(content: Mapping[str, Any]) -> tuple[FrozenCarried, ...]:
    """Return what a submission began with. Content that was frozen before answers could be carried has none."""
    return tuple(
        FrozenCarried(one["title"], one["from"], dates.reads(one["written_on"]), bool(one["looked_at"]))
        for one in content.get("carried", ())
    )


@dataclass(frozen=True, slots=True)
class CarriedPage:
    """A page of a draft that began with answers of an earlier form. `looked_at`: somebody has saved it since."""

    title: str
    url: str
    reference: str
    written_at: datetime
    looked_at: bool


def all_carried(referral: Referral, progress: Iterable[PageProgress]) -> tuple[CarriedPage, ...]:
    """Return every page that was carried into a draft, looked at or not, in the order of the form. One query."""
    by_page = {(row.page, row.child_id or row.member_id): row for row in carried_of(referral)}
    return tuple(
        CarriedPage(
            one.title,
            page_url(referral, one.page.key, one.person_id),
            row.source.reference,
            row.written_at,
            row.confirmed_at is not None,
        )
        for one in progress
        if (row := by_page.get((one.page.key, one.person_id))) is not None
    )


def unconfirmed(
    referral: Referral, progress: Iterable[PageProgress], found: Mapping[PageOf, CarriedShown]
) -> tuple[Gap, ...]:
    """Return links to the pages that were carried and not looked at since, in the order of the form."""
    return tuple(
        Gap(
            one.title,
            f"{page_url(referral, one.page.key, one.person_id)}?from=check",
            (
                gettext("from %(shown)s, written %(written_at)s")
                % {"shown": shown.reference, "written_at": date_format(shown.written_at, "j F Y")},
            ),
        )
        for one in progress
        if (shown := found.get((one.page.key, one.person_id))) is not None
    )
