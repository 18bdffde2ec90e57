"""Deciding not to refer: recorded with its reasons, and told where harm is possible."""

from typing import Any

import pytest
from django.urls import reverse

from accounts import clock
from audit.domain.refusal import NotYours
from dispatch.models import OutboxRow
from referrals.casework import actions as casework
from referrals.casework.models import ApprovalAnswer, NotReferred
from referrals.record.models import Referral
from tests.casework.support import LATER, World, refused, routine, submit, urgent, verbs
from tests.desks import signed_in
from tests.desks import text_of as words_of

pytestmark = pytest.mark.django_db

SAID = {
    "reasons": "The bruise was seen to happen in PE.",
    "advised_by": "Dara Moss, today at 10.",
    "done_instead": "The tutor talks with her mother on Friday.",
    "would_change": "Another mark that nobody explains.",
}


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


def shown(answer: Any) -> str:
    """The page that was answered, with every run of white space as one space."""
    return words_of(answer)


def decide(world: World, referral: Referral, by: str = "teacher", **changed: Any) -> NotReferred:
    return casework.decide_not_to_refer(referral=referral, **{**SAID, **changed}, by=world.by(by), now=LATER)


def told(referral: Referral) -> int:
    return OutboxRow.objects.filter(key__startswith="not_referred:", references__referral=str(referral.pk)).count()


@pytest.mark.parametrize(
    ("harm", "desk", "possible", "hears"),
    [
        ("yes", "no", True, True),
        ("suspected", "no", True, True),
        ("not_sure", "no", True, True),
        ("no", "no", False, False),
        ("suspected", "yes", True, False),
        ("suspected", None, True, False),
    ],
)
def test_the_desk_hears_of_it_where_harm_is_possible(
    world: World, harm: str, desk: str | None, possible: bool, hears: bool
):
    referral = routine(world, harm={"harm": harm}, desk={"about_desk": desk} if desk else {})
    decision = decide(world, referral)
    referral.refresh_from_db()
    assert referral.state == "withdrawn"
    assert (decision.harm_possible, decision.desk_told, bool(told(referral))) == (possible, hears, hears)
    assert "referral.not_refer" in verbs(referral.pk)


def test_what_waits_for_the_desk_can_be_decided_against_and_the_approval_ends(world: World):
    world.wants_approval()
    referral = routine(world)
    submit(world, referral)
    decide(world, referral)
    assert ApprovalAnswer.objects.get(approval__referral=referral).answer == "lapsed"


@pytest.mark.parametrize("missing", SAID)
def test_each_part_is_said(world: World, missing: str):
    with refused("Write "):
        decide(world, routine(world), **{missing: " "})


def test_only_who_writes_it_decides_and_only_before_it_has_gone(world: World):
    referral = routine(world)
    with refused("Only"):
        decide(world, referral, "dsl")
    with pytest.raises(NotYours):
        decide(world, referral, "stranger")
    gone = urgent(world)
    submit(world, gone)
    with refused("has been sent"):
        decide(world, gone)


def test_taking_a_draft_back_is_not_silent_either(world: World):
    referral = urgent(world)
    address = reverse("journey:withdraw", args=[referral.pk])
    assert "your safeguarding desk is told either way" in shown(signed_in(world.teacher).get(address))
    casework.withdraw(referral=referral, why="Begun twice.", by=world.by("teacher"), now=LATER)
    assert told(referral)
    calm = routine(world)
    casework.withdraw(referral=calm, why="Begun twice.", by=world.by("teacher"), now=LATER)
    assert not told(calm)


def test_the_page_warns_and_author_and_desk_read_the_decision(world: World):
    referral = urgent(world)
    client, address = signed_in(world.teacher), reverse("journey:not_refer", args=[referral.pk])
    assert address in shown(client.get(reverse("journey:tasks", args=[referral.pk])))
    page = shown(client.get(address))
    assert "Harm to a child is possible" in page
    assert "Your safeguarding desk is told of your decision." in page
    assert "Write why you decide not to refer" in shown(client.post(address, {**SAID, "reasons": ""}))
    client.post(address, SAID)
    for person in (world.teacher, world.dsl):
        page = shown(signed_in(person).get(reverse("referral", args=[referral.pk])))
        for words in SAID.values():
            assert words in page
        assert "Decided not to refer" in page
