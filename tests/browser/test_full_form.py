"""The full form in a real browser: page by page, left and come back to, shared, planned, checked, sent, approved."""

import re

import pytest

from tests.browser import keys
from tests.browser.conftest import EVERY_WAY, KEYS, KEYS_TOO, Visitor, visit
from tests.browser.form import begin, born_child, fill, mother, path_of, sibling, unborn_child
from tests.browser.test_main_job import REFERENCE, answer, go_on, words
from tests.support import eventually

pytestmark = pytest.mark.long

WORRY = (
    "A bruise on the arm. He was left alone at home all night. He is often hungry. His uncle made a suicide attempt."
)
SISTERS = ("Skye", "Juno")
NOT_HIM = "It was his uncle, and not this child"


def children_and_family(visitor: Visitor, address: str) -> tuple[str, str, str]:
    """Write who it is about: three children, one more who isn't born yet, and their mother; return the ids of the first
    child, the unborn one and the mother."""
    page = f"{address}page/"
    fill(visitor, f"{page}desk/", about_desk="no")
    fill(visitor, f"{page}reason/", referral_type="protect", referral_reason="A bruise that nobody explains")
    assert visitor.page.locator("[name=referrer_email]").input_value() == visitor.stack.people["teacher"]["email"]
    visitor.picture("referrer")
    fill(visitor, f"{page}referrer/", referrer_relationship="His class teacher", referrer_phone="01632 960123")
    child = born_child(visitor, address, safe_tonight="not_known")
    fill(visitor, f"{page}child-identity/{child}/", ethnic_group="mixed", ethnicity_mixed="MWBC", religion="none")
    visitor.go(f"{page}child-school/{child}/")
    answer(visitor, school="wrekin").press("Find it in the register").sees("Found for “wrekin”").picture("school")
    go_on(visitor, **{"school-found": "999001"})
    for name in SISTERS:
        sibling(visitor, address, name)
    unborn = unborn_child(visitor, address)
    fill(visitor, f"{address}page/children/", children_complete="yes")
    member = mother(visitor, address)
    agencies(visitor, f"{page}agencies/")
    return child, unborn, member


def agencies(visitor: Visitor, path: str) -> None:
    """List two agencies by keyboard alone: add a row, add one too many and take it away."""
    visitor.go(path)
    keys.reach(visitor.page.locator("[name=agencies-0-agency]"))
    visitor.page.keyboard.type("School nurse")
    for number in (1, 2):
        tab_to(visitor, "button[value='add-row:agencies']")
        by_key(visitor, "Enter")
        keys.reach(visitor.page.locator(f"[name=agencies-{number}-agency]"))
        visitor.page.keyboard.type(f"Agency {number}")
    visitor.picture("agencies")
    tab_to(visitor, "button[value='remove-row:agencies:2']")
    by_key(visitor, "Enter")
    assert visitor.page.locator("fieldset.app-row").count() == 2
    assert visitor.page.locator("[name=agencies-0-agency]").input_value() == "School nurse"
    # Enter in a field goes on, and presses no button of a row.
    keys.reach(visitor.page.locator("[name=agencies-1-worker]"))
    visitor.page.keyboard.type("Jo, for Robin")
    by_key(visitor, "Enter")
    assert path_of(visitor) != path


def injuries(visitor: Visitor, path: str) -> None:
    """Mark two places of the body, each with words; the drawing follows where scripts run."""
    visitor.go(path)
    visitor.tick(visitor.page.locator("input[value=front-left-forearm]"))
    words_for = visitor.page.locator("[name=body-words-front-left-forearm]")
    visitor.write(words_for, "A straight bruise, about 8 cm, purple")
    if visitor.way not in {"no script", KEYS}:
        visitor.page.locator("svg [data-place=back-left-calf]").click()
        assert visitor.page.locator("input[value=back-left-calf]").is_checked()
    else:
        visitor.tick(visitor.page.locator("input[value=back-left-calf]"))
    assert visitor.page.locator("[name=body-words-back-right-calf]").is_hidden()
    visitor.write(visitor.page.locator("[name=body-words-back-left-calf]"), "Three round marks")
    visitor.picture("injuries")
    fill(visitor, path, injury_not_known="on", injury_doctor="no")


