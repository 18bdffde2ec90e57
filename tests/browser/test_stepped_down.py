"""A referral is sent, a front door steps it down, and the agency makes an assessment of it: in a real browser, each
page checked with axe (conftest.py)."""

import re

import pytest

from tests.browser.conftest import EVERY_WAY, Visitor, visit
from tests.browser.form import begin, born_child, fill, mother, path_of
from tests.browser.test_main_job import REFERENCE, answer, go_on, words
from tests.support import eventually

pytestmark = pytest.mark.long

FEARED = "A bruise on the arm that nobody explains"
WORRY = "He comes late and hungry, and his mother is worn out."


def sent(visitor: Visitor) -> tuple[str, str]:
    """Send a referral in which harm is suspected; return its address and reference once it is in the queue."""
    address = begin(visitor.sign_in("primary-teacher"), danger="likely")
    page = f"{address}page/"
    fill(visitor, f"{page}desk/", about_desk="no")
    child = born_child(visitor, address, safe_tonight="yes")
    member = mother(visitor, address)
    fill(visitor, f"{page}member-sharing/{member}/", information_shared="yes", said="not_sought")
    fill(visitor, f"{page}harm/{child}/", harm="suspected", harm_what=FEARED, injured="no")
    fill(visitor, f"{page}concern/", what=WORRY, happened_on_year="2026", where="At school", source=["saw"])
    fill(
        visitor, f"{page}child-view/{child}/", view_given="words", view="Mum sleeps all day", view_wants_not_known="on"
    )
    fill(visitor, f"{page}analysis/", worried="He carries too much", working_well="They talk", needs_to_happen="Help")
    visitor.go(f"{address}check/").press("Send referral now").sees("Referral sent")
    eventually(lambda: "Delivered is not read" in words(visitor, address), within=90)
    reference = REFERENCE.search(visitor.page.inner_text("main"))
    assert reference is not None
    return address, reference[0]


def stepped_down(visitor: Visitor, reference: str) -> None:
    """The social worker decides that early help follows."""
    decider = visit(visitor.page.context.browser, visitor.stack, visitor.way).sign_in("socialworker").go("/queue/")
    decider.touch(decider.page.get_by_role("button", name=f"Claim {reference}")).check()
    decider.touch(decider.page.locator("main a[href*='/decide/']").first).check()
    answer(
        decider,
        outcome="early_help",
        rationale="A graze from football: he showed us, and his mother told the same.",
        next_step="Ask her for an assessment. We rang her, and she wants help.",
    )
    decider.press("Decide").sees("The decision is kept").picture("step-down-decided")
    decider.page.context.close()


@EVERY_WAY
@pytest.mark.timeout(600)
def test_a_referral_that_is_stepped_down_becomes_an_assessment(visitor: Visitor):
    address, reference = sent(visitor)
    stepped_down(visitor, reference)
    visitor.go(address).sees("With the family's agreement, an assessment comes next").picture("step-down-referral")
    visitor.press("Begin the assessment").sees("The front door has decided on the harm that was feared")
    visitor.picture("step-down-tasks")
    begun = path_of(visitor).removesuffix("tasks/")
    assert begun != address

    carried = words(visitor, f"{begun}carried/")
    visitor.picture("step-down-carried")
    for told in (f"From the referral {reference}", FEARED):
        assert told in carried, told
    assert re.search(r"Written \d{1,2} \w+ \d{4}\. Not looked at since", carried)

    visitor.go(f"{begun}page/eha-reason/").sees(re.compile(f"^Carried from {reference}, written "))
    visitor.picture("step-down-page")
    assert visitor.page.locator("[name=reason]").input_value() == WORRY
    go_on(visitor, family_hopes="Calm mornings", tried_before_not_known="on")

    # What was feared was decided on: it isn't carried, and its answer of today leads to no referral.
    harm = visitor.go(f"{begun}tasks/").page.locator("main a[href*='/page/harm/']").first.get_attribute("href")
    assert harm is not None
    visitor.go(harm)
    assert visitor.page.locator("[name=harm]:checked").count() == 0
    go_on(visitor, harm="no")
    assert "needs-referral" not in visitor.page.url

    checked = words(visitor, f"{begun}check/")
    visitor.picture("step-down-check")
    assert "Carried over, and not looked at since" in checked
    assert "What you wrote may mean harm" not in checked
    assert "It can't be sent as it stands" in checked  # nobody has agreed to it yet
    assert "Looked at since." in words(visitor, f"{begun}carried/")
    assert "An assessment was begun from this" in words(visitor, address)
