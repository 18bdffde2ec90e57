"""After handing on: what a front door that has let go of it, or was only offered it, may still do, read and hear."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from audit.domain.refusal import NotYours
from consent.actions import Saying
from consent.domain.facts import Said
from consent.models import Shared, TellingRuling
from referrals.casework import actions as casework
from referrals.casework.actions import deciding
from referrals.casework.models import WithdrawalAnswer
from referrals.documents.selectors import copy_for
from referrals.routing import actions as routing
from referrals.routing.models import Intake, Transfer
from referrals.routing.selectors import handed_outside, heirs_of, reads_until
from referrals.triage.selectors import messages_of
from tests.casework.handing import WHY, There, mails, offer
from tests.casework.support import LATER, NOW, World, child_of, claimed, decide, opened, refused, routine, urgent

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_a_child_who_is_decided_is_offered_to_nobody_any_more(world: World, there: There):
    intake = claimed(world, routine(world, children=2))
    first, second = child_of(intake.referral, 1), child_of(intake.referral, 2)
    offered = offer(world, intake, there, children=[first.pk])
    decide(world, intake, position=2)
    offered.refresh_from_db()
    assert offered.state == "offered", "the decision was about the other one"
    decide(world, intake, position=1)
    offered.refresh_from_db()
    assert offered.state == "returned"
    # The whole family offered: the decision about one takes the offer back, and the other one is still undecided.
    intake = claimed(world, routine(world, children=2))
    offered = offer(world, intake, there)
    decide(world, intake, position=1)
    offered.refresh_from_db()
    intake.refresh_from_db()
    assert (offered.state, intake.state) == ("returned", "in_triage")
    assert second.referral_id != intake.referral_id


def test_what_was_decided_beside_an_offer_is_not_accepted(world: World, there: There, monkeypatch: pytest.MonkeyPatch):
    """An offer that a decision of before this rule left open."""
    intake = claimed(world, routine(world, children=2))
    offered = offer(world, intake, there, children=[child_of(intake.referral, 1).pk])
    monkeypatch.setattr(deciding, "end_offers", lambda *_given, **_more: 0)
    decide(world, intake, position=1)
    with refused("has decided meanwhile"):
        casework.accept_transfer(intake=offered, by=there.by("screener"), now=LATER)


@pytest.mark.parametrize("how", ["offered", "refused", "handed over"])
def test_who_only_had_it_says_nothing_about_telling_the_family(world: World, there: There, how: str):
    intake = claimed(world, urgent(world))
    offered, by = offer(world, intake, there), there.by("worker")
    if how == "refused":
        casework.refuse_transfer(intake=offered, why="Not ours.", by=by, now=LATER)
    if how == "handed over":
        casework.accept_transfer(intake=offered, by=by, now=LATER)
        offered, by = intake, world.by("worker")
    with refused("Another front door has it"):
        casework.rule_on_telling(intake=offered, may_tell=True, why="They know.", by=by, now=LATER)
    assert not TellingRuling.objects.exists()
    owner = Intake.objects.exclude(pk=offered.pk).get()
    decider = there if how == "handed over" else world
    casework.rule_on_telling(intake=owner, may_tell=False, why="Not yet.", by=decider.by("worker"), now=LATER)


@pytest.mark.parametrize("accept", [True, False])
@pytest.mark.parametrize("handed_over", [True, False])
def test_who_only_had_it_does_not_answer_a_request_to_withdraw(
    world: World, there: There, handed_over: bool, accept: bool
):
    intake = claimed(world, routine(world))
    offered, by, owner = offer(world, intake, there), there.by("worker"), world.by("worker")
    if handed_over:
        casework.accept_transfer(intake=offered, by=by, now=LATER)
        by, owner = owner, by
    else:
        casework.refuse_transfer(intake=offered, why="Not ours.", by=by, now=LATER)
    request = casework.withdraw_request(referral=intake.referral, why="Twice.", by=world.by("teacher"), now=LATER)
    with refused("Another front door"):
        casework.answer_withdrawal(request=request, accept=accept, reasons="So be it.", by=by, now=LATER)
    for one in Intake.objects.all():
        opened(one, owner, at=LATER)
    casework.answer_withdrawal(request=request, accept=accept, reasons="So be it.", by=owner, now=LATER)


def test_whom_it_is_about_is_kept_out_where_it_is_only_offered_and_the_offer_ends(world: World, there: There):
    intake = claimed(world, routine(world))
    offered = offer(world, intake, there)
    casework.shut_out(
        referral=intake.referral, person=there.worker, why="Her brother.", by=world.by("teacher"), now=LATER
    )
    offered.refresh_from_db()
    assert offered.state == "returned"
    assert Transfer.objects.get().answer.answer == "taken_back"
    assert str(there.worker.pk) not in mails("transfer_taken_back")
    with pytest.raises(NotYours):
        copy_for(there.by("worker"), intake.referral_id, now=LATER)


def test_kept_out_before_the_offer_arrives_it_never_does(world: World, there: There):
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
    casework.shut_out(
        referral=intake.referral, person=there.worker, why="Her brother.", by=world.by("teacher"), now=LATER
    )
    assert not routing.arrive(intake_id=transfer.offered.pk, now=LATER)


def test_an_offer_stays_where_somebody_else_decides_and_what_was_accepted_needs_a_call(world: World, there: There):
    intake = claimed(world, routine(world))
    offered = offer(world, intake, there)
    about: dict[str, Any] = {
        "referral": intake.referral,
        "why": "Her brother.",
        "by": world.by("teacher"),
        "now": LATER,
    }
    casework.shut_out(person=there.screener, **about)
    offered.refresh_from_db()
    assert offered.state == "offered"
    casework.accept_transfer(intake=offered, by=there.by("worker"), now=LATER)
    with refused(f"Ring {offered.door_name} now"):
        casework.shut_out(person=there.worker, **about)


def outside(world: World, intake: Intake, children: list[UUID] | None = None) -> None:
    """A front door that doesn't receive here takes all of it, or some of the children, by phone."""
    casework.hand_on_by_phone(
        intake=intake,
        door_name="Faraway Council",
        children=intake.children if children is None else children,
        reason="other_area",
        why=WHY,
        spoke_to="Mx Hope",
        taken=True,
        said="By secure e-mail.",
        by=world.by("screener"),
        now=LATER,
    )


