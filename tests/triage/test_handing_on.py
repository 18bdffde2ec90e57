"""The pages of handing on: the sender's, the other front door's, and what the writer reads."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from consent.actions import Saying
from consent.domain.facts import Said
from referrals.casework import actions as casework
from referrals.routing import actions as routing
from referrals.routing.models import Transfer
from tests.casework.handing import WHY, There, made_there, offer
from tests.casework.support import LATER, World, child_of, claimed, routine
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
    assert "Accept it" in page
    writer = shown(signed_in(world.teacher).get(reverse("referral", args=[intake.referral_id])))
    assert "Not answered yet" in writer
    assert WHY in writer
    assert other.post(reverse("triage:accept", args=[transfer.offered.pk])).status_code == 302
    writer = shown(signed_in(world.teacher).get(reverse("referral", args=[intake.referral_id])))
    assert "has accepted it" in writer
    page = shown(other.get(reverse("triage:intake", args=[transfer.offered.pk])))
    assert "its times count from then" in page


def test_the_page_of_the_phone(world: World):
    intake = claimed(world, routine(world))
    browser = signed_in(world.worker)
    address = reverse("triage:hand_on_by_phone", args=[intake.pk])
    assert "Ring first" in shown(browser.get(address))
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
