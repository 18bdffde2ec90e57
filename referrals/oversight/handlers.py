"""Keeping the promise of a slice: read and counted outside any transaction, added once."""

from functools import partial
from time import monotonic
from uuid import UUID

import structlog
from django.utils import timezone

from accounts.clock import day_of
from dispatch.domain.promise import PermanentFailure, Promise
from dispatch.domain.queues import Queue
from dispatch.registry import Effect, handler
from referrals.oversight.actions import KIND, add_slice
from referrals.oversight.domain.slices import Trial, count_submission
from referrals.oversight.domain.tally import Left, Tally
from referrals.oversight.models import Backtest
from referrals.oversight.selectors import OwnPacks, next_submissions
from referrals.record.models import Submission
from referrals.record.selectors import content_of
from thresholds.domain.parts import AgencyKind

log = structlog.get_logger(__name__)

MOST = 2000
"""Submissions in a slice: about two seconds of work."""
SECONDS = 20.0
"""A slice ends after this time, however few it has read, so that its lease outlasts it on a slow machine too."""


class NoBacktest(PermanentFailure):
    """The promise names a backtest that isn't there."""

    words = "The backtest that the slice belongs to is not there"


# Copies wait in the same queue, behind everything urgent or routine: trying a document delays no referral.
@handler(KIND, queue=Queue.DOCUMENTS)
def count_slice(promise: Promise) -> Effect | None:
    """Count the next slice; return the effect that adds it, None where it is counted already or the run has ended."""
    backtest = Backtest.objects.filter(pk=str(promise.references["backtest"])).first()
    if backtest is None:
        raise NoBacktest
    number = int(promise.references["slice"])
    if not backtest.running or backtest.slices != number:
        return None
    counted, last = _count(backtest)
    add = partial(add_slice, backtest_id=backtest.pk, number=number, counted=counted, last=last, now=timezone.now())
    return lambda: _told(backtest.pk, added=add())


def _told(backtest_id: UUID, *, added: bool) -> None:
    if not added:
        log.info("backtest_slice_not_added", backtest=str(backtest_id))


def _count(backtest: Backtest) -> tuple[Tally, UUID | None]:
    trial = Trial(backtest.area, backtest.pack(), OwnPacks())
    tally, last, started = Tally(), None, monotonic()
    for submission in next_submissions(backtest, MOST):
        _count_one(trial, submission, tally)
        last = submission.pk
        if monotonic() - started > SECONDS:
            break
    return tally, last


def _count_one(trial: Trial, submission: Submission, tally: Tally) -> None:
    try:
        content = content_of(submission)
    except ValueError:
        tally.referrals += 1
        tally.leave(Left.NOT_READABLE)
        return
    agency = submission.referral.agency
    count_submission(
        trial, content, agency=str(agency.pk), kind=AgencyKind(agency.kind), on=day_of(submission.at), tally=tally
    )
