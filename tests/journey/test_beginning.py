"""Beginning: a button that is pressed twice begins one, also without a script."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.selectors import actor_for
from referrals.record import actions
from referrals.record.models import Referral
from tests.journey.support import School, Writer, forms_of

pytestmark = pytest.mark.django_db
BEGIN = "journey:begin"


def button(writer: Writer, kind: str, **given: str) -> dict[str, Any]:
    """What the button for a form of this kind posts."""
    writer.get(reverse("journey:start"))
    writer.post(reverse("journey:start"), given)
    return next(form for form in forms_of(writer.page) if form["kind"] == [kind])


@pytest.mark.parametrize(
    ("kind", "danger"), [("eha", "no"), ("marf", "no"), ("send_now", "likely"), ("marf", "likely")]
)
def test_pressed_twice_it_begins_one_and_both_lead_to_it(school: School, kind: str, danger: str):
    writer = Writer(school.teacher)
    pressed = button(writer, kind, danger=danger, cannot_wait="no")
    led_to = []
    for _ in "ab":
        writer.post(reverse(BEGIN), pressed)
        led_to.append(writer.url)
    referral = Referral.objects.get()
    assert led_to[0] == led_to[1]
    assert str(referral.pk) in led_to[0]
    assert referral.pages.get(page="start").version == 1


def test_another_page_another_kind_and_another_person_begin_another(school: School):
    writer = Writer(school.teacher)
    calm = {"danger": "no", "cannot_wait": "no"}
    pressed = button(writer, "marf", **calm)
    writer.post(reverse(BEGIN), pressed)
    writer.post(reverse(BEGIN), {**pressed, "kind": "eha"})
    writer.post(reverse(BEGIN), button(writer, "marf", **calm))
    Writer(school.dsl).post(reverse(BEGIN), pressed)
    assert Referral.objects.count() == 4


def test_an_old_page_never_leads_into_what_was_written_of_another_child(school: School):
    writer = Writer(school.teacher)
    pressed = button(writer, "marf", danger="no", cannot_wait="no")
    writer.post(reverse(BEGIN), pressed)
    writer.add_child()
    writer.post(reverse(BEGIN), pressed)
    first, second = Referral.objects.order_by("created_at")
    assert (first.children.count(), second.children.count()) == (1, 0)
    assert str(second.pk) in writer.url


def test_an_old_button_whose_answer_was_changed_meanwhile_begins_another_and_neither_answer_is_lost(school: School):
    writer = Writer(school.teacher)
    pressed = button(writer, "marf", danger="no", cannot_wait="no")
    writer.post(reverse(BEGIN), pressed)
    referral = Referral.objects.get()
    given = {"danger": "likely", "cannot_wait": "no"}
    now = timezone.now()
    actions.save_page(
        referral=referral, page="start", answers=given, version=1, by=actor_for(school.teacher, now), now=now
    )
    writer.post(reverse(BEGIN), pressed)
    first, second = Referral.objects.order_by("created_at")
    assert [one.pages.get(page="start").answers["danger"] for one in (first, second)] == ["likely", "no"]
    assert str(second.pk) in writer.url
