"""What every action here begins and ends with."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from audit.actions import record
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from audit.domain.wording import Detail
from referrals.casework.selectors.unread import opened_at, seen_or_ruled_at, unread_by
from referrals.record.domain.clean_values import clean_text
from referrals.record.domain.permissions import RecordFacts, reads_as_front_door
from referrals.record.models import Referral
from referrals.record.selectors import facts_for
from referrals.routing.models import Intake
from referrals.routing.selectors import reads_until

SUBJECT = "referral"
UNREAD = "Something came in since you opened the page of it. Open that page again and read it first, then do this."
NEVER_OPENED = "You have not opened the page of it yet. Open that page and read it first, then do this."


def locked(referral: Referral, by: Actor, now: datetime) -> tuple[Referral, RecordFacts]:
    """Return the row, locked until the transaction ends, with the record's facts for `by`.

    Every action locks the referral first, then an intake: one order, so that no two wait for each other. Raises
    ValueError for a naive `now`, NotYours for a referral that is gone.
    """
    if now.tzinfo is None:
        raise ValueError("`now` needs a time zone")
    row = (
        Referral.objects.select_for_update(of=("self",))
        .select_related("author", "agency")
        .filter(pk=referral.pk)
        .first()
    )
    if row is None:
        raise NotYours(rule="referral.read", subject_type=SUBJECT, subject_id=referral.pk)
    return row, facts_for(row, by, now=now)


def arriving(row: Referral, now: datetime) -> datetime:
    """Return the moment that what comes in now bears, `now` or later. The caller has locked the row.

    `now` was taken when the request came, before the lock: whoever opened the page or ruled in between didn't see it,
    so it comes after that. Whoever comes later waits for the lock, and sees it.
    """
    last = seen_or_ruled_at(row)
    return max(now, last + timedelta(microseconds=1)) if last else now


def check_has_it(row: Referral, facts: RecordFacts, by: Actor, now: datetime, *, rule: str) -> None:
    """Raise Refusal for somebody whose front door has let go of the referral: what it said then stands, and whoever has
    it now writes on. What they hear later they tell that front door."""
    if reads_as_front_door(by, facts) and reads_until(row.pk, by, now=now) is not None:
        raise Refusal(
            "Your front door has handed it over, or did not take it on. Ring the front door that has it now.",
            rule=rule,
            subject_type=SUBJECT,
            subject_id=row.pk,
        )


def check_has_read(intakes: Iterable[Intake], row: Referral, by: Actor, *, rule: str, telling: bool = False) -> None:
    """Raise Refusal where `by` never had the page of one of these intakes open, or something came in since they last
    had: it may be what makes the difference, and nobody decides over it unseen. `telling` as with `unread_by`."""
    theirs = list(intakes)
    if unread_by(theirs, by, telling=telling):
        raise Refusal(
            UNREAD if opened_at(theirs, by) else NEVER_OPENED, rule=rule, subject_type=SUBJECT, subject_id=row.pk
        )


def said(by: Actor, now: datetime) -> dict[str, Any]:
    """Return the columns of a statement that say who made it, and when."""
    return {"at": now, "by_id": by.person_id, "by_name": by.name[:200]}


def words(text: str, *, rule: str, referral: Referral, what: str) -> str:
    """Return what somebody wrote as it is stored. Raises Refusal with `what` to write, when nothing is left of it."""
    cleaned = clean_text(text)
    if not cleaned:
        raise Refusal(what, rule=rule, subject_type=SUBJECT, subject_id=referral.pk)
    return cleaned


def note(verb: str, referral: Referral, by: Actor, detail: Detail | None = None) -> None:
    """Write the audit row, in the caller's transaction. `verb` is whole, such as "approval.approve"."""
    record(verb, by=by, subject_type=SUBJECT, subject_id=referral.pk, detail=detail)
