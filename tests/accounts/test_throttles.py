"""Guessing is stopped: by person and address, by person alone, and for codes."""

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from accounts.domain.roles import Role
from tests.accounts.conftest import code_of, entries, post_arrives, set_up_app, verbs, wrong_code
from tests.factories import PASSWORD, person_with

pytestmark = pytest.mark.django_db
LOGIN = "/sign-in/"


def guess(client: Client, email: str, times: int, **extra):
    for _ in range(times):
        response = client.post(LOGIN, {"login": email, "password": "guess"}, **extra)
    return response


def test_five_wrong_passwords_lock_the_pair_out_even_with_the_right_one(client) -> None:
    person = person_with(Role.PRACTITIONER)
    assert guess(client, person.email, 4).status_code == 200
    locked = guess(client, person.email, 1)
    page = locked.content.decode()
    assert locked.status_code == 429
    assert "999" in page
    assert "password" not in page.lower()
    assert person.email not in page
    assert client.post(LOGIN, {"login": person.email, "password": PASSWORD}).status_code == 429
    assert {entry.subject_id for entry in entries("sign_in.locked_out")} == {str(person.pk)}
    assert "sign_in" not in verbs()


def test_an_unknown_address_is_locked_out_alike(client) -> None:
    assert guess(client, "nobody@agency.example", 5).status_code == 429


def test_from_another_network_address_the_person_still_gets_in(client) -> None:
    person = person_with(Role.PRACTITIONER)
    guess(client, person.email, 5)
    response = client.post(LOGIN, {"login": person.email, "password": PASSWORD}, REMOTE_ADDR="10.99.0.1")
    assert response.status_code == 302


def test_a_forged_header_is_no_other_network_address(client) -> None:
    person = person_with(Role.PRACTITIONER)
    guess(client, person.email, 4, headers={"x-forwarded-for": "10.99.0.2"})
    assert guess(client, person.email, 1, headers={"x-forwarded-for": "10.99.0.3"}).status_code == 429


def test_another_person_at_the_same_network_address_gets_in(client, sign_in) -> None:
    guess(client, person_with(Role.PRACTITIONER).email, 5)
    assert sign_in(person_with(Role.PRACTITIONER)).status_code == 302


def test_the_lock_opens_by_itself(client, sign_in) -> None:
    person = person_with(Role.PRACTITIONER)
    guess(client, person.email, 5)
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time -= settings.AXES_COOLOFF_TIME
        attempt.save()
    assert sign_in(person).status_code == 302


def test_signing_in_forgets_earlier_mistakes(client, sign_in) -> None:
    person = person_with(Role.PRACTITIONER)
    guess(client, person.email, 4)
    sign_in(person)
    client.post("/sign-out/")
    assert guess(client, person.email, 4).status_code == 200


def test_many_addresses_guessing_at_one_person_are_stopped_too(client) -> None:
    person = person_with(Role.PRACTITIONER)
    for number in range(10):
        guess(client, person.email, 1, REMOTE_ADDR=f"10.98.0.{number}")
    response = client.post(LOGIN, {"login": person.email, "password": PASSWORD}, REMOTE_ADDR="10.98.1.1")
    assert "There were too many attempts" in response.content.decode()
    assert "sign_in" not in verbs()


def test_guessing_codes_is_stopped(client, sign_in) -> None:
    person = person_with(Role.SCREENER)
    secret = set_up_app(person)
    sign_in(person)
    for _ in range(10):
        wrong = client.post("/sign-in/code/", {"code": wrong_code(secret)})
    assert "The code is not right" in wrong.content.decode()
    right = client.post("/sign-in/code/", {"code": code_of(person)})
    assert "There were too many attempts" in right.content.decode()
    assert len(entries("second_factor.failed")) == 10
    assert "sign_in" not in verbs()


def test_no_crowd_of_other_addresses_wipes_out_what_was_counted(client) -> None:
    """Django throws a third of its cache out once there are 300 entries, and with them the counts of wrong codes."""
    counted = [f"counted:{number}" for number in range(20)]
    cache.set_many(dict.fromkeys(counted, 9))
    for number in range(320):
        cache.set(f"somebody-else:{number}", 1)
    assert sorted(cache.get_many(counted)) == sorted(counted)


def test_asking_for_many_links_is_stopped(client, mailoutbox) -> None:
    person = person_with(Role.PRACTITIONER)
    for _ in range(6):
        client.post("/password/", {"email": person.email})
    post_arrives()
    assert len(mailoutbox) == 3
