"""A worker dies while a pack is tried on past referrals: it goes on where it stood, and nobody counts twice."""

from datetime import timedelta

import pytest

from dispatch.models import OutboxRow
from referrals.oversight import actions
from referrals.oversight.domain.recheck import Direction
from referrals.oversight.domain.tally import Tally
from referrals.oversight.models import Backtest
from referrals.oversight.selectors import Candidate
from tests.casework.support import NOW, acting
from tests.dispatch import kinds
from tests.oversight.support import LOW, manager_of, sent, with_level
from tests.support import eventually

pytestmark = pytest.mark.long

LATER = NOW + timedelta(days=1)
REFERRALS, A_SLICE = 3, 2
ADDED = {kinds.AFTER_CLAIM: 0, kinds.BEFORE_FINISH: 0, kinds.MID_EFFECT: 0, kinds.AFTER_FINISH: 1}
"""Slices that are added when the worker is dead, by the step at which it died."""


def rows_of(backtest):
    return OutboxRow.objects.filter(kind=actions.KIND, key__startswith=f"backtest:{backtest.pk}:").order_by("key")


def will_die(backtest, step):
    """Let the worker that takes the first slice die with all its processes when it comes to `step`."""
    row = rows_of(backtest).get()
    row.references |= {"die_at": step, "whole": 1}
    row.save(update_fields=["references"])


def test_a_backtest_whose_worker_dies_goes_on_and_counts_each_referral_once(ground, world, monkeypatch):
    monkeypatch.setitem(ground.variables, "TEST_SLICE", str(A_SLICE))
    for _ in range(REFERRALS):
        sent(world, LOW)
    by, pack = acting(manager_of(world), LATER), with_level("acute")
    for step, added in ADDED.items():
        backtest = actions.start(candidate=Candidate("version-1", "Draft", pack), by=by, now=LATER)
        will_die(backtest, step)
        assert eventually(ground.start_worker().process.poll, within=120) == -9, step

        backtest.refresh_from_db()
        assert (backtest.state, backtest.slices, backtest.done) == ("running", added, A_SLICE * added), step
        first = rows_of(backtest).first()
        assert first.state == ("done" if added else "leased"), step
        if not added:
            # While the dead worker's lease runs, a sweep tells nobody of it.
            OutboxRow.objects.update(woken_at=None)
            ground.sweep()
            assert rows_of(backtest).get().woken_at is None, step

        ground.start_worker()
        ground.let_time_pass()
        ground.sweep()
        eventually(Backtest.objects.filter(pk=backtest.pk, ended_at__isnull=False).exists, within=120)
        backtest.refresh_from_db()
        tally = Tally.of_data(backtest.tally)
        assert (backtest.state, backtest.done, backtest.total) == ("done", REFERRALS, REFERRALS), step
        assert (tally.referrals, tally.children, tally.direction(Direction.UP)) == (REFERRALS,) * 3, step
        # Two slices with something in them, and one that finds nothing left.
        assert [row.state for row in rows_of(backtest)] == ["done"] * 3 == ["done"] * backtest.slices, step
        assert rows_of(backtest).first().attempts == (1 if added else 2), step
        ground.stop_workers()
