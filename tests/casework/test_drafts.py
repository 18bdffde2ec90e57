"""The watch over drafts: who is told, once; what ends, and what is left of it."""

from datetime import timedelta
from typing import Any

import pytest

from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from audit.models import Entry
from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.casework.models import DraftNotice
from referrals.casework.selectors import desk_of
from referrals.casework.selectors.drafts import draft_standing
from referrals.record import actions as records
from referrals.record.domain.lifecycle import State
from referrals.record.models import Child, HouseholdMember, Keeping, PageAnswers, Referral
from referrals.record.selectors import gone_as_referral
from tests.casework.support import AREA, NOW, World, assessment, child_of, routine, save, submit, urgent
from tests.packs import shipped
from thresholds.actions import publish

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def mailed(template: str) -> list[str]:
    return sorted(str(row.references["person_id"]) for row in OutboxRow.objects.filter(references__template=template))


def watch(*moments: timedelta) -> list[int]:
    return [actions.watch_drafts(now=NOW + passed) for passed in moments]


def ids(*people) -> list[str]:
    return sorted(str(person.pk) for person in people)


def test_possible_harm_alerts_the_author_and_the_desk_within_hours_and_again_until_it_is_sent(world: World):
    referral = urgent(world)
    assert watch(3 * HOUR, 4 * HOUR, 4 * HOUR + timedelta(minutes=5), 5 * HOUR) == [0, 3, 0, 0]
    assert mailed("draft_alert") == ids(world.teacher)
    assert mailed("draft_alert_desk") == ids(world.dsl, world.deputy)
    assert [item.referral for item in desk_of(world.by("dsl"), now=NOW).unsent] == [referral]
    assert watch(28 * HOUR) == [3]
    assert watch(400 * DAY) == [3]
    assert State(Referral.objects.get(pk=referral.pk).state) is State.DRAFT
    submit(world, referral)
    assert watch(500 * DAY) == [0]


@pytest.mark.parametrize("answer", ["yes", "not_sure", None])
def test_a_desk_that_may_be_what_it_is_about_is_not_alerted(world: World, answer):
    urgent(world, desk={"about_desk": answer} if answer else {})
    watch(4 * HOUR)
    assert mailed("draft_alert") == ids(world.teacher)
    assert mailed("draft_alert_desk") == []


def test_somebody_whom_it_is_about_is_not_alerted(world: World):
    referral = urgent(world)
    records.exclude_person(referral=referral, person=world.dsl, by=world.by("teacher"), now=NOW)
    watch(4 * HOUR)
    assert mailed("draft_alert_desk") == ids(world.deputy)


def test_harm_that_nobody_ruled_out_is_no_no(world: World):
    referral = routine(world)
    child_without_answer = records.add_child(referral=referral, by=world.by("teacher"), now=NOW)
    assert watch(23 * HOUR, DAY) == [0, 3]
    assert draft_standing(Referral.objects.get(pk=referral.pk), now=NOW).ends_at is None
    assert watch(500 * DAY) == [3]
    assert Child.objects.filter(pk=child_without_answer.pk).exists()


def test_deciding_not_to_refer_ends_the_alerts(world: World):
    referral = urgent(world)
    watch(4 * HOUR)
    said = {"reasons": "No.", "advised_by": "Nobody.", "done_instead": "We talk.", "would_change": "Any mark."}
    actions.decide_not_to_refer(referral=referral, **said, by=world.by("teacher"), now=NOW + 5 * HOUR)
    assert watch(50 * DAY) == [0]


def test_a_draft_is_reminded_of_announced_and_deleted_and_a_row_is_left(world: World):
    referral = routine(world)
    actions.attach_files(
        referral=referral, uploads=[records.Upload("a.txt", b"a letter")], by=world.by("teacher"), now=NOW
    )
    assert watch(3 * DAY - HOUR, 3 * DAY, 4 * DAY, 6 * DAY) == [0, 1, 0, 1]
    assert watch(76 * DAY, 77 * DAY) == [1, 0]
    assert mailed("draft_ends") == ids(world.teacher)
    assert watch(90 * DAY - HOUR, 90 * DAY, 91 * DAY) == [0, 1, 0]
    row = Referral.objects.get(pk=referral.pk)
    assert (row.state, row.home_area, row.author_id) == (State.WITHDRAWN.value, "", world.teacher.pk)
    for model in (Child, HouseholdMember, PageAnswers):
        assert not model.objects.filter(referral=referral).exists()
    assert not row.attachments.exists()
    entry = Entry.objects.get(verb="referral.expire", subject_id=str(referral.pk))
    assert {key: entry.detail[key] for key in ("children", "household", "files")} == {
        "children": 1,
        "household": 1,
        "files": 1,
    }
    assert "Vale" not in str(entry.detail)
    assert mailed("draft_ended") == ids(world.teacher)


def test_what_is_late_is_announced_first_and_deleted_a_fortnight_later(world: World):
    """The system was away for a year."""
    referral = routine(world)
    assert watch(365 * DAY, 378 * DAY) == [1, 0]
    assert Referral.objects.get(pk=referral.pk).state == State.DRAFT.value
    assert watch(379 * DAY) == [1]
    assert Referral.objects.get(pk=referral.pk).state == State.WITHDRAWN.value


