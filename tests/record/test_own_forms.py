"""What a partnership's pack changes about the forms: the lists of what may change against the forms and the rules, the
refusals, and the form that comes of it."""

import ast
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.domain.sections import About, about_of
from referrals.record.domain.clean import Context, clean_answers
from referrals.record.domain.clean_values import Options
from referrals.record.domain.completeness import Status, completeness
from referrals.record.domain.document import answers_document
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.forms import specification
from referrals.record.domain.forms.fitting import fitted, is_own
from referrals.record.domain.forms.parts import CHOICE_KINDS, TEXT_KINDS, Kind, Per, Question
from tests.thresholds.support import FORM, PACK, mistakes, parsed
from thresholds import files
from thresholds.domain.form_pages import CHANGEABLE
from thresholds.domain.form_rules import form_faults
from thresholds.domain.form_settings import (
    FormSettings,
    OwnKind,
    OwnOption,
    OwnPage,
    OwnQuestion,
    PageTitle,
    QuestionSetting,
)

MARF, EHA = specification("marf-1"), specification("eha-1")
PAGES = [page for form in (MARF, EHA) for page in form.pages]
NO_OPTIONS = Options()
WRITTEN = frozenset({"need-learning", "no page"})
RULES = ("referrals/casework/domain", "referrals/routing/domain", "referrals/oversight/domain", "consent/domain")
FOR_PEOPLE = {"narrative.py", "uninvolved.py", "sections.py"}
"""Words that are looked through for suggestions and names, and what a page is about: no rule reads an answer there."""


def settings() -> FormSettings:
    return parsed(PACK + FORM).form


