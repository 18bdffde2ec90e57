"""What is added later reaches whoever works on the referral."""

from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.casework.handlers import SUBJECTS
from referrals.routing import actions as routing
from referrals.routing.models import Alarm, Intake
from tests.casework.support import (
    EVENING,
    LATER,
    NOW,
    World,
    child_of,
    claimed,
    delivered,
    ids,
    refused,
    routine,
    save,
    urgent,
)
from tests.desks import signed_in

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def told() -> set[str]:
    rows = OutboxRow.objects.filter(references__template__startswith="added_to")
    return {str(row.references["person_id"]) for row in rows}


def test_the_whole_team_and_the_desk_are_told_for_its_holder_may_be_away(world: World):
    intake = claimed(world, urgent(world))
    actions.add_addendum(referral=intake.referral, text="Her arm is broken.", by=world.by("teacher"), now=LATER)
    assert told() >= ids(world.screener, world.worker, world.head, world.dsl, world.deputy)
    assert not told() & ids(world.teacher, world.manager, world.stranger)


@pytest.mark.parametrize(("make", "whole"), [(urgent, True), (routine, False)])
def test_an_answer_about_what_is_urgent_goes_to_the_whole_team(make, whole, world: World):
    intake = claimed(world, make(world))
    message = actions.request_information(intake=intake, text="Where is she?", by=world.by("screener"), now=LATER)
    actions.answer_information(message=message, text="At home, with him.", by=world.by("teacher"), now=LATER)
    rows = OutboxRow.objects.filter(references__template="information_given")
    here = {str(row.references["person_id"]) for row in rows}
    assert here == (ids(world.screener, world.worker, world.head) if whole else ids(world.screener))


def test_that_somebody_knows_who_should_not_goes_to_the_whole_team(world: World):
    referral = urgent(world)
    save(referral, "circumstances", world.by("teacher"), child_of(referral).pk, circumstances=["sexual_abuse"])
    claimed(world, referral)
    said: dict[str, Any] = {"told_on": NOW.date(), "told_by": "The head", "words": "He rang and asked."}
    mother = str(referral.household.get().pk)
    actions.record_told(referral=referral, about=mother, **said, by=world.by("teacher"), now=LATER)
    rows = OutboxRow.objects.filter(references__template="told_although_door")
    assert {str(row.references["person_id"]) for row in rows} == ids(world.screener, world.worker, world.head)


