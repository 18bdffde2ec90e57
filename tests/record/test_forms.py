"""The specifications as data: keys, conditions and values that other rooms rely on."""

import re
from itertools import pairwise

import pytest

from consent.domain.facts import NotSeeking, Said
from referrals.record.domain.forms import CURRENT, SPECIFICATIONS, specification
from referrals.record.domain.forms.body import HEIGHT, REGIONS, SIDES, WIDTH
from referrals.record.domain.forms.codes import DISABILITIES, ETHNIC_GROUPS, ETHNICITIES, UPN_UNKNOWN
from referrals.record.domain.forms.costs import COSTS, SAYS_ENOUGH, can_be_unknown
from referrals.record.domain.forms.parts import CHOICE_KINDS, PACK_LISTS, Kind, Need, Per
from referrals.record.models import Child, HouseholdMember
from thresholds.domain.parts import Flag, Harm

FORMS = list(SPECIFICATIONS.values())
by_version = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.version)


@by_version
def test_keys_are_unique(form):
    """A question's key is unique among the pages asked for the same thing, so that an answer is found by it alone."""
    assert len({page.key for page in form.pages}) == len(form.pages)
    for per in Per:
        keys = [question.key for page in form.pages if page.per is per for question in page.questions]
        keys += [
            question.not_known_key
            for page in form.pages
            if page.per is per
            for question in page.questions
            if question.has_tick
        ]
        assert len(keys) == len(set(keys))


@by_version
def test_conditions_ask_questions_that_come_before(form):
    for number, page in enumerate(form.pages):
        seen = {other.key: other for other in form.pages[:number] if other.per in {Per.REFERRAL, page.per}}
        for when in page.when:
            assert set(when.among) <= {option.value for option in seen[when.page].question(when.question).choices}
        for when in page.called_for:
            assert set(when.among) <= {option.value for option in seen[when.page].question(when.question).choices}
        for needed in page.needs:
            assert needed.page in seen
            assert not needed.question or seen[needed.page].question(needed.question).mandatory
        for place, question in enumerate(page.questions):
            earlier = {one.key: one for one in page.questions[:place]}
            for when in question.when:
                asked = seen[when.page].question(when.question) if when.page else earlier[when.question]
                assert set(when.among) <= {option.value for option in asked.choices}


@by_version
def test_choices_offer_something(form):
    for page in form.pages:
        for question in page.questions:
            values = [option.value for option in question.choices]
            assert len(values) == len(set(values))
            if question.kind in {Kind.CHOICE, Kind.MULTI, Kind.YES_NO, Kind.SCALE, Kind.BODY}:
                assert len(values) >= 2
            elif question.kind not in CHOICE_KINDS | PACK_LISTS:
                assert values == []


@by_version
def test_sections_stand_together_and_lists_come_before_their_pages(form):
    sections = [page.section for page in form.pages]
    changes = sum(1 for one, other in pairwise(sections) if one != other)
    assert changes == len(form.sections()) - 1
    for per in (Per.CHILD, Per.MEMBER):
        pages = [page for page in form.pages if page.per is per]
        if pages:
            listing = next(page for page in form.pages if page.lists is per)
            assert form.pages.index(listing) < form.pages.index(pages[0])
            assert [page.key for page in pages if page.in_row] == [pages[0].key]


@by_version
def test_words_are_short_and_say_who(form):
    for page in form.pages:
        assert ("{name}" in page.title) is (page.per is not Per.REFERRAL)
        for question in page.questions:
            assert 0 < len(question.label) <= 100
            assert len(question.hint) <= 170


@by_version
def test_columns_of_people_are_questions(form):
    """The columns of a person's row hold answers of the page about them, under the same names."""
    rows = {Per.CHILD: Child, Per.MEMBER: HouseholdMember}
    for page in form.pages:
        if page.in_row and form.version.startswith("marf"):
            assert set(rows[page.per].ANSWER_COLUMNS) <= {question.key for question in page.questions}


@by_version
def test_rows_ask_something_in_each_row(form):
    listed = [question for page in form.pages for question in page.questions if question.kind is Kind.ROWS]
    for question in listed:
        keys = [column.key for column in question.columns]
        assert question.row_name
        assert len(keys) == len(set(keys)) >= 2
        assert len({column.label for column in question.columns}) == len(keys)
        assert not question.sorted_by or question.sorted_by in keys
        # A row is filled in as it stands: nothing in it opens anything else, and no list stands in a list.
        assert all(not column.when and not column.has_tick and not column.columns for column in question.columns)


