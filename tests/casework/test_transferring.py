"""Handing on between front doors: who owns it meanwhile, what each side sees, which times run, who is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from audit.domain.refusal import NotYours
from consent.models import Disclosure
from consent.selectors import disclosure_to
from dispatch.models import OutboxRow
from referrals.casework import actions as casework
from referrals.casework.selectors import timeline
from referrals.documents.models import PdfCopy
from referrals.documents.selectors import copy_for
from referrals.record.models import Referral
from referrals.routing import actions as routing
from referrals.routing.models import Alarm, Intake, Transfer
from referrals.routing.selectors import heirs_of, offers_for, queue_of
from tests.casework.handing import ELSEWHERE, WHY, There, mails, offer
from tests.casework.support import (
    LATER,
    NOW,
    World,
    child_of,
    claimed,
    decide,
    delivered,
    refused,
    routine,
    urgent,
    verbs,
)
from tests.desks import signed_in

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_until_it_is_accepted_the_sender_owns_it_and_its_times_run_there(world: World, there: There):
    intake = claimed(world, routine(world))
    offered = offer(world, intake, there)
    intake.refresh_from_db()
    assert (intake.state, offered.state) == ("in_triage", "offered")
    assert intake.clocks.filter(stopped_at__isnull=True).exists()
    assert not offered.clocks.exists()
    queue = queue_of(there.by("screener"), now=LATER)
    assert not [*queue.mine, *queue.unassigned, *queue.others], "what is offered isn't theirs to work on"
    (shown,) = offers_for(there.by("screener"), now=LATER)
    assert shown.intake == offered
    assert shown.due_at == min(intake.clocks.values_list("due_at", flat=True))
    with refused("accept it first"):
        routing.claim(intake=offered, by=there.by("screener"), now=LATER)
    # The owner can still do all that an owner can.
    casework.request_information(intake=intake, text="Who collects?", by=world.by("screener"), now=LATER)


def test_accepted_it_is_theirs_and_every_time_counts_from_the_first_receipt(world: World, there: There):
    intake = claimed(world, routine(world))
    offered = offer(world, intake, there)
    casework.accept_transfer(intake=offered, by=there.by("screener"), now=LATER + HOUR)
    intake.refresh_from_db()
    offered.refresh_from_db()
    assert (intake.state, offered.state) == ("transferred", "received")
    assert offered.received_at == LATER
    assert set(offered.clocks.values_list("started_at", flat=True)) == {intake.received_at}
    assert not intake.clocks.filter(stopped_at__isnull=True).exists()
    assert heirs_of(intake, since=NOW) == (offered,)
    claimed_there = routing.claim(intake=offered, by=there.by("screener"), now=LATER + HOUR)
    assert claimed_there.state == "in_triage"
    assert intake.referral.state == "sent"
    done = verbs(intake.referral_id)
    assert {"transfer.offer", "transfer.accept"} <= set(done)


def test_handed_on_twice_it_still_counts_from_the_first_receipt(world: World, there: There):
    intake = claimed(world, routine(world))
    offered = offer(world, intake, there)
    casework.accept_transfer(intake=offered, by=there.by("screener"), now=LATER)
    back = casework.offer_transfer(
        intake=offered,
        team=world.night,
        children=offered.children,
        reason="other",
        why="It was yours after all.",
        by=there.by("worker"),
        now=LATER + HOUR,
    )
    assert back.receipt_at == intake.received_at
    # And to the very front door that had it first.
    casework.take_back_transfer(transfer=back, by=there.by("worker"), now=LATER + HOUR)
    again = casework.offer_transfer(
        intake=offered,
        team=world.team,
        children=offered.children,
        reason="other",
        why="It was yours after all.",
        by=there.by("worker"),
        now=LATER + HOUR,
    )
    routing.arrive(intake_id=again.offered.pk, now=LATER + HOUR)
    accepted = casework.accept_transfer(
        intake=Intake.objects.get(offer=again), by=world.by("screener"), now=LATER + HOUR
    )
    main = accepted.clocks.order_by("due_at").first()
    assert main is not None
    first = intake.clocks.get(deadline=main.deadline)
    assert (main.started_at, main.due_at) == (first.started_at, first.due_at)


def test_refused_it_comes_back_with_the_reason_and_the_writer_reads_it(world: World, there: There):
    intake = claimed(world, routine(world))
    offered = offer(world, intake, there)
    with refused("Only a registered social worker"):
        casework.refuse_transfer(intake=offered, why="Not ours.", by=there.by("screener"), now=LATER)
    with refused("Say why"):
        casework.refuse_transfer(intake=offered, why=" ", by=there.by("worker"), now=LATER)
    casework.refuse_transfer(intake=offered, why="They moved away in May.", by=there.by("worker"), now=LATER)
    intake.refresh_from_db()
    offered.refresh_from_db()
    assert (intake.state, offered.state) == ("in_triage", "returned")
    assert intake.clocks.filter(stopped_at__isnull=True).exists()
    said = [(item.text, item.why) for item in timeline(intake.referral, front_door=False)]
    assert ("Their door does not take it: it stays with Family Connect", "They moved away in May.") not in said
    assert any("does not take it" in text and why == "They moved away in May." for text, why in said)
    assert str(world.teacher.pk) in mails("transfer_answered")
    assert str(world.screener.pk) in mails("transfer_answered_here")
    # Refused isn't the end of it: it can be offered again.
    offer(world, intake, there)


def test_the_writers_are_told_of_the_offer_and_of_the_answer(world: World, there: There):
    intake = claimed(world, routine(world))
    offered = offer(world, intake, there)
    assert {str(world.teacher.pk), str(world.dsl.pk)} <= mails("transfer_offered")
    assert mails("transfer_arrived") == {str(there.screener.pk), str(there.worker.pk)}
    casework.accept_transfer(intake=offered, by=there.by("screener"), now=LATER)
    assert {str(world.teacher.pk), str(world.dsl.pk)} <= mails("transfer_answered")


def test_what_the_other_front_door_is_given_is_worked_out_for_it_and_no_copy_is_drawn_again(world: World, there: There):
    intake = claimed(world, routine(world, children=2))
    PdfCopy.objects.create(
        submission=intake.submission, content=b"stored", sha256="0" * 64, made_at=NOW, renderer="test"
    )
    before = OutboxRow.objects.filter(kind="pdf_copy").count()
    first = child_of(intake.referral, 1)
    offered = offer(world, intake, there, children=[first.pk])
    given = disclosure_to(intake.submission, area=ELSEWHERE, front_door=there.team.front_door)
    assert given is not None
    assert given.need["children"] == [str(first.pk)]
    assert [one["id"] for one in given.need["others"]] == [str(child_of(intake.referral, 2).pk)]
    page = signed_in(there.worker).get(reverse("triage:intake", args=[offered.pk])).content.decode()
    assert "Robin 0 Vale" in page
    assert OutboxRow.objects.filter(kind="pdf_copy").count() == before
    assert PdfCopy.objects.count() == 1


def test_nobody_there_sees_it_before_it_is_offered(world: World, there: There):
    intake = claimed(world, routine(world))
    with pytest.raises(NotYours):
        copy_for(there.by("worker"), intake.referral_id, now=LATER)
    offer(world, intake, there)
    copy_for(there.by("worker"), intake.referral_id, now=LATER)


def test_siblings_part_and_each_front_door_decides_for_its_own(world: World, there: There):
    intake = claimed(world, routine(world, children=2))
    first, second = child_of(intake.referral, 1), child_of(intake.referral, 2)
    decide(world, intake, position=2)
    with refused("decided already"):
        offer(world, intake, there, children=[second.pk])
    offered = offer(world, intake, there, children=[first.pk])
    with refused("offered to another front door"):
        offer(world, intake, there, children=[first.pk])
    casework.accept_transfer(intake=offered, by=there.by("screener"), now=LATER)
    intake.refresh_from_db()
    assert intake.children == [second.pk]
    assert intake.state == "decided", "the last child without a decision has gone"
    assert Intake.objects.get(pk=offered.pk).children == [first.pk]
    casework.close(intake=intake, by=world.by("worker"), now=LATER)
    assert Referral.objects.get(pk=intake.referral_id).state == "sent", "the other front door still has one"


def test_a_sibling_stays_undecided_with_the_sender(world: World, there: There):
    intake = claimed(world, routine(world, children=2))
    first, second = child_of(intake.referral, 1), child_of(intake.referral, 2)
    offered = offer(world, intake, there, children=[first.pk])
    casework.accept_transfer(intake=offered, by=there.by("screener"), now=LATER)
    intake.refresh_from_db()
    assert (intake.state, intake.children) == ("in_triage", [second.pk])
    assert intake.clocks.filter(stopped_at__isnull=True).exists(), "its times run on for who stays"
    with pytest.raises(NotYours):
        decide(world, intake, position=1)
    decide(world, intake, position=2)


def test_the_second_sibling_adds_to_what_that_front_door_is_given(world: World, there: There):
    intake = claimed(world, routine(world, children=2))
    first, second = child_of(intake.referral, 1), child_of(intake.referral, 2)
    casework.accept_transfer(
        intake=offer(world, intake, there, children=[first.pk]), by=there.by("screener"), now=LATER
    )
    intake.refresh_from_db()
    offer(world, intake, there, children=[second.pk])
    given = disclosure_to(intake.submission, area=ELSEWHERE, front_door=there.team.front_door)
    assert given is not None
    assert given.whole or set(given.need["children"]) == {str(first.pk), str(second.pk)}
    assert Disclosure.objects.filter(team=there.team).count() == 2


def test_who_owns_it_can_decide_and_the_offer_ends(world: World, there: There):
    intake = claimed(world, routine(world))
    offered = offer(world, intake, there)
    decide(world, intake)
    offered.refresh_from_db()
    assert offered.state == "returned"
    assert Transfer.objects.get().answer.answer == "taken_back"
    assert str(there.worker.pk) in mails("transfer_taken_back")
    with refused("not taken on"):
        casework.accept_transfer(intake=offered, by=there.by("screener"), now=LATER)


def test_taken_back_before_it_arrives_it_never_does(world: World, there: There):
    intake = claimed(world, routine(world))
    transfer = casework.offer_transfer(
        intake=intake,
        team=there.team,
        children=intake.children,
        reason="wrong_door",
        why=WHY,
        by=world.by("worker"),
        now=LATER,
    )
    casework.take_back_transfer(transfer=transfer, by=world.by("worker"), now=LATER)
    assert not routing.arrive(intake_id=transfer.offered.pk, now=LATER)
    assert not offers_for(there.by("worker"), now=LATER)
    with pytest.raises(NotYours):
        copy_for(there.by("worker"), intake.referral_id, now=LATER)


def test_withdrawn_an_offer_ends_too(world: World, there: There):
    intake = claimed(world, routine(world))
    offered = offer(world, intake, there)
    request = casework.withdraw_request(referral=intake.referral, why="Sent twice.", by=world.by("teacher"), now=LATER)
    casework.answer_withdrawal(request=request, accept=True, reasons="Agreed.", by=world.by("worker"), now=LATER)
    offered.refresh_from_db()
    assert offered.state == "returned"
    assert Referral.objects.get(pk=intake.referral_id).state == "withdrawn"


@pytest.mark.parametrize(
    ("by", "words"),
    [("head", ""), ("worker", ""), ("screener", ""), ("elsewhere", None), ("teacher", None)],
)
def test_who_hands_it_on(by: str, words: str | None, world: World, there: There):
    """Whoever holds it, or decides there: the screener has claimed it."""
    intake = claimed(world, routine(world))
    if words is None:
        with pytest.raises(NotYours):
            offer(world, intake, there, by=by)
    else:
        assert offer(world, intake, there, by=by).state == "offered"


def test_a_screener_hands_on_only_what_they_hold(world: World, there: There):
    intake = delivered(world, routine(world))
    with refused("Only the person who has claimed it"):
        offer(world, intake, there, by="screener")
    assert offer(world, intake, there, by="worker").state == "offered"


def test_never_to_itself_nor_without_a_reason(world: World, there: There):
    intake = claimed(world, routine(world))
    with refused("at this front door already"):
        casework.offer_transfer(
            intake=intake,
            team=world.team,
            children=intake.children,
            reason="other",
            why=WHY,
            by=world.by("worker"),
            now=LATER,
        )
    with refused("Say why"):
        offer(world, intake, there, why="  ")


def test_never_to_a_front_door_that_it_is_about(world: World, there: There):
    intake = claimed(world, routine(world))
    casework.shut_out(
        referral=intake.referral, person=there.worker, why="Her brother.", by=world.by("teacher"), now=LATER
    )
    with refused("it is about them"):
        offer(world, intake, there)


def test_an_offer_that_nobody_opens_raises_the_alarm(world: World, there: There):
    intake = claimed(world, urgent(world))
    casework.read(intake=intake, by=world.by("screener"), now=NOW)
    offered = offer(world, intake, there)
    routing.raise_alarms(now=LATER + timedelta(days=4))
    assert Alarm.objects.filter(intake=offered).exists()


def test_by_phone_it_is_theirs_once_somebody_takes_it(world: World):
    intake = claimed(world, routine(world))
    given: dict[str, Any] = {
        "door_name": "Faraway Council, children's front door",
        "children": intake.children,
        "reason": "other_area",
        "why": WHY,
        "by": world.by("screener"),
        "now": LATER,
    }
    with refused("whom you spoke to"):
        casework.hand_on_by_phone(intake=intake, spoke_to=" ", taken=True, said="", **given)
    with refused("what they answered"):
        casework.hand_on_by_phone(intake=intake, spoke_to="Mx Hope, duty", taken=False, said=" ", **given)
    kept = casework.hand_on_by_phone(intake=intake, spoke_to="Mx Hope, duty", taken=False, said="Not ours.", **given)
    intake.refresh_from_db()
    assert (intake.state, kept.answer.answer) == ("in_triage", "refused")
    casework.hand_on_by_phone(intake=intake, spoke_to="Mx Hope, duty", taken=True, said="By secure e-mail.", **given)
    intake.refresh_from_db()
    assert intake.state == "transferred"
    assert not intake.clocks.filter(stopped_at__isnull=True).exists()
    assert str(world.teacher.pk) in mails("transfer_answered")
    with pytest.raises(ObjectDoesNotExist):
        _ = kept.offered
