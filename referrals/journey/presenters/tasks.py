"""The task list, as the Design System's component takes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from referrals.journey.presenters.carried import CarriedShown, PageOf
from referrals.journey.presenters.checked import PICKED_ON
from referrals.journey.presenters.titles import said_title
from referrals.journey.steps import page_url
from referrals.record.domain.completeness import DONE, PageProgress, Status
from referrals.record.models import Attachment, Referral

STATUSES: dict[Status, dict[str, Any]] = {
    Status.CANNOT_START: {
        "text": _("Cannot start yet"),
        "classes": "govuk-task-list__status--cannot-start-yet",
    },
    Status.NOT_STARTED: {"tag": {"text": _("Not started"), "classes": "govuk-tag--blue"}},
    Status.OPTIONAL: {"text": _("If you are worried")},
    Status.NONE_LISTED: {"text": _("Nothing has to be chosen")},
    Status.IN_PROGRESS: {"tag": {"text": _("In progress"), "classes": "govuk-tag--light-blue"}},
    Status.COMPLETED: {"text": _("Completed")},
}


@dataclass(frozen=True, slots=True)
class Section:
    """One list of tasks under a heading."""

    name: str
    id: str
    items: tuple[dict[str, Any], ...]
    complete: bool


CARRIED: dict[str, Any] = {"tag": {"text": _("Carried"), "classes": "govuk-tag--yellow"}}
"""Status of a page whose answers were carried over, until somebody has looked at them."""


NOT_ANSWERED: dict[str, Any] = {"tag": {"text": _("Not answered"), "classes": "govuk-tag--yellow"}}
"""Status of a page on which nothing is missing while it asks whether something is so that outranks every level."""


def asked_and_done(progress: Iterable[PageProgress]) -> frozenset[UUID]:
    """Return the children of whom the page that asks whether something is so counts as done."""
    return frozenset(
        one.person_id for one in progress if one.page.key == PICKED_ON and one.person_id and one.status in DONE
    )


def task_sections(
    referral: Referral,
    progress: tuple[PageProgress, ...],
    carried: Mapping[PageOf, CarriedShown],
    passed_over: Mapping[UUID, int],
) -> tuple[Section, ...]:
    """Return the form's sections with a task for each page, child by child. `carried` is what was carried over and
    nobody has looked at since; `passed_over` how many questions whether something is so that outranks every level have
    no answer, by child: their page doesn't read as done."""
    sections = []
    for name in dict.fromkeys(one.page.section for one in progress):
        tasks = [one for one in progress if one.page.section == name]
        sections.append(
            Section(
                name=gettext(name),
                id=slugify(name),
                items=tuple(
                    _item(referral, one, carried.get((one.page.key, one.person_id)), _passed_over(one, passed_over))
                    for one in tasks
                ),
                complete=all(one.status in DONE for one in tasks),
            )
        )
    return tuple(sections)


def file_task(referral: Referral, attachments: Iterable[Attachment]) -> list[dict[str, Any]]:
    """Return the task of the files: never asked for, and so never missing."""
    count = len(list(attachments))
    some = ngettext("%(number)s file", "%(number)s files", count) % {"number": count}
    status = some if count else gettext("If you have any")
    return [
        {
            "title": {"text": gettext("Attach photos, letters or an earlier assessment")},
            "href": reverse("journey:files", args=[referral.pk]),
            "status": {"text": status},
        }
    ]


def _passed_over(progress: PageProgress, passed_over: Mapping[UUID, int]) -> int:
    if progress.page.key != PICKED_ON or progress.person_id is None:
        return 0
    return passed_over.get(progress.person_id, 0)


def _item(referral: Referral, progress: PageProgress, carried: CarriedShown | None, passed_over: int) -> dict[str, Any]:
    item: dict[str, Any] = {
        "title": {"text": _title(progress)},
        "status": STATUSES[progress.status],
    }
    if progress.status is not Status.CANNOT_START:
        item["href"] = page_url(referral, progress.page.key, progress.person_id)
    hints = []
    if carried is not None:
        item["status"] = CARRIED
        hints = [
            gettext("Carried from %(reference)s, written %(day)s")
            % {"reference": carried.reference, "day": date_format(carried.written_at, "j F Y")}
        ]
    if progress.problems:
        hints = [gettext(progress.problems[0].message)]
    if passed_over:
        item["status"] = NOT_ANSWERED
        hints = [
            ngettext(
                "%(number)s question “Is this so?” is not answered. Nothing waits for the answer.",
                "%(number)s questions “Is this so?” are not answered. Nothing waits for the answers.",
                passed_over,
            )
            % {"number": passed_over},
            *hints,
        ]
    if hints:
        item["hint"] = {"text": ". ".join(one.rstrip(".") for one in hints) + "." if len(hints) > 1 else hints[0]}
    return item


def _title(progress: PageProgress) -> str:
    """The page's title; while no child is recorded, of each child."""
    if progress.person_id is None and progress.title != progress.page.title:
        return capfirst(gettext(progress.page.title).replace("{name}", gettext("each child")))
    return said_title(progress)
