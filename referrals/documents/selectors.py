"""Scoped reads of the copies, and what drawing one needs to know."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from audit.actions import record
from audit.domain.actor import Actor
from consent.actions import hand_over, record_shared
from consent.domain.recipients import ALL_OF_IT
from consent.models import Disclosure, Shared, SharingRecord
from consent.selectors import disclosure_for, sharing_records_of
from dispatch.domain.lifecycle import State as PromiseState
from dispatch.models import OutboxRow
from referrals.documents.domain.copying import CopyStanding, CopyState, copy_key, part_key, unmade
from referrals.documents.domain.words import PackWords
from referrals.documents.models import PdfCopy, RecipientCopy
from referrals.documents.presenters.sharing import Recorded
from referrals.record.domain.freeze import unchanged
from referrals.record.domain.lifecycle import Relationship
from referrals.record.domain.permissions import can_read, reads_as_front_door, relationships
from referrals.record.models import Referral, Submission
from referrals.record.selectors import facts_for, front_door_teams, latest_submission, referral_for
from thresholds.selectors import NoPackError, pack_version


@dataclass(frozen=True, slots=True)
class CopyFound:
    """The copy of a referral's last submission, or of the part of it that somebody is given, as it stands; `content` is
    None while it isn't made."""

    referral: Referral
    standing: CopyStanding
    content: bytes | None


def copy_for(actor: Actor, referral_id: UUID, *, now: datetime) -> CopyFound:
    """Return the copy for reading: the stored bytes of the last submission's copy, or how it stands without one. A
    front door gets the copy of what it is given, the agency that of the whole.

    That the actor read the referral is recorded, and which copy was handed out. `now` is aware. Raises NotYours when
    there is no such referral or it is not the actor's, ValueError when the stored bytes aren't those that were made.
    """
    referral = referral_for(actor, referral_id, purpose="copy", now=now)
    submission = latest_submission(referral)
    if submission is None:
        return CopyFound(referral, _standing_without(None), None)
    given = None
    if reads_as_front_door(actor, facts_for(referral, actor, now=now)):
        given = disclosure_for(submission, front_door_teams(actor, now=now))
        if given is None:
            return CopyFound(referral, CopyStanding(CopyState.WAITING), None)
    copy = _made(submission, given)
    if copy is None:
        return CopyFound(referral, _standing_without(submission, given), None)
    content = unchanged(copy.content, copy.sha256)
    record(
        "referral.copy",
        by=actor,
        subject_type="referral",
        subject_id=referral.pk,
        detail={"submission": submission.number, "sha256": copy.sha256, "whole": given is None or given.whole},
    )
    _note_download(referral, submission, given, copy.sha256, by=actor, now=now)
    return CopyFound(referral, CopyStanding(CopyState.MADE, copy.sha256, copy.made_at), content)


def stored_for(given: Disclosure) -> tuple[bytes, str] | None:
    """Return the stored copy of what a front door is given, and its digest; None while it isn't made. For a handler,
    which records what it does with it. ValueError when the stored bytes aren't those that were made."""
    copy = _made(given.submission, given)
    return (unchanged(copy.content, copy.sha256), copy.sha256) if copy else None


def for_front_door(actor: Actor, referral_id: UUID, *, now: datetime) -> bool:
    """Whether the actor may read the referral, and only for a front door. Nothing of it is read by asking that."""
    referral = Referral.objects.filter(pk=referral_id).first()
    if referral is None:
        return False
    facts = facts_for(referral, actor, now=now)
    standing = relationships(actor, facts)
    return can_read(actor, facts) and standing <= {Relationship.FRONT_DOOR, Relationship.DECIDER}


def copy_state(referral: Referral, given: Disclosure | None = None) -> CopyStanding:
    """Return how the copy of the last submission stands, for pages, or that of the part that a front door is `given`.
    The caller has checked and recorded the reading.

    At most three queries, none of which reads the bytes.
    """
    submission = given.submission if given else latest_submission(referral)
    if submission is None:
        return _standing_without(None)
    if given is None or given.whole:
        made = PdfCopy.objects.filter(submission=submission).values_list("sha256", "made_at").first()
    else:
        made = RecipientCopy.objects.filter(disclosure=given).values_list("sha256", "made_at").first()
    return CopyStanding(CopyState.MADE, *made) if made else _standing_without(submission, given)


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


def recorded_of(referral: Referral, *, children: Set[str]) -> tuple[Recorded, ...]:
    """Return the record of sharing about these children, by id as text, as a copy shows it, first things first."""
    return tuple(
        Recorded(
            row.number,
            SharingRecord.Because(row.because).label,
            row.note,
            row.by.full_name,
            row.at,
            {child: one for child, one in row.decision.items() if not child or child in children},
        )
        for row in sharing_records_of(referral)
    )


def _made(submission: Submission, given: Disclosure | None) -> PdfCopy | RecipientCopy | None:
    if given is None or given.whole:
        return PdfCopy.objects.filter(submission=submission).first()
    return RecipientCopy.objects.filter(disclosure=given).first()


def _note_download(
    referral: Referral, submission: Submission, given: Disclosure | None, sha256: str, *, by: Actor, now: datetime
) -> None:
    """Record who has the copy now: for a front door, or for the agency itself."""
    title = f"PDF copy of submission {submission.number}"
    if given is not None:
        hand_over(disclosure=given, document=Shared.Document.COPY, title=title, sha256=sha256, by=by, now=now)
        return
    record_shared(
        referral=referral,
        document=Shared.Document.COPY,
        title=title,
        recipient=f"{by.name}, {referral.agency.name}",
        purpose="to keep at the agency that wrote it",
        what=(ALL_OF_IT,),
        sha256=sha256,
        by=by,
        now=now,
    )


def _standing_without(submission: Submission | None, given: Disclosure | None = None) -> CopyStanding:
    if submission is None:
        return CopyStanding(CopyState.NOTHING_SUBMITTED)
    key = copy_key(submission.pk) if given is None or given.whole else part_key(given.pk)
    state = OutboxRow.objects.filter(key=key).values_list("state", flat=True).first()
    return CopyStanding(unmade(PromiseState(state) if state else None))
