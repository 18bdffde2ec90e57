"""Somebody chooses the language of the pages; what is kept and sent stays in English."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation
from lxml import html

from accounts.models import HeldForm, Person
from audit.models import Entry
from dispatch.keeping import keep
from dispatch.models import OutboxRow
from referrals.record.domain.freeze import digest
from referrals.record.models import Submission
from tests.casework.support import World, routine
from tests.desks import signed_in
from tests.journey.support import Writer, fields_of
from tests.languages.support import CODE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_languages")]


@pytest.fixture
def world() -> World:
    """A school, a front door and their people."""
    return World.made()


def shown(client: Client, address: str) -> Any:
    """The page at an address."""
    return html.fromstring(client.get(address).content.decode())


def test_a_language_is_chosen_by_a_form_that_leads_back_and_is_kept(world: World):
    client = signed_in(world.teacher)
    page = shown(client, "/referrals/?page=1")
    assert (page.get("lang"), page.get("dir")) == ("en-gb", "ltr")
    form = page.xpath("//form[contains(@class, 'app-languages')]")[0]
    button = form.xpath(".//button")[0]
    assert (button.get("value"), button.get("lang"), button.text) == (CODE, CODE, "Xx")
    assert form.xpath(".//*[@aria-current]")[0].text == "English"
    answer = client.post(form.get("action"), {**dict(form.fields), "language": CODE})
    assert (answer.status_code, answer["Location"]) == (302, "/referrals/?page=1")
    assert shown(client, answer["Location"]).get("lang") == CODE
    assert "⟦Skip to main content⟧" in client.get(reverse("home")).content.decode()
    client.post(reverse("set_language"), {"language": "en-gb", "next": "/"})
    assert shown(client, "/").get("lang") == "en-gb"


def test_it_leads_nowhere_else_and_takes_no_other_language(world: World):
    client = signed_in(world.teacher)
    answer = client.post(reverse("set_language"), {"language": "cy", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert shown(client, "/").get("lang") == "en-gb"
    assert client.get(reverse("set_language")).status_code == 405
    forged = Client(enforce_csrf_checks=True)
    assert forged.post(reverse("set_language"), {"language": CODE}).status_code == 403


def test_it_can_be_chosen_before_signing_in_and_by_the_browser(world: World):
    assert shown(Client(headers={"accept-language": f"{CODE},en;q=0.5"}), "/sign-in/").get("lang") == CODE
    assert shown(Client(headers={"accept-language": "fr"}), "/sign-in/").get("lang") == "en-gb"


def test_there_is_nothing_to_choose_where_there_is_only_english(world: World, settings: Any):
    settings.LANGUAGES = [("en-gb", "English")]
    client = signed_in(world.teacher)
    client.cookies["django_language"] = CODE
    page = shown(client, "/")
    assert page.get("lang") == "en-gb"
    assert page.xpath("//form[contains(@class, 'app-languages')]") == []


def test_choosing_after_the_session_ended_keeps_no_form(world: World, settings: Any):
    client = signed_in(world.teacher)
    client.get("/")
    settings.SESSION_LIMIT = settings.IDLE_LIMIT = settings.HELD_FORM_LIFETIME * 0
    answer = client.post(reverse("set_language"), {"language": CODE, "next": "/"})
    assert answer.status_code == 302
    assert HeldForm.objects.count() == 0


def frozen_by(person: Person, language: str, world: World) -> Submission:
    """What is frozen when somebody submits a referral while the pages are in a language."""
    referral = routine(world)
    writer = Writer(person)
    writer.client.cookies["django_language"] = language
    writer.get(reverse("journey:check", args=[referral.pk]))
    writer.post(reverse("journey:send", args=[referral.pk]), fields_of(writer.page))
    assert html.fromstring(writer.page).get("lang") == language
    return Submission.objects.get(referral=referral)


def of_any_referral(submission: Submission) -> str:
    """What is frozen, without the ids and the reference of the one referral that it is of."""
    referral = submission.referral
    text = submission.content.replace(referral.reference, "reference").replace(str(referral.pk), "referral")
    for person in (*referral.children.all(), *referral.household.all()):
        text = text.replace(str(person.pk), f"{person._meta.model_name} {person.position}")
    return text


def test_what_is_frozen_and_sent_is_english_whatever_the_pages_are(world: World):
    english, other = frozen_by(world.teacher, "en-gb", world), frozen_by(world.teacher, CODE, world)
    assert of_any_referral(english) == of_any_referral(other)
    assert digest(of_any_referral(english)) == digest(of_any_referral(other))
    assert other.sha256 == digest(other.content)
    kept = [*OutboxRow.objects.values_list("kind", "key", "references"), *Entry.objects.values_list("verb", "detail")]
    assert kept
    assert "⟦" not in str(kept) + other.content


def test_an_e_mail_that_a_page_sends_is_english(world: World):
    client = Client()
    client.cookies["django_language"] = CODE
    client.post(reverse("account_reset_password"), {"email": world.teacher.email})
    with translation.override(CODE):
        for row in OutboxRow.objects.filter(kind="password_link"):
            keep(row.pk)
    assert len(mail.outbox) == 1
    assert "⟦" not in mail.outbox[0].subject + str(mail.outbox[0].body)
