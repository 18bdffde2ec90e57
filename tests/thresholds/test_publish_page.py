"""The pages of a draft: what can't be taken as a spreadsheet says why."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import Person
from accounts.selectors import actor_for
from tests.desks import signed_in
from tests.factories import AgencyFactory, person_with
from tests.packs import shipped
from thresholds.actions import keep_draft
from thresholds.models import PackDraft
from thresholds.spreadsheets import formats

AREA = "westmorland-and-furness"
SHIPPED = shipped(AREA)


@pytest.fixture
def manager(db: None) -> Person:
    council = AgencyFactory.create(name="Invented Council", kind="local_authority", areas=[AREA])
    return person_with(Role.PARTNERSHIP_MANAGER, agency=council, full_name="Ruth Alder")


@pytest.fixture
def draft(manager: Person) -> PackDraft:
    level = SHIPPED.levels[0].model_copy(update={"meaning": "Families manage."})
    pack = SHIPPED.model_copy(update={"levels": (level, *SHIPPED.levels[1:])})
    return keep_draft(pack=pack, source="xlsx", note="", by=actor_for(manager, timezone.now()), now=timezone.now())


def test_a_draft_with_words_that_no_cell_can_hold_is_not_cut_but_said_so(manager, draft, monkeypatch):
    monkeypatch.setattr(formats, "LONGEST_CELL", 12)
    answer = signed_in(manager).get(reverse("thresholds:download_draft", args=[draft.pk, "xlsx"]), follow=True)
    page = " ".join(answer.content.decode().split())
    assert "be written in that format. westmorland-and-furness: sheet “Read me first”, row " in page
    assert "take the pack as YAML" in page
    assert signed_in(manager).get(reverse("thresholds:download_draft", args=[draft.pk, "yaml"])).status_code == 200
