"""What is new on an intake since somebody last had it open: in the queue and on its page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from referrals.casework import actions as casework
from referrals.routing.models import Intake
from tests.casework.support import LATER, World, claimed, decided, delivered, routine, urgent
from tests.desks import text_of

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
QUEUE = "/queue/"


def page_of(intake: Intake) -> str:
    return reverse("triage:intake", args=[intake.pk])


def add(world: World, intake: Intake) -> None:
    casework.add_addendum(referral=intake.referral, text="Her arm is broken.", by=world.by("teacher"), now=LATER + HOUR)


def answer(world: World, intake: Intake) -> None:
    asked = casework.request_information(intake=intake, text="Who collects?", by=world.by("screener"), now=LATER)
    casework.answer_information(message=asked, text="Kim does.", by=world.by("teacher"), now=LATER + HOUR)


def withdraw(world: World, intake: Intake) -> None:
    casework.withdraw_request(referral=intake.referral, why="Sent twice.", by=world.by("teacher"), now=LATER + HOUR)


def close(world: World, intake: Intake) -> None:
    casework.close_to_desk(referral=intake.referral, why="About the lead.", by=world.by("teacher"), now=LATER + HOUR)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Sets the pages' clock, counted from `LATER`."""
    return lambda passed: monkeypatch.setattr(clock, "now", lambda: LATER + passed)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (add, "something was added"),
        (answer, "a question was answered"),
        (withdraw, "the referrer asks to withdraw"),
        (close, "somebody must not see it"),
    ],
)
def test_what_the_referrer_did_is_marked_until_it_was_seen(act, words, at, world: World, browse):
    intake = claimed(world, urgent(world))
    browser = browse("screener")
    browser.get(page_of(intake))
    assert "New since" not in text_of(browser.get(QUEUE))
    act(world, intake)
    at(2 * HOUR)
    browser = browse("screener")
    assert f"New since it was opened: {words}." in text_of(browser.get(QUEUE))
    page = text_of(browser.get(page_of(intake)))
    assert f"Since you opened it on 16 November, 12:00: {words}." in page
    assert page.count("New</strong>") == (0 if act is close else 1)
    assert "New since" not in text_of(browser.get(QUEUE))


def test_a_contested_decision_is_new_to_who_decided_it(at, world: World, browse):
    intake = decided(world, routine(world))
    browse("worker").get(page_of(intake))
    casework.disagree(intake=intake, grounds="Not weighed.", by=world.by("dsl"), now=LATER + HOUR)
    at(2 * HOUR)
    assert "New since it was opened: the decision is contested." in text_of(browse("worker").get(QUEUE))


def test_the_same_visit_keeps_its_marks_and_the_next_one_drops_them(at, world: World, browse):
    intake = claimed(world, urgent(world))
    browse("screener").get(page_of(intake))
    add(world, intake)
    for passed, marked in ((2 * HOUR, True), (2 * HOUR + timedelta(minutes=5), True), (3 * HOUR, False)):
        at(passed)
        assert ("Since you opened it" in text_of(browse("screener").get(page_of(intake)))) is marked


def test_each_has_their_own_marks_and_who_never_opened_it_the_teams(at, world: World, browse):
    intake = claimed(world, urgent(world))
    browse("screener").get(page_of(intake))
    add(world, intake)
    at(2 * HOUR)
    assert "New since" in text_of(browse("worker").get(QUEUE))
    browse("worker").get(page_of(intake))
    assert "New since" not in text_of(browse("worker").get(QUEUE))
    assert "New since" in text_of(browse("screener").get(QUEUE))


def test_what_nobody_has_opened_is_unread_and_not_new(world: World, browse):
    intake = delivered(world, urgent(world))
    add(world, intake)
    queue = text_of(browse("screener").get(QUEUE))
    assert "Unread" in queue
    assert "New since" not in queue


def test_the_queue_takes_as_many_queries_for_many_as_for_one(world: World, browse):
    browser, counts = browse("screener"), []
    for number in (1, 2):
        for _ in range(number):
            intake = claimed(world, urgent(world))
            browser.get(page_of(intake))
            add(world, intake)
        browser.get(QUEUE)
        with CaptureQueriesContext(connection) as captured:
            browser.get(QUEUE)
        counts.append(len(captured))
    assert counts[0] == counts[1]
