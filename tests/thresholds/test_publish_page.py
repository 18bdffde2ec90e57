"""The pages of a draft: what no spreadsheet can hold says so; what follows is known before anything is published."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.clock import day_of
from accounts.domain.roles import Role
from accounts.models import Person
from accounts.selectors import actor_for
from tests.desks import signed_in
from tests.factories import AgencyFactory, person_with
from tests.packs import shipped
from thresholds.actions import OvertakenError, keep_draft, publish, publish_draft
from thresholds.models import PackDraft, PackVersion
from thresholds.selectors import current_pack
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


@pytest.fixture
def to_come(manager: Person, draft: PackDraft) -> dt.date:
    """A version in force, and one that takes its place on a later day."""
    later = day_of(timezone.now()) + dt.timedelta(days=40)
    for start in (day_of(timezone.now()), later):
        publish(
            pack=SHIPPED.model_copy(update={"effective_from": start}),
            by=actor_for(manager, timezone.now()),
            now=timezone.now(),
        )
    return later


def test_nothing_is_published_before_a_later_version_until_whoever_does_it_says_to_know(manager, draft, to_come):
    today = day_of(timezone.now())
    address = reverse("thresholds:publish_from", args=[draft.pk, today.isoformat()])
    browser, seen = signed_in(manager), current_pack(AREA, today).version_id
    day = f"{to_come:%-d %B %Y}"
    page = " ".join(browser.get(address).content.decode().split())
    assert f"I know that the version from {day} takes the place of this one on that day" in page
    assert "checked" not in page
    said = "Tick that you know which version takes the place of this one"
    for sent in ({}, {"knows_later": "2027-01-01"}):
        answer = browser.post(address, {"seen": seen, **sent})
        page = " ".join(answer.content.decode().split())
        assert answer.status_code == 200
        assert page.count(said if not sent else "The versions that follow have changed") == 2  # beside it, and above
        assert '<a href="#id_knows_later">' in page
        assert f'name="seen" value="{seen}"' in page
    with pytest.raises(OvertakenError):
        publish_draft(
            draft_id=draft.pk, start=today, seen=seen, by=actor_for(manager, timezone.now()), now=timezone.now()
        )
    assert PackVersion.objects.count() == 2
    answer = browser.post(address, {"seen": seen, "knows_later": to_come.isoformat()})
    assert answer["Location"] == reverse("thresholds:keep")
    assert PackVersion.objects.filter(effective_from=today).count() == 2


def test_where_nothing_follows_nothing_is_asked(manager, draft, to_come):
    address = reverse("thresholds:publish_from", args=[draft.pk, to_come.isoformat()])
    assert "knows_later" not in signed_in(manager).get(address).content.decode()
    answer = signed_in(manager).post(address, {"seen": current_pack(AREA, to_come).version_id})
    assert answer.status_code == 302
    assert PackVersion.objects.filter(effective_from=to_come).count() == 2
