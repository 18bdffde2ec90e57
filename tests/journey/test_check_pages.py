"""What the check says on its page, before sending and to the desk: the level, why, what to do, and what is missing."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from lxml import html

from referrals.journey.presenters.indicated import Unexplained
from referrals.record.models import PageAnswers
from referrals.record.selectors import content_of, latest_submission, saved_page
from tests.factories import AREA
from tests.journey.support import School, Writer, fields_of, home, publish_area, text_of

COMPLEX, TWIN = "tw-complex-072", "tw-acute-091"
ENGAGED = "parents-engaged-missing"
ACUTE = "tw-acute-070"
MISSING = "Missing from home now or often, safety and welfare in question, parents engaged and supportive"


def child_of(writer: Writer, area: str = AREA) -> UUID:
    writer.add_child()
    writer.fill("child-home", writer.child.pk, **home(home_area=area))
    return writer.child.pk


def choose(writer: Writer, child: UUID, *ids: str, **answers: Any) -> None:
    writer.open("descriptors", child).send("add", descriptors=list(ids))
    writer.send(**{f"evidence-{one}": "Seen" for one in ids}, **answers)


def judge(writer: Writer, child: UUID, level: str, because: str = "What I saw") -> str:
    """Judge, and return what the page that compares says."""
    writer.fill("judged", child, judged_level=level, judged_because=because)
    return text_of(writer.open("indicated", child).page)


def check_page(writer: Writer) -> str:
    return text_of(writer.get(reverse("journey:check", args=[writer.referral.pk])))


def links(writer: Writer, words: str) -> list[str]:
    return [one.get("href") for one in html.fromstring(writer.page).xpath("//main//a") if words in one.text_content()]


def test_a_judgement_without_a_reason_is_compared_and_the_reason_asked_for(writer: Writer):
    child = child_of(writer)
    choose(writer, child, ACUTE)
    words = judge(writer, child, "complex", because="")
    assert "The document indicates" in words
    assert "You judged lower" in words
    assert "You haven't said why you judge it so" in words
    (link,) = links(writer, "Say why")
    assert html.fromstring(writer.get(link)).xpath(f"//main//*[@id='{link.partition('#')[2]}']")
    writer.post(link.partition("#")[0], {**fields_of(writer.page), "judged_because": "Bruises", "do": "continue"})
    assert writer.url == writer.url_of("indicated", child)
    assert "You haven't said why" not in text_of(writer.page)


def test_what_was_chosen_is_named_where_its_twin_counts(writer: Writer):
    child = child_of(writer)
    choose(writer, child, COMPLEX)
    words = judge(writer, child, "complex")
    assert f"Chosen: “{MISSING}” (Complex). It depends on " in words
    assert "which isn't answered yet, or not known. Until it is, the document's higher line counts:" in words
    writer.open("descriptors", child).send(**{f"condition-{ENGAGED}": "no"})
    words = text_of(writer.open("indicated", child).page)
    assert "is answered no, so another line of the document counts:" in words
    writer.press_send()
    submission = latest_submission(writer.referral)
    assert submission is not None
    (check,) = content_of(submission)["check"].values()
    frozen = check["reasons"][0]
    assert (frozen["id"], frozen["in_place_of"]["wording"], frozen["in_place_of"]["answer"]) == (TWIN, MISSING, "no")
    assert f"Chosen: “{MISSING}” (Complex)." in text_of(writer.get(reverse("referral", args=[writer.referral.pk])))


def test_each_question_of_the_check_leads_to_its_place_on_its_page(writer: Writer):
    child = child_of(writer)
    writer.fill("exploitation", child, signs=["tw-ce-01-01"])
    choose(writer, child, COMPLEX)
    judge(writer, child, "complex")
    found = [one for one in html.fromstring(writer.page).xpath("//main//li/a/@href") if "from=indicated" in one]
    assert {one.partition("#")[2] for one in found} >= {"id_harm", f"id_condition-{ENGAGED}", "id_protective"}
    for link in found:
        page, _, place = link.partition("#")
        assert html.fromstring(writer.get(page)).xpath(f"//main//*[@id='{place}']"), link


def test_a_circumstance_that_says_that_the_child_does_not_move_about_settles_it(writer: Writer):
    child = child_of(writer)
    writer.fill("circumstances", child, circumstances=["non_mobile_injury"])
    words = judge(writer, child, "acute")
    assert "Bruise or injury on a child who does not move about alone" in words
    assert "it may apply" not in words
    assert "move about by themself?" not in words


def test_the_card_of_an_override_stands_first_with_a_number_and_is_cited_once(writer: Writer):
    child = child_of(writer)
    writer.fill("circumstances", child, circumstances=["non_mobile_injury"])
    words = judge(writer, child, "acute")
    assert words.index("The answers call for this first") < words.index("Your judgement")
    card = html.fromstring(writer.page).xpath("//main//*[contains(@class, 'app-override--answered')]")[0]
    said = card.text_content()
    assert "Ring first:" in said
    assert card.xpath(".//a[starts-with(@href, 'tel:')]")
    assert said.count("physical abuse") == 1


def test_what_was_sent_tells_nobody_what_is_still_to_be_done():
    card = {"name": "A bruise", "certain": True, "steps": [{"text": "Ring the front door today."}]}
    asks = {"overrides": [card], "prompts": [{"text": "Are several needs one picture?"}]}
    draft, sent = (
        text_of(f"<main>{render_to_string('journey/_indicated.html', {'indicated': asks, 'draft': draft})}</main>")
        for draft in (True, False)
    )
    assert all("Ring the front door today." in words for words in (draft, sent))
    assert "The answers call for this first" in draft
    assert "The answers call for this first" not in sent
    assert "What the answers called for first The steps for whoever wrote this, as they stood then." in sent
    assert "It doesn't say whether they were done." in sent
    assert not [one for one in ("Your judgement", "Think about") if one in sent or one not in draft]


def test_the_lower_end_of_a_range_is_not_called_agreement(writer: Writer):
    publish_area("wakefield")
    child = child_of(writer, "wakefield")
    choose(writer, child, "wk-more-support-001")
    words = judge(writer, child, "more-support")
    assert "Your judgement is the lower end of what is indicated." in words
    assert "for more than one level. What would make it the higher one: significant harm, now or likely." in words
    assert "agree." not in words
    assert "agree." in judge(writer, child, "immediate")


def test_an_area_without_descriptors_promises_nothing(writer: Writer):
    publish_area("westmorland-and-furness")
    child = child_of(writer, "westmorland-and-furness")
    writer.fill("concern", what="He was left alone.", source=["saw"])
    words = text_of(writer.open("descriptors", child).page)
    assert "This area prints no descriptors, so none can be suggested." in words
    assert "Nothing was found by the words you used" not in words
    assert "I can't say which of these fit" not in words
    words = judge(writer, child, "level-3")
    assert "That doesn't confirm your level" in words
    assert "judgement stands" not in words
    assert "Descriptors that fit this child" not in check_page(writer)
    tasks = text_of(writer.get(reverse("journey:tasks", args=[writer.referral.pk])))
    assert "what fits Nothing has to be chosen" in tasks


def test_an_area_without_descriptors_sends_nobody_round_in_a_circle(writer: Writer):
    publish_area("westmorland-and-furness")
    child = child_of(writer, "westmorland-and-furness")
    words = text_of(writer.open("exploitation", child).page)
    assert "document lists no signs of exploitation" in words
    assert links(writer, "What has happened") == [writer.url_of("concern")]
    assert not links(writer, "Choose descriptors about exploitation")


def test_the_exploitation_indicator_has_a_result_of_its_own(writer: Writer):
    child = child_of(writer)
    writer.fill("circumstances", child, circumstances=["criminal_exploitation"])
    asked = "no sign of the exploitation indicator is chosen"
    assert asked in judge(writer, child, "complex")
    writer.fill("exploitation", child, signs=["tw-ce-01-01"])
    said = "The highest sign seen is at Vulnerable (1 sign). Signs are never added up."
    words = text_of(writer.open("indicated", child).page)
    assert asked not in words
    assert said in words
    assert said in check_page(writer)


def test_an_area_whose_descriptors_speak_of_exploitation_leads_there(writer: Writer):
    publish_area("wakefield")
    child = child_of(writer, "wakefield")
    writer.open("exploitation", child)
    assert links(writer, "Choose descriptors about exploitation")


def test_the_level_stands_among_the_answers_once_it_was_judged_and_not_before(writer: Writer, school: School):
    writer.fill("desk", about_desk="no")
    child = child_of(writer)
    choose(writer, child, ACUTE)
    desk, draft = Writer(school.dsl), reverse("referral", args=[writer.referral.pk])
    assert "The document indicates" not in check_page(writer) + text_of(desk.get(draft))
    writer.fill("judged", child, judged_level="complex", judged_because="Several needs")
    for words in (check_page(writer), text_of(desk.get(draft))):
        assert "The document indicates Acute" in words
        assert "Out of education" in words
        assert ": Acute" in words
    assert not [one for one in html.fromstring(desk.page).xpath("//main//a/@href") if "from=check" in one]


def test_a_difference_without_a_reason_is_said_where_it_is_sent(writer: Writer):
    child = child_of(writer)
    choose(writer, child, ACUTE)
    judge(writer, child, "complex")
    assert "your judgement and the document differ, and you haven't said why" in check_page(writer)
    (link,) = links(writer, "Say why")
    writer.get(link)
    writer.send(keeps_judgement="yes", differs_because="The school knows them")
    assert "you haven't said why" not in text_of(writer.page)


@pytest.mark.parametrize(
    ("stops", "reaches"), [((), True), (("Nobody has agreed.",), True), ((), False)], ids=["goes", "stops", "no door"]
)
def test_a_difference_without_a_reason_is_said_whether_it_can_be_sent_or_not(stops: tuple[str, ...], reaches: bool):
    prepared = SimpleNamespace(stops=stops, reaches_somebody=reaches, is_assessment=False, desk="told")
    context = {"referral": SimpleNamespace(pk=uuid4(), reference="R1"), "prepared": prepared}
    page = render_to_string("journey/check.html", {**context, "unexplained": [Unexplained("Robin Vale", "/why/")]})
    words = text_of(page)
    assert "Robin Vale: your judgement and the document differ, and you haven't said why." in words
    assert ("It can't be sent as it stands" in words) is bool(stops)
    assert ("This system can't send it" in words) is not reaches


@pytest.mark.parametrize("answer", ["no", "yes"])
def test_what_was_said_of_a_judgement_goes_with_it_and_its_words_are_kept(writer: Writer, answer: str):
    child = child_of(writer)
    choose(writer, child, ACUTE)
    judge(writer, child, "complex")
    writer.send(keeps_judgement=answer, differs_because="The school knows them")
    before = saved_page(writer.referral, "indicated", child).version
    writer.fill("judged", child, judged_level="complex", judged_because="In other words")
    assert saved_page(writer.referral, "indicated", child).answers["keeps_judgement"] == answer
    words = judge(writer, child, "acute")
    assert "agree." in words
    saved = saved_page(writer.referral, "indicated", child)
    assert saved.answers == {}
    assert saved.version == before + 1
    assert "keeps_judgement" not in fields_of(writer.page)
    kept = PageAnswers.objects.get(child=child, page="indicated").set_aside
    assert kept == {"differs_because": "The school knows them"}
    judge(writer, child, "complex")
    writer.send(keeps_judgement="yes")
    assert fields_of(writer.open("indicated", child).page)["differs_because"] == ["The school knows them"]


def test_a_judgement_by_one_areas_levels_goes_when_the_child_lives_in_another(writer: Writer):
    publish_area("bury")
    child = child_of(writer)
    choose(writer, child, ACUTE)
    judge(writer, child, "complex")
    writer.send(keeps_judgement="yes", differs_because="The school knows them")
    why = saved_page(writer.referral, "judged", child).answers["judged_because"]
    writer.fill("child-home", child, **home(where_now="At her aunt's"))
    assert saved_page(writer.referral, "judged", child).answers["judged_level"] == "complex", "the same home"
    writer.fill("child-home", child, **home(home_area="bury"))
    assert saved_page(writer.referral, "judged", child).answers == {"judged_because": why}
    assert saved_page(writer.referral, "indicated", child).answers == {}
    assert "judged_level" not in fields_of(writer.open("judged", child).page)
    assert "Answer this there first" in text_of(writer.open("indicated", child).page)
