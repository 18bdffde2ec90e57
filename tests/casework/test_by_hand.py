"""A front door that receives nothing here gets its own part all the same: as a copy that the agency hands over."""

from typing import Any

import pytest
from django.urls import reverse

from audit.domain.refusal import NotYours
from consent.models import Shared
from referrals.documents import outside
from referrals.documents.models import OutsideCopy
from referrals.documents.outside import make_outside_copy, outside_doors
from referrals.record.models import Referral
from referrals.record.selectors import content_of
from referrals.routing import actions as routing
from referrals.routing.models import Intake
from tests.casework.support import AREA, LATER, NOW, World, refused, save, submit, urgent, verbs
from tests.desks import signed_in, text_of
from tests.documents.support import read, words_in

pytestmark = pytest.mark.django_db

WORRY = "The caretaker held him by the arm until it was blue."
NOT_FOR_THE_OFFICER = "Otterbourne Nursery"
OFFICER = "lado"


def about_a_caretaker(world: World, **pages: Any) -> Referral:
    """Somebody who works with children is alleged to have hurt a child; nobody at the designated officer's receives."""
    referral, by = urgent(world, **pages), world.by("teacher")
    child = referral.children.get().pk
    save(referral, "child-school", by, child, education="school", school=NOT_FOR_THE_OFFICER)
    save(referral, "concern", by, what=WORRY)
    works: dict[str, Any] = {
        "alleged_works_with_children": "yes",
        "alleged_workplace": "The school",
        "alleged_area": AREA,
    }
    save(referral, "alleged", by, alleged="yes", alleged_who="The caretaker", alleged_contact="no", **works)
    submit(world, referral)
    for intake in Intake.objects.filter(referral=referral):
        routing.arrive(intake_id=intake.pk, now=NOW)
    referral.refresh_from_db()
    return referral


def officer(referral: Referral) -> dict[str, str]:
    """The designated officer's door, as the plan names it."""
    planned = content_of(referral.submissions.get())["plan"]["destinations"]
    assert {"area": AREA, "door": OFFICER, "here": False} in [
        {key: one[key] for key in ("area", "door", "here")} for one in planned
    ]
    return {"area": AREA, "front_door": OFFICER}


def test_the_designated_officers_copy_holds_what_the_allegation_needs_and_is_on_record(world: World) -> None:
    referral = about_a_caretaker(world)
    teacher: Any = signed_in(world.teacher)
    page = reverse("referral", args=[referral.pk])
    before = text_of(teacher.get(page))
    assert "can't receive this through the system. Hand over the copy that is made for them" in before
    assert "school or nursery" in before.partition("leaves out")[2].lower()
    make = reverse("journey:outside", kwargs={"referral_id": referral.pk, **officer(referral)})
    assert make in teacher.get(page).content.decode()
    for _ in range(2):  # a button pressed twice makes one copy
        assert teacher.post(make).url == f"{page}#by-hand"
    copy = OutsideCopy.objects.get()
    download = reverse("journey:outside_pdf", args=[referral.pk, copy.pk])
    assert download in teacher.get(page).content.decode()
    answer = teacher.get(download)
    assert answer["Cache-Control"] == "no-store"
    told = words_in("".join(one.extract_text() for one in read(answer.content).pages))
    assert words_in(WORRY) in told
    assert words_in(f"The part for {copy.recipient}") in told
    assert NOT_FOR_THE_OFFICER not in told
    shared = Shared.objects.get(document=Shared.Document.OUTSIDE)
    assert shared.recipient == copy.recipient
    assert shared.sha256 == copy.sha256
    assert any("school or nursery" in line.lower() for line in shared.left_out)
    assert {"referral.outside_copy", "referral.outside_copy_taken"} <= set(verbs(referral.pk))


def test_a_copy_that_holds_something_else_than_is_needed_now_is_made_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    referral = about_a_caretaker(world)
    make: dict[str, Any] = {"referral_id": referral.pk, **officer(referral), "goes": True, "by": world.by("teacher")}
    first = make_outside_copy(**make, now=NOW)
    assert make_outside_copy(**make, now=LATER) == first
    monkeypatch.setattr(outside, "needed_outside", lambda **_: {**first.need, "gets": ["Less than before"]})
    second = make_outside_copy(**make, now=LATER)
    assert second != first
    assert Shared.objects.filter(document=Shared.Document.OUTSIDE).count() == 2


def test_nobody_but_the_agency_has_it(world: World) -> None:
    referral = about_a_caretaker(world)
    door: dict[str, Any] = {"referral_id": referral.pk, **officer(referral)}
    copy = make_outside_copy(**door, goes=True, by=world.by("teacher"), now=NOW)
    for person in (world.worker, world.stranger):
        browser = signed_in(person)
        assert browser.post(reverse("journey:outside", kwargs=door)).status_code == 404
        assert browser.get(reverse("journey:outside_pdf", args=[referral.pk, copy.pk])).status_code == 404
    page: Any = signed_in(world.worker).get(reverse("referral", args=[referral.pk]), follow=True)
    assert "Hand over the copy" not in text_of(page)


def test_while_it_waits_at_the_agency_there_is_none(world: World) -> None:
    referral = about_a_caretaker(world)
    door: dict[str, Any] = {"referral_id": referral.pk, **officer(referral)}
    with refused("It waits at your agency"):
        make_outside_copy(**door, goes=False, by=world.by("teacher"), now=NOW)
    assert not OutsideCopy.objects.exists()


def test_a_front_door_that_receives_here_has_its_copy_in_its_queue(world: World) -> None:
    referral = about_a_caretaker(world)
    with pytest.raises(NotYours):
        make_outside_copy(
            referral_id=referral.pk,
            area=AREA,
            front_door="family-connect",
            goes=True,
            by=world.by("teacher"),
            now=NOW,
        )


def test_one_that_needs_everything_is_handed_the_copy_itself(world: World) -> None:
    referral = about_a_caretaker(world)
    submission = referral.submissions.get()
    content = content_of(submission)
    planned = content["plan"]["destinations"]
    there = [{**one, "area": "bury", "here": False} for one in planned if one["door"] == "family-connect"]
    assert there
    assert outside_doors(submission, {**content, "plan": {**content["plan"], "destinations": there}}) == ()
