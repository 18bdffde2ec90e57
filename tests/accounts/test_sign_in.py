"""Signing in and out through the pages, as a person and as somebody who guesses."""

import re
from datetime import timedelta

import pytest
from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from axes.models import AccessAttempt
from django.core import mail
from django.urls import NoReverseMatch, reverse

from accounts.domain.roles import Role
from audit.models import Entry
from dispatch.domain.queues import Queue
from dispatch.leases import ready_to_wake
from dispatch.models import OutboxRow
from tests.accounts.conftest import entries, post_arrives, verbs
from tests.factories import PASSWORD, PersonFactory, person_with

pytestmark = pytest.mark.django_db
LOGIN = "/sign-in/"


def test_every_page_asks_for_a_sign_in_and_comes_back_to_what_was_asked(client, sign_in) -> None:
    person = person_with(Role.PRACTITIONER)
    asked = client.get("/account/")
    assert (asked.status_code, asked.url) == (302, "/sign-in/?next=/account/")
    response = sign_in(person, path=asked.url)
    assert (response.status_code, response.url) == (302, "/account/")
    assert person.full_name in client.get("/account/").content.decode()
    assert [(entry.actor_id, entry.subject_id) for entry in entries("sign_in")] == [(person.pk, str(person.pk))]


def test_the_sign_in_page_shows_999_and_lets_password_managers_work(client) -> None:
    page = client.get(LOGIN).content.decode()
    assert "999" in page
    assert re.search(r'<input[^>]*name="login"[^>]*autocomplete="username"', page)
    assert re.search(r'<input[^>]*name="password"[^>]*autocomplete="current-password"', page)
    assert "onpaste" not in page


def test_the_address_is_taken_in_any_case_and_with_spaces(client) -> None:
    person = person_with(Role.PRACTITIONER)
    response = client.post(LOGIN, {"login": f" {person.email.upper()} ", "password": PASSWORD})
    assert response.url == "/"


def test_a_sign_in_leads_nowhere_but_here(client) -> None:
    person = person_with(Role.PRACTITIONER)
    response = client.post(f"{LOGIN}?next=https://evil.example/", {"login": person.email, "password": PASSWORD})
    assert response.url == "/"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client) -> None:
    person = person_with(Role.PRACTITIONER)
    pages = []
    for login in (person.email, "nobody@agency.example"):
        response = client.post(LOGIN, {"login": login, "password": "not the one"})
        assert response.status_code == 200
        page = response.content.decode().replace(login, "")
        pages.append(re.sub(r'value="[^"]{20,}"', "", page))
    assert "The e-mail address or the password is not right" in pages[0]
    assert "<title>Error: Sign in" in pages[0]
    assert pages[0] == pages[1]
    failed = entries("sign_in.failed")
    assert [(entry.outcome, entry.subject_id, entry.actor_id) for entry in failed] == [
        ("refused", str(person.pk), None),
        ("refused", "", None),
    ]


def test_what_was_typed_is_nowhere_in_the_counters_rows(client) -> None:
    person = person_with(Role.PRACTITIONER)
    client.post(LOGIN, {"login": person.email, "password": "not the one"})
    client.post(LOGIN, {"login": "hunter2-typed-in-the-wrong-field@x.example", "password": "x"})
    kept = " ".join(
        f"{row.username} {row.get_data} {row.post_data} {row.path_info}" for row in AccessAttempt.objects.all()
    )
    assert kept
    for secret in (person.email, "not the one", "hunter2"):
        assert secret not in kept


def test_somebody_whose_account_is_closed_gets_nowhere(client, sign_in) -> None:
    person = person_with(Role.PRACTITIONER, is_active=False)
    response = sign_in(person)
    assert response.url == "/sign-in/closed/"
    assert "closed" in client.get(response.url).content.decode()
    assert client.get("/account/").status_code == 302
    assert "sign_in" not in verbs()


def test_closing_an_account_ends_its_session(client, sign_in) -> None:
    person = person_with(Role.PRACTITIONER)
    sign_in(person)
    person.is_active = False
    person.save()
    assert client.get("/account/").url.startswith(LOGIN)


def test_signing_out_is_a_post_and_recorded(client, sign_in) -> None:
    sign_in(person_with(Role.PRACTITIONER))
    assert client.get("/sign-out/").status_code == 405
    response = client.post("/sign-out/")
    assert response.url == LOGIN
    assert "You have signed out." in client.get(LOGIN).content.decode()
    assert client.get("/account/").status_code == 302
    assert verbs()[-1] == "sign_out"


