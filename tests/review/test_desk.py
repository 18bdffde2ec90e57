"""The desk: who has one, its groups, its clocks, and how many queries it takes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from accounts.models import FrontDoorTeam
from audit.models import Entry
from referrals.casework import actions as casework
from referrals.record.models import Referral
from tests.casework.support import NOW, World, claimed, decided, routine, submit, urgent
from tests.desks import text_of

pytestmark = pytest.mark.django_db

DESK = reverse("review:desk")


@pytest.mark.parametrize("who", ["teacher", "colleague", "stranger", "screener", "worker", "head"])
def test_nobody_else_has_a_desk(who, world: World, browse):
    answer = browse(who).get(DESK)
    assert answer.status_code == 403
    assert "Only safeguarding leads, deputies and line managers have a desk." in answer.content.decode()


@pytest.mark.parametrize("who", ["dsl", "deputy"])
def test_what_waits_for_an_approval_stands_first_with_its_time(who, world: World, browse):
    world.wants_approval(hours=24)
    referral = routine(world)
    submit(world, referral)
    draft = routine(world)
    page = text_of(browse(who).get(DESK))
    assert "Waiting for your approval (1)" in page
    assert "By 17 November, 10:00." in page
    assert "22 hours left" in page
    assert page.index(referral.reference) < page.index("Being written (1)") < page.index(draft.reference)
    assert "Robin" not in page


def test_each_referral_lies_in_the_group_that_says_what_it_asks_for(world: World, browse):
    world.wants_approval()
    referrals = {}
    gone = urgent(world)
    submit(world, gone)
    referrals["Sent already: look at them"] = gone
    returned = routine(world)
    submit(world, returned)
    casework.return_for_changes(referral=returned, why="Who saw it?", by=world.by("dsl"), now=NOW)
    referrals["Returned to the author"] = returned
    outcome = decided(world, urgent(world))
    casework.approve(referral=outcome.referral, by=world.by("dsl"), now=NOW)
    referrals["Decided"] = outcome.referral
    contested = decided(world, urgent(world))
    casework.approve(referral=contested.referral, by=world.by("dsl"), now=NOW)
    casework.disagree(intake=contested, grounds="Nobody spoke to Robin.", by=world.by("dsl"), now=NOW)
    referrals["Contested by your agency"] = contested.referral
    asked = claimed(world, urgent(world))
    casework.approve(referral=asked.referral, by=world.by("dsl"), now=NOW)
    casework.request_information(intake=asked, text="Who collects Robin?", by=world.by("screener"), now=NOW)
    referrals["A front door asks"] = asked.referral
    page = text_of(browse("dsl").get(DESK))
    for name, referral in referrals.items():
        group = page.partition(f"{name} (")[2].partition("<h2")[0]
        assert referral.reference in group, name


def test_what_reached_no_front_door_stands_on_top_with_what_to_do(world: World, browse):
    draft, referral = urgent(world), urgent(world)
    casework.watch_drafts(now=NOW + timedelta(hours=4))
    for team in (world.team, world.night):
        FrontDoorTeam.objects.filter(pk=team.pk).update(front_door=f"gone-{team.front_door}")
    casework.submit(referral=referral, by=world.by("teacher"), now=NOW, token=uuid4(), reach_it_myself=True)
    page = text_of(browse("dsl").get(DESK))
    first, then = (
        page.index("Not sent: no front door has it (1)"),
        page.index("Not sent, and harm may be possible (1)"),
    )
    assert first < page.index(referral.reference) < then < page.index(draft.reference)
    one = browse("dsl").get(reverse("review:referral", args=[referral.pk])).content.decode()
    assert "Not sent: no front door has it. Somebody has to ring one." in one
    assert reverse("journey:handed_over", args=[referral.pk]) in one


def test_a_wait_without_an_answer_says_that_it_was_sent_only_where_its_time_sent_it(world: World, browse):
    world.wants_approval()
    ended, sent = routine(world), routine(world)
    for referral in (ended, sent):
        submit(world, referral)
    casework.withdraw(referral=ended, why="It was another child.", by=world.by("teacher"), now=NOW)
    casework.lapse_overdue(now=NOW + timedelta(hours=24))
    pages = [text_of(browse("dsl").get(reverse("review:referral", args=[one.pk]))) for one in (ended, sent)]
    words = "The wait ended before anybody answered", "Sent, as nobody answered"
    assert [[one in page for one in words] for page in pages] == [[True, False], [False, True]]


def test_the_desk_never_sees_what_is_about_somebody_there(world: World, browse):
    for answers in ({"about_desk": "yes"}, {}):
        referral = urgent(world, desk=answers)
        submit(world, referral)
        browser = browse("dsl")
        assert referral.reference not in browser.get(DESK).content.decode()
        assert browser.get(reverse("review:referral", args=[referral.pk])).status_code == 404


def test_another_agencys_desk_is_another_desk(world: World, browse):
    referral = urgent(world)
    submit(world, referral)
    assert browse("stranger").get(reverse("review:referral", args=[referral.pk])).status_code == 404


def test_showing_the_desk_is_recorded_with_what_it_showed(world: World, browse):
    referral = urgent(world)
    submit(world, referral)
    browse("dsl").get(DESK)
    entry = Entry.objects.get(verb="desk.list")
    assert entry.detail["shown"] == [str(referral.pk)]


def test_a_desk_with_many_open_rows_is_shown_whole_and_recorded_whole(world: World, browse):
    one = routine(world)
    plain = {field.attname: getattr(one, field.attname) for field in Referral._meta.concrete_fields}
    many = [Referral(**{**plain, "id": uuid4(), "reference": f"TEST-{number}"}) for number in range(200)]
    Referral.objects.bulk_create(many)
    page = text_of(browse("dsl").get(DESK))
    assert "Being written (201)" in page
    rows = Entry.objects.filter(verb="desk.list").order_by("id")
    assert [len(row.detail["shown"]) for row in rows] == [200, 1]
    assert {shown for row in rows for shown in row.detail["shown"]} == {str(row.pk) for row in (one, *many)}


def old_ones(world: World, state: str, count: int, *, urgent_one: bool = False) -> list[Referral]:
    """As many referrals in this state, the last changed first, beside the draft that they are made of; the oldest is
    urgent where that is wanted."""
    one = routine(world)
    plain = {field.attname: getattr(one, field.attname) for field in Referral._meta.concrete_fields}
    made = [
        Referral(**{**plain, "id": uuid4(), "reference": f"{state.upper()}-{number}", "state": state})
        for number in range(count)
    ]
    for number, row in enumerate(made, start=1):
        row.updated_at = NOW - timedelta(days=number)
    if urgent_one:
        made[-1].urgent, made[-1].urgent_because = True, ["harm"]
    return Referral.objects.bulk_create(made)


def references_in(page: str, key: str) -> list[str]:
    """The references in a group of the desk, in their order."""
    return [
        link.text_content().partition(":")[0]
        for link in html.fromstring(page).xpath(f"//*[@id='{key}']/following-sibling::ul[1]//a")
    ]


def test_what_asks_for_nothing_comes_page_by_page_and_all_of_it_is_reached(world: World, browse):
    finished, sent = old_ones(world, "closed", 120), old_ones(world, "sent", 51, urgent_one=True)
    draft = routine(world)
    browser, seen, url = browse("dsl"), [], DESK
    for number in (1, 2, 3):
        page = browser.get(url).content.decode()
        assert ("Finished (120)" in page, "Sent (51)" in page, draft.reference in page) == (True, True, True)
        seen += references_in(page, "finished")
        assert references_in(page, "sent")[0] == sent[-1].reference, "the urgent one first"
        assert len(references_in(page, "sent")) == 50
        links = html.fromstring(page).xpath("//nav[@aria-label='Pages of Finished']//a[@rel='next']")
        assert len(links) == (number < 3)
        url = DESK + links[0].get("href") if links else ""
    assert seen == [row.reference for row in finished]
    shown = {one for row in Entry.objects.filter(verb="desk.list") for one in row.detail["shown"]}
    assert shown >= {str(row.pk) for row in finished}


def test_leading_to_another_page_leaves_the_other_group_where_it_is(world: World, browse):
    old_ones(world, "closed", 51)
    old_ones(world, "sent", 51)
    page = browse("dsl").get(DESK, {"sent": "2", "finished": "no number"}).content.decode()
    assert len(references_in(page, "sent")) == 1
    (to,) = html.fromstring(page).xpath("//nav[@aria-label='Pages of Finished']//a[@rel='next']/@href")
    assert to == "?sent=2&finished=2#finished"


def test_what_asks_for_something_is_whole_however_much_there_is(world: World, browse):
    """An urgent one that nobody has looked at stands there, whatever else the agency has sent."""
    world.wants_approval()
    submit(world, referral := urgent(world))
    old_ones(world, "sent", 60)
    page = browse("dsl").get(DESK).content.decode()
    assert references_in(page, "gone") == [referral.reference]
    assert len(references_in(page, "sent")) == 50


def test_what_waits_for_somebody_else_is_not_called_sent(world: World, browse):
    world.wants_approval()
    referral = routine(world, author="dsl")
    submit(world, referral, author="dsl")
    page = browse("dsl").get(DESK).content.decode()
    assert references_in(page, "waiting") == [referral.reference]
    assert 'id="sent"' not in page
    assert references_in(browse("deputy").get(DESK).content.decode(), "approve") == [referral.reference]


def test_the_desk_takes_as_many_queries_for_many_as_for_one(world: World, browse):
    world.wants_approval()
    browser = browse("dsl")
    counts = []
    for more in (1, 3):
        for _ in range(more):
            submit(world, routine(world))
            submit(world, urgent(world))
            decided(world, urgent(world))
            routine(world)
        with CaptureQueriesContext(connection) as queries:
            browser.get(DESK)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("who", "there"), [("dsl", True), ("deputy", True), ("teacher", False), ("screener", False)])
def test_a_referrals_own_page_leads_the_desk_to_its_page(who, there, world: World, browse):
    referral = claimed(world, routine(world)).referral
    page = browse(who).get(reverse("referral", args=[referral.pk])).content.decode()
    assert (reverse("review:referral", args=[referral.pk]) in page) is there
