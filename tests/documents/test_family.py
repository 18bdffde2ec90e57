"""What a copy for the family holds: nothing that isn't marked, nothing kept back, nothing that nobody put in."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.documents.domain.family import NOBODY, ForWhom, Why, for_family, left_out, offered
from referrals.documents.presenters.family import _LABELS, _TITLES, About, FamilyCopy, present_family
from referrals.documents.presenters.family_page import bears_on_it, reachable
from referrals.documents.render import family_pdf_of
from referrals.record.domain.forms import SPECIFICATIONS
from referrals.record.domain.forms.family import CHOSEN, FIT, Fit, fit_of, is_written
from referrals.record.domain.forms.parts import Kind, Per
from referrals.record.domain.passages import Passage
from tests.documents.support import read

CHILDREN, MEMBERS = ("1", "2"), ("3", "4")
PEOPLE = (NOBODY, *CHILDREN, *MEMBERS)


def everything(version):
    """Content in which every question of a form is answered, each by a word that stands nowhere else, and the passages
    by that word."""
    words: dict[str, Passage] = {}
    form = SPECIFICATIONS[version]

    def pages(per, person):
        return [
            {
                "key": page.key,
                "section": page.section,
                "title": page.title_for(f"Name{person}"),
                "questions": [answered(page.key, person, one) for one in page.questions],
            }
            for page in form.pages
            if page.per is per
        ]

    def answered(page, person, one):
        word = f"word{len(words):04}end"
        words[word] = Passage(page, person, one.key)
        shown = {"key": one.key, "kind": one.kind.value, "label": f"Label of {one.key}", "answered": True}
        rows = {"rows": [[["Column", word]]]} if one.kind is Kind.ROWS else {}
        answer = [{"id": "x", "words": word}] if one.kind is Kind.BODY else word
        return {**shown, "not_known": False, "reads": word, "answer": answer, **rows}

    content = {
        "kind": version.partition("-")[0],
        "pages": pages(Per.REFERRAL, ""),
        "children": [{"id": one, "name": f"Child{one}", "pages": pages(Per.CHILD, one)} for one in CHILDREN],
        "household": [{"id": one, "name": f"Member{one}", "pages": pages(Per.MEMBER, one)} for one in MEMBERS],
    }
    return content, words


CONTENTS = {version: everything(version) for version in SPECIFICATIONS}
ABOUT = About(
    reference="SR-7K3M-Q2PD",
    name="Early help assessment",
    assessment=True,
    recipient="Kim Vale, mother",
    by="Ironbridge Road School",
    ask="Imran Calloway, 01632 960144",
    made_on=date(2026, 11, 26),
)


@st.composite
def cases(draw):
    """A form with all its answers, whom a copy is for, what is kept back and what was put in."""
    content, words = CONTENTS[draw(st.sampled_from(sorted(CONTENTS)))]
    passages = sorted(words.values())
    kept = draw(st.frozensets(st.sampled_from(passages), max_size=12))
    whom = ForWhom(children=draw(st.frozensets(st.sampled_from(CHILDREN))), recipient=draw(st.sampled_from(PEOPLE)))
    fitting = sorted(one for one in passages if fit_of(one.page, one.question))
    tickable = st.sampled_from(fitting) if fitting else st.nothing()
    put_in = draw(st.frozensets(st.one_of(tickable, st.sampled_from(passages)), max_size=40))
    return {**content, "not_for_family": [one.as_data() for one in kept]}, words, kept, whom, put_in


@given(cases())
def test_nothing_unmarked_kept_back_or_not_put_in_ever_appears(case):
    content, words, kept, whom, put_in = case
    drawn = str(present_family(for_family(content, whom, put_in), ABOUT))
    for word, passage in words.items():
        if word in drawn:
            fit = fit_of(passage.page, passage.question)
            assert fit is not None
            assert passage not in kept
            assert passage in put_in
            assert passage.person not in CHILDREN or passage.person in whom.children
            assert passage.person not in MEMBERS or passage.person == whom.recipient
            assert fit is not Fit.SELF or passage.person == whom.recipient
            assert passage.person or set(CHILDREN) <= whom.children


@given(cases())
def test_what_goes_and_what_is_left_out_are_all_of_it(case):
    content, words, _, whom, put_in = case
    going = {one.passage for one in offered(content, whom) if one.passage in put_in}
    out = sum(len(one.asked) for one in left_out(content, whom, put_in))
    assert len(going) + out == len(words)


def test_what_is_marked_is_asked_by_a_form_and_the_sensitive_is_not_marked():
    asked = {
        (page.key, one.key): one for form in SPECIFICATIONS.values() for page in form.pages for one in page.questions
    }
    marked = {(page, question) for page, fits in FIT.items() for question in fits}
    assert marked <= asked.keys()
    never = (
        *("referrer", "alleged", "telling", "without-agreement", "household", "chronology", "circumstances", "harm"),
        *("descriptors", "judged", "indicated", "protective", "child-home", "child-school", "family-view", "desk"),
        *("member-about", "scaling", "copies", "team", "worry", "injuries", "missing", "domestic-abuse", "orders"),
        *("agencies", "previous-addresses", "ring-first", "child-care-order", "member-more", "what-it-holds"),
    )
    assert not FIT.keys() & set(never)
    for key in ("source", "source_detail", "where", "history"):
        assert fit_of("concern", key) is None
    assert {one for one in Kind if not is_written(one.value)} == CHOSEN
    assert is_written("a kind of next year")
    assert _LABELS.keys() <= {question for _, question in marked}
    assert _TITLES.keys() <= FIT.keys()


def of(content, **passages):
    return {Passage(page.replace("_", "-"), "", question) for page, question in passages.items()}


def test_each_reason_for_leaving_out_is_told_to_whoever_makes_it():
    content, _ = CONTENTS["eha-1"]
    kept = Passage("analysis", "", "worried")
    content = {**content, "not_for_family": [kept.as_data()]}
    whole = {
        (one.why, label)
        for one in left_out(content, ForWhom(children=frozenset(CHILDREN), recipient="3"), set())
        for label in one.asked
    }
    assert (Why.KEPT, "Label of worried") in whole
    assert (Why.NOT_FIT, "Label of copy_to") in whole
    assert (Why.OWN, "Label of view") in whole
    assert (Why.NOT_PUT_IN, "Label of harder") in whole
    some = {one.why for one in left_out(content, ForWhom(children=frozenset({"1"}), recipient="3"))}
    assert {Why.OTHER_CHILD, Why.ABOUT_ALL} <= some
    assert Why.NOT_PUT_IN not in some


def test_the_urgent_form_has_nothing_for_a_family():
    content, words = CONTENTS["send-now-1"]
    assert for_family(content, ForWhom(children=frozenset(CHILDREN), recipient="1"), set(words.values())).empty


def test_what_is_open_or_not_known_is_not_in_it():
    content, words = CONTENTS["marf-1"]
    page = next(one for one in content["pages"] if one["key"] == "analysis")
    open_ones = [{**one, "answered": False} for one in page["questions"][:1]]
    unknown = [{**one, "not_known": True} for one in page["questions"][1:]]
    content = {**content, "pages": [{**page, "questions": [*open_ones, *unknown]}]}
    part = for_family(content, ForWhom(children=frozenset(CHILDREN)), set(words.values()))
    assert part.pages == ()


def test_what_somebody_reads_before_they_make_it():
    content, _ = CONTENTS["eha-1"]
    assert [label for label, _ in bears_on_it(content)] == [
        f"Label of {key}"
        for key in ("copy_not_to", "copy_to", "identities_to_protect", "identities_how", "safe_contact", "court_orders")
    ]
    assert [one.id for one in reachable(content)] == [*MEMBERS, *CHILDREN]
    assert reachable(content)[0].words.startswith("Member3, word")
    assert bears_on_it({"pages": []}) == ()


def whole_copy(*, assessment: bool = True) -> FamilyCopy:
    """A copy for the family of all that may go of an assessment."""
    content, words = CONTENTS["eha-1"]
    whom = ForWhom(children=frozenset(CHILDREN), recipient="3")
    return present_family(for_family(content, whom, set(words.values())), replace(ABOUT, assessment=assessment))


@pytest.mark.parametrize("assessment", [True, False])
def test_it_says_whom_to_ask_and_what_happens_and_draws_the_same_each_time(assessment):
    copy = whole_copy(assessment=assessment)
    titles = [one.title for one in copy.sections]
    assert titles == [
        "About this copy",
        "What was written",
        "About Child1",
        "About Child2",
        "What you said yourself",
        "What happens next",
        "Whom you can ask",
        "What this copy leaves out",
    ]
    drawn = family_pdf_of(copy)
    assert drawn == family_pdf_of(copy)
    text = "".join(page.extract_text() for page in read(drawn).pages)
    assert "Imran Calloway, 01632 960144" in text
    assert ("one working day" in text) is not assessment
    # Nothing hints at what isn't there.
    for words_of_others in ("alleged", "Label of copy_not_to", "Submission SHA-256", "left out because"):
        assert words_of_others not in text


def test_a_passage_as_a_word_of_a_form():
    assert Passage("analysis", str(UUID(int=1)), "worried").code == f"analysis:{UUID(int=1)}:worried"
