"""From the button to the front door's queue, by the outbox, with the copy beside it."""

import pytest

from dispatch.keeping import keep
from dispatch.models import OutboxRow
from referrals.documents.models import PdfCopy
from referrals.record import actions as records
from referrals.routing.models import Intake
from tests.casework.support import NOW, World, routine, save, submit, urgent

pytestmark = pytest.mark.django_db(transaction=True)


def kept(kind: str) -> list[str]:
    """Keep the promises of a kind; return how each stands then."""
    for row in OutboxRow.objects.filter(kind=kind):
        keep(row.pk)
    return list(OutboxRow.objects.filter(kind=kind).values_list("state", flat=True))


def first_facts(world: World):
    """Sent with the first facts, without even a child."""
    by = world.by("teacher")
    referral = records.start_referral(kind="send_now", by=by, now=NOW)
    save(referral, "worry", by, worry="A child is locked out and cold.")
    return referral


@pytest.mark.parametrize("made", [routine, urgent, first_facts])
def test_it_arrives_once_and_its_copy_is_made(world: World, made):
    referral = made(world)
    submission = submit(world, referral)
    assert set(kept("deliver")) == {"done"}
    assert set(Intake.objects.filter(referral=referral).values_list("state", flat=True)) == {"received"}
    assert kept("pdf_copy") == ["done"]
    assert bytes(PdfCopy.objects.get(submission=submission).content).startswith(b"%PDF")


def test_arriving_waits_for_no_copy(world: World):
    referral = urgent(world)
    submit(world, referral)
    kept("deliver")
    assert Intake.objects.get(referral=referral).state == "received"
    assert not PdfCopy.objects.exists()
    assert OutboxRow.objects.get(kind="pdf_copy").state == "due"
