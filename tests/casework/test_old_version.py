"""A referral keeps the version that it was started with: publishing another changes nothing of it."""

from html import unescape

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.selectors import actor_for
from tests.casework.support import AREA, LATER, NOW, World, area_pack, routine, save, submit
from tests.desks import signed_in
from tests.factories import person_with
from thresholds import selectors
from thresholds.actions import keep_draft, publish_draft

pytestmark = pytest.mark.django_db

ID = "tw-complex-001"
OTHERWISE = "Said otherwise since the new version."


def publish_reworded(world: World) -> None:
    """The partnership manager rewords one descriptor, and publishes it the same day."""
    by = actor_for(person_with(Role.PARTNERSHIP_MANAGER, agency=world.team.agency), LATER)
    reworded = tuple(
        one.model_copy(update={"wording": OTHERWISE}) if one.id == ID else one for one in area_pack().descriptors
    )
    pack = area_pack().model_copy(update={"descriptors": reworded})
    draft = keep_draft(pack=pack, source="xlsx", note="", by=by, now=LATER)
    seen = selectors.current_pack(AREA, NOW.date()).version_id
    publish_draft(draft_id=draft.pk, start=LATER.date(), seen=seen, by=by, now=LATER)


def test_a_sent_referral_is_shown_against_its_own_version():
    world = World.made()
    wording = area_pack().descriptors_by_id[ID].wording
    referral = routine(world)
    for child in referral.children.all():
        save(referral, "descriptors", world.by("teacher"), child.pk, descriptors=[{"id": ID, "evidence": "Seen."}])
    submission = submit(world, referral)
    referral.refresh_from_db()
    kept, frozen = referral.pack_version_id, submission.content
    publish_reworded(world)
    assert selectors.current_pack(AREA, LATER.date()).pack.descriptors_by_id[ID].wording == OTHERWISE
    referral.refresh_from_db()
    submission.refresh_from_db()
    assert (referral.pack_version_id, submission.content) == (kept, frozen)
    page = unescape(signed_in(world.teacher).get(reverse("referral", args=[referral.pk])).content.decode())
    assert wording in page
    assert OTHERWISE not in page
