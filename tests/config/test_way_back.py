"""Where the page of a refusal leads back to."""

import pytest
from django.urls import reverse

from accounts import clock
from audit.models import Entry
from tests.casework.support import LATER, World, claimed, delivered, routine, urgent
from tests.desks import signed_in


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.fixture
def world(db: None) -> World:
    """A school, a front door and their people."""
    return World.made()


def test_a_refusal_leads_back_to_the_referral_that_the_person_may_read(world: World):
    intake = claimed(world, routine(world))
    address = reverse("review:disagree", args=[intake.referral_id, intake.pk])
    answer = signed_in(world.dsl).get(address)
    assert answer.status_code == 403
    assert f'href="{reverse("referral", args=[intake.referral_id])}"' in answer.text
    assert "Go back to the page of this record" in answer.text


def test_a_refusal_at_the_front_door_leads_back_to_its_own_page_of_it(world: World):
    intake = claimed(world, routine(world))
    child = intake.referral.children.get().pk
    answer = signed_in(world.screener).get(reverse("triage:decide_child", args=[intake.pk, child]))
    assert answer.status_code == 403
    assert f'href="{reverse("triage:intake", args=[intake.pk])}"' in answer.text


def test_a_refused_list_leads_home_and_nothing_is_recorded_as_read_by_the_link(world: World):
    answer = signed_in(world.teacher).get(reverse("review:desk"))
    assert answer.status_code == 403
    assert "Go back" not in answer.text
    assert "Go to “" not in answer.text
    referral = urgent(world)
    delivered(world, referral)
    read = Entry.objects.filter(verb="referral.read").count()
    assert signed_in(world.teacher).get(reverse("review:referral", args=[referral.pk])).status_code == 403
    assert Entry.objects.filter(verb="referral.read").count() == read + 1, "the page itself, and not the link"


def test_somebody_who_may_not_read_it_gets_no_link_to_it(world: World):
    intake = claimed(world, routine(world))
    answer = signed_in(world.stranger).get(reverse("review:disagree", args=[intake.referral_id, intake.pk]))
    assert answer.status_code == 404
    assert reverse("referral", args=[intake.referral_id]) not in answer.text
