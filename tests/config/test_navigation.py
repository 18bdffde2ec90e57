"""The entries of the header's navigation, by role."""

from uuid import uuid4

import pytest
from django.test import RequestFactory

from accounts.domain.roles import FRONT_DOOR_ROLES, Role
from audit.domain.actor import Actor
from config.navigation import navigation_for


@pytest.mark.parametrize("role", list(Role))
def test_those_who_belong_to_a_front_door_find_its_queue_and_nobody_else(role: Role):
    request = RequestFactory().get("/")
    request.actor = Actor(uuid4(), "Somebody", uuid4(), frozenset({role.value}))  # type: ignore[attr-defined]
    texts = [item.text for item in navigation_for(request)]
    assert texts[0] == "Home"
    assert ("Queue" in texts) is (role in FRONT_DOOR_ROLES)
