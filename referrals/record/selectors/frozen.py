"""Reading what is frozen: submissions, addenda, and what happened when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from referrals.record.domain.freeze import thaw
from referrals.record.domain.lifecycle import VERBS_DONE, Verb
from referrals.record.models import Addendum, Referral, Submission
from referrals.record.selectors.offers import held_before


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """Something that happened to a referral. `kind` is "started", "addendum" or the verb of a change."""

    at: datetime
    kind: str
    text: str
    by: str
    why: str = ""


def latest_submission(referral: Referral) -> Submission | None:
    """Return the submission that counts, None for a draft that never was submitted."""
    return referral.submissions.order_by("-number").first()


def content_of(frozen: Submission | Addendum) -> dict[str, Any]:
    """Return the frozen content as data. Raises ValueError when the stored text doesn't match its digest."""
    return thaw(frozen.content, frozen.sha256)


def addenda_of(referral: Referral, *, until: datetime | None = None) -> QuerySet[Addendum]:
    """Return the later facts in the order in which they came; those that came `until` then, where that is said."""
    rows = referral.addenda.select_related("by").order_by("number")
    return rows.filter(at__lte=until) if until else rows


def timeline(referral: Referral) -> tuple[TimelineItem, ...]:
    """Return what happened to the referral itself, first things first. Three queries beside the author's.

    Intakes, decisions and approvals are told by the rooms that keep them.
    """
    held = held_before(referral)
    starter = held[0][0] if held else referral.author.full_name
    items = [TimelineItem(referral.created_at, "started", "Started", starter)]
    items += [
        TimelineItem(change.at, change.verb, VERBS_DONE[Verb(change.verb)], change.by_name, change.why)
        for change in referral.changes.all()
    ]
    items += [TimelineItem(at, "handed_on", "Handed to somebody else, who holds it now", name) for name, at in held]
    items += [
        TimelineItem(addendum.at, "addendum", f"Addendum {addendum.number}", addendum.by.full_name)
        for addendum in addenda_of(referral)
    ]
    return tuple(sorted(items, key=lambda item: item.at))
