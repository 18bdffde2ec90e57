"""Who somebody is today, and whom they may see."""

from datetime import UTC, date, datetime

import pytest

from accounts import selectors
from accounts.clock import day_of
from accounts.domain.roles import Role
from accounts.selectors import actor_for, memberships_on, people_of, person_for, standing_of
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from tests.accounts.conftest import set_up_app
from tests.factories import (
    AgencyFactory,
    FrontDoorTeamFactory,
    MembershipFactory,
    PersonFactory,
    person_with,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_an_actor_is_built_in_one_query(django_assert_num_queries) -> None:
    person = person_with(Role.SCREENER)
    with django_assert_num_queries(1):
        actor = actor_for(person, NOW, "a-request")
    assert actor == Actor(
        person_id=person.pk,
        name=person.full_name,
        agency_id=person.memberships.get().agency_id,
        roles=frozenset({"screener"}),
        request_id="a-request",
    )


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "holds"),
    [
        (date(2026, 11, 23), None, True),
        (date(2026, 11, 24), None, False),
        (date(2026, 1, 1), date(2026, 11, 24), True),
        (date(2026, 1, 1), date(2026, 11, 23), False),
        (date(2026, 11, 23), date(2026, 11, 23), False),
    ],
)
def test_a_role_holds_from_its_first_day_to_the_day_before_its_end(starts_on, ends_on, holds) -> None:
    membership = MembershipFactory.create(starts_on=starts_on, ends_on=ends_on)
    assert bool(actor_for(membership.person, NOW).roles) is holds
    assert memberships_on(membership.person, day_of(NOW)).exists() is holds


def test_the_day_is_englands() -> None:
    membership = MembershipFactory.create(starts_on=date(2026, 6, 2))
    # Half past eleven in the evening of 1 June in UTC is already 2 June in England.
    assert actor_for(membership.person, datetime(2026, 6, 1, 23, 30, tzinfo=UTC)).roles
    with pytest.raises(ValueError, match="time zone"):
        day_of(datetime(2026, 6, 1))  # noqa: DTZ001


def test_nobody_acts_for_two_agencies_at_once() -> None:
    first = MembershipFactory.create(role=Role.DSL.value, starts_on=date(2025, 1, 1))
    second = MembershipFactory.create(
        person=first.person, role=Role.AGENCY_ADMINISTRATOR.value, starts_on=date(2026, 1, 1)
    )
    standing = standing_of(first.person, now=NOW)
    assert (standing.actor.agency_id, standing.actor.roles) == (first.agency_id, frozenset({"dsl"}))
    assert standing.agency_ids == {first.agency_id, second.agency_id}
    assert standing.needs_second_factor
    there = standing_of(first.person, now=NOW, agency_id=second.agency_id)
    assert (there.actor.agency_id, there.actor.roles) == (second.agency_id, frozenset({"agency_administrator"}))
    elsewhere = standing_of(first.person, now=NOW, agency_id=AgencyFactory.create().pk)
    assert elsewhere.actor.agency_id == first.agency_id


def test_a_closed_agency_gives_no_role() -> None:
    membership = MembershipFactory.create(agency=AgencyFactory.create(is_active=False))
    assert standing_of(membership.person, now=NOW).actor.roles == frozenset()


def test_the_agencys_own_area_comes_along() -> None:
    membership = MembershipFactory.create(agency=AgencyFactory.create(areas=["stoke-on-trent", "staffordshire"]))
    assert standing_of(membership.person, now=NOW).own_area == "stoke-on-trent"
    assert standing_of(PersonFactory.create(), now=NOW).own_area is None


def test_whether_an_app_is_set_up_is_known_without_another_query(django_assert_num_queries) -> None:
    person = person_with(Role.SCREENER)
    assert not standing_of(person, now=NOW).has_second_factor
    set_up_app(person)
    with django_assert_num_queries(1):
        assert standing_of(person, now=NOW).has_second_factor


def test_people_are_those_of_ones_own_agency() -> None:
    lead = person_with(Role.DSL)
    agency = lead.memberships.get().agency
    colleague = person_with(Role.PRACTITIONER, agency=agency)
    gone = MembershipFactory.create(agency=agency, ends_on=date(2025, 1, 1)).person
    stranger = person_with(Role.PRACTITIONER)
    actor = actor_for(lead, NOW)
    assert set(people_of(actor)) == {lead, colleague, gone}
    assert person_for(actor, colleague.pk) == colleague
    with pytest.raises(NotYours):
        person_for(actor, stranger.pk)
    administrator = actor_for(person_with(Role.ADMINISTRATOR), NOW)
    assert stranger in people_of(administrator)


def test_somebody_who_is_not_there_is_answered_like_somebody_elses() -> None:
    actor = actor_for(person_with(Role.DSL), NOW)
    answers = []
    for person_id in (person_with(Role.PRACTITIONER).pk, PersonFactory.build().pk):
        with pytest.raises(NotYours) as caught:
            person_for(actor, person_id)
        answers.append((caught.value.reason, caught.value.rule))
    assert answers[0] == answers[1]


def test_a_practitioner_has_no_list() -> None:
    with pytest.raises(Refusal, match=r"people\.list"):
        people_of(actor_for(person_with(Role.PRACTITIONER), NOW))


def test_roles_elsewhere_are_not_shown_to_an_agency() -> None:
    lead = person_with(Role.DSL)
    here = MembershipFactory.create(agency=lead.memberships.get().agency)
    there = MembershipFactory.create(person=here.person)
    actor = actor_for(lead, NOW)
    assert selectors.memberships_for(actor, [here.person]) == {here.person.pk: [here]}
    with pytest.raises(NotYours):
        selectors.membership_for(actor, there.pk)


def test_an_actor_without_an_agency_sees_no_memberships() -> None:
    adrift = Actor(person_id=None, name="x", agency_id=None, roles=frozenset({"dsl"}))
    assert not people_of(adrift).exists()


def test_teams_are_those_worked_in_on_the_day() -> None:
    team = FrontDoorTeamFactory.create()
    person = person_with(Role.SCREENER, team=team)
    assert list(selectors.teams_worked_in(person.pk, date(2026, 1, 1))) == [team]
    assert not selectors.teams_worked_in(person.pk, date(2023, 1, 1)).exists()
    assert list(selectors.teams_of_agency(team.agency_id)) == [team]
