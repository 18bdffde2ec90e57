"""Two at once, each on a connection of its own."""

from datetime import timedelta
from functools import partial

import pytest

from dispatch.models import OutboxRow
from referrals.routing import actions
from referrals.routing.models import Alarm, Clock, Intake, IntakeChange
from tests.record.test_at_once import both
from tests.routing.world import NOW, World, acting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return World.made()


def test_two_screeners_claim_and_one_gets_it(world):
    intake = world.arrived()
    people = (world.screener, world.second)
    actors = [acting(one) for one in people]
    results = both(*[partial(actions.claim, intake=intake, by=by, now=NOW) for by in actors])
    [won] = [one for one in results if isinstance(one, Intake)]
    [lost] = [one for one in results if isinstance(one, actions.AlreadyClaimed)]
    assert won.claimed_by is not None
    assert won.claimed_by in people
    assert lost.who == won.claimed_by.full_name
    intake.refresh_from_db()
    assert intake.claimed_by == won.claimed_by
    assert IntakeChange.objects.filter(intake=intake, verb="claim").get().by == won.claimed_by


def test_claiming_while_it_is_given_back(world):
    """Either the colleague gets it, or is told that it was still held."""
    intake = world.arrived()
    holder, colleague = acting(world.screener), acting(world.second)
    actions.claim(intake=intake, by=holder, now=NOW)
    _, claimed = both(
        lambda: actions.release(intake=intake, by=holder, now=NOW),
        lambda: actions.claim(intake=intake, by=colleague, now=NOW),
    )
    intake.refresh_from_db()
    if isinstance(claimed, Intake):
        assert intake.claimed_by == world.second
    else:
        assert isinstance(claimed, actions.AlreadyClaimed)
        assert intake.claimed_by is None


def test_two_deliveries_arrive_once(world):
    intake = world.sent()
    before = OutboxRow.objects.count()
    results = both(*[lambda: actions.arrive(intake_id=intake.pk, now=NOW)] * 2)
    assert sorted(results) == [False, True]
    assert (IntakeChange.objects.count(), Clock.objects.count()) == (1, 3)
    assert OutboxRow.objects.count() - before == 4


def test_two_sweeps_raise_one_alarm(world):
    world.arrived()
    late = NOW + timedelta(hours=2)
    results = both(*[lambda: actions.raise_alarms(now=late)] * 2)
    assert sorted(results) == [0, 1]
    assert Alarm.objects.count() == 1


def test_opening_it_while_the_alarm_is_raised(world):
    """Whichever comes first, both are true afterwards, and nothing is raised for what was read before."""
    intake = world.arrived()
    late = NOW + timedelta(hours=2)
    _, raised = both(
        lambda: actions.mark_read(intake=intake, by=acting(world.screener), now=late),
        lambda: actions.raise_alarms(now=late),
    )
    intake.refresh_from_db()
    assert intake.first_read_by == world.screener
    assert Alarm.objects.count() == raised
