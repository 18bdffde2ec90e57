"""Lines that have a shape, fuzzed: what people type is tidied when it can be read, else kept, and read again the same.

Numbers of registers stand in test_identifiers.py, every day as it is written in test_clean.py.
"""

import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.casework.domain.facts.asked import moment_of
from referrals.record.domain.clean_values import Options, clean_value
from referrals.record.domain.dates import read_text
from referrals.record.domain.forms.parts import Kind, Question
from thresholds.domain.hours import LONDON

TODAY = date(2026, 3, 2)
LINES = (Kind.POSTCODE, Kind.PHONE, Kind.EMAIL, Kind.TIME, Kind.TEXT)
typed_words = st.text(max_size=60)


def asked(kind: Kind) -> Question:
    return Question("q", "Question?", kind)


def read(kind: Kind, typed: str) -> tuple[object, list[str]]:
    outcome = clean_value(asked(kind), typed, Options(), TODAY)
    return outcome.value, [fault.message for fault in outcome.faults]


def letters(pattern: str) -> st.SearchStrategy[str]:
    return st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True)


outward = letters("[A-Z][0-9]|[A-Z][0-9]{2}|[A-Z]{2}[0-9]|[A-Z]{2}[0-9]{2}|[A-Z][0-9][A-Z]|[A-Z]{2}[0-9][A-Z]")


@given(outward, letters("[0-9][A-Z]{2}"), st.sampled_from(["", " ", "  ", "-", ".", " - "]), st.booleans())
def test_every_shape_of_postcode_is_read_however_it_is_spaced(first: str, last: str, gap: str, small: bool):
    typed = f" {first}{gap}{last} "
    assert read(Kind.POSTCODE, typed.lower() if small else typed) == (f"{first} {last}", [])


@pytest.mark.parametrize(
    ("typed", "stored", "known"),
    [
        ("ＴＦ１　１ＡＡ", "TF1 1AA", True),
        ("tf11aa", "TF1 1AA", True),
        ("SW1A 1AA", "SW1A 1AA", True),
        ("TF1", "TF1", False),
        ("TF1 1A", "TF1 1A", False),
        ("TF1 1AAA", "TF1 1AAA", False),
        ("near the canal", "near the canal", False),
        ("refuge, not to be written down", "refuge, not to be written down", False),
    ],
)
def test_postcodes(typed: str, stored: str, known: bool):
    value, faults = read(Kind.POSTCODE, typed)
    assert (value, not faults) == (stored, known)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("01952 385385", True),
        ("+44 (0)1952 385385", True),
        ("07700 900123 after six, ask for Kim", True),
        ("01632-960-123 ext. 12", True),
        ("999", True),
        ("１２３", True),
        ("no phone at home", False),
        ("12", False),
    ],
)
def test_phones(typed: str, right: bool):
    value, faults = read(Kind.PHONE, typed)
    assert (value, not faults) == (typed, right)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("a.pryor@school.example", True),
        ("kim+school@mail.example.org", True),
        ("kim@school", False),
        ("kim at school.example", False),
        ("kim@@school.example", False),
        ("ask the office", False),
    ],
)
def test_addresses_of_e_mail(typed: str, right: bool):
    value, faults = read(Kind.EMAIL, typed)
    assert (value, not faults) == (typed, right)


@pytest.mark.parametrize("kind", LINES)
@given(typed_words)
def test_any_words_are_kept_and_read_again_the_same(kind: Kind, typed: str):
    value, _ = read(kind, typed)
    if value is None:
        assert not "".join(one for one in typed if one.isprintable()).strip()
        return
    assert isinstance(value, str)
    again, _ = read(kind, value)
    assert again == value
    # A letter or digit that was typed is there; only their spelling may be the usual one.
    assert sum(one.isalnum() for one in value) >= (1 if any(one.isalnum() for one in typed) else 0)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("5th March 2019", "2019-03-05"),
        ("the 5th of March 2019", "2019-03-05"),
        ("Tuesday 5 March 2019", "2019-03-05"),
        ("Tues, 5th Mar. 2019", "2019-03-05"),
        ("1st Sept 2018", "2018-09-01"),
        ("22nd 2 2019", "2019-02-22"),
        ("2019-3-5", "2019-03-05"),
        ("2019/03/05", "2019-03-05"),
        ("05.03.2019", "2019-03-05"),
        ("March of 2019", "2019-03"),
        ("in March 2019", "2019-03"),
        ("2019", "2019"),
        # No century, no day, no month: nothing is guessed.
        ("5/3/19", None),
        ("31 February 2019", None),
        ("13 13 2019", None),
        ("5th 2019", None),
        ("last spring", None),
        ("about 3 years old", None),
        ("2019-13", None),
        ("", None),
    ],
)
def test_dates_as_people_say_them(typed: str, stored: str | None):
    assert read_text(typed) == stored


@given(st.text(max_size=40))
def test_a_text_is_a_date_or_none_and_a_stored_one_reads_as_itself(typed: str):
    stored = read_text(typed)
    if stored is not None:
        assert read_text(stored) == stored
        # Nothing comes out that wasn't put in: the year stands in what was typed, in whatever digits.
        assert stored[:4] in "".join(one for one in str(typed) if one.isdigit() or one == " ") or not typed.isascii()


@pytest.mark.parametrize(
    ("clock", "hour", "minute"),
    [("9.30am", 9, 30), ("9:05 PM", 21, 5), ("12 am", 0, 0), ("12pm", 12, 0), ("17:00", 17, 0), ("after lunch", 0, 0)],
)
def test_times_as_people_say_them(clock: str, hour: int, minute: int):
    assert moment_of("2026-03-02", clock) == datetime(2026, 3, 2, hour, minute, tzinfo=LONDON)


@given(st.text(max_size=30))
def test_whatever_stands_for_a_time_gives_a_moment_of_that_day(clock: str):
    moment = moment_of("2026-03-02", clock)
    assert moment is not None
    assert moment.date() == date(2026, 3, 2)
