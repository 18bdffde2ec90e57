"""Keeping passages of a draft from any copy for the family."""

from collections.abc import Set as AbstractSet
from datetime import datetime

from django.db import transaction

from audit.domain.actor import Actor
from referrals.record.actions.locking import locked, note, person_id_of
from referrals.record.domain.passages import Passage, answered_for_family
from referrals.record.domain.permissions import check_edit
from referrals.record.models import KeptFromFamily, Referral
from referrals.record.selectors import draft_of, form_of, kept_from_family


@transaction.atomic
def keep_from_family(
    *, referral: Referral, shown: AbstractSet[Passage], kept: AbstractSet[Passage], by: Actor, now: datetime
) -> int:
    """Keep passages of a draft from the family, and let go of those that were `shown` and aren't `kept`; return how
    many are kept now. What wasn't shown, since a colleague wrote or kept it meanwhile, stays as it is.

    A passage that isn't there any more is passed over. Raises Refusal or NotYours when `by` may not edit.
    """
    row, facts = locked(referral, by, now)
    check_edit(by, facts)
    draft = draft_of(row)
    there = {one.passage: one for one in answered_for_family(form_of(row), draft)}
    children = {child.id for child in draft.children}
    before = kept_from_family(row)
    for passage in (before.keys() & shown) - kept:
        before[passage].delete()
    for passage in (kept & shown & there.keys()) - before.keys():
        person = there[passage].person
        KeptFromFamily.objects.create(
            referral=row,
            page=passage.page,
            question=passage.question,
            child_id=person if person in children else None,
            member_id=person if person and person not in children else None,
            at=now,
            by_id=person_id_of(by),
        )
    count = KeptFromFamily.objects.filter(referral=row).count()
    note("keep_from_family", row, by, {"passages": count})
    return count