def events(visitor: Visitor, path: str) -> None:
    """Write two events, the later one first."""
    visitor.go(path)
    answer(visitor, **{"chronology-0-on_year": "2025", "chronology-0-event": "He moved in"})
    visitor.press("Add another event")
    answer(visitor, **{"chronology-1-on_year": "2019", "chronology-1-event": "The first call to the police"})
    visitor.picture("chronology")
    go_on(visitor)


def worry(visitor: Visitor, address: str, child: str, unborn: str) -> None:
    """Write the worry, child by child where it is asked so."""
    page = f"{address}page/"
    fill(visitor, f"{page}harm/{child}/", harm="suspected", harm_what="Bruises that nobody explains", injured="yes")
    injuries(visitor, f"{page}injuries/{child}/")
    fill(visitor, f"{page}harm/{unborn}/", harm="not_sure", harm_what="What harmed the one may harm the other")
    happened = {"what": WORRY, "happened_on_year": "2026", "where": "At school"}
    fill(visitor, f"{page}concern/", **happened, source=["saw"])
    events(visitor, f"{page}chronology/")
    fill(visitor, f"{page}alleged/", alleged="no")
    fill(visitor, f"{page}home-life/", adults_have=["none"])
    fill(visitor, f"{page}family-view/", parents_view_not_known="on")
    fill(visitor, f"{page}circumstances/{child}/", circumstances=["physical_abuse"])
    fill(visitor, f"{page}circumstances/{unborn}/", circumstances=["none"])
    sums_up = {"worried": "It may get worse", "working_well": "Grandmother helps", "needs_to_happen": "Somebody asks"}
    fill(visitor, f"{page}analysis/", **sums_up)
    fill(visitor, f"{page}child-view/{child}/", view_given="words", view="It hurts", view_wants="To stay with grandma")
    fill(visitor, f"{page}child-view/{unborn}/", view_given="no", view_absent_because="Not born yet")


def tab_to(visitor: Visitor, selector: str) -> None:
    """Press Tab until what the selector names has the focus."""
    for _ in range(60):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} is out of the keyboard's reach on {visitor.page.url}")


def by_key(visitor: Visitor, key: str) -> Visitor:
    """Press a key that leads to another page, and check that page."""
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press(key)
    return visitor.check()


def answer_the_override(visitor: Visitor) -> None:
    """Say why what outranks every descriptor doesn't apply; without a reason it stays."""
    against = visitor.page.locator("button[value^='dismiss:override']")
    visitor.sees("Is this so?").touch(visitor.page.locator("main details summary", has_text="It isn't so"))
    visitor.touch(against).check().sees("Say why it doesn't apply.").picture("override-error")
    visitor.write(visitor.page.locator("textarea[name^='reason-override']"), NOT_HIM)
    visitor.touch(against).check()
    assert visitor.page.get_by_text("Is this so?").count() == 0


def pick_five(visitor: Visitor, path: str) -> None:
    """Choose three that are suggested and two by search, by keyboard alone; dismiss what fits least."""
    visitor.go(path).picture("descriptors-suggested")
    assert visitor.page.locator("main mark").count() > 3
    answer_the_override(visitor)
    least = visitor.page.locator("button[value^='dismiss:descriptor']").last
    visitor.touch(least).check().sees("Dismissed (2)")
    boxes = visitor.page.locator("input[name=fits-descriptors]:not(:checked)")
    for box in [boxes.nth(number) for number in range(3)][::-1]:
        visitor.tick(box)
    visitor.press("Add what is ticked of what is suggested").sees("Chosen (3)")
    keys.reach(visitor.page.locator("[name=page-search]"))
    visitor.page.keyboard.type("out of education")
    by_key(visitor, "Enter").sees("found for").picture("descriptors-found")
    keys.reach(visitor.page.locator("#found-tw-acute-070"))
    visitor.page.keyboard.press("Space")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Space")
    tab_to(visitor, "#found button")
    by_key(visitor, "Enter").sees("Chosen (5)")
    visitor.picture("descriptors")
    for box in visitor.page.locator("textarea[name^=evidence-]").all():
        if not box.input_value():
            visitor.write(box, "Not in school since September")
    go_on(visitor)


