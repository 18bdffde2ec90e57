"""Files of a referral: taken, looked at by a worker, and whoever waits for one told where it is kept out."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit.domain.actor import Actor
from consent.domain.files import file_goes
from dispatch.actions import promise
from referrals.casework.actions.adding import told
from referrals.casework.actions.common import arriving, locked
from referrals.casework.notices import referrers_of, tell
from referrals.casework.people import holder_or_team
from referrals.record import actions as records
from referrals.record.actions import Attached, LookedAt, Upload
from referrals.record.domain.attachments import KEPT_OUT
from referrals.record.models import Addendum, Attachment, Referral
from referrals.record.selectors import frozen_files, staged_of
from referrals.routing.actions import given_to
from referrals.routing.domain.lifecycle import OPEN
from referrals.routing.models import Intake

LOOK = "look_at_file"
"""The kind of promise. Its one reference, `file`, is the attachment's id."""
SCANNER = Actor.system("scanner")


@transaction.atomic
def attach_files(*, referral: Referral, uploads: Sequence[Upload], by: Actor, now: datetime) -> Attached:
    """Take files onto a referral and promise that each is looked at; return what became of them.

    Nothing waits for that. Refusals are the record's.
    """
    return _looked_at_later(records.attach(referral=referral, uploads=uploads, by=by, now=now), by)


@transaction.atomic
def take_files(*, referral: Referral, files: Collection[UUID], by: Actor, now: datetime) -> Attached:
    """Take files along from the form that a draft was begun from, as `attach_files`. Refusals are the record's."""
    return _looked_at_later(records.take_files(referral=referral, files=files, by=by, now=now), by)


def _looked_at_later(attached: Attached, by: Actor) -> Attached:
    for one in attached.taken:
        promise(kind=LOOK, key=f"look-at-file:{one.pk}", references={"file": one.pk}, by=by)
    return attached


@transaction.atomic
def add_files(*, referral: Referral, by: Actor, now: datetime) -> Addendum:
    """Add the files that were chosen since it was submitted, and tell who works on it. Refusals are the record's."""
    row, _facts = locked(referral, by, now)
    at = arriving(row, now)
    return told(records.add_files(referral=row, by=by, now=at), by, at)


@transaction.atomic
def looked_at(*, attachment_id: UUID, found: LookedAt, now: datetime) -> Attachment | None:
    """Write what a worker found in a file; where it is kept out, tell who sent it and who waits for it, by e-mails that
    say no more than that a file was kept out. None where it was looked at before, or is gone."""
    attachment = records.note_looked_at(attachment_id=attachment_id, found=found, by=SCANNER, now=now)
    if attachment is None or attachment.standing not in KEPT_OUT:
        return attachment
    referral = attachment.referral
    tell("file_kept_out", referrers_of(referral), about=attachment.pk, referral=referral, by=SCANNER)
    if not staged_of(referral).filter(pk=attachment.pk).exists():
        (file,) = frozen_files([attachment])
        people = {
            person.pk: person
            for intake in Intake.objects.filter(
                referral=referral, state__in=sorted(state.value for state in OPEN), received_at__isnull=False
            )
            if file_goes(given_to(intake=intake, now=now).need, file.as_data())
            for person in holder_or_team(intake, now=now)
        }
        tell("file_kept_out_here", people.values(), about=attachment.pk, referral=referral, by=SCANNER)
    return attachment
