"""Words that come after it was sent, by whatever way, hold the family's copy until a front door has spoken again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from consent.actions import Saying
from consent.domain.facts import Said
from consent.domain.family import Held
from consent.models import SaidSince
from consent.selectors import CAME_SINCE, came_since, family_held_back
from referrals.casework import actions as casework
from referrals.casework.domain.partners import Basis, Partner
from referrals.casework.models import PartnerRequest
from referrals.routing.models import Intake
from tests.casework.support import LATER, NOW, World, claimed, decide, opened, settled
from tests.desks import signed_in, text_of

pytestmark = pytest.mark.django_db

FEAR = "He said that he will kill her if anybody talks."
Act = Callable[[World, Intake], object]


def ask_partner(world: World, intake: Intake, basis: Basis, by: str = "worker") -> PartnerRequest:
    return casework.ask_partner(
        intake=intake,
        partner=Partner.POLICE,
        who="The safeguarding unit, by phone",
        asked="Any callouts to the home.",
        why="To know who lives there.",
        basis=basis,
        due_at=LATER + timedelta(hours=4),
        by=world.by(by),
        now=LATER,
    )


def answered(world: World, intake: Intake) -> None:
    message = casework.request_information(intake=intake, text="Is it safe to tell?", by=world.by("worker"), now=LATER)
    casework.answer_information(message=message, text=FEAR, by=world.by("teacher"), now=LATER)


def advised(world: World, intake: Intake) -> None:
    casework.advise(referral=intake.referral, text=FEAR, by=world.by("dsl"), now=LATER)


def agreement(words: str) -> Act:
    def changed(world: World, intake: Intake) -> None:
        referral = intake.referral
        casework.say_agreement(
            referral=referral,
            person_id=referral.household.get().pk,
            saying=Saying(said=Said.WITHDRAWN, words=words),
            by=world.by("teacher"),
            now=LATER,
        )

    return changed


def untold(world: World, intake: Intake) -> None:
    ask_partner(world, intake, Basis.UNTOLD)


def partner_gave(world: World, intake: Intake) -> None:
    request = ask_partner(world, intake, Basis.HARM)
    assert family_held_back(intake.referral) is None  # that somebody was asked says nothing by itself
    casework.partner_answered(request=request, intake=intake, given=True, text=FEAR, by=world.by("worker"), now=LATER)


def disagreed(world: World, intake: Intake) -> None:
    decide(world, intake)
    intake.refresh_from_db()
    casework.disagree(intake=intake, grounds=FEAR, by=world.by("dsl"), now=LATER)


def taken_back(world: World, intake: Intake) -> None:
    casework.withdraw_request(referral=intake.referral, why=FEAR, by=world.by("teacher"), now=LATER)


@pytest.mark.parametrize("act", [answered, advised, agreement(FEAR), untold, partner_gave, disagreed, taken_back])
def test_it_holds_the_copy_until_the_front_door_speaks_after_it(world: World, act: Act) -> None:
    intake = claimed(world, settled(world))
    referral = intake.referral
    assert family_held_back(referral) is None
    act(world, intake)
    assert family_held_back(referral) is Held.ADDED
    then = LATER + timedelta(hours=1)
    opened(intake, world.worker, at=then)
    casework.rule_on_telling(intake=intake, may_tell=True, why="Safe.", by=world.by("worker"), now=then)
    assert family_held_back(referral) is None


def test_what_says_nothing_of_it_holds_nothing(world: World) -> None:
    intake = claimed(world, settled(world))
    agreement("")(world, intake)
    assert family_held_back(intake.referral) is None


def test_advice_on_a_draft_is_answered_by_what_is_sent(world: World) -> None:
    referral = settled(world)
    casework.advise(referral=referral, text=FEAR, by=world.by("dsl"), now=NOW)
    intake = claimed(world, referral)
    assert family_held_back(intake.referral) is None
    assert not SaidSince.objects.exists()


def test_advice_that_is_clearly_not_about_it_holds_nothing(world: World) -> None:
    intake = claimed(world, settled(world))
    casework.advise(
        referral=intake.referral, text="Ring the nurse.", may_change_telling=False, by=world.by("dsl"), now=LATER
    )
    assert family_held_back(intake.referral) is None
    advised(world, intake)
    assert family_held_back(intake.referral) is Held.ADDED


def test_what_came_is_named_and_never_told(world: World) -> None:
    intake = claimed(world, settled(world))
    referral = intake.referral
    advised(world, intake)
    casework.add_addendum(referral=referral, text=FEAR, by=world.by("teacher"), now=LATER + timedelta(minutes=5))
    at_agency = [one.what for one in came_since(referral, front_door=False)]
    assert at_agency == ["Advice of the safeguarding desk", "Something that was added"]
    assert came_since(referral, front_door=True)[0].what == "Words at the agency that wrote it"
    answer: Any = signed_in(world.teacher).get(reverse("journey:family_copy", args=[referral.pk]))
    page = text_of(answer)
    assert all(what in page for what in at_agency)
    assert "Ring the front door that has it, and ask." in page
    assert FEAR not in page
    then = LATER + timedelta(hours=1)
    opened(intake, world.worker, at=then)
    casework.rule_on_telling(intake=intake, may_tell=True, why="Safe.", by=world.by("worker"), now=then)
    assert came_since(referral, front_door=False) == ()


def test_every_place_where_words_can_come_from_has_its_name() -> None:
    assert set(SaidSince.Where) <= set(CAME_SINCE)
