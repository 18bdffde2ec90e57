"""Carrying: nothing is invented, nothing that rules harm out goes along, and each answer says where it was written."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.domain.refusal import NotYours, Refusal
from audit.models import Entry
from referrals.record import actions
from referrals.record.domain.carrying import ASKED_AGAIN, HISTORY, carry
from referrals.record.domain.clean_values import Options
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.forms import specification
from referrals.record.domain.forms.parts import NOT_KNOWN, Kind, Per
from referrals.record.domain.lifecycle import Verb
from referrals.record.domain.permissions import can_read
from referrals.record.domain.quoting import ADDED, CUT
from referrals.record.models import AccessChange, ExcludedPerson
from referrals.record.selectors import begun_before, besides, carried_of, content_of, draft_of, facts_for
from referrals.record.selectors.carrying import added_to
from tests.record.support import AREA, NOW, acting, drafted

VERSIONS = ("marf-1", "eha-1", "send-now-1")
LATER = NOW + timedelta(days=3)
OPTIONS = Options(areas=frozenset({AREA}))
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).map(
    lambda text: f"said {text}".strip()
)


def values(question):
    """Answers that the question may hold, as they are stored."""
    options = [option.value for option in question.choices]
    if question.kind in {Kind.TEXT, Kind.LONG_TEXT}:
        return TEXTS
    if question.kind is Kind.MULTI:
        return st.lists(st.sampled_from(options), min_size=1, max_size=3, unique=True)
    if question.kind in {Kind.CHOICE, Kind.YES_NO}:
        return st.sampled_from(options)
    return st.none()


@st.composite
def answered(draw, form, per):
    """Answers of some pages of a form."""
    pages = {}
    for page in form.pages:
        if page.per is per and draw(st.booleans()):
            found = {question.key: draw(values(question)) for question in page.questions if draw(st.booleans())}
            pages[page.key] = {key: value for key, value in found.items() if value is not None}
    return pages


@st.composite
def drafts(draw, form):
    """A draft with a child and a member."""
    return DraftAnswers(
        pages=draw(answered(form, Per.REFERRAL)),
        children=(PersonAnswers(uuid4(), 1, draw(answered(form, Per.CHILD))),),
        members=(PersonAnswers(uuid4(), 1, draw(answered(form, Per.MEMBER))),),
    )


def carried(draft, source, target):
    return carry(
        draft,
        specification(target),
        source_form=specification(source),
        today=NOW.date(),
        options_for=lambda _person: OPTIONS,
    )


def leaves(value):
    """Every text in an answer."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from leaves(one)


@given(st.data(), st.sampled_from(VERSIONS), st.sampled_from(["marf-1", "eha-1"]))
def test_carrying_never_invents_an_answer(data, source, target):
    draft = data.draw(drafts(specification(source)))
    found = carried(draft, source, target)
    written = {
        text.strip()
        for holder in (draft, *draft.children, *draft.members)
        for page in holder.pages.values()
        for text in leaves(page)
    }
    pages = [found.pages, *found.children.values(), *found.members.values()]
    for page in (page for each in pages for page in each.values()):
        for key, value in page.items():
            if key in {HISTORY, "risk_from_telling"}:
                # What is quoted, and what the reason that the family isn't told says by itself: tested below.
                continue
            assert {one.strip() for one in leaves(value)} <= written, key


@given(st.data(), st.sampled_from(VERSIONS), st.sampled_from(["marf-1", "eha-1"]))
def test_what_is_true_only_now_and_what_rules_harm_out_is_asked_again(data, source, target):
    draft = data.draw(drafts(specification(source)))
    found = carried(draft, source, target)
    pages = [found.pages, *found.children.values(), *found.members.values()]
    for each in pages:
        assert ASKED_AGAIN.isdisjoint(each)
        answers = {key: value for page in each.values() for key, value in page.items()}
        assert answers.keys().isdisjoint({"danger", "cannot_wait", "safe_tonight", "where_now", "said", "told_on"})
        assert answers.get("harm") != "no"
        assert answers.get("alleged") in {None, "yes"}
        assert "none" not in answers.get("circumstances", [])
        assert NOT_KNOWN not in [one for value in answers.values() for one in leaves(value)]


