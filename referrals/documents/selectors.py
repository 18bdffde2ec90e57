"""Scoped reads of the copies, and what drawing one needs to know."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from audit.actions import record
from audit.domain.actor import Actor
from consent.models import SharingRecord
from consent.selectors import sharing_records_of
from dispatch.domain.lifecycle import State as PromiseState
from dispatch.models import OutboxRow
from referrals.documents.domain.copying import CopyStanding, CopyState, copy_key, unmade
from referrals.documents.domain.words import PackWords
from referrals.documents.models import PdfCopy
from referrals.documents.presenters.sharing import Recorded
from referrals.record.domain.lifecycle import Relationship
from referrals.record.domain.permissions import can_read, relationships
from referrals.record.models import Referral, Submission
from referrals.record.selectors import facts_for, latest_submission, referral_for
from thresholds.selectors import NoPackError, pack_version


@dataclass(frozen=True, slots=True)
class CopyFound:
    """The copy of a referral's last submission as it stands; `content` is None while it isn't made."""

    referral: Referral
    standing: CopyStanding
    content: bytes | None


def copy_for(actor: Actor, referral_id: UUID, *, now: datetime) -> CopyFound:
    """Return the copy for reading: the stored bytes of the last submission's copy, or how it stands without one.

    That the actor read the referral is recorded, and which copy was handed out. `now` is aware. Raises NotYours when
    there is no such referral or it is not the actor's, ValueError when the stored bytes aren't those that were made.
    """
    referral = referral_for(actor, referral_id, purpose="copy", now=now)
    submission = latest_submission(referral)
    copy = PdfCopy.objects.filter(submission=submission).first() if submission else None
    if submission is None or copy is None:
        return CopyFound(referral, _standing_without(submission), None)
    content = bytes(copy.content)
    if not hmac.compare_digest(hashlib.sha256(content).hexdigest(), copy.sha256):
        raise ValueError("the stored copy doesn't match its digest")
    record(
        "referral.copy",
        by=actor,
        subject_type="referral",
        subject_id=referral.pk,
        detail={"submission": submission.number, "sha256": copy.sha256},
    )
    return CopyFound(referral, CopyStanding(CopyState.MADE, copy.sha256, copy.made_at), content)


def for_front_door(actor: Actor, referral_id: UUID, *, now: datetime) -> bool:
    """Whether the actor may read the referral, and only for a front door. Nothing of it is read by asking that."""
    referral = Referral.objects.filter(pk=referral_id).first()
    if referral is None:
        return False
    facts = facts_for(referral, actor, now=now)
    standing = relationships(actor, facts)
    return can_read(actor, facts) and standing <= {Relationship.FRONT_DOOR, Relationship.DECIDER}


def copy_state(referral: Referral) -> CopyStanding:
    """Return how the copy of the last submission stands, for pages. The caller has checked and recorded the reading.

    At most three queries, none of which reads the bytes.
    """
    submission = latest_submission(referral)
    if submission is None:
        return _standing_without(None)
    made = PdfCopy.objects.filter(submission=submission).values_list("sha256", "made_at").first()
    return CopyStanding(CopyState.MADE, *made) if made else _standing_without(submission)


def words_of(content: Mapping[str, Any]) -> dict[str, PackWords]:
    """Return what ids read as, by slug of the area, from the very pack versions that the frozen content names.

    A version that is gone is left out: its ids then read as themselves.
    """
    found = {}
    for named in content["packs"]:
        try:
            pack = pack_version(named["version"]).pack
        except NoPackError:
            continue
        found[named["area"]] = PackWords(
            area=pack.area.name,
            levels={level.id: level.name for level in pack.levels},
            domains={domain.id: domain.name for domain in pack.domains},
            documents={document.id: document.title for document in pack.documents},
        )
    return found


def recorded_of(referral: Referral) -> tuple[Recorded, ...]:
    """Return the record of sharing as a copy shows it, first things first."""
    return tuple(
        Recorded(
            row.number,
            SharingRecord.Because(row.because).label,
            row.note,
            row.by.full_name,
            row.at,
            row.decision,
        )
        for row in sharing_records_of(referral)
    )


def _standing_without(submission: Submission | None) -> CopyStanding:
    if submission is None:
        return CopyStanding(CopyState.NOTHING_SUBMITTED)
    state = OutboxRow.objects.filter(key=copy_key(submission.pk)).values_list("state", flat=True).first()
    return CopyStanding(unmade(PromiseState(state) if state else None))
