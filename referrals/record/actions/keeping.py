"""Keeping what somebody types before they save it, and letting go of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.domain.held_forms import Fields, keepable
from accounts.secrets import encrypt
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours
from referrals.record.actions.locking import SUBJECT, locked, note, person_id_of
from referrals.record.domain.forms.parts import Per
from referrals.record.domain.keeping import Before, NotKept, check_keep
from referrals.record.domain.lifecycle import State
from referrals.record.domain.permissions import check_edit
from referrals.record.models import Keeping, Referral
from referrals.record.selectors.drafts import row_of
from referrals.record.selectors.forms import form_of
from referrals.record.selectors.keeping import keeping_row

FORGET_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in one window: the fields in their order, the version of the page that was open, the window (`tab`,
    made up by it), and the `number` of the keeping that it goes on from."""

    fields: Iterable[tuple[str, str]]
    version: int
    tab: str
    number: int


@transaction.atomic
def keep_typed(
    *, referral: Referral, page: str, typed: Typed, by: Actor, now: datetime, person_id: UUID | None = None
) -> int | NotKept:
    """Keep what somebody has typed on a page, in place of what they had before; return the keeping's number, or why it
    isn't kept.

    The page stays as it was saved: nothing is cleaned, and nothing counts as answered. Raises NotYours or Refusal when
    `by` may not edit, or for a page or person that this referral doesn't have.
    """
    row, facts = locked(referral, by, now)
    check_edit(by, facts)
    try:
        spec = form_of(row, writing=page).page(page)
        place = row_of(row, spec, person_id)
    except KeyError:
        raise NotYours(rule="referral.edit", subject_type=SUBJECT, subject_id=row.pk) from None
    fields = keepable(typed.fields)
    if not isinstance(fields, Fields):
        return NotKept.TOO_LARGE
    kept = keeping_row(row, page, person_id, person_id_of(by))
    why = check_keep(
        Before(kept.tab, kept.number) if kept else None,
        tab=typed.tab,
        number=typed.number,
        version=typed.version,
        saved_version=place.version,
        saved_by_them=place.saved_by_id == by.person_id,
    )
    if why is not None:
        return why
    if kept is None:
        about = {
            "child_id": person_id if spec.per is Per.CHILD else None,
            "member_id": person_id if spec.per is Per.MEMBER else None,
        }
        kept = Keeping(referral=row, page=page, by_id=person_id_of(by), number=0, **about)
        # Once a page, and not for every few letters.
        note("keep_typed", row, by, {"page": page, "person": person_id})
    kept.version, kept.tab, kept.number, kept.at = typed.version, typed.tab, kept.number + 1, now
    kept.ciphertext = encrypt(fields.to_json())
    kept.save()
    row.updated_at = now
    row.save(update_fields=["updated_at"])
    return kept.number


@transaction.atomic
def discard_typed(*, referral: Referral, page: str, by: Actor, now: datetime, person_id: UUID | None = None) -> None:
    """Let go of what `by` had typed on a page and not saved. None there is no mistake. Raises NotYours or Refusal."""
    row, facts = locked(referral, by, now)
    check_edit(by, facts)
    kept = keeping_row(row, page, person_id, person_id_of(by))
    if kept is not None:
        kept.delete()
        note("discard_typed", row, by, {"page": page, "person": person_id})


def forget_typed(*, now: datetime) -> int:
    """Delete what was typed and never saved on what hasn't been a draft for `FORGET_AFTER`; return how much it was.

    Until then its typist is shown it, to be added. For the watch over drafts; `now` is aware.
    """
    old = Keeping.objects.filter(at__lt=now - FORGET_AFTER, referral__state_since__lt=now - FORGET_AFTER)
    gone, _ = old.exclude(referral__state=State.DRAFT.value).delete()
    return gone
