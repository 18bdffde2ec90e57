"""A real PostgreSQL, as the web role sees it: migrated by the owner, then used with `SET ROLE referrals_web`."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase

from tests.support import as_owner


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
