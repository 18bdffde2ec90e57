"""Giving a role to somebody who has worked for the agency, also when they have none left."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts import actions, clock
from accounts.domain.roles import Role
from accounts.models import Membership, Person
from accounts.selectors import actor_for
from audit.domain.refusal import NotYours, Refusal
from tests.accounts.conftest import entries, set_up_app, verbs
from tests.factories import AgencyFactory, FrontDoorTeamFactory, MembershipFactory, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(keeper):
    return keeper.memberships.get().agency


@pytest.fixture
def gone(client, school):
    """The ended role of somebody who has none left, ended as people end them."""
    membership = MembershipFactory.create(agency=school)
    client.post(f"/people/roles/{membership.pk}/end/", {"reason": "left"})
    membership.refresh_from_db()
    return membership


def today():
    return clock.day_of(clock.now())


def give(membership: Membership) -> str:
    return f"/people/{membership.person_id}/roles/{membership.agency_id}/"


def day(on) -> dict[str, str]:
    return {"last_day_day": str(on.day), "last_day_month": str(on.month), "last_day_year": str(on.year)}


def test_somebody_without_a_role_is_found_and_gets_one_with_their_old_account(client, keeper, school, gone) -> None:
    password = gone.person.password
    listed = client.get("/people/").content.decode()
    assert gone.person.full_name in listed
    assert "stays in this list" in listed
    page = client.get(f"/people/{gone.person_id}/").content.decode()
    assert "No role today." in page
    assert f'href="{give(gone)}"' in page
    assert "same e-mail and password" in client.get(give(gone)).content.decode()
    response = client.post(give(gone), {"role": "practitioner"})
    assert response.url == f"/people/{gone.person_id}/"
    assert "The role has been given." in client.get(response.url).content.decode()
    new = Membership.objects.get(person=gone.person, ends_on=None)
    assert (new.role, new.agency, new.starts_on) == ("practitioner", school, today())
    gone.refresh_from_db()
    assert gone.ends_on == today(), "what was is not written over"
    person = Person.objects.get(email=gone.person.email)
    assert (person.pk, person.password) == (gone.person_id, password)
    entry = entries("membership.start")[-1]
    assert (entry.actor_id, entry.subject_id) == (keeper.pk, str(gone.person_id))
    assert entry.detail == {"membership": str(new.pk), "role": "practitioner", "agency": str(school.pk)}
    again = Client()
    again.force_login(person)
    assert "You have no role today" not in again.get("/account/").content.decode()


def test_a_last_day_is_the_last_one_with_the_role(client, gone) -> None:
    last_day = today() + timedelta(days=20)
    client.post(give(gone), {"role": "lead_professional", **day(last_day)})
    new = Membership.objects.get(person=gone.person, role="lead_professional")
    assert new.ends_on == last_day + timedelta(days=1)
    assert entries("membership.start")[-1].detail["ends_on"] == new.ends_on.isoformat()


def test_a_last_day_that_is_over_is_not_taken(client, gone) -> None:
    page = client.post(give(gone), {"role": "practitioner", **day(today() - timedelta(days=1))}).content.decode()
    assert "The last day must be today or in the future" in page
    assert not actor_for(gone.person, clock.now()).roles


def test_only_what_an_agencys_administrator_may_give_is_offered(client, gone) -> None:
    page = client.get(give(gone)).content.decode()
    assert 'value="dsl"' in page
    for beyond in ("auditor", "administrator", "operator", "partnership_manager", "screener"):
        assert f'value="{beyond}"' not in page
        assert client.post(give(gone), {"role": beyond}).status_code == 200
    assert not actor_for(gone.person, clock.now()).roles


def test_the_action_refuses_a_role_that_reaches_beyond_the_agency(keeper, school, gone) -> None:
    new = actions.NewRole(Role.AUDITOR, school, None, today())
    with pytest.raises(Refusal, match=r"membership\.change_beyond_agency"):
        actions.give_role_again(person=gone.person, new=new, by=actor_for(keeper, clock.now()))


def test_a_front_doors_role_asks_for_a_team_of_the_agency(client, school, gone) -> None:
    team, other = FrontDoorTeamFactory.create(agency=school), FrontDoorTeamFactory.create()
    assert "Choose the front-door team" in client.post(give(gone), {"role": "screener"}).content.decode()
    assert client.post(give(gone), {"role": "screener", "team": other.pk}).status_code == 200
    client.post(give(gone), {"role": "screener", "team": team.pk})
    assert Membership.objects.get(person=gone.person, ends_on=None).team == team


def test_a_role_that_they_hold_is_not_given_twice(client, gone) -> None:
    client.post(give(gone), {"role": "practitioner"})
    again = client.post(give(gone), {"role": "practitioner"})
    assert "They hold this role already." in again.content.decode()
    assert verbs().count("membership.start") == 1
    assert entries("membership.twice")[0].outcome == "refused"


def test_a_role_that_was_ended_before_it_began_was_never_held(client, school, gone) -> None:
    begins = today() + timedelta(days=5)
    MembershipFactory.create(person=gone.person, agency=school, role="dsl", starts_on=begins, ends_on=begins)
    page = client.get(f"/people/{gone.person_id}/").content.decode()
    assert "No role today." in page
    client.post(give(gone), {"role": "dsl"})
    assert actor_for(gone.person, clock.now()).roles == {"dsl"}


def test_a_role_that_begins_later_leaves_room_before_it(client, school, gone) -> None:
    begins = today() + timedelta(days=5)
    MembershipFactory.create(person=gone.person, agency=school, role="dsl", starts_on=begins)
    assert "already" in client.post(give(gone), {"role": "dsl", **day(begins)}).content.decode()
    client.post(give(gone), {"role": "dsl", **day(begins - timedelta(days=1))})
    assert actor_for(gone.person, clock.now()).roles == {"dsl"}


def test_who_must_not_have_access_is_said_until_somebody_gave_a_role(client, school) -> None:
    first = MembershipFactory.create(agency=school)
    second = MembershipFactory.create(agency=school, person=first.person, role="lead_professional")
    client.post(f"/people/roles/{first.pk}/end/", {"reason": "suspended"})
    client.post(f"/people/roles/{second.pk}/end/", {"reason": "left"})
    assert "they must not have access" in client.get(give(first)).content.decode()
    client.post(give(first), {"role": "practitioner"})
    assert "they must not have access" not in client.get(give(first)).content.decode()


def test_somebody_who_only_left_is_not_warned_about(client, gone) -> None:
    assert "they must not have access" not in client.get(give(gone)).content.decode()


def test_nobody_of_another_agency_is_there(client, keeper, school, gone) -> None:
    stranger = MembershipFactory.create(ends_on=today())
    assert client.get(give(stranger)).status_code == 404
    assert client.post(give(stranger), {"role": "practitioner"}).status_code == 404
    for somebody, agency in ((stranger.person_id, school.pk), (gone.person_id, stranger.agency_id)):
        assert client.post(f"/people/{somebody}/roles/{agency}/", {"role": "practitioner"}).status_code == 404
    assert [entry.outcome for entry in entries("membership.give")] == ["refused"]
    new = actions.NewRole(Role.PRACTITIONER, school, None, today())
    with pytest.raises(NotYours):
        actions.give_role_again(person=stranger.person, new=new, by=actor_for(keeper, clock.now()))


def test_nothing_of_another_agencys_shows_where_somebody_worked_for_both(client, gone) -> None:
    other = MembershipFactory.create(person=gone.person, agency=AgencyFactory.create(name="Elsewhere"))
    assert "Elsewhere" not in client.get(f"/people/{gone.person_id}/").content.decode()
    assert "Elsewhere" not in client.get(give(gone)).content.decode()
    assert client.get(give(other)).status_code == 404


def test_a_safeguarding_lead_sees_them_and_gives_nothing(gone) -> None:
    lead = person_with(Role.DSL, agency=gone.agency)
    browser = Client()
    browser.force_login(lead)
    assert "stays in this list" not in browser.get("/people/").content.decode()
    assert give(gone) not in browser.get(f"/people/{gone.person_id}/").content.decode()
    assert browser.get(give(gone)).status_code == 403
    assert browser.post(give(gone), {"role": "practitioner"}).status_code == 403
    assert not actor_for(gone.person, clock.now()).roles


def test_nobody_gives_themselves_a_role(client, keeper, school) -> None:
    mine = keeper.memberships.get()
    assert give(mine) not in client.get(f"/people/{keeper.pk}/").content.decode()
    assert client.post(give(mine), {"role": "dsl"}).status_code == 403
    assert keeper.memberships.count() == 1


def test_a_system_administrator_gives_it_in_the_agency_that_they_choose() -> None:
    gone = MembershipFactory.create(ends_on=today())
    person = person_with(Role.ADMINISTRATOR)
    set_up_app(person)
    browser = Client()
    browser.force_login(person)
    assert give(gone) in browser.get(f"/people/{gone.person_id}/").content.decode()
    browser.post(give(gone), {"role": "auditor"})
    assert Membership.objects.get(person=gone.person, ends_on=None).agency == gone.agency


def test_a_closed_account_gets_none(client, keeper, gone) -> None:
    Person.objects.filter(pk=gone.person_id).update(is_active=False)
    assert give(gone) not in client.get(f"/people/{gone.person_id}/").content.decode()
    assert "Their account is closed" in client.post(give(gone), {"role": "practitioner"}).content.decode()
    assert Membership.objects.filter(person=gone.person).count() == 1


def test_a_role_that_needs_a_second_factor_asks_for_it(client, gone) -> None:
    assert not Authenticator.objects.filter(user=gone.person).exists()
    client.post(give(gone), {"role": "agency_administrator"})
    browser = Client()
    browser.force_login(gone.person)
    assert browser.get("/people/")["Location"] == "/account/second-factor/set-up/"


def test_the_command_says_who_gives_a_role_to_a_known_address(gone) -> None:
    with pytest.raises(CommandError, match="its administrator gives them a role"):
        call_command(
            "add_person", email=gone.person.email, name="Again", role="practitioner", agency=str(gone.agency_id)
        )
    assert Person.objects.filter(email=gone.person.email).count() == 1


def test_of_two_administrators_at_once_the_second_waits_for_the_first(keeper, school, gone) -> None:
    """Else both would find no such role, and the slower one would meet the database's refusal as a fault of ours."""
    locked = []

    def watch(execute, sql, params, many, context):
        if sql.startswith("SELECT") and "accounts_person" in sql and "FOR UPDATE" in sql:
            locked.append(params)
        return execute(sql, params, many, context)

    new = actions.NewRole(Role.PRACTITIONER, school, None, today())
    with connection.execute_wrapper(watch):
        actions.give_role_again(person=gone.person, new=new, by=actor_for(keeper, clock.now()))
    assert locked
