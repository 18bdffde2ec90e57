"""Reading published packs, and the numbers to ring. A pack is no secret: what is published is scoped to nobody. Drafts
are for the partnership manager of their area alone."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.selectors import own_area_of
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours
from thresholds import files
from thresholds.bank_holidays import bank_holidays
from thresholds.domain import help_now as lines
from thresholds.domain.help_now import AGENCY_AREA, HelpNow
from thresholds.domain.hours import local
from thresholds.domain.index import Index
from thresholds.domain.pack import Area, Pack
from thresholds.domain.permissions import check_keep_packs, check_see_draft
from thresholds.models import PackDraft, PackVersion


class NoPackError(LookupError):
    """No published pack of that area, or none in force on that day."""


@dataclass(frozen=True, slots=True)
class PublishedPack:
    """A pack and the version row that it was read from, which a referral keeps."""

    version_id: int
    revision: int
    sha256: str
    pack: Pack


def current_pack(area: str, on: dt.date) -> PublishedPack:
    """The pack of `area` (slug) in force on `on`; NoPackError when there is none.

    One query for the version; its content is kept in the process by digest, so it is read and checked once.
    """
    rows = PackVersion.objects.filter(area=area, effective_from__lte=on).order_by("-effective_from", "-revision")
    row = rows.values_list("pk", "revision", "sha256").first()
    if row is None:
        raise NoPackError(f"no pack of {area} is in force on {on}")
    return _published(*row)


def pack_version(version_id: int) -> PublishedPack:
    """The pack of one version, in force or not; NoPackError when there is no such version."""
    row = PackVersion.objects.filter(pk=version_id).values_list("pk", "revision", "sha256").first()
    if row is None:
        raise NoPackError(f"there is no version {version_id}")
    return _published(*row)


def pack_versions(area: str) -> dict[int, PublishedPack]:
    """The packs of all versions of an area by version id. One query, and one more for each content that the process
    hasn't read yet."""
    rows = PackVersion.objects.filter(area=area).values_list("pk", "revision", "sha256")
    return {row[0]: _published(*row) for row in rows}


def index_for(published: PublishedPack) -> Index:
    """The index by which the pack is searched and suggested from; built once a process and content."""
    return _index_with(published.sha256)


class Standing(StrEnum):
    """Where a version stands on a day."""

    IN_FORCE = "in_force"
    TO_COME = "to_come"
    PAST = "past"
    REVISED = "revised"
    """Another revision of the same date took its place."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One published version in the list of an area's, newest first. `until` is the last day on which new referrals
    used it; None while none is known."""

    version_id: int
    effective_from: dt.date
    revision: int
    standing: Standing
    until: dt.date | None


def versions_of(area: str, on: dt.date) -> tuple[VersionLine, ...]:
    """The versions of an area's pack, newest first, and where each stands on day `on`. One query; empty for an area
    that has none."""
    rows = PackVersion.objects.filter(area=area).order_by("-effective_from", "-revision")
    found: list[VersionLine] = []
    seen: set[dt.date] = set()
    later: dt.date | None = None
    in_force = False
    for version_id, begins, revision in rows.values_list("pk", "effective_from", "revision"):
        until = later - dt.timedelta(days=1) if later else None
        if begins in seen:
            standing, until = Standing.REVISED, None
        elif begins > on:
            standing = Standing.TO_COME
        else:
            standing = Standing.PAST if in_force else Standing.IN_FORCE
            in_force = True
        if begins not in seen:
            later = begins
        seen.add(begins)
        found.append(VersionLine(version_id, begins, revision, standing, until))
    return tuple(found)


def versions_after(area: str, day: dt.date) -> tuple[dt.date, ...]:
    """Days after `day` from which another version of the area's pack is published already, earliest first."""
    found = PackVersion.objects.filter(area=area, effective_from__gt=day).order_by("effective_from")
    return tuple(found.values_list("effective_from", flat=True).distinct())


def version_named(area: str, effective_from: dt.date, revision: int | None = None) -> PublishedPack:
    """The version of `area` (slug) from that day, its highest revision unless one is named; NoPackError if none."""
    rows = PackVersion.objects.filter(area=area, effective_from=effective_from).order_by("-revision")
    rows = rows.filter(revision=revision) if revision is not None else rows
    row = rows.values_list("pk", "revision", "sha256").first()
    if row is None:
        raise NoPackError(f"there is no version of {area} from {effective_from}")
    return _published(*row)


