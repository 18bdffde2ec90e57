"""Keeping the promise of a copy: drawn outside any transaction, stored once."""

import hashlib

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError
from django.utils import timezone

from audit.actions import record
from audit.domain.actor import Actor
from dispatch.domain.promise import PermanentFailure, Promise
from dispatch.domain.queues import Queue
from dispatch.registry import Effect, handler
from referrals.documents.domain.copying import KIND
from referrals.documents.models import PdfCopy
from referrals.documents.presenters import present
from referrals.documents.render import RENDERER, pdf_of
from referrals.documents.selectors import recorded_of, words_of
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
    try:
        content = content_of(submission)
    except ValueError as error:
        raise NotWhatWasFrozen from error
    try:
        recorded = recorded_of(submission.referral)
        drawn = pdf_of(present(content, sha256=submission.sha256, words=words_of(content), recorded=recorded))
    except (SoftTimeLimitExceeded, MemoryError, DatabaseError):
        raise
    except Exception as error:
        raise CannotBeDrawn from error

    def store() -> None:
        copy = PdfCopy.objects.create(
            submission=submission,
            content=drawn,
            sha256=hashlib.sha256(drawn).hexdigest(),
            made_at=timezone.now(),
            renderer=RENDERER,
        )
        record(
            "referral.copy_made",
            by=MAKER,
            subject_type="referral",
            subject_id=submission.referral_id,
            detail={"submission": submission.number, "sha256": copy.sha256},
        )

    return store
