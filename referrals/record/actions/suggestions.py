"""Dismissing what was suggested for a child, and taking that back. Choosing is answering: see `save_page`."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit.domain.actor import Actor
from audit.domain.refusal import NotYours
from referrals.record.actions.locking import SUBJECT, locked, note, person_id_of
from referrals.record.domain.clean_values import clean_text
from referrals.record.domain.dismissed import SuggestedKind, check_reason
from referrals.record.domain.permissions import check_edit
from referrals.record.models import Child, Dismissal, Referral


@transaction.atomic
def dismiss_suggestion(
    *,
    referral: Referral,
    child_id: UUID,
    kind: SuggestedKind,
    item: str,
    wording: str,
    quote: str,
    by: Actor,
    now: datetime,
    reason: str = "",
) -> Dismissal:
    """Keep that a suggestion doesn't fit a child; return the row. It stops nothing and lowers nothing.

    Dismissed twice, the first one stays. Raises Refusal when `by` may not edit, or for an override without a reason;
    NotYours for a child who isn't on the referral.
    """
    row, facts = locked(referral, by, now)
    check_edit(by, facts)
    why = clean_text(reason)
    check_reason(kind, why)
    child = _child(row, child_id)
    standing = Dismissal.objects.filter(child=child, kind=kind.value, item=item, taken_back_at__isnull=True).first()
    if standing is not None:
        return standing
    dismissal = Dismissal.objects.create(
        referral=row,
        child=child,
        kind=kind.value,
        item=item,
        wording=wording,
        quote=clean_text(quote),
        reason=why,
        by_id=person_id_of(by),
        at=now,
    )
    note("dismiss_suggestion", row, by, {"child": child.pk, "kind": kind.value, "item": item})
    return dismissal


@transaction.atomic
def take_back_dismissal(
    *, referral: Referral, child_id: UUID, kind: SuggestedKind, item: str, by: Actor, now: datetime
) -> None:
    """Let a dismissed suggestion stand again. One that isn't dismissed is no mistake: the button was pressed twice.

    Raises Refusal when `by` may not edit, NotYours for a child who isn't on the referral.
    """
    row, facts = locked(referral, by, now)
    check_edit(by, facts)
    child = _child(row, child_id)
    item = clean_text(item)  # a button's value, which anybody can write
    changed = Dismissal.objects.filter(child=child, kind=kind.value, item=item, taken_back_at__isnull=True).update(
        taken_back_at=now, taken_back_by_id=person_id_of(by)
    )
    if changed:
        note("take_back_dismissal", row, by, {"child": child.pk, "kind": kind.value, "item": item})


def _child(row: Referral, child_id: UUID) -> Child:
    child = row.children.filter(pk=child_id).first()
    if child is None:
        raise NotYours(rule="referral.edit", subject_type=SUBJECT, subject_id=row.pk)
    return child
