"""The page of components as the house serves it."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.components.markup import parsed


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "title"), [("", "Components"), ("?state=errors", "Error: Components")])
def test_the_page_needs_no_sign_in_and_says_when_it_shows_errors(client: Client, state: str, title: str) -> None:
    answer = client.get(reverse("components") + state)
    assert answer.status_code == 200
    assert f"<title>{title}: Safeguarding referrals</title>" in answer.content.decode()
    assert "call 999" in " ".join(parsed(answer.content.decode()).text_content().split())


@pytest.mark.django_db
def test_the_page_is_read_only(client: Client) -> None:
    assert client.post(reverse("components")).status_code == 405
