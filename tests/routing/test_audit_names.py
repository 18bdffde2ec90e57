"""The auditor's page says which referral its rows speak of, and finds all of one by its reference."""

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from tests.audit.support import rows_of
from tests.desks import signed_in
from tests.factories import person_with
from tests.routing.world import World

pytestmark = pytest.mark.django_db


def test_records_are_called_by_what_people_know_them_by(world: World):
    intake = world.sent()
    rows = "\n".join(rows_of(signed_in(person_with(Role.AUDITOR)).get(reverse("audit:entries"))))
    reference = intake.referral.reference
    assert f"referral {reference} {intake.referral_id}" in rows
    assert f"intake {reference}, {intake.door_name} {intake.pk}" in rows


@pytest.mark.parametrize("typed", [str, str.lower, lambda reference: reference.replace("-", " ")])
def test_all_of_a_referral_is_found_by_its_reference(world: World, typed):
    intake, other = world.sent(), world.sent()
    auditor = signed_in(person_with(Role.AUDITOR))
    auditor.post(reverse("audit:entries"), {"subject_id": typed(intake.referral.reference)})
    said = "\n".join(rows_of(auditor.get(reverse("audit:entries"))))
    assert f"referral {intake.referral.reference} " in said
    assert f"intake {intake.referral.reference}, " in said
    assert other.referral.reference not in said
