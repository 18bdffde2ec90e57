"""Asking for a copy. Casework does so in the transaction that submits."""

from audit.domain.actor import Actor
from dispatch.actions import promise
from dispatch.models import OutboxRow
from referrals.documents.domain.copying import KIND, copy_key
from referrals.record.models import Submission


def promise_copy(*, submission: Submission, by: Actor) -> OutboxRow:
    """Promise the PDF copy of a submission, in the caller's transaction; return the promise.

    Asking twice is one promise. Nothing waits for it: a copy that cannot be made parks only itself.
    Raises TransactionManagementError outside a transaction.
    """
    return promise(kind=KIND, key=copy_key(submission.pk), references={"submission": submission.pk}, by=by)
