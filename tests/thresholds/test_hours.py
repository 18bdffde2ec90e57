"""Working time: tables around the edges of the day, the clock changes and bank holidays; properties of adding."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.thresholds.support import PACK, bent, parsed
from thresholds.bank_holidays import bank_holidays
from thresholds.domain import hours as working
from thresholds.domain.duties import Unit
from thresholds.domain.hours import LONDON

HOLIDAYS = frozenset({dt.date(2026, 4, 3), dt.date(2026, 4, 6), dt.date(2026, 12, 25), dt.date(2026, 12, 28)})
OFFICE = parsed().doors_by_id["office"]
HOURS = OFFICE.hours[0]


def london(text: str, fold: int = 0) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold)


MOMENTS = st.datetimes(
    min_value=dt.datetime(2026, 1, 1),  # noqa: DTZ001 (the zone comes from timezones=)
    max_value=dt.datetime(2027, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([LONDON, dt.UTC]),
)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-02 08:59:59", False),
        ("2026-03-02 09:00", True),
        ("2026-03-02 16:59:59", True),
        ("2026-03-02 17:00", False),
        ("2026-03-06 16:29", True),
        ("2026-03-06 16:30", False),
        ("2026-03-07 12:00", False),
        ("2026-04-03 12:00", False),  # Good Friday
        ("2026-04-07 12:00", True),
        ("2026-03-30 09:00", True),  # first working day of summer time
    ],
)
def test_open_or_closed(moment, expected):
    assert working.is_open(OFFICE, london(moment), HOLIDAYS) is expected


def test_the_zone_of_the_moment_does_not_matter():
    assert working.is_open(OFFICE, dt.datetime(2026, 7, 6, 8, 0, tzinfo=dt.UTC), HOLIDAYS) is True
    assert working.is_open(OFFICE, dt.datetime(2026, 1, 6, 8, 0, tzinfo=dt.UTC), HOLIDAYS) is False


def without_days():
    return parsed(
        bent(
            """\
          - {days: [monday, tuesday, wednesday, thursday], opens: 09:00, closes: 17:00}
          - {days: [friday], opens: 09:00, closes: 16:30}
""",
            "          - {opens: 09:00, closes: 17:00}\n",
        )
    ).doors_by_id["office"]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-02 10:00", True),
        ("2026-03-02 18:00", False),
        ("2026-03-07 10:00", None),  # a Saturday: nobody says
        ("2026-03-07 18:00", False),
        ("2026-04-03 10:00", None),
        ("2026-04-03 18:00", False),
    ],
)
def test_days_that_are_not_stated_are_unknown_only_where_it_matters(moment, expected):
    assert working.is_open(without_days(), london(moment), HOLIDAYS) is expected


def two_sources():
    other = """\
      - status: unconfirmed
        openings: [{days: [monday], opens: 08:00, closes: 12:00}]
        citation: {document: page, section: Contacts}
    out_of_hours: night