def test_with_a_front_door_outside_who_rang_it_hears_what_is_new_and_reads_it(world: World):
    intake = claimed(world, routine(world))
    outside(world, intake)
    (rung,) = handed_outside(intake.referral)
    assert rung.door_name == "Faraway Council"
    casework.add_addendum(referral=intake.referral, text="Her arm is broken.", by=world.by("teacher"), now=LATER + HOUR)
    team = {world.screener, world.worker, world.head}
    assert mails("added_to_here") == {str(one.pk) for one in team}
    assert reads_until(intake.referral_id, world.by("screener"), now=LATER + HOUR) is None
    with refused("Faraway Council has it, outside this system"):
        casework.withdraw_request(referral=intake.referral, why="Twice.", by=world.by("teacher"), now=LATER + HOUR)


def test_a_request_to_withdraw_that_waits_says_whom_to_ring_once_only_a_front_door_outside_has_it(world: World):
    intake = claimed(world, routine(world, children=2))
    request = casework.withdraw_request(referral=intake.referral, why="Twice.", by=world.by("teacher"), now=LATER)
    first, second = child_of(intake.referral, 1), child_of(intake.referral, 2)
    outside(world, intake, [first.pk])
    assert not WithdrawalAnswer.objects.exists(), "the sibling is here, and so is who answers"
    intake.refresh_from_db()
    outside(world, intake, [second.pk])
    answer = WithdrawalAnswer.objects.get(request=request)
    assert (answer.accepted, answer.by) == (False, None)
    assert "Faraway Council has it, outside this system: ring them" in answer.reasons
    assert mails("withdrawal_answered") == {str(one.pk) for one in (world.teacher, world.dsl, world.deputy)}
    with refused("has been answered"):
        casework.answer_withdrawal(
            request=request, accept=True, reasons="Yes.", by=world.by("worker"), now=LATER + HOUR
        )


