"""Times: people are told before one is over and when it is; and more time."""

from datetime import datetime, timedelta

import pytest

from audit.domain.refusal import NotYours
from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.casework.people import desk_of_agency
from referrals.casework.selectors import timeline, unheard_of
from referrals.record.models import Referral
from referrals.routing import actions as routing
from referrals.routing.domain.limits import OUTCOME, SCREENING
from referrals.routing.models import Clock, ClockNotice, Extension, Intake
from tests.casework.handing import ELSEWHERE, There, mails, offer
from tests.casework.support import (
    EVENING,
    LATER,
    NOW,
    World,
    claimed,
    decide,
    decided,
    delivered,
    ids,
    refused,
    routine,
    states,
    submit,
    urgent,
    verbs,
)
from tests.packs import shipped
from tests.routing.test_limits import limit
from thresholds.actions import publish
from thresholds.domain.duties import Unit

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


# Told before, and when it is over ------------------------------------------------------------------------------------


def test_the_front_door_is_warned_and_the_referrer_told_when_they_hear_nothing(world: World):
    intake = claimed(world, routine(world))
    clock = intake.clocks.get(deadline="nat-acknowledge")
    assert actions.watch_clocks(now=clock.warn_at - timedelta(seconds=1)) == 0
    assert actions.watch_clocks(now=clock.warn_at) == 1
    assert mails("time_before_here") == ids(world.screener)
    assert not mails("not_heard")
    assert actions.watch_clocks(now=clock.due_at) == 0, "what is done at that very moment is in time"
    assert actions.watch_clocks(now=clock.due_at + timedelta(seconds=1)) == 1
    assert mails("time_late_here") == ids(world.screener, world.head)
    assert mails("not_heard") == ids(world.teacher, world.dsl, world.deputy)
    assert actions.watch_clocks(now=clock.due_at + timedelta(minutes=5)) == 0
    assert [(one.kind, one.people) for one in clock.notices.order_by("at")] == [("before", 1), ("late", 5)]
    assert verbs(intake.referral_id)[-1] == "time.late"


def test_where_nobody_holds_it_the_whole_front_door_is_warned(world: World):
    intake = delivered(world, routine(world))
    actions.watch_clocks(now=intake.clocks.get(deadline="nat-acknowledge").warn_at)
    assert mails("time_before_here") == ids(world.screener, world.worker, world.head)


def test_nothing_is_told_of_what_is_decided_and_nobody_is_told_who_must_not_be(world: World):
    done = decided(world, routine(world))
    about_desk = delivered(world, routine(world, desk={"about_desk": "yes"}))
    late = about_desk.clocks.get(deadline="nat-acknowledge").due_at + timedelta(minutes=1)
    actions.watch_clocks(now=late)
    assert mails("not_heard") == ids(world.teacher)
    assert not ClockNotice.objects.filter(clock__intake=done).exists()


def test_at_a_front_door_without_a_statutory_time_the_outcome_is_waited_for(world: World):
    referral = urgent(world)
    submit(world, referral, now=EVENING)
    for intake in Intake.objects.filter(referral=referral):
        routing.arrive(intake_id=intake.pk, now=EVENING)
    night = Intake.objects.get(referral=referral, front_door="emergency-duty-team")
    clock = night.clocks.get()
    assert (clock.deadline, clock.statutory) == (OUTCOME, False)
    assert night.pk in {one.intake.pk for one in unheard_of(referral, now=clock.due_at + DAY) if one.late}
    assert not [one for one in unheard_of(referral, now=EVENING) if one.late]
    actions.watch_clocks(now=clock.due_at + timedelta(seconds=1))
    assert str(world.elsewhere.pk) in mails("time_late_here")
    assert ids(world.teacher) <= mails("not_heard")


