"""What operators have to do: on their page and by the command."""

import io
import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.domain.roles import Role
from dispatch import notices
from tests.desks import signed_in
from tests.factories import person_with

pytestmark = pytest.mark.django_db


def page() -> str:
    return signed_in(person_with(Role.OPERATOR)).get(reverse("dispatch:operations")).content.decode()


def test_page_and_command_say_what_is_to_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = notices.Notice("Something runs out", "Do this about it.")
    monkeypatch.setattr(notices, "_finds", [lambda _now: notice, lambda _now: None])
    out, data = io.StringIO(), io.StringIO()
    call_command("outbox", stdout=out)
    call_command("outbox", "--json", stdout=data)
    for told in (page(), out.getvalue()):
        assert "Something runs out" in told
        assert "Do this about it." in told
    assert json.loads(data.getvalue())["notices"] == ["Something runs out"]


def test_where_there_is_nothing_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "_finds", [])
    assert "To be done" not in page()