@given(st.data())
def test_everything_else_of_one_form_goes_into_the_same_form(data):
    form = specification("eha-1")
    draft = data.draw(drafts(form))
    found = carried(draft, "eha-1", "eha-1")
    for key in ("need-basic-care", "analysis", "team", "lead"):
        written = {one: text for one, text in draft.of(key).items() if text not in {NOT_KNOWN}}
        assert found.pages.get(key, {}) == written


def test_an_assessment_becomes_a_referral_with_its_dimensions_in_the_history():
    child = PersonAnswers(
        uuid4(), 1, {"child-about": {"given_names": "Robin"}, "need-health": {"health_needs": "Teeth hurt"}}
    )
    mother = PersonAnswers(uuid4(), 1, {"member-about": {"full_name": "Kim"}, "member-voice": {"voice": "I am tired"}})
    pages = {"eha-reason": {"reason": "Late each day"}, "need-warmth": {"warmth_strengths": "They laugh together"}}
    found = carried(DraftAnswers(pages, (child,), (mother,)), "eha-1", "marf-1")
    assert found.pages["concern"]["what"] == "Late each day"
    history = found.pages["concern"][HISTORY]
    for words in ("Robin, health: needed: Teeth hurt", "going well: They laugh together", "Kim says: I am tired"):
        assert words in history


NOT_CARRIED = {
    "ring-first": "A call is of its moment: whether one was made about this referral is asked again.",
    "where_now": "Where a child is holds for a moment.",
    "judged": "A judgement is of its day.",
    "indicated": "A judgement is of its day.",
    "child-sharing": "Agreement to one thing is no agreement to another.",
    "child-understands": "Agreement to one thing is no agreement to another.",
    "child-care-order": "Agreement to one thing is no agreement to another.",
    "member-sharing": "Agreement to one thing is no agreement to another.",
}
"""Pages and questions whose words don't go into a referral, and why."""
WRITTEN = {Kind.TEXT, Kind.LONG_TEXT, Kind.SCALE, Kind.DATE, Kind.PARTIAL_DATE, Kind.PHONE, Kind.EMAIL, Kind.POSTCODE}
PLACES = [
    (version, page.key, question.key)
    for version in ("send-now-1", "eha-1")
    for page in specification(version).pages
    for question in page.questions
    if question.kind in WRITTEN
]


def test_every_word_goes_into_a_referral_or_is_named_with_the_reason():
    for version, page_key, key in PLACES:
        page = specification(version).page(page_key)
        kind = next(one.kind for one in page.questions if one.key == key)
        written = {Kind.SCALE: "7", Kind.DATE: "2025-11-13", Kind.PARTIAL_DATE: "2025-11-13"}
        said = written.get(kind, "their own words 1234")
        answers = {page_key: {key: said}}
        child = PersonAnswers(uuid4(), 1, answers if page.per is Per.CHILD else {})
        member = PersonAnswers(uuid4(), 1, answers if page.per is Per.MEMBER else {})
        once = answers if page.per is Per.REFERRAL else {}
        found = carried(DraftAnswers(once, (child,), (member,)), version, "marf-1")
        pages = [found.pages, *found.children.values(), *found.members.values()]
        expected = NOT_CARRIED.keys().isdisjoint({page_key, key})
        assert any(said in leaf for each in pages for leaf in leaves(each)) is expected, (version, page_key, key)


