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


def reworded(content: bytes, wording: str) -> bytes:
    """The workbook with another wording of one descriptor, as somebody would type it."""
    book = load_workbook(io.BytesIO(content))
    sheet = book["Descriptors"]
    rows = [[str(cell.value) for cell in row] for row in sheet.iter_rows()]
    head = next(number for number, row in enumerate(rows) if "wording" in [cell.lower() for cell in row])
    column = [cell.lower() for cell in rows[head]].index("wording")
    line = next(number for number, row in enumerate(rows) if row[0] == ID)
    sheet.cell(line + 1, column + 1).value = wording
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
    upload(visitor, reworded(book, wording), f"Agreed {visitor.way}").sees(wording.split(" is ", maxsplit=1)[0])
    visitor.sees("It applies to nobody until it is published").picture("keep-draft")
    draft = visitor.page.url.removeprefix(visitor.stack.address)
    visitor.follow("Read it as a document").sees(wording).picture("keep-preview")

    visitor.go("/thresholds/keep/").press("Compare").picture("keep-compare")

    visitor.follow("Past referrals").picture("backtests")
    visitor.page.get_by_label(f"Agreed {visitor.way}").check()
    visitor.press("Try it on past referrals")
    tried = visitor.page.url.removeprefix(visitor.stack.address)
    eventually(lambda: "Finished" in visitor.go(tried).page.inner_text("main"), within=120)
    visitor.picture("backtest")

    visitor.go(draft).press("Publish from a day").picture("keep-publish")
    for part, value in (("Day", start.day), ("Month", start.month), ("Year", start.year)):
        visitor.fill(part, str(value))
    visitor.press("Continue").sees("can't be changed or taken back").picture("keep-publish-from")
    visitor.press("Publish").sees(f"Published from {start.day}")
    visitor.go(draft).sees("Published by Ruth Vandermeer")
