"""Numbers of registers: what is read, what is only pointed out, and that nothing typed is lost."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.record.domain.clean import Context, clean_answers
from referrals.record.domain.forms import specification
from referrals.record.domain.forms.parts import IDENTIFIERS, Kind
from referrals.record.domain.identifiers import (
    READERS,
    is_nhs_number,
    read_nhs_number,
    read_upn,
    read_urn,
    upn_letter,
)

MARF = specification("marf-1")
STRICT = Context(today=date(2026, 3, 2), harm_possible=False)
digits = st.text("0123456789", min_size=9, max_size=9)


@pytest.mark.parametrize(
    ("typed", "stored", "right"),
    [
        ("943 476 5919", "943 476 5919", True),
        ("9434765919", "943 476 5919", True),
        (" 943-476-5919 ", "943 476 5919", True),
        ("９４３ ４７６ ５９１９", "943 476 5919", True),
        ("943 476 5918", "943 476 5918", False),
        ("999 123 4560", "999 123 4560", False),
        ("94347659", "94347659", False),
        ("not yet, born last night", "not yet, born last night", False),
        ("٩٤٣٤٧٦٥٩١٩", "٩٤٣٤٧٦٥٩١٩", False),
    ],
)
def test_nhs_numbers(typed, stored, right):
    read = read_nhs_number(typed)
    assert (read.stored, not read.fault) == (stored, right)


@pytest.mark.parametrize(
    ("typed", "stored", "right"),
    [
        ("H801200001001", "H801200001001", True),
        ("h 8012 0000 1001", "H801200001001", True),
        ("A801200001001", "A801200001001", False),
        ("H80120000100", "H80120000100", False),
        ("I801200001001", "I801200001001", False),
        ("UPN unknown", "UPN unknown", False),
    ],
)
def test_upns(typed, stored, right):
    read = read_upn(typed)
    assert (read.stored, not read.fault) == (stored, right)


@pytest.mark.parametrize(
    ("typed", "stored", "right"),
    [
        ("999001", "999001", True),
        (" 999 001", "999001", True),
        ("99901", "99901", False),
        ("the big one", "the big one", False),
    ],
)
def test_urns(typed, stored, right):
    read = read_urn(typed)
    assert (read.stored, not read.fault) == (stored, right)


@given(digits)
def test_exactly_one_check_digit_fits_or_none(nine):
    fitting = [last for last in "0123456789" if is_nhs_number(nine + last)]
    assert len(fitting) <= 1
    for last in fitting:
        # One digit mistyped never fits: that is what the check is for.
        for place in range(10):
            right = nine + last
            wrong = right[:place] + str((int(right[place]) + 1) % 10) + right[place + 1 :]
            assert not is_nhs_number(wrong)


@given(st.text("0123456789", min_size=11, max_size=11), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUVWXYZ"))
def test_a_upn_is_right_with_its_own_letter_alone(eleven, last):
    letter = upn_letter(eleven + last)
    assert letter is not None
    fitting = [one for one in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if not read_upn(one + eleven + last).fault]
    assert fitting == [letter]


@pytest.mark.parametrize("kind", sorted(IDENTIFIERS))
@given(typed=st.text())
def test_any_text_is_kept_as_typed_or_in_its_usual_spelling_and_read_again_the_same(kind, typed):
    read = READERS[kind](typed)
    assert READERS[kind](read.stored) == read
    assert read.fault or read.stored.replace(" ", "").isalnum()
    if read.stored != typed:
        assert len(read.stored.replace(" ", "")) in {6, 10, 13}


@given(st.text())
def test_a_number_that_cannot_be_right_never_blocks(typed):
    for key, page in (("nhs_number", "child-services"), ("upn", "child-school"), ("school_urn", "child-school")):
        raw = {"education": "school", key: typed} if page == "child-school" else {key: typed}
        cleaned = clean_answers(MARF.page(page), raw, replace(STRICT, around={"child-about": {"unborn": "no"}}))
        unstorable = any(not character.isprintable() for character in typed)
        assert unstorable or not cleaned.blocks or len(typed) > 200


def test_a_wrong_number_stands_in_the_answers_and_is_pointed_out():
    cleaned = clean_answers(MARF.page("child-services"), {"nhs_number": "9434765918", "open_case": "no"}, STRICT)
    assert cleaned.answers["nhs_number"] == "943 476 5918"
    assert [(one.field, one.blocks) for one in cleaned.problems] == [("nhs_number", False)]


def test_every_identifier_has_a_reader():
    assert set(READERS) == set(IDENTIFIERS) == {Kind.NHS_NUMBER, Kind.UPN, Kind.URN}
