"""Sessions end by the server's clock; the connection never keeps somebody's name."""

import os
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import psycopg2
import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.roles import Role
from accounts.domain.sessions import Ended, Limits, Times, ended, ends_in
from accounts.tasks import discard_expired
from tests.accounts.conftest import entries, verbs
from tests.factories import MembershipFactory, person_with

LIMITS = Limits(idle=timedelta(minutes=30), whole=timedelta(hours=12))
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("signed_in", "last_seen", "why"),
    [
        (NOON, NOON, None),
        (NOON - 29 * MINUTE, NOON - 30 * MINUTE + SECOND, None),
        (NOON - 31 * MINUTE, NOON - 30 * MINUTE, Ended.IDLE),
        (NOON - timedelta(hours=12), NOON, Ended.LIMIT),
        (NOON - timedelta(hours=12) + SECOND, NOON, None),
        (None, NOON, Ended.UNKNOWN),
        (NOON, None, Ended.UNKNOWN),
        (NOON + 2 * MINUTE, NOON, Ended.UNKNOWN),
    ],
)
def test_when_a_session_is_over(signed_in, last_seen, why) -> None:
    assert ended(Times(signed_in, last_seen), LIMITS, now=NOON) == why


@given(age=st.integers(0, 60 * 60 * 13), idle=st.integers(0, 60 * 60 * 13))
def test_a_session_is_over_when_nothing_of_it_is_left(age: int, idle: int) -> None:
    times = Times(NOON - timedelta(seconds=max(age, idle)), NOON - timedelta(seconds=idle))
    left = ends_in(times, LIMITS, now=NOON)
    assert (ended(times, LIMITS, now=NOON) is not None) == (left == timedelta(0))


def test_a_session_without_times_has_nothing_left() -> None:
    assert ends_in(Times(None, None), LIMITS, now=NOON) == timedelta(0)


@pytest.mark.django_db
class TestThroughThePages:
    def test_a_while_without_a_page_leads_to_signing_in_and_back(self, client, moving) -> None:
        person = person_with(Role.PRACTITIONER)
        client.force_login(person)
        moving.forward(minutes=29)
        assert client.get("/account/").status_code == 200
        moving.forward(minutes=29)
        assert client.get("/account/").status_code == 200
        moving.forward(minutes=31)
        response = client.get("/account/?tab=roles")
        assert response.url == "/sign-in/?next=%2Faccount%2F%3Ftab%3Droles"
        assert "You were signed out because" in client.get(response.url).content.decode()
        assert "You were signed out because" not in client.get(response.url).content.decode()
        (entry,) = entries("session.end")
        assert (entry.actor_id, entry.detail) == (person.pk, {"why": "idle"})

    def test_a_long_day_ends_however_busy_it_was(self, client, moving) -> None:
        client.force_login(person_with(Role.PRACTITIONER))
        for _ in range(35):
            moving.forward(minutes=20)
            assert client.get("/account/").status_code == 200
        moving.forward(minutes=20)
        assert client.get("/account/").status_code == 302
        assert entries("session.end")[0].detail == {"why": "limit"}

    def test_a_session_without_its_times_is_not_trusted(self, client) -> None:
        client.force_login(person_with(Role.PRACTITIONER))
        session = client.session
        del session["accounts.last_seen_at"]
        session.save()
        assert client.get("/account/").status_code == 302
        assert entries("session.end")[0].detail == {"why": "unknown"}

    def test_the_old_session_is_gone_and_not_only_forgotten(self, client, moving) -> None:
        client.force_login(person_with(Role.PRACTITIONER))
        cookie = client.cookies["sessionid"].value
        moving.forward(minutes=31)
        client.get("/account/")
        client.cookies["sessionid"] = cookie
        moving.forward(minutes=-31)
        assert client.get("/account/").status_code == 302

    def test_the_numbers_go_on_working_after_the_end(self, client, moving) -> None:
        client.force_login(person_with(Role.PRACTITIONER))
        moving.forward(minutes=31)
        page = client.get("/numbers/")
        assert page.status_code == 200
        assert "Sign out" not in page.content.decode()

    def test_signing_out_after_the_end_just_signs_out(self, client, moving) -> None:
        client.force_login(person_with(Role.PRACTITIONER))
        moving.forward(minutes=31)
        assert client.post("/sign-out/").url == "/sign-in/"
        assert verbs() == ["sign_in", "session.end"]

    def test_old_session_rows_are_cleared_away(self, client) -> None:
        client.force_login(person_with(Role.PRACTITIONER))
        discard_expired()
        assert Session.objects.count() == 1
        Session.objects.update(expire_date=NOON - timedelta(days=3650))
        discard_expired()
        assert Session.objects.count() == 0

    def test_a_new_password_ends_the_other_sessions(self, client) -> None:
        person = person_with(Role.PRACTITIONER)
        client.force_login(person)
        person.set_password("set in another browser")
        person.save()
        assert client.get("/account/").status_code == 302

    def test_the_page_knows_how_long_it_has(self, client, moving) -> None:
        client.force_login(person_with(Role.PRACTITIONER))
        assert client.get("/account/").wsgi_request.session_ends_in == 30 * 60
        for _ in range(35):
            moving.forward(minutes=20)
            client.get("/account/")
        moving.forward(minutes=15)
        response = client.get("/account/")
        assert response.wsgi_request.session_ends_in == 5 * 60
        assert '<meta name="session-ends-in" content="300"' in response.content.decode()


