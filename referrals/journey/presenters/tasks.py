"""The task list, as the Design System's component takes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst, slugify

from referrals.journey.presenters.carried import CarriedShown, PageOf
from referrals.journey.steps import page_url
from referrals.record.domain.completeness import DONE, PageProgress, Status
from referrals.record.models import Attachment, Referral

STATUSES: dict[Status, dict[str, Any]] = {
    Status.CANNOT_START: {
        "text": "Cannot start yet",
        "classes": "govuk-task-list__status--cannot-start-yet",
    },
    Status.NOT_STARTED: {"tag": {"text": "Not started", "classes": "govuk-tag--blue"}},
    Status.OPTIONAL: {"text": "If you are worried"},
    Status.IN_PROGRESS: {"tag": {"text": "In progress", "classes": "govuk-tag--light-blue"}},
    Status.COMPLETED: {"text": "Completed"},
}


@dataclass(frozen=True, slots=True)
class Section:
    """One list of tasks under a heading."""

    name: str
    id: str
    items: tuple[dict[str, Any], ...]
    complete: bool


CARRIED: dict[str, Any] = {"tag": {"text": "Carried", "classes": "govuk-tag--yellow"}}
"""Status of a page whose answers were carried over, until somebody has looked at them."""


def task_sections(
    referral: Referral, progress: tuple[PageProgress, ...], carried: Mapping[PageOf, CarriedShown]
) -> tuple[Section, ...]:
    """Return the form's sections with a task for each page, child by child. `carried` is what was carried over and
    nobody has looked at since."""
    sections = []
    for name in dict.fromkeys(one.page.section for one in progress):
        tasks = [one for one in progress if one.page.section == name]
        sections.append(
            Section(
                name=name,
                id=slugify(name),
                items=tuple(_item(referral, one, carried.get((one.page.key, one.person_id))) for one in tasks),
                complete=all(one.status in DONE for one in tasks),
            )
        )
    return tuple(sections)


def file_task(referral: Referral, attachments: Iterable[Attachment]) -> list[dict[str, Any]]:
    """Return the task of the files: never asked for, and so never missing."""
    count = len(list(attachments))
    status = f"{count} file{'' if count == 1 else 's'}" if count else "If you have any"
    return [
        {
            "title": {"text": "Attach photos, letters or an earlier assessment"},
            "href": reverse("journey:files", args=[referral.pk]),
            "status": {"text": status},
        }
    ]


def _item(referral: Referral, progress: PageProgress, carried: CarriedShown | None) -> dict[str, Any]:
    item: dict[str, Any] = {
        "title": {"text": _title(progress)},
        "status": STATUSES[progress.status],
    }
    if progress.status is not Status.CANNOT_START:
        item["href"] = page_url(referral, progress.page.key, progress.person_id)
    if carried is not None:
        item["status"] = CARRIED
        item["hint"] = {"text": f"Carried from {carried.reference}, written {carried.written_at:%-d %B %Y}"}
    if progress.problems:
        item["hint"] = {"text": progress.problems[0].message}
    return item


def _title(progress: PageProgress) -> str:
    """The page's title; while no child is recorded, of each child."""
    if progress.person_id is None and progress.title != progress.page.title:
        return capfirst(progress.page.title_for("each child"))
    return progress.title
