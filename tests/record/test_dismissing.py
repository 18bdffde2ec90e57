"""Dismissing what was suggested: kept with who and when, taken back, frozen, and for writers only."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.domain.refusal import NotYours, Refusal
from referrals.record import actions
from referrals.record.domain.dismissed import SuggestedKind
from referrals.record.models import Dismissal
from referrals.record.selectors import content_of, dismissed_of
from tests.record.support import NOW, School, acting, drafted, submitted

pytestmark = pytest.mark.django_db


def dismiss(referral, child, by, **given):
    said = {
        "kind": SuggestedKind.DESCRIPTOR,
        "item": "left-alone",
        "wording": "Left alone",
        "quote": "He was alone.",
        "now": NOW,
        **given,
    }
    return actions.dismiss_suggestion(referral=referral, child_id=child.pk, by=acting(by), **said)


def test_it_is_kept_with_who_and_when_and_goes_along_frozen(school: School):
    referral, child = drafted(school)
    dismiss(referral, child, school.teacher)
    dismiss(referral, child, school.teacher, kind=SuggestedKind.OVERRIDE, item="nat-fgm", reason="\x00A play. ")
    frozen = content_of(submitted(referral, school.teacher))["children"][0]["dismissed"]
    assert sorted((one["id"], one["kind"], one["reason"], one["by"], one["at"]) for one in frozen) == [
        ("left-alone", "descriptor", "", "Asha Pryor", NOW.isoformat()),
        ("nat-fgm", "override", "A play. ", "Asha Pryor", NOW.isoformat()),
    ]


def test_taken_back_it_is_kept_and_counts_no_more(school: School):
    referral, child = drafted(school)
    dismiss(referral, child, school.teacher)
    for _ in range(2):
        actions.take_back_dismissal(
            referral=referral,
            child_id=child.pk,
            kind=SuggestedKind.DESCRIPTOR,
            item="left-alone",
            by=acting(school.teacher),
            now=NOW + timedelta(hours=1),
        )
    assert dismissed_of(referral) == {}
    assert Dismissal.objects.get().taken_back_by == school.teacher
    dismiss(referral, child, school.teacher)
    assert len(dismissed_of(referral)[str(child.pk)]) == 1


@pytest.mark.parametrize("reason", ["", " \n ", "\x00"])
def test_an_override_is_not_dismissed_without_a_reason(school: School, reason: str):
    referral, child = drafted(school)
    with pytest.raises(Refusal) as refused:
        dismiss(referral, child, school.teacher, kind=SuggestedKind.OVERRIDE, item="nat-fgm", reason=reason)
    assert refused.value.reason == "Say why it doesn't apply."
    row = {"referral": referral, "child": child, "kind": "override", "item": "nat-fgm", "by": school.teacher, "at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        Dismissal.objects.create(**row)


def test_whoever_may_not_write_dismisses_nothing(school: School):
    referral, child = drafted(school)
    other, _ = drafted(school)
    for somebody in (school.dsl, school.colleague, school.screener):
        with pytest.raises(Refusal):
            dismiss(referral, child, somebody)
    with pytest.raises(NotYours):
        dismiss(other, child, school.teacher)
    submitted(referral, school.teacher)
    with pytest.raises(Refusal):
        dismiss(referral, child, school.teacher)
    assert not Dismissal.objects.exists()


def test_with_the_child_it_goes_off_the_draft(school: School):
    referral, child = drafted(school)
    dismiss(referral, child, school.teacher)
    actions.remove_child(referral=referral, child_id=child.pk, by=acting(school.teacher), now=NOW)
    assert not Dismissal.objects.exists()
