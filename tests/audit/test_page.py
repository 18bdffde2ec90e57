"""The auditor's page."""

import pytest
from django.utils.html import strip_tags

from audit import selectors
from audit.actions import record, record_refusal
from audit.domain.refusal import Refusal
from audit.models import Entry
from audit.presenters import breakable
from tests.audit.support import CHILD, actor, rows_of, seal_as_worker, written

pytestmark = pytest.mark.django_db

AUDITOR = actor("auditor", name="Grace Oyelaran")


def text_of(response) -> str:
    """What is read, without the places where lines may break."""
    return " ".join(strip_tags(response.text.replace("<wbr>", "")).split())


@pytest.fixture
def three():
    """Rows by two people: two allowed, one refused."""
    priya, tom = actor("screener"), actor("dsl", name="Tom Adeyemi")
    record("people.view", by=priya, subject_type="person", subject_id=CHILD)
    record("people.change", by=tom, subject_type="person", subject_id=12, detail={"role": "dsl"})
    record_refusal(Refusal("No.", rule="agencies.view", subject_type="agency", subject_id=9), by=tom)
    return priya, tom


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_for_auditors(visit, method):
    response = getattr(visit(actor("dsl", "administrator")), method)("/audit/")
    assert response.status_code == 403
    assert "Only an auditor can read the audit record." in response.text
    assert Entry.objects.get().rule == "audit.read"


def test_newest_first_with_who_what_and_which(visit, three):
    response = visit(AUDITOR).get("/audit/")
    newest, middle, oldest = rows_of(response)
    assert "Tom Adeyemi" in newest
    assert "Refused: agencies.view agency 9" in newest
    assert "people.change person 12 role: dsl" in middle
    assert f"Priya Raman screener {three[0].person_id} people.view person {CHILD}" in oldest


def test_reading_is_recorded(visit, three):
    visit(AUDITOR).get("/audit/")
    entry = Entry.objects.get(actor_id=AUDITOR.person_id)
    assert (entry.verb, entry.subject_type) == ("audit.read", "audit")
    assert entry.detail == {"shown": 3, "newest": entry.pk - 1, "oldest": entry.pk - 3}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"person": "adeyemi"}, ["agencies.view", "people.change"]),
        ({"person": "nobody of that name"}, []),
        ({"verb": "people.view"}, ["people.view"]),
        ({"subject_id": str(CHILD).upper()}, ["people.view"]),
        ({"outcome": "refused"}, ["agencies.view"]),
        ({"outcome": "allowed", "person": "Tom"}, ["people.change"]),
        ({"until_day": "1", "until_month": "1", "until_year": "2020"}, []),
        (
            {"since_day": "1", "since_month": "1", "since_year": "2020"},
            ["agencies.view", "people.change", "people.view"],
        ),
    ],
)
def test_a_search_narrows_and_stays_out_of_the_address(visit, three, asked, expected):
    client = visit(AUDITOR)
    answer = client.post("/audit/", asked)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/audit/")
    rows = rows_of(client.get("/audit/"))
    assert len(rows) == len(expected)
    assert all(verb in row for verb, row in zip(expected, rows, strict=True))


def test_a_person_is_found_by_number(visit, three):
    client = visit(AUDITOR)
    client.post("/audit/", {"person": str(three[0].person_id)})
    assert len(rows_of(client.get("/audit/"))) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"until_day": "31", "until_month": "12", "until_year": "9999"},
        # Python reads it as a number of a person, the space as well.
        {"person": "{ 1234567890123456789012345678901}"},
    ],
)
def test_no_search_breaks_the_page(visit, three, asked):
    client = visit(AUDITOR)
    assert client.post("/audit/", asked).status_code in {200, 302}
    assert client.get("/audit/").status_code == 200


def test_a_search_is_shown_recorded_and_cleared(visit, three):
    client = visit(AUDITOR)
    client.post("/audit/", {"person": "Adeyemi", "outcome": "refused"})
    assert "Showing only: who Adeyemi, outcome refused" in text_of(client.get("/audit/"))
    read = Entry.objects.filter(verb="audit.read").latest("pk")
    assert (read.detail["person"], read.detail["outcome"], read.detail["shown"]) == ("by-name", "refused", 1)
    client.post("/audit/", {"clear": "yes"})
    assert "Showing only" not in client.get("/audit/").text


@pytest.mark.parametrize("asked", [{"subject_id": "the Smith case"}, {"verb": "people view"}, {"subject_id": "Smith"}])
def test_what_may_be_a_name_is_searched_for_and_never_recorded(visit, three, asked):
    client = visit(AUDITOR)
    client.post("/audit/", asked)
    page = client.get("/audit/")
    assert "No entry matches the search." in text_of(page)
    assert f"<strong>{asked.popitem()[1]}</strong>" in page.text
    assert "Smith" not in str(Entry.objects.filter(verb="audit.read").latest("pk").detail)


def test_mistakes_in_the_search_are_told_and_nothing_is_shown_or_recorded(visit, three):
    days = {"since_day": "2", "since_month": "3", "since_year": "2026", "until_day": "1", "until_month": "3"}
    response = visit(AUDITOR).post("/audit/", {**days, "until_year": "2026", "person": "Adeyemi"})
    assert "The last day must be the same as or after the first day" in response.text
    assert 'value="Adeyemi"' in response.text
    assert rows_of(response) == []
    assert not Entry.objects.filter(verb="audit.read").exists()


def test_pages_go_on_where_the_last_ended(visit, monkeypatch):
    monkeypatch.setattr(selectors, "PAGE", 2)
    entries = written(5)
    client = visit(AUDITOR)
    first = client.get("/audit/")
    assert len(rows_of(first)) == 2
    assert f'href="/audit/?older_than={entries[3].pk}"' in first.text
    second = client.get("/audit/", {"older_than": entries[3].pk})
    assert "Newest entries" in second.text
    last = client.get("/audit/", {"older_than": entries[1].pk})
    assert len(rows_of(last)) == 1
    assert "Older entries" not in last.text


@pytest.mark.parametrize("number", ["", "x", "-1", "1e3", "9" * 19])
def test_a_page_that_is_none_is_not_found(visit, number):
    assert visit(AUDITOR).get("/audit/", {"older_than": number}).status_code == 404


def test_how_far_the_record_is_sealed(visit):
    assert "Nothing is sealed yet" in visit(AUDITOR).get("/audit/").text
    (_, last) = written(2)
    seal_as_worker()
    written(1)
    told = text_of(visit(AUDITOR).get("/audit/"))
    assert f"Sealed up to entry {last.pk}," in told
    # The row written, and the row of this very look.
    assert "2 entries wait to be sealed, the oldest since" in told


def test_codes_may_break_where_a_phone_needs_it():
    assert breakable(f"{CHILD}") == "6b1f2c1e-<wbr>0000-<wbr>4000-<wbr>8000-<wbr>00000000<wbr>0001"
    assert breakable("<b> Featherstonehaugh") == "&lt;b&gt; <wbr>Feathers<wbr>tonehaug<wbr>h"
    assert breakable("") == ""
