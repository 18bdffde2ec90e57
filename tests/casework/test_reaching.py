"""Where no front door of the plan receives through this system: kept, copied, and reached by its writers themselves."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import FrontDoorTeam
from audit.domain.refusal import NotYours
from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.casework.models import Approval
from referrals.casework.selectors import desk_of, goes_at, latest_approval
from referrals.documents.domain.copying import copy_key
from referrals.record.models import Referral, Submission
from referrals.routing.models import Intake
from tests.casework.support import LATER, NOW, World, refused, routine, submit, urgent, verbs

pytestmark = pytest.mark.django_db

HOW = "Rang the duty team at 15:20, spoke to Nell; she takes it on."


@pytest.fixture
def alone(world: World) -> World:
    """A world where no front door receives here."""
    for team in FrontDoorTeam.objects.all():
        FrontDoorTeam.objects.filter(pk=team.pk).update(front_door=f"not-{team.front_door}")
    return world


def finish(world: World, referral: Referral) -> Submission:
    return actions.submit(referral=referral, by=world.by("teacher"), now=NOW, token=uuid4(), reach_it_myself=True)


@pytest.mark.parametrize("make", [urgent, routine])
def test_it_is_frozen_and_copied_and_reaches_nobody(make, alone: World):
    alone.wants_approval()
    referral = make(alone)
    assert not actions.prepare(referral=referral, now=NOW).reaches_somebody
    submission = finish(alone, referral)
    referral.refresh_from_db()
    assert referral.state == "submitted"
    assert OutboxRow.objects.filter(key=copy_key(submission.pk)).exists()
    assert not Intake.objects.exists()
    assert not Approval.objects.exists()
    told = OutboxRow.objects.filter(references__template="not_sent").values_list("references__person_id", flat=True)
    assert set(told) == {str(alone.dsl.pk), str(alone.deputy.pk)}


def test_without_saying_so_nothing_is_submitted(alone: World):
    referral = urgent(alone)
    with refused("Ring them"):
        submit(alone, referral)
    referral.refresh_from_db()
    assert referral.state == "draft"


def test_whom_they_reached_is_recorded_and_ends_it(alone: World):
    referral = urgent(alone)
    finish(alone, referral)
    closed = actions.hand_over(referral=referral, how=HOW, by=alone.by("teacher"), now=LATER)
    assert closed.state == "closed"
    change = referral.changes.get(verb="hand_over")
    assert (change.why, change.by, change.at) == (HOW, alone.teacher, LATER)
    assert "referral.hand_over" in verbs(referral.pk)


def test_it_can_be_sent_once_a_front_door_receives(alone: World):
    referral = urgent(alone)
    finish(alone, referral)
    with refused("Ring them"):
        actions.send_without_waiting(referral=referral, by=alone.by("teacher"), now=LATER)
    FrontDoorTeam.objects.filter(pk=alone.team.pk).update(front_door="family-connect")
    assert actions.send_without_waiting(referral=referral, by=alone.by("teacher"), now=LATER).state == "sent"


def test_who_may_and_what_has_to_be_said(world: World):
    world.wants_approval()
    waiting, sent = routine(world), urgent(world)
    submit(world, waiting)
    submit(world, sent)
    with refused("It waits for an approval"):
        actions.hand_over(referral=waiting, how=HOW, by=world.by("teacher"), now=LATER)
    with refused("has been sent"):
        actions.hand_over(referral=sent, how=HOW, by=world.by("teacher"), now=LATER)


def test_a_reason_is_needed_and_strangers_see_nothing(alone: World):
    referral = urgent(alone)
    finish(alone, referral)
    with refused("Say why"):
        actions.hand_over(referral=referral, how=" ", by=alone.by("teacher"), now=LATER)
    with pytest.raises(NotYours):
        actions.hand_over(referral=referral, how=HOW, by=alone.by("stranger"), now=LATER)


def test_where_a_front_door_receives_the_button_sends(world: World):
    referral = urgent(world)
    finish(world, referral)
    referral.refresh_from_db()
    assert referral.state == "sent"


HOUR = timedelta(hours=1)


def watch(*hours: int) -> list[int]:
    return [actions.watch_drafts(now=NOW + one * HOUR) for one in hours]


def mailed(template: str) -> set[str]:
    rows = OutboxRow.objects.filter(references__template=template)
    return {str(row.references["person_id"]) for row in rows}


@pytest.mark.parametrize("make", [urgent, routine])
def test_what_reaches_nobody_alerts_its_author_and_the_desk_until_somebody_was_reached(make, alone: World):
    referral = make(alone)
    finish(alone, referral)
    assert watch(3, 4, 5, 27, 28) == [0, 3, 0, 0, 3]
    assert mailed("unreached") == {str(alone.teacher.pk)}
    assert mailed("unreached_desk") == {str(alone.dsl.pk), str(alone.deputy.pk)}
    desk = desk_of(alone.by("dsl"), now=LATER)
    assert ([item.referral for item in desk.unreached], desk.waiting) == ([referral], ())
    assert watch(24 * 400) == [3]
    actions.hand_over(referral=referral, how=HOW, by=alone.by("teacher"), now=NOW + 24 * 400 * HOUR)
    assert watch(24 * 500) == [0]


def test_where_the_desk_must_not_see_it_its_author_alone_is_alerted(alone: World):
    finish(alone, urgent(alone, desk={"about_desk": "yes"}))
    assert watch(4) == [1]
    assert mailed("unreached") == {str(alone.teacher.pk)}


def test_what_waits_for_an_approval_is_chased_there_and_alerts_once_the_wait_ends_in_vain(world: World):
    world.wants_approval()
    referral = routine(world)
    submit(world, referral)
    assert watch(23) == [0]
    FrontDoorTeam.objects.filter(pk=world.team.pk).update(front_door="gone")
    FrontDoorTeam.objects.filter(pk=world.night.pk).update(front_door="gone-too")
    closed = actions.close_to_desk(referral=referral, why="It is about her.", by=world.by("teacher"), now=LATER)
    assert closed.state == "submitted"
    assert watch(24) == [1]
    assert mailed("unreached") == {str(world.teacher.pk)}


def test_what_could_not_go_when_its_time_was_over_is_chased_every_day_and_no_page_says_that_it_goes(world: World):
    world.wants_approval()
    referral = routine(world)
    submit(world, referral)
    for team in (world.team, world.night):
        FrontDoorTeam.objects.filter(pk=team.pk).update(front_door=f"gone-{team.front_door}")
    for hours in (12, 24, 48):
        now = NOW + hours * HOUR
        assert actions.lapse_overdue(now=now) == 0
        actions.chase(now=now)
    rows = OutboxRow.objects.filter(references__template="approval_waiting")
    told = Counter(str(row.references["person_id"]) for row in rows)
    assert told == {str(world.dsl.pk): 3, str(world.deputy.pk): 3, str(world.teacher.pk): 1}
    approval = latest_approval(referral)
    assert approval is not None
    assert goes_at(approval, now=NOW) == NOW + 24 * HOUR
    assert goes_at(approval, now=NOW + 24 * HOUR) is None
