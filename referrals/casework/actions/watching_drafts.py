"""The watch over what reaches nobody: drafts that nobody sends, and what was submitted and is with no front door. It
reminds, it alerts where harm is possible, and it ends what is over."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from audit.domain.actor import Actor
from dispatch.one_by_one import each_by_itself
from referrals.casework.actions.common import locked, note
from referrals.casework.actions.watching_left import tell_of_left
from referrals.casework.domain.drafts import Kind, Notice, alarms, ends, is_over, next_look_at, notice_due
from referrals.casework.leaving import is_left, left_by_writers
from referrals.casework.models import DraftNotice, DraftWatch
from referrals.casework.notices import referrers_of, tell
from referrals.casework.people import desk_of_agency
from referrals.casework.selectors.approvals import is_unreached
from referrals.casework.selectors.drafts import draft_facts, draft_times, drafts_to_look_at
from referrals.record import actions as records
from referrals.record.domain.forms import is_assessment
from referrals.record.domain.lifecycle import State
from referrals.record.models import Referral

WATCH = Actor.system("drafts")
ALERT, ALERT_OF_ASSESSMENT, ALERT_OF_UNREACHED = "draft_alert", "assessment_alert", "unreached"
"""What may mean harm is made a referral: an assessment of it isn't sent. What no front door here receives is rung."""
_TEMPLATES = {Kind.REMINDER: "draft_waits", Kind.WARNING: "draft_ends"}
MOST_AT_ONCE = 500
WHILE_LEFT = timedelta(hours=1)
"""How often what its writers left is looked at: nothing changes on it when the last of the desk that sees it goes too.
Ours."""


def watch_drafts(*, now: datetime) -> int:
    """Look at every draft, and at all that was submitted and is with nobody, whose time has come; return how many
    e-mails were promised, or drafts ended.

    Each in a transaction of its own: one that fails stops no other, and operators see it. Any number of these at once,
    or one repeated, does each thing once. Those with possible harm come first.
    """
    records.forget_typed(now=now)
    due = drafts_to_look_at(now=now, left=left_by_writers(now=now)).values_list("pk", flat=True)[:MOST_AT_ONCE]
    return each_by_itself(
        list(due),
        lambda referral_id: look_at_draft(referral_id=referral_id, now=now),
        kind="look_at_draft",
        reference="referral",
        by=WATCH,
    )


@transaction.atomic
def look_at_draft(*, referral_id: UUID, now: datetime) -> int:
    """Do what is due about one of them; return to how many people an e-mail goes, 0 where there is nothing to do."""
    found = Referral.objects.filter(pk=referral_id).first()
    if found is None:
        return 0
    row, _facts = locked(found, WATCH, now)
    if row.state != State.DRAFT.value and not is_unreached(row):
        return 0
    facts, times = draft_facts(row, now=now), draft_times(row)
    if is_over(facts, times, now=now):
        people = referrers_of(row)
        records.expire(referral=row, settled=ends(facts), by=WATCH, now=now)
        return tell("draft_ended", people, about=row.pk, referral=row, by=WATCH)
    told = _send(row, notice_due(facts, times, now=now), now)
    if told:
        facts = draft_facts(row, now=now)
    left = is_left(row, now=now)
    if left:
        told += tell_of_left(row, by=WATCH, now=now)
    next_at = next_look_at(facts, times, now=now)
    if left and alarms(facts):
        next_at = min(next_at, now + WHILE_LEFT)
    looked = {"looked_at": now, "next_at": next_at, "left": left}
    DraftWatch.objects.update_or_create(referral=row, defaults=looked)
    return told


def _send(row: Referral, notice: Notice | None, now: datetime) -> int:
    """Send what is due, once. An alert goes to the desk too, where the desk may see the draft: nobody hears of what may
    be about them."""
    if notice is None:
        return 0
    which = {"referral": row, "kind": notice.kind.value, "since": notice.since, "number": notice.number}
    if DraftNotice.objects.filter(**which).exists():
        return 0
    about = uuid5(row.pk, f"{notice.kind.value}:{notice.since.isoformat()}:{notice.number}")
    alert = _alert_of(row)
    told = tell(
        alert if notice.kind is Kind.ALERT else _TEMPLATES[notice.kind],
        referrers_of(row),
        about=about,
        referral=row,
        by=WATCH,
    )
    desk = desk_of_agency(row, now=now) if notice.kind is Kind.ALERT else ()
    desk_told = tell(f"{alert}_desk", desk, about=about, referral=row, by=WATCH)
    DraftNotice.objects.create(**which, at=now, people=told + desk_told, desk_told=bool(desk_told))
    note(
        f"draft.{notice.kind.value}",
        row,
        WATCH,
        {"number": notice.number, "people": told + desk_told, "desk_told": bool(desk_told)},
    )
    return told + desk_told


def _alert_of(row: Referral) -> str:
    if row.state != State.DRAFT.value:
        return ALERT_OF_UNREACHED
    return ALERT_OF_ASSESSMENT if is_assessment(row.specification) else ALERT
