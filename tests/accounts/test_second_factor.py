"""The second factor: who must have one, setting it up, signing in with it, and how its secret is kept."""

import re

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.db import connection
from django.test import override_settings

from accounts.domain.roles import SECOND_FACTOR_ROLES, Role
from tests.accounts.conftest import code_from, code_of, set_up_app, verbs, wrong_code
from tests.factories import MembershipFactory, person_with

pytestmark = pytest.mark.django_db
SET_UP = "/account/second-factor/set-up/"


@pytest.mark.parametrize("role", list(Role))
def test_who_needs_one_is_sent_to_set_it_up_before_anything_else(client, role: Role) -> None:
    client.force_login(person_with(role))
    response = client.get("/account/")
    if role in SECOND_FACTOR_ROLES:
        assert (response.status_code, response.url) == (302, SET_UP)
    else:
        assert response.status_code == 200


def test_without_it_the_numbers_and_the_way_out_stay_open(client) -> None:
    client.force_login(person_with(Role.SCREENER))
    assert client.get("/numbers/").status_code == 200
    assert client.get("/people/").url == SET_UP
    assert client.post("/account/agency/").url == SET_UP
    assert client.post("/sign-out/").url == "/sign-in/"


def test_a_role_in_any_agency_asks_for_it(client) -> None:
    person = person_with(Role.PRACTITIONER)
    client.force_login(person)
    assert client.get("/account/").status_code == 200
    MembershipFactory.create(person=person, role=Role.AGENCY_ADMINISTRATOR.value)
    assert client.get("/account/").url == SET_UP


def test_setting_it_up_and_signing_in_with_it(client, sign_in, django_capture_on_commit_callbacks) -> None:
    person = person_with(Role.SCREENER)
    sign_in(person)
    page = client.get(SET_UP).content.decode()
    assert "<svg" in page
    assert "data:image" not in page
    assert 'autocomplete="one-time-code"' in page
    secret = re.search(r'<strong class="govuk-!-text-break-word">([A-Z2-7]+)</strong>', page)
    assert secret is not None
    wrong = client.post(SET_UP, {"code": wrong_code(secret[1])})
    assert "The code is not right" in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(SET_UP, {"code": code_from(secret[1])})
    assert done.url == "/account/recovery-codes/"
    codes = re.findall(r"<code>(\d+)</code>", client.get(done.url).content.decode())
    assert len(codes) == 10
    assert client.get("/account/").status_code == 200
    assert verbs().count("second_factor.add") == 2

    client.post("/sign-out/")
    assert sign_in(person).url == "/sign-in/code/"
    assert client.get("/account/").status_code == 302, "the password alone opens nothing"
    assert verbs().count("sign_in") == 1
    client.post("/sign-in/code/", {"code": code_from(secret[1], steps_away=-1)})
    assert client.get("/account/").status_code == 200
    assert verbs()[-2:] == ["second_factor.use", "sign_in"]


def test_a_code_works_once(client, sign_in) -> None:
    person = person_with(Role.SCREENER)
    set_up_app(person)
    code = code_of(person)
    sign_in(person)
    assert client.post("/sign-in/code/", {"code": code}).url == "/"
    client.post("/sign-out/")
    sign_in(person)
    again = client.post("/sign-in/code/", {"code": code})
    assert "The code is not right" in again.content.decode()


def test_a_code_is_taken_with_a_space_in_it(client, sign_in) -> None:
    person = person_with(Role.SCREENER)
    set_up_app(person)
    code = code_of(person)
    sign_in(person)
    assert client.post("/sign-in/code/", {"code": f" {code[:3]} {code[3:]} "}).status_code == 302


def test_a_recovery_code_works_once(client, sign_in, django_capture_on_commit_callbacks) -> None:
    person = person_with(Role.SCREENER)
    set_up_app(person)
    sign_in(person)
    client.post("/sign-in/code/", {"code": code_of(person)})
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/account/recovery-codes/new/").url == "/account/recovery-codes/"
    assert "second_factor.new_codes" in verbs()
    code = re.findall(r"<code>(\d+)</code>", client.get("/account/recovery-codes/").content.decode())[0]
    for works in (True, False):
        client.post("/sign-out/")
        sign_in(person)
        assert (client.post("/sign-in/code/", {"code": code}).status_code == 302) is works


def test_who_needs_it_cannot_remove_it(client, sign_in) -> None:
    person = person_with(Role.SCREENER)
    set_up_app(person)
    sign_in(person)
    client.post("/sign-in/code/", {"code": code_of(person)})
    response = client.post("/account/second-factor/remove/")
    assert "Your role needs a second factor" in response.content.decode()
    assert Authenticator.objects.filter(user=person).exists()


def test_who_does_not_need_it_can_remove_it(client, sign_in) -> None:
    person = person_with(Role.PRACTITIONER)
    set_up_app(person)
    sign_in(person)
    assert client.post("/sign-in/code/", {"code": code_of(person)}).status_code == 302
    assert client.post("/account/second-factor/remove/").url == "/account/second-factor/"
    assert not Authenticator.objects.filter(user=person).exists()
    assert verbs()[-1] == "second_factor.remove"


def test_changing_it_later_asks_for_the_password_again(client, sign_in, moving) -> None:
    person = person_with(Role.PRACTITIONER)
    sign_in(person)
    moving.forward(minutes=10)
    asked = client.get(SET_UP)
    assert asked.url.startswith("/account/confirm/")
    assert "The password is not right" in client.post(asked.url, {"password": "guess"}).content.decode()
    assert client.post(asked.url, {"password": "correct horse battery staple"}).url == SET_UP
    assert client.get(SET_UP).status_code == 200


def stored_secret() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data->>'secret' FROM mfa_authenticator")
        return str(cursor.fetchone()[0])


def test_the_secret_cannot_be_read_in_the_table() -> None:
    secret = set_up_app(person_with(Role.SCREENER))
    assert secret not in stored_secret()
    assert stored_secret().startswith("gAAAA")


def test_the_secret_survives_a_new_key_in_front(settings) -> None:
    person = person_with(Role.SCREENER)
    secret = set_up_app(person)
    newer = Fernet.generate_key().decode()
    with override_settings(ENCRYPTION_KEYS=[newer, *settings.ENCRYPTION_KEYS]):
        assert code_of(person) == code_from(secret)
