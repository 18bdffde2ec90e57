"""A real PostgreSQL, as the web role sees it: migrated by the owner, then used with `SET ROLE referrals_web`."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

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
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After the owner has migrated: grants as in production, and from then on the web role's rights only."""
    with django_db_blocker.unblock():
        call_command("apply_privileges", verbosity=0)
        connection.close()
    connection.settings_dict["OPTIONS"]["options"] = "-c role=referrals_web"
    yield
    # Dropping the database is the owner's again.
    with django_db_blocker.unblock():
        connection.close()
    del connection.settings_dict["OPTIONS"]["options"]


@pytest.fixture(scope="session", autouse=True)
def _flush_as_owner() -> Iterator[None]:
    """Tests that commit are cleaned up by TRUNCATE, which only the owner may do."""
    patch = pytest.MonkeyPatch()
    teardown = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # not in the stubs

    def owners_teardown(self: TransactionTestCase) -> None:
        with as_owner():
            teardown(self)

    patch.setattr(TransactionTestCase, "_fixture_teardown", owners_teardown)
    yield
    patch.undo()