def test_what_was_sent_first_goes_on_with_the_childs_own_words_and_whom_telling_endangers():
    worry = {"worry": "A bruise", "child_said": "He hits me", "who_harms": "Her uncle", "why_not_told": "He reads it"}
    found = carried(DraftAnswers({"worry": worry}), "send-now-1", "marf-1").pages
    assert "What has the child said or shown? He hits me" in found["concern"][HISTORY]
    assert "Her uncle" in found["concern"][HISTORY]
    assert found["telling"] == {"risk_from_telling": "yes", "risk_from_telling_why": "He reads it"}


def test_what_is_quoted_stays_short_enough_to_be_stored():
    children = tuple(PersonAnswers(uuid4(), at, {"child-day": {"day": "x" * 20_000}}) for at in range(1, 31))
    history = carried(DraftAnswers({}, children), "eha-1", "marf-1").pages["concern"][HISTORY]
    assert "Child 1: What is an ordinary day like for this child? xxx" in history
    assert history.endswith(CUT)


@pytest.mark.parametrize(("due", "carried_on"), [("2026-02-01", None), ("2026-04", "yes")])
def test_a_child_who_is_due_by_now_is_not_said_to_be_unborn(due, carried_on):
    child = PersonAnswers(uuid4(), 1, {"child-about": {"unborn": "yes", "expected": due}})
    found = carried(DraftAnswers({}, (child,)), "eha-1", "marf-1")
    assert found.children[child.id].get("child-about", {}).get("unborn") == carried_on
    assert any(due in leaf for each in (found.pages, found.children[child.id]) for leaf in leaves(each))


@pytest.fixture
def assessment(school):
    """An assessment in which harm is suspected, with a mother, who agreed to it."""
    by = acting(school.teacher)
    referral = actions.start_referral(kind="eha", by=by, now=NOW)
    child = actions.add_child(referral=referral, by=by, now=NOW)
    member = actions.add_member(referral=referral, by=by, now=NOW)
    pages: list[tuple[str, UUID | None, dict[str, object]]] = [
        ("start", None, {"danger": "no", "cannot_wait": "no"}),
        ("desk", None, {"about_desk": "no"}),
        ("child-about", child.pk, {"unborn": "no", "given_names": "Robin", "family_name": "Vale"}),
        ("child-home", child.pk, {"home_area": AREA, "address": "1 Mill Lane", "safe_tonight": "yes"}),
        ("harm", child.pk, {"harm": "suspected", "harm_what": "Bruises"}),
        ("member-about", member.pk, {"full_name": "Kim Vale", "parental_responsibility": "yes"}),
        ("member-sharing", member.pk, {"said": "given"}),
        ("eha-reason", None, {"reason": "He is late each day."}),
    ]
    for page, person_id, answers in pages:
        actions.save_page(referral=referral, page=page, answers=answers, version=0, by=by, now=NOW, person_id=person_id)
    referral.refresh_from_db()
    return referral


def test_a_form_begins_with_an_earlier_one_and_says_when_each_page_was_written(school, assessment):
    by = acting(school.teacher, LATER)
    begun = actions.begin_from(source=assessment, kind="marf", by=by, now=LATER)
    draft = draft_of(begun)
    child = draft.children[0]
    assert begun.begun_from == assessment
    assert (child.get("given_names"), child.get("harm"), child.get("address")) == ("Robin", "suspected", "1 Mill Lane")
    assert (child.get("safe_tonight"), draft.get("danger"), draft.members[0].get("said")) == (None, None, None)
    assert draft.get("what") == "He is late each day."
    assert "harm" in begun.urgent_because
    assert begun.home_area == AREA
    assert begun.bypasses_desk is None
    rows = {row.page: row for row in carried_of(begun)}
    assert rows["harm"].written_at == NOW
    assert rows["harm"].child_id == child.id
    assert {row.confirmed_at for row in rows.values()} == {None}
    assert Entry.objects.filter(verb="referral.carry", subject_id=str(begun.pk)).count() == 1
    assert Entry.objects.filter(verb="referral.carried_on", subject_id=str(assessment.pk)).count() == 1


