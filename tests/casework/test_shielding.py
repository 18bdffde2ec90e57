"""Closing a referral to the agency's desk after it was submitted, and keeping a person out, wherever it stands."""

from typing import Any

import pytest

from audit.domain.refusal import NotYours
from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.casework.domain.lifecycle import State
from referrals.casework.models import Approval, ApprovalAnswer
from referrals.casework.selectors import (
    closed_to_desk,
    desk_of,
    kept_out,
    latest_approval,
    let_in_again,
    opened_at_desk,
    to_keep_out,
)
from referrals.casework.selectors.approvals import state_of
from referrals.record import actions as records
from referrals.record.models import AccessChange, Referral
from referrals.record.selectors import facts_for, referral_for, referrals_of
from referrals.routing.models import Intake
from referrals.routing.selectors import queue_of
from tests.casework.support import (
    EVENING,
    LATER,
    NOW,
    World,
    child_of,
    claimed,
    decided,
    delivered,
    refused,
    routine,
    submit,
    urgent,
    verbs,
)

pytestmark = pytest.mark.django_db

WHY = "The worry is about the lead herself."


def waiting(world: World) -> Referral:
    """A routine referral that waits for the desk."""
    world.wants_approval()
    referral = routine(world)
    submit(world, referral)
    return referral


def close(world: World, referral: Referral, *, by: str = "teacher", why: str = WHY) -> Referral:
    return actions.close_to_desk(referral=referral, why=why, by=world.by(by), now=LATER)


def keep_out(world: World, referral: Referral, who: str, *, by: str = "teacher") -> Referral:
    person = getattr(world, who)
    return actions.shut_out(referral=referral, person=person, why="Her own child.", by=world.by(by), now=LATER)


def sees(world: World, who: str, referral: Referral) -> bool:
    return referrals_of(world.by(who), now=LATER).filter(pk=referral.pk).exists()


def mailed(template: str) -> set[str]:
    rows = OutboxRow.objects.filter(kind="email", references__template=template)
    return {str(row.references["person_id"]) for row in rows}


