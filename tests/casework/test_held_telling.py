"""What is told beside a copy for the family: where there can be no copy, no page sends anybody to tell them."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from consent.domain.family import Held
from consent.selectors import family_held_back, telling_now, telling_of
from referrals.casework import actions as casework
from referrals.documents.reading import MAY_BE_TOLD, notices_now
from referrals.record.models import Referral
from referrals.routing.models import Intake
from tests.casework.handing import mails
from tests.casework.support import (
    LATER,
    World,
    claimed,
    delivered,
    guarded,
    settled,
    submit,
    urgent,
)
from tests.desks import signed_in, text_of

pytestmark = pytest.mark.django_db

TELL = "Tell them as soon as you can"
DO_NOT = "Do not tell them until the front door says that you may."
IN_WORDS = "In words that a parent could read"
HOUR = timedelta(hours=1)


def pages(world: World, referral: Referral) -> str:
    """The pages that the teacher reads before she rings a parent."""
    browser = signed_in(world.teacher)
    answers: list[Any] = [
        browser.get(reverse(f"journey:{name}", args=[referral.pk])) for name in ("telling", "decisions")
    ]
    return "".join(map(text_of, answers))


def rule(intake: Intake, world: World, *, may: bool = True) -> None:
    casework.rule_on_telling(intake=intake, may_tell=may, why="We have spoken.", by=world.by("worker"), now=LATER)


def test_what_was_left_open_sends_nobody_to_tell_the_family_until_the_front_door_says_so(world: World) -> None:
    referral = urgent(world)
    intake = claimed(world, referral)
    assert telling_of(referral).guarded
    shown = pages(world, referral)
    assert DO_NOT in shown
    assert "Whether telling the family is a risk hasn't been answered." in shown
    assert TELL not in shown
    assert IN_WORDS not in shown
    rule(intake, world)
    shown = pages(world, referral)
    assert TELL in shown
    assert IN_WORDS in shown
    assert DO_NOT not in shown


def test_what_was_added_later_stops_it_on_every_page(world: World) -> None:
    referral = settled(world)
    delivered(world, referral)
    assert TELL in pages(world, referral)
    casework.add_addendum(referral=referral, text="He found out.", by=world.by("teacher"), now=LATER)
    shown = pages(world, referral)
    assert DO_NOT in shown
    assert TELL not in shown
    assert IN_WORDS not in shown


def test_whoever_was_told_all_the_same_is_an_alarm_there_too(world: World) -> None:
    referral = urgent(world)
    delivered(world, referral)
    about = str(referral.household.get().pk)
    said: Any = {"told_on": LATER.date(), "told_by": "The head", "words": "All of it."}
    assert not mails("told_although_door")
    casework.record_told(referral=referral, about=about, **said, by=world.by("teacher"), now=LATER)
    assert mails("told_although_door")


def test_a_yes_that_something_came_after_is_not_read_out_as_one(world: World) -> None:
    intake = claimed(world, guarded(world))
    rule(intake, world)
    assert notices_now(intake.referral) == (MAY_BE_TOLD,)
    casework.add_addendum(referral=intake.referral, text="He found out.", by=world.by("teacher"), now=LATER + HOUR)
    (notice,) = notices_now(intake.referral)
    assert "must not be told" in notice


def test_before_it_is_sent_what_is_settled_is_a_duty_all_the_same(world: World) -> None:
    world.wants_approval()
    referral = settled(world)
    submit(world, referral)
    assert family_held_back(referral) is Held.NOT_SENT
    assert not telling_now(referral).guarded
