"""What a front door does beside screening: asks partners, takes more time, keeps somebody out, hands on what belongs
elsewhere; connects its own system, whose failures reach an operator; and the routes that anybody may read and try.

It runs at a desk, on a phone and without JavaScript, and each page is checked with axe (conftest.py).
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.browser.conftest import EVERY_WAY, Visitor, visit
from tests.browser.test_main_job import answer, send_now, words
from tests.support import eventually

pytestmark = pytest.mark.long

NOBODY_LISTENS = "http://127.0.0.1:9/referrals"


def another(visitor: Visitor, person: str) -> Visitor:
    """Somebody else, signed in, who comes the same way."""
    return visit(visitor.page.context.browser, visitor.stack, visitor.way).sign_in(person)


def delivered(visitor: Visitor) -> tuple[str, str]:
    """Let the teacher send something; return its address and reference once it is in the queue."""
    address, reference = send_now(visitor)
    eventually(lambda: "Delivered is not read" in words(visitor, address), within=90)
    return address, reference


def claim(visitor: Visitor, reference: str) -> str:
    """Claim it from the queue, and return the address of its page, which stands open."""
    visitor.go("/queue/").touch(visitor.page.get_by_role("button", name=f"Claim {reference}")).sees("It is yours now")
    return visitor.check().page.url.removeprefix(visitor.stack.address)


def lead(visitor: Visitor, part: str) -> Visitor:
    """Follow the link of the page's main part whose address ends so, and check the page that it leads to."""
    link = visitor.page.locator(f"main a[href$='{part}'], main a[href*='{part}']")
    return visitor.touch(link.first).check()


def button(visitor: Visitor, name: str) -> Visitor:
    """Press the first button whose name begins so, and check the page that it leads to."""
    return visitor.touch(visitor.page.get_by_role("button", name=re.compile(f"^{name}")).first).check()


def refuses(visitor: Visitor, button: str, *errors: str) -> Visitor:
    """Press the button and read what is to be put right."""
    visitor.press(button)
    assert visitor.page.title().startswith("Error: "), visitor.page.title()
    for words_of_error in errors:
        visitor.sees(words_of_error)
    return visitor


def opens_offer(visitor: Visitor, reference: str) -> Visitor:
    """Wait until the offer of another front door is in the queue, and open it."""
    link = visitor.page.get_by_role("link", name=f"Accept or refuse {reference}")
    eventually(lambda: visitor.go("/queue/") and link.count() > 0, within=90)
    return visitor.touch(link).check()


@EVERY_WAY
@pytest.mark.timeout(600)
def test_a_front_door_asks_partners_takes_more_time_and_hands_it_on(visitor: Visitor):
    teacher = visitor
    address, reference = delivered(teacher)
    door = another(visitor, "socialworker")
    intake = claim(door, reference)

    lead(door, "/partners/").picture("partner-ask")
    refuses(door, "Record it", "Choose which agency you asked", "Write whom you asked", "Enter the day")
    due = timezone.localdate() + timedelta(days=2)
    asked = {"partner": "police", "who": "The safeguarding unit", "asked": "Callouts to the home", "why": "To know"}
    day = {"on_day": str(due.day), "on_month": str(due.month), "on_year": "2062", "at": "14:30"}
    answer(door, **asked, basis="harm", **day)
    refuses(door, "Record it", "must be within a year").picture("partner-ask-refused")
    assert door.page.locator("[name=asked]").input_value() == "Callouts to the home"
    answer(door, on_year=str(due.year)).press("Record it").sees("Police was asked").picture("partner-asked")
    lead(door, "/partners/").sees("Callouts to the home")
    answer(door, given="yes", text="Three callouts since May").picture("partner-answer")
    door.press("Record the answer").sees("Three callouts since May")

    lead(door, "/times/").picture("more-time")
    later = timezone.localdate() + timedelta(days=30)
    answer(door, on_day=str(later.day), on_month=str(later.month), on_year=str(later.year), at="09.30")
    refuses(door, "Give it more time", "Write why it needs more time")
    answer(door, why="Her aunt is back on Monday").press("Give it more time").sees("The new time is kept")

    lead(door, "/keep-out/").fill("Name of the person", "Blackwood").press("Find")
    refuses(door, "Keep this person out", "Choose who must not see it").picture("keep-out")
    door.tick(door.page.get_by_label("Owen Blackwood"))
    answer(door, why="His neighbours").press("Keep this person out").sees("Owen Blackwood can't see it any more")
    kept_out = another(visitor, "screener2")
    refused = kept_out.page.goto(visitor.stack.address + intake)
    assert refused is not None
    assert refused.status == 404
    kept_out.page.context.close()
    door.press("Let in again Owen Blackwood").picture("let-in")
    answer(door, why="Another family").press("Let them in again").sees("Owen Blackwood can see it again")

    door.go(intake)
    lead(door, "/hand-on/").picture("hand-on")
    refuses(door, "Offer it", "Choose the front door", "Choose why it belongs there")
    lead(door, "/by-phone/").picture("hand-on-by-phone")
    refuses(door, "Record it", "Enter which front door you rang", "Choose whether they take it on")
    rang = {"door_name": "Faraway Council", "spoke_to": "Mx Hope, duty", "taken": "no", "said": "Not ours"}
    answer(door, **rang, reason="other_area", why="She may have moved").press("Record it")
    door.sees("the referrer has been told").picture("handed-on-by-phone")

    stoke = another(visitor, "stoke-worker")
    for number in (1, 2):
        door.go(f"{intake}hand-on/").tick(door.page.get_by_label(re.compile("^Safeguarding Referral Team")))
        answer(door, reason="other_area", why=f"She lives in Hanley now ({number})").press("Offer it")
        door.sees("It is yours until they accept")
        opens_offer(stoke, reference).sees(f"She lives in Hanley now ({number})").picture("offered")
        if number == 1:
            lead(stoke, "/refuse/")
            refuses(stoke, "Refuse it", "Write why it doesn't belong to your front door").picture("refuse")
            answer(stoke, why="She is back in Telford").press("Refuse it").sees("keeps it")
            assert "She is back in Telford" in words(door, intake)
    stoke.press("Accept it").sees("It is your front door's now").picture("accepted")
    door.go(intake).sees("Runs on elsewhere").picture("handed-over")
    teacher.go(address).sees(re.compile("has accepted it")).picture("referral-handed-over")
    for one in (door, stoke):
        one.page.context.close()


