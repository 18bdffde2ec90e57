"""The main job in a real browser, from a worried teacher to an answered referral, by everybody who has a part in it.

It runs at a desk, on a phone and without JavaScript, and each page is checked with axe (conftest.py).
"""

import re

import pytest

from tests.browser.conftest import Visitor, visit
from tests.support import eventually

AREA = "telford-and-wrekin"
REFERENCE = re.compile(r"\bSR-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


def answer(visitor: Visitor, **answers: str | list[str]) -> Visitor:
    """Answer questions of the page by field name: choose, tick or type as the field asks."""
    for name, value in answers.items():
        for one in value if isinstance(value, list) else [value]:
            choice = visitor.page.locator(f"input[name='{name}'][value='{one}']:is([type=radio],[type=checkbox])")
            if choice.count():
                visitor.tick(choice.first)
            elif visitor.page.locator(f"select[name='{name}']").count():
                visitor.choose(visitor.page.locator(f"select[name='{name}']").first, one)
            else:
                visitor.write(visitor.page.locator(f"[name='{name}']").first, one)
    return visitor


def go_on(visitor: Visitor, **answers: str | list[str]) -> Visitor:
    """Answer, press Continue, and stand on the next page without an error."""
    answer(visitor, **answers)
    visitor.touch(visitor.page.locator("main button[value=continue]").first).check()
    assert visitor.page.locator(".govuk-error-summary").count() == 0, visitor.page.inner_text("main")
    return visitor


def send_now(visitor: Visitor) -> tuple[str, str]:
    """Let the teacher send the first facts; return the referral's address and reference."""
    visitor.sign_in("teacher").go("/start/").picture("start")
    answer(visitor, danger="now", cannot_wait="yes")
    visitor.press("Continue").sees("Ring first, then write").picture("urgent")
    visitor.press("Write what must go now").picture("send-now-rang")
    go_on(visitor, rang="no")
    visitor.page.locator("main form[action*=add-child] button").first.click()
    visitor.check().picture("send-now-child")
    go_on(
        visitor,
        unborn="no",
        given_names="Robin",
        family_name="Vale",
        born_year="2019",
        harm="yes",
        where_now="At school, with me",
        home_area=AREA,
        found_area=AREA,
        safe_tonight="no",
    )
    go_on(visitor, children_complete="yes")
    go_on(visitor, worry="She says that she is afraid to go home", family_told="no")
    go_on(visitor, about_desk="no")
    visitor.sees("Check your answers").picture("send-now-check")
    address = re.search(r"/r/[0-9a-f-]+/", visitor.page.url)
    visitor.press("Send referral now").sees("Referral sent").picture("sent")
    reference = REFERENCE.search(visitor.page.inner_text("main"))
    assert address is not None
    assert reference is not None
    return address[0], reference[0]


def words(visitor: Visitor, path: str) -> str:
    """Open a page and return the words of its main part."""
    return visitor.go(path).page.inner_text("main")


def test_what_cannot_wait_goes_now_and_is_answered(visitor: Visitor):
    teacher = visitor
    address, reference = send_now(teacher)
    eventually(lambda: "Delivered is not read" in words(teacher, address), within=90)
    teacher.picture("referral-delivered")

    screener = visit(visitor.page.context.browser, visitor.stack, visitor.way)
    screener.sign_in("screener").go("/queue/").sees(reference).picture("queue")
    screener.page.get_by_role("button", name=f"Claim {reference}").click()
    screener.check()
    if reference not in screener.page.locator("h1").inner_text():
        screener.go("/queue/")
        screener.page.get_by_role("link", name=re.compile(reference)).first.click()
        screener.check()
    intake = screener.page.url.removeprefix(visitor.stack.address)
    screener.sees("She says that she is afraid to go home").picture("intake")
    teacher.go(address).sees(re.compile("by " + visitor.stack.people["screener"]["name"])).picture("referral-read")
    screener.page.context.close()

    decider = visit(visitor.page.context.browser, visitor.stack, visitor.way)
    decider.sign_in("socialworker").go(intake)
    decider.page.locator("main a[href*='/decide/']").first.click()
    decider.check().press("Decide")
    assert decider.page.title().startswith("Error: ")
    answer(decider, outcome="assessment", rationale="She is afraid, and says why.", next_step="We visit today.")
    decider.picture("decide").press("Decide").picture("decided")
    decider.page.context.close()

    assert "We visit today." in words(teacher, address)
    teacher.picture("referral-decided")
    logs = {name: visitor.stack.log(name) for name in visitor.stack.processes}
    assert '"request_id"' in logs["web"]
    for about_somebody in ("Robin", "Vale", "afraid to go home", visitor.stack.people["teacher"]["name"]):
        assert [name for name, lines in logs.items() if about_somebody in lines] == []


@pytest.mark.long
def test_the_teachers_lead_is_told_and_contests_and_the_front_door_answers(desk: Visitor):
    address, reference = send_now(desk)
    eventually(lambda: "Delivered is not read" in words(desk, address), within=90)
    decider = visit(desk.page.context.browser, desk.stack, "desk")
    decider.sign_in("socialworker").go("/queue/").press(f"Claim {reference}")
    if decider.page.url == desk.stack.address + "/queue/":
        decider.page.get_by_role("link", name=re.compile(reference)).first.click()
        decider.check()
    intake = decider.page.url.removeprefix(desk.stack.address)
    decider.page.locator("main a[href*='/decide/']").first.click()
    decider.check()
    answer(decider, outcome="no_further_action", rationale="The facts are not enough.", next_step="The school watches.")
    decider.press("Decide")
    decider.page.context.close()

    lead = visit(desk.page.context.browser, desk.stack, "desk")
    lead.sign_in("dsl").go("/desk/").sees(reference).picture("desk")
    lead.page.get_by_role("link", name=re.compile(reference)).first.click()
    lead.check().picture("desk-referral")
    lead.page.locator("main a[href*='/disagree/']").first.click()
    lead.check()
    answer(lead, grounds="She told a second adult the same today.")
    lead.press("Send the disagreement").picture("contested")
    lead.page.context.close()

    manager = visit(desk.page.context.browser, desk.stack, "desk")
    manager.sign_in("frontdoor").go(intake)
    manager.page.locator("main a[href*='/disagreements/']").first.click()
    manager.check()
    answer(manager, changes="yes", reasons="Two adults heard it.")
    manager.page.locator("[name=outcome_0]").select_option("strategy_discussion")
    answer(manager, next_step_0="The police and we meet today.")
    manager.picture("answer-disagreement").press("Answer the disagreement")
    manager.page.context.close()
    assert "The police and we meet today." in words(desk, address)


@pytest.mark.long
def test_the_copy_downloads_byte_for_byte_for_those_allowed_and_nobody_else(desk: Visitor):
    address, reference = send_now(desk)
    link = desk.page.locator("a[href$='copy.pdf']")
    eventually(lambda: desk.go(address).page.locator("a[href$='copy.pdf']").count() > 0, within=120)
    with desk.page.expect_download() as download:
        link.first.click()
    assert download.value.suggested_filename == f"{reference}.pdf"
    first = download.value.path().read_bytes()
    assert first.startswith(b"%PDF-")
    with desk.page.expect_download() as again:
        link.first.click()
    assert again.value.path().read_bytes() == first
    stranger = visit(desk.page.context.browser, desk.stack, "desk").sign_in("stoke-teacher")
    refused = stranger.page.goto(f"{desk.stack.address}{address}copy.pdf")
    assert refused is not None
    assert refused.status == 404
    stranger.page.context.close()


def test_two_screeners_claim_at_once_and_the_loser_is_told_who_has_it(desk: Visitor):
    address, reference = send_now(desk)
    eventually(lambda: "Delivered is not read" in words(desk, address), within=90)
    one = visit(desk.page.context.browser, desk.stack, "desk").sign_in("screener").go("/queue/")
    two = visit(desk.page.context.browser, desk.stack, "desk").sign_in("screener2").go("/queue/")
    one.page.get_by_role("button", name=f"Claim {reference}").click()
    one.check()
    two.page.get_by_role("button", name=f"Claim {reference}").click()
    two.check().sees(desk.stack.people["screener"]["name"]).picture("claim-lost")
    for visitor in (one, two):
        visitor.page.context.close()