class TestClosingToTheDesk:
    @pytest.mark.parametrize("by", ["teacher", "screener", "worker", "head"])
    def test_its_author_and_the_front_door_do_it_and_the_desk_sees_nothing_from_then_on(self, world: World, by: str):
        intake = claimed(world, urgent(world))
        assert sees(world, "dsl", intake.referral)
        close(world, intake.referral, by=by)
        for who in ("dsl", "deputy"):
            assert not sees(world, who, intake.referral)
            with pytest.raises(NotYours):
                referral_for(world.by(who), intake.referral_id, purpose="page", now=LATER)
        assert intake.referral_id not in {item.referral.pk for item in desk_of(world.by("dsl"), now=LATER).sent.items}
        assert sees(world, "teacher", intake.referral)
        assert sees(world, "worker", intake.referral)

    def test_what_was_said_stays_with_who_said_it_and_is_audited(self, world: World):
        intake = claimed(world, urgent(world))
        close(world, intake.referral, by="worker")
        said = closed_to_desk(intake.referral)
        assert said is not None
        assert (said.by, said.why, said.at, said.of_front_door) == (world.worker, WHY, LATER, True)
        assert "referral.close_to_desk" in verbs(intake.referral_id)

    def test_what_waited_at_the_desk_goes_on_without_it(self, world: World):
        referral = waiting(world)
        row = close(world, referral)
        assert row.state == "sent"
        assert Intake.objects.filter(referral=referral).exists()
        approval = latest_approval(referral)
        assert approval is not None
        assert state_of(approval) is State.LAPSED
        assert "approval.lapse" in verbs(referral.pk)
        assert actions.lapse_overdue(now=EVENING) == 0

    def test_what_a_line_manager_was_asked_goes_on_too(self, world: World):
        referral = waiting(world)
        records.ask_approver(referral=referral, person=world.manager, by=world.by("teacher"), now=NOW)
        assert sees(world, "manager", referral)
        close(world, referral)
        assert not sees(world, "manager", referral)

    def test_what_was_urgent_and_lay_beside_is_nobodys_to_answer(self, world: World):
        world.wants_approval()
        referral = urgent(world)
        submit(world, referral)
        close(world, referral)
        assert state_of(Approval.objects.get()) is State.LAPSED
        with pytest.raises(NotYours):
            actions.approve(referral=referral, by=world.by("dsl"), now=LATER)

    def test_where_it_can_not_be_sent_it_is_closed_all_the_same_and_its_author_can_send_it_later(self, world: World):
        referral = waiting(world)
        teams = (world.team, world.night)
        for team in teams:
            type(team).objects.filter(pk=team.pk).update(front_door=f"gone-{team.front_door}")
        row = close(world, referral)
        assert row.state == "submitted"
        assert not sees(world, "dsl", referral)
        for team in teams:
            type(team).objects.filter(pk=team.pk).update(front_door=team.front_door)
        assert actions.send_without_waiting(referral=referral, by=world.by("teacher"), now=LATER).state == "sent"

    def test_what_can_not_go_without_being_weighed_is_its_authors_again(self, world: World):
        no = {"said": "refused", "said_on": "2026-11-13", "words": "We manage."}
        referral = routine(world, agreement=no)
        submit(world, referral)
        assert latest_approval(referral) is not None
        row = close(world, referral)
        assert row.state == "draft"
        assert not Intake.objects.exists()
        # Also after the author has looked at the page about the desk again.
        by, no_again = world.by("teacher"), {"about_desk": "no"}
        records.save_page(referral=referral, page="desk", answers=no_again, version=1, by=by, now=LATER)
        assert not sees(world, "dsl", referral)

    def test_no_email_goes_to_the_desk_any_more_and_whoever_works_on_it_is_told(self, world: World):
        intake = claimed(world, urgent(world))
        close(world, intake.referral)
        assert str(world.screener.pk) in mailed("added_to_here")
        actions.add_addendum(referral=intake.referral, text="More.", by=world.by("teacher"), now=LATER)
        told = mailed("added_to") | mailed("added_to_here")
        assert not told & {str(world.dsl.pk), str(world.deputy.pk)}
        assert str(world.screener.pk) in mailed("added_to_here")

    def test_a_lead_who_shared_the_draft_is_out_too(self, world: World):
        referral = urgent(world)
        records.share_draft(referral=referral, person=world.deputy, by=world.by("teacher"), now=NOW)
        submit(world, referral)
        close(world, referral)
        assert not sees(world, "deputy", referral)

    def test_a_lead_who_wrote_it_stays_its_author(self, world: World):
        referral = urgent(world)
        submit(world, referral)
        own = routine(world, author="dsl")
        submit(world, own, author="dsl")
        close(world, own, by="dsl")
        assert sees(world, "dsl", own)
        assert not sees(world, "deputy", own)

    def test_from_then_on_the_author_contests(self, world: World):
        intake = decided(world, routine(world))
        with refused("Only your agency's safeguarding lead"):
            actions.disagree(intake=intake, grounds="Not weighed.", by=world.by("teacher"), now=LATER)
        close(world, intake.referral)
        assert actions.disagree(intake=intake, grounds="Not weighed.", by=world.by("teacher"), now=LATER)

    def test_twice_is_once(self, world: World):
        intake = claimed(world, urgent(world))
        close(world, intake.referral)
        close(world, intake.referral, by="worker")
        assert AccessChange.objects.count() == 1

    def test_the_desk_a_stranger_and_a_blank_reason_are_refused(self, world: World):
        intake = claimed(world, urgent(world))
        with refused("Only the author"):
            close(world, intake.referral, by="dsl")
        with pytest.raises(NotYours):
            close(world, intake.referral, by="stranger")
        with refused("Say why"):
            close(world, intake.referral, why="  ")
        with refused("While it is a draft"):
            close(world, routine(world))
        assert not AccessChange.objects.exists()

    def test_who_there_has_opened_it_is_told(self, world: World):
        intake = claimed(world, urgent(world))
        assert opened_at_desk(intake.referral) == ()
        for who in ("dsl", "dsl", "teacher", "worker"):
            referral_for(world.by(who), intake.referral_id, purpose="page", now=LATER)
        assert [one.name for one in opened_at_desk(intake.referral)] == ["Dara Moss"]