@EVERY_WAY
@pytest.mark.timeout(600)
def test_a_system_that_nobody_answers_at_reaches_an_operator(visitor: Visitor):
    manager = another(visitor, "frontdoor").go("/").follow("Connections")
    refuses(answer(manager, address=""), "Save the address", "Enter the address")
    answer(manager, address=NOBODY_LISTENS).press("Save the address")
    if manager.page.get_by_text("The address is saved").count():
        # Who came another way connected it first, and its secret is not shown again: a new one is.
        button(manager, "Make a new secret")
    secret = manager.sees("it is never shown again").page.locator("main code").inner_text()
    manager.picture("secret").follow("Do this later").picture("secret-waits").press("Show the new secret")
    assert secret == manager.page.locator("main code").inner_text()
    manager.press("The other system has it").sees("It is not shown again")
    assert secret not in manager.page.content()
    answer(manager, name=f"Case system ({visitor.way})").press("Make a token").sees("The new token")
    manager.press("Done").picture("connections")
    button(manager, "Revoke it").sees("works no more")
    if manager.page.get_by_role("button", name="End the earlier secret").count():
        button(manager, "End the earlier secret").sees("with the new secret alone")

    refuses(answer(manager, mailbox="door@"), "Send copies there", "Enter an e-mail address", "the partnership insists")
    manager.picture("mailbox-refused").tick(manager.page.locator("[name=sure]"))
    answer(manager, mailbox="door@council.example", insisted="Mx Hope, today").press("Send copies there")
    if manager.page.get_by_text("The mailbox is saved").count():
        button(manager, "Make a new password")
    manager.sees("Never by e-mail").picture("password").press("They have it").sees("It is not shown again")
    button(manager, "Stop sending copies").sees("No copies are sent any more").picture("mailbox-stopped")

    delivered(visitor)
    operator = another(visitor, "operator")
    failing = operator.page.get_by_role("link", name=re.compile("^Send it another way"))
    eventually(lambda: operator.go("/operations/") and failing.count() > 0, within=90)
    operator.picture("operations")
    row = failing.first.get_attribute("href")
    assert row is not None
    operator.touch(failing.first).check().picture("another-way")
    refuses(operator, "I told them", "Enter whom you spoke to")
    operator.fill("Whom did you speak to?", "The duty desk").press("I told them")
    operator.go(row.removesuffix("another-way/")).sees("The duty desk").picture("operations-row")
    button(operator, "Try again now").sees("It will be tried again now")
    manager.follow("Connections").press("Stop sending").sees("Nothing is sent there any more")
    for one in (manager, operator):
        one.page.context.close()


@EVERY_WAY
def test_anybody_reads_the_routes_of_an_area_and_tries_them(visitor: Visitor):
    visitor.sign_in("teacher").go("/routes/telford-and-wrekin/").sees("Routes of the document").picture("routes")
    visitor.follow("Try it: facts and an hour, and where it would go")
    answer(visitor, age="forty", at="25:00")
    refuses(visitor, "Show where it would go", "Enter the age in years", "Enter a time such as 14:30")
    answer(visitor, age="7", harm="yes", on_day="25", on_month="12", on_year="2026", at="02:00")
    visitor.press("Show where it would go").sees("It would go here").sees("Friday 25 December 2026, 02:00")
    visitor.sees(re.compile("Emergency Duty Team")).picture("routes-tried")