class TestNobodyLooksAtWhatWasAdded:
    """The unread alarm of what was added: its times are those of what nobody opens at all."""

    @pytest.fixture(autouse=True)
    def an_hour(self, settings):
        settings.UNREAD_ALARM = HOUR

    @pytest.fixture
    def intake(self, world: World):
        """Urgent, claimed and opened by the screener, who has left since."""
        intake = claimed(world, urgent(world))
        routing.mark_read(intake=intake, by=world.by("screener"), now=NOW)
        routing.note_opening(intake=intake, by=world.by("screener"), now=NOW + HOUR)
        return intake

    def add(self, world: World, intake: Intake, at) -> None:
        actions.add_addendum(referral=intake.referral, text="He hurt her.", by=world.by("teacher"), now=at)

    def unread(self) -> dict[str, set[str]]:
        rows = OutboxRow.objects.filter(references__template__startswith="addition_unread")
        found: dict[str, set[str]] = {}
        for row in rows:
            found.setdefault(str(row.references["template"]), set()).add(str(row.references["person_id"]))
        return found

    def test_the_author_the_desk_and_the_managers_hear_of_it_once_by_night_too(self, world: World, intake: Intake):
        self.add(world, intake, EVENING)
        late = EVENING + HOUR
        assert routing.raise_unseen_alarms(now=late - timedelta(seconds=1)) == 0
        assert [routing.raise_unseen_alarms(now=late) for _ in range(2)] == [1, 0]
        assert self.unread() == {
            "addition_unread": ids(world.teacher, world.dsl, world.deputy),
            "addition_unread_here": ids(world.head),
        }
        alarm = Alarm.objects.get(kind="added")
        assert alarm.addendum is not None
        assert (alarm.addendum.number, alarm.raised_at) == (1, late)

    def test_what_is_added_after_an_alarm_raises_another(self, world: World, intake: Intake):
        self.add(world, intake, EVENING)
        self.add(world, intake, EVENING + HOUR / 2)
        assert routing.raise_unseen_alarms(now=EVENING + HOUR) == 1
        assert routing.raise_unseen_alarms(now=EVENING + 9 * HOUR) == 0
        self.add(world, intake, EVENING + 10 * HOUR)
        assert routing.raise_unseen_alarms(now=EVENING + 11 * HOUR) == 1

    def test_whoever_of_the_team_looks_at_it_ends_it(self, world: World, intake: Intake):
        self.add(world, intake, EVENING)
        routing.note_opening(intake=intake, by=world.by("worker"), now=EVENING + HOUR / 2)
        assert routing.raise_unseen_alarms(now=EVENING + 30 * HOUR) == 0

    def test_by_night_too_where_the_referral_was_routine(self, world: World):
        """Until somebody reads it, what was added may be danger."""
        intake = claimed(world, routine(world))
        routing.note_opening(intake=intake, by=world.by("screener"), now=NOW)
        self.add(world, intake, EVENING)
        assert routing.raise_unseen_alarms(now=EVENING + HOUR - timedelta(seconds=1)) == 0
        assert routing.raise_unseen_alarms(now=EVENING + HOUR) == 1

    def test_what_nobody_ever_opened_has_its_own_alarm_first(self, world: World):
        intake = delivered(world, urgent(world))
        self.add(world, intake, NOW + HOUR / 2)
        assert routing.raise_unseen_alarms(now=NOW + 3 * HOUR) == 0
        assert routing.raise_alarms(now=NOW + 3 * HOUR) == 1
        self.add(world, intake, NOW + 4 * HOUR)
        assert routing.raise_unseen_alarms(now=NOW + 5 * HOUR) == 1

    def test_a_desk_that_may_be_what_it_is_about_hears_nothing(self, world: World):
        intake = claimed(world, urgent(world, desk={"about_desk": "yes"}))
        routing.note_opening(intake=intake, by=world.by("screener"), now=NOW)
        self.add(world, intake, EVENING)
        assert routing.raise_unseen_alarms(now=EVENING + HOUR) == 1
        assert self.unread()["addition_unread"] == ids(world.teacher)

    def test_its_writer_and_the_desk_see_that_it_is_not_read(self, world: World, intake: Intake):
        self.add(world, intake, EVENING)
        pages = ((world.teacher, "referral"), (world.dsl, "review:referral"))
        for person, name in pages:
            page = signed_in(person).get(reverse(name, args=[intake.referral_id])).content.decode()
            assert f"Not read yet at {intake.door_name}." in page
        routing.note_opening(intake=intake, by=world.by("head"), now=EVENING + HOUR)
        for person, name in pages:
            page = signed_in(person).get(reverse(name, args=[intake.referral_id])).content.decode()
            assert "He hurt her." in page
            assert "Not read yet" not in page


def test_each_is_led_to_the_page_of_their_own_side(world: World):
    intake = claimed(world, urgent(world))
    actions.add_addendum(referral=intake.referral, text="Her arm is broken.", by=world.by("teacher"), now=LATER)
    rows = OutboxRow.objects.filter(references__template__startswith="added_to")
    sides = {row.references["person_id"]: row.references["template"] for row in rows}
    assert sides[str(world.screener.pk)] == "added_to_here"
    assert sides[str(world.dsl.pk)] == "added_to"


@pytest.mark.parametrize(
    "name", [*SUBJECTS, "intake_arrived", "intake_unread", "intake_unread_here", "addition_unread"]
)
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
