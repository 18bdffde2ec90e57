"""Taking files along from the form that a draft was begun from."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.clock import day_of
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours
from referrals.record.actions.attaching import Attached, Upload, attach
from referrals.record.actions.locking import SUBJECT, locked, note
from referrals.record.domain.attachments import LONGEST_DESCRIPTION
from referrals.record.domain.permissions import check_attach
from referrals.record.models import Referral
from referrals.record.selectors.attachments import bytes_of
from referrals.record.selectors.taking import Takable, takable_files


@transaction.atomic
def take_files(*, referral: Referral, files: Collection[UUID], by: Actor, now: datetime) -> Attached:
    """Take files of the form that a draft was begun from onto the draft; return what became of them.

    Each is a file of its own from then on: looked at for viruses again, with what was said of it, where it comes from
    and whom it is about, to be changed or taken off like any other. Raises NotYours or Refusal when `by` may not attach
    to it, and NotYours for a file that `by` may not take along, which is asked of the earlier form now.
    """
    row, facts = locked(referral, by, now)
    check_attach(by, facts)
    chosen = {one.file.pk: one for one in takable_files(row, by, now=now) if one.file.pk in files}
    if set(files) - chosen.keys():
        raise NotYours(rule="referral.take_files", subject_type=SUBJECT, subject_id=row.pk)
    contents = [(one, bytes_of(one.file)[0]) for one in chosen.values()]
    uploads = [Upload(one.file.name, content) for one, content in contents]
    attached = attach(referral=row, uploads=uploads, by=by, now=now)
    by_digest = {hashlib.sha256(content).hexdigest(): one for one, content in contents}
    for taken in attached.taken:
        one = by_digest[taken.sha256]
        taken.description, taken.about_id = _said(one), one.about
        taken.save(update_fields=["description", "about"])
        note("take_file", row, by, {"file": taken.pk, "from": one.file.pk})
    return attached


def _said(one: Takable) -> str:
    """What was said of it, after where it comes from."""
    source = f"From {one.file.referral.reference}, chosen there on {day_of(one.file.at):%-d %B %Y}."
    return f"{source} {one.file.description}".strip()[:LONGEST_DESCRIPTION]
