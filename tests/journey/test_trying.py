"""The route table of an area, and trying facts and an hour: the very rule, and nothing kept."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.domain.roles import Role
from audit.models import Entry
from referrals.journey.presenters.route_table import route_table
from tests.consent.support import PACKS
from tests.desks import signed_in, text_of
from tests.factories import person_with

pytestmark = pytest.mark.django_db

TELFORD = "telford-and-wrekin"


def shown(answer: Any) -> str:
    """The page that was answered, with every run of white space as one space."""
    return text_of(answer)


@pytest.fixture
def browser() -> Client:
    call_command("load_packs", verbosity=0)
    return signed_in(person_with(Role.PRACTITIONER))


@pytest.mark.parametrize("area", sorted(PACKS))
def test_the_table_prints_every_route_with_its_source(area: str, browser: Client):
    page = shown(browser.get(reverse("journey:routes", args=[area])))
    pack = PACKS[area]
    for told in (*route_table(pack, here=frozenset()).local, *route_table(pack, here=frozenset()).national):
        assert told.source
    assert page.count('class="govuk-summary-list__row"') >= len(pack.routes) + len(pack.front_doors)
    assert "Doesn't receive through this system" in page


def test_no_route_is_left_out():
    for pack in PACKS.values():
        table = route_table(pack, here=frozenset())
        codes = {told.code for told in (*table.local, *table.national)}
        assert codes == {route.id for route in pack.routes}
        assert not {told.code for told in table.local} & {told.code for told in table.national}


def attempt(browser: Client, area: str = TELFORD, **given: object) -> str:
    facts = {"home_area": area, "found_area": area, **given}
    return shown(browser.post(reverse("journey:try_route", args=[area]), facts))


def test_an_hour_changes_who_gets_it(browser: Client):
    day = {"on_day": "3", "on_month": "11", "on_year": "2026", "harm": "suspected"}
    office = attempt(browser, at="10:00", **day)
    night = attempt(browser, at="22:30", **day)
    for page in (office, night):
        assert "It would go here" in page
        assert "<strong>Family Connect</strong>" in page
    assert "<strong>Emergency Duty Team</strong>" not in office
    assert "<strong>Emergency Duty Team</strong>" in night
    assert "Tuesday 3 November 2026, 22:30" in night


def test_facts_that_are_not_known_are_asked_and_the_source_stands_beside_the_reason(browser: Client):
    page = attempt(browser, flags=["fgm"], harm="suspected")
    assert "Answers that could change where it goes" in page
    assert "Did the girl tell you that she was cut" in page
    assert "Only you can do this" in page
    assert "Threshold descriptors: Health, line 253" in page


def test_another_areas_home_is_read_by_its_own_document(browser: Client):
    page = attempt(browser, home_area="bury", found_area=TELFORD, harm="yes")
    assert "by the document of Bury" in page
    assert "<strong>Multi-Agency Safeguarding Hub (MASH)</strong>" in page


def test_nothing_is_kept(browser: Client):
    entries = Entry.objects.count()
    with CaptureQueriesContext(connection) as queries:
        attempt(browser, harm="yes", flags=["sexual_abuse"], age="9")
    written = [one["sql"] for one in queries if one["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert not [sql for sql in written if "django_session" not in sql]
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"age": "forty"}, "Enter the age in years"),
        ({"age": "99"}, "Enter the age in years"),
        ({"at": "25:99"}, "Enter a time such as 14:30"),
        ({"on_day": "3", "on_month": "11", "on_year": "1999"}, "The day must be from 2024 to 2028"),
        (
            {"on_day": "31", "on_month": "8", "on_year": "2026"},
            '<a href="#id_on-day">No document of this area was in force on that day</a>',
        ),
        ({"level": "no-such-level"}, "level"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(given: dict[str, str], words: str, browser: Client):
    page = attempt(browser, **given)
    assert "<title>Error: " in page
    assert words in page
    assert "It would go here" not in page
