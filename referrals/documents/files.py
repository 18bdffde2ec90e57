"""The files of a referral, as pages list them and as somebody opens one: to whom each goes, and how it stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from audit.actions import record
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours
from consent.actions import hand_over
from consent.domain.files import file_goes
from consent.models import Disclosure, Shared
from consent.selectors import disclosure_for
from referrals.documents.domain.narrowing import narrowed
from referrals.record.domain.attachments import KEPT_OUT, OPENABLE, FileState, files_in, size_words
from referrals.record.domain.file_types import FILE_TYPES, FileType
from referrals.record.domain.lifecycle import State
from referrals.record.domain.permissions import reads_as_front_door
from referrals.record.models import Attachment, Referral, Submission
from referrals.record.selectors import (
    Takable,
    addenda_of,
    attachments_of,
    bytes_of,
    content_of,
    facts_for,
    front_door_teams,
    latest_submission,
    referral_for,
)


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file in a list. `may_open`: it was looked at, and its bytes are there; `kept_out`: nobody ever may."""

    id: UUID
    number: int
    name: str
    kind: str
    size: str
    sha256: str
    description: str
    about: str
    by: str
    at: datetime
    state: str
    may_open: bool
    kept_out: bool
    waits: bool
    addendum: int | None = None


@dataclass(frozen=True, slots=True)
class FileFound:
    """A file that somebody opens."""

    reference: str
    number: int
    kind: FileType
    content: bytes


def files_shown(
    referral: Referral,
    content: Mapping[str, Any] | None,
    given: Disclosure | None = None,
    *,
    until: datetime | None = None,
) -> tuple[FileShown, ...]:
    """Return the files that went somewhere, for reading: those of the submission's `content`, and of the addenda.

    A front door sees those that it is `given`; one that has let go of the referral, those that came `until` then. What
    is still to be added isn't among them. The caller has checked who reads.
    """
    rows = {str(one.pk): one for one in attachments_of(referral)}
    names = (
        {child["id"]: child["name"] for child in (*content["children"], *content.get("others", ()))} if content else {}
    )
    named = _named(referral, content or {}, given, until)
    return tuple(_shown(rows[one["id"]], one, names, number) for one, number in named if one["id"] in rows)


def file_for(
    actor: Actor, referral_id: UUID, attachment_id: UUID, *, now: datetime, until: datetime | None = None
) -> FileFound:
    """Return a file for opening, and record who opened which; for a front door also that it was handed over. `until` as
    with `files_shown`.

    Raises NotYours where the referral isn't the actor's, the file isn't one that they are given, it is still to be
    added by somebody else, or nobody may open it; ValueError when the stored bytes aren't those that were kept.
    """
    referral = referral_for(actor, referral_id, purpose="file", now=now)
    attachment = attachments_of(referral).filter(pk=attachment_id).first()
    given = _given(actor, referral, now=now)
    if attachment is None or not _is_theirs(attachment, referral, given, until):
        raise _none(referral)
    try:
        content, sha256 = bytes_of(attachment)
    except LookupError:
        raise _none(referral) from None
    record(
        "referral.file",
        by=actor,
        subject_type="referral",
        subject_id=referral.pk,
        detail={"file": attachment.pk, "sha256": sha256},
    )
    if isinstance(given, Disclosure):
        title = f"File {attachment.number}"
        hand_over(disclosure=given, document=Shared.Document.FILE, title=title, sha256=sha256, by=actor, now=now)
    return FileFound(referral.reference, attachment.number, FILE_TYPES[attachment.kind], content)


def staged_shown(attachments: Iterable[Attachment], names: Mapping[str, str]) -> tuple[FileShown, ...]:
    """Return files that haven't gone anywhere yet, as their writers see them. `names` are the children's by id."""
    return tuple(
        _shown(one, {"description": one.description, "about": str(one.about_id or "")}, names, None)
        for one in attachments
    )


def takable_shown(takable: Iterable[Takable], names: Mapping[str, str]) -> tuple[FileShown, ...]:
    """Return files of an earlier form that may be taken along. `names` are those of the draft's children by id."""
    return tuple(
        _shown(one.file, {"description": one.file.description, "about": str(one.about or "")}, names, None)
        for one in takable
    )


def _given(actor: Actor, referral: Referral, *, now: datetime) -> Disclosure | None:
    """What the actor's front door is given; None for the agency. Raises NotYours for a front door with nothing."""
    if not reads_as_front_door(actor, facts_for(referral, actor, now=now)):
        return None
    submission = latest_submission(referral)
    given = disclosure_for(submission, front_door_teams(actor, now=now)) if submission else None
    if given is None:
        raise _none(referral)
    return given


def _is_theirs(attachment: Attachment, referral: Referral, given: Disclosure | None, until: datetime | None) -> bool:
    """For the agency every file, those too that are still to be added; for a front door those that it is given."""
    if given is None:
        return True
    submission: Submission = given.submission
    named = _named(referral, narrowed(content_of(submission), given.need, recipient=given.recipient), given, until)
    return any(one["id"] == str(attachment.pk) for one, _ in named)


def _named(
    referral: Referral, content: Mapping[str, Any], given: Disclosure | None, until: datetime | None
) -> Iterator[tuple[Mapping[str, Any], int | None]]:
    """Each file that frozen content names, with the number of the addendum that named it. A returned referral that is
    submitted again names those of its addenda in the submission too."""
    seen = {str(one["id"]) for one in files_in(content)}
    yield from ((one, None) for one in files_in(content))
    if referral.state == State.DRAFT.value:
        return
    for addendum in addenda_of(referral, until=until):
        for one in files_in(content_of(addendum)):
            if one["id"] not in seen and (given is None or file_goes(given.need, one)):
                yield one, addendum.number


def _shown(row: Attachment, said: Mapping[str, Any], names: Mapping[str, str], addendum: int | None) -> FileShown:
    """How the row stands now, with what was said of it when it went."""
    return FileShown(
        id=row.pk,
        number=row.number,
        name=row.name,
        kind=row.type_name,
        size=size_words(row.size),
        sha256=row.sha256,
        description=str(said["description"]),
        about=names.get(str(said["about"]), ""),
        by=row.by.full_name,
        at=row.at,
        state=row.standing.words,
        may_open=row.standing in OPENABLE,
        kept_out=row.standing in KEPT_OUT,
        waits=row.standing is FileState.WAITING,
        addendum=addendum,
    )


def _none(referral: Referral) -> NotYours:
    return NotYours(rule="referral.file", subject_type="referral", subject_id=referral.pk)
