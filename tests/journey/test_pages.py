"""The pages one by one: what opens, what is named, what leads where, and how many queries a page takes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from accounts.clock import now
from accounts.selectors import actor_for
from audit.models import Entry
from referrals.casework import actions as casework
from referrals.record import actions as records
from referrals.record.domain.lifecycle import State
from referrals.record.models import Referral
from referrals.record.selectors import saved_page
from tests.factories import AREA
from tests.journey.support import School, Writer, errors_of, fields_of, home, publish_area, text_of


def test_what_one_answer_asks_further_comes_on_the_page_once_it_is_saved(writer: Writer):
    writer.add_child()
    child = writer.child.pk
    writer.open("harm", child)
    assert "harm_what" not in fields_of(writer.page)
    writer.send(harm="not_sure")
    assert writer.url == writer.url_of("harm", child)
    assert fields_of(writer.page)["harm"] == ["not_sure"]
    assert "harm_what" in fields_of(writer.page)


def test_answers_whose_question_is_no_longer_asked_are_named(writer: Writer):
    writer.add_child()
    child = writer.child.pk
    writer.fill("harm", child, harm="yes")
    writer.send(harm_what="A burn")
    writer.fill("harm", child, harm="no")
    assert "No longer asked, so the answer isn't sent: “What is the harm, or what do you fear?”" in text_of(writer.page)
    assert saved_page(writer.referral, "harm", child).answers == {"harm": "no"}
    # The words are not lost, and come back with the question.
    tasks = text_of(writer.get(reverse("journey:tasks", args=[writer.referral.pk])))
    assert "not sent because it no longer applies" in tasks
    assert "A burn" in tasks
    writer.fill("harm", child, harm="yes")
    writer.open("harm", child)
    assert fields_of(writer.page)["harm_what"] == ["A burn"]
    writer.send()
    assert saved_page(writer.referral, "harm", child).answers == {"harm": "yes", "harm_what": "A burn"}
    assert "no longer applies" not in text_of(writer.get(reverse("journey:tasks", args=[writer.referral.pk])))


def test_not_known_is_kept_beside_a_box_and_among_checkboxes(writer: Writer):
    writer.fill("concern", where_not_known="on", source=["saw"])
    assert saved_page(writer.referral, "concern").answers == {"where_not_known": True, "source": ["saw"]}
    writer.open("concern")
    assert fields_of(writer.page)["where_not_known"] == ["on"]
    writer.add_child()
    writer.fill("circumstances", writer.child.pk, circumstances=["not_known"])
    assert saved_page(writer.referral, "circumstances", writer.child.pk).answers == {"circumstances_not_known": True}
    writer.open("circumstances", writer.child.pk)
    assert fields_of(writer.page)["circumstances"] == ["not_known"]


def test_the_document_is_shown_only_after_the_judgement(writer: Writer):
    writer.add_child()
    child = writer.child.pk
    writer.fill("child-home", child, **home())
    words = text_of(writer.open("indicated", child).page)
    assert "This page builds on another one" in words
    assert "The document indicates" not in words
    writer.fill("judged", child, judged_level="acute", judged_because="Bruises")
    assert "The document indicates" in text_of(writer.page)
    writer.send(keeps_judgement="no")
    assert writer.url == writer.url_of("judged", child)


def asked(writer: Writer) -> list[str]:
    """The answers that the page gives to "do you keep your judgement?"."""
    found = html.fromstring(writer.page).xpath("//main//input[@name='keeps_judgement']")
    return [one.get("value") for one in found]


def judged(writer: Writer, level: str, *, area: str = AREA, **descriptors: Any) -> UUID:
    """A child with an area and a judged level ("" for not known); the page that compares stands open."""
    writer.add_child()
    child = writer.child.pk
    writer.fill("child-home", child, **home(home_area=area))
    if descriptors:
        writer.fill("descriptors", child, **descriptors)
    answers = {"judged_level": level} if level else {"judged_level": "not_known"}
    writer.fill("judged", child, judged_because="What I saw", **answers)
    writer.open("indicated", child)
    return child


FITS: dict[str, Any] = {"descriptors": ["tw-acute-070"], "evidence-tw-acute-070": "Not in school since September"}


def test_a_difference_is_asked_about_and_agreement_only_confirmed(writer: Writer):
    child = judged(writer, "complex", **FITS)
    assert asked(writer) == ["yes", "no"]
    writer.fill("judged", child, judged_level="acute")
    writer.open("indicated", child)
    assert asked(writer) == ["same", "no"]


@pytest.mark.parametrize(
    ("level", "area", "descriptors", "words"),
    [
        ("", AREA, FITS, "You have not judged a level"),
        ("acute", AREA, {"descriptors_not_known": "on"}, "Nothing that is known points to a level"),
        ("level-3", "westmorland-and-furness", {}, "prints no descriptors"),
    ],
    ids=["not judged", "nothing chosen", "no descriptors"],
)
def test_nothing_is_asked_where_there_is_nothing_to_compare(writer: Writer, level, area, descriptors, words):
    publish_area(area)
    child = judged(writer, level, area=area, **descriptors)
    assert words in text_of(writer.page)
    assert asked(writer) == ["nothing"]
    assert html.fromstring(writer.page).xpath("//main//input[@name='keeps_judgement']/@type") == ["hidden"]
    writer.send()
    assert errors_of(writer.page) == []
    assert saved_page(writer.referral, "indicated", child).answers == {"keeps_judgement": "nothing"}
    tasks = text_of(writer.get(reverse("journey:tasks", args=[writer.referral.pk])))
    assert "what the document indicates Completed" in tasks


def test_choosing_what_fits_waits_for_the_home_area_and_nothing_else(writer: Writer):
    writer.add_child()
    child = writer.child.pk
    words = text_of(writer.open("descriptors", child).page)
    assert "Which council area is this child's home in?" in words
    writer.fill("child-home", child, home_area=AREA)
    assert "This page builds on another one" not in text_of(writer.open("descriptors", child).page)
    tasks = html.fromstring(writer.get(reverse("journey:tasks", args=[writer.referral.pk])))
    assert tasks.xpath(f"//a[@href='{writer.url_of('descriptors', child)}']")


def test_what_only_stands_out_is_saved_and_held_up_once(writer: Writer):
    writer.add_child(unborn="yes", born_year="", expected_year="2024")
    child = writer.child.pk
    assert saved_page(writer.referral, "child-about", child).answers["expected"] == "2024"
    words = text_of(writer.page)
    assert "That is long past" in words
    assert "Saved." in words
    writer.send()
    assert writer.url != writer.url_of("child-about", child)


def test_a_change_from_checking_leads_back_to_it(writer: Writer):
    check = reverse("journey:check", args=[writer.referral.pk])
    writer.get(writer.url_of("concern") + "?from=check")
    writer.send(what="A bruise")
    assert writer.url == check
    assert "A bruise" in text_of(writer.page)


def test_somebody_is_removed_after_being_asked(writer: Writer):
    writer.add_child()
    child = writer.child.pk
    remove = reverse("journey:remove", args=[writer.referral.pk, child])
    assert "Remove Robin Vale?" in text_of(writer.get(remove))
    assert writer.referral.children.count() == 1
    assert "Robin Vale has been removed" in text_of(writer.post(remove, {}))
    assert writer.referral.children.count() == 0
    writer.post(remove, {})
    assert "Write a referral" in text_of(writer.page)


def test_adding_twice_without_writing_adds_once(writer: Writer):
    for _ in range(2):
        writer.post(reverse("journey:add_child", args=[writer.referral.pk]), {})
    assert writer.referral.children.count() == 1


def test_drafts_are_found_again_and_the_list_is_recorded(writer: Writer):
    writer.add_child()
    words = text_of(writer.get(reverse("journey:referrals")))
    assert "Robin Vale" in words
    assert writer.referral.reference in words
    shown = Entry.objects.filter(verb="referral.list").latest("pk")
    assert shown.detail["shown"] == [str(writer.referral.pk)]
    assert "Write a referral" in text_of(writer.get(reverse("referral", args=[writer.referral.pk])))


def test_a_draft_is_withdrawn_with_a_reason(writer: Writer):
    writer.get(reverse("journey:withdraw", args=[writer.referral.pk]))
    writer.post(writer.url, {"why": ""})
    assert errors_of(writer.page) == ["Write why it should be withdrawn"]
    writer.post(writer.url, {"why": "Written twice"})
    assert writer.referral.state == State.WITHDRAWN.value
    assert "It was withdrawn" in text_of(writer.page)


def test_the_desk_reads_a_draft_and_writes_nothing_on_it(writer: Writer, school: School):
    writer.add_child()
    desk = Writer(school.dsl)
    url = reverse("referral", args=[writer.referral.pk])
    assert desk.client.get(url).status_code == 404
    writer.fill("desk", about_desk="no")
    words = text_of(desk.get(url))
    assert "This is a draft" in words
    assert "Robin" in words
    assert "from=check" not in desk.page
    assert desk.client.get(writer.url_of("concern")).status_code == 403


def test_what_is_routine_waits_for_the_desk_and_comes_back_with_its_reason(school: School):
    at = now()
    desk = actor_for(school.dsl, at)
    casework.set_policy(agency=school.agency, approve_routine=True, answer_within_hours=24, by=desk, now=at)
    writer = Writer(school.teacher)
    writer.begin_calmly()
    writer.fill("desk", about_desk="no")
    writer.add_child()
    child = writer.child.pk
    writer.fill("child-home", child, **home(safe_tonight="yes"))
    writer.fill("harm", child, harm="no")
    writer.fill("child-sharing", child, said="given")
    writer.post(reverse("journey:add_member", args=[writer.referral.pk]), {})
    writer.send(full_name="Kim Vale", relationship="mother", parental_responsibility="yes", in_home="yes")
    writer.fill("member-sharing", writer.referral.household.get().pk, said="given")
    writer.fill("without-agreement", everybody_agrees="yes")
    writer.fill("descriptors", child, descriptors_not_known="on")
    writer.fill("judged", child, judged_level="vulnerable", judged_because="Needs help")
    writer.get(reverse("journey:check", args=[writer.referral.pk]))
    assert "Submit for approval" in writer.page
    assert "It waits at your agency" in text_of(writer.press_send())
    casework.return_for_changes(referral=writer.referral, why="Say what the school has tried", by=desk, now=at)
    words = text_of(writer.get(reverse("journey:tasks", args=[writer.referral.pk])))
    assert "returned it for changes" in words
    assert "Say what the school has tried" in words


def test_whether_the_desk_is_told_is_said_as_it_is(writer: Writer):
    writer.add_child(born_year="2015")
    check = reverse("journey:check", args=[writer.referral.pk])
    told, about = "Your safeguarding desk is told.", "is not told, because it may be about somebody there."
    words = text_of(writer.get(check))
    assert "Your safeguarding desk is not told until you answer who may see this." in words
    assert f'href="{writer.url_of("desk")}?from=check">Answer who may see this' in writer.page
    assert told not in words
    for answer in ("yes", "not_sure"):
        writer.fill("desk", about_desk=answer)
        words = text_of(writer.get(check))
        assert about in words
        assert told not in words
        assert "Answer who may see this" not in words
    writer.fill("desk", about_desk="no")
    words = text_of(writer.get(check))
    assert told in words
    assert about not in words


def stop_of(writer: Writer) -> tuple[str, list[str]]:
    """What the check page says of what stops it, and the pages that it links there."""
    page = writer.get(reverse("journey:check", args=[writer.referral.pk]))
    heading = html.fromstring(page).xpath('//h2[contains(., "It can\'t be sent as it stands")]')[0]
    links = [link.get("href").partition("?")[0] for link in heading.xpath("following-sibling::ul//a")]
    return " ".join(heading.getparent().text_content().split()), links


def weighed_of(writer: Writer) -> tuple[str, list[str]]:
    """What the check page says about what is weighed first, with the pages that it links to."""
    page = writer.get(reverse("journey:check", args=[writer.referral.pk]))
    heading = html.fromstring(page).xpath("//h2[normalize-space()='Submit it']")[0]
    links = [link.get("href").partition("?")[0] for link in heading.xpath("following-sibling::ul//a")]
    return " ".join(heading.getparent().text_content().split()), links


def test_what_stops_a_routine_referral_is_named_with_the_page_to_answer_it_on(school: School):
    writer = Writer(school.teacher)
    writer.begin_calmly()
    words, links = stop_of(writer)
    assert "Add the child" in words
    assert links == [writer.url_of("children")]
    writer.fill("desk", about_desk="no")
    writer.add_child()
    child = writer.child.pk
    writer.fill("child-home", child, **home(safe_tonight="yes"))
    writer.fill("harm", child, harm="no")
    words, links = weighed_of(writer)
    assert "somebody else weighs whether it goes" in words
    assert "harm is answered" not in words.lower()
    assert writer.url_of("start") not in links
    assert writer.url_of("household") in links
    writer.post(reverse("journey:add_member", args=[writer.referral.pk]), {})
    writer.send(full_name="Kim Vale", relationship="mother", parental_responsibility="yes", in_home="yes")
    member = writer.referral.household.get().pk
    assert writer.url_of("member-sharing", member) in weighed_of(writer)[1]
    writer.fill("member-sharing", member, said="refused")
    words, links = weighed_of(writer)
    assert all(one in words for one in ("Submit for approval", "open it here and press “It can't wait: send it now”."))
    assert links == []
    writer.fill("desk", about_desk="yes")
    words, links = stop_of(writer)
    assert "with your reason it goes" in words
    assert links == [writer.url_of("without-agreement")]
    writer.fill("member-sharing", member, said="given")
    # Level, view, services and much else aren't answered: that stops nothing.
    assert "Referral sent" in text_of(writer.press_send())


def test_the_numbers_are_those_of_the_childs_home(writer: Writer):
    assert "your agency's area" in writer.page
    writer.add_child()
    child = writer.child.pk
    for unknown in ("not_known", "elsewhere"):
        writer.fill("child-home", child, **home(home_area=unknown))
        assert "your agency's area" in writer.open("child-home", child).page
    writer.fill("child-home", child, **home(home_area=AREA))
    assert "the area of the child's home" in writer.get(reverse("journey:tasks", args=[writer.referral.pk]))


def test_home_leads_to_starting(school: School):
    assert reverse("journey:start") in Writer(school.teacher).get("/")


def test_a_front_door_sees_neither_advice_nor_approval(writer: Writer, school: School):
    writer.fill("desk", about_desk="no")
    writer.add_child(born_year="2015")
    writer.press_send()
    at = now()
    casework.advise(referral=writer.referral, text="Ring the school nurse", by=actor_for(school.dsl, at), now=at)
    url = reverse("referral", args=[writer.referral.pk])
    assert "Ring the school nurse" in text_of(writer.get(url))
    author = actor_for(school.teacher, at)
    records.open_to_team(referral=writer.referral, team=school.team, by=author, now=at)
    decider = Writer(school.decider)
    words = text_of(decider.get(url))
    assert "Robin Vale" in words
    assert "Ring the school nurse" not in words


def test_a_page_of_the_full_form_follows_the_first_facts(school: School):
    writer = Writer(school.teacher).begin("send_now")
    writer.add_child(harm="yes")
    writer.press_send()
    assert writer.referral.state == State.SENT.value
    writer.get(reverse("journey:addendum", args=[writer.referral.pk]))
    assert "Robin Vale: harm" in text_of(writer.page)
    writer.get(reverse("journey:add_person_page", args=[writer.referral.pk, "harm", writer.child.pk]))
    writer.send(harm="yes")
    assert "harm_what" in fields_of(writer.page)
    assert writer.referral.addenda.count() == 0
    writer.send(harm_what="A burn on the hand")
    assert "has been added" in text_of(writer.page)
    assert "A burn on the hand" in text_of(writer.get(reverse("referral", args=[writer.referral.pk])))


PAGES: dict[str, Callable[[Referral], str]] = {
    "tasks": lambda referral: reverse("journey:tasks", args=[referral.pk]),
    "page": lambda referral: reverse("journey:page", args=[referral.pk, "concern"]),
    "children": lambda referral: reverse("journey:page", args=[referral.pk, "children"]),
    "descriptors": lambda referral: reverse(
        "journey:person_page", args=[referral.pk, "descriptors", referral.children.all()[0].pk]
    ),
    "check": lambda referral: reverse("journey:check", args=[referral.pk]),
    "referrals": lambda _referral: reverse("journey:referrals"),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_as_many_queries_for_three_children_as_for_one(writer: Writer, page: str):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            writer.get(PAGES[page](writer.referral))
        return len(captured)

    def child() -> None:
        writer.add_child()
        newest = writer.referral.children.order_by("-position")[0]
        writer.fill("child-home", newest.pk, **home())

    child()
    queries()  # what a process keeps is read once
    before = queries()
    child()
    child()
    assert queries() == before


def test_the_record_takes_as_many_queries_for_three_children_as_for_one(school: School):
    counts = []
    for children in (1, 3):
        writer = Writer(school.teacher).begin("marf", danger="likely", cannot_wait="no")
        for _ in range(children):
            writer.add_child()
            writer.fill("child-home", writer.referral.children.order_by("-position")[0].pk, **home())
        writer.press_send()
        url = reverse("referral", args=[writer.referral.pk])
        with CaptureQueriesContext(connection) as captured:
            writer.get(url)
        counts.append(len(captured))
    assert counts[0] == counts[1]
