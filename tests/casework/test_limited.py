"""Agreement to a part, from the form to whoever receives: the page, the copy, the interface, what is added later."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts import clock
from consent.actions import Saying
from consent.domain.facts import Said
from consent.models import Disclosure
from consent.selectors import sharing_of
from referrals.casework import actions
from referrals.casework.models import Approval
from referrals.documents.presenters import present
from referrals.documents.reading import content_given
from referrals.documents.selectors import words_of
from referrals.exchange.actions import make_token
from referrals.exchange.models import Event
from referrals.exchange.sending import message_of
from referrals.record.models import Referral
from referrals.routing.models import Intake
from tests.casework.handing import There, offer
from tests.casework.support import LATER, NOW, World, child_of, claimed, delivered, refused, routine, save, submit
from tests.desks import signed_in, text_of

pytestmark = pytest.mark.django_db

NEEDS, SCHOOL, DONE = "Wears a hearing aid of brass", "Otterbourne Juniors", "A breakfast club since spring"
SAID: dict[str, Any] = {
    "said": "limited",
    "said_on": "2026-11-13",
    "said_to": "The tutor",
    "words": "School, not the doctor.",
    "limits": "Nothing about the hearing.",
    "agreed_parts": ["school", "help"],
    "agreed_with": ["everybody"],
}


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


def shown(answer: Any) -> str:
    """The page that was answered, with every run of white space as one space."""
    return text_of(answer)


def limited(world: World, **more: Any) -> Referral:
    """A referral whose mother agreed that the school part and what was done may go."""
    pages = {name: more.pop(name) for name in ("harm",) if name in more}
    referral = routine(world, agreement={**SAID, **more}, **pages)
    by, child = world.by("teacher"), child_of(referral)
    save(referral, "circumstances", by, child.pk, circumstances=["none"])
    save(referral, "child-needs", by, child.pk, disabled="yes", disability=NEEDS)
    save(referral, "child-school", by, child.pk, education="school", school=SCHOOL)
    save(referral, "agency-action", by, done=DONE)
    save(referral, "concern", by, what="Robin comes to school hungry.")
    referral.refresh_from_db()
    return referral


def everything_shown(world: World, intake: Intake) -> str:
    """What the front door reads on its page, on the referral's own, in its copy and by its own system."""
    given = Disclosure.objects.get(submission=intake.submission, team=world.team)
    content = content_given(intake.submission, given)
    copy = present(content, sha256=intake.submission.sha256, words=words_of(content))
    message, _ = message_of(Event.objects.filter(intake=intake).latest("id"), now=LATER)
    client = signed_in(world.screener)
    pages = [
        shown(client.get(reverse(name, args=[about])))
        for name, about in (("triage:intake", intake.pk), ("referral", intake.referral_id))
    ]
    return " ".join([*pages, str(copy), message.model_dump_json()])


def test_a_routine_referral_goes_as_far_as_was_agreed(world: World) -> None:
    referral = limited(world)
    check = shown(signed_in(world.teacher).get(reverse("journey:check", args=[referral.pk])))
    assert "Who gets only a part, and why" in check
    assert "Robin 0 Vale: needs" in check
    connect(world)
    given = everything_shown(world, claimed(world, referral))
    assert "Robin comes to school hungry." in given
    assert SCHOOL in given
    assert DONE in given
    assert NEEDS not in given
    assert "They agreed to a part only." in given
    assert "school or nursery, what has been done, and help so far" in given
    own = shown(signed_in(world.teacher).get(reverse("referral", args=[referral.pk])))
    assert NEEDS in own


@pytest.mark.parametrize("harm", ["yes", "suspected", "not_sure"])
def test_where_harm_is_possible_it_is_recorded_and_holds_nothing_back(world: World, harm: str) -> None:
    referral = limited(world, harm={"harm": harm}, agreed_with=["early_help"])
    connect(world)
    given = everything_shown(world, claimed(world, referral))
    assert NEEDS in given
    assert "holds nothing back" in given
    assert "They agreed to a part only." not in given


def test_the_agencys_own_look_lifts_no_limit(world: World) -> None:
    world.wants_approval()
    referral = limited(world)
    submit(world, referral)
    actions.approve(referral=referral, by=world.by("dsl"), now=LATER)
    assert not Disclosure.objects.get(referral=referral).whole


def test_to_whom_it_was_not_agreed_somebody_weighs_first_and_says_why(world: World) -> None:
    referral = limited(world, agreed_with=["early_help"])
    submit(world, referral)
    referral.refresh_from_db()
    assert referral.state == "submitted"
    assert Approval.objects.get(referral=referral).because == "sharing-weigh"
    with refused("Say why"):
        actions.approve(referral=referral, by=world.by("dsl"), now=LATER)
    actions.approve(referral=referral, by=world.by("dsl"), now=LATER, why="He needs a social worker.")
    assert Disclosure.objects.get(referral=referral).whole


