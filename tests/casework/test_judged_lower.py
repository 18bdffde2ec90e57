"""Judged lower than what is indicated: the desk is asked to look at it, and nothing waits for that."""

import pytest

from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.casework.models import Approval
from referrals.casework.selectors import desk_of
from referrals.routing.models import Intake
from tests.casework.support import LATER, World, child_of, routine, save, submit

pytestmark = pytest.mark.django_db


COMPLEX = {"descriptors": [{"id": "tw-complex-001", "evidence": "Seen by the nurse."}]}


def lower(world: World, **pages):
    """A child judged vulnerable, of whom a descriptor of the level above was chosen."""
    referral = routine(world, judged={"judged_level": "vulnerable", "judged_because": "It is early."}, **pages)
    save(referral, "descriptors", world.by("teacher"), child_of(referral).pk, **COMPLEX)
    return referral


def test_judged_lower_asks_the_desk_and_holds_nothing_up(world: World):
    referral = lower(world)
    submit(world, referral)
    referral.refresh_from_db()
    approval = Approval.objects.get(referral=referral)
    assert (referral.state, referral.urgent) == ("sent", False)
    assert (approval.asked, approval.because, approval.beside) == ("desk", "judged-lower", True)
    assert approval.judged_lower
    assert approval.due_at is None
    told = OutboxRow.objects.filter(references__template="judged_lower").values_list("references__person_id", flat=True)
    assert set(told) == {str(world.dsl.pk), str(world.deputy.pk)}
    assert [item.referral for item in desk_of(world.by("dsl"), now=LATER).to_answer] == [referral]
    actions.approve(referral=referral, by=world.by("dsl"), now=LATER)
    assert Intake.objects.filter(referral=referral).count() == 1


def test_an_urgent_one_that_was_judged_lower_goes_and_the_desk_is_asked(world: World):
    referral = lower(world, harm={"harm": "suspected", "harm_what": "A bruise."})
    submit(world, referral)
    referral.refresh_from_db()
    approval = Approval.objects.get(referral=referral)
    assert (referral.state, referral.urgent) == ("sent", True)
    assert approval.beside
    assert approval.judged_lower
    assert set(OutboxRow.objects.filter(kind="email").values_list("references__template", flat=True)) == {"sent_urgent"}


def test_where_an_approval_is_asked_for_anyway_it_says_that_it_was_judged_lower(world: World):
    world.wants_approval()
    referral = lower(world)
    submit(world, referral)
    approval = Approval.objects.get(referral=referral)
    assert (approval.because, approval.beside, approval.judged_lower) == ("agency-policy", False, True)


def test_what_was_judged_the_same_or_may_not_be_seen_by_the_desk_asks_nobody(world: World):
    same = routine(world)
    save(same, "descriptors", world.by("teacher"), child_of(same).pk, **COMPLEX)
    submit(world, same)
    hidden = lower(world, desk={"about_desk": "yes"})
    submit(world, hidden)
    assert not Approval.objects.exists()
