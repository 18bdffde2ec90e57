"""Stoke-on-Trent in a real browser: whoever doesn't ask the family needs a manager's approval, with reasons, and a
child who may be harmed waits for none (the area's document, line 585)."""

import re

import pytest

from tests.browser.conftest import Visitor, visit
from tests.browser.form import add, begin, fill, mother
from tests.browser.test_main_job import REFERENCE, answer, words
from tests.support import eventually

pytestmark = pytest.mark.long

STOKE = "stoke-on-trent"


def not_asked(visitor: Visitor) -> tuple[str, str, str]:
    """Write a routine referral of a child in Stoke-on-Trent whose mother couldn't be reached, and submit it; return its
    address, its reference and the child's id."""
    address = begin(visitor, danger="no")
    page = f"{address}page/"
    fill(visitor, f"{page}desk/", about_desk="no")
    child = add(visitor, f"{page}children/", "child")
    names = {"given_names": "Robin", "family_name": "Vale", "born_year": "2019", "sex": "not_known"}
    fill(visitor, f"{page}child-about/{child}/", unborn="no", **names)
    there = {"address": "1 Kiln Row", "postcode_not_known": "on", "where_now": "At the clinic", "safe_tonight": "yes"}
    fill(visitor, f"{page}child-home/{child}/", home_area=STOKE, found_area=STOKE, **there)
    fill(visitor, f"{page}harm/{child}/", harm="no")
    fill(visitor, f"{page}circumstances/{child}/", circumstances=["none"])
    fill(visitor, f"{page}child-sharing/{child}/", said="not_known")
    member = mother(visitor, address)
    why: dict[str, str | list[str]] = {
        "not_asked_because": ["not_reached"],
        "not_asked_why": "Rang three times, wrote twice.",
    }
    fill(visitor, f"{page}member-sharing/{member}/", information_shared="yes", said="not_sought", **why)
    fill(visitor, f"{page}without-agreement/", everybody_agrees="no", why_without="He misses every check")
    visitor.go(f"{address}check/").sees("It waits for your line manager before it goes.").picture("stoke-check")
    visitor.press("Submit for approval").sees("It waits at your agency").picture("stoke-waits")
    reference = REFERENCE.search(visitor.page.inner_text("main"))
    assert reference is not None
    return address, reference[0], child


def opens(manager: Visitor, reference: str) -> Visitor:
    manager.go("/desk/").page.get_by_role("link", name=re.compile(reference)).first.click()
    return manager.check()


@pytest.mark.timeout(600)
def test_a_manager_approves_not_asking_with_reasons_and_possible_harm_waits_for_nobody(desk: Visitor):
    desk.sign_in("healthvisitor")
    given, first, _ = not_asked(desk)
    declined, second, child = not_asked(desk)
    manager = visit(desk.page.context.browser, desk.stack, "desk").sign_in("health-manager")

    opens(manager, first).sees("It waits for an approval").sees("Nothing is sent without an answer. Please answer by")
    manager.picture("stoke-manager").page.get_by_role("button", name="Send it, with your reasons").click()
    manager.check().press("Send it with these reasons").sees("Write why it is right to send it")
    answer(manager, why="Every way to reach her was tried")
    manager.picture("stoke-reasons").press("Send it with these reasons").sees("with your reasons")
    eventually(lambda: "Delivered is not read" in words(desk, given), within=90)
    assert "Every way to reach her was tried" in words(desk, f"{given}sharing/record/")

    opens(manager, second).page.locator("main a[href$='/decline/']").click()
    answer(manager.check(), why="Visit her first")
    manager.page.locator("main form button").first.click()
    manager.check()
    again = words(desk, f"{declined}tasks/")
    assert "Visit her first" in again
    desk.go(f"{declined}check/").sees("It can't be sent as it stands").picture("stoke-declined")

    # It is worse than she thought: nobody's no holds it.
    fill(desk, f"{declined}page/harm/{child}/", harm="suspected", harm_what="A burn on his hand")
    desk.go(f"{declined}check/").press("Send referral now").picture("stoke-harm-sent")
    eventually(lambda: "Delivered is not read" in words(desk, declined), within=90)
    manager.page.context.close()
