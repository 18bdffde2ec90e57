"""The queue: who sees it, in which order, claiming, and how many queries it takes."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from audit.models import Entry
from referrals.record.models import Referral, Submission
from referrals.routing import actions as routing
from referrals.routing.models import Clock, Intake
from referrals.triage.presenters.queue import times_shown
from tests.casework.support import LATER, NOW, World, claimed, decided, delivered, routine, submit, urgent
from tests.desks import text_of

pytestmark = pytest.mark.django_db

QUEUE = reverse("triage:queue")


@pytest.mark.parametrize("who", ["screener", "worker", "head"])
def test_a_front_door_sees_what_came_to_it(who, world: World, browse):
    intake = delivered(world, routine(world))
    page = text_of(browse(who).get(QUEUE))
    assert intake.referral.reference in page
    assert "Nobody's yet (1)" in page
    assert "Robin" not in page


@pytest.mark.parametrize("who", ["teacher", "dsl", "manager", "stranger"])
def test_nobody_else_has_a_queue(who, world: World, browse):
    answer = browse(who).get(QUEUE)
    assert answer.status_code == 403
    assert "Only the people of a front door have a queue." in answer.content.decode()


def test_another_front_door_does_not_see_it(world: World, browse):
    intake = delivered(world, routine(world))
    browser = browse("elsewhere")
    assert intake.referral.reference not in browser.get(QUEUE).content.decode()
    assert browser.get(reverse("triage:intake", args=[intake.pk])).status_code == 404


@pytest.mark.parametrize(("year", "said"), [(2026, 0), (2050, 1)])
def test_times_past_the_list_of_bank_holidays_are_told_of_once(year: int, said: int):
    rows = [SimpleNamespace(clock=SimpleNamespace(due=datetime(year, 12, 1, tzinfo=UTC))) for _ in range(2)]
    parts: Any = [SimpleNamespace(groups=[SimpleNamespace(rows=[*rows, SimpleNamespace(clock=None)])])]
    page = render_to_string("triage/queue.html", {"times": times_shown(parts)})
    assert page.count("are not published here yet. Days after it are counted by the law.") == said


def test_what_is_over_its_limit_stands_first_and_is_named(world: World, browse, monkeypatch):
    early = delivered(world, routine(world))
    late = delivered(world, urgent(world))
    Clock.objects.filter(intake=early).update(due_at=LATER + timedelta(days=40), warn_at=LATER + timedelta(days=30))
    Clock.objects.filter(intake=late).update(due_at=NOW + timedelta(hours=1), warn_at=NOW)
    page = text_of(browse("screener").get(QUEUE))
    assert "1 is over its limit." in page
    assert page.index(late.referral.reference) < page.index(early.referral.reference)
    assert page.index("Over the limit") < page.index("Not due yet")
    assert "1 hour over" in page


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ({}, {"claimed", "free"}),
        ({"owner": "mine"}, {"claimed"}),
        ({"owner": "nobody"}, {"free"}),
        ({"owner": "others"}, set()),
        ({"urgent": "yes"}, {"free"}),
        ({"urgent": "no"}, {"claimed"}),
        ({"rating": "red"}, {"claimed"}),
        ({"rating": "none"}, {"free"}),
        ({"rating": "purple", "owner": "' OR 1=1"}, {"claimed", "free"}),
    ],
)
def test_filters_are_visible_and_leave_what_they_name(filters, shown, world: World, browse):
    mine = claimed(world, routine(world))
    routing.rate(intake=mine, rag="red", by=world.by("screener"), now=NOW)
    intakes = {"claimed": mine, "free": delivered(world, urgent(world))}
    page = browse("screener").get(QUEUE, filters).content.decode()
    assert {name for name, intake in intakes.items() if intake.referral.reference in page} == shown


def test_showing_the_queue_is_recorded_with_what_it_showed(world: World, browse):
    intake = delivered(world, routine(world))
    browse("screener").get(QUEUE)
    entry = Entry.objects.get(verb="intake.list")
    assert entry.detail["shown"] == [str(intake.pk)]
    assert entry.actor_id == world.screener.pk


def many_like(one: Intake, count: int) -> list[Intake]:
    """As many intakes that differ in nothing else, each of a referral of its own."""
    made: list[tuple[Referral, Submission, Intake]] = []
    for _ in range(count):
        new = uuid4()
        referral = Referral(**{**_plain(one.referral), "id": new, "reference": str(new)[:12]})
        submission = Submission(**{**_plain(one.submission), "id": uuid4(), "referral_id": new})
        shared = {"id": uuid4(), "referral_id": new, "submission_id": submission.pk}
        made.append((referral, submission, Intake(**{**_plain(one), **shared})))
    referrals, submissions, intakes = zip(*made, strict=True)
    Referral.objects.bulk_create(referrals)
    Submission.objects.bulk_create(submissions)
    return Intake.objects.bulk_create(intakes)


def _plain(row: Intake | Referral | Submission) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def on_page(browse, address: str) -> list[str]:
    """Ids of the intakes that a page of the queue shows."""
    return re.findall(r'id="intake-([0-9a-f-]+)"', text_of(browse("screener").get(address)))


@pytest.mark.long
def test_of_a_long_queue_what_presses_stands_on_every_page_and_the_rest_on_one(world: World, browse):
    one, pressing = delivered(world, routine(world)), delivered(world, urgent(world))
    quiet = [one, *many_like(one, 120)]
    pressing_ones = {str(row.pk) for row in [pressing, *many_like(pressing, 60)]}
    seen: list[str] = []
    for number in (1, 2, 3):
        found = on_page(browse, f"{QUEUE}?nobody={number}")
        assert pressing_ones <= set(found)
        seen += [row for row in found if row not in pressing_ones]
    assert sorted(seen) == sorted(str(row.pk) for row in quiet), "each on one page"
    page = text_of(browse("screener").get(QUEUE))
    assert "Nobody's yet (182)" in page
    assert "stands on every page" in page
    assert 'href="?nobody=2#nobody"' in page
    # Another filter stays where it is; a page that there isn't is the last.
    assert 'href="?rating=none&amp;nobody=2#nobody"' in text_of(browse("screener").get(f"{QUEUE}?rating=none"))
    assert on_page(browse, f"{QUEUE}?nobody=99") == on_page(browse, f"{QUEUE}?nobody=3")


def test_what_a_page_shows_is_recorded_and_no_more(world: World, browse):
    one = delivered(world, urgent(world))
    many = many_like(one, 200)
    found = on_page(browse, QUEUE)
    rows = Entry.objects.filter(verb="intake.list").order_by("id")
    assert [len(row.detail["shown"]) for row in rows] == [200, 1]
    assert {shown for row in rows for shown in row.detail["shown"]} == {str(row.pk) for row in [one, *many]}
    assert set(found) == {str(row.pk) for row in [one, *many]}


def test_the_queue_takes_as_many_queries_for_many_as_for_one(world: World, browse):
    browser = browse("screener")
    counts = []
    for more in (1, 4):
        for _ in range(more):
            claimed(world, urgent(world))
            delivered(world, routine(world, children=2))
        with CaptureQueriesContext(connection) as queries:
            browser.get(QUEUE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_claiming_leads_to_the_page_and_is_written_down(world: World, browse):
    intake = delivered(world, routine(world))
    answer = browse("screener").post(reverse("triage:claim", args=[intake.pk]))
    intake.refresh_from_db()
    assert answer.url == reverse("triage:intake", args=[intake.pk])
    assert intake.claimed_by == world.screener
    assert intake.first_read_at is None, "claiming is not reading"


def test_whoever_comes_second_is_told_who_has_it_and_led_back(world: World, browse):
    intake = delivered(world, routine(world))
    browse("screener").post(reverse("triage:claim", args=[intake.pk]))
    answer = browse("worker").post(reverse("triage:claim", args=[intake.pk]), follow=True)
    assert answer.redirect_chain == [(QUEUE, 302)]
    assert f"{world.screener.full_name} claimed it first" in text_of(answer)
    intake.refresh_from_db()
    assert intake.claimed_by == world.screener


def test_claiming_twice_is_claiming_once(world: World, browse):
    intake = delivered(world, routine(world))
    browser = browse("screener")
    for _ in range(2):
        answer = browser.post(reverse("triage:claim", args=[intake.pk]))
        assert answer.url == reverse("triage:intake", args=[intake.pk])
    assert intake.changes.filter(verb="claim").count() == 1


@pytest.mark.parametrize("name", ["claim", "release", "rate", "close"])
@pytest.mark.parametrize(("who", "status"), [("elsewhere", 404), ("teacher", 404), ("dsl", 404), ("stranger", 404)])
def test_nobody_else_does_anything_to_it(name, who, status, world: World, browse):
    intake = delivered(world, routine(world))
    before = Intake.objects.values().get(pk=intake.pk)
    answer = browse(who).post(reverse(f"triage:{name}", args=[intake.pk]), {"rating": "red"})
    assert answer.status_code == status
    assert Intake.objects.values().get(pk=intake.pk) == before


@pytest.mark.parametrize("name", ["claim", "release", "rate", "close"])
def test_a_change_is_never_made_by_looking(name, world: World, browse):
    intake = delivered(world, routine(world))
    assert browse("screener").get(reverse(f"triage:{name}", args=[intake.pk])).status_code == 405


def test_it_is_given_back_by_its_holder_or_the_manager_only(world: World, browse):
    intake = claimed(world, routine(world))
    address = reverse("triage:release", args=[intake.pk])
    assert browse("worker").post(address).status_code == 403
    assert browse("head").post(address).url == QUEUE
    intake.refresh_from_db()
    assert intake.claimed_by is None


def test_what_is_decided_can_be_closed_and_leaves_the_queue(world: World, browse):
    intake = decided(world, routine(world))
    assert browse("screener").post(reverse("triage:close", args=[intake.pk])).status_code == 403
    assert browse("worker").post(reverse("triage:close", args=[intake.pk])).url == QUEUE
    intake.refresh_from_db()
    assert intake.state == "closed"
    # Past the message that names it: the queue itself.
    assert intake.referral.reference not in text_of(browse("worker").get(QUEUE)).partition("Nobody's yet")[2]


def test_what_has_not_arrived_is_not_there_yet(world: World, browse):
    submit(world, routine(world))
    intake = Intake.objects.get()
    assert browse("screener").get(reverse("triage:intake", args=[intake.pk])).status_code == 404
    assert clock.now() == LATER


def test_a_referrals_own_page_leads_to_its_intake(world: World, browse):
    intake = delivered(world, routine(world))
    address = reverse("triage:of_referral", args=[intake.referral_id])
    browser = browse("screener")
    assert address in browser.get(reverse("referral", args=[intake.referral_id])).content.decode()
    assert browser.get(address).url == reverse("triage:intake", args=[intake.pk])
    assert browse("elsewhere").get(address).status_code == 404
