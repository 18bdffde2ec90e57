"""Ringing first, once it is sent: a task of the writers', with who rang, whom, when and the advice; its clock."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts import clock
from referrals.casework import actions as casework
from referrals.casework.domain.facts.later import called_later, rang_in
from referrals.record import actions as records
from referrals.record.models import Referral
from referrals.routing import actions as routing
from referrals.routing.models import Clock, Intake
from tests.casework.support import AREA, LATER, NOW, World, refused, save, submit, urgent
from tests.desks import signed_in, text_of

pytestmark = pytest.mark.django_db

RANG = {
    "rang": "yes",
    "rang_whom": "Family Connect, the duty worker",
    "rang_by": "The head of year",
    "rang_on": "2026-11-16",
    "rang_at": "11:30",
    "rang_advice": "To keep her at school.",
}


def shown(answer: Any) -> str:
    """The page that was answered, with every run of white space as one space."""
    return text_of(answer)


def first_facts(world: World, **rang: Any) -> Referral:
    """Sent with the first facts, because it could not wait; nobody had rung."""
    by = world.by("teacher")
    referral = records.start_referral(kind="send_now", by=by, now=NOW)
    save(referral, "desk", by, about_desk="no")
    child = records.add_child(referral=referral, by=by, now=NOW)
    about = {"given_names": "Robin", "family_name": "Vale", "harm": "suspected", "home_area": AREA}
    save(referral, "child-about", by, child.pk, **about)
    save(referral, "worry", by, worry="She is afraid to go home.")
    save(referral, "ring-first", by, **(rang or {"rang": "no"}))
    submit(world, referral)
    return Referral.objects.get(pk=referral.pk)


def written(referral: Referral) -> Clock:
    """The clock of the written form after the call."""
    return Clock.objects.get(referral=referral, intake=None, deadline="tw-form-after-call")


def record_call(world: World, referral: Referral, **answers: str) -> None:
    given = {**RANG, **answers}
    casework.add_page_addendum(referral=referral, page="ring-first", answers=given, by=world.by("teacher"), now=LATER)


@pytest.fixture(autouse=True)
def _at_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


def test_it_stands_as_a_task_until_somebody_was_reached(world: World):
    referral = first_facts(world)
    browser, address = signed_in(world.teacher), reverse("referral", args=[referral.pk])
    page = shown(browser.get(address))
    assert "Nobody has recorded a call yet." in page
    assert reverse("journey:add_page", args=[referral.pk, "ring-first"]) in page
    record_call(world, referral, rang="tried", rang_advice="")
    assert "Nobody has been reached yet. Ring again." in shown(browser.get(address))
    record_call(world, referral)
    page = shown(browser.get(address))
    assert "Nobody has" not in page
    for words in ("Family Connect, the duty worker", "The head of year", "To keep her at school."):
        assert words in page


def test_a_call_that_was_recorded_before_sending_is_no_task(world: World):
    referral = first_facts(world, **{**RANG, "rang_at": "09:30"})
    page = shown(signed_in(world.teacher).get(reverse("referral", args=[referral.pk])))
    assert "Nobody has recorded a call" not in page
    assert "The head of year" in page


def test_the_written_form_is_due_from_the_call(world: World):
    referral = first_facts(world)
    before = written(referral)
    assert before.started_at == NOW
    record_call(world, referral)
    after = written(referral)
    assert after.started_at == NOW + timedelta(hours=1, minutes=30)
    assert after.due_at >= before.due_at


@pytest.mark.parametrize("answers", [{"rang": "tried"}, {"rang": "no"}, {"rang_on": "2026-11-30"}])
def test_what_is_no_call_yet_moves_no_clock(answers: dict[str, str], world: World):
    referral = first_facts(world)
    record_call(world, referral, **answers)
    assert written(referral).started_at == NOW


def test_done_stops_it_and_a_later_call_starts_it_no_more(world: World):
    referral = first_facts(world)
    browser = signed_in(world.teacher)
    deadline = written(referral).deadline
    assert browser.post(reverse("journey:discharge", args=[referral.pk, deadline])).status_code == 302
    stopped = written(referral)
    assert stopped.stopped_at == LATER
    record_call(world, referral)
    assert written(referral).started_at == NOW
    assert "Done in time" in shown(browser.get(reverse("referral", args=[referral.pk])))


def test_a_front_door_has_no_tasks_of_the_writers(world: World):
    referral = first_facts(world)
    for intake in Intake.objects.filter(referral=referral):
        routing.arrive(intake_id=intake.pk, now=NOW)
    browser = signed_in(world.screener)
    assert "Yours to do" not in shown(browser.get(reverse("referral", args=[referral.pk])))
    with refused("Only"):
        casework.discharge(referral=referral, deadline="x", by=world.by("screener"), now=LATER)


def test_a_known_case_of_fgm_is_reported_straight_away_and_no_page_names_a_day_to_aim_for(world: World):
    referral, browser = urgent(world), signed_in(world.teacher)
    save(referral, "circumstances", world.by("teacher"), referral.children.get().pk, circumstances=["fgm"])
    plan = shown(browser.get(reverse("journey:plan", args=[referral.pk])))
    assert "the regulated professional themself: straight away." in plan
    assert "One month is the last lawful day" in plan
    assert "on 101 or in writing" in plan
    submit(world, referral)
    mine = shown(browser.get(reverse("referral", args=[referral.pk])))
    assert "Report a known case of FGM to the police: <strong>straight away</strong>" in mine
    assert "Do it now" in mine
    assert "Not due yet" not in mine.partition('id="own"')[2].partition("<h2")[0]


@pytest.mark.parametrize("page", ["journey:sharing", "journey:check"])
def test_first_facts_tell_nobody_at_home_while_nobody_has_answered_whether_telling_is_a_risk(world: World, page):
    by = world.by("teacher")
    referral = records.start_referral(kind="send_now", by=by, now=NOW)
    save(referral, "desk", by, about_desk="no")
    child = records.add_child(referral=referral, by=by, now=NOW)
    save(referral, "child-about", by, child.pk, given_names="Robin", harm="suspected", home_area=AREA)
    save(referral, "worry", by, worry="Dad touches her.", family_told="no")
    said = shown(signed_in(world.teacher).get(reverse(page, args=[referral.pk])))
    assert "is told as soon as possible" not in said
    if page == "journey:sharing":
        assert "must not be told until the front door says so" in said


def test_pages_that_tell_of_no_call():
    assert rang_in([]) is None
    assert rang_in([{"key": "harm", "questions": []}]) is None
    assert rang_in([{"key": "ring-first", "questions": []}]) is None
    assert called_later({"words": "She rang."}) is None
