"""Free text about somebody uninvolved is pointed out before sending, and stops nothing."""

from typing import Any

import pytest
from django.urls import reverse

from accounts import clock
from tests.casework.support import LATER, World, routine, save
from tests.desks import signed_in
from tests.desks import text_of as words_of

pytestmark = pytest.mark.django_db


def shown(answer: Any) -> str:
    """The page that was answered, with every run of white space as one space."""
    return words_of(answer)


def test_free_text_about_somebody_uninvolved_is_pointed_out_before_sending(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(clock, "now", lambda: LATER)
    referral = routine(world)
    text = "Her friend Ellie told us. Ring her on 07911 654321."
    save(referral, "concern", world.by("teacher"), what=text)
    page = shown(signed_in(world.teacher).get(reverse("journey:check", args=[referral.pk])))
    assert "<mark>07911 654321</mark>" in page
    assert "<mark>Ellie</mark>" in page
    assert f"{reverse('journey:page', args=[referral.pk, 'concern'])}?from=check" in page
    assert "You can send either way." in page
    assert "Send referral" in page