def kept_area(actor: Actor) -> str:
    """The area (slug) whose pack the actor keeps. Raises Refusal for anybody but a partnership manager."""
    check_keep_packs(actor)
    return own_area_of(actor) or ""


def drafts_of(actor: Actor) -> QuerySet[PackDraft]:
    """The drafts of the actor's area, newest first, those that have ended too. Refusal as for `kept_area`."""
    return PackDraft.objects.filter(area=kept_area(actor)).select_related("version").defer("body")


def open_drafts(area: str) -> QuerySet[PackDraft]:
    """The drafts of an area that are neither published nor discarded, newest first. For rooms that try a pack and check
    for themselves who may."""
    return PackDraft.objects.filter(area=area, state=PackDraft.State.OPEN)


def draft_for(actor: Actor, draft_id: UUID) -> PackDraft:
    """One draft of the actor's area. Refusal as for `kept_area`, NotYours for any other."""
    draft = PackDraft.objects.select_related("version").filter(pk=draft_id).first()
    check_see_draft(actor, own_area=own_area_of(actor), area=draft.area if draft else None, draft_id=draft_id)
    assert draft is not None
    return draft


def kept_version(actor: Actor, version_id: int) -> PublishedPack:
    """One published version of the actor's area. Refusal as for `kept_area`, NotYours for any other."""
    area = kept_area(actor)
    if not PackVersion.objects.filter(pk=version_id, area=area).exists():
        raise NotYours(rule="thresholds.version", subject_type="pack_version", subject_id=str(version_id)[:64])
    return pack_version(version_id)


def areas() -> tuple[Area, ...]:
    """Areas that have a pack, by name."""
    newest = PackVersion.objects.order_by("area", "-effective_from", "-revision").distinct("area")
    found = [_published(*row).pack.area for row in newest.values_list("pk", "revision", "sha256")]
    return tuple(sorted(found, key=lambda area: area.name))


def packs_on(day: dt.date) -> tuple[Pack, ...]:
    """One pack an area, by name: the one in force on `day`, else one that is still to come; from the files when nothing
    is published yet. For the numbers, which may never be missing."""
    packs = [one.pack for one in _one_an_area(day)]
    return tuple(sorted(packs or packs_of_files(day), key=lambda pack: pack.area.name))


def warm_indexes(day: dt.date) -> int:
    """Build the index of each area's pack of `day`, so that no page waits for one; return how many there are. For a
    process that is about to show pages: the first takes about a second."""
    return len([index_for(one) for one in _one_an_area(day)])


def help_now(area: str | None, now: dt.datetime, *, named_as: str = AGENCY_AREA) -> HelpNow:
    """The number for the hour in `area` (slug, None while unknown) and in every area; `now` is aware.

    Raises DatabaseError when the database is away: `help_now_from_files` answers then.
    """
    return lines.help_now(packs_on(local(now).date()), area, now, bank_holidays(), named_as=named_as)


def help_now_from_files(area: str | None, now: dt.datetime, *, named_as: str = AGENCY_AREA) -> HelpNow:
    """As `help_now`, from the files that ship with the system and without a database."""
    return lines.help_now(packs_of_files(local(now).date()), area, now, bank_holidays(), named_as=named_as)


def packs_of_files(day: dt.date) -> tuple[Pack, ...]:
    """As `packs_on`, from the files that ship with the system and without a database."""
    chosen: dict[str, Pack] = {}
    for pack in files.shipped_packs():  # by area and date
        if pack.effective_from <= day or pack.area.slug not in chosen:
            chosen[pack.area.slug] = pack
    return tuple(sorted(chosen.values(), key=lambda pack: pack.area.name))


def _one_an_area(day: dt.date) -> list[PublishedPack]:
    """The version of each area that is in force on `day`, else the next one. One query, and one for a new content."""
    begun = PackVersion.objects.annotate(begun=Q(effective_from__lte=day))
    rows = begun.order_by("area", "-begun", "-effective_from", "-revision").distinct("area")
    return [_published(*row) for row in rows.values_list("pk", "revision", "sha256")]


def _published(version_id: int, revision: int, sha256: str) -> PublishedPack:
    return PublishedPack(version_id, revision, sha256, _pack_with(sha256))


@lru_cache(maxsize=256)
def _pack_with(sha256: str) -> Pack:
    """The content with that digest, which `PackVersion.pack` proves."""
    version = PackVersion.objects.filter(sha256=sha256).first()
    if version is None:
        raise NoPackError("the version has gone")
    return version.pack()


@lru_cache(maxsize=64)
def _index_with(sha256: str) -> Index:
    return files.shipped_index(_pack_with(sha256))
