"""What comes in while somebody's page stands open: nobody decides over it unseen."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts import clock
from consent.actions import Saying
from consent.domain.facts import Said
from consent.selectors import family_held_back
from referrals.casework import actions
from referrals.casework.models import Decision
from referrals.casework.selectors import unread_by
from referrals.record.models import Referral
from referrals.routing import actions as routing
from referrals.routing.models import Intake, Opening
from tests.casework.support import LATER, NOW, World, child_of, claimed, decided, delivered, refused, routine, settled
from tests.desks import signed_in, text_of

pytestmark = pytest.mark.django_db

CAME = LATER + timedelta(minutes=5)
THEN = LATER + timedelta(minutes=10)
NEVER_OPENED = "You have not opened the page of it yet."
UNREAD = "Something came in since you opened the page of it."


def open_page(world: World, intake: Intake, at: datetime = LATER) -> None:
    routing.note_opening(intake=intake, by=world.by("worker"), now=at)


def add(world: World, referral: Referral) -> None:
    actions.add_addendum(referral=referral, text="He hit her again today.", by=world.by("teacher"), now=CAME)


def decide(world: World, intake: Intake) -> Decision:
    said = {"outcome": "no_further_action", "rationale": "Nothing new.", "next_step": "None."}
    return actions.decide(intake=intake, child=child_of(intake.referral), by=world.by("worker"), now=THEN, **said)


def close(world: World, intake: Intake) -> object:
    return actions.close(intake=intake, by=world.by("worker"), now=THEN)


def let_tell(world: World, intake: Intake) -> object:
    return actions.rule_on_telling(intake=intake, may_tell=True, why="It is safe.", by=world.by("worker"), now=THEN)


def let_go(world: World, intake: Intake) -> object:
    request = intake.referral.withdrawal_requests.get()
    return actions.answer_withdrawal(request=request, accept=True, reasons="Twice.", by=world.by("worker"), now=THEN)


def asked_back(world: World, referral: Referral) -> Intake:
    intake = claimed(world, referral)
    actions.withdraw_request(referral=referral, why="Sent twice.", by=world.by("teacher"), now=LATER)
    return intake


@pytest.mark.parametrize(
    ("reach", "act"), [(claimed, decide), (decided, close), (claimed, let_tell), (asked_back, let_go)]
)
def test_nobody_decides_over_what_came_in_while_their_page_stood_open(
    reach: Callable[[World, Referral], Intake], act: Callable[[World, Intake], object], world: World
):
    intake = reach(world, routine(world))
    open_page(world, intake)
    add(world, intake.referral)
    with refused(UNREAD):
        act(world, intake)
    open_page(world, intake, at=CAME + timedelta(seconds=1))
    act(world, intake)


def test_a_yes_does_not_free_what_its_speaker_has_not_read(world: World):
    """The copy for the family stays held back by what was added while the yes was typed."""
    intake = claimed(world, settled(world))
    open_page(world, intake)
    assert family_held_back(intake.referral) is None
    add(world, intake.referral)
    with refused(UNREAD):
        let_tell(world, intake)
    assert family_held_back(intake.referral) is not None
    actions.rule_on_telling(intake=intake, may_tell=False, why="Wait.", by=world.by("worker"), now=THEN)


def test_what_waited_while_somebody_ruled_comes_after_it(world: World):
    """Its request came before the ruling; whoever ruled didn't see it."""
    intake = claimed(world, settled(world))
    open_page(world, intake, at=CAME)
    let_tell(world, intake)
    add(world, intake.referral)
    ruling, added = intake.referral.telling_rulings.get(), intake.referral.addenda.get()
    assert added.at > ruling.at == THEN
    assert family_held_back(intake.referral) is not None


@pytest.mark.parametrize("what", ["words", "agreement", "answer", "advice"])
def test_what_waited_while_somebody_opened_the_page_is_unread(world: World, what: str):
    intake = claimed(world, routine(world))
    message = actions.request_information(intake=intake, text="Who?", by=world.by("worker"), now=NOW)
    open_page(world, intake, at=THEN)
    by, referral = world.by("teacher"), intake.referral
    if what == "words":
        add(world, referral)
    elif what == "agreement":
        saying, mother = Saying(said=Said.WITHDRAWN, words="Not any more."), referral.household.get()
        actions.say_agreement(referral=referral, person_id=mother.pk, saying=saying, by=by, now=CAME)
    elif what == "answer":
        actions.answer_information(message=message, text="The uncle.", by=by, now=CAME)
    else:
        actions.advise(referral=referral, text="The father has threatened her.", by=world.by("dsl"), now=CAME)
    assert unread_by([intake], world.by("worker"), telling=True)


