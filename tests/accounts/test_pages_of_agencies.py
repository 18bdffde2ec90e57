"""Somebody of two agencies in two tabs: a choice stays, and a page is sent for the agency that it names or never."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from threading import Thread
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.test import Client

from accounts.domain.held_forms import ACTING_FOR, NotKept, keepable
from accounts.domain.roles import Role
from accounts.models import HeldForm, Membership, Person
from accounts.session_store import SessionStore
from audit.models import Entry
from referrals.record.models import Referral
from tests.accounts.conftest import entries
from tests.factories import PASSWORD, AgencyFactory, MembershipFactory, person_with

OAK, ELM = "Oak School", "Elm School"
PAGE = "/start/urgent/?danger=likely"


@pytest.fixture
def person() -> Person:
    """Of two schools; they joined Oak School first."""
    person = person_with(Role.PRACTITIONER, agency=AgencyFactory.create(name=OAK))
    MembershipFactory.create(person=person, agency=AgencyFactory.create(name=ELM), starts_on=date(2025, 1, 1))
    return person


def agency_of(person: Person, name: str) -> Any:
    return Membership.objects.get(person=person, agency__name=name).agency_id


def choose(client: Client, person: Person, name: str, **more: Any) -> Any:
    return client.post("/account/agency/", {"agency": agency_of(person, name), **more})


def another_tab(client: Client) -> Client:
    """The same browser: the same cookies."""
    tab = Client()
    tab.cookies = client.cookies
    return tab


def hidden(page: Any, action: str) -> dict[str, str]:
    """The hidden fields of the form of a page that is sent to an address."""
    html = page.content.decode()
    form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', html, re.DOTALL)
    assert form is not None
    return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form[1]))


def says(page: Any, name: str) -> bool:
    return f", for {name}</a>" in page.content.decode()


@contextmanager
def meanwhile(happens: Callable[[], object], *, when: Callable[[str], bool]) -> Iterator[None]:
    """Have something happen once, before the first statement for which `when` is true."""
    done: list[bool] = []

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not done and when(sql):
            done.append(True)
            happens()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield
    assert done, "it never came to that"


@pytest.mark.django_db
class TestAChoiceStays:
    def test_a_slow_page_takes_back_no_choice(self, client, person, moving) -> None:
        client.force_login(person)
        moving.forward(minutes=5)
        tab = another_tab(client)
        with meanwhile(lambda: choose(tab, person, ELM), when=lambda sql: 'FROM "accounts_heldform"' in sql):
            slow = client.get("/account/")
        assert says(slow, OAK), "it was drawn for the first, and says so"
        assert says(client.get("/account/"), ELM)

    def test_the_later_of_two_choices_stays(self, client, person, moving) -> None:
        client.force_login(person)
        choose(client, person, ELM)
        moving.forward(minutes=5)
        tab = another_tab(client)
        with meanwhile(lambda: choose(tab, person, OAK), when=lambda sql: 'FROM "accounts_heldform"' in sql):
            client.get("/account/")
        assert says(client.get("/account/"), OAK)

    def test_what_two_pages_change_stays_both(self) -> None:
        first = SessionStore()
        first["a"], first["gone"], first["list"] = 1, 1, [1]
        first.create()
        one, two = SessionStore(first.session_key), SessionStore(first.session_key)
        assert one["a"] == two["a"] == 1
        one["b"] = 2
        one["list"].append(2)
        del two["gone"]
        two["a"] = 3
        one.save()
        two.save()
        assert dict(SessionStore(first.session_key).items()) == {"a": 3, "b": 2, "list": [1, 2]}
        one["c"] = 4
        one.save()
        assert SessionStore(first.session_key)["a"] == 3, "what it saved before is no change any more"

    def test_one_that_is_emptied_unread_is_empty(self) -> None:
        first = SessionStore()
        first["a"] = 1
        first.create()
        emptied = SessionStore(first.session_key)
        emptied.clear()
        emptied["b"] = 2
        emptied.save()
        assert dict(SessionStore(first.session_key).items()) == {"b": 2}

    def test_a_new_key_keeps_everything(self) -> None:
        first = SessionStore()
        first["a"] = 1
        first.create()
        moved = SessionStore(first.session_key)
        moved.cycle_key()
        moved["b"] = 2
        moved.save()
        assert dict(SessionStore(moved.session_key).items()) == {"a": 1, "b": 2}
        assert not Session.objects.filter(pk=first.session_key).exists()


@pytest.mark.django_db(transaction=True)
def test_a_choice_on_another_connection_stays_too(person, moving) -> None:
    """Between the reading of a session by the slow page and its lock on the row."""
    client = Client()
    client.force_login(person)
    moving.forward(minutes=5)
    tab, elm = another_tab(client), agency_of(person, ELM)
    answers: list[int] = []

    def in_the_other_tab() -> None:
        answers.append(tab.post("/account/agency/", {"agency": elm}).status_code)
        connections.close_all()

    def both() -> None:
        thread = Thread(target=in_the_other_tab)
        thread.start()
        thread.join()

    with meanwhile(both, when=lambda sql: '"django_session"' in sql and "FOR UPDATE" in sql):
        client.get("/account/")
    assert answers == [302]
    assert says(client.get("/account/"), ELM)


@pytest.mark.django_db
class TestAPageIsOfOneAgency:
    def test_every_page_names_it_for_somebody_of_two(self, client, person) -> None:
        client.force_login(person)
        assert says(client.get("/"), OAK)
        choose(client, person, ELM)
        assert says(client.get("/start/"), ELM)
        alone = Client()
        alone.force_login(person_with(Role.PRACTITIONER))
        assert ", for " not in re.sub(r"\s+", " ", alone.get("/").content.decode().split("app-header__person")[1])[:300]

    def test_no_referral_begins_for_an_agency_that_the_page_does_not_name(self, client, person) -> None:
        client.force_login(person)
        drawn = client.get(PAGE)
        assert says(drawn, OAK)
        fields = hidden(drawn, "/start/begin/")
        assert fields[ACTING_FOR] == str(agency_of(person, OAK))
        choose(another_tab(client), person, ELM)
        answer = client.post("/start/begin/", {**fields, "kind": "send_now"})
        assert answer.status_code == 409
        page = answer.content.decode()
        assert f"You are working for {ELM} now" in page
        assert f"when you were working for {OAK}" in page
        assert not Referral.objects.exists()
        (refused,) = entries("agency.other_page")
        assert (refused.outcome, refused.actor_id) == (Entry.Outcome.REFUSED, person.pk)
        client.post("/start/begin/", {**hidden(client.get(PAGE), "/start/begin/"), "kind": "send_now"})
        assert str(Referral.objects.get().agency) == ELM

    def test_what_was_typed_is_kept_and_goes_in_the_name_of_its_page(self, client, person) -> None:
        client.force_login(person)
        typed = {"kind": "send_now", "worry": "He is scared", ACTING_FOR: str(agency_of(person, OAK))}
        choose(client, person, ELM)
        answer = client.post("/start/begin/", typed)
        (held,) = HeldForm.objects.all()
        back = hidden(answer, "/account/agency/")
        assert (back["agency"], back["kept"]) == (str(agency_of(person, OAK)), str(held.pk))
        answer = client.post("/account/agency/", back)
        assert answer["Location"] == f"/held/{held.pk}/"
        page = client.get(f"/held/{held.pk}/")
        assert says(page, OAK)
        assert "Acting for" not in page.content.decode()
        assert hidden(page, "/start/begin/")["worry"] == "He is scared"
        assert client.post("/start/begin/", hidden(page, "/start/begin/")).status_code == 302
        assert str(Referral.objects.get().agency) == OAK
        assert not HeldForm.objects.exists(), "it was sent"

    def test_what_is_given_back_while_working_for_the_other_is_refused_and_stays_kept(self, client, person) -> None:
        client.force_login(person)
        choose(client, person, ELM)
        client.post("/start/begin/", {"kind": "send_now", "worry": "x", ACTING_FOR: str(agency_of(person, OAK))})
        (held,) = HeldForm.objects.all()
        again = re.findall(r'name="acting_for" value="([^"]*)"', client.get(f"/held/{held.pk}/").content.decode())
        fields = {
            "held_form": held.pk,
            "kind": "send_now",
            "worry": "x",
            ACTING_FOR: [str(agency_of(person, ELM)), again[-2]],
        }
        assert client.post("/start/begin/", fields).status_code == 409
        assert HeldForm.objects.count() == 1
        assert not Referral.objects.exists()

    def test_after_a_session_ended_it_still_goes_in_the_name_of_its_page(self, client, person, moving) -> None:
        client.force_login(person)
        choose(client, person, ELM)
        drawn = hidden(client.get(PAGE), "/start/begin/")
        moving.forward(minutes=31)
        client.post("/start/begin/", {"kind": "send_now", "worry": "x", ACTING_FOR: drawn[ACTING_FOR]})
        client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
        (held,) = HeldForm.objects.all()
        page = client.get(f"/held/{held.pk}/")
        assert says(page, OAK), "a new session begins with the agency that they joined first"
        answer = client.post("/start/begin/", hidden(page, "/start/begin/"))
        assert answer.status_code == 409
        client.post("/account/agency/", hidden(answer, "/account/agency/"))
        (held,) = HeldForm.objects.all()
        page = client.get(f"/held/{held.pk}/")
        client.post("/start/begin/", hidden(page, "/start/begin/"))
        assert str(Referral.objects.get().agency) == ELM

    def test_a_page_of_an_agency_where_the_role_has_ended_meanwhile(self, client, person) -> None:
        client.force_login(person)
        drawn = hidden(client.get(PAGE), "/start/begin/")
        oak = agency_of(person, OAK)
        Membership.objects.filter(agency=oak).update(ends_on="2025-01-01")
        answer = client.post("/start/begin/", {**drawn, "kind": "send_now"})
        assert answer.status_code == 409
        assert "no role now" in answer.content.decode()
        assert 'action="/account/agency/"' not in answer.content.decode()
        assert not Referral.objects.exists()

    def test_what_is_no_agencys_goes_on_working(self, client, person) -> None:
        client.force_login(person)
        old = {ACTING_FOR: str(agency_of(person, OAK))}
        choose(client, person, ELM)
        assert choose(client, person, OAK, **{ACTING_FOR: str(agency_of(person, ELM))}).status_code == 302
        choose(client, person, ELM)
        assert client.post("/sign-out/", old)["Location"] == "/sign-in/"

    def test_somebody_without_any_role_left_is_refused_as_before(self, client, person) -> None:
        client.force_login(person)
        old = {"kind": "send_now", ACTING_FOR: str(agency_of(person, OAK))}
        Membership.objects.update(ends_on="2025-01-01")
        assert client.post("/start/begin/", old).status_code == 403

    def test_nothing_of_an_agency_that_is_not_theirs_is_named(self, client, person) -> None:
        client.force_login(person)
        stranger = AgencyFactory.create(name="Ash School")
        for named in (str(stranger.pk), "x", ""):
            answer = client.post("/start/begin/", {ACTING_FOR: named})
            assert answer.status_code == 409
            assert "Ash School" not in answer.content.decode()

    def test_kept_leads_to_nobody_elses(self, client, person) -> None:
        client.force_login(person)
        other = HeldForm.objects.create(
            person=person_with(Role.PRACTITIONER),
            path="/",
            ciphertext="x",
            held_at="2026-01-01T00:00Z",
            expires_at="2100-01-01T00:00Z",
        )
        answer = choose(client, person, ELM, kept=other.pk)
        assert client.get(answer["Location"]).status_code == 404
        assert choose(client, person, ELM, kept="//evil.example")["Location"] == "/account/"


def test_for_whom_a_page_was_drawn_is_no_reason_to_keep_it() -> None:
    assert keepable([(ACTING_FOR, "x"), ("csrfmiddlewaretoken", "y")]) is NotKept.EMPTY
