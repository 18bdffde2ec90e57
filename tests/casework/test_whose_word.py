"""Which front door's word on telling the family counts, when it has been handed on or several have it."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.domain.roles import Role
from consent.domain.family import Held
from consent.models import TellingRuling
from consent.selectors import family_held_back, telling_of
from referrals.casework import actions as casework
from referrals.casework.selectors import timeline
from referrals.routing.models import Intake
from tests.casework.handing import There, offer
from tests.casework.support import LATER, World, claimed, guarded, opened, routine, settled
from tests.factories import FrontDoorTeamFactory, person_with

pytestmark = pytest.mark.django_db


HOUR = timedelta(hours=1)


def rule(intake: Intake, who: Any, *, may: bool, now: Any = LATER) -> TellingRuling:
    opened(intake, who, at=now)
    return casework.rule_on_telling(intake=intake, may_tell=may, why="We have spoken.", by=who, now=now)


def officer(world: World) -> There:
    """The team that deals with allegations, which isn't the area's main door."""
    team = FrontDoorTeamFactory.create(area=world.team.area, front_door="lado", agency=world.team.agency)
    return There(team, person_with(Role.SCREENER, team=team), person_with(Role.SOCIAL_WORKER, team=team))


def test_a_yes_ends_with_handing_over_and_the_next_front_door_says_it(world: World, there: There):
    intake = claimed(world, guarded(world))
    rule(intake, world.by("worker"), may=True)
    assert not telling_of(intake.referral).guarded
    casework.accept_transfer(intake=offer(world, intake, there), by=there.by("worker"), now=LATER)
    assert telling_of(intake.referral).guarded
    said = [one.text for one in timeline(intake.referral, front_door=True) if one.kind == "telling_ruled"]
    assert said[-1] == f"{world.team.name} had said that the family may be told"
    rule(Intake.objects.get(team=there.team), there.by("worker"), may=True)
    assert not telling_of(intake.referral).guarded


def test_a_no_holds_until_the_next_front_door_has_spoken(world: World, there: There):
    intake = claimed(world, routine(world))
    rule(intake, world.by("worker"), may=False)
    offered = offer(world, intake, there)
    assert telling_of(intake.referral).guarded
    casework.accept_transfer(intake=offered, by=there.by("worker"), now=LATER)
    assert telling_of(intake.referral).guarded
    rule(Intake.objects.get(team=there.team), there.by("worker"), may=True)
    assert not telling_of(intake.referral).guarded


def test_who_keeps_a_sibling_still_has_a_word(world: World, there: There):
    intake = claimed(world, routine(world, children=2))
    rule(intake, world.by("worker"), may=False)
    offered = offer(world, intake, there, children=intake.children[:1])
    casework.accept_transfer(intake=offered, by=there.by("worker"), now=LATER)
    rule(Intake.objects.get(team=there.team), there.by("worker"), may=True)
    assert telling_of(intake.referral).guarded
    assert not TellingRuling.objects.filter(let_go=True).exists()


def test_a_door_beside_the_main_one_forbids_and_does_not_lift_alone(world: World):
    """An officer who deals with an allegation doesn't know what the children's front door knows."""
    intake = claimed(world, guarded(world, children=2))
    beside = officer(world)
    officers = offer(world, intake, beside, children=intake.children[:1], reason="wrong_door")
    casework.accept_transfer(intake=officers, by=beside.by("worker"), now=LATER)
    rule(officers, beside.by("worker"), may=True)
    assert telling_of(intake.referral).guarded
    rule(intake, world.by("worker"), may=True)
    assert not telling_of(intake.referral).guarded
    rule(officers, beside.by("worker"), may=False)
    assert telling_of(intake.referral).guarded


def test_handing_it_over_does_not_free_what_fear_has_held_back_since_the_word(world: World, there: There):
    intake = claimed(world, settled(world))
    rule(intake, world.by("worker"), may=True)
    assert family_held_back(intake.referral) is None
    casework.add_addendum(
        referral=intake.referral, text="He found out: she is afraid.", by=world.by("teacher"), now=LATER + HOUR
    )
    assert family_held_back(intake.referral) is Held.ADDED
    casework.accept_transfer(intake=offer(world, intake, there), by=there.by("worker"), now=LATER + 2 * HOUR)
    assert family_held_back(intake.referral) is Held.ADDED
    rule(Intake.objects.get(team=there.team), there.by("worker"), may=True, now=LATER + 3 * HOUR)
    assert family_held_back(intake.referral) is None


def test_a_lesser_word_does_not_free_it_either(world: World):
    intake = claimed(world, settled(world, children=2))
    beside = officer(world)
    officers = offer(world, intake, beside, children=intake.children[:1], reason="wrong_door")
    casework.accept_transfer(intake=officers, by=beside.by("worker"), now=LATER)
    casework.add_addendum(
        referral=intake.referral, text="He found out: she is afraid.", by=world.by("teacher"), now=LATER + HOUR
    )
    rule(officers, beside.by("worker"), may=True, now=LATER + 2 * HOUR)
    assert family_held_back(intake.referral) is Held.ADDED
    rule(intake, world.by("worker"), may=True, now=LATER + 3 * HOUR)
    assert family_held_back(intake.referral) is None
