"""The pages of handing on: the sender's, the other front door's, and what the writer reads."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts import clock
from consent.actions import Saying
from consent.domain.facts import Said
from referrals.casework import actions as casework
from referrals.routing import actions as routing
from referrals.routing.models import Transfer, TransferAnswer
from tests.casework.handing import WHY, There, made_there, offer
from tests.casework.support import LATER, World, child_of, claimed, opened, routine
from tests.desks import signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(world: World) -> There:
    """The front door of another area, which receives through this system too."""
    return made_there()


def shown(answer: Any) -> str:
    """The page that was answered, with every run of white space as one space."""
    return text_of(answer)


def test_the_pages_of_both_desks_and_of_the_writer(world: World, there: There):
    intake = claimed(world, routine(world, children=2))
    here, other = signed_in(world.worker), signed_in(there.worker)
    address = reverse("triage:hand_on", args=[intake.pk])
    assert f'href="{address}"' in shown(here.get(reverse("triage:intake", args=[intake.pk])))
    page = shown(here.get(address))
    assert "Their door, Wakefield" in page
    assert " checked" not in page
    answer = here.post(address, {"why": ""})
    assert "Choose the front door" in shown(answer)
    first = child_of(intake.referral, 1)
    sent = {"to": there.team.pk, "children": [str(first.pk)], "reason": "other_area", "why": WHY}
    assert here.post(address, sent).status_code == 302
    transfer = Transfer.objects.get()
    routing.arrive(intake_id=transfer.offered.pk, now=LATER)
    page = shown(here.get(reverse("triage:intake", args=[intake.pk])))
    assert "It is yours until they accept" in page
    queue = shown(other.get(reverse("triage:queue")))
    assert f"Accept or refuse {intake.referral.reference}" in queue
    assert "Robin 0 Vale" not in queue
    page = shown(other.get(reverse("triage:intake", args=[transfer.offered.pk])))
    assert WHY in page
    choice = page.split("Accept it", 1)[1].split("Refuse it", 1)[0]
    assert "govuk-heading" not in choice, "both answers stand together"
    assert f'href="{reverse("triage:refuse", args=[transfer.offered.pk])}"' in choice
    assert 'id="next"' not in page, "nothing else is to be done before"
    writer = shown(signed_in(world.teacher).get(reverse("referral", args=[intake.referral_id])))
    assert "Not answered yet" in writer
    assert WHY in writer
    assert other.post(reverse("triage:accept", args=[transfer.offered.pk])).status_code == 302
    writer = shown(signed_in(world.teacher).get(reverse("referral", args=[intake.referral_id])))
    assert "has accepted it" in writer
    page = shown(other.get(reverse("triage:intake", args=[transfer.offered.pk])))
    assert "its times count from then" in page


def test_what_was_handed_over_says_that_its_times_run_on_and_not_that_they_were_kept(world: World, there: There):
    intake = claimed(world, routine(world))
    offered = offer(world, intake, there)
    casework.accept_transfer(intake=offered, by=there.by("worker"), now=LATER)
    page = shown(signed_in(world.worker).get(reverse("triage:intake", args=[intake.pk])))
    assert page.count("Runs on elsewhere") == intake.clocks.count() > 1
    assert "Done in time" not in page
    assert "Another front door</dd>" in page
    assert "Handed over to another front door." in page
    other = shown(signed_in(there.worker).get(reverse("triage:intake", args=[offered.pk])))
    assert "handed over to another front door. Opened by" in other


def test_accepting_pressed_twice_is_accepting_once(world: World, there: There):
    intake = claimed(world, routine(world))
    offered = offer(world, intake, there)
    browser, address = signed_in(there.worker), reverse("triage:intake", args=[offered.pk])
    for _ in range(2):
        assert browser.post(reverse("triage:accept", args=[offered.pk]))["Location"] == address
    assert TransferAnswer.objects.count() == 1
    assert signed_in(there.screener).post(reverse("triage:accept", args=[offered.pk])).status_code == 403


def test_where_nobody_is_left_to_hand_on_both_pages_say_so_before_anything_is_typed(world: World, there: There):
    intake = claimed(world, routine(world, children=2))
    offer(world, intake, there)
    for page in ("hand_on", "hand_on_by_phone"):
        answer = signed_in(world.worker).get(reverse(f"triage:{page}", args=[intake.pk]))
        assert answer.status_code == 403
        assert "Take the offer back to hand them on elsewhere." in shown(answer)


def test_the_page_of_the_phone(world: World):
    intake = claimed(world, routine(world))
    browser = signed_in(world.worker)
    address = reverse("triage:hand_on_by_phone", args=[intake.pk])
    page = shown(browser.get(address))
    assert "Ring first" in page
    above, asked = page.split("<main", 1)
    # The front door's own number stands on top, as on every page: it is none to hand on to.
    assert ("Ring Family Connect" in above, "Ring Family Connect" in asked) == (True, False)
    given = {
        "door_name": "Faraway Council",
        "spoke_to": "Mx Hope",
        "taken": "yes",
        "said": "By secure e-mail.",
        "reason": "other_area",
        "why": WHY,
    }
    assert browser.post(address, given).status_code == 302
    intake.refresh_from_db()
    assert intake.state == "transferred"
    writer = shown(signed_in(world.teacher).get(reverse("referral", args=[intake.referral_id])))
    assert "rang Faraway Council (Mx Hope)" in writer
    assert "Faraway Council has it, outside this system" in writer
    teacher = signed_in(world.teacher)
    assert reverse("journey:withdraw", args=[intake.referral_id]) not in writer
    assert "outside this system" in shown(teacher.get(reverse("journey:withdraw", args=[intake.referral_id])))
    added = teacher.post(
        reverse("journey:addendum", args=[intake.referral_id]), {"words": "Her arm is broken."}, follow=True
    )
    assert "What you wrote has been added. Faraway Council has it, outside this system: ring them" in shown(added)
    assert "Her arm is broken." in shown(browser.get(reverse("triage:intake", args=[intake.pk])))


def test_who_refused_or_handed_it_over_is_asked_nothing_more(world: World, there: There):
    intake = claimed(world, routine(world))
    address = reverse("triage:intake", args=[intake.pk])
    casework.withdraw_request(referral=intake.referral, why="Twice.", by=world.by("teacher"), now=LATER)
    asked = ("Say whether the family may be told", "Answer the request to withdraw")
    assert all(one in shown(signed_in(world.worker).get(address)) for one in asked)
    refused_it = offer(world, intake, there)
    casework.refuse_transfer(intake=refused_it, why="Not ours.", by=there.by("worker"), now=LATER)
    accepted = offer(world, intake, there)
    casework.accept_transfer(intake=accepted, by=there.by("worker"), now=LATER)
    for who, row in ((there.worker, refused_it), (world.worker, intake)):
        page = shown(signed_in(who).get(reverse("triage:intake", args=[row.pk])))
        assert not any(one in page for one in asked)
    page = shown(signed_in(there.worker).get(reverse("triage:intake", args=[accepted.pk])))
    assert all(one in page for one in asked)


def test_who_did_not_take_it_on_reads_nothing_that_comes_later(world: World, there: There):
    intake = claimed(world, routine(world))
    referral, by = intake.referral, world.by("teacher")
    casework.add_addendum(referral=referral, text="Her aunt rang.", by=by, now=LATER - timedelta(minutes=5))
    offered = offer(world, intake, there)
    casework.refuse_transfer(intake=offered, why="Not ours.", by=there.by("worker"), now=LATER)
    later = LATER + timedelta(hours=1)
    casework.add_addendum(referral=referral, text="Her arm is broken.", by=by, now=later)
    saying = Saying(said=Said.WITHDRAWN, words="Not any more.")
    casework.say_agreement(referral=referral, person_id=referral.household.get().pk, saying=saying, by=by, now=later)
    here = shown(signed_in(world.worker).get(reverse("triage:intake", args=[intake.pk])))
    assert all(one in here for one in ("Her aunt rang.", "Her arm is broken.", "Not any more."))
    other = signed_in(there.worker)
    for address in (reverse("triage:intake", args=[offered.pk]), reverse("referral", args=[referral.pk])):
        page = shown(other.get(address))
        assert "Her aunt rang." in page
        assert "Her arm is broken." not in page
        assert "Not any more." not in page


def test_on_every_page_who_let_go_of_it_reads_nothing_that_was_said_later(world: World, there: There, monkeypatch):
    intake = claimed(world, routine(world))
    early = casework.request_information(intake=intake, text="Who collects?", by=world.by("worker"), now=LATER)
    gone = LATER + timedelta(hours=1)
    taken = offer(world, intake, there)
    casework.accept_transfer(intake=taken, by=there.by("screener"), now=gone)
    later, by = gone + timedelta(hours=1), there.by("worker")
    casework.answer_information(message=early, text="Her aunt.", by=world.by("teacher"), now=later)
    held = routing.claim(intake=taken, by=by, now=later)
    asked = casework.request_information(intake=held, text="Which aunt?", by=by, now=later)
    casework.answer_information(message=asked, text="The elder.", by=world.by("teacher"), now=later)
    casework.rule_on_telling(intake=held, may_tell=False, why="He would flee.", by=by, now=later)
    casework.withdraw_request(referral=intake.referral, why="A mistake.", by=world.by("teacher"), now=later)
    casework.decide(
        intake=opened(held, by, at=later),
        child=child_of(intake.referral),
        outcome="assessment",
        rationale="Neglect that goes on.",
        next_step="A visit.",
        by=by,
        now=later,
    )
    casework.disagree(intake=held, grounds="Not enough.", by=world.by("dsl"), now=later)
    said = ("Her aunt.", "Which aunt?", "The elder.", "He would flee.", "A mistake.", "A visit.", "Not enough.")
    monkeypatch.setattr(clock, "now", lambda: later + timedelta(hours=1))
    here, has_it, at = signed_in(world.worker), signed_in(there.worker), [intake.referral_id]
    own = shown(here.get(reverse("referral", args=at)))
    assert "Your front door no longer has it." in own
    assert "Who collects?" in own
    assert "Do not tell the family" in own, "what has come since may forbid it"
    pages = [
        own,
        *(shown(here.get(reverse(f"journey:{name}", args=at))) for name in ("telling", "agreement", "decisions")),
        shown(here.get(reverse("triage:intake", args=[intake.pk]))),
    ]
    for page in pages:
        assert not [words for words in said if words in page]
    theirs = shown(has_it.get(reverse("referral", args=at)))
    assert not [words for words in said if words not in theirs]
    assert "Who collects?" in theirs


def test_an_heir_of_one_sibling_reads_what_was_asked_about_both_and_nothing_asked_since(world: World, there: There):
    intake = claimed(world, routine(world, children=2))
    before = casework.request_information(intake=intake, text="Who collects?", by=world.by("worker"), now=LATER)
    taken = offer(world, intake, there, children=[child_of(intake.referral, 2).pk])
    gone = LATER + timedelta(hours=1)
    casework.accept_transfer(intake=taken, by=there.by("screener"), now=gone)
    casework.answer_information(message=before, text="Her aunt.", by=world.by("teacher"), now=gone)
    after = gone + timedelta(minutes=1)
    casework.request_information(intake=intake, text="Does Robin sleep?", by=world.by("worker"), now=after)
    for address in (reverse("referral", args=[intake.referral_id]), reverse("triage:intake", args=[taken.pk])):
        page = shown(signed_in(there.worker).get(address))
        assert "Who collects?" in page
        assert "Her aunt." in page
        assert "Does Robin sleep?" not in page
