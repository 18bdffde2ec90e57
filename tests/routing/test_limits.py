"""Times that a partnership sets itself, warnings before they are over, who is told, and giving them more."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audit.domain.refusal import Refusal
from referrals.routing.domain.clocks import (
    ClockState,
    Notice,
    deadlines_from_receipt,
    notice_due,
    open_time,
    state_of,
    stated_hours,
    times,
    until,
)
from referrals.routing.domain.extending import Running, can_be_extended, check_extendable, check_longer
from referrals.routing.domain.limits import (
    ACKNOWLEDGE,
    DISAGREEMENT,
    HEARD,
    OUTCOME,
    OWN,
    PARTNER_RETURN,
    REGISTRATION,
    REVIEW,
    SCREENING,
    SIDE_NAMES,
    UNSTATED_OUTCOME,
    Side,
    runs_on,
    stated,
    told_of,
)
from tests.routing.plans import HOLIDAYS, PACKS, TELFORD
from tests.routing.test_clocks import FAMILY_CONNECT, HOURS, MOMENTS, london
from thresholds.bank_holidays import bank_holidays
from thresholds.domain.duties import Deadline, Event, Unit
from thresholds.domain.parts import Citation

SOURCE = Citation(document="working-together", section="made up for a test")


def limit(key: str, amount: int | None, unit: Unit | None, after: Event = Event.REFERRAL, **more) -> Deadline:
    given = {"statutory": False, "citation": SOURCE, **more}
    return Deadline(id=key, name="A time", who="somebody", amount=amount, unit=unit, after=after, **given)


RED = limit(SCREENING["red"], 4, Unit.HOURS)
AMBER = limit(SCREENING["amber"], 24, Unit.WORKING_HOURS)


def with_limits(*limits: Deadline):
    return TELFORD.model_copy(update={"deadlines": (*TELFORD.deadlines, *limits)})


@pytest.mark.parametrize("area", sorted(PACKS))
def test_no_area_states_one_and_none_is_made_up_but_for_the_outcome(area):
    pack = PACKS[area]
    assert not [key for key in OWN if stated(pack, key)]
    for door in pack.front_doors:
        (outcome,) = [one for one in deadlines_from_receipt(pack, door) if one.id in OWN]
        assert outcome is UNSTATED_OUTCOME


def test_what_a_partnership_states_counts_and_starts_only_where_it_belongs():
    registration, own = limit(REGISTRATION, 5, Unit.WORKING_DAYS), limit(OUTCOME, 2, Unit.WORKING_DAYS)
    pack = with_limits(RED, registration, own, limit(REVIEW, 30, Unit.WORKING_DAYS, Event.EARLY_HELP_STARTED))
    there = [one.id for one in deadlines_from_receipt(pack, FAMILY_CONNECT)]
    assert there == ["nat-acknowledge", "nat-assessment", OUTCOME]
    assert deadlines_from_receipt(pack, FAMILY_CONNECT)[-1] is own
    team = pack.doors_by_id["strengthening-families"]
    assert [one.id for one in deadlines_from_receipt(pack, team, assessment=True)] == [OUTCOME, REGISTRATION]


def test_a_time_without_an_amount_is_not_stated():
    assert stated(with_limits(limit(SCREENING["green"], None, None)), SCREENING["green"]) is None


@pytest.mark.parametrize(
    ("deadline", "received", "due"),
    [
        # Red runs on after the office has closed, over the weekend, over Christmas.
        (RED, (2026, 11, 3, 16), (2026, 11, 3, 20)),
        (RED, (2026, 11, 6, 16), (2026, 11, 6, 20)),
        (RED, (2026, 12, 24, 23), (2026, 12, 25, 3)),
        # Amber stands still while the door is closed: three days of eight hours.
        (AMBER, (2026, 11, 3, 9), (2026, 11, 5, 17)),
        (AMBER, (2026, 11, 6, 12), (2026, 11, 11, 12)),
        # The bank holidays of Christmas, and the weekend between them.
        (AMBER, (2026, 12, 24, 9), (2026, 12, 30, 17)),
        # Good Friday and Easter Monday.
        (AMBER, (2026, 4, 2, 9), (2026, 4, 8, 17)),
    ],
)
def test_red_runs_on_and_the_others_stand_still(deadline, received, due):
    when = times(deadline, london(*received), FAMILY_CONNECT, bank_holidays())
    assert when is not None
    assert when.due_at == london(*due)
    assert runs_on(deadline) is (deadline is RED)


def test_working_hours_of_a_door_that_states_none_have_no_time():
    assert times(AMBER, london(2026, 11, 3, 9), PACKS["bury"].doors_by_id["mash"], HOLIDAYS) is None


@given(MOMENTS, st.sampled_from([RED, AMBER]))
def test_red_is_never_due_later_than_amber_and_neither_before_it_began(received, deadline):
    red, amber = (times(one, received, FAMILY_CONNECT, HOLIDAYS) for one in (RED, AMBER))
    assert red is not None
    assert amber is not None
    assert received < red.due_at <= amber.due_at
    assert red.due_at - received == timedelta(hours=4)
    assert HOURS is not None
    assert open_time(HOURS, received, amber.due_at, HOLIDAYS) == timedelta(hours=24)


@given(MOMENTS, st.timedeltas(timedelta(days=-2), timedelta(days=60)))
def test_a_named_moment_warns_before_it_is_due(start, length):
    when = until(start + length, start, FAMILY_CONNECT, HOLIDAYS)
    assert start <= when.warn_at <= when.due_at
    # As moments: two times of different zones are never equal within the hour that a change of clocks repeats.
    assert when.due_at.astimezone(UTC) == max(start + length, start).astimezone(UTC)


# Telling ----------------------------------------------------------------------------------------------------------

WARN, DUE = london(2026, 11, 4, 12), london(2026, 11, 4, 14)
BEFORE, LATE = Notice.BEFORE, Notice.LATE


@pytest.mark.parametrize(
    ("state", "told", "expected"),
    [
        (ClockState.RUNNING, (), None),
        (ClockState.WARNING, (), BEFORE),
        (ClockState.WARNING, (BEFORE,), None),
        (ClockState.BREACHED, (BEFORE,), LATE),
        # The watch was down: what is over is told as over, and nobody is told that it will be.
        (ClockState.BREACHED, (), LATE),
        (ClockState.BREACHED, (LATE,), None),
        (ClockState.BREACHED, (BEFORE, LATE), None),
        (ClockState.STOPPED, (), None),
        (ClockState.STOPPED_LATE, (), None),
    ],
)
def test_what_is_told_of_a_clock(state, told, expected):
    assert notice_due(state, set(told)) is expected


@given(st.lists(st.timedeltas(timedelta(hours=-30), timedelta(hours=30)), max_size=20))
def test_however_often_the_watch_looks_each_is_told_once_and_before_comes_first(offsets):
    told: list[Notice] = []
    for now in sorted(DUE + offset for offset in offsets):
        state = state_of(warn_at=WARN, due_at=DUE, stopped_at=None, now=now)
        notice = notice_due(state, set(told))
        if notice:
            told.append(notice)
    assert told in ([], [BEFORE], [LATE], [BEFORE, LATE])
    assert (LATE in told) is any(offset > timedelta() for offset in offsets)


def test_somebody_is_told_of_every_time_before_and_more_people_when_it_is_over():
    for key in (*OWN, ACKNOWLEDGE, "nat-assessment", DISAGREEMENT, "anything-else"):
        for here in (True, False):
            told = told_of(key, at_front_door=here)
            assert told.before
            assert told.before < told.late
    assert set(SIDE_NAMES) == set(Side)


def test_the_referrer_is_told_of_what_they_wait_for_and_of_nothing_else():
    agency = {Side.WRITERS, Side.DESK}
    assert {ACKNOWLEDGE, OUTCOME, REGISTRATION} == HEARD
    for key in HEARD | {DISAGREEMENT}:
        assert agency < told_of(key, at_front_door=True).late
        assert agency.isdisjoint(told_of(key, at_front_door=True).before)
    for key in (*SCREENING.values(), PARTNER_RETURN, "nat-assessment"):
        assert agency.isdisjoint(told_of(key, at_front_door=True).late)


# More time --------------------------------------------------------------------------------------------------------


def running(**given) -> Running:
    usual = {
        "due_at": DUE,
        "statutory": False,
        "outer_limit": False,
        "stopped": False,
        "decides": True,
        "here": True,
    }
    return Running(**{**usual, **given})


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ({}, None),
        ({"statutory": True}, "statutory"),
        ({"outer_limit": True}, "latest time"),
        ({"stopped": True}, "doesn't run"),
        ({"decides": False}, "social worker or the manager"),
        ({"here": False}, "Another front door"),
        ({"statutory": True, "decides": False}, "statutory"),
    ],
)
def test_who_may_extend_what(given_, words):
    clock = running(**given_)
    assert can_be_extended(clock) is (words is None)
    if words:
        with pytest.raises(Refusal) as caught:
            check_extendable(clock)
        assert words in caught.value.reason


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_a_statutory_time_is_nobodys_to_extend(outer, stopped, decides, here, statutory):
    clock = running(statutory=statutory, outer_limit=outer, stopped=stopped, decides=decides, here=here)
    assert can_be_extended(clock) is (decides and here and not (statutory or outer or stopped))


@given(st.timedeltas(timedelta(days=-3), timedelta(days=400)), st.timedeltas(timedelta(days=-3), timedelta(days=3)))
@example(timedelta(days=366), timedelta())
@example(timedelta(days=366, microseconds=1), timedelta())
@example(datetime(9999, 12, 31, tzinfo=UTC) - DUE, timedelta())
def test_more_time_is_later_than_before_and_than_now_and_within_a_year(new, passed):
    due_at, now = DUE + new, DUE + passed
    allowed = due_at > DUE and now < due_at <= now + timedelta(days=366)
    if allowed:
        check_longer(running(), due_at, now=now)
    else:
        with pytest.raises(Refusal):
            check_longer(running(), due_at, now=now)


def test_hours_that_the_warning_counts_are_those_of_the_door():
    assert stated_hours(FAMILY_CONNECT) is not None
    when = until(london(2026, 11, 5, 9), london(2026, 11, 4, 9), FAMILY_CONNECT, HOLIDAYS)
    assert when.warn_at == london(2026, 11, 4, 15)  # six of the eight open hours
    assert when.due_at == datetime(2026, 11, 5, 9, tzinfo=UTC)
