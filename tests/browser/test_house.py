"""The house as people meet it: signing in, each role's pages, sessions that end, pages for what goes wrong.

Each runs at a desk, on a phone and without JavaScript; every page visited is checked with axe (conftest.py).
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import EVERY_WAY, Visitor
from tests.browser.form import begin, open_page
from tests.browser.test_main_job import answer

pytestmark = pytest.mark.long

ROLES = {
    "teacher": ["Home"],
    "dsl": ["Home", "People"],
    "schooladmin": ["Home", "People"],
    "screener": ["Home"],
    "operator": ["Home", "Background work"],
    "auditor": ["Home", "Audit record"],
    "admin": ["Home", "People"],
}


def test_somebody_who_has_not_signed_in_still_finds_whom_to_ring(visitor):
    visitor.go("/").sees("Sign in").picture("sign-in")
    visitor.go("/numbers/").sees("01952 385385").picture("numbers")


@EVERY_WAY
@pytest.mark.parametrize("person", ROLES)
def test_each_role_signs_in_and_opens_its_pages(visitor, person):
    visitor.sign_in(person)
    assert visitor.page.url.rstrip("/") == visitor.stack.address
    visitor.sees("Nothing you send reaches anybody").picture(f"home-{person}")
    for page in ROLES[person][1:]:
        visitor.follow(page).picture(page.lower().replace(" ", "-") + f"-{person}")
    visitor.go("/account/").sees("Your roles").picture(f"account-{person}")
    if person == "teacher":  # the same for everybody, and the largest page there is
        visitor.go("/thresholds/").go("/thresholds/telford-and-wrekin/").picture("pack")
    visitor.press("Sign out").sees("Sign in")


def test_a_wrong_password_is_told_without_saying_what_was_wrong(visitor):
    visitor.go("/sign-in/").fill("E-mail address", "teacher@demo.example").fill("Password", "not this one")
    visitor.press("Sign in")
    assert visitor.page.title().startswith("Error: ")
    assert visitor.page.get_by_label("E-mail address").input_value() == "teacher@demo.example"
    summary = visitor.page.locator(".govuk-error-summary")
    expect(summary).to_be_visible()
    visitor.picture("sign-in-wrong")


def test_a_summary_link_lands_on_its_field(desk):
    desk.go("/sign-in/").press("Sign in")
    desk.page.locator(".govuk-error-summary a").first.click()
    expect(desk.page.get_by_label("E-mail address")).to_be_focused()


def test_pages_for_what_goes_wrong_still_show_the_numbers(visitor):
    visitor.sign_in("teacher")
    visitor.go("/nowhere").sees("Page not found").picture("not-found")
    visitor.go("/audit/").sees("999").picture("refused")
    assert visitor.page.get_by_text(re.compile("01952|999")).first.is_visible()


def test_what_was_typed_before_a_session_ended_comes_back_to_its_author(visitor):
    visitor.sign_in("auditor").follow("Audit record")
    visitor.page.locator("main details summary").first.click()
    visitor.page.locator("main input[type=text]").first.fill("Whoever it was")
    visitor.stack.end_sessions()
    visitor.page.locator("main form[method=post] button").first.click()
    visitor.check().sees("kept").picture("session-ended")
    known = visitor.stack.people["auditor"]
    visitor.fill("E-mail address", known["email"]).fill("Password", known["password"]).press("Sign in")
    visitor.enter_code("auditor").sees("What you typed is kept").picture("held")
    assert "Whoever it was" in visitor.page.content()
    visitor.press("Discard it")
    assert "Whoever it was" not in visitor.page.content()


def test_a_list_fits_a_phone_and_the_record_of_who_saw_what_has_room_for_names(desk):
    desk.sign_in("teacher").go("/referrals/").page.set_viewport_size({"width": 360, "height": 740})
    too_wide = desk.page.locator("main .app-scroll").evaluate_all(
        "tables => tables.filter(table => table.scrollWidth > table.clientWidth).map(table => table.innerText)"
    )
    assert too_wide == []
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    desk.press("Sign out").sign_in("auditor").go("/audit/").page.set_viewport_size({"width": 320, "height": 740})
    assert desk.page.locator("main .app-scroll").evaluate("table => table.scrollWidth <= table.clientWidth")
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    # Ids may break anywhere, and without a width of its own the column of names was squeezed until names broke too.
    name, table = desk.page.locator("main tbody td:nth-child(2)").first, desk.page.locator("main table")
    assert name.evaluate("cell => cell.offsetWidth") * 4 >= table.evaluate("table => table.offsetWidth") - 4


def test_a_page_from_before_its_author_signed_in_again_loses_nothing(desk):
    desk.sign_in("teacher").go("/referrals/").page.get_by_role("link", name=re.compile("^Idris Kettlewell")).click()
    desk.check().page.locator("main a[href$='/add/']").click()
    desk.check().fill("What have you learned since?", "He was seen in town at two")
    other = Visitor(desk.page.context.new_page(), desk.stack, desk.way).go("/").press("Sign out")
    other.sign_in("teacher")
    desk.press("Add this").sees("What you typed is kept").picture("held-from-before")
    desk.press("Continue with what I typed").sees("He was seen in town at two")


# Somebody whom no other test needs gets a second role: of somebody who has several, every page says for whom.
SECOND_ROLE = """
from django.utils import timezone
from accounts.actions import NewRole, give_role
from accounts.clock import day_of
from accounts.domain.roles import Role
from accounts.models import Agency, Person
from audit.domain.actor import Actor

