"""The pages for faults of ours: they stand without request, session and database, and say what to do."""

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.test import RequestFactory

from config.errors import server_error


def page_for(error):
    try:
        raise error
    except type(error):
        return server_error(RequestFactory().post("/"))


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("gone"), DatabaseError("gone")])
def test_while_the_database_is_away_the_page_says_to_do_it_again(error):
    page = page_for(error)
    assert (page.status_code, page["Retry-After"]) == (503, "10")
    words = page.content.decode()
    assert "can't tell whether the last thing you did was saved" in words
    assert "goes once only" in words
    assert "999" in words
    assert "gone" not in words


@pytest.mark.parametrize("error", [ValueError("Ada Example"), IntegrityError("Ada Example")])
def test_any_other_fault_has_the_other_page(error):
    page = page_for(error)
    assert page.status_code == 500
    assert "Something went wrong on our side" in page.content.decode()
    assert "Ada" not in page.content.decode()
