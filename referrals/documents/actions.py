"""Asking for copies. Casework does so in the transaction that sends."""

from audit.domain.actor import Actor
from consent.models import Disclosure
from dispatch.actions import promise
from dispatch.models import OutboxRow
from referrals.documents.domain.copying import KIND, PART_KIND, copy_key, part_key
from referrals.record.models import Submission


def promise_copy(*, submission: Submission, by: Actor) -> OutboxRow:
    """Promise the PDF copy of a submission, in the caller's transaction; return the promise.

    Asking twice is one promise. Nothing waits for it: a copy that cannot be made parks only itself.
    Raises TransactionManagementError outside a transaction.
    """
    return promise(kind=KIND, key=copy_key(submission.pk), references={"submission": submission.pk}, by=by)


def promise_part(*, disclosure: Disclosure, by: Actor) -> OutboxRow | None:
    """Promise the PDF copy of what one front door is given, in the caller's transaction; return the promise, None where
    it is given everything: then the copy of the submission is its own.

    As `promise_copy`: asking twice is one promise, and one that can't be made parks only itself.
    """
    if disclosure.whole:
        return None
    key = part_key(disclosure.pk)
    return promise(kind=PART_KIND, key=key, references={"disclosure": disclosure.pk}, by=by)
