"""A whole early help assessment in a real browser: written with the family, agreed, sent, registered; and one that
becomes a referral. At a desk, on a phone of 320 px and without JavaScript; each page is checked with axe (conftest.py).
"""

import re

import pytest

from tests.browser.conftest import EVERY_WAY, KEYS_TOO, Visitor, visit
from tests.browser.form import begin, born_child, fill, mother, path_of
from tests.browser.test_full_form import by_key, tab_to
from tests.browser.test_main_job import answer, go_on, words
from tests.support import eventually

pytestmark = pytest.mark.long

OF_CHILD = ("learning", "health", "feelings", "bonds", "self_care")
OF_FAMILY = ("basic_care", "warmth", "guidance", "relationships", "home_money", "community")


def strengths_and_needs(visitor: Visitor, address: str, child: str) -> None:
    """Go through the three domains, one dimension a page."""
    page = f"{address}page/"
    for one in OF_CHILD:
        said = {f"{one}_strengths": "Reads and laughs a lot", f"{one}_needs_not_known": "on"}
        fill(visitor, f"{page}need-{one.replace('_', '-')}/{child}/", **said)
    for one in OF_FAMILY:
        said = {f"{one}_strengths": "They help each other", f"{one}_needs": "Money is short at the end of the month"}
        fill(visitor, f"{page}need-{one.replace('_', '-')}/", **said)


def voices(visitor: Visitor, address: str, child: str, member: str) -> None:
    """What the child and the mother say, each with a number and why."""
    page = f"{address}page/"
    fill(visitor, f"{page}child-view/{child}/", view_given="words", view="I want to sleep in", view_wants="Mum awake")
    day = {"day": "Gets his brothers up, is late", "child_scale": "4", "child_scale_why": "Nobody helps in the morning"}
    fill(visitor, f"{page}child-day/{child}/", **day)
    said = {
        "voice_given": "yes",
        "voice": "I am so tired",
        "member_scale": "5",
        "member_scale_why": "We manage just so",
    }
    fill(visitor, f"{page}member-voice/{member}/", **said)
    visitor.go(f"{page}member-voice/{member}/").picture("eha-voice")
    sums_up = {"worried": "He carries too much", "working_well": "They talk", "needs_to_happen": "Help at seven"}
    fill(visitor, f"{page}analysis/", **sums_up)
    visitor.go(f"{page}scaling/").picture("eha-scaling")


def agreed(visitor: Visitor, address: str) -> None:
    """The plan: two actions, the team, who leads, the measure and the review."""
    page = f"{address}page/"
    fill(visitor, f"{page}action-1/", action_1_what="A place in the breakfast club", action_1_who="The school")
    fill(visitor, f"{page}action-1/", action_1_by_month="12", action_1_by_year="2026", more_1="yes")
    visitor.sees("Action 2").picture("eha-action")
    fill(visitor, f"{page}action-2/", action_2_what="Ring each Monday", action_2_who="Kim Vale", more_2="no")
    fill(visitor, f"{page}team/", team="Kim Vale; the tutor; the school nurse", team_asked="yes")
    lead = {"lead_name": "Imran Calloway", "lead_agency": "Family practitioner", "lead_contact_not_known": "on"}
    visitor.go(f"{page}lead/").picture("eha-lead")
    fill(visitor, f"{page}lead/", **lead, lead_agreed="yes", lead_choice="They know him")
    fill(visitor, f"{page}measures/", measured_by=["parent", "lead"], measured="Family Circles: 5 and 6")
    fill(visitor, f"{page}review/", review_on_month="1", review_on_year="2027")