def test_limited_while_it_waits_it_goes_as_far_as_was_said_then(world: World) -> None:
    world.wants_approval()
    referral = limited(world, said="given")
    submit(world, referral)
    say(world, referral)
    assert actions.lapse_overdue(now=NOW + timedelta(days=3)) == 1
    given = Disclosure.objects.get(referral=referral)
    assert not given.whole
    assert {"Robin 0 Vale: needs", "Robin 0 Vale: school or nursery"} & {
        title for one in given.need["withheld"] for title in one["what"]
    } == {"Robin 0 Vale: needs"}


def test_limited_after_sending_it_is_recorded_beside_what_was_said_first(world: World) -> None:
    referral = limited(world, said="given")
    delivered(world, referral)
    say(world, referral)
    kept = sharing_of(referral)
    assert kept is not None
    (decision,) = kept.decision.values()
    assert [one["parts"] for one in decision["agreed"]] == [["school"]] * 3
    page = shown(signed_in(world.teacher).get(reverse("journey:agreement", args=[referral.pk])))
    for words in (
        "Parts: School or nursery",
        "Who may have them: Everybody it has to go to",
        "Only school.",
        "Agreement stands for a part.",
        "Everybody it has to go to: who, where, the worry and safety; then school or nursery.",
    ):
        assert words in page
    decided = shown(signed_in(world.teacher).get(reverse("journey:decisions", args=[referral.pk])))
    assert "Everybody it has to go to: who, where, the worry and safety; then school or nursery." in decided
    assert Disclosure.objects.get(referral=referral).whole, "what was sent stays sent"


@pytest.mark.parametrize("missing", ["agreed_parts", "agreed_with", "limits"])
def test_what_a_limit_is_to_has_to_be_said(world: World, missing: str) -> None:
    referral = limited(world, said="given")
    delivered(world, referral)
    said = {
        "said": "limited",
        "agreed_parts": "school",
        "agreed_with": "everybody",
        "limits": "Only school.",
        "words": "Only school.",
    }
    address = reverse("journey:agreement_of", args=[referral.pk, referral.household.get().pk])
    client = signed_in(world.teacher)
    assert client.post(address, {**said, missing: ""}).status_code == 200
    assert client.post(address, said).status_code == 302


@pytest.mark.parametrize(
    ("said", "school_goes"),
    [
        ([{}], True),
        ([{"said": Said.WITHDRAWN}], False),
        ([{}, {"said": Said.WITHDRAWN}], False),
        ([{}, {"said": Said.REFUSED}], False),
        ([{"agreed_with": ["early_help"]}], False),
        ([{"said": Said.WITHDRAWN}, {}], True),
    ],
)
def test_taken_back_the_next_front_door_gets_no_more_than_where_it_was_limited(
    world: World, there: There, said: list[dict[str, Any]], school_goes: bool
) -> None:
    intake = claimed(world, limited(world, said="given"))
    for one in said:
        say(world, intake.referral, **one)
    offer(world, intake, there)
    need = Disclosure.objects.get(submission=intake.submission, team=there.team).need
    pages = need["people"][str(child_of(intake.referral).pk)]
    assert not need["whole"]
    assert "child-needs" not in pages
    assert ("child-school" in pages) is school_goes
    assert {"child-about", "child-home", "harm", "circumstances"} <= set(pages)
    assert "concern" in need["pages"]
    assert Disclosure.objects.get(submission=intake.submission, team=world.team).whole, "what was sent stays sent"


def test_taken_back_where_harm_is_possible_the_next_front_door_still_gets_all_of_it(world: World, there: There) -> None:
    intake = claimed(world, limited(world, said="given", harm={"harm": "not_sure"}))
    say(world, intake.referral, said=Said.WITHDRAWN)
    offer(world, intake, there)
    assert Disclosure.objects.get(submission=intake.submission, team=there.team).whole


def say(world: World, referral: Referral, **more: Any) -> None:
    about: dict[str, Any] = {"said": Said.LIMITED, "agreed_parts": ["school"], "agreed_with": ["everybody"], **more}
    saying = Saying(words="Only school.", limits="Only school.", **about)
    mother = referral.household.get()
    actions.say_agreement(referral=referral, person_id=mother.pk, saying=saying, by=world.by("teacher"), now=LATER)


def connect(world: World) -> None:
    """The front door's own system fetches what comes."""
    make_token(team=world.team, name="Case system", by=world.by("head"), now=NOW)
