"""Reading the files of a referral: which there are, how they stand, and the bytes of one."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from referrals.record.domain.attachments import OPENABLE, FileState, FrozenFile, files_in
from referrals.record.domain.freeze import unchanged
from referrals.record.models import Attachment, AttachmentContent, Referral
from referrals.record.selectors.frozen import content_of, latest_submission


def attachments_of(referral: Referral) -> QuerySet[Attachment]:
    """Return the files that weren't taken off again, in their order, without their bytes."""
    return Attachment.objects.filter(referral=referral, removed_at=None).select_related("by", "about")


def staged_of(referral: Referral) -> QuerySet[Attachment]:
    """Return the files that haven't gone anywhere: all of a draft's, later those that no addendum has added yet."""
    found = attachments_of(referral).filter(addendum=None)
    submission = None if referral.state == "draft" else latest_submission(referral)
    if submission is None:
        return found
    return found.exclude(pk__in=[one["id"] for one in files_in(content_of(submission))])


def frozen_files(attachments: Iterable[Attachment]) -> list[FrozenFile]:
    """Return the files as a submission or an addendum names them."""
    return [
        FrozenFile(
            id=str(one.pk),
            number=one.number,
            name=one.name,
            kind=one.type_name,
            size=one.size,
            sha256=one.sha256,
            description=one.description,
            about=str(one.about_id or ""),
            by=one.by.full_name,
            at=one.at,
        )
        for one in attachments
    ]


def to_look_at(attachment_id: UUID) -> tuple[Attachment, bytes] | None:
    """Return a file that waits to be looked at, with its bytes; None where it doesn't, or is gone. For the worker.

    Raises ValueError when the stored bytes aren't those that were chosen.
    """
    found = (
        AttachmentContent.objects.select_related("attachment")
        .filter(
            attachment_id=attachment_id, attachment__state=FileState.WAITING.value, attachment__removed_at__isnull=True
        )
        .first()
    )
    return (found.attachment, unchanged(found.content, found.sha256)) if found else None


def bytes_of(attachment: Attachment) -> tuple[bytes, str]:
    """Return the bytes of a file that may be opened, and their SHA-256. The caller has checked who opens it.

    Raises LookupError for one that may not, ValueError when the stored bytes aren't those that were kept.
    """
    found = AttachmentContent.objects.filter(attachment=attachment).first()
    if attachment.standing not in OPENABLE or found is None:
        raise LookupError("nobody opens this file")
    return unchanged(found.content, found.sha256), found.sha256
