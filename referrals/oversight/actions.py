"""Starting a backtest, adding a slice to it, stopping it."""

import json
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from audit.actions import record
from audit.domain.actor import Actor
from dispatch.actions import promise
from referrals.oversight.domain.permissions import check_cancel, check_start
from referrals.oversight.domain.tally import Tally
from referrals.oversight.models import Backtest
from referrals.oversight.selectors import Candidate, area_of, past_submissions
from referrals.record.actions.locking import person_id_of

KIND = "backtest_slice"
SUBJECT = "backtest"
COUNTER = Actor.system("backtest")


@transaction.atomic
def start(*, candidate: Candidate, by: Actor, now: datetime) -> Backtest:
    """Start trying a pack on the past referrals of its area, and return the backtest. A worker does it, slice by slice.

    Raises Refusal when `by` isn't the partnership manager of that area, or another one is still running there.
    """
    area, own_area = candidate.pack.area.slug, area_of(by)
    check_start(by, own_area=own_area, area=area, running=_is_running(area))
    try:
        with transaction.atomic():
            backtest = Backtest.objects.create(
                area=area,
                name=candidate.name,
                pack_sha256=candidate.pack.sha256(),
                pack_body=json.loads(candidate.pack.canonical_json()),
                asked_by_id=person_id_of(by),
                asked_at=now,
                until=now,
                total=past_submissions(area, now).count(),
                progressed_at=now,
            )
    except IntegrityError:
        # Somebody was quicker: the table lets one run at a time.
        check_start(by, own_area=own_area, area=area, running=True)
        raise
    detail = {"area": area, "total": backtest.total}
    record("backtest.start", by=by, subject_type=SUBJECT, subject_id=backtest.pk, detail=detail)
    _promise_slice(backtest, by)
    return backtest


@transaction.atomic
def cancel(*, backtest_id: UUID, by: Actor, now: datetime) -> Backtest:
    """Stop a backtest where it stands, and return it; what is counted so far stays. Raises Refusal when it has ended
    or isn't of the actor's area."""
    backtest = Backtest.objects.select_for_update().get(pk=backtest_id)
    check_cancel(by, own_area=area_of(by), area=backtest.area, backtest_id=backtest.pk, running=backtest.running)
    backtest.state, backtest.ended_at = Backtest.State.CANCELLED, now
    backtest.save(update_fields=["state", "ended_at"])
    record("backtest.cancel", by=by, subject_type=SUBJECT, subject_id=backtest.pk, detail={"done": backtest.done})
    return backtest


@transaction.atomic
def add_slice(*, backtest_id: UUID, number: int, counted: Tally, last: UUID | None, now: datetime) -> bool:
    """Add slice `number`, and promise the next one; say whether it was added.

    `last` is the last submission that it looked at, None for a slice that found none: then the backtest is finished.
    A slice that isn't the next one, because it was counted before, or that comes after the end, changes nothing.
    """
    backtest = Backtest.objects.select_for_update().get(pk=backtest_id)
    if not backtest.running or backtest.slices != number:
        return False
    tally = Tally.of_data(backtest.tally)
    tally.add(counted)
    backtest.tally, backtest.slices, backtest.progressed_at = tally.as_data(), number + 1, now
    # What was sent while it runs, with an earlier time, may make it one more than was counted at the start.
    backtest.done += counted.referrals
    backtest.total = max(backtest.total, backtest.done)
    if last is None:
        backtest.state, backtest.ended_at = Backtest.State.DONE, now
    else:
        backtest.cursor = last
    backtest.save()
    if last is None:
        record(
            "backtest.finish",
            by=COUNTER,
            subject_type=SUBJECT,
            subject_id=backtest.pk,
            detail={"referrals": backtest.done, "slices": backtest.slices},
        )
    else:
        _promise_slice(backtest, COUNTER)
    return True


def _is_running(area: str) -> bool:
    return Backtest.objects.filter(area=area, state=Backtest.State.RUNNING).exists()


def _promise_slice(backtest: Backtest, by: Actor) -> None:
    promise(
        kind=KIND,
        key=f"backtest:{backtest.pk}:{backtest.slices}",
        references={"backtest": backtest.pk, "slice": backtest.slices},
        by=by,
    )
