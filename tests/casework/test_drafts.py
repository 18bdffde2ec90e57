"""The watch over drafts: who is told, once; what ends, and what is left of it."""

from datetime import timedelta

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
from tests.casework.support import NOW, World, child_of, routine, save, submit, urgent

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
    assert draft_standing(Referral.objects.get(pk=referral.pk)).ends_at is None
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
    assert draft_standing(Referral.objects.get(pk=referral.pk)).ends_at == later + 90 * DAY


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
        records.expire(referral=routine(world), by=world.by("teacher"), now=NOW)
    with pytest.raises(Refusal):
        records.expire(referral=urgent(world), by=system, now=NOW)


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
