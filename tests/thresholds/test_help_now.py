"""The number for the hour: never missing, never made up, and plain about what a form can't do."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.packs import shipped
from tests.thresholds.support import PACK, bent, parsed
from thresholds import files
from thresholds.domain.help_now import area_lines, help_now
from thresholds.domain.hours import LONDON

HOLIDAYS = frozenset({dt.date(2026, 12, 25)})
SHIPPED = files.shipped_packs()


def london(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


def lines(area: str, moment: str):
    return area_lines(shipped(area), london(moment), HOLIDAYS)


MONDAY_TEN, MONDAY_NIGHT, FRIDAY_NIGHT, SATURDAY_TEN = (
    "2026-11-23 10:00",
    "2026-11-23 22:00",
    "2026-11-27 22:00",
    "2026-11-28 10:00",
)


@pytest.mark.parametrize(
    ("area", "moment", "number", "confirmed", "out_of_hours"),
    [
        ("telford-and-wrekin", MONDAY_TEN, "01952 385385", True, False),
        ("telford-and-wrekin", MONDAY_NIGHT, "01952 676500", True, True),
        ("telford-and-wrekin", SATURDAY_TEN, "01952 676500", True, None),
        ("telford-and-wrekin", "2026-12-25 10:00", "01952 676500", True, None),
        ("wakefield", MONDAY_TEN, "0345 8503 503", True, None),
        ("wakefield", MONDAY_NIGHT, "0345 8503 503", True, None),
        ("bury", MONDAY_TEN, None, False, None),
        ("bury", MONDAY_NIGHT, None, False, None),
        ("stoke-on-trent", MONDAY_TEN, "01782 235100", True, False),
        ("stoke-on-trent", MONDAY_NIGHT, "01782 234234", False, True),
        ("staffordshire", MONDAY_TEN, "0800 1313126", False, False),
        ("staffordshire", MONDAY_NIGHT, "0345 604 2886", False, True),
        ("westmorland-and-furness", MONDAY_TEN, None, False, False),
        ("westmorland-and-furness", MONDAY_NIGHT, "0300 373 2724", False, True),
    ],
)
def test_the_line_to_ring(area, moment, number, confirmed, out_of_hours):
    found = lines(area, moment)
    assert found.ring_now is not None
    assert (found.ring_now.number, found.ring_now.confirmed) == (number, confirmed)
    assert found.out_of_hours is out_of_hours


@pytest.mark.parametrize(
    ("area", "moment", "note"),
    [
        ("telford-and-wrekin", MONDAY_TEN, ""),
        ("telford-and-wrekin", MONDAY_NIGHT, "A form alone reaches nobody until morning."),
        ("telford-and-wrekin", FRIDAY_NIGHT, "A form alone reaches nobody until Monday morning."),
        (
            "telford-and-wrekin",
            SATURDAY_TEN,
            "The partnership doesn't state on which days this office is open. "
            "A form alone may reach nobody until morning.",
        ),
        (
            "bury",
            MONDAY_NIGHT,
            "The partnership doesn't state when this office is open. A form alone may reach nobody until morning.",
        ),
    ],
)
def test_what_a_form_alone_does(area, moment, note):
    assert lines(area, moment).note == note


def test_an_early_help_line_never_stands_in_for_the_front_door():
    for moment in (MONDAY_TEN, MONDAY_NIGHT, SATURDAY_TEN):
        found = lines("bury", moment)
        assert "0161 253 5200" not in {line.number for line in (found.ring_now, *found.others) if line}


def test_both_values_of_a_disputed_number_show():
    line = lines("staffordshire", MONDAY_TEN).ring_now
    assert line is not None
    assert line.note == "Another source gives 0300 111 8007."
    assert line.hours.endswith("(hours not confirmed)")


def test_closed_without_a_night_team_says_so():
    text = bent(
        "number: 01632 960202, status: stated, citation: {section: Contacts, lines: 41}}", "status: not_stated}"
    )
    text = bent("[{topic: lado}]", "[{topic: lado}, {topic: out_of_hours_number}]", text)
    found = area_lines(parsed(text), london("2026-03-02 22:00"), HOLIDAYS)
    assert found.ring_now is not None
    assert found.ring_now.number == "01632 960101"
    assert found.note == (
        "The partnership states no number for out of hours. A form alone reaches nobody until morning."
    )


def test_the_own_area_is_named_as_such_and_the_others_are_not():
    found = help_now(SHIPPED, "bury", london(MONDAY_TEN), HOLIDAYS)
    assert found.area is not None
    assert (found.area.name, found.area.named_as) == ("Bury", "your agency's area")
    assert [lines.name for lines in found.areas] == sorted(lines.name for lines in found.areas)
    assert {lines.named_as for lines in found.areas} == {""}
    assert len(found.areas) == 6


@pytest.mark.parametrize("area", [None, "", "atlantis"])
def test_an_unknown_area_shows_all(area):
    found = help_now(SHIPPED, area, london(MONDAY_TEN), HOLIDAYS)
    assert found.area is None
    assert len(found.areas) == 6


@given(st.datetimes(timezones=st.just(dt.UTC), min_value=dt.datetime(2026, 1, 1), max_value=dt.datetime(2028, 1, 1)))  # noqa: DTZ001
def test_at_any_time_every_area_has_a_line_and_closed_says_what_a_form_does(now):
    for found in help_now(SHIPPED, None, now, HOLIDAYS).areas:
        assert found.ring_now is not None
        if found.out_of_hours is not False:
            assert "A form alone" in found.note
        if found.ring_now.number is None:
            assert found.area in {"bury", "westmorland-and-furness"}


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        help_now([parsed(PACK)], None, dt.datetime(2026, 3, 2, 10, 0), HOLIDAYS)  # noqa: DTZ001 (that is the point)
