"""A pack tried on past referrals, slice by slice: each counted once, stopped when asked, the area's own only."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from accounts.domain.roles import Role
from audit.domain.refusal import NotYours
from audit.models import Entry
from dispatch.domain.promise import Promise
from dispatch.domain.queues import LIMITS, Queue
from dispatch.models import OutboxRow
from dispatch.registry import registered
from referrals.oversight import actions, handlers, selectors
from referrals.oversight.domain.recheck import Direction
from referrals.oversight.domain.tally import Tally
from referrals.oversight.handlers import NoBacktest, count_slice
from referrals.oversight.models import Backtest
from referrals.oversight.selectors import Candidate, past_submissions
from referrals.record import actions as records
from referrals.record.domain.freeze import canonical_json, digest
from referrals.record.models import Referral, Submission
from referrals.record.selectors import content_of, latest_submission
from tests.casework.support import acting, refused, routine
from tests.factories import AgencyFactory, person_with
from tests.oversight.support import LOW, NOW, area_pack, effect_of, promise_of, run, sent, with_level, without
from tests.support import as_owner
from thresholds.domain.pack import Pack

LATER = NOW + timedelta(days=1)


def started(manager, pack: Pack, name: str = "Draft") -> Backtest:
    return actions.start(candidate=Candidate("version-1", name, pack), by=acting(manager, LATER), now=LATER)


def again(referral: Referral, content: dict[str, Any]) -> Submission:
    """Another submission of the referral, with this content."""
    text, number = canonical_json(content), referral.submissions.count() + 1
    return Submission.objects.create(
        referral=referral, number=number, content=text, sha256=digest(text), at=LATER, by=referral.author
    )


def tally_of(backtest: Backtest) -> Tally:
    return Tally.of_data(backtest.tally)


def test_the_same_pack_changes_nothing(world, manager):
    sent(world, LOW, children=2)
    done = run(started(manager, area_pack()))
    tally = tally_of(done)
    assert (done.state, done.done, done.total) == ("done", 1, 1)
    assert (tally.children, tally.direction(Direction.SAME), tally.drifted) == (2, 2, 0)
    assert tally.moves == {("complex", "complex"): 2}


def test_a_raised_descriptor_moves_those_who_were_given_it(world, manager):
    sent(world, LOW)
    sent(world)
    tally = tally_of(run(started(manager, with_level("acute"))))
    assert (tally.direction(Direction.UP), tally.direction(Direction.SAME)) == (1, 1)
    assert tally.s47_gained == 1
    assert tally.because == {LOW: {"up": 1}}
    assert tally.agencies == {str(world.school.pk): {"up": 1, "same": 1}}
    (domain,) = [one.domain for one in area_pack().descriptors if one.id == LOW]
    assert tally.domains[domain] == {"up": 1}


def test_what_the_pack_lacks_is_listed(world, manager):
    sent(world, LOW)
    tally = tally_of(run(started(manager, without())))
    assert tally.missing == {LOW: 1}
    assert tally.direction(Direction.TO_UNKNOWN) == 1


def test_only_children_whose_home_is_there_count(world, manager):
    referral = sent(world, LOW, children=2)
    frozen = latest_submission(referral)
    assert frozen is not None
    content = content_of(frozen)
    (home,) = [one for one in content["children"][1]["pages"] if one["key"] == "child-home"]
    (asked,) = [one for one in home["questions"] if one["key"] == "home_area"]
    asked["answer"] = "stoke-on-trent"
    again(referral, content)
    tally = tally_of(run(started(manager, area_pack())))
    assert (tally.referrals, tally.children, tally.left) == (1, 1, {})
    assert past_submissions("stoke-on-trent", LATER).count() == 0


def test_only_the_last_submission_of_what_was_sent_counts(world):
    routine(world)  # a draft
    withdrawn = routine(world)
    records.withdraw(referral=withdrawn, why="Written twice.", by=world.by("teacher"), now=NOW)
    kept = sent(world, LOW)
    first = latest_submission(kept)
    assert first is not None
    second = again(kept, content_of(first))
    assert list(past_submissions("telford-and-wrekin", NOW)) == [first]
    assert list(past_submissions("telford-and-wrekin", LATER)) == [second]


def test_what_was_not_checked_again_says_why(world, manager):
    changes: tuple[dict[str, Any], ...] = (
        {"form": {"version": "marf-0", "name": "Older", "sha256": "0" * 64}},
        {"packs": []},
        {"children": [{"id": "not-an-id"}]},
    )
    for change in changes:
        referral = sent(world, LOW)
        frozen = latest_submission(referral)
        assert frozen is not None
        again(referral, {**content_of(frozen), **change})
    torn = sent(world, LOW)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE referrals_record_submission SET content = '{}' WHERE referral_id = %s", [str(torn.pk)])
    tally = tally_of(run(started(manager, area_pack())))
    assert tally.left == {"old_form": 1, "no_pack": 1, "not_readable": 2}
    assert (tally.referrals, tally.children) == (4, 0)


def test_slices_come_one_after_the_other_and_add_up(world, manager, monkeypatch):
    monkeypatch.setattr(handlers, "MOST", 1)
    for _ in range(3):
        sent(world, LOW)
    backtest = started(manager, with_level("acute"))
    effect_of(backtest, 0)()
    backtest.refresh_from_db()
    assert (backtest.state, backtest.done, backtest.total, backtest.slices) == ("running", 1, 3, 1)
    run_on = backtest
    for number in (1, 2, 3):
        effect_of(run_on, number)()
    backtest.refresh_from_db()
    assert (backtest.state, backtest.done, backtest.slices) == ("done", 3, 4)
    assert tally_of(backtest).direction(Direction.UP) == 3


def test_a_slice_that_was_counted_twice_is_added_once(world, manager, monkeypatch):
    """A worker that died before its end, or lost its lease, counts nothing: only one of two attempts is added."""
    monkeypatch.setattr(handlers, "MOST", 1)
    for _ in range(2):
        sent(world, LOW)
    backtest = started(manager, area_pack())
    first, again = effect_of(backtest, 0), effect_of(backtest, 0)
    first()
    again()
    assert count_slice(promise_of(backtest, 0)) is None
    backtest.refresh_from_db()
    assert (backtest.done, tally_of(backtest).children, backtest.slices) == (1, 1, 1)
    assert OutboxRow.objects.filter(kind=actions.KIND).count() == 2


def test_a_stopped_one_keeps_what_it_has_and_takes_no_more(world, manager, monkeypatch):
    monkeypatch.setattr(handlers, "MOST", 1)
    for _ in range(2):
        sent(world, LOW)
    backtest = started(manager, area_pack())
    effect_of(backtest, 0)()
    late = effect_of(backtest, 1)
    actions.cancel(backtest_id=backtest.pk, by=acting(manager, LATER), now=LATER)
    late()
    assert count_slice(promise_of(backtest, 1)) is None
    backtest.refresh_from_db()
    assert (backtest.state, backtest.done) == ("cancelled", 1)
    with refused("ended already"):
        actions.cancel(backtest_id=backtest.pk, by=acting(manager, LATER), now=LATER)


def test_a_slice_ends_after_its_time_and_the_lease_outlasts_it(world, manager, monkeypatch):
    monkeypatch.setattr(handlers, "SECONDS", -1.0)
    for _ in range(2):
        sent(world, LOW)
    backtest = started(manager, area_pack())
    effect_of(backtest, 0)()
    backtest.refresh_from_db()
    assert backtest.done == 1
    queue = registered(actions.KIND).queue
    assert queue is Queue.DOCUMENTS
    monkeypatch.undo()
    assert LIMITS[queue].soft.total_seconds() > handlers.SECONDS * 3


def test_one_at_a_time_and_only_for_ones_own_area(world, manager):
    backtest = started(manager, area_pack())
    with refused("still running"):
        started(manager, area_pack())
    elsewhere = person_with(Role.PARTNERSHIP_MANAGER, agency=AgencyFactory.create(areas=["wakefield"]))
    with refused("another area"):
        started(elsewhere, area_pack())
    with pytest.raises(NotYours):
        selectors.backtest_for(acting(elsewhere, LATER), backtest.pk)
    with pytest.raises(NotYours):
        actions.cancel(backtest_id=backtest.pk, by=acting(elsewhere, LATER), now=LATER)
    with refused("Only the partnership manager"):
        started(world.head, area_pack())
    assert list(selectors.backtests_of(acting(elsewhere, LATER))) == []
    assert [one.pk for one in selectors.backtests_of(acting(manager, LATER))] == [backtest.pk]


def test_start_stop_and_end_are_in_the_audit_record_without_anybody_referred(world, manager):
    sent(world, LOW)
    backtest = run(started(manager, area_pack()))
    entries = Entry.objects.filter(subject_id=str(backtest.pk)).order_by("id")
    assert [entry.verb for entry in entries] == ["backtest.start", "backtest.finish"]
    assert entries[1].detail == {"referrals": 1, "slices": 2}


def test_a_promise_about_no_backtest_is_an_operators_matter(db):
    nothing = Promise(uuid4(), "key", actions.KIND, {"backtest": str(uuid4()), "slice": 0}, 1)
    with pytest.raises(NoBacktest):
        count_slice(nothing)


def test_the_pack_that_is_tried_is_kept_whole(world, manager):
    backtest = started(manager, with_level("acute"))
    backtest.refresh_from_db()
    assert backtest.pack() == with_level("acute")