def test_a_change_puts_it_off(world: World):
    referral = routine(world)
    watch(76 * DAY)
    later = NOW + 80 * DAY
    records.add_member(referral=referral, by=world.by("teacher"), now=later)
    assert watch(90 * DAY)[0] <= 1
    assert Referral.objects.get(pk=referral.pk).state == State.DRAFT.value
    assert draft_standing(Referral.objects.get(pk=referral.pk), now=NOW).ends_at == later + 90 * DAY


def test_nothing_written_goes_too(world: World):
    referral = records.start_referral(kind="marf", by=world.by("teacher"), now=NOW)
    save(referral, "start", world.by("teacher"), danger="no", cannot_wait="no")
    watch(76 * DAY, 90 * DAY)
    assert Referral.objects.get(pk=referral.pk).state == State.WITHDRAWN.value


def test_harm_that_becomes_possible_later_counts_from_then(world: World):
    referral = routine(world)
    later = NOW + 10 * HOUR
    records.save_page(
        referral=referral,
        page="harm",
        answers={"harm": "suspected"},
        version=1,
        by=world.by("teacher"),
        now=later,
        person_id=child_of(referral).pk,
    )
    assert watch(13 * HOUR, 14 * HOUR) == [0, 3]
    assert DraftNotice.objects.get().since == later


def test_only_the_system_deletes_and_never_what_is_urgent_or_was_submitted(world: World):
    system = Actor.system("drafts")
    with pytest.raises(Refusal):
        records.expire(referral=routine(world), settled=True, by=world.by("teacher"), now=NOW)
    with pytest.raises(Refusal):
        records.expire(referral=urgent(world), settled=True, by=system, now=NOW)


# what a teacher said although harm was answered no → the pages that say it
SPEAKS: dict[str, Any] = {
    "a level that reaches section 47": {"judged": {"judged_level": "acute"}},
    "not safe tonight": {
        "home": {"home_area": AREA, "found_area": AREA, "where_now": "At home", "safe_tonight": "no"},
    },
}
# the same of pages that a routine referral hasn't: (page, its answers, whether it is about a child)
SPEAKS_LATER: dict[str, list[tuple[str, dict[str, Any], bool]]] = {
    "mutilation": [("circumstances", {"circumstances": ["fgm"]}, True)],
    "missing now": [("circumstances", {"circumstances": ["missing"]}, True), ("missing", {"missing_now": "yes"}, True)],
    "somebody who works with children": [("alleged", {"alleged": "yes", "alleged_works_with_children": "yes"}, False)],
}


def stays_and_alerts(referral: Referral) -> None:
    assert draft_standing(Referral.objects.get(pk=referral.pk), now=NOW).ends_at is None
    assert watch(2 * DAY, 77 * DAY, 200 * DAY) == [3, 3, 3]
    assert Referral.objects.get(pk=referral.pk).state == State.DRAFT.value


@pytest.mark.parametrize("name", SPEAKS)
def test_harm_answered_no_is_not_ruled_out_where_something_else_speaks(world: World, name):
    stays_and_alerts(routine(world, **SPEAKS[name]))


def test_not_safe_tonight_counts_also_where_the_document_of_the_area_says_nothing_of_it(world: World):
    pack = shipped("bury")
    publish(pack=pack, by=Actor.system("tests"), now=NOW)
    home = {"home_area": "bury", "found_area": "bury", "where_now": "At home", "safe_tonight": "no"}
    referral = routine(world, home=home, judged={})
    stays_and_alerts(referral)


@pytest.mark.parametrize("name", SPEAKS_LATER)
def test_a_single_answer_that_speaks_of_harm_keeps_a_draft_and_alerts(world: World, name):
    referral = routine(world)
    for page, answers, about_child in SPEAKS_LATER[name]:
        save(referral, page, world.by("teacher"), child_of(referral).pk if about_child else None, **answers)
    stays_and_alerts(referral)
    actions.withdraw(referral=referral, why="Begun twice.", by=world.by("teacher"), now=NOW)
    assert mailed("not_referred") == ids(world.dsl, world.deputy)


def test_what_was_typed_and_not_saved_rules_nothing_out(world: World):
    referral = routine(world)
    typed = records.Typed(fields=[("what", "x y")], version=0, tab="a", number=0)
    records.keep_typed(referral=referral, page="concern", typed=typed, by=world.by("teacher"), now=NOW)
    stays_and_alerts(referral)