def level_of_need(visitor: Visitor, address: str, child: str, unborn: str) -> None:
    """Choose what fits and judge; what the document indicates is shown only after that."""
    page = f"{address}page/"
    pick_five(visitor, f"{page}descriptors/{child}/")
    fill(visitor, f"{page}protective/{child}/", protective=["none_found"])
    before = words(visitor, f"{page}indicated/{child}/")
    assert "This page builds on another one" in before
    assert "The document indicates" not in before
    fill(visitor, f"{page}judged/{child}/", judged_level="complex", judged_because="Several needs")
    visitor.sees("The document indicates").sees("You judged lower").picture("indicated")
    differs = {"keeps_judgement": "yes", "differs_because": "The school knows the family well"}
    fill(visitor, f"{page}indicated/{child}/", **differs)
    fill(visitor, f"{page}descriptors/{unborn}/", descriptors_not_known="on")
    fill(visitor, f"{page}protective/{unborn}/", protective=["none_found"])
    fill(visitor, f"{page}judged/{unborn}/", judged_level="complex", judged_because="What the brother shows")
    # Nothing to compare, so nothing is asked.
    visitor.sees("Nothing that is known points to a level")
    go_on(visitor)


def sharing_and_done(visitor: Visitor, address: str, child: str, member: str) -> None:
    """Answer what the decision to share rests on, and what has been done."""
    page = f"{address}page/"
    fill(visitor, f"{page}child-sharing/{child}/", said="not_sought")
    fill(visitor, f"{page}member-sharing/{member}/", information_shared="yes", said="not_sought")
    fill(
        visitor,
        f"{page}without-agreement/",
        everybody_agrees="no",
        not_seeking=["risk_to_child"],
        not_seeking_why="The mother may leave with the child",
        why_without="To keep the child safe",
    )
    risk = {"risk_from_telling": "yes", "risk_from_telling_why": "He hits"}
    fill(visitor, f"{page}telling/", **risk, identities_to_protect="no")
    holds = {"special_category": "no", "criminal_offence": "yes", "facts_apart_from_opinion": "yes"}
    fill(visitor, f"{page}what-it-holds/", **holds)
    rang = {"rang_whom": "Family Connect", "rang_by": "Me", "rang_advice": "Write today", "rang_on_not_known": "on"}
    fill(visitor, f"{page}ring-first/", rang="yes", **rang)
    fill(visitor, f"{page}agency-action/", done="Breakfast club")
    fill(visitor, f"{page}early-help/", eha_done="no", eha_none_because="Harm needs none")


def leave_and_come_back(visitor: Visitor, address: str) -> None:
    """Sign out in the middle, sign in again, and find the draft from the list."""
    visitor.press("Sign out")
    visitor.sign_in("teacher").go("/referrals/").picture("referrals")
    visitor.touch(visitor.page.locator(f"main a[href='{address}']"))
    visitor.check().sees("Write a referral").picture("tasks")
    assert path_of(visitor) == f"{address}tasks/"


@KEYS_TOO
@pytest.mark.timeout(600)
def test_the_full_form_is_written_left_taken_up_again_and_sent(visitor: Visitor):
    visitor.sign_in("teacher")
    address = begin(visitor, danger="likely")
    visitor.picture("tasks-empty")
    child, unborn, member = children_and_family(visitor, address)
    worry(visitor, address, child, unborn)
    leave_and_come_back(visitor, address)
    level_of_need(visitor, address, child, unborn)
    sharing_and_done(visitor, address, child, member)

    visitor.picture("tasks-full").go(f"{address}not-refer/").sees("Decide not to refer").picture("not-refer")
    sharing = words(visitor, f"{address}sharing/")
    assert "It may be shared" in sharing
    assert "golden rules" in sharing
    assert "Do not tell the family" in sharing
    visitor.picture("sharing").go(f"{address}sharing/bases/").picture("bases")
    plan = words(visitor, f"{address}plan/")
    assert "Family Connect" in plan
    assert "Ring first" in plan
    visitor.picture("plan").go(f"{address}check/").picture("check")
    checked = visitor.page.inner_text("main")
    for told in (
        "Wrekin Vale Academy",
        WORRY,
        "Not in school since September",
        "Not born yet",
        "Kim Vale",
        "Write today",
    ):
        assert told in checked
    gaps = visitor.page.locator("main details", has_text="Not answered yet").locator("a").all_text_contents()
    assert gaps
    assert all(any(name in gap for name in SISTERS) for gap in gaps), gaps
    assert checked.index("The first call to the police") < checked.index("He moved in")
    assert "Three round marks" in checked
    visitor.press("Send referral now").sees("Referral sent")
    eventually(lambda: "Delivered is not read" in words(visitor, address), within=90)
    read = visitor.page.inner_text("main")
    assert "Not in school since September" in read
    assert NOT_HIM in read
    look_around(visitor, address)


