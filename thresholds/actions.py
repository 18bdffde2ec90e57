"""Publishing a pack, and keeping drafts of the next version."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from accounts.clock import day_of
from accounts.selectors import own_area_of
from audit.actions import record
from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from thresholds.domain.difference import PartName, difference
from thresholds.domain.pack import Pack
from thresholds.domain.permissions import check_keep_pack, check_publish_from
from thresholds.domain.rules import faults
from thresholds.models import PackDraft, PackVersion
from thresholds.selectors import NoPackError, current_pack, versions_after

PUBLISHING_LOCK = 0x7A5CA1


class AlreadyPublishedError(Exception):
    """Another content is published for the same area and date, and a new revision wasn't asked for."""

    def __init__(self, version: PackVersion) -> None:
        self.version = version
        super().__init__(
            f"{version.area}: another content is published from {version.effective_from:%Y-%m-%d} on "
            f"(revision {version.revision}). A published version is never changed: give the pack a later date, "
            "or publish it as a new revision with --revise."
        )


@dataclass(frozen=True, slots=True)
class Published:
    """The version that holds a pack, and whether it was made just now."""

    version: PackVersion
    created: bool


@transaction.atomic
def publish(*, pack: Pack, by: Actor, now: datetime, revise: bool = False) -> Published:
    """Make a version of the pack from its own date on; the same content again makes nothing.

    Other content under the same area and date is refused with AlreadyPublishedError, or with `revise` becomes the next
    revision, in force from then on; a referral keeps the revision that it was checked against. `now` is aware.
    """
    _one_at_a_time()
    versions = PackVersion.objects.filter(area=pack.area.slug, effective_from=pack.effective_from)
    last = versions.order_by("-revision").first()
    digest = pack.sha256()
    if last is not None and last.sha256 == digest:
        return Published(last, created=False)
    if last is not None and not revise:
        raise AlreadyPublishedError(last)
    version = PackVersion.objects.create(
        area=pack.area.slug,
        effective_from=pack.effective_from,
        revision=last.revision + 1 if last else 1,
        published_at=now,
        published_by=by.name,
        sha256=digest,
        body=json.loads(pack.canonical_json()),
    )
    record(
        "thresholds.publish",
        by=by,
        subject_type="pack_version",
        subject_id=version.pk,
        detail={"area": version.area, "revision": version.revision},
    )
    return Published(version, created=True)


class OvertakenError(Exception):
    """Somebody else was quicker: what was looked at is no longer what would be replaced. `why` is what a page says."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@transaction.atomic
def keep_draft(*, pack: Pack, source: str, note: str, by: Actor, now: datetime) -> PackDraft:
    """Keep an uploaded pack as a draft of its area's next version; return it. `source` is the code of its format.

    Raises Refusal unless `by` keeps that area's pack.
    """
    check_keep_pack(by, own_area=own_area_of(by), area=pack.area.slug)
    return bring_draft(pack=pack, source=source, note=note, by=by, now=now)


@transaction.atomic
def bring_draft(*, pack: Pack, source: str, note: str, by: Actor, now: datetime) -> PackDraft:
    """As `keep_draft`, for the command only: whoever has the server's shell vouches, so nothing is checked."""
    draft = PackDraft.objects.create(
        area=pack.area.slug,
        note=note,
        source=source,
        sha256=pack.sha256(),
        body=json.loads(pack.canonical_json()),
        made_at=now,
        made_by_id=by.person_id,
        made_by_name=by.name,
    )
    record("thresholds.draft", by=by, subject_type="pack_draft", subject_id=draft.pk, detail={"area": draft.area})
    return draft


@transaction.atomic
def discard_draft(*, draft_id: UUID, by: Actor, now: datetime) -> PackDraft:
    """End a draft without publishing it; return it.

    Raises Refusal unless `by` keeps that area's pack, OvertakenError when it has ended already.
    """
    draft = _open_draft(draft_id, by)
    draft.state, draft.ended_at, draft.ended_by_name = PackDraft.State.DISCARDED, now, by.name
    draft.save(update_fields=["state", "ended_at", "ended_by_name"])
    record("thresholds.discard", by=by, subject_type="pack_draft", subject_id=draft.pk, detail={"area": draft.area})
    return draft


@transaction.atomic
def publish_draft(
    *, draft_id: UUID, start: date, seen: int | None, later: Sequence[date] = (), by: Actor, now: datetime
) -> PackVersion:
    """Publish a draft from the day `start` on; return the version.

    `seen` is the version that the differences were shown against: the one in force on `start`, None where there is
    none. `later` are the days from which other versions take its place, as whoever publishes says to know. Raises
    Refusal unless `by` keeps that area's pack, for a day that has passed or lies more than two years ahead, for a draft
    that doesn't meet the rules of today, which may be stricter than those when it was uploaded, or one that changes
    nothing; OvertakenError when the draft has ended, when another version has taken the place of the one that was seen,
    or when others follow than those that are known.
    """
    _one_at_a_time()
    draft = _open_draft(draft_id, by)
    check_publish_from(start, today=day_of(now), draft_id=draft.pk)
    pack = draft.pack().model_copy(update={"effective_from": start})
    found = faults(pack)
    if found:
        raise Refusal(
            f"This draft can't be published: {found[0].message}. Upload the document again to see all that is missing.",
            rule="thresholds.publish_faults",
            subject_type="pack_draft",
            subject_id=draft.pk,
        )
    try:
        current = current_pack(draft.area, start)
    except NoPackError:
        current = None
    follow = versions_after(draft.area, start)
    if (current.version_id if current else None) != seen or follow != tuple(later):
        raise OvertakenError("Another version was published meanwhile. Look at what would change now.")
    if current and not _changes_anything(current.pack, pack):
        raise Refusal(
            "This draft says what the published version says.",
            rule="thresholds.publish_same",
            subject_type="pack_draft",
            subject_id=draft.pk,
        )
    version = publish(pack=pack, by=by, now=now, revise=True).version
    draft.state, draft.ended_at, draft.ended_by_name = PackDraft.State.PUBLISHED, now, by.name
    draft.version = version
    draft.save(update_fields=["state", "ended_at", "ended_by_name", "version"])
    return version


def _changes_anything(old: Pack, new: Pack) -> bool:
    """Whether anything but the date is different."""
    return any((change.part, change.id) != (PartName.PACK, "effective_from") for change in difference(old, new))


def _open_draft(draft_id: UUID, by: Actor) -> PackDraft:
    """The draft, locked until the transaction ends, if `by` may change it and it is still open."""
    draft = PackDraft.objects.select_for_update().get(pk=draft_id)
    check_keep_pack(by, own_area=own_area_of(by), area=draft.area)
    if draft.state != PackDraft.State.OPEN:
        raise OvertakenError(f"{draft.ended_by_name} has {draft.get_state_display().lower()} this draft already.")
    return draft


def _one_at_a_time() -> None:
    """Wait until nobody else is publishing; held until the transaction ends, and free for who holds it already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING_LOCK])
