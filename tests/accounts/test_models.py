"""What the database itself refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.domain.roles import FRONT_DOOR_ROLES, Role
from accounts.models import Person
from tests.factories import AgencyFactory, FrontDoorTeamFactory, MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db


def refused(constraint: str):
    return pytest.raises(IntegrityError, match=constraint)


def test_an_email_belongs_to_one_person_in_any_case() -> None:
    PersonFactory.create(email="Amara@School.Example")
    assert Person.objects.get_by_natural_key("AMARA@school.example").email == "amara@school.example"
    with refused("email"), transaction.atomic():
        PersonFactory.create(email="amara@SCHOOL.example")


def test_an_email_is_stored_in_lower_case_even_past_the_manager() -> None:
    with refused("person_email_in_lower_case"), transaction.atomic():
        Person.objects.create(email="Amara@school.example", full_name="Amara")


def test_a_person_has_a_name() -> None:
    with refused("person_has_a_name"), transaction.atomic():
        PersonFactory.create(full_name="")


def test_a_person_without_a_password_cannot_sign_in() -> None:
    assert not Person.objects.create_user(email="new@school.example", full_name="New").has_usable_password()


def test_a_person_prints_without_name_or_address() -> None:
    person = PersonFactory.build(full_name="Amara Whitfield", email="amara@school.example")
    assert "Amara" not in f"{person} {person!r}"
    assert "amara" not in f"{person} {person!r}"


def test_an_agency_has_a_known_kind_and_an_area() -> None:
    with refused("agency_kind_is_known"), transaction.atomic():
        AgencyFactory.create(kind="club")
    with refused("agency_has_an_area"), transaction.atomic():
        AgencyFactory.create(areas=[])


def test_a_reference_number_is_one_agencys() -> None:
    AgencyFactory.create(urn="")
    AgencyFactory.create(urn="")
    AgencyFactory.create(urn="999001")
    with refused("agency_urn_is_unique"), transaction.atomic():
        AgencyFactory.create(urn="999001")


def test_a_front_door_has_one_team() -> None:
    FrontDoorTeamFactory.create(front_door="family-connect")
    with refused("one_team_a_front_door"), transaction.atomic():
        FrontDoorTeamFactory.create(front_door="family-connect")


@pytest.mark.parametrize("role", list(Role))
def test_a_team_goes_with_a_front_doors_roles_and_no_other(role: Role) -> None:
    team = FrontDoorTeamFactory.create()
    right, wrong = (team, None) if role in FRONT_DOOR_ROLES else (None, team)
    if role is Role.EARLY_HELP_COORDINATOR:
        # One from before assessments were sent has no team, and stands.
        MembershipFactory.create(agency=team.agency, team=None, role=role.value)
        return
    MembershipFactory.create(agency=team.agency, team=right, role=role.value)
    with refused("membership_team_goes_with_front_door_role"), transaction.atomic():
        MembershipFactory.create(agency=team.agency, team=wrong, role=role.value)


def test_a_role_is_a_known_one() -> None:
    with refused("membership_role_is_known"), transaction.atomic():
        MembershipFactory.create(role="headmaster")


def test_a_team_is_of_the_memberships_agency() -> None:
    team = FrontDoorTeamFactory.create()
    with refused("membership_team_of_its_agency"), transaction.atomic():
        MembershipFactory.create(agency=AgencyFactory.create(), team=team, role=Role.SCREENER.value)


def test_a_role_ends_no_earlier_than_it_begins() -> None:
    with refused("membership_dates_in_order"), transaction.atomic():
        MembershipFactory.create(starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 1))


def test_a_role_is_not_held_twice_at_a_time() -> None:
    first = MembershipFactory.create(starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 1))
    same = {"person": first.person, "agency": first.agency, "role": first.role}
    with refused("membership_not_twice_at_a_time"), transaction.atomic():
        MembershipFactory.create(**same, starts_on=date(2026, 2, 28))
    MembershipFactory.create(**same, starts_on=date(2026, 3, 1))
    with refused("membership_not_twice_at_a_time"), transaction.atomic():
        MembershipFactory.create(**same, starts_on=date(2026, 5, 1))


def test_the_web_role_owns_none_of_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, tableowner FROM pg_tables WHERE tablename = 'accounts_person'")
        user, owner = cursor.fetchone()
    assert user == "referrals_web"
    assert owner != user
