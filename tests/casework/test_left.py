"""What may mean harm and whose writers have all left: somebody hears, and never whom it may be about."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import Agency, Membership, Person
from dispatch import actions as dispatch
from dispatch import keeping, selectors
from dispatch.models import OutboxRow, SentAnotherWay
from dispatch.other_ways import ways_of
from dispatch.watching import tell_operators
from referrals.casework import actions
from referrals.casework.leaving import LIES
from referrals.record import actions as records
from referrals.record.models import Referral
from tests.casework.support import NOW, World, acting, ids, routine, submit, urgent
from tests.desks import signed_in, text_of
from tests.factories import MembershipFactory, person_with

pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(minutes=5)
ABOUT_DESK: dict[str, Any] = {"desk": {"about_desk": "yes"}}


@pytest.fixture
def operator(world: World) -> Person:
    return person_with(Role.OPERATOR)


def leaves(person: Person, *, closed: bool = False) -> None:
    if closed:
        Person.objects.filter(pk=person.pk).update(is_active=False)
    else:
        Membership.objects.filter(person=person).update(ends_on=NOW.date())


def watch() -> int:
    told = actions.watch_drafts(now=SOON)
    for row in OutboxRow.objects.filter(kind=LIES, state="due"):
        keeping.keep(row.pk)
    return told


def mailed(template: str) -> set[str]:
    return {str(row.references["person_id"]) for row in OutboxRow.objects.filter(references__template=template)}


def page_of(person: Person, address: str) -> str:
    answer: Any = signed_in(person).get(address)
    return text_of(answer)


def parked(operator: Person) -> bool:
    """Whether this operator has it before them."""
    page = page_of(operator, reverse("dispatch:operations"))
    row = OutboxRow.objects.filter(kind=LIES).first()
    return row is not None and str(row.pk)[:8] in page


@pytest.mark.parametrize("closed", [True, False], ids=["account closed", "last role ended"])
@pytest.mark.parametrize("desk", [{"about_desk": "yes"}, {"about_desk": "not_sure"}, {}], ids=["yes", "not sure", "-"])
def test_operators_hear_at_once_where_the_desk_must_not(world: World, operator: Person, closed: bool, desk):
    referral = urgent(world, desk=desk)
    assert actions.watch_drafts(now=NOW) == 0
    leaves(world.teacher, closed=closed)
    assert watch() == 1
    row = OutboxRow.objects.get(kind=LIES)
    assert (row.state, row.last_error) == ("parked", "referrals.casework.handlers.LiesUnheard")
    for template in ("draft_alert_desk", "left_here", "left_held"):
        assert mailed(template) == set()
    assert mailed("left_operators") == ids(operator)
    ways = ways_of(row, now=NOW)
    assert ways is not None
    assert referral.reference in ways.say
    assert any(line.number for line in ways.lines)
    for word in ("Vale", "Robin", "bruise"):
        assert word not in ways.say
    assert parked(operator)


def test_it_is_promised_once_and_an_operator_ends_it_by_saying_whom_they_told(world: World, operator: Person):
    urgent(world, **ABOUT_DESK)
    leaves(world.teacher)
    assert [watch(), watch()] == [1, 0]
    row = OutboxRow.objects.get(kind=LIES)
    address = reverse("dispatch:another_way", args=[row.pk])
    assert "Ask them to reach the author" in page_of(operator, address)
    signed_in(operator).post(address, {"to_whom": "Duty worker, 10.20"})
    assert SentAnotherWay.objects.get(row=row).to_whom == "Duty worker, 10.20"
    assert not selectors.parked().exists()
    assert actions.watch_drafts(now=NOW + timedelta(days=2)) == 1
    assert OutboxRow.objects.get(kind=LIES).state == "set_aside"


def test_once_it_has_gone_trying_again_ends_it(world: World, operator: Person):
    referral = urgent(world, **ABOUT_DESK)
    leaves(world.teacher)
    watch()
    Membership.objects.filter(person=world.teacher).update(ends_on=None)
    submit(world, Referral.objects.get(pk=referral.pk))
    row = OutboxRow.objects.get(kind=LIES)
    dispatch.retry_now(row_id=row.pk, by=acting(operator))
    keeping.keep(row.pk)
    row.refresh_from_db()
    assert row.state == "done"


def test_where_somebody_was_there_again_and_left_again_it_is_told_of_anew(world: World, operator: Person):
    urgent(world, **ABOUT_DESK)
    leaves(world.teacher)
    watch()
    Membership.objects.filter(person=world.teacher).update(ends_on=None)
    row = OutboxRow.objects.get(kind=LIES)
    dispatch.retry_now(row_id=row.pk, by=acting(operator))
    keeping.keep(row.pk)
    back = SOON + timedelta(days=1)
    actions.watch_drafts(now=back)
    leaves(world.teacher)
    assert actions.watch_drafts(now=back + timedelta(minutes=5)) == 1
    assert sorted(OutboxRow.objects.filter(kind=LIES).values_list("state", flat=True)) == ["done", "due"]
    assert OutboxRow.objects.filter(references__template="left_operators").count() == 2


def test_when_the_desk_that_saw_it_goes_too_it_is_heard_of_within_the_hour(world: World, operator: Person):
    urgent(world)
    leaves(world.teacher)
    assert watch() == 0
    for person in (world.dsl, world.deputy):
        leaves(person)
    actions.watch_drafts(now=SOON + timedelta(hours=1))
    assert OutboxRow.objects.filter(kind=LIES).exists()


def test_in_an_agency_that_is_closed_nobody_is_there_to_hear(world: World, operator: Person):
    urgent(world)
    Agency.objects.filter(pk=world.school.pk).update(is_active=False)
    assert watch() == 1
    assert parked(operator)


def test_whoever_shares_it_and_is_there_hears_of_it_as_before(world: World, operator: Person):
    referral = urgent(world, **ABOUT_DESK)
    actions.share_draft(referral=referral, person=world.colleague, by=world.by("teacher"), now=NOW)
    leaves(world.teacher)
    watch()
    assert not OutboxRow.objects.filter(kind=LIES).exists()
    actions.watch_drafts(now=NOW + timedelta(hours=4))
    assert mailed("draft_alert") == ids(world.colleague, world.teacher)


def test_a_desk_that_may_see_it_hears_and_nobody_else(world: World, operator: Person):
    referral = urgent(world)
    records.exclude_person(referral=referral, person=world.dsl, by=world.by("teacher"), now=NOW)
    leaves(world.teacher)
    watch()
    assert not OutboxRow.objects.filter(kind=LIES).exists()
    actions.watch_drafts(now=NOW + timedelta(hours=4))
    assert mailed("draft_alert_desk") == ids(world.deputy)


def test_where_no_desk_is_left_those_who_keep_the_agency_hear_but_nobody_who_is_kept_out(
    world: World, operator: Person
):
    referral = urgent(world)
    admin, kept_out = (person_with(Role.AGENCY_ADMINISTRATOR, agency=world.school) for _ in range(2))
    records.exclude_person(referral=referral, person=kept_out, by=world.by("teacher"), now=NOW)
    for person in (world.teacher, world.dsl, world.deputy):
        leaves(person)
    assert watch() == 3
    assert mailed("left_here") == ids(world.manager, admin)
    assert parked(operator)


def test_where_one_of_the_desk_is_kept_out_nobody_is_told_who_would_ask_them(world: World, operator: Person):
    referral = urgent(world)
    records.exclude_person(referral=referral, person=world.dsl, by=world.by("teacher"), now=NOW)
    for person in (world.teacher, world.deputy):
        leaves(person)
    assert watch() == 1
    assert mailed("left_here") == set()
    assert parked(operator)


def test_whoever_held_it_before_hears_and_can_read_it(world: World, operator: Person):
    referral = urgent(world, **ABOUT_DESK)
    actions.offer_draft(referral=referral, person=world.colleague, words="Away.", by=world.by("teacher"), now=NOW)
    offer = referral.offers.get()
    actions.answer_offer(offer=offer, accept=True, why="", by=world.by("colleague"), now=NOW)
    leaves(world.colleague)
    assert watch() == 2
    assert mailed("left_held") == ids(world.teacher)
    assert parked(operator)


def test_an_operator_whom_it_is_about_or_who_wrote_it_sees_nothing_of_it(world: World, operator: Person):
    referral = urgent(world, **ABOUT_DESK)
    about, wrote = person_with(Role.OPERATOR), world.teacher
    near = person_with(Role.OPERATOR, agency=world.school)
    records.exclude_person(referral=referral, person=about, by=world.by("teacher"), now=NOW)
    MembershipFactory.create(person=wrote, agency=about.memberships.get().agency, role=Role.OPERATOR)
    Membership.objects.filter(person=wrote, agency=world.school).update(ends_on=NOW.date())
    watch()
    row = OutboxRow.objects.get(kind=LIES)
    tell_operators(now=timezone.now())
    assert mailed("left_operators") == mailed("work_waits") == ids(operator)
    for person in (about, wrote, near):
        browser = signed_in(person)
        assert not parked(person)
        assert "1 parked" not in page_of(person, reverse("dispatch:operations"))
        assert "waits for an operator" not in page_of(person, reverse("dispatch:operations"))
        for name in ("row", "another_way"):
            assert browser.get(reverse(f"dispatch:{name}", args=[row.pk])).status_code == 404
        for name in ("retry", "set_aside", "another_way"):
            answer = browser.post(reverse(f"dispatch:{name}", args=[row.pk]), {"reason": "x", "to_whom": "x"})
            assert answer.status_code == 404
    assert parked(operator)
    assert OutboxRow.objects.get(pk=row.pk).state == "parked"


def test_an_operator_of_the_agency_sees_it_where_there_is_no_other_and_not_from_its_desk(world: World):
    urgent(world, **ABOUT_DESK)
    here, near = (person_with(Role.OPERATOR, agency=world.school) for _ in range(2))
    MembershipFactory.create(person=near, agency=world.school, role=Role.LINE_MANAGER)
    leaves(world.teacher)
    watch()
    assert parked(here)
    assert not parked(near)


def test_nobody_gets_to_see_it_by_ending_their_role_at_the_agency(world: World, operator: Person):
    urgent(world, **ABOUT_DESK)
    MembershipFactory.create(person=world.dsl, agency=operator.memberships.get().agency, role=Role.OPERATOR)
    Membership.objects.filter(person=world.dsl, agency=world.school).update(ends_on=NOW.date())
    leaves(world.teacher)
    watch()
    assert parked(operator)
    assert not parked(world.dsl)


def test_an_operator_of_an_agency_that_is_closed_stands_in_nobody_s_way(world: World):
    urgent(world, **ABOUT_DESK)
    here, gone = person_with(Role.OPERATOR, agency=world.school), person_with(Role.OPERATOR)
    Agency.objects.filter(memberships__person=gone).update(is_active=False)
    leaves(world.teacher)
    watch()
    assert parked(here)


def test_an_e_mail_about_it_that_fails_is_no_sign_of_it_to_whom_it_is_kept_from(world: World, operator: Person):
    referral = urgent(world, **ABOUT_DESK)
    about, beside = person_with(Role.OPERATOR), person_with(Role.OPERATOR)
    records.exclude_person(referral=referral, person=about, by=world.by("teacher"), now=NOW)
    leaves(world.teacher)
    watch()
    row = OutboxRow.objects.get(references__template="left_operators", references__person_id=str(operator.pk))
    OutboxRow.objects.filter(pk=row.pk).update(state="parked", parked_at=NOW)
    page = reverse("dispatch:row", args=[row.pk])
    assert "Background work" in page_of(about, reverse("dispatch:operations"))
    assert str(row.pk)[:8] not in page_of(about, reverse("dispatch:operations"))
    assert signed_in(about).get(page).status_code == 404
    for person in (operator, beside):
        assert str(row.pk)[:8] in page_of(person, reverse("dispatch:operations"))
        assert signed_in(person).get(page).status_code == 200


def test_telling_operators_asks_no_more_for_each_of_them(world: World, operator: Person):
    urgent(world, **ABOUT_DESK)
    leaves(world.teacher)
    watch()
    counts = []
    for turn in range(2):
        with CaptureQueriesContext(connection) as caught:
            tell_operators(now=NOW + timedelta(hours=turn))
        counts.append(len(caught))
        for _ in range(4):
            person_with(Role.OPERATOR)
    assert counts[0] == counts[1]


def test_where_harm_is_ruled_out_nobody_is_told(world: World, operator: Person):
    routine(world, **ABOUT_DESK)
    leaves(world.teacher)
    assert watch() == 0
    assert not OutboxRow.objects.filter(kind=LIES).exists()


def test_what_was_finished_and_is_with_no_front_door_is_heard_of_too(world: World, operator: Person):
    referral = urgent(world, **ABOUT_DESK)
    for team in (world.team, world.night):
        type(team).objects.filter(pk=team.pk).update(front_door=f"gone-{team.front_door}")
    actions.submit(referral=referral, by=world.by("teacher"), now=NOW, token=referral.pk, reach_it_myself=True)
    leaves(world.teacher)
    assert watch() == 1
    assert parked(operator)


def test_whoever_ends_a_role_reads_what_lies_with_the_person_as_far_as_they_may_know(world: World):
    urgent(world)
    urgent(world, **ABOUT_DESK)
    about_admin = urgent(world)
    admin = person_with(Role.AGENCY_ADMINISTRATOR, agency=world.school)
    records.exclude_person(referral=about_admin, person=admin, by=world.by("teacher"), now=NOW)
    post = world.teacher.memberships.get()
    address = reverse("accounts:end_membership", args=[post.pk])
    assert "They have a draft at this agency that may be urgent" in page_of(admin, address)
    central = person_with(Role.ADMINISTRATOR)
    assert "They have 2 drafts at this agency that may be urgent" in page_of(central, address)
    MembershipFactory.create(person=world.teacher, agency=world.school, role=Role.LEAD_PROFESSIONAL)
    assert "may be urgent" not in page_of(admin, address)


def test_whoever_ends_a_role_reads_of_no_draft_that_is_kept_from_one_of_the_desk(world: World):
    referral = urgent(world)
    records.exclude_person(referral=referral, person=world.dsl, by=world.by("teacher"), now=NOW)
    admin = person_with(Role.AGENCY_ADMINISTRATOR, agency=world.school)
    post = world.teacher.memberships.get()
    page = page_of(admin, reverse("accounts:end_membership", args=[post.pk]))
    assert "A draft reaches nobody." in page
    assert "may be urgent" not in page
