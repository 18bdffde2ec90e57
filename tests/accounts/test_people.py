"""An agency's list of people, one person's page, ending and changing roles."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.formats import date_format

from accounts import actions, clock
from accounts.domain.endings import EndReason
from accounts.domain.roles import Role
from accounts.models import Membership
from accounts.selectors import actor_for
from audit.domain.refusal import Refusal
from tests.accounts.conftest import entries, set_up_app, verbs
from tests.factories import AgencyFactory, FrontDoorTeamFactory, MembershipFactory, PersonFactory, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(keeper):
    return MembershipFactory.create(agency=keeper.memberships.get().agency)


def today() -> date:
    return clock.day_of(clock.now())


def end(membership) -> str:
    return f"/people/roles/{membership.pk}/end/"


def change(membership) -> str:
    return f"/people/roles/{membership.pk}/change/"


def test_the_list_holds_the_agencys_people_and_its_reading_is_recorded(client, keeper, colleague) -> None:
    stranger = person_with(Role.PRACTITIONER)
    page = client.get("/people/").content.decode()
    assert colleague.person.full_name in page
    assert stranger.full_name not in page
    assert entries("people.list")[0].actor_id == keeper.pk


def test_whoever_keeps_every_agencys_people_reads_where_each_has_their_role(client) -> None:
    person = person_with(Role.ADMINISTRATOR)
    set_up_app(person)
    client.force_login(person)
    elsewhere = MembershipFactory.create()
    assert f"Practitioner, {elsewhere.agency.name}" in client.get("/people/").content.decode()


def test_a_long_list_has_pages(client, keeper) -> None:
    for _ in range(55):
        MembershipFactory.create(agency=keeper.memberships.get().agency)
    first = client.get("/people/").content.decode()
    assert first.count('scope="row"') == 50
    assert 'rel="next"' in first
    assert client.get("/people/?page=2").content.decode().count('scope="row"') == 6


def test_a_persons_page_is_recorded_and_shows_no_other_agencys_roles(client, keeper, colleague) -> None:
    MembershipFactory.create(person=colleague.person, agency=AgencyFactory.create(name="Elsewhere"))
    page = client.get(f"/people/{colleague.person_id}/").content.decode()
    assert colleague.person.email in page
    assert "Elsewhere" not in page
    (entry,) = entries("people.view")
    assert (entry.actor_id, entry.subject_id) == (keeper.pk, str(colleague.person_id))


def test_somebody_of_another_agency_is_not_there_and_that_is_recorded(client, keeper) -> None:
    stranger = person_with(Role.PRACTITIONER)
    assert client.get(f"/people/{stranger.pk}/").status_code == 404
    assert [entry.outcome for entry in entries("people.view")] == ["refused"]


def test_a_practitioner_is_told_why_not(client) -> None:
    client.force_login(person_with(Role.PRACTITIONER))
    response = client.get("/people/")
    assert response.status_code == 403
    assert "safeguarding leads" in response.content.decode()
    assert entries("people.list")[0].outcome == "refused"


def test_a_safeguarding_lead_looks_and_changes_nothing(client) -> None:
    lead = person_with(Role.DSL)
    client.force_login(lead)
    membership = MembershipFactory.create(agency=lead.memberships.get().agency)
    page = client.get(f"/people/{membership.person_id}/").content.decode()
    assert "/end/" not in page
    assert client.get(end(membership)).status_code == 403
    assert client.post(end(membership), {"reason": "left"}).status_code == 403
    membership.refresh_from_db()
    assert membership.ends_on is None


def test_ending_a_role_takes_effect_at_once(client, keeper, colleague) -> None:
    assert client.get(end(colleague)).status_code == 200
    response = client.post(end(colleague), {"reason": "suspended"})
    assert response.url == f"/people/{colleague.person_id}/"
    assert "The role has ended." in client.get(response.url).content.decode()
    assert actor_for(colleague.person, clock.now()).roles == frozenset()
    (entry,) = entries("membership.end")
    assert entry.detail["reason"] == "suspended"
    assert entry.subject_id == str(colleague.person_id)


def test_a_role_that_was_ended_today_is_not_said_to_have_ended_yesterday(client, keeper, colleague) -> None:
    client.post(end(colleague), {"reason": "left"})
    page = client.get(f"/people/{colleague.person_id}/").content.decode()
    assert f"ended {date_format(today(), 'j M Y')}" in page
    assert date_format(today() - timedelta(days=1), "j M Y") not in page


def test_a_reason_is_asked_for(client, keeper, colleague) -> None:
    for data in ({}, {"reason": "because"}):
        response = client.post(end(colleague), {**data, "x": "1"})
        assert response.status_code == 200
        assert "govuk-error-summary" in response.content.decode()
    colleague.refresh_from_db()
    assert colleague.ends_on is None


def test_a_role_that_has_not_begun_never_does(client, keeper) -> None:
    future = MembershipFactory.create(agency=keeper.memberships.get().agency, starts_on=today() + timedelta(days=10))
    client.post(end(future), {"reason": "mistake"})
    future.refresh_from_db()
    assert future.ends_on == future.starts_on


def test_a_role_ends_once(client, keeper, colleague) -> None:
    client.post(end(colleague), {"reason": "left"})
    again = client.post(end(colleague), {"reason": "left"})
    assert again.status_code == 403
    assert "already ended" in again.content.decode()
    assert verbs().count("membership.end") == 1


def test_a_planned_end_can_come_earlier(keeper, colleague) -> None:
    colleague.ends_on = today() + timedelta(days=30)
    colleague.save()
    actions.end_membership(
        membership=colleague, reason=EndReason.LEFT, by=actor_for(keeper, clock.now()), now=clock.now()
    )
    colleague.refresh_from_db()
    assert colleague.ends_on == today()


def test_ones_own_role_is_somebody_elses_to_end(client, keeper) -> None:
    mine = keeper.memberships.get()
    response = client.post(end(mine), {"reason": "left"})
    assert response.status_code == 403
    assert "your own roles" in response.content.decode()


def test_changing_a_role_ends_one_and_starts_another(client, keeper, colleague) -> None:
    page = client.get(change(colleague)).content.decode()
    assert 'value="dsl"' in page
    for beyond in ("auditor", "administrator", "screener", "practitioner"):
        assert f'value="{beyond}"' not in page
    client.post(change(colleague), {"role": "dsl"})
    colleague.refresh_from_db()
    assert colleague.ends_on == today()
    new = Membership.objects.get(person=colleague.person, ends_on=None)
    assert (new.role, new.starts_on, new.agency_id) == ("dsl", today(), colleague.agency_id)
    assert verbs()[-2:] == ["membership.end", "membership.start"]


def test_a_role_that_was_not_offered_is_not_given(client, keeper, colleague) -> None:
    for role in ("auditor", "administrator", "practitioner", "screener"):
        assert client.post(change(colleague), {"role": role}).status_code == 200
    assert Membership.objects.filter(person=colleague.person).count() == 1


def test_a_role_held_already_is_not_given_again(client, keeper, colleague) -> None:
    MembershipFactory.create(person=colleague.person, agency=colleague.agency, role="dsl")
    response = client.post(change(colleague), {"role": "dsl"})
    assert response.status_code == 403
    colleague.refresh_from_db()
    assert colleague.ends_on is None, "nothing was half done"


def test_a_front_doors_role_asks_for_its_team(client, keeper, colleague) -> None:
    team = FrontDoorTeamFactory.create(agency=colleague.agency)
    other = FrontDoorTeamFactory.create()
    missing = client.post(change(colleague), {"role": "screener"})
    assert "Choose the front-door team" in missing.content.decode()
    assert client.post(change(colleague), {"role": "screener", "team": other.pk}).status_code == 200
    client.post(change(colleague), {"role": "screener", "team": team.pk})
    assert Membership.objects.get(person=colleague.person, ends_on=None).team == team


def test_an_action_refuses_a_team_of_another_agency(keeper, colleague) -> None:
    with pytest.raises(Refusal, match=r"membership\.team"):
        actions.change_role(
            membership=colleague,
            new_role=Role.SCREENER,
            team=FrontDoorTeamFactory.create(),
            by=actor_for(keeper, clock.now()),
            now=clock.now(),
        )


def test_an_account_page_says_so_when_there_is_no_role(client) -> None:
    client.force_login(PersonFactory.create())
    assert "You have no role today" in client.get("/account/").content.decode()


def test_a_name_is_text_and_never_markup(client, keeper) -> None:
    membership = MembershipFactory.create(agency=keeper.memberships.get().agency)
    membership.person.full_name = "<script>alert(1)</script>"
    membership.person.save()
    for address in ("/people/", f"/people/{membership.person_id}/", end(membership)):
        assert "<script>alert" not in client.get(address).content.decode()


def test_no_view_of_the_tree_reads_rows_past_the_selectors() -> None:
    found = [
        f"{path}:{number}"
        for path in Path(settings.ROOT).rglob("views*.py")
        if not {".venv", "node_modules"} & set(path.parts)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if ".objects" in line or "_default_manager" in line
    ]
    assert found == []
