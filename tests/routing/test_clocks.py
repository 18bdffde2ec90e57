"""Times that run: due, warning, late. England's clocks, weekends and bank holidays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.routing.domain.alarms import alarm_at
from referrals.routing.domain.clocks import ClockState, deadlines_from_receipt, open_time, state_of, stated_hours, times
from tests.routing.plans import HOLIDAYS, PACKS, TELFORD
from thresholds.domain.hours import LONDON

FAMILY_CONNECT = TELFORD.doors_by_id["family-connect"]
DUTY_TEAM = TELFORD.doors_by_id["emergency-duty-team"]
HOURS = stated_hours(FAMILY_CONNECT)
DEADLINES = {deadline.id: deadline for deadline in TELFORD.deadlines}
ACKNOWLEDGE = DEADLINES["nat-acknowledge"]
ASSESSMENT = DEADLINES["nat-assessment"]
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)).map(lambda naive: naive.replace(tzinfo=UTC))  # noqa: DTZ001


def london(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("now", "stopped", "expected"),
    [
        (10, None, ClockState.RUNNING),
        (11, None, ClockState.WARNING),
        (12, None, ClockState.WARNING),
        (13, None, ClockState.BREACHED),
        (13, 12, ClockState.STOPPED),
        (13, 13, ClockState.STOPPED_LATE),
    ],
)
def test_how_a_clock_stands(now, stopped, expected):
    def at(hour: int) -> datetime:
        return london(2026, 11, 3, hour)

    stopped_at = at(stopped) if stopped else None
    assert state_of(warn_at=at(11), due_at=at(12), stopped_at=stopped_at, now=at(now)) is expected


@pytest.mark.parametrize(
    ("start", "warn", "due"),
    [
        # Three quarters of the eight open hours between.
        ((2026, 11, 3, 14), (2026, 11, 4, 12), (2026, 11, 4, 14)),
        # Friday afternoon: nobody is warned at the weekend.
        ((2026, 11, 6, 16), (2026, 11, 9, 14), (2026, 11, 9, 16)),
        # In the evening the clock runs, and the office's day is all there is to warn in.
        ((2026, 11, 3, 20), (2026, 11, 4, 15), (2026, 11, 4, 20)),
        # Christmas Day and the 28th are bank holidays, the 26th and 27th a weekend.
        ((2026, 12, 24, 13), (2026, 12, 29, 11), (2026, 12, 29, 13)),
    ],
)
def test_one_working_day_to_acknowledge(start, warn, due):
    when = times(ACKNOWLEDGE, london(*start), FAMILY_CONNECT, HOLIDAYS)
    assert when is not None
    assert (when.warn_at, when.due_at) == (london(*warn), london(*due))


def test_where_no_hours_are_stated_all_time_counts():
    when = times(ACKNOWLEDGE, london(2026, 11, 3, 12), PACKS["bury"].doors_by_id["mash"], HOLIDAYS)
    assert when is not None
    assert (when.warn_at, when.due_at) == (london(2026, 11, 4, 6), london(2026, 11, 4, 12))


def test_forty_five_working_days_over_a_change_of_the_clocks():
    when = times(ASSESSMENT, london(2026, 10, 1, 9, 30), FAMILY_CONNECT, HOLIDAYS)
    assert when is not None
    assert when.due_at == london(2026, 12, 3, 9, 30)


def test_it_warns_at_the_same_moment_in_whatever_zone_its_start_is_told():
    """Over the night in which an hour comes twice: three quarters of 73 hours."""
    door, start = PACKS["bury"].doors_by_id["mash"], london(2026, 10, 23, 12)
    for told in (start, start.astimezone(UTC)):
        when = times(ACKNOWLEDGE, told, door, HOLIDAYS)
        assert when is not None
        assert when.due_at == london(2026, 10, 26, 12)
        assert when.warn_at.astimezone(UTC) == datetime(2026, 10, 25, 17, 45, tzinfo=UTC)


def test_a_time_that_nobody_states_runs_for_nobody():
    unstated = ACKNOWLEDGE.model_copy(update={"amount": None, "unit": None})
    assert times(unstated, london(2026, 11, 3, 12), FAMILY_CONNECT, HOLIDAYS) is None


@given(MOMENTS, st.sampled_from([ACKNOWLEDGE, ASSESSMENT, DEADLINES["tw-form-after-call"]]))
def test_a_warning_comes_before_the_time_and_while_somebody_is_there(start, deadline):
    when = times(deadline, start, FAMILY_CONNECT, HOLIDAYS)
    assert when is not None
    assert start < when.warn_at <= when.due_at
    assert HOURS is not None
    nobody_there = not open_time(HOURS, start, when.due_at, HOLIDAYS)
    assert nobody_there or time_of_day_is_open(when.warn_at)


def time_of_day_is_open(moment: datetime) -> bool:
    here = moment.astimezone(LONDON)
    return here.weekday() < 5 and here.date() not in HOLIDAYS and 9 <= here.hour + here.minute / 60 <= 17


@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=90)), st.timedeltas(timedelta(), timedelta(days=90)))
def test_open_time_adds_up(start, first, second):
    assert HOURS is not None
    middle, end = start + first, start + first + second
    parts = open_time(HOURS, start, middle, HOLIDAYS) + open_time(HOURS, middle, end, HOLIDAYS)
    assert parts == open_time(HOURS, start, end, HOLIDAYS)


def test_open_time_of_a_week_without_a_bank_holiday():
    assert HOURS is not None
    assert open_time(HOURS, london(2026, 11, 2), london(2026, 11, 9), HOLIDAYS) == timedelta(hours=40)
    assert open_time(HOURS, london(2026, 12, 21), london(2026, 12, 28), HOLIDAYS) == timedelta(hours=32)
    assert open_time(HOURS, london(2026, 11, 9), london(2026, 11, 2), HOLIDAYS) == timedelta()


def test_statutory_times_of_receipt_run_at_the_main_door_only():
    there = [one.id for one in deadlines_from_receipt(TELFORD, FAMILY_CONNECT)]
    assert there == ["nat-acknowledge", "nat-assessment", "outcome"]
    assert [one.id for one in deadlines_from_receipt(TELFORD, DUTY_TEAM)] == ["outcome"]


# The unread alarm -------------------------------------------------------------------------------------------------

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("sent", "urgent", "expected"),
    [
        ((2026, 11, 3, 10), True, (2026, 11, 3, 11)),
        ((2026, 11, 3, 22), True, (2026, 11, 3, 23)),  # at night too: a form alone reached nobody
        ((2026, 11, 3, 10), False, (2026, 11, 3, 11)),
        ((2026, 11, 3, 16, 30), False, (2026, 11, 4, 9, 30)),
        ((2026, 11, 6, 18), False, (2026, 11, 9, 10)),
        ((2026, 12, 24, 16, 30), False, (2026, 12, 29, 9, 30)),
    ],
)
def test_when_the_alarm_is_raised(sent, urgent, expected):
    at = alarm_at(london(*sent), urgent=urgent, after=HOUR, hours=HOURS, holidays=HOLIDAYS)
    assert at == london(*expected)


def test_an_alarm_without_stated_hours_counts_all_time():
    sent = london(2026, 11, 6, 18)
    assert alarm_at(sent, urgent=False, after=HOUR, hours=None, holidays=frozenset({date(2026, 11, 6)})) == sent + HOUR
