"""A real PostgreSQL, as the web role sees it: migrated by the owner, then used with the web role's rights."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from tests.databases import dropped, migrated
from tests.support import as_owner

# What a rule costs is measured in bench/; a busy machine must not fail a property.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright leaves an event loop running, in which Django refuses the database."""
    for item in items:
        if "browser" in item.fixturenames:  # type: ignore[attr-defined]  # every test function has them
            item.add_marker("browser")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium, quiet towards a network that isn't there."""
    return {
        "executable_path": "/usr/bin/chromium",
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-gpu"],
    }


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of this process's own, migrated and with grants as in production; the web role's rights only."""
    database, url = connection.settings_dict, os.environ["DATABASE_URL"]
    before = database["NAME"]
    name = "_".join(filter(None, [database["TEST"]["NAME"], os.environ.get("PYTEST_XDIST_WORKER")]))
    migrated(name, url=url, variables=os.environ)
    with django_db_blocker.unblock():
        connection.close()
    database["NAME"], database["OPTIONS"]["options"] = name, "-c role=referrals_web"
    yield
    with django_db_blocker.unblock():
        connection.close()
    database["NAME"] = before
    del database["OPTIONS"]["options"]
    dropped(name, url=url)


@pytest.fixture(scope="session", autouse=True)
def _flush_as_owner() -> Iterator[None]:
    """Tests that commit are cleaned up by TRUNCATE, which only the owner may do.

    What migrations leave in Django's own tables for types and permissions isn't made again: nothing here reads it.
    """
    patch = pytest.MonkeyPatch()

    def owners_teardown(self: TransactionTestCase) -> None:
        with as_owner():
            call_command("flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True)

    patch.setattr(TransactionTestCase, "_fixture_teardown", owners_teardown)
    yield
    patch.undo()
