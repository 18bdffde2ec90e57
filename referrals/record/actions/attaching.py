"""Files that go with a referral: chosen, described, taken off, looked at, and added to what was submitted."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from referrals.record.actions.addenda import add_addendum_of
from referrals.record.actions.locking import SUBJECT, locked, note, person_id_of
from referrals.record.domain.attachments import (
    KEPT_OUT,
    LONGEST_DESCRIPTION,
    Chosen,
    FileState,
    Finding,
    clean_name,
    refusal_of,
    room_for,
    state_after,
)
from referrals.record.domain.clean_values import clean_text
from referrals.record.domain.file_types import type_of
from referrals.record.domain.permissions import check_add_addendum, check_attach
from referrals.record.models import Addendum, Attachment, AttachmentContent, Referral
from referrals.record.selectors.attachments import frozen_files, staged_of


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrived."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Described:
    """What somebody says of a file: what it is, who made it and when; and about which child, None for all of them."""

    description: str
    about: UUID | None


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of files that were chosen: the rows of those that were taken, and why others weren't."""

    taken: tuple[Attachment, ...]
    refused: tuple[str, ...]


@transaction.atomic
def attach(*, referral: Referral, uploads: Sequence[Upload], by: Actor, now: datetime) -> Attached:
    """Take files onto a referral; return what became of each. They wait until they were looked at for viruses.

    On a draft they go along with it; later they are added by `add_files`. The same file twice is taken once. One that
    can't be taken stops no other; of too many at once none is. Raises NotYours or Refusal when `by` may not.
    """
    row, facts = locked(referral, by, now)
    check_attach(by, facts)
    present = list(Attachment.objects.filter(referral=row, removed_at=None))
    words = room_for(len(present), len(uploads))
    if words:
        return Attached((), (words,))
    last = Attachment.objects.filter(referral=row).aggregate(last=Max("number"))["last"] or 0
    known = {one.sha256 for one in present}
    taken: list[Attachment] = []
    refused: list[str] = []
    for upload in uploads:
        kind = type_of(upload.content)
        why = refusal_of(Chosen(upload.name, len(upload.content), kind.key if kind else None))
        sha256 = hashlib.sha256(upload.content).hexdigest()
        if why or kind is None:
            refused.append(why)
            continue
        if sha256 in known:
            refused.append(f"“{clean_name(upload.name)}” is there already.")
            continue
        known.add(sha256)
        last += 1
        attachment = Attachment.objects.create(
            referral=row,
            number=last,
            name=clean_name(upload.name),
            kind=kind.key,
            size=len(upload.content),
            sha256=sha256,
            state=FileState.WAITING.value,
            state_at=now,
            by_id=person_id_of(by),
            at=now,
        )
        AttachmentContent.objects.create(attachment=attachment, content=upload.content, sha256=sha256)
        taken.append(attachment)
        note("attach", row, by, {"file": attachment.pk, "kind": kind.key, "size": attachment.size, "sha256": sha256})
    if taken:
        row.updated_at = now
        row.save(update_fields=["updated_at"])
    return Attached(tuple(taken), tuple(refused))


@transaction.atomic
def describe_files(*, referral: Referral, said: Mapping[UUID, Described], by: Actor, now: datetime) -> None:
    """Keep what somebody says of files that haven't gone anywhere yet; others are passed over.

    Raises NotYours or Refusal when `by` may not, NotYours for a child who isn't on the referral.
    """
    row, facts = locked(referral, by, now)
    check_attach(by, facts)
    children = set(row.children.values_list("pk", flat=True))
    for attachment in staged_of(row):
        one = said.get(attachment.pk)
        if one is None:
            continue
        if one.about is not None and one.about not in children:
            raise NotYours(rule="referral.attach", subject_type=SUBJECT, subject_id=row.pk)
        words = clean_text(one.description)[:LONGEST_DESCRIPTION]
        if (attachment.description, attachment.about_id) == (words, one.about):
            continue
        attachment.description, attachment.about_id = words, one.about
        attachment.save(update_fields=["description", "about"])
        note("describe_file", row, by, {"file": attachment.pk, "about": one.about})


@transaction.atomic
def remove_file(*, referral: Referral, attachment_id: UUID, by: Actor, now: datetime) -> None:
    """Take a file off that hasn't gone anywhere yet; its bytes go. One that isn't there any more is no mistake.

    Raises NotYours or Refusal when `by` may not.
    """
    row, facts = locked(referral, by, now)
    check_attach(by, facts)
    drop_files(row, staged_of(row).filter(pk=attachment_id), by, now)


def drop_files(row: Referral, files: QuerySet[Attachment], by: Actor, now: datetime) -> None:
    """Take these files off, in the caller's transaction, which has checked who may.

    Bytes that an earlier submission or an addendum names are kept: each stays as it was frozen.
    """
    for attachment in files:
        attachment.removed_at = now
        attachment.save(update_fields=["removed_at"])
        added = attachment.addendum_id is not None
        if not added and not row.submissions.filter(content__contains=str(attachment.pk)).exists():
            AttachmentContent.objects.filter(attachment=attachment).delete()
        note("remove_file", row, by, {"file": attachment.pk, "sha256": attachment.sha256})


@transaction.atomic
def add_files(*, referral: Referral, by: Actor, now: datetime) -> Addendum:
    """Add the files that were chosen since it was submitted, as an addendum that names them; return the addendum.

    Raises NotYours or Refusal when `by` may not add to it, or there are none.
    """
    row, facts = locked(referral, by, now)
    check_add_addendum(by, facts)
    staged = list(staged_of(row).exclude(state__in=[state.value for state in KEPT_OUT]))
    if not staged:
        raise Refusal("Choose a file first.", rule="referral.add_addendum", subject_type=SUBJECT, subject_id=row.pk)
    count = "A file was" if len(staged) == 1 else f"{len(staged)} files were"
    content = {"words": f"{count} added.", "attachments": [one.as_data() for one in frozen_files(staged)]}
    addendum = add_addendum_of(row, content, by, now)
    Attachment.objects.filter(pk__in=[one.pk for one in staged]).update(addendum=addendum)
    return addendum


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What looking at a file found. `signature` is the scanner's name for it; `copy` a picture's copy without what the
    camera wrote into it."""

    finding: Finding
    signature: str = ""
    copy: bytes | None = None


@transaction.atomic
def note_looked_at(*, attachment_id: UUID, found: LookedAt, by: Actor, now: datetime) -> Attachment | None:
    """Write what was found in a file that waited; return the row, None where it is gone or was looked at before.

    What is kept out loses its bytes. A picture's bytes become those of its copy. For casework, whose worker looks.
    """
    attachment = Attachment.objects.select_for_update().filter(pk=attachment_id).first()
    if attachment is None or attachment.standing is not FileState.WAITING or attachment.removed_at is not None:
        return None
    state = state_after(attachment.standing, found.finding)
    attachment.state, attachment.state_at, attachment.signature = state.value, now, found.signature[:200]
    attachment.save(update_fields=["state", "state_at", "signature"])
    content = AttachmentContent.objects.filter(attachment=attachment)
    if state in KEPT_OUT:
        content.delete()
    elif found.copy is not None:
        content.update(content=found.copy, sha256=hashlib.sha256(found.copy).hexdigest(), derived=True)
    note(
        "file_looked_at",
        attachment.referral,
        by,
        {"file": attachment.pk, "found": found.finding.value, "copied": found.copy is not None},
    )
    return attachment
