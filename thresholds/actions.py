"""Publishing a pack."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from audit.actions import record
from audit.domain.actor import Actor
from thresholds.domain.pack import Pack
from thresholds.models import PackVersion

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
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING_LOCK])
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
