"""Every address × person × record is answered as the table says, and no address is missing from it."""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.authorisation.row import Row
from tests.authorisation.rows import TABLE
from tests.authorisation.world import PEOPLE, World, make_world
from tests.support import as_owner


def named_addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """The names of all addresses, with their namespaces; a nameless one fails here."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from named_addresses(pattern.url_patterns, inner)
        else:
            assert pattern.name, f"the address {pattern.pattern} has no name"
            yield prefix + pattern.name


ADDRESSES = set(named_addresses(get_resolver().url_patterns))


def test_every_address_is_in_the_table():
    assert ADDRESSES - {row.name for row in TABLE} == set()


def test_the_table_names_no_address_that_is_gone():
    assert {row.name for row in TABLE} - ADDRESSES == set()


def test_rows_name_people_of_the_world():
    assert {person for row in TABLE for person in row.expect} - set(PEOPLE) == set()


@pytest.fixture(scope="module")
def made_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The packs and the world, made once for all rows and committed; taken away at the end, as the owner may.

    Not in one long transaction: what other tests of this cluster wait for would wait for its end.
    """
    with django_db_blocker.unblock():
        call_command("load_packs", verbosity=0)
        yield make_world()
        with as_owner():
            call_command("flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True)


@pytest.fixture(scope="module")
def signed_in(made_once: World, django_db_blocker: Any) -> dict[str, SimpleCookie]:
    """The cookies of each person's session, begun once: nothing that a row does to one outlives the row."""
    cookies = {}
    with django_db_blocker.unblock():
        for name in PEOPLE:
            client = Client()
            client.force_login(made_once.people[name])
            cookies[name] = client.cookies
    return cookies


@pytest.fixture
def world(made_once: World, signed_in: object, db: None, settings: Any) -> World:
    """The world as it was made: what the requests of a row change, `db` takes back after it."""
    # When somebody was last seen is taken back too, so that a slow machine could end the sessions.
    settings.IDLE_LIMIT = settings.SESSION_LIMIT
    return made_once


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_everybody_is_answered_as_the_table_says(row: Row, world: World, signed_in: dict[str, SimpleCookie]):
    answers, expected = {}, {}
    for person in ["nobody", *PEOPLE]:
        client = Client()
        if person != "nobody":
            client.cookies = SimpleCookie({key: morsel.value for key, morsel in signed_in[person].items()})
        address = reverse(row.name, kwargs=world.records[row.record] if row.record else None)
        send = client.post if row.method == "POST" else client.get
        answers[person] = send(address, dict(row.data)).status_code
        expected[person] = row.status_for(person)
    assert answers == expected