def test_signing_out_twice_harms_nobody(client) -> None:
    assert client.post("/sign-out/").url == LOGIN


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password", "mfa_add_webauthn"])
def test_what_is_not_used_of_allauth_has_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_password_is_changed_by_its_owner_only(client, sign_in) -> None:
    person = person_with(Role.PRACTITIONER)
    sign_in(person)
    new = "an entirely different staple"
    wrong = client.post("/account/password/", {"oldpassword": "guess", "password1": new, "password2": new})
    assert "The current password is not right" in wrong.content.decode()
    right = client.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert right.url == "/account/"
    assert "Your password has changed." in client.get("/account/").content.decode()
    assert verbs()[-1] == "password.change"
    client.post("/sign-out/")
    assert sign_in(person, password=PASSWORD).status_code == 200
    assert sign_in(person, password=new).status_code == 302


def test_a_password_that_everybody_uses_is_refused(client, sign_in) -> None:
    sign_in(person_with(Role.PRACTITIONER))
    response = client.post(
        "/account/password/", {"oldpassword": PASSWORD, "password1": "password1234", "password2": "password1234"}
    )
    assert "too common" in response.content.decode()


def test_a_forgotten_password_is_set_by_a_link_that_works_once(client, sign_in, settings) -> None:
    person = person_with(Role.PRACTITIONER)
    assert client.post("/password/", {"email": person.email.upper()}).url == "/password/sent/"
    assert mail.outbox == [], "nothing is sent in the request"
    (row,) = OutboxRow.objects.all()
    assert row.references == {"person_id": str(person.pk)}
    post_arrives()
    (message,) = mail.outbox
    assert message.to == [person.email]
    assert person.full_name not in f"{message.subject}{message.body}"
    link = re.search(rf"{settings.SITE_ADDRESS}(/password/set/\S+)", str(message.body))
    assert link is not None
    form = client.get(link[1], follow=True)
    assert "Set your password" in form.content.decode()
    address = form.redirect_chain[-1][0]
    new = "an entirely different staple"
    assert client.post(address, {"password1": new, "password2": new}).url == "/password/set/"
    assert "password.reset" in verbs()
    assert client.get("/account/").status_code == 302, "setting a password doesn't sign in past the second factor"
    assert sign_in(person, password=new).status_code == 302
    assert "This link does not work" in client.get(link[1]).content.decode()


def test_nobody_learns_who_has_an_account(client) -> None:
    person = PersonFactory.create()
    known = client.post("/password/", {"email": person.email})
    unknown = client.post("/password/", {"email": "nobody@agency.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    post_arrives()
    assert [message.to for message in mail.outbox] == [[person.email]]


def test_nobody_learns_it_while_the_mail_server_is_down_and_the_link_goes_once_it_is_back(client, settings) -> None:
    backend, person = settings.EMAIL_BACKEND, PersonFactory.create()
    settings.EMAIL_BACKEND = "tests.dispatch.test_email.DownBackend"
    answers = [client.post("/password/", {"email": email}) for email in (person.email, "nobody@agency.example")]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/password/sent/")] * 2
    post_arrives()
    row = OutboxRow.objects.get()
    assert (row.state, row.attempts, row.last_error) == ("due", 1, "builtins.ConnectionRefusedError")
    settings.EMAIL_BACKEND = backend
    OutboxRow.objects.update(next_try_at=row.created_at)
    post_arrives()
    (message,) = mail.outbox
    link = re.search(rf"{settings.SITE_ADDRESS}(/password/set/\S+)", str(message.body))
    assert link is not None
    assert "Set your password" in client.get(link[1], follow=True).content.decode()
    kept = str([*OutboxRow.objects.values(), *Entry.objects.values()])
    assert link[1].rstrip("/").rpartition("-")[2] not in kept
    assert person.email not in kept


def test_nobody_learns_it_by_how_long_the_broker_takes(client, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks() as after:
        client.post("/password/", {"email": PersonFactory.create().email})
    assert after == []
    row = OutboxRow.objects.get()
    assert row.pk in ready_to_wake(Queue.MAIL, now=row.created_at, again=timedelta(minutes=1), most=9), "the next sweep"


def test_no_e_mail_of_allauth_s_is_sent_in_a_request(rf) -> None:
    assert not app_settings.EMAIL_NOTIFICATIONS
    with pytest.raises(NotImplementedError):
        get_adapter(rf.get("/")).send_mail("account/email/unknown_account", "nobody@agency.example", {})