def test_the_codes_are_those_of_the_returns():
    codes = {option.value for options in ETHNICITIES.values() for option in options}
    assert codes == {
        *("WBRI", "WIRI", "WIRT", "WROM", "WOTH", "MWBC", "MWBA", "MWAS", "MOTH"),
        *("AIND", "APKN", "ABAN", "AOTH", "BCRB", "BAFR", "BOTH", "CHNE", "OOTH"),
    }
    assert {option.value for option in ETHNIC_GROUPS} == {*ETHNICITIES, "REFU"}
    assert {option.value for option in DISABILITIES} == {
        *("MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA")
    }
    assert [option.value for option in UPN_UNKNOWN] == [f"UN{number}" for number in range(1, 8)]


def test_every_place_of_the_body_is_named_once_and_drawn_within_the_picture():
    assert len({region.id for region in REGIONS}) == len({region.label for region in REGIONS}) == len(REGIONS)
    assert {region.side for region in REGIONS} == set(SIDES)
    for region in REGIONS:
        x, y = region.shape.middle
        assert 0 < x < WIDTH
        assert 0 < y < HEIGHT
        # The child's own left is on the right of a front seen, and on the left of a back.
        if "-left-" in region.id:
            assert (x > WIDTH / 2) is (region.side == "front")


def test_each_kind_begins_on_a_form():
    for version in CURRENT.values():
        assert specification(version).version == version
    with pytest.raises(KeyError):
        specification("marf-0")


def test_values_are_those_that_the_engines_name():
    """So that an answer goes into the check and the decision to share without a table between."""
    marf = specification("marf-1")

    def values(page, question):
        return {option.value for option in marf.page(page).question(question).options}

    assert values("harm", "harm") == {harm.value for harm in Harm}
    assert values("circumstances", "circumstances") - {"none"} <= {flag.value for flag in Flag}
    assert values("without-agreement", "not_seeking") == {reason.value for reason in NotSeeking}
    for page in ("child-sharing", "member-sharing"):
        assert values(page, "not_asked_because") == {reason.value for reason in NotSeeking}
        assert values(page, "said") | {"not_known"} == {said.value for said in Said}


def test_the_child_s_own_view_is_asked_and_its_absence_explained():
    view = specification("marf-1").page("child-view")
    assert view.question("view_absent_because").mandatory
    assert specification("send-now-1").page("worry").question("child_said").mandatory


def test_judgement_comes_before_what_the_document_indicates():
    keys = [page.key for page in specification("marf-1").pages]
    assert keys.index("judged") < keys.index("indicated")
    assert Need("judged", "judged_level") in specification("marf-1").page("indicated").needs


def test_not_known_says_what_it_costs():
    silent = {
        (form.version, question.key)
        for form in FORMS
        for page in form.pages
        for question in page.questions
        if question.mandatory and can_be_unknown(question) and not question.unknown_costs
        if not question.key.endswith(SAYS_ENOUGH)
    }
    assert silent == set()
    asked = {question.key for form in FORMS for page in form.pages for question in page.questions}
    assert COSTS.keys() <= asked
    for cost in COSTS.values():
        assert len(cost) <= 80, cost
        assert cost.endswith(".")


EXPLAINED = {
    "DASH": "domestic abuse, stalking and honour-based violence",
    "EHCP": "education, health and care plan",
    "LADO": "designated officer",
    "MARAC": "a conference of agencies",
    "UPN": "unique pupil number",
    "URN": "unique reference number",
}
"""Acronyms that stand in the forms, each with what its page has to say of it."""
EVERYDAY = {"ADHD", "GP", "NHS"}


@by_version
def test_an_acronym_is_explained_on_its_page(form):
    for page in form.pages:
        words = [page.title, page.intro]
        for question in page.questions:
            for asked in (question, *question.columns):
                words += [asked.label, asked.hint, asked.unknown_costs]
                words += [text for option in asked.options for text in (option.label, option.hint)]
        told = " ".join(words)
        for acronym in set(re.findall(r"\b[A-Z]{2,}\b", told)) - EVERYDAY:
            assert EXPLAINED[acronym] in told.lower(), (page.key, acronym)
