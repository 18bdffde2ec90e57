"""Cleaning: bad input is said, what was typed is kept, and where harm is possible nothing blocks."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.record.domain import dates
from referrals.record.domain.clean import Context, clean_answers
from referrals.record.domain.clean_values import CEILING, Options, clean_text
from referrals.record.domain.forms import SPECIFICATIONS, specification
from referrals.record.domain.forms.parts import TEXT_KINDS, Kind, Page

MARF = specification("marf-1")
TODAY = date(2026, 3, 2)
OPTIONS = Options(
    areas=frozenset({"sandford"}),
    levels=frozenset({"low", "high"}),
    descriptors=frozenset({"sf-1", "sf-2"}),
    protective_factors=frozenset({"p-1"}),
    conditions=frozenset({"protective"}),
)
STRICT = Context(today=TODAY, harm_possible=False, options=OPTIONS)
CARRIED = replace(STRICT, harm_possible=True)
BORN = {"unborn": "no", "given_names": "Robin", "family_name": "Vale"}


def about(context=STRICT, **raw: Any):
    return clean_answers(MARF.page("child-about"), {**BORN, **raw}, context)


def parts(day="", month="", year=""):
    return {"day": day, "month": month, "year": year}


def messages(cleaned, field):
    return [problem.message for problem in cleaned.problems if problem.field == field]


# --- dates ---


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (parts("27", "3", "2015"), "2015-03-27"),
        (parts(" 7 ", "March", "2019"), "2019-03-07"),
        (parts("", "sept", "2019"), "2019-09"),
        (parts("", "", "2019"), "2019"),
        (parts("", "", "March 2019"), "2019-03"),
        ("5/3/2019", "2019-03-05"),
        ("2019-03-05", "2019-03-05"),
        ("29 February 2024", "2024-02-29"),
    ],
)
def test_dates_as_people_give_them(typed, stored):
    cleaned = about(born=typed)
    assert cleaned.answers["born"] == stored
    assert cleaned.problems == ()


@pytest.mark.parametrize(
    "typed",
    [
        parts("31", "2", "2019"),
        parts("1", "13", "2019"),
        parts("1", "", "2019"),
        parts("1", "2", "19"),
        parts("1", "2", "0000"),
        parts("۱", "۲", "۲۰۱۹x"),
        "soon",
        "1 2 3 4",
    ],
)
def test_what_is_no_date_blocks_or_is_carried_along_as_typed(typed):
    strict, carried = about(born=typed), about(CARRIED, born=typed)
    assert strict.blocks
    assert "born" not in strict.answers
    assert not carried.blocks
    assert messages(carried, "born") == messages(strict, "born")
    kept = carried.answers["born"]
    assert dates.reads(kept) == (typed if isinstance(typed, str) else dates.reads(typed))
    assert dates.exact_day(kept) is None


@pytest.mark.parametrize("born", ["2026-03-03", "2026-04", "2027", "2001-03-01", "2001-02", "2000"])
def test_an_impossible_date_of_birth(born):
    assert about(born=born).blocks
    carried = about(CARRIED, born=born)
    assert not carried.blocks
    assert carried.answers["born"] == born
    assert messages(carried, "born")


@pytest.mark.parametrize("born", ["2026-03-02", "2026-03", "2026", "2001-03-02", "2001-03", "2001"])
def test_a_date_of_birth_that_may_be_right(born):
    assert about(born=born).problems == ()


def test_the_youngest_day_on_a_leap_day():
    context = replace(STRICT, today=date(2028, 2, 29))
    assert about(context, born="2003-02-28").problems == ()
    assert about(context, born="2003-02-27").blocks


@pytest.mark.parametrize(
    ("expected", "warned"), [("2026-02-10", False), ("2025-10-01", True), ("2026-09", False), ("2027-03", True)]
)
def test_an_expected_date_long_past_is_a_warning(expected, warned):
    """Babies are late, and dates are corrected: it never blocks."""
    cleaned = about(unborn="yes", expected=expected)
    assert cleaned.answers["expected"] == expected
    assert not cleaned.blocks
    assert bool(messages(cleaned, "expected")) is warned


def test_a_whole_day_is_asked_where_a_day_is_meant():
    page = MARF.page("ring-first")
    assert clean_answers(page, {"rang": "yes", "rang_on": "2026-03"}, STRICT).blocks
    assert clean_answers(page, {"rang": "yes", "rang_on": "2026-03-03"}, STRICT).blocks
    assert clean_answers(page, {"rang": "yes", "rang_on": "2026-03-02"}, STRICT).answers["rang_on"] == "2026-03-02"


# --- text ---


def worry(raw: object, context=STRICT):
    page = MARF.page("concern")
    return clean_answers(page, {"what": raw}, context)


def test_text_is_kept_to_the_character():
    text = "  She said:\n\t“stop” — مرحبا \u202eRTL\u202c 👩‍👧 e\u0301 <script>  "
    assert worry(text).answers == {"what": text}
    assert worry(text).problems == ()


def test_line_ends_of_other_systems():
    assert worry("one\r\ntwo\rthree").answers == {"what": "one\ntwo\nthree"}


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\ud800"])
def test_characters_that_cannot_be_stored(bad):
    strict, carried = worry(f"He{bad} hit her"), worry(f"He{bad} hit her", CARRIED)
    assert strict.blocks
    assert strict.answers == {}
    assert not carried.blocks
    assert carried.answers == {"what": "He hit her"}
    assert messages(carried, "what")


def test_two_hundred_thousand_pasted_characters():
    strict, carried = worry("x" * 200_000), worry("x" * 200_000, CARRIED)
    assert "200,000" in messages(strict, "what")[0]
    assert "20,000" in messages(strict, "what")[0]
    assert strict.blocks
    assert not carried.blocks
    assert len(carried.answers["what"]) == 200_000


def test_more_than_can_be_stored_always_blocks():
    assert worry("x" * (CEILING + 1), CARRIED).blocks


def test_blank_is_no_answer():
    assert worry(" \n\t ").answers == {}
    assert worry(" \n\t ").problems == ()
    assert clean_text(" \n\x00 ") == ""
    assert clean_text("a\x00b\r\n") == "ab\n"


def test_postcodes_are_tidied_and_unknown_ones_kept():
    page = MARF.page("child-home")
    assert clean_answers(page, {"postcode": " tf1  1aa "}, STRICT).answers == {"postcode": "TF1 1AA"}
    unknown = clean_answers(page, {"postcode": "somewhere in Madeley"}, STRICT)
    assert unknown.answers == {"postcode": "somewhere in Madeley"}
    assert not unknown.blocks
    assert messages(unknown, "postcode")


# --- choices, and what the pack holds ---


def test_an_answer_that_is_not_offered():
    page = MARF.page("child-home")
    assert clean_answers(page, {"home_area": "atlantis"}, STRICT).blocks
    carried = clean_answers(page, {"home_area": "atlantis"}, CARRIED)
    assert not carried.blocks
    assert carried.answers == {}
    assert messages(carried, "home_area")
    for area in ("sandford", "elsewhere", "not_known"):
        assert clean_answers(page, {"home_area": area}, STRICT).answers == {"home_area": area}


def test_an_answer_that_means_none_stands_alone():
    page = MARF.page("circumstances")
    both = clean_answers(page, {"circumstances": ["neglect", "none"]}, STRICT)
    assert both.blocks
    carried = clean_answers(page, {"circumstances": ["neglect", "none"]}, CARRIED)
    assert carried.answers == {"circumstances": ["neglect", "none"]}
    assert clean_answers(page, {"circumstances": "neglect"}, STRICT).answers == {"circumstances": ["neglect"]}


def test_a_descriptor_that_is_not_in_the_pack():
    page = MARF.page("descriptors")
    raw = {"descriptors": [{"id": "sf-1", "evidence": "Seen on Monday"}, {"id": "xx-9", "evidence": "Bruises"}]}
    assert clean_answers(page, raw, STRICT).blocks
    carried = clean_answers(page, raw, CARRIED)
    assert not carried.blocks
    assert carried.answers["descriptors"] == raw["descriptors"]
    assert any("not in this area" in message for message in messages(carried, "descriptors"))


def test_a_descriptor_without_evidence_is_pointed_out():
    cleaned = clean_answers(MARF.page("descriptors"), {"descriptors": [{"id": "sf-1", "evidence": ""}]}, STRICT)
    assert not cleaned.blocks
    assert messages(cleaned, "descriptors")


def test_conditions():
    page = MARF.page("descriptors")
    known = {"conditions": {"protective": "not_known"}}
    assert clean_answers(page, known, STRICT).answers == known
    assert clean_answers(page, {"conditions": {"protective": "perhaps"}}, STRICT).blocks
    assert clean_answers(page, {"conditions": {"other": "yes"}}, STRICT).blocks


# --- not known, dropped, unknown ---


def test_not_known_is_an_answer():
    assert about(born="", born_not_known="on").answers["born_not_known"] is True


def test_not_known_beside_an_answer_keeps_the_answer():
    cleaned = about(born="2019", born_not_known="on")
    assert cleaned.answers["born"] == "2019"
    assert "born_not_known" not in cleaned.answers
    assert not cleaned.blocks
    assert messages(cleaned, "born")


def test_answers_of_a_branch_no_longer_taken_are_dropped_and_named():
    cleaned = about(unborn="yes", born="2019-03", expected="2026-05")
    assert cleaned.dropped == ("born",)
    assert "born" not in cleaned.answers
    page = MARF.page("alleged")
    raw = {"alleged": "no", "alleged_who": "Uncle", "alleged_works_with_children": "yes", "alleged_workplace": ""}
    assert clean_answers(page, raw, STRICT).dropped == ("alleged_who", "alleged_works_with_children")


def test_a_field_that_names_somebody_else_as_author_is_refused():
    cleaned = about(author_id="5d0c6a5e-0000-4000-8000-000000000000")
    assert cleaned.blocks
    assert set(cleaned.answers) == set(BORN)
    assert not about(CARRIED, author_id="x").blocks
    assert messages(about(CARRIED, author_id="x"), "")


@pytest.mark.parametrize("raw", [None, "text", 7, [], [("what", "x")]])
def test_what_is_no_form_is_refused(raw):
    cleaned = clean_answers(MARF.page("concern"), raw, CARRIED)
    assert cleaned.answers == {}
    assert cleaned.blocks


# --- properties ---

PAGES = [page for form in SPECIFICATIONS.values() for page in form.pages]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.integers(), inner, max_size=4),
    max_leaves=12,
)


@st.composite
def posts(draw) -> tuple[Page, dict[Any, Any]]:
    """A page with input for some of its questions, plausible or not, and for others that it doesn't have."""
    page = draw(st.sampled_from(PAGES))
    raw: dict[Any, Any] = draw(st.dictionaries(st.text() | st.integers(), anything, max_size=2))
    for question in page.questions:
        values = [option.value for option in question.choices]
        likely = st.sampled_from(values) if values else st.text() | st.just("2019-03")
        given_value = st.one_of(likely, st.text(), anything, st.lists(likely, max_size=3))
        if draw(st.booleans()):
            raw[question.key] = draw(given_value)
        if draw(st.booleans()):
            raw[question.not_known_key] = draw(st.sampled_from(["", "on"]))
    return page, raw


