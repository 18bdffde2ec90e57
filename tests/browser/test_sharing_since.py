"""What is said of sharing, before and after it was sent, in a real browser: another lawful basis, what is not for the
family, the lead's questions, a copy for the family and its end, who was told, an agreement that is limited and then
taken back, and a form that begins from another. Each page is checked with axe (conftest.py).
"""

import re

import pytest

from tests.browser.conftest import EVERY_WAY, Visitor, visit
from tests.browser.form import path_of
from tests.browser.test_full_form import routine
from tests.browser.test_main_job import answer, words
from tests.support import eventually

pytestmark = pytest.mark.long

MOTHER = "Kim Vale"


def wrong(visitor: Visitor, button: str, told: str) -> Visitor:
    """Press a button and meet an error: summed up, in the title, and leading to its field."""
    visitor.press(button)
    assert visitor.page.title().startswith("Error: ")
    visitor.sees(told)
    target = visitor.page.locator(".govuk-error-summary a").first.get_attribute("href")
    assert visitor.page.locator(f"main {target}").count() == 1, target
    return visitor


def follow(visitor: Visitor, path: str) -> Visitor:
    """Follow the link of the page that leads to this path."""
    return visitor.touch(visitor.page.locator(f"main a[href$='{path}']").first).check()


def draft_of_callie(visitor: Visitor) -> str:
    """The draft that the demonstration's teacher has; its address."""
    visitor.go("/referrals/").touch(visitor.page.get_by_role("link", name=re.compile("^Callie Thornbury")).first)
    return path_of(visitor.check()).removesuffix("tasks/")


def before_it_is_sent(visitor: Visitor) -> None:
    """Rely on another lawful basis, and keep an answer from every copy for the family."""
    address = draft_of_callie(visitor)
    follow(visitor.go(f"{address}sharing/"), "/sharing/bases/")
    for box in reversed(visitor.page.locator("main input[type=checkbox]:checked").all()):
        box.uncheck()
    wrong(visitor, "Save the lawful basis", "Choose at least one answer to").picture("bases-error")
    visitor.go(f"{address}sharing/bases/")
    visitor.page.get_by_label("Substantial public interest: statutory functions").check()
    wrong(answer(visitor, why=""), "Save the lawful basis", "Write why you choose another lawful basis")
    answer(visitor, why="The Act that founded us says so").press("Save the lawful basis")
    visitor.sees("The lawful basis is saved").go(f"{address}sharing/bases/").sees("The Act that founded us says so")
    visitor.picture("bases-chosen").go(f"{address}not-for-family/").page.get_by_label(
        "Not for the family"
    ).first.check()
    visitor.picture("not-for-family").press("Save").sees("It is saved what is not for the family")
    visitor.go(f"{address}not-for-family/")
    assert visitor.page.get_by_label("Not for the family").first.is_checked()
    wrong(visitor.go(f"{address}not-refer/"), "Record the decision not to refer", "Write why you decide not to refer")


def approved(visitor: Visitor, reference: str) -> None:
    """Let the lead open each question about it, and approve."""
    lead = visit(visitor.page.context.browser, visitor.stack, visitor.way).sign_in("dsl").go("/desk/")
    lead.touch(lead.page.get_by_role("link", name=re.compile(reference)).first).check()
    desk = path_of(lead)
    for page, button, told in (
        ("advise", "Give this advice", "Write your advice"),
        ("return", "Return it", "Write what should change"),
        ("decline", "Advise against sending", "Write why you advise against it"),
    ):
        wrong(lead.go(f"{desk}{page}/"), button, told).picture(f"desk-{page}-error")
        lead.touch(lead.page.get_by_role("link", name=f"Back to {reference}")).check()
    # It could make nothing unsafe, so it holds no copy for the family back.
    answer(lead.go(f"{desk}advise/"), text="Ring the school nurse too", telling="no").picture("desk-advise")
    lead.press("Give this advice").sees("Your advice is with the author")
    lead.press("Approve and send").sees("Approved.")
    lead.page.context.close()


def copy_for_the_mother(visitor: Visitor, address: str) -> None:
    """Make a copy for the family: whom it is for, what goes in, and the file."""
    wrong(follow(visitor.go(address), "/family-copy/"), "Show what it would hold", "Choose who gets it")
    visitor.tick(visitor.page.get_by_label(re.compile(f"^{MOTHER}")))
    answer(visitor, ask="The tutor, 01632 960123").press("Show what it would hold").sees("What the copy would hold")
    wrong(visitor.picture("family-preview"), "Make the copy", "Nothing is ticked above")
    visitor.tick(visitor.page.locator("main input[name=put_in]").first)
    answer(visitor, read="on", may_have_it="on").press("Make the copy").picture("family-copy-made")
    with visitor.page.expect_download() as download:
        visitor.page.locator("main a[href$='.pdf']").first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def told_and_said(visitor: Visitor, address: str) -> None:
    """Record that the mother was told, that she agrees to a part and takes it back; nothing goes to her then."""
    follow(visitor.go(address), "/telling/")
    visitor.touch(visitor.page.get_by_role("link", name=re.compile(MOTHER)).first).check()
    wrong(visitor, "Record it", "Write who told them").picture("told-error")
    day = {"told_on_day": "1", "told_on_month": "1", "told_on_year": "2031"}
    wrong(answer(visitor, **day, told_by="The tutor", words="Thank you"), "Record it", "must be today or in the past")
    answer(visitor, told_on_year="2026").press("Record it").sees(f"It is recorded that {MOTHER} was told")
    visitor.picture("telling-told")

    visitor.go(f"{address}agreement/").follow(f"Record what {MOTHER} says now")
    wrong(answer(visitor, said="limited"), "Record it", "Choose which parts may go along").picture("limited-error")
    for name in ("agreed_parts", "agreed_with"):
        visitor.tick(visitor.page.locator(f"main input[name={name}]").first)
    limited = {"limits": "Not what the doctor said", "words": "Only what the school saw"}
    answer(visitor, **limited).press("Record it").sees("Only what the school saw").picture("agreement-limited")
    visitor.follow(f"Record what {MOTHER} says now")
    answer(visitor, said="withdrawn", words="I have thought again").press("Record it").sees("I have thought again")
    visitor.picture("agreement-withdrawn")
    record = words(visitor, f"{address}sharing/record/")
    assert record.index("this one counts") < record.index("1. Submitted")
    visitor.picture("decisions-since").go(f"{address}family-copy/")
    visitor.sees("Nothing about this goes to the family").picture("family-copy-held")
    assert visitor.page.locator("main form").count() == 0
    wrong(visitor.go(f"{address}withdraw/"), "Ask to withdraw it", "Write why it should be withdrawn")


def another_begins_from_it(visitor: Visitor, address: str) -> None:
    """Begin an assessment from what was sent, and read what came along and what is asked again."""
    visitor.go(address).touch(visitor.page.get_by_text("Begin another form from this")).press(
        "Begin an assessment from it"
    )
    begun = path_of(visitor).removesuffix("tasks/")
    assert begun != address
    visitor.picture("begun-tasks").go(f"{begun}carried/").sees("Robin Vale").picture("carried")


@EVERY_WAY
@pytest.mark.timeout(900)
def test_what_is_said_of_sharing_before_and_after_it_is_sent(visitor: Visitor):
    before_it_is_sent(visitor.sign_in("teacher"))
    address, reference = routine(visitor, may_tell=True)
    approved(visitor, reference)
    eventually(lambda: "Delivered is not read" in words(visitor, address), within=90)
    copy_for_the_mother(visitor, address)
    told_and_said(visitor, address)
    another_begins_from_it(visitor, address)
