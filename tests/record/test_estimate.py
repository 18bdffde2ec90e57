"""How long a draft still takes, and what is left out of it."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.record.domain.clean import Cleaned
from referrals.record.domain.completeness import PageProgress, Status
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.estimate import Estimate, estimate
from referrals.record.domain.forms.parts import Kind, Page, Per, Question, Specification, When
from referrals.record.domain.left_out import coming_back, left_out_pages, set_aside, words_aside

HARMED = When("harm", ("yes",))
WHY = Question("why", "Why?", Kind.LONG_TEXT, mandatory=True, when=(HARMED,))
MORE = Question("more", "Is there more to say?", Kind.LONG_TEXT)
PAGE = Page(
    "worry",
    "The worry",
    "What worries you",
    (Question("harm", "Is there harm?", Kind.YES_NO, mandatory=True), WHY, MORE),
)
CHILD = Page("about", "Child", "About {name}", (Question("name", "Name", Kind.TEXT, mandatory=True),), per=Per.CHILD)
LATER = Page("later", "Later", "Later", (WHY,), when=(When("harm", ("yes",), page="worry"),))


def test_what_has_to_be_answered_counts_and_what_may_stay_empty_does_not():
    def left(status: Status, answers: dict[str, str], missing: tuple[str, ...] = ()) -> Estimate:
        return estimate([PageProgress(PAGE, None, "", status, missing)], DraftAnswers(pages={"worry": answers}))

    assert left(Status.NOT_STARTED, {}) == Estimate(1, 5)
    assert left(Status.NOT_STARTED, {"harm": "yes"}) == Estimate(2, 5)
    assert left(Status.IN_PROGRESS, {"why": "x"}, ("harm",)) == Estimate(1, 5)
    assert left(Status.COMPLETED, {"harm": "no"}) == Estimate(0, 0)
    assert left(Status.OPTIONAL, {}) == Estimate(0, 0)


def test_it_is_about_each_child_and_no_more_exact_than_five_minutes():
    child = PersonAnswers(uuid4(), 1)
    draft = DraftAnswers(children=(child,))
    pages = [PageProgress(PAGE, None, "", Status.NOT_STARTED)] * 11
    one = PageProgress(CHILD, child.id, "Child 1", Status.NOT_STARTED)
    assert estimate([one], draft) == Estimate(1, 5)
    assert estimate([*pages, one], draft) == Estimate(12, 10)
    waits = PageProgress(CHILD, None, "Each child", Status.CANNOT_START)
    assert estimate([waits], DraftAnswers()) == Estimate(1, 5)


def test_a_page_that_no_longer_applies_is_named():
    form = Specification("test-1", "Test", (PAGE, LATER))
    written = DraftAnswers(pages={"worry": {"harm": "yes"}, "later": {"why": "A burn"}})
    assert list(left_out_pages(form, written)) == []
    changed = written.with_page(PAGE, None, {"harm": "no"})
    assert list(left_out_pages(form, changed)) == [("later:", "Later")]


def aside_of(cleaned, raw, *, before=None, saved=None, around=None):
    return set_aside(PAGE, before or {}, cleaned, raw, saved=saved or {}, around=around or {})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"day": "5", "month": "March", "year": "2017"}, "2017-03-05"),
        ({"day": "", "month": "3", "year": "2017"}, "2017-03"),
        ({"day": "", "month": "", "year": "5/3/2017"}, "2017-03-05"),
        ({"day": "50", "month": "3", "year": "2017"}, {"day": "50", "month": "3", "year": "2017"}),
        (
            [{"what": "A visit", "on": {"day": "5", "month": "3", "year": "2017"}}],
            [{"what": "A visit", "on": "2017-03-05"}],
        ),
        ([{"id": "arm", "words": "A burn"}], [{"id": "arm", "words": "A burn"}]),
        ({"tw-1": "yes", "tw-2": ""}, {"tw-1": "yes"}),
        (object(), "as it was saved"),
    ],
)
def test_dates_rows_and_the_body_are_set_aside_too(typed, kept):
    aside = aside_of(Cleaned({"harm": "no"}, (), ("why",)), {"why": typed}, saved={"why": "as it was saved"})
    assert aside == {"why": kept}


def test_a_date_that_is_set_aside_reads_as_one():
    page = Page("p", "P", "P", (Question("born", "When?", Kind.DATE),))
    for value in ("2017-03-05", {"day": "5", "month": "March", "year": "2017"}):
        assert [one.words for one in words_aside(page, "T", {"born": value}, {})] == ["5 March 2017"]


def test_an_answer_that_was_not_on_the_page_any_more_is_set_aside_and_one_that_was_emptied_is_not():
    saved = {"harm": "yes", "why": "A burn", "more": "x"}
    assert aside_of(Cleaned({"harm": "no"}, (), ()), {"harm": "no"}, saved=saved) == {"why": "A burn"}
    assert aside_of(Cleaned({"harm": "no"}, (), ()), {"harm": "no", "why": ""}, saved=saved) == {}


def test_what_is_set_aside_comes_back_with_its_question_and_goes_once_it_is_answered():
    aside = aside_of(Cleaned({"harm": "no"}, (), ("why",)), {"harm": "no", "why": " A burn\x00 "})
    assert aside == {"why": " A burn "}
    assert [one.words for one in words_aside(PAGE, "T", aside, {"harm": "no"})] == [" A burn "]
    assert coming_back(PAGE, {"harm": "no"}, aside, {}) == {}
    assert coming_back(PAGE, {"harm": "yes"}, aside, {}) == aside
    assert coming_back(PAGE, {"harm": "yes", "why": "A bruise"}, aside, {}) == {}
    assert aside_of(Cleaned({"harm": "yes", "why": "A bruise"}, (), ()), {}, before=aside) == {}


@given(st.text(min_size=1).filter(lambda words: words.strip() and "\x00" not in words and "\r" not in words))
def test_no_words_are_lost_between_no_and_yes(words):
    aside = aside_of(Cleaned({"harm": "no"}, (), ("why",)), {"harm": "no", "why": words})
    if aside:
        assert coming_back(PAGE, {"harm": "yes"}, aside, {})["why"].split() == words.split() or not words.isprintable()
