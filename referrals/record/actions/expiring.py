"""The end of a draft that nobody went on with: its answers go, and what happened stays on record."""

from datetime import datetime

from django.db import transaction

from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from referrals.record.actions.locking import SUBJECT, locked, note
from referrals.record.actions.moving import change
from referrals.record.domain.lifecycle import Verb
from referrals.record.domain.permissions import check_move
from referrals.record.models import Referral
from referrals.record.selectors import gone_as_referral


@transaction.atomic
def expire(*, referral: Referral, settled: bool, by: Actor, now: datetime) -> Referral:
    """Delete everything that was written on a draft, people and files too, and close it; return the row that is left.

    It keeps the reference, who wrote it and when; its audit row counts what went. For the system, which knows that its
    time is over. `settled` is casework's word that harm is ruled out by everything known, that nothing was written, or
    that its referral has gone. Raises Refusal for anybody else, for one that isn't settled, for one that is urgent and
    went as no referral, and for one that was ever submitted: what was frozen can't be deleted, and the draft explains
    it.
    """
    row, facts = locked(referral, by, now)
    transition = check_move(Verb.EXPIRE, by, facts)
    if not settled or row.submissions.exists() or (row.urgent and not gone_as_referral(row)):
        raise Refusal(
            "A draft with possible harm, or one that was submitted before, never expires.",
            rule="referral.expire",
            subject_type=SUBJECT,
            subject_id=row.pk,
        )
    gone = {
        "children": row.children.count(),
        "household": row.household.count(),
        "pages": row.pages.count(),
        "files": row.attachments.count(),
        "typed": row.keepings.count(),
    }
    row.keepings.all().delete()
    row.attachments.all().delete()
    row.pages.all().delete()
    row.children.all().delete()
    row.household.all().delete()
    changed_at = row.updated_at
    row.home_area, row.pack_version = "", None
    change(row, transition, by, now, why="")
    note("expire", row, by, {**gone, "changed_at": changed_at})
    return row