@KEYS_TOO
@pytest.mark.timeout(600)
def test_an_assessment_is_written_with_a_family_agreed_sent_and_registered(visitor: Visitor):
    visitor.sign_in("primary-teacher").go("/start/")
    answer(visitor, danger="no", cannot_wait="no").press("Continue").sees("Which form?").picture("which-form")
    address = begin(visitor, danger="no", assessment=True)
    page = f"{address}page/"
    visitor.sees("Early Help Assessment").picture("eha-tasks-empty")
    fill(visitor, f"{page}desk/", about_desk="no")
    child = born_child(visitor, address, safe_tonight="yes")
    fill(visitor, f"{page}children/", children_complete="yes")
    member = mother(visitor, address)
    fill(visitor, f"{page}harm/{child}/", harm="no")
    fill(visitor, f"{page}circumstances/{child}/", circumstances=["none"])
    reason = {"reason": "Late on most days", "family_hopes": "Calm mornings", "tried_before": "A card for lateness"}
    fill(visitor, f"{page}eha-reason/", **reason)
    strengths_and_needs(visitor, address, child)
    voices(visitor, address, child, member)
    fill(visitor, f"{page}descriptors/{child}/", descriptors_not_known="on")
    fill(visitor, f"{page}protective/{child}/", protective=["none_found"])
    fill(visitor, f"{page}judged/{child}/", judged_level="vulnerable", judged_because="One service is not enough")
    go_on(visitor)
    agreed(visitor, address)

    visitor.go(f"{address}check/").sees("It can't be sent as it stands").picture("eha-not-agreed")
    visitor.go(f"{page}member-sharing/{member}/").picture("eha-agreement")
    said = {"said": "given", "said_on_not_known": "on", "said_to": "Me", "words": "Please", "said_how": "signed"}
    fill(visitor, f"{page}member-sharing/{member}/", information_shared="yes", **said, signature="In his file")
    fill(visitor, f"{page}child-sharing/{child}/", said="not_known")
    fill(visitor, f"{page}copies/", copy_to="Kim Vale, on paper", identities_to_protect="no")
    holds = {"special_category": "yes", "criminal_offence": "no", "facts_apart_from_opinion": "yes"}
    fill(visitor, f"{page}what-it-holds/", **holds)
    fill(visitor, f"{page}agency-action/", done="Breakfast club", will_do="Ring on Mondays")
    visitor.go(f"{address}tasks/").picture("eha-tasks")
    assert "Strengthening Families" in words(visitor, f"{address}plan/")
    visitor.picture("eha-plan").go(f"{address}sharing/").picture("eha-sharing")
    checked = words(visitor, f"{address}check/")
    for told in ("Ring each Monday", "Imran Calloway", "I am so tired", "In his file"):
        assert told in checked
    visitor.picture("eha-check").press("Send assessment").sees("Assessment sent").picture("eha-sent")
    eventually(lambda: "Delivered is not read" in words(visitor, address), within=90)
    reference = re.search(r"SR-[0-9A-Z]{4}-[0-9A-Z]{4}", visitor.page.inner_text("main"))
    assert reference is not None

    coordinator = visit(visitor.page.context.browser, visitor.stack, visitor.way).sign_in("earlyhelp")
    coordinator.go("/queue/").picture("eha-queue")
    coordinator.touch(coordinator.page.get_by_role("link", name=reference[0]).first).check()
    coordinator.sees("Early Help Assessment").press("Claim it").picture("eha-intake")
    coordinator.touch(coordinator.page.get_by_role("link", name=re.compile("^Decide")).first).check()
    coordinator.sees("Registered, and the lead professional confirmed").picture("eha-decide")
    answer(
        coordinator, outcome="registered", rationale="The plan meets the need", next_step="He calls the first meeting"
    )
    coordinator.press("Decide").sees("The decision is kept")
    coordinator.page.context.close()
    assert "Registered, and the lead professional confirmed" in words(visitor, address)
    visitor.picture("eha-registered")


@EVERY_WAY
@pytest.mark.timeout(600)
def test_an_assessment_in_which_harm_is_suspected_becomes_a_referral(visitor: Visitor):
    address = begin(visitor.sign_in("primary-teacher"), danger="no", assessment=True)
    page = f"{address}page/"
    fill(visitor, f"{page}eha-reason/", reason="A bruise that nobody explains")
    child = born_child(visitor, address, safe_tonight="yes")
    visitor.go(f"{page}harm/{child}/")
    if visitor.way == "desk":
        tab_to(visitor, "input[name=harm]")
        visitor.page.keyboard.press("ArrowDown")
        tab_to(visitor, "button[value=continue]")
        by_key(visitor, "Enter")
        visitor.page.locator("[name=harm_what]").fill("Somebody hits him")
        tab_to(visitor, "button[value=continue]")
        by_key(visitor, "Enter")
    else:
        fill(visitor, f"{page}harm/{child}/", harm="suspected", harm_what="Somebody hits him")
    visitor.sees("This needs a referral").picture("needs-referral").press("Make it a referral")
    visitor.sees("Write a referral").picture("carried-tasks")
    begun = path_of(visitor).removesuffix("tasks/")
    visitor.go(f"{begun}page/concern/").sees(re.compile("^Carried from SR-")).picture("carried-page")
    assert visitor.page.locator("[name=what]").input_value() == "A bruise that nobody explains"
    go_on(visitor, source=["saw"])
    visitor.go(f"{begun}check/").sees("Carried over, and not looked at since").picture("carried-check")
    visitor.press("Send referral now").sees("Referral sent")
    assert "What was carried over from an earlier form" in words(visitor, begun)
    visitor.picture("carried-record")
