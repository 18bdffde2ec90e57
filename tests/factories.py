"""Rows for tests: invented people and agencies."""

from datetime import date
from typing import Any

import factory

from accounts.domain.agencies import AgencyKind
from accounts.domain.roles import Role, needs_team
from accounts.models import Agency, FrontDoorTeam, Membership, Person

PASSWORD = "correct horse battery staple"  # for invented people in a test database
AREA = "telford-and-wrekin"


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    """Somebody with a password and no role."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@agency.example")
    full_name = factory.Sequence(lambda number: f"Person Number {number}")

    @classmethod
    def _create(cls, model_class: type[Person], *args: Any, **kwargs: Any) -> Person:
        return model_class.objects.create_user(**{"password": PASSWORD, **kwargs})


class AgencyFactory(factory.django.DjangoModelFactory[Agency]):
    """A school in Telford & Wrekin."""

    class Meta:
        model = Agency

    name = factory.Sequence(lambda number: f"School Number {number}")
    kind = AgencyKind.SCHOOL.value
    areas = factory.LazyFunction(lambda: [AREA])


class FrontDoorTeamFactory(factory.django.DjangoModelFactory[FrontDoorTeam]):
    """A front door of a council of its own."""

    class Meta:
        model = FrontDoorTeam

    area = AREA
    front_door = factory.Sequence(lambda number: f"front-door-{number}")
    name = factory.Sequence(lambda number: f"Front Door {number}")
    agency = factory.SubFactory(AgencyFactory, name="Council", kind=AgencyKind.LOCAL_AUTHORITY.value)


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    """A practitioner since 2024."""

    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    agency = factory.SubFactory(AgencyFactory)
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
