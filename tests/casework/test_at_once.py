"""Two at once, each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection, transaction

from audit.domain.refusal import NotYours, Refusal
from consent.models import SharingRecord
from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.casework.models import ApprovalAnswer, Decision, DisagreementAnswer, MessageAnswer
from referrals.record.models import Submission
from referrals.routing import actions as routing
from referrals.routing.models import Intake
from tests.casework.support import LATER, NOW, World, claimed, decide, decided, delivered, routine, submit
from tests.record.test_at_once import both
from tests.support import eventually, on_its_own

pytestmark = pytest.mark.django_db(transaction=True)


def one_refused(results: list) -> None:
    """One of two did it, the other was refused."""
    assert [isinstance(one, Refusal) for one in sorted(results, key=lambda one: isinstance(one, Refusal))] == [
        False,
        True,
    ]
    assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, Refusal)]


def test_a_double_click_submits_once(world: World):
    referral, token = routine(world), uuid4()
    press = partial(actions.submit, referral=referral, by=world.by("teacher"), now=NOW, token=token)
    first, second = both(press, press)
    assert first.pk == second.pk
    assert Submission.objects.count() == SharingRecord.objects.count() == Intake.objects.count() == 1
    assert OutboxRow.objects.filter(kind="deliver").count() == 1


def test_two_windows_submit_once(world: World):
    referral = routine(world)
    press = [partial(actions.submit, referral=referral, by=world.by("teacher"), now=NOW, token=uuid4()) for _ in "ab"]
    one_refused(both(*press))
    assert Submission.objects.count() == Intake.objects.count() == 1


def test_lead_and_deputy_answer_once(world: World):
    world.wants_approval()
    referral = routine(world)
    submit(world, referral)
    one_refused(
        both(
            partial(actions.approve, referral=referral, by=world.by("dsl"), now=LATER),
            partial(actions.return_for_changes, referral=referral, why="More.", by=world.by("deputy"), now=LATER),
        )
    )
    assert ApprovalAnswer.objects.count() == 1
    assert Intake.objects.count() == (1 if ApprovalAnswer.objects.get().answer == "approved" else 0)


def test_an_answer_and_the_clock_send_once(world: World):
    world.wants_approval()
    referral = routine(world)
    submit(world, referral)
    later = NOW.replace(day=NOW.day + 2)
    both(
        partial(actions.approve, referral=referral, by=world.by("dsl"), now=later),
        partial(actions.lapse_overdue, now=later),
    )
    assert ApprovalAnswer.objects.count() == 1
    assert Intake.objects.count() == 1


def test_two_decide_one_child_once(world: World):
    intake = claimed(world, routine(world))
    one_refused(
        both(
            partial(decide, world, intake, by="worker"),
            partial(decide, world, intake, by="head", outcome="assessment"),
        )
    )
    assert Decision.objects.count() == 1


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_whoever_opens_the_page_while_something_is_added_waits_and_then_sees_it(world: World):
    intake = claimed(world, routine(world))
    by, reader = world.by("teacher"), world.by("worker")

    def opens() -> int:
        routing.note_opening(intake=intake, by=reader, now=LATER)
        return intake.referral.addenda.count()

    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            actions.add_addendum(referral=intake.referral, text="He hit her.", by=by, now=NOW)
            opened = thread.submit(on_its_own, opens)
            eventually(waits_for_a_lock)
        assert opened.result() == 1


def test_two_answer_one_question_once(world: World):
    intake = claimed(world, routine(world))
    message = actions.request_information(intake=intake, text="Who?", by=world.by("worker"), now=LATER)
    one_refused(
        both(
            partial(actions.answer_information, message=message, text="He.", by=world.by("teacher"), now=LATER),
            partial(actions.answer_information, message=message, text="She.", by=world.by("dsl"), now=LATER),
        )
    )
    assert MessageAnswer.objects.count() == 1


def test_a_disagreement_is_answered_once(world: World):
    intake = decided(world, routine(world))
    raised = actions.disagree(intake=intake, grounds="No.", by=world.by("dsl"), now=LATER)
    answer = partial(actions.answer_disagreement, disagreement=raised, by=world.by("head"), now=LATER)
    one_refused(both(partial(answer, reasons="It stands."), partial(answer, reasons="It stays.")))
    assert DisagreementAnswer.objects.count() == 1


def test_closing_while_it_is_contested(world: World):
    """Either it is contested and stays open, or it is closed and contested afterwards: nothing is lost."""
    intake = decided(world, routine(world))
    closed, raised = both(
        partial(actions.close, intake=intake, by=world.by("worker"), now=LATER),
        partial(actions.disagree, intake=intake, grounds="No.", by=world.by("dsl"), now=LATER),
    )
    intake.refresh_from_db()
    assert raised.intake_id == intake.pk
    assert intake.state == ("decided" if isinstance(closed, Refusal) else "closed")


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def test_whoever_is_kept_out_at_this_moment_does_not_get_hold_of_it(world: World):
    """They reach for it while the word against them is being written: held by them, it would be in nobody's hands."""
    intake = delivered(world, routine(world))
    reach = partial(routing.claim, intake=intake, by=world.by("screener"), now=LATER)
    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            actions.shut_out(
                referral=intake.referral, person=world.screener, why="It is her.", by=world.by("teacher"), now=LATER
            )
            reached = pool.submit(on_its_own, reach)
            eventually(lambda: reached.done() or somebody_waits_for_a_lock())
        assert isinstance(reached.result(timeout=30), NotYours)
    intake.refresh_from_db()
    assert intake.claimed_by is None
    assert routing.claim(intake=intake, by=world.by("worker"), now=LATER).claimed_by == world.worker
