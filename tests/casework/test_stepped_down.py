"""A referral that a front door steps down becomes an assessment: what was written goes along with its date, and what
was decided on since is asked of today."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from referrals.casework.domain.assessments import HARM_OPEN
from referrals.casework.domain.outcomes import OF_REFERRAL, Outcome, is_stepped_down
from referrals.record.models import Referral
from referrals.record.selectors import besides, carried_of, draft_of
from tests.casework.support import LATER, NOW, World, claimed, decide, save, urgent
from tests.desks import signed_in, text_of

pytestmark = pytest.mark.django_db

FEARED = "A bruise on the arm that nobody explains"
ONE, TWO = uuid4(), uuid4()


def feared(world: World, **pages: Any) -> Referral:
    referral = urgent(world, harm={"harm": "suspected", "harm_what": FEARED}, **pages)
    save(referral, "concern", world.by("teacher"), what="He is late and hungry.")
    return referral


def page_of(world: World, name: str, *args: object) -> str:
    """What the teacher reads on a page of the form."""
    answer: Any = signed_in(world.teacher).get(reverse(f"journey:{name}", args=args))
    return text_of(answer)


def begun_after(world: World, *outcomes: str) -> Referral:
    """The assessment that the teacher begins by the button after these decisions, one a child."""
    referral = feared(world, children=len(outcomes))
    intake = claimed(world, referral)
    for position, outcome in enumerate(outcomes, start=1):
        if outcome:
            decide(world, intake, position=position, outcome=outcome)
    browser = signed_in(world.teacher)
    answer: Any = browser.post(reverse("journey:begin_another", args=[referral.pk, "eha"]), follow=True)
    assert answer.status_code == 200
    begun = Referral.objects.get(begun_from=referral)
    asked_again = "The front door has decided on the harm that was feared" in text_of(answer)
    assert asked_again is not carried_of(begun).filter(page="harm").exists()
    return begun


def test_harm_is_asked_of_today_and_what_was_feared_stands_beside_it(world: World) -> None:
    begun = begun_after(world, "early_help")
    child = draft_of(begun).children[0]
    assert (child.get("given_names"), child.get("harm"), child.get("harm_what")) == ("Robin 0", None, None)
    assert FEARED in besides(begun, now=LATER)
    # Not known is not no: it can't be sent while nobody has answered.
    assert HARM_OPEN in page_of(world, "check", begun.pk)
    page = page_of(world, "carried", begun.pk)
    assert FEARED in page
    assert f"Written {NOW.day} {NOW:%B %Y}" in page
    assert "He is late and hungry." in page_of(world, "page", begun.pk, "eha-reason")


@pytest.mark.parametrize("outcomes", [("assessment",), ("strategy_discussion",), ("early_help", "")])
def test_while_harm_is_looked_into_or_a_child_is_undecided_the_fear_goes_along(
    world: World, outcomes: tuple[str, ...]
) -> None:
    begun = begun_after(world, *outcomes)
    assert draft_of(begun).children[0].get("harm") == "suspected"
    assert FEARED not in besides(begun, now=LATER)


@pytest.mark.parametrize("other", OF_REFERRAL)
def test_it_is_stepped_down_when_every_child_is_decided_and_nobody_looks_into_harm_any_more(other: Outcome) -> None:
    settled = {
        Outcome.EARLY_HELP,
        Outcome.TARGETED_HELP,
        Outcome.SINGLE_AGENCY,
        Outcome.ADVICE,
        Outcome.NO_FURTHER_ACTION,
    }
    decided = [(ONE, Outcome.EARLY_HELP), (TWO, other)]
    assert is_stepped_down(decided, {ONE, TWO}) is (other in settled)
    assert not is_stepped_down(decided[:1], {ONE, TWO})
    assert not is_stepped_down(decided, set())
    assert is_stepped_down([(ONE, other)], {ONE}) is (other in {Outcome.EARLY_HELP, Outcome.TARGETED_HELP})
