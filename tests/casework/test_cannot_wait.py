"""Harm learned while a routine referral waits for its approval: it is sent at once, as urgent."""

from typing import Any

import pytest
from django.urls import reverse

from accounts import clock
from audit.domain.refusal import Refusal
from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.casework.models import ApprovalAnswer
from referrals.record import actions as records
from referrals.record.models import Addendum, Referral
from referrals.routing.models import Intake
from tests.casework.support import LATER, NOW, World, refused, routine, submit, verbs
from tests.desks import signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


def waiting(world: World) -> Referral:
    """A routine referral that waits for the desk."""
    world.wants_approval()
    referral = routine(world)
    submit(world, referral)
    referral.refresh_from_db()
    return referral


def check_gone_as_urgent(referral: Referral) -> None:
    referral.refresh_from_db()
    assert (referral.state, referral.urgent, referral.urgent_because) == ("sent", True, ["cannot_wait"])
    assert Intake.objects.filter(referral=referral).exists()
    assert not Intake.objects.filter(referral=referral, urgent=False).exists()


@pytest.mark.parametrize("who", ["teacher", "dsl", "deputy"])
def test_its_author_and_the_desk_send_it_as_urgent(world: World, who):
    referral = waiting(world)
    actions.send_without_waiting(referral=referral, by=world.by(who), now=LATER)
    check_gone_as_urgent(referral)
    answer = ApprovalAnswer.objects.get()
    assert (answer.answer, answer.by) == ("lapsed", getattr(world, who))
    assert set(verbs(referral.pk)) >= {"referral.cannot_wait", "approval.lapse", "referral.send"}
    told = OutboxRow.objects.filter(references__template="sent_urgent").values_list("references__person_id", flat=True)
    assert set(told) == {str(one.pk) for one in (world.teacher, world.dsl, world.deputy)} - {
        str(getattr(world, who).pk)
    }
    with pytest.raises(Refusal):
        actions.approve(referral=referral, by=world.by("dsl"), now=LATER)
    with refused("It has been sent"):
        actions.send_without_waiting(referral=referral, by=world.by("teacher"), now=LATER)


@pytest.mark.parametrize("who", ["colleague", "manager", "stranger", "screener", "worker", "head", "elsewhere"])
def test_nobody_else_does(world: World, who):
    referral = waiting(world)
    with pytest.raises(Refusal):
        actions.send_without_waiting(referral=referral, by=world.by(who), now=LATER)
    referral.refresh_from_db()
    assert (referral.state, referral.urgent) == ("submitted", False)
    assert not ApprovalAnswer.objects.exists()


def test_a_draft_is_submitted_instead(world: World):
    with refused("has not been submitted yet"):
        actions.send_without_waiting(referral=routine(world), by=world.by("teacher"), now=LATER)


def test_the_page_of_what_was_learned_sends_it_too(world: World):
    referral = waiting(world)
    browser: Any = signed_in(world.teacher)
    add = reverse("journey:addendum", args=[referral.pk])
    assert "It can't wait: send it now" in text_of(browser.get(add))
    answer = browser.post(add, {"words": "Her arm is broken.", "send_now": "on"})
    assert answer.url == reverse("referral", args=[referral.pk])
    check_gone_as_urgent(referral)
    assert Addendum.objects.filter(referral=referral).exists()
    assert "It can't wait" not in text_of(browser.get(add))


def test_its_own_page_has_the_button_while_it_waits(world: World):
    referral = waiting(world)
    browser: Any = signed_in(world.teacher)
    own, send = reverse("referral", args=[referral.pk]), reverse("journey:send_now", args=[referral.pk])
    assert f'action="{send}"' in browser.get(own).content.decode()
    assert browser.post(send).url == own
    check_gone_as_urgent(referral)
    page = browser.get(own).content.decode()
    assert f'action="{send}"' not in page
    assert "had not answered when Asha Pryor ended the wait" in page


def test_the_desk_reads_what_was_added_before_it_answers(world: World):
    referral = waiting(world)
    records.add_addendum(referral=referral, text="Her arm is broken.", by=world.by("teacher"), now=NOW)
    browser: Any = signed_in(world.dsl)
    page = text_of(browser.get(reverse("review:referral", args=[referral.pk])))
    assert "Added since it was submitted" in page
    assert "Her arm is broken." in page
