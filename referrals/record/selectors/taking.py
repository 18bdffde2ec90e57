"""The files of the earlier form that a draft was begun from, as far as they may be taken along."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.domain.actor import Actor
from referrals.record.domain.attachments import FileState
from referrals.record.domain.beginning import can_carry
from referrals.record.domain.lifecycle import State
from referrals.record.domain.thaw import OtherForm
from referrals.record.models import Attachment, AttachmentContent, Carried, Referral
from referrals.record.selectors.attachments import attachments_of
from referrals.record.selectors.carrying import source_of
from referrals.record.selectors.scope import facts_for


@dataclass(frozen=True, slots=True)
class Takable:
    """A file that may be taken along: its row, and the child of the draft whom it is about, None for all of them."""

    file: Attachment
    about: UUID | None


def takable_files(referral: Referral, by: Actor, *, now: datetime) -> tuple[Takable, ...]:
    """Return the files of the form that a draft was begun from which `by` may take along and hasn't yet.

    Whether `by` may read that form is asked now, and not when the draft began. Only what was found clean is there. One
    about a child who wasn't carried, or was taken off since, isn't: nobody can tell whom it would be about.
    """
    source = referral.begun_from
    if source is None or referral.state != State.DRAFT.value or not can_carry(by, facts_for(source, by, now=now)):
        return ()
    clean = list(attachments_of(source).filter(state=FileState.CLEAN.value, content__isnull=False))
    return tuple(_takable(referral, source, clean)) if clean else ()


def _takable(referral: Referral, source: Referral, clean: list[Attachment]) -> Iterator[Takable]:
    there = set(attachments_of(referral).values_list("sha256", flat=True))
    kept = dict(AttachmentContent.objects.filter(attachment__in=clean).values_list("attachment_id", "sha256"))
    children = _children(referral, source)
    for one in clean:
        about = children.get(one.about_id) if one.about_id else None
        if kept.get(one.pk) not in there and (one.about_id is None or about is not None):
            yield Takable(one, about)


def _children(referral: Referral, source: Referral) -> dict[UUID, UUID]:
    """The source's children to those that the draft began with: by their order, which is how they were carried, and
    only where something of theirs was carried, so that a child who was added since is nobody else's."""
    carried = set(Carried.objects.filter(referral=referral, child__isnull=False).values_list("child_id", flat=True))
    by_place = {child.position: child.pk for child in referral.children.all() if child.pk in carried}
    try:
        earlier = source_of(source).draft.children
    except (OtherForm, ValueError):
        return {}
    return {one.id: by_place[place] for place, one in enumerate(earlier, start=1) if place in by_place}
