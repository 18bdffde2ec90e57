"""The watch over approvals and over what nobody opens: one that is stuck stops no other, and operators see it."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import structlog.testing
from celery.exceptions import SoftTimeLimitExceeded
from django.template.loader import get_template
from django.utils import timezone

from accounts.models import FrontDoorTeam
from audit.domain.actor import Actor
from dispatch import keeping
from dispatch.actions import set_aside
from dispatch.models import OutboxRow
from dispatch.one_by_one import each_by_itself
from dispatch.selectors import failing
from referrals.casework import actions, tasks
from referrals.casework.handlers import SUBJECTS
from referrals.casework.models import Approval, ApprovalAnswer
from referrals.record import actions as records
from referrals.record.models import Referral, Submission
from referrals.routing import actions as routing
from referrals.routing import tasks as routing_tasks
from tests.casework.support import NOW, World, child_of, delivered, refused, routine, submit
from tests.factories import FrontDoorTeamFactory
from tests.packs import shipped
from thresholds.actions import publish

pytestmark = pytest.mark.django_db

ELSEWHERE = "stoke-on-trent"
OVERDUE = NOW + timedelta(hours=25)


def away(world: World) -> tuple[Referral, list[FrontDoorTeam]]:
    """A draft about a child who lives in another area, all of whose front doors receive here."""
    pack = shipped(ELSEWHERE)
    publish(pack=pack, by=Actor.system("tests"), now=NOW)
    teams = [FrontDoorTeamFactory.create(area=ELSEWHERE, front_door=door) for door in pack.doors_by_id]
    home = {"home_area": ELSEWHERE, "found_area": ELSEWHERE, "where_now": "At home", "safe_tonight": "yes"}
    referral, by = routine(world), world.by("teacher")
    moved = records.save_page(
        referral=referral, page="child-home", answers=home, version=1, by=by, now=NOW, person_id=child_of(referral).pk
    )
    assert moved.saved
    referral.refresh_from_db()
    return referral, teams


def stuck_before_good(world: World) -> tuple[Referral, Referral]:
    """Two that wait for approval: the first one's front doors have stopped receiving here meanwhile."""
    world.wants_approval()
    stuck, teams = away(world)
    submit(world, stuck)
    good = routine(world)
    submit(world, good, now=NOW + timedelta(minutes=1))
    for team in teams:
        team.delete()
    return stuck, good


def test_one_that_is_stuck_stops_no_other_and_operators_see_it(world: World):
    stuck, good = stuck_before_good(world)
    with structlog.testing.capture_logs() as logs:
        assert actions.lapse_overdue(now=OVERDUE) == 1
        assert actions.lapse_overdue(now=OVERDUE) == 0
    for referral in (stuck, good):
        referral.refresh_from_db()
    assert (stuck.state, good.state) == ("submitted", "sent")
    assert not ApprovalAnswer.objects.filter(approval__referral=stuck).exists()
    row = OutboxRow.objects.get(kind="lapse_approval")
    assert row.references == {"approval": str(Approval.objects.get(referral=stuck).pk)}
    assert [log["error"] for log in logs if log["event"] == "watch_failed"] == ["Refusal", "Refusal"]
    assert "Vale" not in str(logs)


@pytest.mark.django_db(transaction=True)
def test_what_was_stuck_is_tried_again_among_what_fails(world: World, monkeypatch):
    stuck_before_good(world)
    monkeypatch.setattr(timezone, "now", lambda: OVERDUE)
    actions.lapse_overdue(now=OVERDUE)
    row = OutboxRow.objects.get(kind="lapse_approval")
    keeping.keep(row.pk)
    assert list(failing()) == [row]


def test_chasing_goes_on_where_sending_is_stuck(world: World, monkeypatch):
    stuck_before_good(world)
    monkeypatch.setattr(timezone, "now", lambda: OVERDUE)
    tasks.watch_approvals()
    assert OutboxRow.objects.filter(kind="lapse_approval").count() == 1
    assert OutboxRow.objects.filter(references__template="approval_waiting").exists()


