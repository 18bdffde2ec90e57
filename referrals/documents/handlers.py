"""Keeping the promise of a copy: drawn outside any transaction, stored once."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError
from django.utils import timezone

from audit.actions import record
from audit.domain.actor import Actor
from audit.domain.wording import Detail
from consent.models import Disclosure
from dispatch.domain.promise import PermanentFailure, Promise
from dispatch.domain.queues import Queue
from dispatch.registry import Effect, handler
from referrals.documents.domain.copying import KIND, PART_KIND, SINCE_KIND
from referrals.documents.domain.narrowing import narrowed
from referrals.documents.models import PdfCopy, RecipientCopy, Since, SinceCopy
from referrals.documents.presenters import present
from referrals.documents.presenters.since import present_since
from referrals.documents.render import RENDERER, pdf_of, since_pdf_of
from referrals.documents.selectors import recorded_of, words_of
from referrals.record.domain.freeze import thaw
from referrals.record.models import Submission
from referrals.record.selectors import content_of

MAKER = Actor.system("documents")


class NoSubmission(PermanentFailure):
    """The promise names a submission that isn't there."""

    words = "The submission that the copy is of is not there"


class NotWhatWasFrozen(PermanentFailure):
    """The stored submission doesn't match its digest: a copy of it would lie."""

    words = "The stored submission doesn't match its digest; see whether the audit record still verifies"


class CannotBeDrawn(PermanentFailure):
    """The content could not be drawn. Drawing has no moods: it would fail again."""

    words = "The PDF copy could not be drawn from the submission; try again after the program was mended"


@handler(KIND, queue=Queue.DOCUMENTS)
def make_copy(promise: Promise) -> Effect | None:
    """Draw the copy of the submission that the promise names; return the effect that stores it, None if it is there.

    Reads and draws outside any transaction. A failure to draw parks this promise only; running out of time or memory,
    or a database that doesn't answer, is tried again.
    """
    submission = Submission.objects.select_related("referral").filter(pk=str(promise.references["submission"])).first()
    if submission is None:
        raise NoSubmission
    if PdfCopy.objects.filter(submission=submission).exists():
        return None
    drawn = _drawn(submission, dict)
    detail = {"submission": submission.number}
    return _storing(PdfCopy, drawn, submission.referral_id, detail, submission=submission)


@handler(PART_KIND, queue=Queue.DOCUMENTS)
def make_part(promise: Promise) -> Effect | None:
    """Draw the copy of what one front door is given; return the effect that stores it, None if it is there.

    As `make_copy`, and apart from it: one that can't be drawn parks neither the submission's copy nor another's.
    """
    given = Disclosure.objects.select_related("submission").filter(pk=str(promise.references["disclosure"])).first()
    if given is None:
        raise NoSubmission
    if RecipientCopy.objects.filter(disclosure=given).exists():
        return None
    need, recipient = given.need, given.recipient
    drawn = _drawn(given.submission, lambda content: narrowed(content, need, recipient=recipient))
    detail = {"submission": given.submission.number, "area": given.area, "door": given.front_door}
    return _storing(RecipientCopy, drawn, given.referral_id, detail, disclosure=given)


@handler(SINCE_KIND, queue=Queue.DOCUMENTS)
def make_since(promise: Promise) -> Effect | None:
    """Draw the document of what was recorded since from its text; return the effect that stores it, None if it is
    there. As `make_copy`."""
    row = Since.objects.select_related("submission").filter(pk=str(promise.references["since"])).first()
    if row is None:
        raise NoSubmission
    if SinceCopy.objects.filter(since=row).exists():
        return None
    drawn = _drawn_since(row)
    detail = {"submission": row.submission.number, "since": True}
    return _storing(SinceCopy, drawn, row.submission.referral_id, detail, since=row)


def _storing(
    model: type[PdfCopy | RecipientCopy | SinceCopy],
    drawn: bytes,
    referral_id: UUID,
    detail: Detail,
    **of: Submission | Disclosure | Since,
) -> Effect:
    """The effect that stores what was drawn, with its digest in the audit row beside `detail`."""

    def store() -> None:
        digest = hashlib.sha256(drawn).hexdigest()
        model.objects.create(**of, content=drawn, sha256=digest, made_at=timezone.now(), renderer=RENDERER)
        record(
            "referral.copy_made",
            by=MAKER,
            subject_type="referral",
            subject_id=referral_id,
            detail={**detail, "sha256": digest},
        )

    return store


def _drawn_since(row: Since) -> bytes:
    """Draw it. Raises PermanentFailure where that would fail again."""
    try:
        content = thaw(row.content, row.sha256)
    except ValueError as error:
        raise NotWhatWasFrozen from error
    try:
        return since_pdf_of(present_since(content, sha256=row.sha256, at=row.at, words=words_of(content)))
    except (SoftTimeLimitExceeded, MemoryError, DatabaseError):
        raise
    except Exception as error:
        raise CannotBeDrawn from error


def _drawn(submission: Submission, shown: Callable[[dict[str, Any]], Mapping[str, Any]]) -> bytes:
    """Draw what is shown of a submission. Raises PermanentFailure where that would fail again."""
    try:
        content = content_of(submission)
    except ValueError as error:
        raise NotWhatWasFrozen from error
    try:
        part = shown(content)
        recorded = recorded_of(submission.referral, children={child["id"] for child in part["children"]})
        return pdf_of(present(part, sha256=submission.sha256, words=words_of(content), recorded=recorded))
    except (SoftTimeLimitExceeded, MemoryError, DatabaseError):
        raise
    except Exception as error:
        raise CannotBeDrawn from error
