"""A draft goes from hand to hand: offered, accepted, and not to whom it is about."""

import pytest
from django.urls import reverse

from audit.domain.refusal import NotYours, Refusal
from audit.models import Entry
from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.casework.people import writer_ids
from referrals.record import actions as records
from referrals.record.domain.permissions import can_edit, can_read
from referrals.record.models import Referral
from referrals.record.selectors import (
    could_be_given,
    facts_for,
    held_before,
    offers_to,
    open_offer,
    referrals_of,
    saved_page,
    timeline,
)
from tests.casework.support import LATER, NOW, World, delivered, routine, urgent
from tests.desks import signed_in

pytestmark = pytest.mark.django_db


def offer(world: World, referral: Referral, to: str = "colleague", by: str = "teacher"):
    return actions.offer_draft(
        referral=referral, person=getattr(world, to), words="I am away from Friday.", by=world.by(by), now=NOW
    )


def answer(world: World, found, *, accept: bool = True, who: str = "colleague"):
    return actions.answer_offer(offer=found, accept=accept, why="", by=world.by(who), now=LATER)


def standing(world: World, referral: Referral, name: str) -> tuple[bool, bool]:
    referral = Referral.objects.get(pk=referral.pk)
    facts = facts_for(referral, world.by(name), now=LATER)
    actor = world.by(name)
    reads = can_read(actor, facts)
    assert referrals_of(actor, now=LATER).filter(pk=referral.pk).exists() is reads
    return reads, can_edit(actor, facts)


def test_it_stays_until_it_is_accepted_and_its_former_holder_sees_what_becomes_of_it(world: World):
    referral = urgent(world)
    found = offer(world, referral)
    assert standing(world, referral, "colleague") == (False, False)
    assert standing(world, referral, "teacher") == (True, True)
    assert [one.pk for one in offers_to(world.by("colleague"))] == [found.pk]
    answer(world, found)
    assert standing(world, referral, "colleague") == (True, True)
    assert standing(world, referral, "teacher") == (True, False)
    referral.refresh_from_db()
    assert referral.author == world.colleague
    assert held_before(referral) == (("Asha Pryor", LATER),)
    assert next(item.by for item in timeline(referral)) == "Asha Pryor"
    assert saved_page(referral, "start").saved_by == "Asha Pryor"
    # Nobody approves what they wrote, also when they have handed it on.
    assert {world.teacher.pk, world.colleague.pk} <= writer_ids(referral)


def test_handed_back_it_is_the_first_holders_again(world: World):
    referral = routine(world)
    answer(world, offer(world, referral))
    answer(world, offer(world, referral, to="teacher", by="colleague"), who="teacher")
    assert standing(world, referral, "teacher") == (True, True)
    assert standing(world, referral, "colleague") == (True, False)


def test_declined_nothing_changes(world: World):
    referral = routine(world)
    found = offer(world, referral)
    answer(world, found, accept=False)
    assert standing(world, referral, "colleague") == (False, False)
    assert open_offer(referral) is None
    with pytest.raises(NotYours):
        answer(world, found)


def test_taken_back_it_can_not_be_accepted(world: World):
    referral = routine(world)
    found = offer(world, referral)
    with pytest.raises(Refusal):
        offer(world, referral, to="manager")
    records.take_back_offer(referral=referral, by=world.by("teacher"), now=NOW)
    with pytest.raises(NotYours):
        answer(world, found)
    assert offer(world, referral, to="manager")


def test_a_button_pressed_twice_leads_to_the_draft_both_times_and_nobody_else_there(world: World):
    referral = routine(world)
    address = reverse("journey:offer", args=[offer(world, referral).pk])
    browser = signed_in(world.colleague)
    for _ in range(2):
        pressed = browser.post(address, {"accept": "yes"})
        assert (pressed.status_code, pressed["Location"]) == (302, reverse("journey:tasks", args=[referral.pk]))
    for name in ("teacher", "dsl", "stranger", "manager"):
        assert signed_in(getattr(world, name)).post(address, {"accept": "yes"}).status_code == 404
    # Handed back, it isn't theirs any more.
    answer(world, offer(world, referral, to="teacher", by="colleague"), who="teacher")
    assert browser.post(address, {"accept": "yes"}).status_code == 404