def test_pressed_twice_it_begins_one(school, assessment):
    by = acting(school.teacher, LATER)
    first = actions.begin_from(source=assessment, kind="marf", by=by, now=LATER)
    assert actions.begin_from(source=assessment, kind="marf", by=by, now=LATER) == first


def test_what_was_added_to_the_source_since_is_in_the_one_that_begins_then(school, assessment):
    by = acting(school.teacher, LATER)
    first = actions.begin_from(source=assessment, kind="marf", by=by, now=LATER)
    after = LATER + timedelta(hours=1)
    actions.save_page(
        referral=assessment, page="eha-reason", answers={"reason": "He was hit."}, version=1, by=by, now=after
    )
    begun = actions.begin_from(source=assessment, kind="marf", by=by, now=after)
    assert begun != first
    assert draft_of(begun).get("what") == "He was hit."
    assert draft_of(first).get("what") == "He is late each day."
    assert actions.begin_from(source=assessment, kind="marf", by=by, now=after) == begun
    assert list(begun_before(assessment, "marf", by)) == [begun, first]


def test_a_desk_that_was_shut_out_of_the_source_is_shut_out_of_what_begins_from_it(school, assessment):
    by = acting(school.teacher)
    actions.freeze_submission(referral=assessment, check={}, sharing={}, plan={}, urgent_because=(), by=by, now=NOW)
    actions.close_to_desk(referral=assessment, why="It is about our lead.", by=by, now=NOW)
    actions.exclude_person(referral=assessment, person=school.colleague, by=by, now=NOW, why="His brother.")
    begun = actions.begin_from(source=assessment, kind="marf", by=by, now=LATER)
    actions.save_page(referral=begun, page="desk", answers={"about_desk": "no"}, version=0, by=by, now=LATER)
    begun.refresh_from_db()
    assert begun.bypasses_desk
    assert not can_read(acting(school.dsl), facts_for(begun, acting(school.dsl), now=LATER))
    said = AccessChange.objects.filter(referral=begun).values_list("kind", "person", "why")
    assert list(said) == [("desk", None, "It is about our lead."), ("shut_out", school.colleague.pk, "His brother.")]


def test_a_page_that_is_saved_has_been_looked_at_and_the_frozen_record_says_which_weren_t(school, assessment):
    by = acting(school.teacher, LATER)
    begun = actions.begin_from(source=assessment, kind="marf", by=by, now=LATER)
    child = begun.children.get()
    saved = actions.save_page(
        referral=begun,
        page="harm",
        answers={"harm": "yes", "harm_what": "Bruises"},
        version=1,
        by=by,
        now=LATER,
        person_id=child.pk,
    )
    assert saved.saved
    submission = actions.freeze_submission(
        referral=begun, check={}, sharing={}, plan={}, urgent_because=(), by=by, now=LATER
    )
    found = {one["page"]: one for one in content_of(submission)["carried"]}
    assert found["harm"]["looked_at"]
    assert not found["child-home"]["looked_at"]
    assert found["child-home"]["from"] == assessment.reference
    assert found["child-home"]["written_on"] == NOW.date().isoformat()


def test_who_must_not_see_the_source_does_not_see_what_begins_from_it(school, assessment):
    by = acting(school.teacher)
    actions.exclude_person(referral=assessment, person=school.dsl, by=by, now=NOW)
    begun = actions.begin_from(source=assessment, kind="marf", by=by, now=NOW)
    assert ExcludedPerson.objects.filter(referral=begun, person=school.dsl).exists()


