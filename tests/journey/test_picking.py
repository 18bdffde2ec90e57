"""Picking what fits: suggestions from the writer's own words, dismissing, overrides, search, copying from a sibling."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from audit.models import Entry
from referrals.casework.preparing import prepare
from referrals.record.models import Child, Dismissal
from referrals.record.selectors import content_of, latest_submission, saved_page
from tests.journey.support import School, Writer, errors_of, fields_of, home, text_of
from tests.record.support import NOW
from tests.thresholds.test_at_once import MUCH
from tests.thresholds.test_suggest import TELFORD
from thresholds.domain.at_once import AT_ONCE, GRAVE_BESIDES

ALONE, EDUCATION, ACUTE, OVERRIDE = "tw-acute-108", "tw-complex-053", "tw-acute-070", "nat-non-mobile-injury"
WORDS = (
    "He is out of education. We wrote to his mother and she is glad of the help. "
    "He was left alone at home without supervision."
)
BRUISE = "There is a bruise on the baby."


@pytest.fixture
def picking(writer: Writer) -> Writer:
    """The page of what fits, of a child about whom something was written."""
    return about(writer, WORDS)


def about(writer: Writer, words: str) -> Writer:
    writer.add_child()
    writer.fill("child-home", writer.child.pk, **home())
    writer.fill("concern", what=words, source=["saw"])
    return writer.open("descriptors", writer.child.pk)


def chosen(writer: Writer, child: Child | None = None) -> dict[str, str]:
    """Evidence by id, as saved."""
    answers = saved_page(writer.referral, "descriptors", (child or writer.child).pk).answers
    return {one["id"]: one["evidence"] for one in answers.get("descriptors", ())}


def suggested(writer: Writer) -> list[str]:
    """The ids that the page suggests."""
    return [str(box) for box in html.fromstring(writer.page).xpath("//input[starts-with(@name, 'fits-')]/@value")]


def marked(writer: Writer) -> list[str]:
    return [mark.text for mark in html.fromstring(writer.page).xpath("//mark")]


def test_what_was_written_suggests_and_nothing_is_chosen_for_anybody(picking: Writer):
    assert {ALONE, EDUCATION} <= set(suggested(picking))
    assert "out of education" in marked(picking)
    words = text_of(picking.page)
    assert "Having no suggestion doesn't mean that a child is safe" in words
    assert "What did you see or hear that worries you?" not in words
    assert not html.fromstring(picking.page).xpath("//input[starts-with(@name, 'fits-')][@checked]")
    assert chosen(picking) == {}
    picking.fill("analysis", worried="He was left alone at night.")
    picking.open("descriptors", picking.child.pk)
    assert "What did you see or hear that worries you?" in text_of(picking.page)


def test_what_is_gravest_stands_on_the_page_beside_ten_others(writer: Writer):
    about(writer, MUCH)
    shown = suggested(writer)
    assert AT_ONCE < len(shown) <= AT_ONCE + GRAVE_BESIDES
    assert {one.height for one in TELFORD.entries if one.id in shown[AT_ONCE:]} == {1}
    writer.send("add", **{"fits-descriptors": shown[:3]})
    assert set(shown[3:]) <= set(suggested(writer))


def test_no_level_is_named_before_the_judgement(picking: Writer):
    picking.send("search", **{"page-search": "school"})
    shown = html.fromstring(picking.page).xpath("//*[contains(@class, 'app-suggested') or @id='found']")
    words = " ".join(one.text_content() for one in shown)
    assert "found for “school”" in words
    assert not re.search(r"\b(Universal|Vulnerable|Complex|Acute)\b", words)


def test_a_chosen_suggestion_starts_with_the_sentence_and_can_be_rewritten(picking: Writer):
    picking.send("add", **{"fits-descriptors": [EDUCATION]})
    assert picking.url.endswith("#chosen")
    assert fields_of(picking.page)[f"evidence-{EDUCATION}"] == ["He is out of education."]
    assert EDUCATION not in suggested(picking)
    picking.send(**{f"evidence-{EDUCATION}": "Not seen since September"})
    assert chosen(picking) == {EDUCATION: "Not seen since September"}


def test_going_on_with_a_suggestion_ticked_shows_its_evidence_first(picking: Writer):
    picking.send("continue", **{"fits-descriptors": [EDUCATION]})
    assert f"evidence-{EDUCATION}" in fields_of(picking.page)
    assert chosen(picking) == {EDUCATION: "He is out of education."}


def test_a_dismissed_one_is_kept_and_can_be_taken_back(picking: Writer):
    picking.send(f"dismiss:descriptor:{EDUCATION}")
    kept = Dismissal.objects.get()
    assert (kept.item, kept.quote, kept.by) == (EDUCATION, "He is out of education.", picking.person)
    assert EDUCATION not in suggested(picking)
    assert "Dismissed (1)" in text_of(picking.page)
    picking.send(f"dismiss:descriptor:{EDUCATION}")
    assert Dismissal.objects.count() == 1
    picking.send(f"restore:descriptor:{EDUCATION}")
    assert EDUCATION in suggested(picking)
    kept.refresh_from_db()
    assert kept.taken_back_by == picking.person
    verbs = Entry.objects.filter(subject_id=str(picking.referral.pk)).values_list("verb", flat=True)
    assert {"referral.dismiss_suggestion", "referral.take_back_dismissal"} <= set(verbs)


def test_a_dismissed_one_stays_so_and_new_words_for_it_are_pointed_out(picking: Writer):
    picking.send(f"dismiss:descriptor:{EDUCATION}")
    picking.fill("concern", what="He has been out of education for a year.", source=["saw"])
    picking.open("descriptors", picking.child.pk)
    assert EDUCATION not in suggested(picking)
    assert "You have written more since" in text_of(picking.page)


def test_what_is_denied_stays_and_says_so(writer: Writer):
    about(writer, "He was never left alone.")
    assert ALONE in suggested(writer)
    assert "You wrote that this isn't so" in text_of(writer.page)


def test_no_match_says_nothing_about_safety(writer: Writer):
    about(writer, "Xyzzy.")
    assert suggested(writer) == []
    assert "That says nothing about safety" in text_of(writer.page)


def test_an_override_stands_first_with_whom_to_ring_and_records_only_what_is_answered(writer: Writer):
    about(writer, BRUISE)
    words = text_of(writer.page)
    assert words.index("Is this so?") < words.index("Descriptors that fit this child")
    assert "Ring first: " in words
    assert "bruise" in " ".join(marked(writer))
    child = writer.child.pk
    assert saved_page(writer.referral, "circumstances", child).answers == {}
    writer.send("answer:non_mobile_injury")
    assert saved_page(writer.referral, "circumstances", child).answers == {"circumstances": ["non_mobile_injury"]}
    words = text_of(writer.page)
    assert "Your answers call for this first" in words
    assert "Is this so?" not in words
    assert "Ring the front door today" in words


def test_an_answer_takes_the_place_of_none_of_these_and_leaves_the_others(writer: Writer):
    about(writer, BRUISE)
    child = writer.child.pk
    writer.fill("circumstances", child, circumstances=["neglect"])
    writer.open("descriptors", child).send("answer:non_mobile_injury")
    assert saved_page(writer.referral, "circumstances", child).answers == {
        "circumstances": ["neglect", "non_mobile_injury"]
    }


def test_a_circumstance_that_nobody_suggested_is_not_recorded_by_a_made_up_button(writer: Writer):
    about(writer, WORDS).send("answer:fgm")
    assert saved_page(writer.referral, "circumstances", writer.child.pk).answers == {}


def test_dismissing_an_override_needs_a_reason(writer: Writer):
    about(writer, BRUISE)
    writer.send(f"dismiss:override:{OVERRIDE}")
    assert errors_of(writer.page) == ["Say why it doesn't apply."]
    assert not Dismissal.objects.exists()
    writer.send(f"dismiss:override:{OVERRIDE}", **{f"reason-override:{OVERRIDE}": "It was a doll in a play."})
    assert Dismissal.objects.get().reason == "It was a doll in a play."
    assert "Is this so?" not in text_of(writer.page)
    assert "It was a doll in a play." in text_of(writer.page)


def test_an_override_that_nobody_answered_is_asked_again_before_sending_and_goes_along_as_not_answered(writer: Writer):
    about(writer, BRUISE).fill("desk", about_desk="no")
    writer.fill("judged", writer.child.pk, judged_level="complex", judged_because="Seen today.")
    for where in (f"/r/{writer.referral.pk}/page/indicated/{writer.child.pk}/", f"/r/{writer.referral.pk}/check/"):
        page = writer.get(where)
        assert "Not answered: is this so?" in text_of(page)
        assert f"“{BRUISE}”" in text_of(page)
        assert f"/descriptors/{writer.child.pk}/" in page
    writer.press_send()
    submission = latest_submission(writer.referral)
    assert submission is not None
    frozen = content_of(submission)["check"][str(writer.child.pk)]["not_answered"]
    assert frozen == [{"id": OVERRIDE, "name": frozen[0]["name"], "words": [BRUISE]}]
    record = text_of(writer.get(f"/r/{writer.referral.pk}/"))
    assert "Whoever wrote them was asked and did not say." in record


def test_the_task_list_does_not_call_done_a_page_that_asks_whether_something_is_so(writer: Writer):
    about(writer, BRUISE).send(descriptors_not_known="on")

    def task() -> str:
        page = html.fromstring(writer.get(f"/r/{writer.referral.pk}/tasks/"))
        (item,) = page.xpath("//li[.//a[contains(@href, '/page/descriptors/')]]")
        return " ".join(item.text_content().split())

    assert task().endswith("1 question “Is this so?” is not answered. Nothing waits for the answer. Not answered")
    reason = {f"reason-override:{OVERRIDE}": "It was a doll in a play."}
    writer.open("descriptors", writer.child.pk).send(f"dismiss:override:{OVERRIDE}", **reason)
    assert task().endswith("Completed")


@pytest.mark.parametrize("how", ["recorded", "dismissed", "denied"])
def test_what_was_answered_or_denied_is_not_asked_again(writer: Writer, how: str):
    about(writer, "No bruise was seen on the baby." if how == "denied" else BRUISE)
    if how == "recorded":
        writer.send("answer:non_mobile_injury")
    elif how == "dismissed":
        writer.send(f"dismiss:override:{OVERRIDE}", **{f"reason-override:{OVERRIDE}": "It was a doll in a play."})
    (child,) = prepare(referral=writer.referral, now=NOW).children
    assert child.not_answered == ()


def test_what_was_dismissed_goes_along_frozen_and_stands_on_the_record(picking: Writer, school: School):
    picking.fill("desk", about_desk="no")
    picking.open("descriptors", picking.child.pk).send(f"dismiss:descriptor:{EDUCATION}")
    check = text_of(picking.get(f"/r/{picking.referral.pk}/check/"))
    assert "suggested and dismissed" in check
    assert "“He is out of education.”" in check
    picking.press_send()
    submission = latest_submission(picking.referral)
    assert submission is not None
    (one,) = content_of(submission)["children"][0]["dismissed"]
    assert (one["id"], one["kind"], one["quote"], one["by"]) == (
        EDUCATION,
        "descriptor",
        "He is out of education.",
        "Asha Pryor",
    )
    record = text_of(picking.get(f"/r/{picking.referral.pk}/"))
    assert "Suggested and dismissed" in record
    assert "“He is out of education.”" in record


@pytest.mark.parametrize(
    ("typed", "found"),
    [("not at school", "tw-acute-070"), ("hungri", "tw-complex-010"), ("educaton", "tw-acute-070"), ("PEX", "48")],
)
def test_search_takes_other_words_endings_and_slips(picking: Writer, typed: str, found: str):
    picking.send("search", **{"page-search": typed})
    ids = html.fromstring(picking.page).xpath("//input[starts-with(@id, 'found-')]/@value")
    assert any(str(one).endswith(found) for one in ids), ids


def test_enter_in_the_search_searches_and_elsewhere_keeps_what_is_ticked(picking: Writer):
    picking.send("enter", **{"page-search": "hungry"}, descriptors=[EDUCATION])
    assert "found for “hungry”" in text_of(picking.page)
    assert chosen(picking) == {}
    picking.send("enter", **{"page-search": ""})
    assert list(chosen(picking)) == [EDUCATION]


def test_a_siblings_choices_are_copied_by_one_act_that_names_them(picking: Writer):
    first = picking.child
    picking.send("add", **{"fits-descriptors": [ALONE, EDUCATION]})
    picking.add_child(given_names="Sky")
    second = picking.referral.children.get(position=2)
    picking.fill("child-home", second.pk, **home())
    picking.open("descriptors", second.pk)
    assert "Copy from Robin Vale" in text_of(picking.page)
    assert chosen(picking, second) == {}
    picking.send(f"copy:{first.pk}", descriptors=[EDUCATION], **{f"evidence-{EDUCATION}": "Her own"})
    assert chosen(picking, second) == {EDUCATION: "Her own", ALONE: chosen(picking)[ALONE]}
    said = text_of(picking.page)
    assert "Copied from Robin Vale" in said
    assert "Check that each is true of Sky Vale" in said
    assert "Copy from Robin Vale" not in said


def test_the_exploitation_indicator_opens_for_whoever_is_worried_and_is_never_asked_of_everybody(writer: Writer):
    about(writer, "She has a new phone.")
    child = writer.child.pk
    tasks = text_of(writer.get(f"/r/{writer.referral.pk}/tasks/"))
    assert "signs of exploitation If you are worried" in tasks
    writer.open("exploitation", child)
    signs = suggested(writer)
    assert signs
    assert all(one.startswith("tw-ce-") for one in signs)
    assert "doesn't raise the level by itself" in text_of(writer.page)
    writer.send("add", **{"fits-signs": signs[:1]})
    assert saved_page(writer.referral, "exploitation", child).answers == {"signs": signs[:1]}
    writer.open("protective", child).send()
    writer.open("descriptors", child).send()
    assert "/page/exploitation/" in writer.url


def test_the_walker_passes_the_indicator_by_unless_it_is_called_for(picking: Writer):
    child = picking.child.pk
    picking.send(descriptors_not_known="on")
    assert "/page/protective/" in picking.url
    picking.fill("circumstances", child, circumstances=["sexual_exploitation"])
    picking.open("descriptors", child).send()
    assert "/page/exploitation/" in picking.url


@pytest.mark.parametrize("page", ["descriptors", "exploitation"])
def test_the_page_takes_as_many_queries_whatever_is_suggested_and_dismissed(writer: Writer, page: str):
    about(writer, "She has a new phone.")
    url = writer.url_of(page, writer.child.pk)
    writer.open(page, writer.child.pk).send("add")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            writer.get(url)
        return len(captured)

    queries()  # what a process keeps is read once
    before = queries()
    writer.fill("concern", what=f"{WORDS} {BRUISE} She goes missing and has a new phone.", source=["saw"])
    writer.open(page, writer.child.pk)
    for one in suggested(writer)[:3]:
        kind = "sign" if one.startswith("tw-ce") else "descriptor"
        writer.open(page, writer.child.pk).send(f"dismiss:{kind}:{one}")
    assert queries() == before


def test_a_circumstance_that_another_answer_speaks_against_still_stands_first(writer: Writer):
    writer.add_child()
    writer.fill("child-needs", writer.child.pk, disabled="no", moves_about="yes", interpreter="no")
    writer.fill("child-home", writer.child.pk, **home())
    writer.fill("concern", what=BRUISE, source=["saw"])
    writer.open("descriptors", writer.child.pk).send("answer:non_mobile_injury")
    words = text_of(writer.page)
    assert "Your answers call for this first" in words
    assert "Another answer doesn't fit with this" in words


def test_without_a_document_of_the_home_what_outranks_every_document_is_asked_all_the_same(writer: Writer):
    writer.add_child()
    writer.fill("child-home", writer.child.pk, **home(home_area="elsewhere"))
    writer.fill("concern", what=f"{WORDS} {BRUISE}", source=["saw"])
    writer.open("descriptors", writer.child.pk)
    assert "Is this so?" in text_of(writer.page)
    assert suggested(writer) == []
    writer.send("answer:non_mobile_injury")
    assert "Your answers call for this first" in text_of(writer.page)


def test_the_plan_names_no_indicated_level_before_the_judgement(picking: Writer):
    child = picking.child.pk
    picking.send("add", descriptors=[ACUTE])
    plan = text_of(picking.get(f"/r/{picking.referral.pk}/plan/"))
    assert "It says more once you have judged the level" in plan
    assert "reaches Acute" not in plan
    picking.fill("judged", child, judged_level="complex", judged_because="Several needs")
    assert "reaches Acute" in text_of(picking.get(f"/r/{picking.referral.pk}/plan/"))


def test_what_would_change_the_result_leads_to_its_page_and_back(picking: Writer):
    child = picking.child.pk
    picking.send("add", descriptors=[ACUTE])
    picking.fill("judged", child, judged_level="complex", judged_because="Several needs")
    assert "You judged lower" in text_of(picking.page)
    assert "Your safeguarding lead is asked to look at it too, once you answer who may see this" in text_of(
        picking.page
    )
    (link,) = {
        str(one)
        for one in html.fromstring(picking.page).xpath("//main//a/@href")
        if f"/page/harm/{child}/?from=indicated" in str(one)
    }
    picking.get(link)
    picking.post(link, {**fields_of(picking.page), "harm": "no", "do": "continue"})
    assert picking.url == picking.url_of("indicated", child)


def test_words_about_another_child_say_so(writer: Writer):
    about(writer, "There is a bruise on the baby, Poppy.")
    writer.add_child(given_names="Poppy", family_name="Reed")
    first, second = writer.referral.children.order_by("position")
    writer.fill("child-home", second.pk, **home())
    assert "These words may be about Poppy Reed." in text_of(writer.open("descriptors", first.pk).page)
    assert "These words may be about" not in text_of(writer.open("descriptors", second.pk).page)


def test_a_circumstance_that_was_recorded_by_mistake_can_be_changed_from_its_card(writer: Writer):
    about(writer, BRUISE).send("answer:non_mobile_injury")
    (link,) = html.fromstring(writer.page).xpath("//*[@id='called-for']//a[contains(@href, '/circumstances/')]/@href")
    writer.get(link)
    writer.send("", circumstances=["none"])
    assert f"/descriptors/{writer.child.pk}/" in writer.url
    assert "Your answers call for this first" not in text_of(writer.page)


def test_the_next_page_opens_at_its_top(picking: Writer):
    picking.send("")
    assert picking.url.endswith("#top")