contexts = st.sampled_from([STRICT, CARRIED])


@given(posts(), contexts)
def test_cleaning_raises_on_nothing_and_is_done_once(post, context):
    """Cleaned answers are plain, come back unchanged, and hold only what the page asks."""
    page, raw = post
    cleaned = clean_answers(page, raw, context)
    again = clean_answers(page, cleaned.answers, context)
    assert again.answers == cleaned.answers
    assert again.dropped == ()
    known = {question.key for question in page.questions} | {question.not_known_key for question in page.questions}
    assert set(cleaned.answers) <= known


@given(anything)
def test_cleaning_raises_on_no_input_at_all(raw):
    for page in PAGES[:3]:
        assert clean_answers(page, raw, STRICT).answers is not None


@given(posts(), contexts)
def test_words_are_kept_or_stand_beside_a_problem_that_blocks(post, context):
    page, raw = post
    cleaned = clean_answers(page, raw, context)
    blocking = {problem.field for problem in cleaned.problems if problem.blocks}
    for question in page.questions:
        typed = raw.get(question.key)
        if question.kind in TEXT_KINDS and isinstance(typed, str) and clean_text(typed).strip():
            assert question.key in {*cleaned.answers, *cleaned.dropped, *blocking}
            if question.kind is Kind.LONG_TEXT and question.key in cleaned.answers:
                assert cleaned.answers[question.key] == clean_text(typed)


@given(st.text())
def test_where_harm_is_possible_no_words_block(text):
    for page in PAGES:
        for question in page.questions:
            if question.kind in TEXT_KINDS:
                cleaned = clean_answers(page, {question.key: text}, CARRIED)
                assert not cleaned.blocks


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31)))
def test_every_day_is_read_as_it_is_written(day):
    stored = day.isoformat()
    assert dates.read_text(stored) == stored
    assert dates.read_text(dates.reads(stored)) == stored
    assert dates.earliest(stored) == dates.latest(stored) == dates.exact_day(stored) == day
    assert dates.earliest(stored[:7]) <= day <= dates.latest(stored[:7])
    assert dates.earliest(stored[:4]) <= day <= dates.latest(stored[:4])


def test_what_is_no_stored_date_is_refused():
    with pytest.raises(ValueError, match="stored"):
        dates.earliest("March")
    assert dates.reads("March") == "March"
    assert dates.exact_day(None) is None
