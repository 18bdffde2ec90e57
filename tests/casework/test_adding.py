"""What is added later reaches whoever works on the referral."""

import pytest
from django.template.loader import render_to_string

from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.casework.handlers import SUBJECTS
from tests.casework.support import LATER, World, claimed, delivered, refused, urgent

pytestmark = pytest.mark.django_db


def told() -> set[str]:
    rows = OutboxRow.objects.filter(references__template__startswith="added_to")
    return {str(row.references["person_id"]) for row in rows}


def ids(*people) -> set[str]:
    return {str(person.pk) for person in people}


def test_the_holder_and_the_desk_are_told(world: World):
    intake = claimed(world, urgent(world))
    actions.add_addendum(referral=intake.referral, text="Her arm is broken.", by=world.by("teacher"), now=LATER)
    assert told() >= ids(world.screener, world.dsl, world.deputy)
    assert not told() & ids(world.worker, world.head, world.teacher, world.manager, world.stranger)


def test_each_is_led_to_the_page_of_their_own_side(world: World):
    intake = claimed(world, urgent(world))
    actions.add_addendum(referral=intake.referral, text="Her arm is broken.", by=world.by("teacher"), now=LATER)
    rows = OutboxRow.objects.filter(references__template__startswith="added_to")
    sides = {row.references["person_id"]: row.references["template"] for row in rows}
    assert sides[str(world.screener.pk)] == "added_to_here"
    assert sides[str(world.dsl.pk)] == "added_to"


@pytest.mark.parametrize("name", [*SUBJECTS, "intake_arrived", "intake_unread", "intake_unread_here"])
def test_every_email_has_a_text(name: str):
    assert "https://link.example/" in render_to_string(f"email/{name}.txt", {"link": "https://link.example/"})


def test_where_nobody_holds_it_the_whole_team_is(world: World):
    intake = delivered(world, urgent(world))
    actions.add_page_addendum(
        referral=intake.referral, page="alleged", answers={"alleged": "no"}, by=world.by("dsl"), now=LATER
    )
    assert told() >= ids(world.screener, world.worker, world.head, world.deputy)
    assert not told() & ids(world.dsl, world.stranger)


def test_a_desk_that_may_be_what_it_is_about_is_not(world: World):
    intake = claimed(world, urgent(world, desk={"about_desk": "yes"}))
    actions.add_addendum(referral=intake.referral, text="More.", by=world.by("teacher"), now=LATER)
    assert not told() & ids(world.dsl, world.deputy)
    with refused("Write what you have learned"):
        actions.add_addendum(referral=intake.referral, text=" ", by=world.by("teacher"), now=LATER)