def test_what_is_the_agencys_own_bears_on_telling_alone(world: World):
    intake = claimed(world, routine(world))
    open_page(world, intake)
    actions.advise(referral=intake.referral, text="The father has threatened her.", by=world.by("dsl"), now=CAME)
    with refused(UNREAD):
        let_tell(world, intake)
    decide(world, intake)


def test_an_answer_and_a_word_about_agreement_are_read_first_too(world: World):
    intake = claimed(world, routine(world))
    message = actions.request_information(intake=intake, text="Who?", by=world.by("worker"), now=NOW)
    open_page(world, intake)
    assert not unread_by([intake], world.by("worker"))
    actions.answer_information(message=message, text="The uncle.", by=world.by("teacher"), now=CAME)
    assert unread_by([intake], world.by("worker"))
    open_page(world, intake, at=CAME)
    saying = Saying(said=Said.WITHDRAWN, words="Not any more.")
    mother = intake.referral.household.get()
    actions.say_agreement(
        referral=intake.referral, person_id=mother.pk, saying=saying, by=world.by("teacher"), now=THEN
    )
    assert unread_by([intake], world.by("worker"))


@pytest.mark.parametrize(
    ("reach", "act"), [(claimed, decide), (decided, close), (claimed, let_tell), (asked_back, let_go)]
)
def test_nobody_decides_who_never_opened_the_page(
    reach: Callable[[World, Referral], Intake], act: Callable[[World, Intake], object], world: World
):
    intake = reach(world, routine(world))
    Opening.objects.filter(person=world.worker).delete()
    with refused(NEVER_OPENED):
        act(world, intake)
    open_page(world, intake)
    act(world, intake)


def test_who_decides_by_its_address_is_led_to_the_page_and_what_was_typed_stays(world: World):
    intake = routing.claim(intake=delivered(world, routine(world)), by=world.by("screener"), now=NOW)
    page = reverse("triage:intake", args=[intake.pk])
    address = reverse("triage:decide_child", args=[intake.pk, child_of(intake.referral).pk])
    said = {"outcome": "no_further_action", "rationale": "Nothing new.", "next_step": "Nobody does anything."}
    browser: Any = signed_in(world.worker)
    answer = browser.post(address, said)
    assert answer.status_code == 403
    shown = text_of(answer)
    assert NEVER_OPENED in shown
    assert "Nobody does anything." in shown
    assert f'href="{page}" target="_blank"' in answer.content.decode()
    assert not Decision.objects.exists()
    browser.get(page)
    assert browser.post(address, said).status_code == 302
    Opening.objects.all().delete()
    led = browser.post(reverse("triage:close", args=[intake.pk]), follow=True)
    assert led.redirect_chain[-1][0] == page
    assert "You had not opened this page yet" in text_of(led)
    browser.post(reverse("triage:close", args=[intake.pk]))
    assert Intake.objects.get(pk=intake.pk).state == "closed"


def test_what_they_wrote_themselves_stops_nobody(world: World):
    intake = claimed(world, routine(world))
    open_page(world, intake, at=CAME)
    mother = intake.referral.household.get()
    saying = Saying(said=Said.GIVEN, words="Yes.")
    actions.say_agreement(referral=intake.referral, person_id=mother.pk, saying=saying, by=world.by("worker"), now=THEN)
    assert not unread_by([intake], world.by("worker"))


def test_pages_show_what_came_in_and_keep_what_was_typed(world: World, monkeypatch: pytest.MonkeyPatch):
    intake = claimed(world, routine(world))
    page = reverse("triage:intake", args=[intake.pk])
    child = child_of(intake.referral)
    address = reverse("triage:decide_child", args=[intake.pk, child.pk])
    said = {"outcome": "no_further_action", "rationale": "Nothing new.", "next_step": "Nobody does anything."}
    monkeypatch.setattr(clock, "now", lambda: LATER)
    browser: Any = signed_in(world.worker)
    browser.get(page)
    add(world, intake.referral)
    monkeypatch.setattr(clock, "now", lambda: THEN)
    answer = browser.post(address, said)
    assert answer.status_code == 403
    assert UNREAD in text_of(answer)
    assert "Nobody does anything." in text_of(answer)
    assert "He hit her again today." in text_of(browser.get(page))
    assert browser.post(address, said).status_code == 302
    actions.add_addendum(
        referral=intake.referral, text="She is in hospital.", by=world.by("teacher"), now=THEN + timedelta(minutes=1)
    )
    monkeypatch.setattr(clock, "now", lambda: THEN + timedelta(minutes=2))
    shown = browser.post(reverse("triage:close", args=[intake.pk]), follow=True)
    assert shown.redirect_chain[-1][0] == page
    assert "It is not closed. Something came in since you opened this page" in text_of(shown)
    assert "She is in hospital." in text_of(shown)
    browser.post(reverse("triage:close", args=[intake.pk]))
    intake.refresh_from_db()
    assert intake.state == "closed"