def look_around(visitor: Visitor, address: str) -> None:
    """Look at what a sent referral leads to, and at the form to print, so that each page is checked once."""
    for page in ("telling", "agreement", "sharing/record", "close-to-desk", "keep-out", "add", "withdraw"):
        visitor.go(f"{address}{page}/").picture(page.replace("/", "-"))
        assert path_of(visitor) == f"{address}{page}/"
    visitor.go("/blank-form/").picture("blank-areas").go("/blank-form/telford-and-wrekin/").picture("blank-form")


def routine(visitor: Visitor, *, agreed: bool = True, may_tell: bool = False) -> tuple[str, str]:
    """Write a referral that nothing makes urgent, and submit it; return its address and reference. `may_tell`: it says
    that telling the family is safe."""
    said: dict[str, str] = {"said": "not_sought"}
    if agreed:
        said = {"said": "given", "said_on_not_known": "on", "words": "Please ask them"}
    address = begin(visitor, danger="no")
    page = f"{address}page/"
    fill(visitor, f"{page}desk/", about_desk="no")
    child = born_child(visitor, address, safe_tonight="yes")
    fill(visitor, f"{page}harm/{child}/", harm="no")
    fill(visitor, f"{page}child-sharing/{child}/", **said)
    member = mother(visitor, address)
    fill(visitor, f"{page}member-sharing/{member}/", information_shared="yes", **said)
    if may_tell:
        fill(visitor, f"{page}circumstances/{child}/", circumstances=["none"])
        fill(visitor, f"{page}telling/", risk_from_telling="no", identities_to_protect="no")
    without = {} if agreed else {"why_without": "A little help now"}
    fill(visitor, f"{page}without-agreement/", everybody_agrees="yes" if agreed else "no", **without)
    fill(visitor, f"{page}descriptors/{child}/", descriptors_not_known="on")
    fill(visitor, f"{page}judged/{child}/", judged_level="vulnerable", judged_because="Needs help")
    visitor.go(f"{address}check/").press("Submit for approval").sees("It waits at your agency").picture("waits")
    reference = REFERENCE.search(visitor.page.inner_text("main"))
    assert reference is not None
    return address, reference[0]


@pytest.mark.timeout(600)
def test_the_lead_approves_one_routine_referral_and_returns_another_with_a_reason(desk: Visitor):
    desk.sign_in("teacher")
    approved, first = routine(desk)
    returned, second = routine(desk)
    lead = visit(desk.page.context.browser, desk.stack, "desk").sign_in("dsl")

    lead.go("/desk/").page.get_by_role("link", name=re.compile(first)).first.click()
    lead.check().sees("It waits for an approval").picture("desk-approve").press("Approve and send").sees("Approved.")
    eventually(lambda: "Delivered is not read" in words(desk, approved), within=90)

    lead.go("/desk/").page.get_by_role("link", name=re.compile(second)).first.click()
    lead.check().page.locator("main a[href$='/return/']").click()
    lead.check()
    answer(lead, why="Say what the school has tried")
    lead.picture("desk-return").press("Return it").sees("is with its author again")
    lead.page.context.close()

    again = words(desk, f"{returned}tasks/")
    assert "returned it for changes" in again
    assert "Say what the school has tried" in again
    desk.picture("returned")
    fill(desk, f"{returned}page/agency-action/", done="Breakfast club since May")
    desk.go(f"{returned}check/").sees("Breakfast club since May").press("Submit for approval")
    desk.sees("It waits at your agency")


