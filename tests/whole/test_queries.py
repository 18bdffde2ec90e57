"""No page takes more queries for more of what it lists: every page that lists something, with little and with much.

Beside it the rooms' own tests look closer at what they list (tests/triage/, tests/review/, tests/journey/).
"""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from accounts.domain.roles import Role
from accounts.models import Person
from referrals.record.models import Referral
from referrals.routing.models import Intake
from tests.casework.support import LATER, World
from tests.desks import signed_in
from tests.factories import person_with
from tests.oversight.support import manager_of
from tests.whole.growing import draft, more, story

pytestmark = pytest.mark.django_db

Address = Callable[[Referral], str]


def of(name: str) -> Address:
    """The page of that name about a referral."""
    return lambda referral: reverse(name, args=[referral.pk])


def of_intake(name: str) -> Address:
    """The page of that name about its intake at Family Connect."""
    return lambda referral: reverse(name, args=[Intake.objects.get(referral=referral, front_door="family-connect").pk])


def of_intake_child(name: str) -> Address:
    """The page of that name about the first child of its intake at Family Connect."""

    def address(referral: Referral) -> str:
        intake = Intake.objects.get(referral=referral, front_door="family-connect")
        return reverse(name, args=[intake.pk, referral.children.all()[0].pk])

    return address


def of_first_child(name: str, page: str) -> Address:
    """A page that is asked for each child, for the first one."""
    return lambda referral: reverse(name, args=[referral.pk, page, referral.children.all()[0].pk])


DRAFT: dict[str, Address] = {
    **{name: of(f"journey:{name}") for name in ("tasks", "sharing", "plan", "check", "bases", "files", "share")},
    "keep_back": of("journey:keep_back"),
    "concern": lambda referral: reverse("journey:page", args=[referral.pk, "concern"]),
    "children": lambda referral: reverse("journey:page", args=[referral.pk, "children"]),
    "descriptors": of_first_child("journey:person_page", "descriptors"),
}
SENT: dict[str, tuple[str, Address]] = {
    "record": ("teacher", of("referral")),
    "sent": ("teacher", of("journey:sent")),
    "decisions": ("teacher", of("journey:decisions")),
    "telling": ("teacher", of("journey:telling")),
    "agreement": ("teacher", of("journey:agreement")),
    "addendum": ("teacher", of("journey:addendum")),
    "keep_out": ("teacher", of("journey:keep_out")),
    "desk's": ("dsl", of("review:referral")),
    "intake": ("worker", of_intake("triage:intake")),
    "recommend": ("worker", of_intake_child("triage:recommend_child")),
    "decide": ("worker", of_intake_child("triage:decide_child")),
    "ruling": ("worker", of_intake("triage:telling")),
    "hand_on": ("worker", of_intake("triage:hand_on")),
}
LISTS: dict[str, tuple[str, str]] = {
    "teacher's home": ("teacher", "home"),
    "lead's home": ("dsl", "home"),
    "screener's home": ("screener", "home"),
    "referrals": ("teacher", "journey:referrals"),
    "desk": ("dsl", "review:desk"),
    "queue": ("screener", "triage:queue"),
    "people": ("administrator", "accounts:people"),
    "operations": ("operator", "dispatch:operations"),
    "audit": ("auditor", "audit:entries"),
    "backtests": ("partnership", "oversight:backtests"),
    "packs": ("teacher", "thresholds:packs"),
    "versions": ("partnership", "thresholds:keep"),
}


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.fixture
def world(db: None) -> World:
    """A school, a front door and their people."""
    return World.made()


def queries(person: Person, address: str) -> int:
    """How many queries the page takes, once the process has read what it keeps."""
    browser = signed_in(person)
    answer = browser.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    with CaptureQueriesContext(connection) as captured:
        browser.get(address)
    return len(captured)


def test_a_draft(world: World):
    little, much = draft(world, 1), draft(world, 3)
    few = {page: queries(world.teacher, address(little)) for page, address in DRAFT.items()}
    assert few == {page: queries(world.teacher, address(much)) for page, address in DRAFT.items()}


def test_what_was_sent(world: World):
    little, much = story(world, 1), story(world, 3)
    few = {page: queries(getattr(world, who), address(little)) for page, (who, address) in SENT.items()}
    assert few == {page: queries(getattr(world, who), address(much)) for page, (who, address) in SENT.items()}


def test_lists(world: World):
    people = {
        **{who: getattr(world, who) for who in ("teacher", "dsl", "screener")},
        "administrator": person_with(Role.AGENCY_ADMINISTRATOR, agency=world.school),
        "operator": person_with(Role.OPERATOR),
        "auditor": person_with(Role.AUDITOR),
        "partnership": manager_of(world),
    }

    more(world, 1)
    few = {page: queries(people[who], reverse(name)) for page, (who, name) in LISTS.items()}
    more(world, 3)
    assert few == {page: queries(people[who], reverse(name)) for page, (who, name) in LISTS.items()}