def test_what_another_front_door_decided_for_every_child_is_heard(world: World):
    referral = urgent(world)
    submit(world, referral, now=EVENING)
    for intake in Intake.objects.filter(referral=referral):
        routing.arrive(intake_id=intake.pk, now=EVENING)
    night = Intake.objects.get(referral=referral, front_door="emergency-duty-team")
    office = Intake.objects.get(referral=referral, front_door="family-connect")
    held = routing.claim(intake=office, by=world.by("screener"), now=EVENING)
    decide(world, held)
    actions.watch_clocks(now=night.clocks.get().due_at + timedelta(minutes=1))
    assert not mails("not_heard")
    assert str(world.elsewhere.pk) in mails("time_late_here"), "it still lies in their queue"
    assert unheard_of(referral, now=LATER + 10 * DAY) == ()


def test_a_time_of_the_writers_own_is_told_to_them_and_when_it_is_over_to_their_desk(world: World):
    referral = delivered(world, urgent(world)).referral
    own = Clock.objects.create(
        referral=referral,
        deadline="tw-form-after-call",
        name="Send the form",
        who="the practitioner",
        statutory=False,
        outer_limit=False,
        citation={},
        started_at=NOW,
        warn_at=NOW + timedelta(hours=3),
        due_at=NOW + timedelta(hours=4),
    )
    actions.watch_clocks(now=own.warn_at)
    assert mails("time_before_own") == ids(world.teacher)
    actions.watch_clocks(now=own.due_at + timedelta(seconds=1))
    assert mails("time_late_own") == ids(world.teacher, world.dsl, world.deputy)


def test_what_was_handed_over_is_told_of_where_it_is_from_the_first_receipt(world: World, there: There):
    gone = claimed(world, routine(world))
    accepted = actions.accept_transfer(intake=offer(world, gone, there), by=there.by("screener"), now=LATER)
    first, second = (one.clocks.get(deadline="nat-acknowledge") for one in (gone, accepted))
    assert (second.started_at, second.due_at) == (first.started_at, first.due_at), "the clock is of the first receipt"
    actions.watch_clocks(now=second.due_at + timedelta(minutes=1))
    assert {one.clock.intake_id for one in ClockNotice.objects.all()} == {accepted.pk}


def test_one_that_cannot_be_told_of_stops_no_other_and_operators_see_it(world: World, monkeypatch):
    first, second = delivered(world, routine(world)), delivered(world, routine(world))
    real = desk_of_agency

    def broken(referral: Referral, *, now: datetime, **more):
        if referral.pk == first.referral_id:
            raise RuntimeError
        return real(referral, now=now, **more)

    monkeypatch.setattr("referrals.casework.actions.watching_clocks.desk_of_agency", broken)
    late = first.clocks.get(deadline="nat-acknowledge").due_at + timedelta(minutes=1)
    actions.watch_clocks(now=late)
    assert {one.clock.intake_id for one in ClockNotice.objects.all()} == {second.pk}
    assert OutboxRow.objects.get(kind="tell_of_times").references == {"referral": str(first.referral_id)}


# Screening ------------------------------------------------------------------------------------------------------------


def test_a_rating_starts_its_time_from_the_receipt_and_another_one_moves_it(world: World):
    states(world, limit(SCREENING["red"], 4, Unit.HOURS), limit(SCREENING["amber"], 24, Unit.WORKING_HOURS))
    intake = delivered(world, routine(world))
    routing.rate(intake=intake, rag="amber", by=world.by("screener"), now=LATER)
    clock = intake.clocks.get(deadline="screen-amber")
    assert (clock.started_at, clock.statutory) == (NOW, False)
    routing.rate(intake=intake, rag="red", by=world.by("screener"), now=LATER)
    red = intake.clocks.get(deadline="screen-red")
    assert red.pk == clock.pk
    assert red.due_at == NOW + timedelta(hours=4)
    routing.rate(intake=intake, rag="green", by=world.by("screener"), now=LATER)
    red.refresh_from_db()
    assert red.stopped_at == LATER, "for green nothing is stated"
    routing.rate(intake=intake, rag="red", by=world.by("screener"), now=LATER + timedelta(minutes=1))
    red.refresh_from_db()
    again = intake.clocks.get(deadline="screen-red")
    assert (again.pk, again.stopped_at, again.due_at) == (clock.pk, None, NOW + timedelta(hours=4))
    assert intake.clocks.get(deadline="nat-acknowledge").stopped_at is None


