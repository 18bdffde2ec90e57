"""The life of a draft in a browser: files, one of them with a virus; handing on; and words that are kept as typed."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PIL import Image
from playwright.sync_api import FilePayload

from tests.browser.conftest import EVERY_WAY, Visitor, visit
from tests.browser.form import begin
from tests.browser.test_main_job import answer, go_on, words
from tests.clamd import EICAR
from tests.support import eventually

pytestmark = pytest.mark.long


def photo() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (60, 40), (120, 40, 40)).save(made, format="JPEG")
    return made.getvalue()


@EVERY_WAY
def test_files_go_along_and_a_virus_is_kept_out(visitor: Visitor):
    address = begin(visitor.sign_in("teacher"), danger="likely")
    visitor.go(f"{address}attach/").sees("doesn't wait for that").picture("files-none")
    chosen: list[FilePayload] = [
        {"name": "arm.jpg", "mimeType": "image/jpeg", "buffer": photo()},
        {"name": "invoice.txt", "mimeType": "text/plain", "buffer": EICAR},
    ]
    visitor.page.locator("input[type=file]").set_input_files(chosen)
    visitor.press("Upload").sees("2 files uploaded")
    visitor.page.locator("textarea[name^=what-]").first.fill("Photo of the bruise on her arm, by me, today")
    eventually(lambda: "A virus was found" in words(visitor, f"{address}attach/"), within=90)
    eventually(lambda: words(visitor, f"{address}attach/").count("Checked for viruses") == 1, within=90)
    visitor.page.locator("textarea[name^=what-]").first.fill("Photo of the bruise on her arm, by me, today")
    visitor.picture("files").press("Save and continue").sees("2 files").picture("tasks-with-files")
    visitor.go(f"{address}check/").sees("Photo of the bruise on her arm").picture("check-with-files")
    visitor.go(f"{address}attach/").press("Upload")
    assert visitor.page.title().startswith("Error: ")
    visitor.picture("files-error")


@EVERY_WAY
def test_a_draft_is_handed_on_by_an_offer(visitor: Visitor):
    address = begin(visitor.sign_in("teacher"), danger="likely")
    go_on(visitor.go(f"{address}page/desk/"), about_desk="no")
    dsl = visitor.stack.people["dsl"]["name"]
    visitor.go(f"{address}share/").picture("share")
    visitor.fill("Name of the person", dsl.split()[-1]).press("Find").picture("share-found")
    visitor.press("Continue")
    assert visitor.page.title().startswith("Error: ")
    visitor.picture("share-error")
    answer(visitor, what="hand_over", note="I am away from Friday. The worry still has to be written.")
    visitor.page.get_by_label(dsl, exact=True).check()
    visitor.press("Continue").sees("hasn't answered yet").picture("share-offered")

    lead = (
        visit(visitor.page.context.browser, visitor.stack, visitor.way).sign_in("dsl").go("/").picture("home-offered")
    )
    lead.page.get_by_role("link", name="Read the note and answer").first.click()
    lead.check().sees("I am away from Friday").picture("offer")
    answer(lead, accept="yes").press("Continue").sees("is yours now").picture("tasks-taken-over")
    lead.page.context.close()
    visitor.go(address).sees("Handed to somebody else, who holds it now").picture("handed-on")


@EVERY_WAY
def test_two_people_on_one_page_of_a_draft_overwrite_nothing(visitor: Visitor):
    """The teacher and the lead, each in a browser of their own, write on the same page at the same time."""
    address = begin(visitor.sign_in("teacher"), danger="likely")
    go_on(visitor.go(f"{address}page/desk/"), about_desk="no")
    colleague = visitor.stack.people["dsl"]["name"]
    visitor.go(f"{address}share/").fill("Name of the person", colleague.split()[-1]).press("Find")
    visitor.tick(visitor.page.get_by_label(colleague, exact=True))
    answer(visitor, what="share").press("Continue").sees("can write on it from now on")

    lead = visit(visitor.page.context.browser, visitor.stack, visitor.way).sign_in("dsl")
    page = f"{address}page/concern/"
    for one in (visitor, lead):
        one.go(page)
    go_on(lead, what="A burn on the hand", happened_on_year="2026", where="In the kitchen", source=["saw"])
    answer(visitor, what="A bruise on the arm", happened_on_year="2026", where="At the bus stop", source=["saw"])
    visitor.touch(visitor.page.locator("main button[value=continue]")).check()
    visitor.sees(f"{colleague} saved this page while you were writing").picture("two-people")
    shown = visitor.page.inner_text("main")
    for told in ("A burn on the hand", "A bruise on the arm", "In the kitchen", "At the bus stop"):
        assert told in shown, told
    assert "When did it happen" not in shown  # where both say the same, nothing is asked
    # The lead saves once more before the teacher has chosen: what was chosen was chosen against something else.
    lead.go(page)
    go_on(lead, what="A burn on the hand, two days old")
    for name, side in (("what", "mine"), ("where", "theirs")):
        visitor.tick(visitor.page.locator(f"#take-{name}-{side}"))
    visitor.press("Save what I chose").sees("A burn on the hand, two days old").picture("two-people-again")
    visitor.tick(visitor.page.locator("#take-what-mine")).tick(visitor.page.locator("#take-where-theirs"))
    visitor.press("Put it together by hand").picture("two-people-by-hand")
    assert visitor.page.locator("[name=what]").input_value() == "A bruise on the arm"
    go_on(visitor, what="A bruise on the arm, and a burn on the hand, two days old", where="In the kitchen")
    lead.go(page).sees(re.compile("^Last saved by"))
    assert lead.page.locator("[name=what]").input_value().endswith("two days old")
    assert lead.page.locator("[name=where]").input_value() == "In the kitchen"
    lead.picture("two-people-after").page.context.close()


@contextmanager
def faults_expected(visitor: Visitor) -> Iterator[None]:
    """What the browser itself reports of a lost connection or an answer that refuses isn't a fault of the page."""
    yield
    visitor.faults.clear()