def test_an_assessment_alerts_until_its_referral_has_gone_and_then_ends_as_others_do(world: World):
    by = world.by("teacher")
    assessed = assessment(world, harm={"harm": "suspected"})
    assert watch(4 * HOUR) == [3]
    assert mailed("assessment_alert") == ids(world.teacher)
    assert mailed("assessment_alert_desk") == ids(world.dsl, world.deputy)
    assert mailed("draft_alert") == []
    begun = records.begin_from(source=assessed, kind="marf", by=by, now=NOW + 5 * HOUR)
    assert watch(30 * HOUR) == [4]
    submit(world, begun, now=NOW + 31 * HOUR)
    assert watch(60 * HOUR, 61 * HOUR, 77 * DAY) == [0, 0, 1]
    assert mailed("draft_ends") == ids(world.teacher)
    assert watch(89 * DAY, 91 * DAY) == [0, 1]
    assert Referral.objects.get(pk=assessed.pk).state == State.WITHDRAWN.value
    assert not Child.objects.filter(referral=assessed).exists()
    assert Child.objects.filter(referral=begun).exists()


def test_a_child_who_was_taken_off_before_sending_was_never_referred(world: World):
    by = world.by("teacher")
    assessed = assessment(world)
    second = records.add_child(referral=assessed, by=by, now=NOW)
    save(assessed, "harm", by, second.pk, harm="suspected", harm_what="A burn.")
    begun = records.begin_from(source=Referral.objects.get(pk=assessed.pk), kind="marf", by=by, now=NOW)
    on_it = begun.children.get(begun_from=second)
    records.remove_child(referral=begun, child_id=on_it.pk, by=by, now=NOW)
    submit(world, begun)
    assert begun.children.count() == 1
    assert watch(2 * DAY, 77 * DAY, 200 * DAY) == [3, 3, 3]
    assert Child.objects.filter(pk=second.pk).exists()
    rest = Referral.objects.get(pk=assessed.pk)
    actions.withdraw(referral=rest, why="Begun twice.", by=by, now=NOW)
    assert mailed("not_referred") == ids(world.dsl, world.deputy)


def test_siblings_who_are_referred_one_by_one_are_all_referred(world: World):
    by = world.by("teacher")
    assessed = assessment(world, harm={"harm": "suspected"})
    second = records.add_child(referral=assessed, by=by, now=NOW)
    assessed.refresh_from_db()
    for number, gone in enumerate((second, assessed.children.exclude(pk=second.pk).get())):
        begun = records.begin_from(source=assessed, kind="marf", by=by, now=NOW + number * HOUR)
        records.remove_child(
            referral=begun, child_id=begun.children.get(begun_from=gone).pk, by=by, now=NOW + number * HOUR
        )
        assert gone_as_referral(assessed) is False
        submit(world, begun, now=NOW + number * HOUR)
    assert gone_as_referral(assessed) is True


def test_what_is_changed_after_its_referral_was_begun_alerts_again(world: World):
    assessed = assessment(world, harm={"harm": "suspected"})
    by, later = world.by("teacher"), NOW + HOUR
    submit(world, records.begin_from(source=assessed, kind="marf", by=by, now=NOW))
    records.add_child(referral=assessed, by=by, now=later)
    assert watch(2 * DAY) == [3]


def test_taking_back_an_assessment_whose_referral_has_gone_is_told_to_nobody(world: World):
    assessed, silent = (assessment(world, harm={"harm": "suspected"}) for _ in range(2))
    by = world.by("teacher")
    submit(world, records.begin_from(source=assessed, kind="marf", by=by, now=NOW))
    actions.withdraw(referral=assessed, why="It was referred.", by=by, now=NOW)
    assert mailed("not_referred") == []
    actions.withdraw(referral=silent, why="Begun twice.", by=by, now=NOW)
    assert mailed("not_referred") == ids(world.dsl, world.deputy)


def test_what_was_typed_and_never_saved_goes_with_the_draft_and_is_counted(world: World):
    referral, by = routine(world), world.by("teacher")
    for page, person, version in (("concern", None, 0), ("harm", child_of(referral).pk, 1)):
        typed = records.Typed(fields=[("what", "x y")], version=version, tab="a", number=0)
        records.keep_typed(referral=referral, page=page, typed=typed, by=by, now=NOW, person_id=person)
    records.expire(referral=referral, settled=True, by=Actor.system("drafts"), now=NOW)
    assert not Keeping.objects.exists()
    assert Entry.objects.get(verb="referral.expire").detail["typed"] == 2


def test_nothing_that_is_not_settled_is_deleted(world: World):
    with pytest.raises(Refusal):
        records.expire(referral=routine(world), settled=False, by=Actor.system("drafts"), now=NOW)


def test_twice_at_once_sends_once(world: World):
    referral = urgent(world)
    later = NOW + 4 * HOUR
    assert [actions.look_at_draft(referral_id=referral.pk, now=later) for _ in range(3)] == [3, 0, 0]


def test_what_was_typed_and_never_saved_is_forgotten_a_month_after_it_went(world: World):
    referral, draft = urgent(world), routine(world)
    for one in (referral, draft):
        typed = records.Typed(fields=[("what", "x y")], version=0, tab="a", number=0)
        assert records.keep_typed(referral=one, page="concern", typed=typed, by=world.by("teacher"), now=NOW) == 1
    submit(world, referral)
    watch(29 * DAY)
    assert Keeping.objects.count() == 2
    watch(31 * DAY)
    assert [one.referral for one in Keeping.objects.all()] == [draft]