def test_nobody_else_answers(world: World):
    found = offer(world, routine(world))
    for name in ("teacher", "dsl", "stranger", "manager"):
        with pytest.raises(NotYours):
            answer(world, found, who=name)


@pytest.mark.parametrize(("about_desk", "may"), [("no", True), ("yes", False), ("not_sure", False), (None, False)])
def test_the_desk_takes_it_only_where_it_is_not_about_the_desk(world: World, about_desk, may):
    referral = routine(world, desk={"about_desk": about_desk} if about_desk else {})
    assert bool(could_be_given(referral, world.dsl.full_name, world.by("teacher"), now=NOW)) is may
    if may:
        answer(world, offer(world, referral, to="dsl"), who="dsl")
        assert standing(world, referral, "dsl") == (True, True)
    else:
        with pytest.raises(Refusal):
            offer(world, referral, to="dsl")
        with pytest.raises(Refusal):
            records.share_draft(referral=referral, person=world.dsl, by=world.by("teacher"), now=NOW)


def test_whoever_is_kept_out_meanwhile_does_not_get_it(world: World):
    referral = routine(world)
    found = offer(world, referral)
    records.exclude_person(referral=referral, person=world.colleague, by=world.by("teacher"), now=NOW)
    assert not offers_to(world.by("colleague")).exists()
    with pytest.raises(NotYours):
        answer(world, found)
    assert could_be_given(referral, world.colleague.full_name, world.by("teacher"), now=NOW) == ()
    # The desk sees everybody, so that who is missing tells nothing.
    assert could_be_given(referral, world.colleague.full_name, world.by("dsl"), now=NOW) == (world.colleague,)


def test_the_desk_hands_on_what_its_author_can_not(world: World):
    referral = urgent(world)
    answer(world, offer(world, referral, by="dsl"))
    referral.refresh_from_db()
    assert referral.author == world.colleague
    told = OutboxRow.objects.filter(references__template="draft_answered")
    assert {row.references["person_id"] for row in told} == {str(world.teacher.pk), str(world.dsl.pk)}


@pytest.mark.parametrize("to", ["stranger", "screener", "teacher"])
def test_it_stays_in_the_agency(world: World, to):
    with pytest.raises(Refusal):
        offer(world, routine(world), to=to)


def test_what_has_gone_is_handed_to_nobody(world: World):
    referral = urgent(world)
    found = offer(world, referral)
    delivered(world, referral)
    with pytest.raises(Refusal):
        offer(world, referral, to="manager")
    with pytest.raises(Refusal):
        answer(world, found)


@pytest.mark.parametrize("about", ["yes", "not_sure"])
def test_the_desk_stops_reading_what_it_was_given_once_it_is_said_to_be_about_the_desk(world: World, about):
    referral = routine(world)
    answer(world, offer(world, referral, to="dsl"), who="dsl")
    answer(world, offer(world, referral, to="colleague", by="dsl"))
    records.share_draft(referral=referral, person=world.deputy, by=world.by("colleague"), now=LATER)
    found = offer(world, referral, to="deputy", by="colleague")
    assert standing(world, referral, "deputy") == (True, True)
    version = saved_page(referral, "desk").version
    by = world.by("colleague")
    answers = {"about_desk": about}
    records.save_page(referral=referral, page="desk", answers=answers, version=version, by=by, now=LATER)
    assert standing(world, referral, "dsl") == standing(world, referral, "deputy") == (False, False)
    assert standing(world, referral, "teacher") == (True, False)
    assert standing(world, referral, "colleague") == (True, True)
    found.refresh_from_db()
    assert (found.answer, found.answered_at) == ("taken_back", LATER)
    assert not offers_to(world.by("deputy")).exists()
    (ended,) = Entry.objects.filter(verb="referral.end_of_desk", subject_id=str(referral.pk))
    assert ended.detail == {"people": 2, "offers": 1}