def status(visitor: Visitor, text: str) -> None:
    """Wait until the line about keeping says so."""
    visitor.page.locator("[role=status]", has_text=text).wait_for(timeout=20_000)


def test_what_is_typed_is_kept_through_a_lost_connection_and_a_session_that_ends(desk: Visitor):
    address = begin(desk.sign_in("teacher"), danger="likely")
    desk.go(f"{address}page/concern/")
    answer(desk, what="She hides her left arm")
    status(desk, "Kept as you type")
    desk.check().picture("kept")
    with faults_expected(desk):
        desk.page.context.set_offline(True)
        answer(desk, what="She hides her left arm and")
        status(desk, "The connection is lost.")
        desk.picture("kept-offline")
        desk.page.context.set_offline(False)
        status(desk, "Kept as you type")
        desk.stack.end_sessions()
        answer(desk, what="She hides her left arm and will not say why")
        status(desk, "You have been signed out.")
        # Signing in again in another window, the page goes on by itself.
        other = Visitor(desk.page.context.new_page(), desk.stack, desk.way).sign_in("teacher")
        status(desk, "Kept as you type")
    other.go(f"{address}page/concern/").sees("and did not save it").picture("kept-opened-again")
    assert other.page.locator("[name=what]").input_value() == "She hides her left arm and will not say why"
    # Two windows of one person: the later one is told, and overwrites nothing.
    with faults_expected(desk):
        answer(other, what="Another window")
        status(other, "Kept as you type")
        answer(desk, what="The first window")
        status(desk, "in another window too")
        assert desk.page.evaluate("localStorage.length + sessionStorage.length") == 0
    other.go(f"{address}tasks/")
    assert "Not started" in other.page.locator("li", has_text="What has happened").first.inner_text()
