"""Bank holidays: what the list says, what the law says after it, and when somebody is told that it ends."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thresholds import checks
from thresholds.bank_holidays import bank_holidays, known_holidays
from thresholds.domain.bank_holidays import TELL_BEFORE, Known, Standing, known_of, reckoned
from thresholds.domain.hours import add_working_days, is_working_day
from thresholds.templatetags import day_tags

# Moved or added by a proclamation of its own: the jubilees, VE day, the funeral and the coronation.
PROCLAIMED = {
    2012: ({date(2012, 6, 4), date(2012, 6, 5)}, {date(2012, 5, 28)}),
    2020: ({date(2020, 5, 8)}, {date(2020, 5, 4)}),
    2022: ({date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)}, {date(2022, 5, 30)}),
    2023: ({date(2023, 5, 8)}, set()),
}


@pytest.mark.parametrize("year", range(2012, 2029))
def test_what_is_reckoned_is_what_was_listed_but_for_single_proclamations(year: int):
    listed = {day for day in known_holidays().days if day.year == year}
    added, moved = PROCLAIMED.get(year, (set(), set()))
    assert listed - reckoned(year) == added
    assert reckoned(year) - listed == moved


@given(st.integers(2000, 2200))
def test_every_year_has_eight_on_weekdays(year: int):
    days = reckoned(year)
    assert len(days) == 8
    assert all(day.weekday() < 5 and day.year == year for day in days)


def test_no_holiday_after_the_list_is_taken_for_a_working_day():
    known = known_holidays()
    year = known.until.year + 1
    new_year = min(day for day in reckoned(year))
    assert new_year not in known.days
    assert not is_working_day(new_year, bank_holidays())
    before = datetime(known.until.year, 12, 31, 10, tzinfo=UTC)
    after = add_working_days(before, 45, bank_holidays())
    assert after > add_working_days(before, 45, known.days)


@pytest.mark.parametrize(
    ("days", "standing"),
    [
        (-1, Standing.RECKONED),
        (0, Standing.RUNNING_OUT),
        (TELL_BEFORE.days, Standing.RUNNING_OUT),
        (TELL_BEFORE.days + 1, Standing.OK),
    ],
)
def test_how_far_it_reaches(days: int, standing: Standing):
    until = date(2031, 12, 31)
    known, today = Known(frozenset(), until), until - timedelta(days=days)
    assert (known.standing(today), known.left(today)) == (standing, days)


def test_a_year_counts_once_it_has_its_christmas():
    listed = [date(2029, 1, 1), date(2029, 12, 25), date(2030, 1, 1)]
    assert known_of(listed) == Known(frozenset(listed[:2]), date(2029, 12, 31))
    with pytest.raises(ValueError, match="empty"):
        known_of([date(2029, 1, 1)])


def test_the_check_says_so_and_stops_nothing(monkeypatch: pytest.MonkeyPatch):
    now = datetime.combine(known_holidays().until, datetime.min.time(), UTC)
    monkeypatch.setattr("accounts.clock.now", lambda: now - TELL_BEFORE - timedelta(days=2))
    assert checks.bank_holidays_are_known(None) == []
    monkeypatch.setattr("accounts.clock.now", lambda: now)
    (found,) = checks.bank_holidays_are_known(None)
    assert found.id == "thresholds.I001"
    assert not found.is_serious()


def test_a_page_says_once_that_a_time_lies_past_the_list(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(day_tags, "known_holidays", lambda: Known(frozenset(), date(2028, 12, 31)))
    # The last minute of the year in London, in winter, and the first after it.
    within, past = datetime(2028, 12, 31, 23, 59, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)

    def note(*moments: datetime | None) -> str:
        return str(day_tags.reckoned_note([SimpleNamespace(due_at=moment) for moment in moments]))

    assert note() == note(None, within) == ""
    said = note(None, within, past, past)
    assert said.count("Bank holidays after 31 December 2028 are not published here yet.") == 1
    assert str(day_tags.reckoned_note(SimpleNamespace(due=past), None)) == said, "also of one alone, or of none"
