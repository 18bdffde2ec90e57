"""Lists of rows, and places on the body: each cell by its own rule, nothing typed lost, read in order of date."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.record.domain.clean import Context, clean_answers
from referrals.record.domain.clean_values import MOST_ROWS
from referrals.record.domain.document import page_document, reading
from referrals.record.domain.draft import DraftAnswers
from referrals.record.domain.forms import specification

MARF = specification("marf-1")
STRICT = Context(today=date(2026, 3, 2), harm_possible=False)
CARRIED = replace(STRICT, harm_possible=True)


def agencies(*rows, context=STRICT):
    return clean_answers(MARF.page("agencies"), {"agencies": list(rows)}, context)


def events(*rows, context=STRICT):
    return clean_answers(MARF.page("chronology"), {"chronology": list(rows)}, context)


def test_blank_rows_and_cells_go_and_the_others_keep_their_order():
    cleaned = agencies(
        {"agency": "", "worker": " "},
        {"agency": " School nurse ", "contact": "", "leads": "no"},
        {},
        {"worker": "Jo"},
    )
    assert cleaned.answers["agencies"] == [{"agency": "School nurse", "leads": "no"}, {"worker": "Jo"}]
    assert cleaned.problems == ()


def test_a_list_of_blank_rows_is_no_answer():
    assert agencies({}, {"agency": ""}).answers == {}


def test_the_cell_at_fault_is_named_by_its_row_as_it_was_typed():
    typed: tuple[dict[str, Any], ...] = ({}, {"on": {"day": "31", "month": "2", "year": "2025"}, "event": "He fell"})
    strict, carried = events(*typed), events(*typed, context=CARRIED)
    assert [(one.field, one.blocks) for one in strict.problems] == [("chronology-1-on", True)]
    assert [(one.field, one.blocks) for one in carried.problems] == [("chronology-1-on", False)]
    assert carried.answers["chronology"][0]["on"] == {"day": "31", "month": "2", "year": "2025"}


def test_what_a_row_does_not_ask_is_refused():
    assert agencies({"agency": "GP", "author_id": "x"}).blocks
    assert agencies({"agency": "GP", "author_id": "x"}, context=CARRIED).answers["agencies"] == [{"agency": "GP"}]


def test_more_rows_than_anybody_reads():
    many = [{"agency": f"Agency {number}"} for number in range(MOST_ROWS + 1)]
    assert agencies(*many).blocks
    assert len(agencies(*many, context=CARRIED).answers["agencies"]) == MOST_ROWS + 1


@pytest.mark.parametrize(
    "raw", ["text", [1], [["agency"]], {"agency": "GP"}, [{"agency": ["GP"]}], [{"agency": {"day": {}}}]]
)
def test_what_is_no_list_of_rows_is_refused_and_raises_nothing(raw):
    assert clean_answers(MARF.page("agencies"), {"agencies": raw}, STRICT).blocks


cells = st.dictionaries(
    st.sampled_from(["on", "event", "told_by", "recorded"]),
    st.one_of(
        st.text(),
        st.sampled_from(["2025", "March 2025", "2025-03-04", "soon"]),
        st.fixed_dictionaries({"day": st.text(max_size=2), "month": st.text(max_size=3), "year": st.text(max_size=4)}),
    ),
)


@given(st.lists(cells, max_size=5))
def test_any_rows_come_back_unchanged_once_they_are_cleaned(rows):
    cleaned = events(*rows, context=CARRIED)
    assert events(*cleaned.answers.get("chronology", []), context=CARRIED).answers == cleaned.answers
    question = MARF.page("chronology").question("chronology")
    assert reading(question, cleaned.answers, {})


def test_events_are_read_by_the_day_they_happened_and_those_without_one_last():
    answers = events(
        {"event": "Nobody knows when"},
        {"on": "2025-06-02", "event": "Third", "recorded": "2025-06-03"},
        {"on": "2025-06", "event": "Second"},
        {"on": "2019", "event": "First"},
        {"on": "last spring", "event": "As typed"},
        context=CARRIED,
    ).answers
    draft = DraftAnswers(pages={"chronology": answers})
    (question,) = page_document(MARF.page("chronology"), draft, None, {})["questions"]
    said = [dict(row)["What happened?"] for row in question["rows"]]
    assert said == ["First", "Second", "Third", "Nobody knows when", "As typed"]
    assert question["rows"][2][0] == ["Date of the event", "2 June 2025"]
    assert question["reads"].startswith("1. Date of the event: 2019; What happened?: First\n2. ")
    # The order of writing stays in the answer itself.
    assert question["answer"] == answers["chronology"]


def body(*places, context=STRICT):
    return clean_answers(MARF.page("injuries"), {"body": list(places), "injury_doctor": "no"}, context)


def test_places_on_the_body_stand_in_the_order_of_the_map():
    cleaned = body({"id": "back-neck", "words": "Red"}, {"id": "front-left-eye", "words": " Black "})
    assert cleaned.answers["body"] == [
        {"id": "front-left-eye", "words": "Black"},
        {"id": "back-neck", "words": "Red"},
    ]
    assert cleaned.problems == ()
    question = MARF.page("injuries").question("body")
    assert reading(question, cleaned.answers, {}) == "Left eye: Black\nBack of the neck: Red"


def test_a_place_without_words_is_pointed_out():
    cleaned = body({"id": "front-nose", "words": ""})
    assert not cleaned.blocks
    assert [one.field for one in cleaned.problems] == ["body"]
    assert reading(MARF.page("injuries").question("body"), cleaned.answers, {}) == "Nose: Not described"


def test_a_place_that_is_not_on_the_map_is_kept_with_its_words():
    assert body({"id": "tail", "words": "Sore"}).blocks
    assert body({"id": "tail", "words": "Sore"}, context=CARRIED).answers["body"] == [{"id": "tail", "words": "Sore"}]