"""
    return parsed(bent("    out_of_hours: night\n", other)).doors_by_id["office"]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-02 10:00", True),
        ("2026-03-02 08:30", None),
        ("2026-03-02 13:00", None),
        ("2026-03-02 20:00", False),
    ],
)
def test_two_sources_say_only_what_they_agree_on(moment, expected):
    assert working.is_open(two_sources(), london(moment), HOLIDAYS) is expected


def test_no_hours_is_unknown():
    night = parsed().doors_by_id["night"]
    assert working.is_open(night, london("2026-03-02 10:00"), HOLIDAYS) is None


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-02 10:00", "2026-03-02 10:00"),
        ("2026-03-02 07:00", "2026-03-02 09:00"),
        ("2026-03-02 17:00", "2026-03-03 09:00"),
        ("2026-03-06 16:45", "2026-03-09 09:00"),
        ("2026-04-02 17:00", "2026-04-07 09:00"),  # over Easter
        ("2026-12-24 18:00", "2026-12-29 09:00"),
        ("2026-03-28 12:00", "2026-03-30 09:00"),  # clocks go forward in between
    ],
)
def test_next_opening(moment, expected):
    assert working.next_opening(HOURS, london(moment), HOLIDAYS) == london(expected)


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2026-03-02 10:00", 4, "2026-03-02 14:00"),
        ("2026-03-02 16:00", 4, "2026-03-03 12:00"),
        ("2026-03-05 16:00", 10, "2026-03-09 10:30"),  # Friday closes at half past four
        ("2026-03-07 11:00", 1, "2026-03-09 10:00"),
        ("2026-04-02 16:00", 2, "2026-04-07 10:00"),
        ("2026-03-02 09:00", 8, "2026-03-02 17:00"),
        ("2026-03-02 17:00", 0, "2026-03-03 09:00"),
        ("2026-03-27 16:00", 1, "2026-03-30 09:30"),
    ],
)
def test_adding_working_hours(start, hours, expected):
    end = working.add_working_hours(london(start), dt.timedelta(hours=hours), HOURS, HOLIDAYS)
    assert end == london(expected)


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("2026-03-02 10:00", 1, "2026-03-03 10:00"),
        ("2026-03-06 10:00", 1, "2026-03-09 10:00"),
        ("2026-03-07 10:00", 1, "2026-03-09 10:00"),
        ("2026-04-02 10:00", 2, "2026-04-08 10:00"),
        ("2026-03-27 10:00", 1, "2026-03-30 10:00"),  # the same wall-clock time after the change
        ("2026-12-24 23:30", 1, "2026-12-29 23:30"),
    ],
)
def test_adding_working_days(start, days, expected):
    assert working.add_working_days(london(start), days, HOLIDAYS) == london(expected)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        ("2026-01-31 10:00", 1, Unit.MONTHS, "2026-02-28 10:00"),
        ("2026-12-31 10:00", 2, Unit.MONTHS, "2027-02-28 10:00"),
        ("2026-11-15 10:00", 1, Unit.MONTHS, "2026-12-15 10:00"),
        ("2026-03-28 10:00", 1, Unit.DAYS, "2026-03-29 10:00"),
        ("2026-03-28 10:00", 24, Unit.HOURS, "2026-03-29 11:00"),
        ("2026-10-24 10:00", 24, Unit.HOURS, "2026-10-25 09:00"),
        ("2026-03-02 16:00", 4, Unit.WORKING_HOURS, "2026-03-03 12:00"),
        ("2026-03-06 16:00", 1, Unit.WORKING_DAYS, "2026-03-09 16:00"),
    ],
)
def test_adding_any_unit(start, amount, unit, expected):
    assert working.add(london(start), amount, unit, hours=HOURS, holidays=HOLIDAYS) == london(expected)


def test_what_is_refused():
    naive = dt.datetime(2026, 3, 2, 10, 0)  # noqa: DTZ001 (that is the point)
    with pytest.raises(ValueError, match="time zone"):
        working.is_open(OFFICE, naive, HOLIDAYS)
    with pytest.raises(ValueError, match="time zone"):
        working.add_working_hours(naive, dt.timedelta(hours=1), HOURS, HOLIDAYS)
    with pytest.raises(ValueError, match="forwards"):
        working.add_working_hours(london("2026-03-02 10:00"), dt.timedelta(hours=-1), HOURS, HOLIDAYS)
    with pytest.raises(ValueError, match="forwards"):
        working.add_working_days(london("2026-03-02 10:00"), 0, HOLIDAYS)
    with pytest.raises(ValueError, match="opening hours"):
        working.add(london("2026-03-02 10:00"), 1, Unit.WORKING_HOURS, hours=None, holidays=HOLIDAYS)
    everyday = frozenset(dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(365))
    with pytest.raises(ValueError, match="no opening"):
        working.next_opening(HOURS, london("2026-03-02 10:00"), everyday)
    with pytest.raises(ValueError, match="no opening"):
        working.add_working_hours(london("2026-03-02 10:00"), dt.timedelta(hours=1), HOURS, everyday)


AMOUNTS = st.integers(min_value=0, max_value=6000).map(lambda minutes: dt.timedelta(minutes=minutes))


@given(MOMENTS, AMOUNTS, AMOUNTS)
def test_adding_twice_is_adding_the_sum(start, first, second):
    once = working.add_working_hours(start, first + second, HOURS, HOLIDAYS)
    twice = working.add_working_hours(working.add_working_hours(start, first, HOURS, HOLIDAYS), second, HOURS, HOLIDAYS)
    if second:
        assert once == twice
    else:
        assert working.next_opening(HOURS, once, HOLIDAYS) == working.next_opening(HOURS, twice, HOLIDAYS)


@given(MOMENTS, AMOUNTS)
def test_working_time_ends_in_opening_hours_and_never_early(start, amount):
    end = working.add_working_hours(start, amount, HOURS, HOLIDAYS)
    assert end - start >= amount
    just_before = (end.astimezone(dt.UTC) - dt.timedelta(microseconds=1)).astimezone(LONDON)
    assert working.is_open(OFFICE, end, HOLIDAYS) or working.is_open(OFFICE, just_before, HOLIDAYS)


@given(MOMENTS, MOMENTS, AMOUNTS)
def test_a_later_start_never_ends_earlier(one, other, amount):
    early, late = sorted([one, other])
    assert working.add_working_hours(early, amount, HOURS, HOLIDAYS) <= working.add_working_hours(
        late, amount, HOURS, HOLIDAYS
    )


@given(MOMENTS)
def test_the_next_opening_is_open_and_nothing_before_it(start):
    opening = working.next_opening(HOURS, start, HOLIDAYS)
    assert opening >= start
    assert working.is_open(OFFICE, opening, HOLIDAYS)
    if working.is_open(OFFICE, start, HOLIDAYS):
        assert opening == start


@given(MOMENTS, st.integers(min_value=1, max_value=60))
def test_working_days_land_on_working_days(start, amount):
    end = working.add_working_days(start, amount, HOLIDAYS)
    assert working.is_working_day(end.date(), HOLIDAYS)
    between = (working.local(start).date() + dt.timedelta(days=n) for n in range(1, 200))
    passed = [day for day in between if day <= end.date() and working.is_working_day(day, HOLIDAYS)]
    assert len(passed) == amount


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (PACK, "Monday to Thursday 9am to 5pm, Friday 9am to 4:30pm"),
        (
            bent("opens: 09:00, closes: 16:30", "opens: 12:00, closes: 16:30"),
            "Monday to Thursday 9am to 5pm, Friday midday to 4:30pm",
        ),
        (
            bent("days: [friday]", "days: [saturday, friday]"),
            "Monday to Thursday 9am to 5pm, Friday and Saturday 9am to 4:30pm",
        ),
    ],
)
def test_hours_in_words(text, words):
    assert working.in_words(parsed(text).doors_by_id["office"].hours) == words


def test_hours_without_days_and_of_night_teams_in_words():
    assert working.in_words(without_days().hours) == "9am to 5pm, days not stated"
    assert working.in_words(parsed().doors_by_id["night"].hours) == "outside office hours"
    assert working.in_words([]) == ""


def test_bank_holidays_are_englands():
    known = bank_holidays()
    assert {dt.date(2026, 4, 3), dt.date(2026, 4, 6), dt.date(2026, 12, 25), dt.date(2026, 12, 28)} <= known
    assert dt.date(2026, 3, 17) not in known  # Northern Ireland's
    assert dt.date(2026, 1, 2) not in known  # Scotland's