def test_only_the_agency_that_wrote_it_begins_from_it(school, assessment):
    with pytest.raises(NotYours):
        actions.begin_from(source=assessment, kind="marf", by=acting(school.screener), now=NOW)
    sent = actions.begin_from(source=assessment, kind="marf", by=acting(school.teacher), now=NOW)
    actions.freeze_submission(
        referral=sent, check={}, sharing={}, plan={}, urgent_because=(), by=acting(school.teacher), now=NOW
    )
    actions.move(referral=sent, verb=Verb.SEND, by=acting(school.teacher), now=NOW)
    actions.open_to_team(referral=sent, team=school.team, by=acting(school.teacher), now=NOW)
    with pytest.raises(Refusal) as caught:
        actions.begin_from(source=sent, kind="eha", by=acting(school.screener), now=NOW)
    assert "agency that wrote it" in caught.value.reason
    # The desk of that agency may: it reads the whole.
    assert actions.begin_from(source=assessment, kind="eha", by=acting(school.dsl), now=NOW).author == school.dsl


def addenda(referral, by):
    """Something added in words, a page, and a page that is asked again."""
    actions.add_addendum(referral=referral, text="He has moved in with his aunt.", by=by, now=LATER)
    page = {"done": "A place at breakfast club"}
    actions.add_page_addendum(referral=referral, page="agency-action", answers=page, by=by, now=LATER)
    actions.add_page_addendum(referral=referral, page="ring-first", answers={"rang": "yes"}, by=by, now=LATER)


LINES = (
    "5 March 2026, Asha Pryor: He has moved in with his aunt.",
    "5 March 2026, Asha Pryor: What your agency has done: What has your agency done to help so far, and what changed? "
    "A place at breakfast club",
)


def test_what_was_added_to_an_assessment_stands_in_the_referral_with_its_day_and_author(school, assessment):
    by = acting(school.teacher, LATER)
    actions.freeze_submission(referral=assessment, check={}, sharing={}, plan={}, urgent_because=(), by=by, now=NOW)
    addenda(assessment, by)
    assert added_to(assessment) == LINES
    begun = actions.begin_from(source=assessment, kind="marf", by=by, now=LATER)
    history = draft_of(begun).get(HISTORY)
    assert "\n".join([ADDED, *LINES]) in history
    assert besides(begun, now=LATER) == ""


def test_what_an_assessment_has_no_question_for_is_shown_beside_it_and_never_carried_into_it(school):
    by = acting(school.teacher, LATER)
    referral, _ = drafted(school)
    secret = {"alleged": "yes", "alleged_who": "Dale Orme, her stepfather", "alleged_contact": "yes"}
    for page, answers in (
        ("concern", {"what": "A bruise", "source": ["parent"], "source_detail": "Her nan told me in confidence"}),
        ("alleged", secret),
    ):
        actions.save_page(referral=referral, page=page, answers=answers, version=0, by=by, now=NOW)
    actions.freeze_submission(referral=referral, check={}, sharing={}, plan={}, urgent_because=(), by=by, now=NOW)
    addenda(referral, by)
    begun = actions.begin_from(source=referral, kind="eha", by=by, now=LATER)
    inside = " ".join(leaves(list(draft_of(begun).pages.values())))
    said = besides(begun, now=LATER)
    assert draft_of(begun).get("reason") == "A bruise"
    for words in ("Dale Orme, her stepfather", "Her nan told me in confidence", *LINES[:1]):
        assert words in said
        assert words not in inside
    assert "A place at breakfast club" in said
    assert "A bruise" not in said
    # What is added to it later is shown too; a draft that began from nothing has nothing beside it.
    actions.add_addendum(referral=referral, text="Nan rang again.", by=by, now=LATER + timedelta(days=1))
    assert "6 March 2026, Asha Pryor: Nan rang again." in besides(begun, now=LATER)
    assert besides(referral, now=LATER) == ""


def test_too_much_that_was_added_is_cut_and_says_so():
    draft = DraftAnswers()
    found = carry(
        draft,
        specification("eha-1"),
        source_form=specification("marf-1"),
        today=NOW.date(),
        options_for=lambda _person: OPTIONS,
        added=("word " * 100_000,),
    )
    assert found.besides.endswith(CUT)