@EVERY_WAY
@pytest.mark.timeout(600)
def test_without_agreement_the_lead_weighs_it_says_why_and_the_front_door_reads_both(visitor: Visitor):
    address, reference = routine(visitor.sign_in("teacher"), agreed=False)
    lead = visit(visitor.page.context.browser, visitor.stack, visitor.way).sign_in("dsl")
    lead.go("/desk/").page.get_by_role("link", name=re.compile(reference)).first.click()
    lead.check().sees("Nothing is sent without an answer.").picture("desk-weigh")
    lead.page.get_by_role("button", name="Send it, with your reasons").click()
    lead.check().press("Send it with these reasons").sees("Write why it is right to send it").picture("let-go-error")
    answer(lead, why="They ask for so little that a letter does no harm")
    lead.press("Send it with these reasons").sees("is on its way to the front door, with your reasons")
    lead.page.context.close()
    eventually(lambda: "Delivered is not read" in words(visitor, address), within=90)
    visitor.picture("weighed-and-sent")

    # At that level Telford & Wrekin's document names the Strengthening Families team.
    reader = visit(visitor.page.context.browser, visitor.stack, visitor.way).sign_in("earlyhelp")
    reader.go("/queue/").page.get_by_role("link", name=re.compile(reference)).first.click()
    reader.check().sees("Ask the family before you act on it.").picture("intake-not-agreed")
    assert "They ask for so little" in reader.page.inner_text("main")
    reader.page.context.close()


def test_a_session_that_ends_in_the_middle_gives_the_words_back(visitor: Visitor):
    address = begin(visitor.sign_in("teacher"), danger="likely")
    visitor.go(f"{address}page/concern/")
    visitor.stack.end_sessions()
    answer(visitor, what="She hides her left arm")
    if visitor.way != "no script":
        # What is kept while somebody types finds the end first; the button still keeps all of it.
        visitor.sees("You have been signed out")
    visitor.page.locator("main button[value=continue]").click()
    visitor.check().sees("What you typed is kept").picture("session-ended")
    known = visitor.stack.people["teacher"]
    visitor.fill("E-mail address", known["email"]).fill("Password", known["password"]).press("Sign in")
    visitor.sees("What you typed is kept").picture("words-kept").press("Continue with what I typed")
    visitor.go(f"{address}page/concern/")
    assert visitor.page.locator("[name=what]").input_value() == "She hides her left arm"


def test_two_tabs_on_one_page_show_both_texts_to_the_later_one(desk: Visitor):
    address = begin(desk.sign_in("teacher"), danger="likely")
    later = Visitor(desk.page.context.new_page(), desk.stack, desk.way)
    for tab in (desk, later):
        tab.go(f"{address}page/concern/")
    answer(later, what="A burn on the hand")
    go_on(desk, what="A bruise on the arm")
    later.page.locator("main button[value=continue]").click()
    later.check().sees("saved this page while you were writing").picture("two-tabs")
    shown = later.page.locator("main fieldset").inner_text()
    assert "A bruise on the arm" in shown
    assert "A burn on the hand" in shown
    later.press("Save what I chose").sees("Choose what stays").picture("two-tabs-error")
    later.press("Put it together by hand")
    assert later.page.locator("[name=what]").input_value() == "A burn on the hand"
    go_on(later, what="A bruise on the arm, a burn on the hand")
    desk.go(f"{address}page/concern/")
    assert desk.page.locator("[name=what]").input_value() == "A bruise on the arm, a burn on the hand"


def test_a_page_with_radios_is_answered_by_keyboard_alone(desk: Visitor):
    address = begin(desk.sign_in("teacher"), danger="likely")
    desk.go(f"{address}page/desk/")
    tab_to(desk, ".govuk-skip-link")
    desk.page.keyboard.press("Enter")
    tab_to(desk, "input[name=about_desk]")
    desk.page.keyboard.press("Space")
    desk.page.keyboard.press("ArrowDown")
    assert desk.page.locator("input[name=about_desk]:checked").input_value() == "yes"
    desk.page.keyboard.press("ArrowUp")
    tab_to(desk, "button[value=continue]")
    by_key(desk, "Enter").go(f"{address}page/desk/")
    assert desk.page.locator("input[name=about_desk]:checked").input_value() == "no"
