"""Whether a rule's facts hold: three answers, and ages that are only partly known."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thresholds.domain.check_when import ChildAge, Circumstances, holds
from thresholds.domain.parts import AgeBand, AgencyKind, Agreement, Flag, Harm, When


@pytest.mark.parametrize(
    ("age", "band", "expected"),
    [
        (ChildAge.exactly(12), AgeBand(from_years=12), True),
        (ChildAge.exactly(11), AgeBand(from_years=12), False),
        (ChildAge.exactly(12), AgeBand(under_years=13), True),
        (ChildAge.exactly(13), AgeBand(under_years=13), False),
        (ChildAge(11, 13), AgeBand(from_years=12), None),
        (ChildAge(11, 12), AgeBand(under_years=13), True),
        (ChildAge(11, None), AgeBand(under_years=13), None),
        (ChildAge(14, None), AgeBand(under_years=13), False),
        (ChildAge(None, 5), AgeBand(from_years=6), False),
        (ChildAge(), AgeBand(under_years=13), None),
        (ChildAge(unborn=True), AgeBand(unborn=True), True),
        (ChildAge(unborn=True), AgeBand(under_years=1), False),
        (ChildAge.exactly(0), AgeBand(unborn=True), False),
        (ChildAge(None, 5), AgeBand(unborn=True), False),
        (ChildAge(), AgeBand(unborn=True), None),
    ],
)
def test_an_age_in_a_band(age, band, expected):
    assert age.within(band) is expected


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (dt.date(2012, 2, 29), dt.date(2025, 2, 28), 12),
        (dt.date(2012, 2, 29), dt.date(2025, 3, 1), 13),
        (dt.date(2020, 6, 1), dt.date(2026, 6, 1), 6),
        (dt.date(2020, 6, 2), dt.date(2026, 6, 1), 5),
    ],
)
def test_age_from_a_date_of_birth(birth, on, years):
    assert ChildAge.born(birth, on) == ChildAge.exactly(years)


@pytest.mark.parametrize(
    "impossible",
    [
        {"youngest": -1, "oldest": 3},
        {"youngest": 5, "oldest": 4},
        {"youngest": 1, "oldest": 1, "unborn": True},
    ],
)
def test_ages_that_cannot_be_are_refused(impossible):
    with pytest.raises(ValueError, match="age"):
        ChildAge(**impossible)


def test_a_birth_after_the_day_is_refused():
    with pytest.raises(ValueError, match="not below 0"):
        ChildAge.born(dt.date(2026, 6, 2), dt.date(2026, 6, 1))


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (ChildAge(), "not known"),
        (ChildAge(unborn=True), "unborn"),
        (ChildAge.exactly(3), "3"),
        (ChildAge(12, 14), "12 to 14"),
        (ChildAge(12, None), "at least 12"),
        (ChildAge(None, 5), "at most 5"),
    ],
)
def test_an_age_in_words(age, text):
    assert age.reads() == text


@pytest.mark.parametrize(
    ("when", "at", "expected"),
    [
        (When(), Circumstances(), True),
        (When(flags=(Flag.FGM,)), Circumstances(), False),
        (When(flags=(Flag.FGM, Flag.GANG)), Circumstances(flags=frozenset({Flag.GANG})), True),
        (When(harm=(Harm.YES,)), Circumstances(), None),
        (When(harm=(Harm.YES,)), Circumstances(harm=Harm.NO), False),
        (When(levels=("high",)), Circumstances(levels=frozenset({"low", "high"})), True),
        (When(levels=("high",)), Circumstances(), None),
        (When(agencies=(AgencyKind.POLICE,)), Circumstances(agency=AgencyKind.SCHOOL), False),
        (When(agreement=(Agreement.REFUSED,)), Circumstances(agreement=frozenset({Agreement.REFUSED})), True),
        (When(open_case=False), Circumstances(open_case=False), True),
        (When(open_case=True), Circumstances(), None),
        (When(out_of_hours=True), Circumstances(out_of_hours=False), False),
        (When(harm=(Harm.YES,), flags=(Flag.FGM,)), Circumstances(), False),
        (When(harm=(Harm.YES,), age=AgeBand(under_years=3)), Circumstances(harm=Harm.YES), None),
    ],
)
def test_facts_of_a_rule(when, at, expected):
    assert holds(when, at) is expected


@given(st.integers(0, 20), st.integers(0, 5), st.integers(0, 20), st.integers(1, 5))
def test_an_approximate_age_is_known_only_where_every_age_in_it_agrees(youngest, more, lowest, span):
    band = AgeBand(from_years=lowest, under_years=lowest + span)
    each = {ChildAge.exactly(years).within(band) for years in range(youngest, youngest + more + 1)}
    assert ChildAge(youngest, youngest + more).within(band) is (each.pop() if len(each) == 1 else None)