person = Person.objects.get(email="officer@demo.example")
agency = Agency.objects.get(name="Wrekin Vale Academy")
if not person.memberships.filter(agency=agency).exists():
    new = NewRole(Role.PRACTITIONER, agency, None, day_of(timezone.now()))
    give_role(person=person, new=new, by=Actor.system("test"))
"""


@EVERY_WAY
def test_a_page_of_another_agency_is_sent_in_nobodys_name_and_loses_nothing(visitor):
    visitor.stack.manage("shell", "--no-imports", "-c", SECOND_ROLE)
    visitor.sign_in("officer").go("/account/").picture("account-of-two-agencies")
    visitor.page.get_by_label("Wrekin Vale Academy").check()
    visitor.page.locator("main form[action*=agency] button").first.click()
    page = begin(visitor, danger="no") + "page/concern/"
    open_page(visitor, page)
    answer(visitor, what="He was seen in town at two")
    other = Visitor(visitor.page.context.new_page(), visitor.stack, visitor.way).go("/account/")
    other.page.locator("main input[name=agency]:not(:checked)").first.check()
    other.page.locator("main form[action*=agency] button").first.click()
    other.check()
    visitor.touch(visitor.page.locator("main button[value=continue]").first).check()
    visitor.sees("Nothing has been sent or saved from it").picture("other-agency")
    visitor.press("Work for Wrekin Vale Academy again").sees("What you typed is kept").picture("held-of-other-agency")
    visitor.press("Continue with what I typed").go(page)
    assert visitor.page.locator("[name=what]").input_value() == "He was seen in town at two"


def test_an_administrator_opens_a_colleagues_page_and_the_form_to_end_a_role(visitor):
    visitor.sign_in("schooladmin").follow("People")
    visitor.page.locator("main a[href^='/people/']").first.click()
    visitor.check().picture("person")
    visitor.page.locator("a[href*='/people/roles/'][href$='/end/']").first.click()
    visitor.check().press("End this role")
    assert visitor.page.title().startswith("Error: ")
    visitor.picture("end-role-error").follow("Back")
    visitor.page.locator("a", has_text="Give a role at").click()
    visitor.check().picture("give-role").press("Give this role")
    assert visitor.page.title().startswith("Error: ")
    visitor.check().picture("give-role-error")


def test_the_keyboard_alone_signs_in(desk):
    desk.go("/sign-in/")
    keyboard = desk.page.keyboard
    keyboard.press("Tab")
    expect(desk.page.get_by_role("link", name="Skip to main content")).to_be_focused()
    keyboard.press("Enter")
    for _ in range(3):
        keyboard.press("Tab")
        if desk.page.evaluate("document.activeElement.name") == "login":
            break
    keyboard.type("teacher@demo.example")
    keyboard.press("Tab")
    keyboard.type(desk.stack.people["teacher"]["password"])
    keyboard.press("Enter")
    # The browser carries the skip link's "#main-content" along.
    desk.page.wait_for_url(re.compile(re.escape(desk.stack.address) + "/(#.*)?$"))
    desk.check().sees("Home")


def test_the_page_after_a_double_click_is_the_same(desk):
    desk.go("/sign-in/").fill("E-mail address", "dsl@demo.example")
    desk.fill("Password", desk.stack.people["dsl"]["password"])
    desk.page.get_by_role("button", name="Sign in").dblclick()
    desk.page.wait_for_url(desk.stack.address + "/")
    desk.check()