@pytest.mark.django_db
class TestWhoActs:
    def test_the_request_carries_actor_and_area(self, client) -> None:
        person = person_with(Role.DSL)
        client.force_login(person)
        request = client.get("/account/").wsgi_request
        assert request.actor.person_id == person.pk
        assert request.actor.roles == {"dsl"}
        assert request.actor.request_id
        assert request.own_area == "telford-and-wrekin"

    def test_without_a_sign_in_nobody_acts(self, client) -> None:
        request = client.get("/sign-in/").wsgi_request
        assert request.actor.person_id is None
        assert request.actor.roles == frozenset()
        assert request.own_area is None

    def test_postgresql_knows_who_asks_while_the_request_lasts_and_no_longer(self, client) -> None:
        person = person_with(Role.PRACTITIONER)
        client.force_login(person)
        seen: list[object] = []

        def watch(execute, sql, params, many, context):
            result = execute(sql, params, many, context)
            if 'FROM "accounts_membership"' in sql and not seen:
                seen.append("asked")
            if "set_config" in sql:
                seen.append(params)
            return result

        with connection.execute_wrapper(watch):
            client.get("/account/")
        agency_id = person.memberships.get().agency_id
        assert seen == ["asked", [str(person.pk), str(agency_id)], ["", ""]]
        assert current_setting("referrals.person_id") == ""

    def test_the_name_goes_when_a_page_fails_too(self, client) -> None:
        client.force_login(person_with(Role.PRACTITIONER))
        assert client.get("/people/").status_code == 403
        assert current_setting("referrals.person_id") == ""

    def test_somebody_of_two_agencies_chooses_for_whom(self, client) -> None:
        person = person_with(Role.PRACTITIONER)
        second = MembershipFactory.create(person=person, role=Role.DSL.value, starts_on=date(2025, 1, 1))
        client.force_login(person)
        assert "Who are you working for now?" in client.get("/account/").content.decode()
        assert client.get("/people/").status_code == 403
        client.post("/account/agency/", {"agency": second.agency_id})
        assert client.get("/people/").status_code == 200
        assert entries("agency.choose")[0].subject_id == str(second.agency_id)

    def test_nobody_chooses_an_agency_that_is_not_theirs(self, client) -> None:
        client.force_login(person_with(Role.PRACTITIONER))
        stranger = MembershipFactory.create(role=Role.DSL.value)
        assert client.post("/account/agency/", {"agency": stranger.agency_id}).status_code == 404
        assert client.post("/account/agency/", {"agency": "x"}).url == "/account/"
        assert entries("agency.act_for")[0].outcome == "refused"


def current_setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
        return str(cursor.fetchone()[0])


def first(statement: str):
    """Let another connection do this just before a session is locked and written; `pid` is our backend's number."""

    def wrapper(execute, sql, params, many, context):
        if '"django_session"' in sql and "FOR UPDATE" in sql:
            url, name = os.environ["DATABASE_URL"], connection.settings_dict["NAME"]
            with closing(psycopg2.connect(url, dbname=name)) as other, other, other.cursor() as cursor:
                cursor.execute(statement, {"pid": connection.connection.info.backend_pid})
        return execute(sql, params, many, context)

    return wrapper


@pytest.mark.django_db(transaction=True)
class TestWhileItIsSaved:
    def test_a_database_that_dies_has_its_page_and_the_session_is_still_there(self, moving) -> None:
        browser = Client(raise_request_exception=False)
        browser.force_login(person_with(Role.PRACTITIONER))
        moving.forward(minutes=5)
        with connection.execute_wrapper(first("SELECT pg_terminate_backend(%(pid)s)")):
            answer = browser.get("/account/")
        connection.close()
        assert answer.status_code == 503
        assert browser.get("/account/").status_code == 200

    def test_one_that_another_page_ended_meanwhile_stays_ended(self, moving) -> None:
        browser = Client(raise_request_exception=False)
        browser.force_login(person_with(Role.PRACTITIONER))
        moving.forward(minutes=5)
        with connection.execute_wrapper(first('DELETE FROM "django_session"')):
            answer = browser.get("/account/")
        assert answer.status_code == 400
        assert not Session.objects.exists()
