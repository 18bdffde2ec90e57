"""Every page in a language in which each word that is looked up stands in brackets: what doesn't is data or listed."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.template import engines
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.domain.roles import Role
from accounts.models import Agency, FrontDoorTeam, Person
from referrals.journey.steps import steps_of
from referrals.record.models import PageAnswers, Referral
from referrals.record.selectors import draft_of, form_of
from referrals.routing.models import Intake
from tests.casework.support import World
from tests.desks import signed_in
from tests.factories import person_with
from tests.languages.known import KNOWN
from tests.languages.support import CODE, Page, left_over, plain, texts_in
from tests.oversight.support import manager_of
from tests.whole.growing import draft, story
from tests.whole.test_queries import DRAFT, LISTS, SENT
from thresholds.files import shipped_packs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_languages")]

TYPED = ("Later", "Advice", "Who", "Kim", "Seen", "In school", "We need help", "The tutor", "Neglect that goes on")
"""What people of the tests write."""


@pytest.fixture
def world() -> World:
    """A school, a front door and their people."""
    return World.made()


def data_of(_world: World) -> list[str]:
    """What stands in pages and is nobody's to translate: packs, names, what somebody wrote. The longest first."""
    found = {one for pack in shipped_packs() for one in texts_in(plain(pack)) if " " in one or one[:1].isupper()}
    for row in PageAnswers.objects.all():
        found |= set(texts_in(row.answers))
    found |= {one.full_name for one in Person.objects.all()} | set(Agency.objects.values_list("name", flat=True))
    found |= set(FrontDoorTeam.objects.values_list("name", flat=True))
    for referral in Referral.objects.all():
        found.add(referral.reference)
        for child in referral.children.all():
            found |= set(texts_in(child.answers))
        for member in referral.household.all():
            found |= set(texts_in(member.answers))
    found |= {*TYPED, "English", "Xx", "Person", "Robin", "Vale", "PDF", "SHA"}
    return sorted((one for one in found if len(one) > 1), key=len, reverse=True)


def in_the_language(browser: Client) -> Client:
    """The browser, whose person has chosen the pseudo-language."""
    browser.cookies["django_language"] = CODE
    return browser


def untranslated(texts: Iterable[str], data: list[str]) -> set[str]:
    """What a page says that is neither in brackets nor data, nor listed."""
    left = set()
    for text in texts:
        rest = left_over(re.sub("|".join(KNOWN) or "(?!)", " ", text), data)
        if rest:
            left.add(f"{rest!r} in {text!r}")
    return left


class Reader:
    """Opens pages and gathers what isn't translated, with the page's name."""

    def __init__(self, data: list[str]) -> None:
        self.data, self.found = data, dict[str, set[str]]()
        self.fine: set[str] = set()

    def read(self, name: str, answer: Any, *statuses: int) -> None:
        """Note what a page says."""
        assert answer.status_code in (statuses or (200,)), f"{name}: {answer.status_code}"
        page = answer.content.decode()
        assert f'lang="{CODE}"' in page, f"{name} doesn't name its language"
        # What stands on every page is looked at once.
        texts = set(Page(page).said) - self.fine
        if left := untranslated(texts, self.data):
            self.found[name] = left
        else:
            self.fine |= texts

    def everything(self) -> str:
        """What was found, page by page: nothing when all is well."""
        return "\n".join(f"{name}: {one}" for name, left in self.found.items() for one in sorted(left))


@pytest.mark.long
def test_pages_of_a_draft(world: World):
    referral = draft(world, 2)
    reader, browser = Reader(data_of(world)), in_the_language(signed_in(world.teacher))
    for name, address in DRAFT.items():
        reader.read(name, browser.get(address(referral)))
    for step in steps_of(form_of(referral), draft_of(referral)):
        reader.read(f"page {step.page.key}", browser.get(step.url(referral)))
        answer = browser.post(step.url(referral), {"do": "continue", "version": "0", "born_day": "40", "phone": "x"})
        if answer.status_code == 200:
            reader.read(f"page {step.page.key}, sent", answer)
    for name, address in BESIDE.items():
        reader.read(name, browser.get(address(referral)))
        reader.read(f"{name}, sent empty", browser.post(address(referral), {}))
    assert not reader.found, reader.everything()


BESIDE: dict[str, Callable[[Referral], str]] = {
    "start": lambda _: reverse("journey:start"),
    "withdraw": lambda referral: reverse("journey:withdraw", args=[referral.pk]),
    "not_refer": lambda referral: reverse("journey:not_refer", args=[referral.pk]),
}


def test_pages_of_what_was_sent(world: World):
    referral = story(world, 1)
    reader = Reader(data_of(world))
    for name, (who, address) in SENT.items():
        browser = in_the_language(signed_in(getattr(world, who)))
        reader.read(name, browser.get(address(referral)))
    intake = Intake.objects.get(referral=referral, front_door="family-connect")
    browser = in_the_language(signed_in(world.worker))
    for name in ("ask", "hand_on", "ask_partner"):
        reader.read(f"{name}, sent empty", browser.post(reverse(f"triage:{name}", args=[intake.pk]), {}))
    for name in ("recommend", "decide"):
        reader.read(f"{name}, sent empty", browser.post(SENT[name][1](referral), {}))
    assert not reader.found, reader.everything()


def test_lists_and_pages_of_everybody(world: World):
    story(world, 1)
    draft(world, 1)
    people = {
        **{who: getattr(world, who) for who in ("teacher", "dsl", "screener")},
        "administrator": person_with(Role.AGENCY_ADMINISTRATOR, agency=world.school),
        "operator": person_with(Role.OPERATOR),
        "auditor": person_with(Role.AUDITOR),
        "partnership": manager_of(world),
    }
    reader = Reader(data_of(world))
    for name, (who, address) in LISTS.items():
        reader.read(name, in_the_language(signed_in(people[who])).get(reverse(address)))
    browser = in_the_language(signed_in(world.teacher))
    area = world.team.area
    for name, args in (
        ("account", []),
        ("account_change_password", []),
        ("numbers", []),
        ("thresholds:pack", [area]),
        ("journey:routes", [area]),
        ("journey:try_route", [area]),
        ("blank_form:areas", []),
        ("blank_form:form", [area]),
        ("mfa_index", []),
    ):
        reader.read(name, browser.get(reverse(name, args=args)))
    assert not reader.found, reader.everything()


def test_pages_without_sign_in_and_errors(world: World):
    reader, browser = Reader(data_of(world)), in_the_language(Client(raise_request_exception=False))
    reader.read("sign-in", browser.get(reverse("account_login")))
    reader.read("sign-in, wrong", browser.post(reverse("account_login"), {"login": "a@b.example", "password": "x"}))
    reader.read("password", browser.get(reverse("account_reset_password")))
    reader.read("404", browser.get("/nothing/"), 404)
    forged = in_the_language(Client(enforce_csrf_checks=True))
    reader.read("csrf", forged.post(reverse("account_login"), {}), 403)
    reader.read("refused", in_the_language(signed_in(world.teacher)).get(reverse("audit:entries")), 403)
    reader.read("405", in_the_language(signed_in(world.teacher)).get(reverse("set_language")), 405)
    assert not reader.found, reader.everything()


def test_a_bare_word_is_found():
    template = (
        '{% extends "base.html" %}{% block content %}<h1 title="Said bare">A word nobody marked</h1>{% endblock %}'
    )
    with translation.override(CODE):
        page = engines["django"].from_string(template).render({}, None)
    left = untranslated(Page(page).said, [])
    assert any("word nobody marked" in one for one in left)
    assert any("Said bare" in one for one in left)
