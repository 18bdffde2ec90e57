"""A copy for the family while another record about the same child leaves open whether telling is safe."""

import pytest

from consent.domain.family import Held
from consent.selectors import family_held_back
from referrals.casework import actions as casework
from referrals.record.models import Referral
from referrals.routing import actions as routing
from referrals.routing.models import Intake
from tests.casework.support import (
    AREA,
    LATER,
    NOW,
    World,
    assessment,
    claimed,
    delivered,
    guarded,
    settled,
    submit,
    urgent,
)
from tests.factories import FrontDoorTeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessed(world: World) -> Referral:
    """An assessment that the team for early help has, and of which there may be a copy."""
    FrontDoorTeamFactory.create(front_door="strengthening-families", area=AREA, agency=world.team.agency)
    referral = assessment(world)
    submit(world, referral)
    for intake in Intake.objects.filter(referral=referral):
        routing.arrive(intake_id=intake.pk, now=NOW)
    referral.refresh_from_db()
    assert family_held_back(referral) is None
    return referral


def begun(referral: Referral, source: Referral) -> None:
    Referral.objects.filter(pk=referral.pk).update(begun_from=source)


def test_a_referral_sent_without_saying_whether_telling_is_safe_still_holds_it(
    world: World, assessed: Referral
) -> None:
    referral = urgent(world)
    begun(referral, assessed)
    assert family_held_back(assessed) is Held.BESIDE  # somebody has begun it since
    intake = claimed(world, referral)
    assert family_held_back(assessed) is Held.BESIDE
    casework.rule_on_telling(intake=intake, may_tell=True, why="Safe.", by=world.by("worker"), now=LATER)
    assert family_held_back(assessed) is None


def test_two_that_began_from_one_hold_each_other(world: World, assessed: Referral) -> None:
    first, second = settled(world), guarded(world)
    begun(first, assessed)
    begun(second, assessed)
    delivered(world, first)
    delivered(world, second)
    first.refresh_from_db()
    assert family_held_back(first) is Held.BESIDE
    Referral.objects.filter(pk=second.pk).update(state="withdrawn")
    assert family_held_back(first) is None


def test_fear_that_was_added_to_the_one_beside_holds_it_too(world: World, assessed: Referral) -> None:
    referral = settled(world)
    begun(referral, assessed)
    delivered(world, referral)
    referral.refresh_from_db()
    assert family_held_back(assessed) is None
    casework.add_addendum(referral=assessed, text="He found out.", by=world.by("teacher"), now=LATER)
    assert family_held_back(referral) is Held.BESIDE
