"""The page on which a front door's manager connects another system."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from referrals.exchange import actions
from referrals.exchange.models import Token, Webhook
from referrals.record.models import ExcludedPerson
from tests.casework.support import NOW, World, delivered, routine
from tests.desks import signed_in, text_of

pytestmark = pytest.mark.django_db(transaction=True)


def shown(answer: Any) -> str:
    """The page that was answered, with every run of white space as one space."""
    return text_of(answer)


def test_connecting_and_what_is_shown_once(world: World):
    browser, at = signed_in(world.head), {"team_id": world.team.pk}
    home = reverse("exchange:team", kwargs=at)
    assert browser.get(reverse("exchange:connections"))["Location"] == home
    page = shown(browser.get(home))
    assert "Nothing has happened since it was connected." in page
    wrong = browser.post(reverse("exchange:set_webhook", kwargs=at), {"address": "http://10.0.0.1/"})
    assert "The address must begin with https://" in shown(wrong)
    assert "<title>Error: " in wrong.content.decode()
    address = "https://cases.council.example/take"
    # The button pressed twice without script: nobody has seen what the first answer held, and nothing is lost.
    first = secret_after(browser, "set_webhook", at, {"address": address})
    assert secret_after(browser, "set_webhook", at, {"address": address}) == first
    page = shown(browser.get(home))
    assert address in page
    assert "Show the new secret" in page
    assert first not in page
    confirmed(browser, at)
    token = browser.post(reverse("exchange:make_token", kwargs=at), {"name": "Case system"})
    words = shown(token).split("<code>")[1].split("</code>")[0]
    assert words.startswith("srt_")
    again = browser.post(reverse("exchange:make_token", kwargs=at), {"name": " Case system "})
    assert again.status_code == 403
    assert "A token of this name is in use." in shown(again)
    page = shown(browser.get(home))
    assert words not in page
    assert "Case system" in page
    delivered(world, routine(world))
    page = shown(browser.get(home))
    assert "A referral came in" in page
    assert "Due" in page
    row = Token.objects.get()
    browser.post(reverse("exchange:revoke_token", kwargs={**at, "token_id": row.pk}))
    assert "Revoked" in shown(browser.get(home))
    second = secret_after(browser, "renew_secret", at)
    assert second != first
    assert secret_after(browser, "renew_secret", at) == second
    assert "The new secret and the earlier one" in shown(browser.get(home))
    early = browser.post(reverse("exchange:drop_secret", kwargs=at))
    assert (early.status_code, "Put the new secret into the other system first" in shown(early)) == (403, True)
    confirmed(browser, at)
    browser.post(reverse("exchange:drop_secret", kwargs=at))
    assert actions.secrets_of(Webhook.objects.get()) == (second,)
    browser.post(reverse("exchange:stop_webhook", kwargs=at))
    assert "Stopped. Nothing is sent." in shown(browser.get(home))
    assert not Webhook.objects.get().is_active


def secret_after(browser: Client, name: str, at: dict[str, Any], data: dict[str, str] | None = None) -> str:
    """The secret on the page that this leads to."""
    page = shown(browser.post(reverse(f"exchange:{name}", kwargs=at), data or {}, follow=True))
    assert "it is never shown again" in page
    return page.split("<code>")[1].split("</code>")[0]


def confirmed(browser: Client, at: dict[str, Any]) -> None:
    """Say that the other system has it, twice; it is not shown any more."""
    address = reverse("exchange:secret", kwargs=at)
    for _ in range(2):
        assert "It is not shown again." in shown(browser.post(address, follow=True))
    assert browser.get(address)["Location"] == reverse("exchange:team", kwargs=at)


def test_a_manager_who_is_kept_out_is_not_told_what_was_sent_of_it(world: World):
    actions.make_token(team=world.team, name="Case system", by=world.by("head"), now=NOW)
    about_them, other = delivered(world, routine(world)), delivered(world, routine(world))
    ExcludedPerson.objects.create(referral=about_them.referral, person=world.head, since=NOW)
    page = shown(signed_in(world.head).get(reverse("exchange:team", args=[world.team.pk])))
    assert other.referral.reference in page
    assert about_them.referral.reference not in page


def test_a_token_of_somebody_who_manages_no_more_is_marked(world: World):
    actions.make_token(team=world.team, name="Case system", by=world.by("head"), now=NOW)
    address, browser = reverse("exchange:team", args=[world.team.pk]), signed_in(world.head)
    words = "manage this front door any more"
    assert words not in shown(browser.get(address))
    Token.objects.update(made_by=world.screener)
    assert words in shown(browser.get(address))