def test_a_partnership_that_states_none_has_none(world: World):
    intake = delivered(world, routine(world))
    before = set(intake.clocks.values_list("deadline", flat=True))
    routing.rate(intake=intake, rag="red", by=world.by("screener"), now=LATER)
    assert set(intake.clocks.values_list("deadline", flat=True)) == before


def test_what_was_handed_over_is_screened_from_the_first_receipt(world: World, there: There):
    gone = claimed(world, routine(world))
    accepted = actions.accept_transfer(intake=offer(world, gone, there), by=there.by("screener"), now=LATER)
    pack = shipped(ELSEWHERE)
    changed = pack.model_copy(update={"deadlines": (*pack.deadlines, limit(SCREENING["red"], 4, Unit.HOURS))})
    publish(pack=changed, by=world.by("worker"), now=NOW, revise=True)
    routing.rate(intake=accepted, rag="red", by=there.by("screener"), now=LATER)
    assert accepted.clocks.get(deadline="screen-red").due_at == NOW + timedelta(hours=4)


# More time ------------------------------------------------------------------------------------------------------------


def test_more_time_is_given_with_the_reason_told_and_warned_of_anew(world: World):
    intake = claimed(world, routine(world))
    clock = intake.clocks.get(deadline=OUTCOME)
    first = clock.due_at
    actions.watch_clocks(now=clock.warn_at)
    longer = first + 2 * DAY
    extension = actions.extend_time(
        intake=intake,
        clock=clock,
        due_at=longer,
        why="The school is on strike.",
        by=world.by("head"),
        now=clock.warn_at,
    )
    clock.refresh_from_db()
    assert (extension.before, clock.due_at) == (first, longer)
    assert clock.warn_at > extension.at
    assert mails("time_extended") == ids(world.teacher, world.dsl, world.deputy)
    assert any(item.why == "The school is on strike." for item in timeline(intake.referral, front_door=False))
    actions.watch_clocks(now=clock.warn_at)
    assert list(clock.notices.filter(kind="before").values_list("due_at", flat=True).order_by("due_at")) == [
        first,
        longer,
    ]
    assert "time.extend" in verbs(intake.referral_id)


@pytest.mark.parametrize(
    ("who", "words"),
    [("screener", "social worker or the manager"), ("worker", None), ("head", None)],
)
def test_only_who_decides_gives_more_time(world: World, who, words):
    intake = claimed(world, routine(world))
    clock = intake.clocks.get(deadline=OUTCOME)

    def extend():
        actions.extend_time(
            intake=intake, clock=clock, due_at=clock.due_at + DAY, why="More to read.", by=world.by(who), now=LATER
        )

    if words is None:
        extend()
    else:
        with refused(words):
            extend()
    assert Extension.objects.exists() is (words is None)


def test_nobody_extends_a_statutory_time_or_without_reason_or_backwards_or_at_another_door(world: World, there: There):
    intake = claimed(world, routine(world))
    outcome = intake.clocks.get(deadline=OUTCOME)
    more = outcome.due_at + DAY
    for deadline in ("nat-acknowledge", "nat-assessment"):
        clock = intake.clocks.get(deadline=deadline)
        with refused("statutory"):
            actions.extend_time(
                intake=intake, clock=clock, due_at=clock.due_at + DAY, why="Busy.", by=world.by("head"), now=LATER
            )
    with refused("Say why"):
        actions.extend_time(intake=intake, clock=outcome, due_at=more, why=" ", by=world.by("head"), now=LATER)
    with refused("later than the present"):
        actions.extend_time(
            intake=intake, clock=outcome, due_at=outcome.due_at, why="Busy.", by=world.by("head"), now=LATER
        )
    for by in (world.by("teacher"), world.by("elsewhere"), there.by("worker")):
        with pytest.raises(NotYours):
            actions.extend_time(intake=intake, clock=outcome, due_at=more, why="Busy.", by=by, now=LATER)
    other = claimed(world, routine(world)).clocks.get(deadline=OUTCOME)
    with pytest.raises(NotYours):
        actions.extend_time(intake=intake, clock=other, due_at=more, why="Busy.", by=world.by("head"), now=LATER)
    assert not Extension.objects.exists()
