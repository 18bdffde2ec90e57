"""The record of the decision to share: rows that are added, by those who write the referral."""

import pytest
from django.db import DatabaseError, transaction

from audit.domain.refusal import NotYours, Refusal
from audit.models import AppendOnlyError, Entry
from consent.actions import record_sharing
from consent.models import SharingRecord
from consent.selectors import sharing_of, sharing_records_of
from referrals.casework import actions
from tests.casework.support import LATER, NOW, World, routine, submit

pytestmark = pytest.mark.django_db


def decided(referral):
    """What the draft comes to, child by child."""
    return {child.id: child.sharing for child in actions.prepare(referral=referral, now=NOW).children}


def test_a_correction_is_a_new_row(world: World):
    referral = routine(world)
    submit(world, referral)
    again = record_sharing(referral=referral, decided=decided(referral), by=world.by("teacher"), now=LATER)
    assert [one.number for one in sharing_records_of(referral)] == [1, 2]
    assert sharing_of(referral) == again
    entry = Entry.objects.filter(verb="sharing.record").latest("id")
    assert entry.detail == {"number": 2, "because": "submitted", "verdicts": ["may_share"]}


def test_no_row_is_changed_or_deleted(world: World):
    referral = routine(world)
    row = record_sharing(referral=referral, decided=decided(referral), by=world.by("teacher"), now=NOW)
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        SharingRecord.objects.filter(pk=row.pk)._raw_delete("default")


@pytest.mark.parametrize("who", ["dsl", "deputy"])
def test_the_desk_reads_and_does_not_record_it(world: World, who):
    referral = routine(world)
    with pytest.raises(Refusal):
        record_sharing(referral=referral, decided=decided(referral), by=world.by(who), now=NOW)
    assert not SharingRecord.objects.exists()


@pytest.mark.parametrize("who", ["colleague", "manager", "stranger", "screener", "worker"])
def test_it_is_not_there_for_anybody_else(world: World, who):
    referral = routine(world)
    with pytest.raises(NotYours):
        record_sharing(referral=referral, decided=decided(referral), by=world.by(who), now=NOW)
