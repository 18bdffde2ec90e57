"""A real worker delivers: whatever dies or is repeated, each front door has one intake, and it arrives once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dispatch import broker
from dispatch.models import OutboxRow
from referrals.record.models import TeamAccess
from referrals.routing.models import Clock, Intake, IntakeChange
from tests.dispatch import kinds
from tests.routing.world import World
from tests.support import eventually

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def made() -> list[World]:
    """One world for the whole ground, since its database stays."""
    return []


@pytest.fixture
def world(ground, made: list[World]) -> World:
    if not made:
        made.append(World.made(now=timezone.now()))
    (world,) = made
    world.now = timezone.now() - timedelta(seconds=1)
    return world


def delivery_of(intake: Intake) -> OutboxRow:
    return OutboxRow.objects.get(key=f"deliver:{intake.pk}")


def left_by(intake: Intake) -> dict[str, str | int]:
    """What the delivery of one intake left behind."""
    return {
        "state": Intake.objects.get(pk=intake.pk).state,
        "intakes": Intake.objects.filter(referral=intake.referral, front_door="family-connect").count(),
        "changes": IntakeChange.objects.filter(intake=intake).count(),
        "access": TeamAccess.objects.filter(referral=intake.referral, team=intake.team).count(),
        "clocks": Clock.objects.filter(intake=intake).count(),
        "mails": OutboxRow.objects.filter(key__startswith=f"intake-arrived:{intake.pk}:").count(),
    }


ONCE = {"state": "received", "intakes": 1, "changes": 1, "access": 1, "clocks": 3, "mails": 4}


def test_a_worker_delivers_at_once(ground, world):
    ground.start_worker()
    intake = world.family_connects()
    eventually(lambda: ground.state(delivery_of(intake).pk) == "done")
    assert left_by(intake) == ONCE


@pytest.mark.parametrize("step", [kinds.BEFORE_CLAIM, kinds.AFTER_CLAIM, kinds.BEFORE_FINISH, kinds.AFTER_FINISH])
def test_the_worker_is_killed_at_each_step(ground, world, step):
    intake = world.family_connects()
    row = delivery_of(intake)
    OutboxRow.objects.filter(pk=row.pk).update(references={**row.references, "die_at": step, "whole": 1})
    worker = ground.start_worker()
    ground.let_time_pass()
    ground.sweep()
    assert eventually(worker.process.poll) == -9
    assert (Intake.objects.get(pk=intake.pk).state == "received") is (step == kinds.AFTER_FINISH)
    ground.start_worker()
    ground.finish_after_time(row.pk)
    assert left_by(intake) == ONCE


def test_repeated_messages_and_two_workers(ground, world):
    ground.start_worker()
    ground.start_worker()
    intakes = [world.family_connects() for _ in range(5)]
    rows = [delivery_of(intake) for intake in intakes]
    assert broker.wake([(row.pk, row.queue) for row in rows] * 3)
    ground.finish_after_time(*(row.pk for row in rows))
    assert [left_by(intake) for intake in intakes] == [ONCE] * 5