def test_who_let_go_of_it_reads_what_came_until_then(world: World, there: There):
    intake = claimed(world, routine(world))
    assert not handed_outside(intake.referral)
    refused_it = offer(world, intake, there)
    assert reads_until(intake.referral_id, there.by("worker"), now=LATER) is None
    casework.refuse_transfer(intake=refused_it, why="Not ours.", by=there.by("worker"), now=LATER)
    assert reads_until(intake.referral_id, there.by("worker"), now=LATER + HOUR) == LATER
    assert reads_until(intake.referral_id, world.by("worker"), now=LATER + HOUR) is None
    assert reads_until(intake.referral_id, world.by("teacher"), now=LATER + HOUR) is None
    # Offered again and accepted, they read all of it; who handed it over doesn't any more.
    casework.accept_transfer(intake=offer(world, intake, there), by=there.by("worker"), now=LATER + HOUR)
    assert reads_until(intake.referral_id, there.by("worker"), now=LATER + HOUR) is None
    assert reads_until(intake.referral_id, world.by("worker"), now=LATER + HOUR) == LATER + HOUR


def test_an_answer_after_siblings_parted_goes_to_each_front_door_that_has_one(world: World, there: There):
    intake = claimed(world, routine(world, children=2))
    asked = casework.request_information(intake=intake, text="Who collects?", by=world.by("screener"), now=NOW)
    first, second = child_of(intake.referral, 1), child_of(intake.referral, 2)
    one = offer(world, intake, there, children=[first.pk])
    casework.accept_transfer(intake=one, by=there.by("screener"), now=LATER)
    intake.refresh_from_db()
    assert set(heirs_of(intake, since=asked.at)) == {intake, one}
    assert heirs_of(intake, since=LATER + HOUR) == (intake,), "what is asked later is about who stayed"
    transfer = casework.offer_transfer(
        intake=intake,
        team=world.night,
        children=[second.pk],
        reason="wrong_door",
        why=WHY,
        by=world.by("worker"),
        now=LATER + HOUR,
    )
    routing.arrive(intake_id=transfer.offered.pk, now=LATER + HOUR)
    two = Intake.objects.get(offer=transfer)
    casework.accept_transfer(intake=two, by=world.by("elsewhere"), now=LATER + HOUR)
    casework.answer_information(message=asked, text="Her aunt.", by=world.by("teacher"), now=LATER + 2 * HOUR)
    assert mails("information_given") == {str(there.screener.pk), str(there.worker.pk), str(world.elsewhere.pk)}
    recipients = Shared.objects.filter(referral=intake.referral, document=Shared.Document.ANSWER)
    assert {row.disclosure.team_id for row in recipients if row.disclosure} == {there.team.pk, world.night.pk}
    for row in (one, two):
        current = Intake.objects.get(pk=row.pk)
        assert list(messages_of(current)) == [asked]


def test_who_let_go_of_it_writes_nothing_on_it_any_more(world: World, there: There):
    intake = claimed(world, routine(world))
    refused_it = offer(world, intake, there)
    casework.refuse_transfer(intake=refused_it, why="Not ours.", by=there.by("worker"), now=LATER)
    referral = intake.referral
    later: dict[str, Any] = {"by": there.by("worker"), "now": LATER + HOUR}
    saying = Saying(said=Said.WITHDRAWN, words="Not any more.")
    mother = referral.household.get().pk
    with refused("has it now"):
        casework.say_agreement(referral=referral, person_id=mother, saying=saying, **later)
    day: dict[str, Any] = {"told_on": NOW.date(), "told_by": "The worker", "words": "All of it."}
    with refused("has it now"):
        casework.record_told(referral=referral, about=str(mother), **day, **later)
    with refused("has it now"):
        casework.close_to_desk(referral=referral, why="It is about her.", **later)
    out: dict[str, Any] = {"referral": referral, "person": there.screener}
    casework.shut_out(why="Her nephew.", by=world.by("worker"), now=LATER + HOUR, **out)
    with refused("has it now"):
        casework.readmit(why="I know her.", **out, **later)
    # The one that has it does, and so does whoever wrote it.
    casework.say_agreement(referral=referral, person_id=mother, saying=saying, by=world.by("worker"), now=LATER + HOUR)
    casework.record_told(referral=referral, about=str(mother), **day, by=world.by("teacher"), now=LATER + HOUR)
