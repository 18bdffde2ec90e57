"""Writing a draft: pages, people, conflicts, and what is worked out from the answers."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.domain.roles import Role
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from audit.models import Entry
from referrals.record import actions, selectors
from referrals.record.actions import drafting
from referrals.record.domain.completeness import Status, is_complete
from referrals.record.domain.draft import name_of
from referrals.record.domain.forms.parts import Per
from referrals.record.domain.reference import read_reference
from referrals.record.models import Child, PageAnswers, Referral
from tests.factories import AgencyFactory, person_with
from tests.record.support import AREA, NOW, SYSTEM, acting, drafted, save, submitted
from tests.thresholds.support import bent, parsed
from thresholds.actions import publish
from thresholds.models import PackVersion

pytestmark = pytest.mark.django_db


def status_of(referral, page, person_id=None):
    return {(one.page.key, one.person_id): one.status for one in selectors.progress_of(referral, now=NOW)}[
        (page, person_id)
    ]


def test_starting(school):
    referral = school.started()
    assert (referral.state, referral.specification, referral.author) == ("draft", "marf-1", school.teacher)
    assert referral.bypasses_desk is None
    assert not referral.urgent
    assert read_reference(referral.reference) == referral.reference
    assert read_reference(f" {referral.reference.lower().replace('-', ' ')} ") == referral.reference
    assert read_reference("SR-0000-0000") is None
    entry = Entry.objects.get(verb="referral.start")
    assert (entry.actor_id, entry.subject_id) == (school.teacher.pk, str(referral.pk))


def test_who_cannot_start(school):
    with pytest.raises(Refusal):
        actions.start_referral(kind="marf", by=Actor.nobody(), now=NOW)
    with pytest.raises(KeyError):
        actions.start_referral(kind="letter", by=acting(school.teacher), now=NOW)
    assert not Referral.objects.exists()


def test_what_is_sent_now_is_urgent_from_its_start(school):
    referral = school.started("send_now")
    assert referral.urgent
    assert referral.urgent_because == ["send_now"]


def test_saving_and_coming_back(school):
    referral = school.started()
    result = save(referral, "concern", school.teacher, what="A bruise\non his arm", source=["saw"])
    assert (result.saved, result.version) == (True, 1)
    page = selectors.saved_page(referral, "concern")
    assert page.answers == {"what": "A bruise\non his arm", "source": ["saw"]}
    assert (page.version, page.saved_by, page.saved_at) == (1, "Asha Pryor", NOW)
    # What was said stays out of the audit record.
    assert Entry.objects.get(verb="referral.save_page").detail == {"page": "concern", "person": None, "version": 1}


def test_a_blocking_problem_saves_nothing(school):
    referral = school.started()
    save(referral, "start", school.teacher, danger="no", cannot_wait="no")
    result = save(referral, "concern", school.teacher, what="x" * 200_000)
    assert not result.saved
    assert result.problems[0].field == "what"
    assert not PageAnswers.objects.filter(page="concern").exists()


def test_the_same_answer_is_carried_along_where_harm_is_possible(school):
    referral = school.started()
    save(referral, "start", school.teacher, danger="not_sure", cannot_wait="no")
    result = save(referral, "concern", school.teacher, what="x" * 200_000)
    assert result.saved
    assert result.problems[0].field == "what"
    flagged = [one for one in selectors.progress_of(referral, now=NOW) if one.page.key == "concern"]
    assert flagged[0].problems


def test_before_danger_is_asked_harm_is_possible(school):
    """Unknown is not no."""
    assert save(school.started(), "concern", school.teacher, what="x" * 30_000).saved


def test_the_page_that_says_harm_is_not_blocked_itself(school):
    referral, child = drafted(school, harm="no")
    result = save(
        referral, "harm", school.teacher, child.pk, version=1, harm="suspected", harm_what="He fell\x00", harmful="x"
    )
    assert result.saved
    assert result.answers["harm_what"] == "He fell"
    assert {problem.field for problem in result.problems} == {"", "harm_what"}


def test_a_repeated_post_changes_nothing(school):
    referral = school.started()
    save(referral, "concern", school.teacher, what="A bruise")
    again = save(referral, "concern", school.teacher, what="A bruise")
    assert (again.saved, again.version) == (True, 1)
    assert Entry.objects.filter(verb="referral.save_page").count() == 1


def test_nobody_s_words_are_silently_overwritten(school):
    referral = school.started()
    actions.share_draft(referral=referral, person=school.colleague, by=acting(school.teacher), now=NOW)
    save(referral, "concern", school.teacher, what="A bruise")
    with pytest.raises(actions.Conflict) as conflict:
        save(referral, "concern", school.colleague, what="A burn")
    assert conflict.value.yours == {"what": "A burn"}
    assert conflict.value.theirs == {"what": "A bruise"}
    assert (conflict.value.saved_by, conflict.value.saved_at, conflict.value.version) == ("Asha Pryor", NOW, 1)
    assert selectors.saved_page(referral, "concern").answers == {"what": "A bruise"}
    # Having seen both, they decide.
    assert save(referral, "concern", school.colleague, version=1, what="A bruise and a burn").version == 2


def test_people_are_rows_with_versions_too(school):
    referral, child = drafted(school)
    child.refresh_from_db()
    assert (child.given_names, child.born, child.version, child.other_answers) == ("Robin", "2019-03", 1, {})
    with pytest.raises(actions.Conflict):
        save(referral, "child-about", school.teacher, child.pk, unborn="no", given_names="Robyn")
    typed = {"day": "31", "month": "2", "year": "2019"}
    save(referral, "child-about", school.teacher, child.pk, version=1, unborn="no", born=typed, given_names="R" * 5_000)
    child.refresh_from_db()
    assert (child.born, child.other_answers) == ("", {"born": typed})
    assert selectors.saved_page(referral, "child-about", child.pk).answers["given_names"] == "R" * 5_000


def test_a_double_click_adds_one(school):
    referral = school.started()
    by = acting(school.teacher)
    first = actions.add_child(referral=referral, by=by, now=NOW)
    assert actions.add_child(referral=referral, by=by, now=NOW) == first
    save(referral, "child-about", school.teacher, first.pk, unborn="yes")
    assert actions.add_child(referral=referral, by=by, now=NOW).position == 2
    member = actions.add_member(referral=referral, by=by, now=NOW)
    assert actions.add_member(referral=referral, by=by, now=NOW) == member
    save(referral, "member-about", school.teacher, member.pk, full_name="Dana Vale", parental_responsibility="yes")
    assert actions.add_member(referral=referral, by=by, now=NOW) != member
    draft = selectors.draft_of(referral)
    assert [name_of(one, Per.CHILD) for one in draft.children] == ["Child 1", "Child 2"]
    assert [name_of(one, Per.MEMBER) for one in draft.members] == ["Dana Vale", "Person 2"]


def test_there_is_an_end_to_adding(school, monkeypatch):
    monkeypatch.setattr(drafting, "MOST_CHILDREN", 1)
    referral, _ = drafted(school)
    with pytest.raises(Refusal, match=r"referral\.edit"):
        actions.add_child(referral=referral, by=acting(school.teacher), now=NOW)


def test_removing_somebody_takes_their_answers(school):
    referral, child = drafted(school)
    by = acting(school.teacher)
    member = actions.add_member(referral=referral, by=by, now=NOW)
    save(referral, "member-sharing", school.teacher, member.pk, said="given")
    for _ in range(2):
        actions.remove_child(referral=referral, child_id=child.pk, by=by, now=NOW)
        actions.remove_member(referral=referral, member_id=member.pk, by=by, now=NOW)
    referral.refresh_from_db()
    assert not Child.objects.exists()
    assert set(PageAnswers.objects.values_list("page", flat=True)) == {"start", "desk"}
    assert (referral.home_area, referral.pack_version_id, referral.urgent) == ("", None, False)
    assert Entry.objects.filter(verb="referral.remove_child").count() == 1


def test_what_lists_read_is_worked_out(school):
    referral, child = drafted(school, harm="not_sure")
    assert (referral.home_area, referral.urgent, referral.urgent_because) == (AREA, True, ["harm"])
    assert referral.bypasses_desk is False
    assert referral.pack_version == PackVersion.objects.get()
    save(referral, "harm", school.teacher, child.pk, version=1, harm="no")
    save(referral, "start", school.teacher, version=1, danger="no", cannot_wait="not_sure")
    save(referral, "desk", school.teacher, version=1, about_desk="not_sure")
    referral.refresh_from_db()
    assert referral.urgent_because == ["cannot_wait"]
    assert referral.bypasses_desk is True


def test_a_draft_keeps_its_pack_version(school):
    referral, _ = drafted(school)
    old = PackVersion.objects.get()
    newer = parsed(bent("meaning: Few needs.", "meaning: Hardly any needs."))
    assert publish(pack=newer, by=SYSTEM, now=NOW, revise=True).created
    save(referral, "analysis", school.teacher, worried="Much")
    referral.refresh_from_db()
    assert referral.pack_version_id == old.pk


def test_an_area_without_a_pack(school):
    referral = school.started()
    child = actions.add_child(referral=referral, by=acting(school.teacher), now=NOW)
    save(referral, "child-home", school.teacher, child.pk, address="1 High Street", home_area="elsewhere")
    referral.refresh_from_db()
    assert (referral.home_area, referral.pack_version_id) == ("", None)


def test_pages_and_people_of_others_do_not_exist(school):
    referral, child = drafted(school)
    other, _ = drafted(school)
    for page, person in [
        ("nowhere", None),
        ("concern", child.pk),
        ("child-about", None),
        ("child-about", uuid4()),
        ("member-about", child.pk),
        ("harm", other.children.get().pk),
    ]:
        with pytest.raises(NotYours):
            save(referral, page, school.teacher, person)
        with pytest.raises(KeyError):
            selectors.saved_page(referral, page, person)


def test_who_may_not_edit(school):
    referral, child = drafted(school)
    stranger = person_with(Role.PRACTITIONER, agency=AgencyFactory.create())
    for person, refusal in [(school.dsl, Refusal), (school.screener, NotYours), (stranger, NotYours)]:
        by = acting(person)
        with pytest.raises(refusal):
            save(referral, "concern", person, what="x")
        with pytest.raises(refusal):
            actions.add_child(referral=referral, by=by, now=NOW)
        with pytest.raises(refusal):
            actions.remove_child(referral=referral, child_id=child.pk, by=by, now=NOW)
        with pytest.raises(refusal):
            actions.add_member(referral=referral, by=by, now=NOW)
        with pytest.raises(refusal):
            actions.remove_member(referral=referral, member_id=uuid4(), by=by, now=NOW)
    submitted(referral, school.teacher)
    with pytest.raises(Refusal, match=r"referral\.edit"):
        save(referral, "concern", school.teacher, what="later")


def test_a_moment_without_a_time_zone(school):
    with pytest.raises(ValueError, match="time zone"):
        actions.add_child(referral=school.started(), by=acting(school.teacher), now=NOW.replace(tzinfo=None))


def test_progress(school):
    referral = school.started()
    assert status_of(referral, "concern") is Status.NOT_STARTED
    assert status_of(referral, "harm") is Status.CANNOT_START
    assert status_of(referral, "children") is Status.NOT_STARTED
    child = actions.add_child(referral=referral, by=acting(school.teacher), now=NOW)
    assert status_of(referral, "children") is Status.IN_PROGRESS
    assert status_of(referral, "judged", child.pk) is Status.CANNOT_START
    save(referral, "child-home", school.teacher, child.pk, address="1 Mill Lane")
    assert status_of(referral, "child-home", child.pk) is Status.IN_PROGRESS
    save(
        referral,
        "child-home",
        school.teacher,
        child.pk,
        version=1,
        address="1 Mill Lane",
        postcode_not_known="on",
        home_area=AREA,
        where_now_not_known="on",
        found_area="not_known",
        safe_tonight="not_known",
    )
    assert status_of(referral, "child-home", child.pk) is Status.COMPLETED
    assert status_of(referral, "judged", child.pk) is Status.NOT_STARTED
    save(referral, "child-about", school.teacher, child.pk, unborn="no")
    # Nothing on it has to be answered, and nobody has been there.
    assert status_of(referral, "child-understands", child.pk) is Status.NOT_STARTED
    save(referral, "child-about", school.teacher, child.pk, version=1, unborn="yes")
    asked = {one.page.key for one in selectors.progress_of(referral, now=NOW)}
    assert "child-needs" not in asked
    assert not is_complete(selectors.progress_of(referral, now=NOW))


def test_reading_a_draft_takes_the_same_queries_for_many(school, django_assert_num_queries):
    referral, _ = drafted(school)
    by = acting(school.teacher)
    for number in range(4):
        child = actions.add_child(referral=referral, by=by, now=NOW)
        save(referral, "child-about", school.teacher, child.pk, unborn="no", given_names=f"N{number}")
        save(referral, "harm", school.teacher, child.pk, harm="yes")
    with django_assert_num_queries(3):
        draft = selectors.draft_of(referral)
    assert len(draft.children) == 5
    # The areas of the postcodes take one, however many there are.
    with django_assert_num_queries(6):
        selectors.progress_of(referral, now=NOW)


def test_the_database_holds_rows_to_their_shape(school):
    referral, child = drafted(school)
    with pytest.raises(IntegrityError, match="page_saved_once"), transaction.atomic():
        PageAnswers.objects.create(referral=referral, page="start")
    with pytest.raises(IntegrityError, match="child_born_reads_as_date"), transaction.atomic():
        Child.objects.filter(pk=child.pk).update(born="March")
    with pytest.raises(IntegrityError, match="referral_urgent_says_why"), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(urgent=True, urgent_because=[])
    with pytest.raises(IntegrityError, match="referral_state_is_known"), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(state="lost")


def test_times_are_those_of_the_acts(school):
    referral = school.started()
    later = NOW + timedelta(hours=1)
    actions.add_child(referral=referral, by=acting(school.teacher), now=later)
    referral.refresh_from_db()
    assert (referral.created_at, referral.updated_at, referral.state_since) == (NOW, later, NOW)


def test_a_date_of_birth_that_no_longer_applies_is_there_again_when_it_does(school):
    referral, child = drafted(school)
    born = {"day": "5", "month": "3", "year": "2019"}
    about = {"given_names": "Robin", "family_name": "Vale", "born": born}
    result = save(referral, "child-about", school.teacher, child.pk, version=1, unborn="yes", **about)
    assert "born" in result.dropped
    assert selectors.saved_page(referral, "child-about", child.pk).set_aside == {"born": "2019-03-05"}
    save(referral, "child-about", school.teacher, child.pk, version=2, unborn="no", **about)
    assert selectors.saved_page(referral, "child-about", child.pk).set_aside == {}
