"""What looks like details of somebody uninvolved: what is pointed out, what isn't, and long texts are no trouble."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.domain.uninvolved import MOST, Detail, Known, Passage, uninvolved

KNOWN = Known(
    names=("Robin Vale", "Kim Vale", "Asha Pryor"),
    texts=(
        "14 Cordwainer Row\nWellington",
        "TF1 1AA",
        "943 476 5919",
        "Mum: 07911 123456, kim@vale.example",
        "01952 385385",
        "asha.pryor@school.example",
    ),
)


def found(text: str) -> list[tuple[str, str]]:
    return [(one.detail.value, one.words) for one in uninvolved([Passage("concern", "", "what", text)], KNOWN)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ring her aunt on 07911 654321 today.", [("phone", "07911 654321")]),
        ("Her aunt: +44 7911 654321.", [("phone", "+44 7911 654321")]),
        ("The landlord, 01902-555123, knows.", [("phone", "01902-555123")]),
        ("He writes from dan.b@mail.example every night.", [("email", "dan.b@mail.example")]),
        ("They stay near WF1 2AB now.", [("postcode", "WF1 2AB")]),
        ("They slept at 9 Tannery Lane last night.", [("address", "9 Tannery Lane")]),
        ("Her number is 401 023 2137 she says.", [("nhs_number", "401 023 2137")]),
        ("She went there with her friend Ellie Marsh twice.", [("child", "Ellie Marsh")]),
        ("A boy called Jayden hit him.", [("child", "Jayden")]),
        ("Another pupil, Amy, saw it.", [("child", "Amy")]),
    ],
)
def test_what_is_pointed_out(text: str, words: list[tuple[str, str]]):
    assert found(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "He lives at 14 Cordwainer Row, TF1 1AA.",
        "tf1 1aa",
        "Robin’s number is 943 476 5919, mum's 07911 123456 or +44 7911 123456.",
        "I rang Family Connect on 01952 385385.",
        "Write to asha.pryor@school.example or KIM@vale.example.",
        # Reserved for drama.
        "Ring 01632 960123, 07700 900456 or 020 7946 0123.",
        "His friend Robin and the girl Kim were there.",
        "She saw her friend on Monday, the boy I know.",
        "In year 9, on 12 May 2026 at 14:30, 3 times in 20 days.",
        "Police reference 401 023 2138 and invoice 0123.",
        "The pupil Monday group met. Call 999 or 101.",
        "He drank 2 Large Glasses of wine.",
        "",
    ],
)
def test_what_is_not(text: str):
    assert found(text) == []


def test_the_words_stand_with_what_is_around_them():
    text = f"{'Long ago. ' * 20}Ring 07911 654321 tonight. {'After that. ' * 20}"
    [one] = uninvolved([Passage("concern", "", "what", text)], KNOWN)
    assert one.before.startswith("…")
    assert one.before.endswith("Ring ")
    assert one.after.startswith(" tonight.")
    assert one.after.endswith("…")
    assert one.passage.question == "what"


@pytest.mark.parametrize(
    "unit", ["0", "0 ", "a@", "a.", "A1 ", "1 Aa ", "friend Aa ", "+44 ", "é", "friend called ", "9434765919 "]
)
def test_two_hundred_thousand_characters_are_no_trouble(unit: str):
    """It ends: a pattern that backtracks would not, within the time of a test run."""
    text = (unit * 200_000)[:200_000]
    assert len(found(text)) <= MOST


@given(st.text(max_size=400))
def test_whatever_is_written_it_marks_places_in_it(text: str):
    for one in uninvolved([Passage("concern", "", "what", text)], KNOWN):
        assert 0 <= one.start < one.end <= len(text)
        assert one.words


@given(st.text(alphabet="0123456789 +-", max_size=60))
def test_digits_never_break_it(text: str):
    assert all(
        one.detail in {Detail.PHONE, Detail.NHS_NUMBER} for one in uninvolved([Passage("p", "", "q", text)], KNOWN)
    )


@given(st.lists(st.sampled_from(KNOWN.texts), max_size=6))
def test_what_is_known_is_never_pointed_out(texts: list[str]):
    assert found(" and ".join(texts)) == []