def read_by_rules() -> set[str]:
    """Every text in the rules: among them the keys of the questions that they read."""
    root = Path(__file__).parents[2]
    found = [root / "referrals/record/domain/urgency.py"]
    found += [file for folder in RULES for file in (root / folder).rglob("*.py") if file.name not in FOR_PEOPLE]
    return {
        one.value
        for file in found
        for one in ast.walk(ast.parse(file.read_text()))
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


def asked_by(key: str) -> list[Question]:
    return [question for page in PAGES if page.key == key for question in page.questions]


@pytest.mark.parametrize("key", CHANGEABLE)
def test_what_may_change_is_a_page_of_the_forms_that_no_rule_needs(key: str):
    pages, may = [page for page in PAGES if page.key == key], CHANGEABLE[key]
    assert pages
    assert not any(page.in_row or page.lists for page in pages)
    assert not may.reword & read_by_rules()
    assert may.reword | may.require <= {question.key for question in asked_by(key)}
    if may.off:
        asked = {question.key for question in asked_by(key)}
        kept = {"agencies", "history"}  # no such key stands on these pages: the words mean something else there
        assert not (asked - kept) & read_by_rules()
        leaning = [(page.when, page.called_for, page.needs) for page in PAGES if page.key != key]
        assert not any(one.page == key for whens in leaning for group in whens for one in group)


def test_what_may_be_required_can_be_answered_with_not_known():
    for key, may in CHANGEABLE.items():
        for name in may.require:
            question = next(one for one in asked_by(key) if one.key == name)
            assert not question.mandatory, name
            allowed = question.not_known or question.kind is Kind.YES_NO
            assert allowed or question.kind in TEXT_KINDS | {Kind.ROWS, Kind.MULTI, Kind.PARTIAL_DATE}, name


@pytest.mark.parametrize(
    "page",
    [page for page in dict.fromkeys(one.key for one in PAGES) if page not in CHANGEABLE],
)
def test_what_safety_or_the_law_needs_cannot_be_touched(page: str):
    refused = [
        FormSettings(off=(page,)),
        FormSettings(pages=(PageTitle(page=page, title="Other"),)),
        FormSettings(own_questions=(OwnQuestion(id="q", page=page, kind=OwnKind.LINE, label="Which?"),)),
        FormSettings(
            own_pages=(OwnPage(id="own", follows=page, title="Own"),),
            own_questions=(OwnQuestion(id="q", page="own", kind=OwnKind.LINE, label="Which?"),),
        ),
    ]
    refused += [
        FormSettings(questions=(QuestionSetting(page=page, question=one.key, label="Other?"),))
        for one in asked_by(page)
    ]
    for one in refused:
        assert list(form_faults(one)), one


@pytest.mark.parametrize(
    ("before", "after", "field", "words"),
    [
        ("scaling, member-more", "scaling, harm", "form.off[1]", "safety or the law needs it"),
        ("scaling, member-more", "scaling, scaling", "form.off[1]", "stands twice"),
        ("page: agencies, title", "page: danger, title", "form.pages[0].page", "safety or the law needs"),
        ("title: Who else helps", 'title: "{name}"', "form.pages[0].title", "is one line"),
        ("question: working_well", "question: worried", "form.questions[0].question", "can't be reworded"),
        ("question: gp", "question: open_case", "form.questions[1].mandatory", "mandatory everywhere"),
        ("follows: agencies", "follows: telling", "form.own_pages[0].follows", "may not change"),
        ("{id: panel,", "{id: orders,", "form.own_pages[0].id", "take another id"),
        ("page: child-services, kind: line", "page: harm, kind: line", "form.own_questions[1].page", "none that may"),
        ("page: child-services, kind: line", "page: scaling, kind: line", "form.own_questions[1].page", "left out"),
        ("id: ward", "id: panel-heard", "form.own_questions[1].id", "stands twice"),
        ("id: ward", "id: ward-day", "form.own_questions[1].id", "can't end in"),
        ("id: ward", "id: a-much-longer-id-than-a-row-has-room-for", "form.own_questions[1].id", "more than 30"),
        ("kind: line", "kind: choice", "form.own_questions[1]", "two options or more"),
        ("id: not-heard", "id: heard", "form.own_questions[0].options[1].id", "stands twice"),
        ("kind: line", "kind: number", "form.own_questions[1].kind", "one of line, words, choice"),
    ],
)
def test_a_mistake_is_told_with_its_file_line_and_field(before: str, after: str, field: str, words: str):
    assert before in FORM
    text = PACK + FORM.replace(before, after)
    lines = [line for line in mistakes(text) if f": {field}: " in line]
    assert lines, mistakes(text)
    assert any(words in line for line in lines), lines
    file, number = lines[0].split(":")[:2]
    assert file == "pack.yaml"
    assert int(number) > PACK.count("\n")


def test_a_pack_without_settings_leaves_the_forms_and_its_own_digest_as_they_were():
    for pack in files.shipped_packs():
        assert '"form":{' not in pack.canonical_json()
        for form in (MARF, EHA):
            assert fitted(form, pack.form) is form


def test_the_form_of_an_area_is_its_own():
    form = fitted(MARF, settings())
    keys = [page.key for page in form.pages]
    assert "scaling" not in keys
    assert "member-more" not in keys
    assert keys[keys.index("agencies") + 1] == "own-panel"
    own = form.page("own-panel")
    assert (own.title, own.intro, own.section, own.per) == (
        "The local panel",
        "The panel meets on Mondays.",
        form.page("agencies").section,
        Per.REFERRAL,
    )
    assert form.page("agencies").title == "Who else helps"
    assert form.page("analysis").question("working_well").label == "What gives you hope?"
    gp = form.page("child-services").question("gp")
    assert gp.mandatory
    assert gp.has_tick
    heard = own.question("own_panel_heard")
    assert [option.value for option in heard.choices] == ["heard", "not-heard", "not_known"]
    assert heard.choices[-1].hint == "The panel asks you again."
    assert form.page("child-services").questions[-1].key == "own_ward"
    assert fitted(specification("send-now-1"), settings()) is specification("send-now-1")
    assert form.as_data() != MARF.as_data()


def test_a_page_left_out_stays_while_something_is_written_on_it_and_asks_nothing_more():
    form = fitted(EHA, parsed(PACK + FORM.replace("scaling, member-more", "need-learning, member-more")).form, WRITTEN)
    keys = [page.key for page in form.pages]
    assert "member-more" not in keys
    assert [key for key in keys if not is_own(key)] == [page.key for page in EHA.pages if page.key != "member-more"]
    page = form.page("need-learning")
    assert "This area's form doesn't ask this." in page.intro
    assert not any(question.mandatory for question in page.questions)
    robin = PersonAnswers(uuid4(), 1, {"need-learning": {"learning_needs": "Can’t see the board."}})
    draft = DraftAnswers(children=(robin, PersonAnswers(uuid4(), 2)))
    found = completeness(form, draft, today=date(2026, 5, 4), options_for=lambda _: NO_OPTIONS)
    statuses = {one.person_id: one.status for one in found if one.page.key == "need-learning"}
    assert statuses == {robin.id: Status.COMPLETED, draft.children[1].id: Status.OPTIONAL}
    frozen = answers_document(form, draft, wording_for=lambda _: {})["children"]
    assert ["need-learning" in {page["key"] for page in child["pages"]} for child in frozen] == [True, False]


def test_its_own_page_counts_like_any_other():
    form = fitted(MARF, settings())
    found = completeness(form, DraftAnswers(), today=date(2026, 5, 4), options_for=lambda _: NO_OPTIONS)
    panel = next(one for one in found if one.page.key == "own-panel")
    assert panel.missing == ("own_panel_heard",)
    said = DraftAnswers(pages={"own-panel": {"own_panel_heard": "not_known"}})
    found = completeness(form, said, today=date(2026, 5, 4), options_for=lambda _: NO_OPTIONS)
    assert next(one for one in found if one.page.key == "own-panel").missing == ()


def test_whoever_gets_a_part_does_not_get_what_no_rule_knows():
    assert about_of("own-panel") is About.NEEDS
    assert not is_own("panel")


words = st.text("abcdefgh äß’?", min_size=1, max_size=40).filter(lambda text: text.strip() == text)
ids = st.from_regex(r"[a-z]{1,6}(-[a-z]{1,6})?", fullmatch=True)


@st.composite
def own_settings(draw: st.DrawFn) -> FormSettings:
    """Settings of any sort that nothing refuses."""
    off = draw(st.sets(st.sampled_from([key for key, may in CHANGEABLE.items() if may.off]), max_size=5))
    kept = [key for key in CHANGEABLE if key not in off]
    titles = draw(st.dictionaries(st.sampled_from(kept), words, max_size=4))
    pages = draw(st.lists(st.tuples(ids, st.sampled_from(kept), words), max_size=3, unique_by=lambda one: one[0]))
    named = {f"page-{id_}": (follows, title) for id_, follows, title in pages}
    questions = []
    wanted = [*named, *draw(st.lists(st.sampled_from(kept), max_size=4))]
    for number, page in enumerate(wanted):
        kind = draw(st.sampled_from(OwnKind))
        options = tuple(OwnOption(id=f"o-{n}", label=draw(words)) for n in range(2 if kind is OwnKind.CHOICE else 0))
        id_ = f"{draw(ids)}-{number}"
        questions.append(
            OwnQuestion(id=id_, page=page, kind=kind, label=draw(words), options=options, mandatory=draw(st.booleans()))
        )
    return FormSettings(
        off=tuple(sorted(off)),
        pages=tuple(PageTitle(page=page, title=title) for page, title in titles.items()),
        own_pages=tuple(OwnPage(id=id_, follows=follows, title=title) for id_, (follows, title) in named.items()),
        own_questions=tuple(questions),
    )


@given(own_settings())
def test_whatever_is_allowed_makes_a_form_that_can_be_walked(chosen: FormSettings):
    assert list(form_faults(chosen)) == []
    for base in (MARF, EHA):
        form = fitted(base, chosen)
        keys = [page.key for page in form.pages]
        assert len(keys) == len(set(keys))
        # What safety needs stands where it stood.
        kept = [page.key for page in base.pages if page.key not in CHANGEABLE]
        assert [key for key in keys if key in kept] == kept
        for page in form.pages:
            known = [question.key for question in page.questions]
            assert len(known) == len(set(known))
            if page.per is not Per.REFERRAL:
                assert "{name}" in page.title
            for question in page.questions:
                if is_own(question.key):
                    raw = {question.key: "not_known"} if question.kind in CHOICE_KINDS else {}
                    raw |= {} if raw else {question.not_known_key: "on"}
                    cleaned = clean_answers(page, raw, Context(today=date(2026, 5, 4), harm_possible=False))
                    assert cleaned.answers == {key: value if value != "on" else True for key, value in raw.items()}
        draft = DraftAnswers()
        assert completeness(form, draft, today=date(2026, 5, 4), options_for=lambda _: NO_OPTIONS)