class TestKeepingAPersonOut:
    @pytest.mark.parametrize("by", ["teacher", "worker"])
    def test_they_see_nothing_and_what_they_held_is_in_the_queue_again(self, world: World, by: str):
        intake = claimed(world, urgent(world))
        keep_out(world, intake.referral, "screener", by=by)
        assert not sees(world, "screener", intake.referral)
        intake.refresh_from_db()
        assert intake.claimed_by is None
        assert intake.state == "in_triage"
        assert [item.intake.pk for item in queue_of(world.by("worker"), now=LATER).unassigned] == [intake.pk]
        (out,) = kept_out(intake.referral)
        assert (out.person, out.why) == (world.screener, "Her own child.")

    def test_what_waited_for_them_alone_goes_on(self, world: World):
        referral = waiting(world)
        keep_out(world, referral, "dsl")
        referral.refresh_from_db()
        assert referral.state == "submitted"
        keep_out(world, referral, "deputy")
        referral.refresh_from_db()
        assert referral.state == "sent"

    def test_nobody_is_kept_out_where_nobody_who_decides_would_be_left(self, world: World):
        intake = delivered(world, urgent(world))
        keep_out(world, intake.referral, "worker")
        with refused("Ring Family Connect now and ask for somebody else to take it"):
            keep_out(world, intake.referral, "head")
        assert sees(world, "head", intake.referral)
        assert [one.person for one in kept_out(intake.referral)] == [world.worker]

    def test_before_it_is_sent_such_a_door_is_one_to_ring(self, world: World):
        referral = urgent(world)
        for who in ("worker", "head"):
            keep_out(world, referral, who)
        destinations = actions.prepare(referral=referral, now=NOW).plan.destinations()
        assert {one.door: one.here for one in destinations} == {"family-connect": False}
        with refused("Ring them"):
            submit(world, referral)
        assert not Intake.objects.filter(team=world.team).exists()

    def test_the_author_can_not_be_kept_out(self, world: World):
        intake = claimed(world, urgent(world))
        with refused("the author"):
            keep_out(world, intake.referral, "teacher", by="worker")

    def test_a_mistake_is_taken_back_and_both_stand_in_the_history(self, world: World):
        intake = claimed(world, urgent(world))
        keep_out(world, intake.referral, "screener")
        again: dict[str, Any] = {"referral": intake.referral, "person": world.screener, "now": LATER}
        with refused("Say why"):
            actions.readmit(why=" ", by=world.by("teacher"), **again)
        with refused("those who wrote it who said"):
            actions.readmit(why="A mistake.", by=world.by("worker"), **again)
        mails = OutboxRow.objects.filter(kind="email", references__template="added_to_here")
        before = mails.count()
        assert actions.readmit(why="A mistake.", by=world.by("teacher"), **again)
        assert not actions.readmit(why="A mistake.", by=world.by("teacher"), **again)
        assert mails.count() > before
        assert [one.why for one in let_in_again(intake.referral)] == ["A mistake."]
        assert sees(world, "screener", intake.referral)
        assert [one.kind for one in AccessChange.objects.all()] == ["shut_out", "readmitted"]
        assert {"referral.exclude", "referral.readmit"} <= set(verbs(intake.referral_id))

    def test_whoever_has_nothing_to_do_with_it_can_not(self, world: World):
        intake = claimed(world, urgent(world))
        for who in ("stranger", "elsewhere", "manager"):
            with pytest.raises(NotYours):
                keep_out(world, intake.referral, "screener", by=who)
        with refused("Only the author"):
            keep_out(world, intake.referral, "screener", by="dsl")

    def test_a_name_finds_people_of_both_sides_and_nobody_else(self, world: World):
        intake = claimed(world, urgent(world))
        referral = intake.referral
        assert [one.person.pk for one in to_keep_out(referral, "byrne nell", now=LATER)] == [world.worker.pk]
        assert [one.person.pk for one in to_keep_out(referral, "dara", now=LATER)] == [world.dsl.pk]
        assert to_keep_out(referral, " ", now=LATER) == ()
        for who in ("teacher", "stranger", "elsewhere"):
            assert to_keep_out(referral, getattr(world, who).full_name, now=LATER) == ()
        keep_out(world, referral, "worker")
        assert to_keep_out(referral, "Nell Byrne", now=LATER) == ()


def test_a_decision_is_answered_by_somebody_else_once_its_holder_is_kept_out(world: World):
    intake = decided(world, routine(world))
    keep_out(world, intake.referral, "screener")
    assert facts_for(intake.referral, world.by("screener"), now=LATER).excluded_ids == {world.screener.pk}
    assert child_of(intake.referral)
    assert not ApprovalAnswer.objects.exists()
