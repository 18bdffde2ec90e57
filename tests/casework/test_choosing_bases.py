"""Choosing another lawful basis than the suggested ones: who, when, with which reason, and what is kept."""

import pytest
from django.db import DatabaseError, transaction

from audit.domain.refusal import NotYours, Refusal
from audit.models import AppendOnlyError, Entry
from consent.actions import choose_bases
from consent.models import BasesChoice
from referrals.casework import actions
from tests.casework.support import LATER, NOW, World, routine, submit

pytestmark = pytest.mark.django_db

TASK, CARE = "art6-public-task", "art9-social-care"


def test_a_choice_is_kept_with_its_reason_and_the_last_one_counts(world: World):
    referral = routine(world)
    first = choose_bases(
        referral=referral, chosen=[TASK, CARE, TASK], why="As our policy says.", by=world.by("teacher"), now=NOW
    )
    assert (first.number, first.chosen, first.why) == (1, [TASK, CARE], "As our policy says.")
    again = choose_bases(referral=referral, chosen=[CARE], why="Only this.", by=world.by("teacher"), now=LATER)
    assert again.number == 2
    (child,) = actions.prepare(referral=referral, now=LATER).children
    assert CARE in {basis.id for basis in child.sharing.decision.bases}
    assert CARE in child.sharing.decision.chosen_bases
    assert Entry.objects.filter(verb="sharing.bases").latest("id").detail == {"number": 2, "bases": [CARE]}


def test_none_chosen_is_as_suggested_and_needs_no_reason(world: World):
    referral = routine(world)
    choose_bases(referral=referral, chosen=[TASK], why="A reason", by=world.by("teacher"), now=NOW)
    row = choose_bases(referral=referral, chosen=[], why="left over", by=world.by("teacher"), now=LATER)
    assert (row.chosen, row.why) == ([], "")


@pytest.mark.parametrize(
    ("chosen", "why", "reason"),
    [
        (["art6-whatever"], "Because", "Choose from the lawful bases"),
        ([TASK], "", "Write why"),
        ([TASK], " \n ", "Write why"),
    ],
)
def test_what_is_no_basis_or_has_no_reason_is_refused_and_not_kept(world: World, chosen, why, reason):
    referral = routine(world)
    with pytest.raises(Refusal) as caught:
        choose_bases(referral=referral, chosen=chosen, why=why, by=world.by("teacher"), now=NOW)
    assert reason in caught.value.reason
    assert not BasesChoice.objects.exists()


@pytest.mark.parametrize("who", ["dsl", "deputy"])
def test_who_does_not_write_the_draft_chooses_nothing(world: World, who):
    with pytest.raises((NotYours, Refusal)):
        choose_bases(referral=routine(world), chosen=[TASK], why="Because", by=world.by(who), now=NOW)


def test_after_submitting_it_is_frozen(world: World):
    referral = routine(world)
    submit(world, referral)
    referral.refresh_from_db()
    with pytest.raises(Refusal) as caught:
        choose_bases(referral=referral, chosen=[TASK], why="Because", by=world.by("teacher"), now=LATER)
    assert "frozen" in caught.value.reason


def test_no_choice_is_changed_or_deleted(world: World):
    row = choose_bases(referral=routine(world), chosen=[TASK], why="Because", by=world.by("teacher"), now=NOW)
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        BasesChoice.objects.filter(pk=row.pk)._raw_delete("default")
