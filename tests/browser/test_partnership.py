"""A partnership keeps its own wording: downloaded, changed, uploaded, looked at, tried on past referrals, published.

It runs at a desk, on a phone and without JavaScript, and each page is checked with axe (conftest.py).
"""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from tests.browser.conftest import EVERY_WAY, Visitor
from tests.support import eventually

pytestmark = pytest.mark.long

ID = "tw-acute-071"


def changed(content: bytes, heading: str, text: str) -> bytes:
    """The workbook with something else under a heading of one descriptor, as somebody would type it."""
    book = load_workbook(io.BytesIO(content))
    sheet = book["Descriptors"]
    rows = [[str(cell.value) for cell in row] for row in sheet.iter_rows()]
    head = next(number for number, row in enumerate(rows) if heading in [cell.lower() for cell in row])
    column = [cell.lower() for cell in rows[head]].index(heading)
    line = next(number for number, row in enumerate(rows) if row[0] == ID)
    sheet.cell(line + 1, column + 1).value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(visitor: Visitor, content: bytes, note: str) -> Visitor:
    """Upload a file as a draft."""
    visitor.page.locator("input[type=file]").set_input_files(
        {"name": "pack.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    return visitor.fill("What is this draft about?", note).press("Upload as a draft")


@EVERY_WAY
def test_a_partnership_publishes_its_own_wording(visitor: Visitor):
    wording = f"The child's communication aid is taken from them ({visitor.way})"
    start = timezone.localdate() + timedelta(days=30)
    visitor.sign_in("partnership").go("/thresholds/keep/").picture("keep")
    address = visitor.page.locator("main a[href*='xlsx']").first.get_attribute("href")
    book = visitor.page.request.get(f"{visitor.stack.address}{address}").body()

    upload(visitor, b"PK not a workbook", "Broken").sees("There is a problem").picture("keep-mistakes")
    upload(visitor, changed(book, "level", "Acute"), "Broken").sees(
        "Write one of: universal, vulnerable, complex, acute"
    )
    visitor.picture("keep-mistakes-in-a-sheet")
    upload(visitor, changed(book, "wording", wording), f"Agreed {visitor.way}").sees(
        wording.split(" is ", maxsplit=1)[0]
    )
    visitor.sees("It applies to nobody until it is published").picture("keep-draft")
    draft = visitor.page.url.removeprefix(visitor.stack.address)
    visitor.follow("Read it as a document")
    if visitor.way == "phone":
        # Each part of the grid is folded there.
        visitor.touch(visitor.page.locator("tbody", has_text=wording).locator("button.app-grid__fold"))
    visitor.sees(wording).picture("keep-preview")

    visitor.go("/thresholds/keep/").press("Compare").picture("keep-compare")

    visitor.follow("Past referrals").picture("backtests")
    visitor.go(draft).press("Try it on past referrals").picture("backtest-begun")
    tried = visitor.page.url.removeprefix(visitor.stack.address)
    eventually(lambda: "Finished" in visitor.go(tried).page.inner_text("main"), within=120)
    visitor.picture("backtest")

    visitor.go(draft).press("Publish from a day").picture("keep-publish")
    for part, value in (("Day", start.day), ("Month", start.month), ("Year", start.year)):
        visitor.fill(part, str(value))
    visitor.press("Continue").sees("can't be changed or taken back").picture("keep-publish-from")
    visitor.press("Publish").sees(f"Published from {start.day}")
    visitor.go(draft).sees("Published by Ruth Vandermeer")

    # Another from today: the one that was just published takes its place, and whoever publishes has to say to know.
    visitor.go("/thresholds/keep/")
    upload(visitor, changed(book, "wording", f"{wording} today"), "From today").press("Publish from a day")
    today = timezone.localdate()
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        visitor.fill(part, str(value))
    visitor.press("Continue").sees(f"I know that the version from {start.day}").picture("keep-publish-later")
    visitor.press("Publish").sees("Tick that you know which version takes the place").picture("keep-publish-later-not")


@EVERY_WAY
def test_a_document_is_searched_and_read_in_its_place(visitor: Visitor):
    visitor.sign_in("partnership").go("/thresholds/telford-and-wrekin/").picture("thresholds", whole=False)
    visitor.fill("Search this document", "self harm").press("Search").sees("match best").picture("thresholds-found")
    place = visitor.page.locator("main ol a[href$='#tw-acute-092']")
    visitor.touch(place).sees("Levels of need")
    entry = visitor.page.locator("#tw-acute-092")
    # The headings of the levels are far above by then: what a link led to says its own level.
    assert entry.locator(".app-grid__at").is_visible()
    visitor.picture("thresholds-place", whole=False)
    names = visitor.page.locator("button.app-grid__fold")
    assert names.count() == (len(visitor.page.locator(".app-grid__part").all()) if visitor.way == "phone" else 0)
    if visitor.way == "phone":
        # Read whole on a phone it is a column of a hundred screens: all but the part that the link led to is folded.
        assert names.and_(visitor.page.locator("[aria-expanded='true']")).count() == 1
        folded = visitor.page.locator("tbody", has=names.first).locator("li").first
        assert not folded.is_visible()
        visitor.touch(names.first).check()
        assert folded.is_visible()
        visitor.picture("thresholds-folded")
