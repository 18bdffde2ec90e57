"""Rows for tests: invented people and agencies."""

from datetime import date
from typing import Any

from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from accounts.domain.agencies import AgencyKind
from accounts.domain.roles import Role, needs_team
from accounts.models import Agency, FrontDoorTeam, Membership, Person

PASSWORD = "correct horse battery staple"  # for invented people in a test database
AREA = "telford-and-wrekin"


class PersonFactory(DjangoModelFactory[Person]):
    """Somebody with a password and no role."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    email = Sequence(lambda number: f"person{number}@agency.example")
    full_name = Sequence(lambda number: f"Person Number {number}")

    @classmethod
    def _create(cls, model_class: type[Person], *args: Any, **kwargs: Any) -> Person:
        return model_class.objects.create_user(**{"password": PASSWORD, **kwargs})


class AgencyFactory(DjangoModelFactory[Agency]):
    """A school in Telford & Wrekin."""

    class Meta:
        model = Agency

    name = Sequence(lambda number: f"School Number {number}")
    kind = AgencyKind.SCHOOL.value
    areas = LazyFunction(lambda: [AREA])


class FrontDoorTeamFactory(DjangoModelFactory[FrontDoorTeam]):
    """A front door of a council of its own."""

    class Meta:
        model = FrontDoorTeam

    area = AREA
    front_door = Sequence(lambda number: f"front-door-{number}")
    name = Sequence(lambda number: f"Front Door {number}")
    agency = SubFactory(AgencyFactory, name="Council", kind=AgencyKind.LOCAL_AUTHORITY.value)


class MembershipFactory(DjangoModelFactory[Membership]):
    """A practitioner since 2024."""

    class Meta:
        model = Membership

    person = SubFactory(PersonFactory)
    agency = SubFactory(AgencyFactory)
    role = Role.PRACTITIONER.value
    starts_on = date(2024, 1, 1)


def person_with(
    role: Role, *, agency: Agency | None = None, team: FrontDoorTeam | None = None, **person: Any
) -> Person:
    """Return somebody with this role, with a team of the agency when the role needs one."""
    if needs_team(role):
        team = team or FrontDoorTeamFactory.create(**({"agency": agency} if agency else {}))
        agency = team.agency
    someone = PersonFactory.create(**person)
    MembershipFactory.create(person=someone, agency=agency or AgencyFactory.create(), team=team, role=role.value)
    return someone