def test_what_no_front_door_would_receive_is_not_put_to_the_desk(world: World):
    world.wants_approval()
    referral, teams = away(world)
    for team in teams:
        team.delete()
    with refused("None of these front doors receives referrals through this system yet"):
        submit(world, referral)
    referral.refresh_from_db()
    assert referral.state == "draft"
    assert not Submission.objects.exists()


def test_an_alarm_that_fails_rolls_back_alone(world: World):
    first, second = (delivered(world, routine(world)) for _ in range(2))
    seen = []

    def act(intake_id):
        seen.append(intake_id)
        if intake_id == first.pk:
            OutboxRow.objects.all().update(key="x")  # the database refuses: keys are unique
        return 1

    total = each_by_itself([first.pk, second.pk], act, kind="raise_alarm", reference="intake", by=Actor.system("tests"))
    assert (total, seen) == (1, [first.pk, second.pk])
    assert OutboxRow.objects.get(kind="raise_alarm").references == {"intake": str(first.pk)}


FAILED = "raise-alarm:00000000-0000-0000-0000-000000000001"


def failing_round(error: type[Exception] = ValueError, subjects: tuple[UUID, ...] = (UUID(int=1),)) -> list[UUID]:
    """A round of a watch in which the first subject fails; return which were tried."""
    tried: list[UUID] = []

    def act(subject: UUID) -> int:
        tried.append(subject)
        if len(tried) == 1:
            raise error
        return 1

    with suppress(SoftTimeLimitExceeded):
        each_by_itself(subjects, act, kind="raise_alarm", reference="intake", by=Actor.system("tests"))
    return tried


def keys() -> list[str]:
    return list(OutboxRow.objects.filter(kind="raise_alarm").order_by("created_at").values_list("key", flat=True))


def test_what_fails_on_every_round_is_one_promise_until_it_is_done_with(db):
    failing_round()
    failing_round()
    assert keys() == [FAILED]
    OutboxRow.objects.update(state="done", done_at=timezone.now())
    failing_round()
    failing_round()
    assert keys() == [FAILED, f"{FAILED}:2"]
    OutboxRow.objects.filter(key=f"{FAILED}:2").update(state="parked", parked_at=timezone.now())
    failing_round()
    assert keys() == [FAILED, f"{FAILED}:2"], "an operator sees it already"


def test_what_an_operator_set_aside_is_shown_again_after_a_day(db, monkeypatch):
    operator = Actor(uuid4(), "Ola Grant", uuid4(), frozenset({"operator"}))
    failing_round()
    set_aside(row_id=OutboxRow.objects.get(key=FAILED).pk, reason="The door is being set up.", by=operator)
    failing_round()
    assert keys() == [FAILED]
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    failing_round()
    assert keys() == [FAILED, f"{FAILED}:2"]


def test_a_round_that_lasts_too_long_ends_and_what_it_was_at_is_tried_again(db):
    assert failing_round(SoftTimeLimitExceeded, (UUID(int=1), UUID(int=2))) == [UUID(int=1)]
    assert keys() == [FAILED]
    two = (UUID(int=1), UUID(int=2))
    assert failing_round(SoftTimeLimitExceeded, two) == [UUID(int=2)], "what hung comes last, and starves nobody"
    OutboxRow.objects.filter(key=FAILED).update(state="done", done_at=timezone.now())
    assert failing_round(ValueError, two) == [UUID(int=1), UUID(int=2)]


@pytest.mark.parametrize(
    ("task", "room", "hangs", "goes_on"),
    [
        (tasks.watch_approvals, actions, "lapse_overdue", "chase"),
        (routing_tasks.raise_alarms, routing, "raise_alarms", "raise_unseen_alarms"),
    ],
)
def test_a_watch_that_lasts_too_long_leaves_the_other_of_its_round_its_turn(monkeypatch, task, room, hangs, goes_on):
    done = []

    def hang(*, now):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(room, hangs, hang)
    monkeypatch.setattr(room, goes_on, lambda *, now: done.append(now))
    with pytest.raises(SoftTimeLimitExceeded):
        task()
    assert len(done) == 1


@pytest.mark.parametrize("name", sorted(SUBJECTS))
def test_every_e_mail_has_its_text(name):
    assert "/somewhere/" in get_template(f"email/{name}.txt").render({"link": "/somewhere/"})
