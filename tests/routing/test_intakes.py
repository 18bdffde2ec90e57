"""From sending to the queue, and what a front door's people do there."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from accounts.models import Membership
from accounts.selectors import actor_for
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from audit.models import Entry
from dispatch.domain.promise import Promise
from dispatch.models import OutboxRow
from referrals.record import actions as record
from referrals.record import selectors as record_selectors
from referrals.record.domain.lifecycle import Verb as ReferralVerb
from referrals.record.models import TeamAccess
from referrals.routing import actions, handlers, selectors
from referrals.routing.domain.clocks import ClockState
from referrals.routing.domain.lifecycle import State, Verb
from referrals.routing.domain.permissions import can_act, can_open
from referrals.routing.domain.plan import ReferralPlan
from referrals.routing.models import Clock, Intake, IntakeChange
from tests.factories import AREA, MembershipFactory
from tests.routing.world import NOW, acting

LATER = NOW + timedelta(minutes=5)


def verbs(intake):
    return list(intake.changes.values_list("verb", flat=True))


# Sending ----------------------------------------------------------------------------------------------------------


def test_sending_makes_an_intake_that_is_due_and_a_promise(world):
    intake = world.sent()
    assert (intake.state, intake.front_door, intake.team, intake.urgent) == ("due", "family-connect", world.team, True)
    assert intake.children == [intake.referral.children.get().pk]
    assert (intake.sent_at, intake.received_at) == (NOW, None)
    row = OutboxRow.objects.get(kind="deliver")
    assert (row.key, row.queue, row.references) == (f"deliver:{intake.pk}", "urgent", {"intake": str(intake.pk)})


def test_what_isnt_urgent_waits_in_the_routine_queue(world):
    intake = world.sent(harm="no", judged="complex")
    assert not intake.urgent
    assert OutboxRow.objects.get(kind="deliver").queue == "routine"


def test_sending_a_second_time_makes_nothing_new(world):
    referral = world.drafted()
    plan = world.plan(referral)
    submission, (intake,) = world.send(referral, plan)
    referral.refresh_from_db()
    with transaction.atomic():
        again = actions.send_to_front_doors(
            referral=referral, submission=submission, plan=plan, by=acting(world.teacher), now=LATER
        )
    assert again == (intake,)
    assert (Intake.objects.count(), OutboxRow.objects.filter(kind="deliver").count()) == (1, 1)


def test_sending_where_nobody_receives_is_refused_and_leaves_nothing_sent(world):
    referral = world.drafted()
    plan = world.plan(referral)
    Membership.objects.filter(team=world.team).delete()
    world.team.delete()
    with pytest.raises(Refusal, match=r"referral\.send") as refused:
        world.send(referral, plan)
    assert "Ring" in refused.value.reason
    referral.refresh_from_db()
    assert (referral.state, Intake.objects.count()) == ("draft", 0)


def test_intakes_are_made_only_with_the_sending(world, transactional_db):
    referral = world.drafted()
    given = {"referral": referral, "plan": ReferralPlan({}), "by": acting(world.teacher), "now": NOW}
    submission = record.freeze_submission(
        referral=referral, check={}, sharing={}, plan={}, urgent_because=[], by=acting(world.teacher), now=NOW
    )
    with pytest.raises(TransactionManagementError):
        actions.send_to_front_doors(submission=submission, **given)
    with transaction.atomic(), pytest.raises(ValueError, match="being sent"):
        actions.send_to_front_doors(submission=submission, **given)


def test_the_plan_knows_which_doors_are_here(world):
    assert selectors.doors_here() == {(AREA, "family-connect"), (AREA, "emergency-duty-team")}
    plan = world.plan(world.drafted(), harm="no", judged="vulnerable")
    assert [(one.door, one.here) for one in plan.destinations()] == [
        ("strengthening-families", False),
        ("family-connect", True),
    ]


# Arriving ---------------------------------------------------------------------------------------------------------


def test_arriving_opens_it_to_the_team_starts_clocks_and_tells_the_team(world):
    intake = world.sent()
    assert not record_selectors.referrals_of(acting(world.screener), now=NOW).exists()
    assert actions.arrive(intake_id=intake.pk, now=LATER)
    intake.refresh_from_db()
    assert (intake.state, intake.received_at, intake.first_read_at) == ("received", LATER, None)
    assert record_selectors.referrals_of(acting(world.screener), now=NOW).get() == intake.referral
    assert {clock.deadline: clock.started_at for clock in intake.clocks.all()} == {
        "nat-acknowledge": LATER,
        "nat-assessment": LATER,
        "outcome": LATER,
    }
    mails = OutboxRow.objects.filter(kind="email")
    people = {str(one.pk) for one in (world.screener, world.second, world.social_worker, world.manager)}
    assert {row.references["person_id"] for row in mails} == people
    assert {row.references["template"] for row in mails} == {"intake_arrived"}
    assert verbs(intake) == ["arrive"]


def test_arriving_twice_is_arriving_once(world):
    intake = world.sent()
    before = OutboxRow.objects.count()
    assert actions.arrive(intake_id=intake.pk, now=LATER)
    promised = OutboxRow.objects.count() - before
    assert not actions.arrive(intake_id=intake.pk, now=LATER + timedelta(hours=1))
    intake.refresh_from_db()
    assert intake.received_at == LATER
    assert (IntakeChange.objects.count(), TeamAccess.objects.count(), Clock.objects.count()) == (1, 1, 3)
    assert OutboxRow.objects.count() - before == promised == 4


def test_a_delivery_of_nothing_is_parked(world):
    intake = world.sent()
    row = OutboxRow.objects.get(kind="deliver")
    promise = Promise(row.pk, row.key, row.kind, {"intake": str(row.pk)}, 1)
    with pytest.raises(handlers.IntakeGone):
        handlers.deliver(promise)
    assert intake.state == State.DUE


def test_somebody_whom_it_is_about_gets_no_email_and_cannot_open_it(world):
    referral = world.drafted()
    record.exclude_person(referral=referral, person=world.screener, by=acting(world.teacher), now=NOW)
    _, (intake,) = world.send(referral, world.plan(referral))
    actions.arrive(intake_id=intake.pk, now=LATER)
    told = {row.references["person_id"] for row in OutboxRow.objects.filter(kind="email")}
    assert str(world.screener.pk) not in told
    with pytest.raises(NotYours):
        actions.claim(intake=intake, by=acting(world.screener), now=LATER)
    assert selectors.queue_of(acting(world.screener), now=LATER).unassigned == ()
    assert len(selectors.queue_of(acting(world.second), now=LATER).unassigned) == 1


# Claiming and giving back -----------------------------------------------------------------------------------------


def test_claiming_begins_the_triage(world):
    intake = world.arrived()
    claimed = actions.claim(intake=intake, by=acting(world.screener), now=LATER)
    assert (claimed.state, claimed.claimed_by, claimed.claimed_at) == ("in_triage", world.screener, LATER)
    again = actions.claim(intake=intake, by=acting(world.screener), now=LATER + timedelta(minutes=1))
    assert again.claimed_at == LATER
    assert verbs(intake) == ["arrive", "claim"]


def test_a_second_one_is_told_who_has_it(world):
    intake = world.arrived()
    actions.claim(intake=intake, by=acting(world.screener), now=LATER)
    with pytest.raises(actions.AlreadyClaimed) as taken:
        actions.claim(intake=intake, by=acting(world.second), now=LATER)
    assert (taken.value.who, taken.value.since) == ("Dilys Marsh", LATER)
    assert "Dilys" not in str(taken.value)  # logs print this


@pytest.mark.parametrize("who", ["screener", "manager"])
def test_what_is_given_back_can_be_claimed_again(world, who):
    intake = world.arrived()
    actions.claim(intake=intake, by=acting(world.screener), now=NOW)
    released = actions.release(intake=intake, by=acting(getattr(world, who)), now=LATER, why="End of shift")
    assert (released.state, released.claimed_by) == ("in_triage", None)
    assert actions.release(intake=intake, by=acting(world.second), now=LATER).claimed_by is None
    assert actions.claim(intake=intake, by=acting(world.second), now=LATER).claimed_by == world.second
    assert verbs(intake) == ["arrive", "claim", "release", "claim"]
    assert intake.changes.get(verb="release").why == "End of shift"


def test_nobody_takes_it_out_of_anothers_hands(world):
    intake = world.arrived()
    actions.claim(intake=intake, by=acting(world.screener), now=NOW)
    for colleague in (world.second, world.social_worker):
        with pytest.raises(Refusal, match=r"intake\.release"):
            actions.release(intake=intake, by=acting(colleague), now=LATER)


def test_what_has_not_arrived_or_is_decided_cannot_be_claimed(world):
    intake = world.sent()
    with pytest.raises(NotYours):
        actions.claim(intake=intake, by=acting(world.screener), now=NOW)
    actions.arrive(intake_id=intake.pk, now=NOW)
    actions.claim(intake=intake, by=acting(world.screener), now=NOW)
    actions.move(intake=intake, verb=Verb.DECIDE, by=acting(world.social_worker), now=NOW)
    with pytest.raises(Refusal) as refused:
        actions.claim(intake=intake, by=acting(world.second), now=NOW)
    assert refused.value.reason == "It has been decided. You cannot claim now."


@pytest.mark.parametrize("who", ["teacher", "dsl", "elsewhere"])
def test_for_everybody_else_it_does_not_exist(world, who):
    intake = world.arrived()
    stranger = acting(getattr(world, who))
    for act in (actions.claim, actions.release, actions.mark_read):
        with pytest.raises(NotYours):
            act(intake=intake, by=stranger, now=LATER)
    with pytest.raises(NotYours):
        actions.rate(intake=intake, rag="red", by=stranger, now=LATER)
    with pytest.raises(NotYours):
        selectors.intake_for(stranger, intake.pk, purpose="page", now=LATER)
    queue = selectors.queue_of(stranger, now=LATER)
    assert (queue.mine, queue.unassigned, queue.others) == ((), (), ())


def test_a_role_counts_for_the_agency_that_one_acts_for(world):
    """A screener who also teaches sees the queue only when acting for the council."""
    MembershipFactory.create(person=world.screener, agency=world.school)
    intake = world.arrived()
    as_teacher = actor_for(world.screener, NOW, agency_id=world.school.pk)
    as_screener = actor_for(world.screener, NOW, agency_id=world.team.agency_id)
    assert not can_open(as_teacher, selectors.facts_for(intake, as_teacher, now=NOW))
    assert can_open(as_screener, selectors.facts_for(intake, as_screener, now=NOW))


def test_nobody_decides_on_what_they_wrote(world):
    author = world.social_worker
    intake = world.arrived(author=author)
    actions.claim(intake=intake, by=acting(world.screener), now=NOW)
    intake.refresh_from_db()
    assert not can_act(Verb.DECIDE, acting(author), selectors.facts_for(intake, acting(author), now=NOW))
    with pytest.raises(Refusal) as refused:
        actions.move(intake=intake, verb=Verb.DECIDE, by=acting(author), now=NOW)
    assert refused.value.reason == "You wrote this yourself: somebody else decides on it."
    assert actions.move(intake=intake, verb=Verb.DECIDE, by=acting(world.manager), now=NOW).state == "decided"


# Reading, rating, moving ------------------------------------------------------------------------------------------


def test_reading_is_recorded_each_time_and_the_first_time_is_the_receipt(world):
    intake = world.arrived()
    (receipt,) = selectors.receipts_of(intake.referral)
    assert (receipt.delivered_at, receipt.read_at, receipt.read_by) == (NOW, None, "")
    for number, reader in enumerate((world.screener, world.second), 1):
        found = selectors.intake_for(acting(reader), intake.pk, purpose="page", now=LATER)
        actions.mark_read(intake=found, by=acting(reader), now=LATER + timedelta(minutes=number))
    (receipt,) = selectors.receipts_of(intake.referral)
    assert (receipt.read_at, receipt.read_by) == (LATER + timedelta(minutes=1), "Dilys Marsh")
    assert Entry.objects.filter(verb="referral.read", subject_id=str(intake.referral_id)).count() == 2
    assert Entry.objects.filter(verb="intake.read_first").count() == 1


def test_a_receipt_of_what_is_on_its_way(world):
    (receipt,) = selectors.receipts_of(world.sent().referral)
    assert (receipt.state, receipt.sent_at, receipt.delivered_at) == (State.DUE, NOW, None)
    assert (receipt.door_name, receipt.submission_number, receipt.urgent) == ("Family Connect", 1, True)


def test_a_rating_can_be_changed_and_every_one_is_kept(world):
    intake = world.arrived()
    actions.rate(intake=intake, rag="amber", by=acting(world.screener), now=NOW)
    rated = actions.rate(intake=intake, rag="red", by=acting(world.social_worker), now=LATER, why="A new injury")
    assert rated.rag == "red"
    assert list(intake.changes.filter(verb="rate").values_list("rag", "why")) == [
        ("amber", ""),
        ("red", "A new injury"),
    ]
    with pytest.raises(ValueError, match="blue"):
        actions.rate(intake=intake, rag="blue", by=acting(world.screener), now=LATER)


def test_asking_answering_deciding_closing(world):
    intake = world.arrived()
    screener, decider = acting(world.screener), acting(world.social_worker)
    actions.claim(intake=intake, by=screener, now=NOW)
    assert actions.move(intake=intake, verb=Verb.ASK, by=screener, now=NOW).state == "awaiting_information"
    with pytest.raises(Refusal, match=r"intake\.decide"):
        actions.move(intake=intake, verb=Verb.DECIDE, by=screener, now=NOW)
    system = Actor.system("routing")
    assert actions.move(intake=intake, verb=Verb.ANSWER, by=system, now=NOW).state == "in_triage"
    assert actions.move(intake=intake, verb=Verb.DECIDE, by=decider, now=NOW).state == "decided"
    assert actions.move(intake=intake, verb=Verb.CLOSE, by=decider, now=LATER).state == "closed"
    assert verbs(intake) == ["arrive", "claim", "ask", "answer", "decide", "close"]
    assert [change.by_name for change in intake.changes.all()][3] == "system: routing"
    queue = selectors.queue_of(screener, now=LATER)
    assert (queue.mine, queue.unassigned, queue.others) == ((), (), ())


def test_an_end_without_a_decision_needs_a_reason(world):
    intake = world.arrived()
    with pytest.raises(Refusal, match=r"intake\.end"):
        actions.move(intake=intake, verb=Verb.END, by=acting(world.manager), now=NOW, why=" ")
    ended = actions.move(intake=intake, verb=Verb.END, by=acting(world.manager), now=NOW, why="Sent twice")
    assert ended.state == "closed"


@pytest.mark.parametrize("verb", [Verb.ARRIVE, Verb.CLAIM, Verb.RELEASE, Verb.RATE])
def test_what_is_an_action_of_its_own_is_no_move(world, verb):
    with pytest.raises(ValueError, match="action of its own"):
        actions.move(intake=world.arrived(), verb=verb, by=acting(world.manager), now=NOW)


def test_every_act_is_audited_with_the_referral(world):
    intake = world.arrived()
    actions.claim(intake=intake, by=acting(world.screener), now=LATER)
    actions.rate(intake=intake, rag="red", by=acting(world.screener), now=LATER)
    entries = Entry.objects.filter(subject_type="intake", subject_id=str(intake.pk)).order_by("pk")
    assert [entry.verb for entry in entries] == ["intake.send", "intake.arrive", "intake.claim", "intake.rate"]
    assert {entry.detail["referral"] for entry in entries} == {str(intake.referral_id)}


# Queue and clocks -------------------------------------------------------------------------------------------------


def test_the_queue_is_in_parts_and_the_late_come_first(world):
    routine = world.arrived(harm="no", judged="complex")
    urgent = world.arrived()
    held = world.arrived()
    mine = world.arrived()
    actions.claim(intake=mine, by=acting(world.screener), now=NOW)
    actions.claim(intake=held, by=acting(world.second), now=NOW)
    late = Clock.objects.get(intake=routine, deadline="nat-acknowledge")
    Clock.objects.filter(pk=late.pk).update(
        started_at=NOW - timedelta(days=3), warn_at=NOW - timedelta(days=2), due_at=NOW - timedelta(days=1)
    )
    queue = selectors.queue_of(acting(world.screener), now=NOW)
    assert [item.intake for item in queue.mine] == [mine]
    assert [item.intake for item in queue.others] == [held]
    assert [item.intake for item in queue.unassigned] == [routine, urgent]
    assert [item.state for item in queue.unassigned] == [ClockState.BREACHED, ClockState.RUNNING]
    assert queue.over_limit == 1


def test_the_queue_takes_few_questions_however_long(world, django_assert_num_queries):
    for _ in range(3):
        world.arrived()
    screener = acting(world.screener)
    with django_assert_num_queries(3):
        assert len(selectors.queue_of(screener, now=NOW).unassigned) == 3


def test_a_stopped_clock_stays_stopped(world):
    intake = world.arrived()
    given = {"referral": intake.referral, "deadlines": ["nat-acknowledge"], "by": acting(world.social_worker)}
    assert actions.stop_clocks(intake=intake, now=LATER, **given) == 1
    assert actions.stop_clocks(intake=intake, now=LATER + timedelta(hours=1), **given) == 0
    views = {view.clock.deadline: view for view in selectors.clocks_of(intake, now=NOW + timedelta(days=10))}
    assert views["nat-acknowledge"].clock.stopped_at == LATER
    assert views["nat-acknowledge"].state is ClockState.STOPPED
    assert views["nat-assessment"].state is ClockState.RUNNING
    assert Entry.objects.filter(verb="clock.stop").count() == 1


def test_the_practitioners_own_clock_counts_from_the_call(world):
    intake = world.arrived()
    (plan,) = world.plan(intake.referral, called_at=NOW - timedelta(hours=1)).by_child.values()
    for _ in range(2):
        actions.start_clocks(referral=intake.referral, clocks=plan.clocks, by=acting(world.teacher), now=NOW)
    own = Clock.objects.get(intake=None)
    assert (own.deadline, own.started_at) == ("tw-form-after-call", NOW - timedelta(hours=1))
    assert own.due_at == NOW - timedelta(hours=1) + timedelta(days=2)
    assert (
        actions.stop_clocks(referral=intake.referral, deadlines=[own.deadline], by=acting(world.teacher), now=LATER)
        == 1
    )


def test_a_referral_that_is_closed_stays_with_its_front_door(world):
    intake = world.arrived()
    referral = record.move(referral=intake.referral, verb=ReferralVerb.CLOSE, by=acting(world.manager), now=NOW)
    assert selectors.intake_for(acting(world.screener), intake.pk, purpose="page", now=NOW).referral == referral
    assert list(selectors.changes_of(referral)) == list(intake.changes.all())
