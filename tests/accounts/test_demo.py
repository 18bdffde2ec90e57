"""The demonstration's people and the commands around them."""

import json
import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import demo
from accounts.domain.roles import FRONT_DOOR_ROLES, SECOND_FACTOR_ROLES, Role
from accounts.models import Agency, FrontDoorTeam, Membership, Person
from audit.models import Entry
from tests.factories import FrontDoorTeamFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_demo(settings):
    settings.DEMO = True


def said(*command: str, **options) -> str:
    out = StringIO()
    call_command(*command, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


@pytest.mark.long
@pytest.mark.parametrize("command", [["demo_accounts"], ["demo_code", "screener"], ["demo_sign_ins"]])
def test_outside_a_demonstration_nothing_of_it_runs(command, settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="only under the demonstration"):
        call_command(*command)
    assert not Person.objects.exists()


def test_there_is_somebody_of_every_role_and_a_second_run_changes_nothing(in_demo) -> None:
    assert f"{len(demo.PEOPLE)} made" in said("demo_accounts")
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role)
    counts = [model.objects.count() for model in (Person, Agency, FrontDoorTeam, Membership, Authenticator, Entry)]
    assert "0 made" in said("demo_accounts")
    assert counts == [
        model.objects.count() for model in (Person, Agency, FrontDoorTeam, Membership, Authenticator, Entry)
    ]
    assert {agency.own_area for agency in Agency.objects.all()} == {"telford-and-wrekin", "stoke-on-trent"}


def test_everybody_can_be_rung_at_a_number_kept_for_drama(in_demo) -> None:
    said("demo_accounts")
    phones = set(Person.objects.values_list("phone", flat=True))
    assert len(phones) == len(demo.PEOPLE)
    assert all(re.fullmatch(r"01632 960\d{3}", phone) for phone in phones)


def test_who_needs_a_second_factor_has_one_and_nobody_else() -> None:
    for person in demo.PEOPLE:
        assert person.has_app == bool(SECOND_FACTOR_ROLES & set(person.roles))
        assert bool(person.front_door) == bool(FRONT_DOOR_ROLES & set(person.roles))


def test_a_demonstration_screener_signs_in_with_the_printed_code(in_demo) -> None:
    said("demo_accounts")
    browser = Client(REMOTE_ADDR="10.30.0.1")
    waiting = browser.post("/sign-in/", {"login": "screener@demo.example", "password": demo.PASSWORD})
    assert waiting["Location"] == "/sign-in/code/"
    code = said("demo_code", "screener").strip()
    assert re.fullmatch(r"\d{6}", code)
    assert browser.post(waiting["Location"], {"code": code})["Location"] == "/"


def test_a_code_is_printed_for_the_whole_address_too(in_demo) -> None:
    said("demo_accounts")
    assert re.fullmatch(r"\d{6}\n", said("demo_code", "Screener@demo.example"))


@pytest.mark.parametrize(("name", "message"), [("nobody", "There is no 'nobody'"), ("teacher", "without a code")])
def test_whoever_has_no_code_is_answered_with_who_has(in_demo, name, message) -> None:
    said("demo_accounts")
    with pytest.raises(CommandError, match=f"{message}.*screener, screener2"):
        call_command("demo_code", name)


def test_a_code_before_the_people_says_what_to_do(in_demo) -> None:
    with pytest.raises(CommandError, match="demo_accounts"):
        call_command("demo_code", "screener")


def test_the_sign_ins_are_printed_for_people_and_programs(in_demo) -> None:
    table = said("demo_sign_ins")
    assert demo.PASSWORD in table
    assert re.search(r"\* screener@demo.example\s+screener", table)
    assert re.search(r"  teacher@demo.example\s+practitioner", table)
    listed = json.loads(said("demo_sign_ins", "--json"))
    assert listed["password"] == demo.PASSWORD
    assert {row["person"] for row in listed["sign_ins"]} == {person.short for person in demo.PEOPLE}


ADD = ["add_person", "--email", "New.Person@school.example", "--name", "New Person"]
NEW_SCHOOL = ["--agency", "New School", "--new-agency-kind", "school", "--new-agency-area", "telford-and-wrekin"]


def test_a_real_person_is_added_and_sets_a_password_by_the_link(settings) -> None:
    link = said(*ADD, "--role", "dsl", *NEW_SCHOOL).strip()
    assert link.startswith(settings.SITE_ADDRESS)
    person = Person.objects.get()
    assert person.email == "new.person@school.example"
    assert not person.has_usable_password()
    browser = Client(REMOTE_ADDR="10.30.0.2")
    form = browser.get(link.removeprefix(settings.SITE_ADDRESS), follow=True)
    new = "a staple of ones very own"
    browser.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert browser.post("/sign-in/", {"login": person.email, "password": new})["Location"] == "/"
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True))[:2] == ["people.add", "membership.start"]


def test_a_screener_is_added_with_a_new_or_an_old_team() -> None:
    team = FrontDoorTeamFactory.create(front_door="family-connect")
    said(*ADD, "--role", "screener", "--agency", str(team.agency_id), "--front-door", "family-connect")
    assert Membership.objects.get().team == team
    other = [part.replace("New.Person", "other") for part in ADD]
    new = ["--front-door", "emergency-duty-team", "--new-team-name", "Emergency Duty Team"]
    said(*other, "--role", "screener", "--agency", str(team.agency_id), *new)
    assert FrontDoorTeam.objects.get(front_door="emergency-duty-team").agency == team.agency


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--role", "dsl", "--agency", "Nowhere"], "No such agency"),
        (["--role", "screener", *NEW_SCHOOL], "add --front-door"),
        (["--role", "screener", *NEW_SCHOOL, "--front-door", "mash"], "add --new-team-name"),
        (["--role", "dsl", *NEW_SCHOOL[:-1], "Not A Slug"], "slug"),
        (["--role", "dsl", *NEW_SCHOOL, "--email", "not-an-address"], "not an e-mail address"),
        (["--role", "dsl", *NEW_SCHOOL, "--email", "TAKEN@school.example"], "already"),
        (["--role", "dsl", "--agency", "Twice"], "Several agencies"),
    ],
)
def test_what_cannot_be_added_is_said_and_nothing_is_half_done(more, message) -> None:
    PersonFactory.create(email="taken@school.example")
    for _ in range(2):
        Agency.objects.create(name="Twice", kind="school", areas=["bury"])
    with pytest.raises(CommandError, match=message):
        call_command(*ADD, *more)
    assert (Person.objects.count(), Agency.objects.count()) == (1, 2)
