"""Published versions: seeded from files, never changed, read by digest."""

import datetime as dt
import json
import shutil
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from audit.domain.actor import Actor
from audit.models import AppendOnlyError, Entry
from tests.packs import shipped
from tests.support import as_owner
from tests.thresholds.support import PACK, bent, parsed
from thresholds import files, selectors
from thresholds.actions import AlreadyPublishedError, publish
from thresholds.domain.assemble import PackErrors
from thresholds.domain.hours import LONDON
from thresholds.models import PackVersion

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 10, 0, tzinfo=LONDON)
BY = Actor.system("test")
REWORDED = bent("wording: Often hungry.", "wording: Hungry most days.")


def published(text: str = PACK, *, revise: bool = False):
    return publish(pack=parsed(text), by=BY, now=NOW, revise=revise)


def test_publishing_keeps_body_digest_and_an_audit_row():
    made = published()
    assert made.created
    assert made.version.pack() == parsed()
    assert (made.version.revision, made.version.sha256) == (1, parsed().sha256())
    (entry,) = Entry.objects.filter(verb="thresholds.publish")
    assert entry.subject_id == str(made.version.pk)
    assert entry.detail == {"area": "sandford", "revision": 1}


def test_the_same_content_again_makes_nothing():
    first = published()
    second = published()
    assert not second.created
    assert second.version == first.version
    assert PackVersion.objects.count() == 1
    assert Entry.objects.filter(verb="thresholds.publish").count() == 1


def test_other_content_under_the_same_date_is_refused():
    published()
    with pytest.raises(AlreadyPublishedError, match=r"sandford: another content .* 2026-01-05 .*--revise"):
        published(REWORDED)
    assert PackVersion.objects.count() == 1


def test_a_revision_is_in_force_and_the_old_one_stays():
    old = published().version
    new = published(REWORDED, revise=True).version
    assert new.revision == 2
    assert selectors.current_pack("sandford", NOW.date()).version_id == new.pk
    kept = selectors.pack_version(old.pk)
    assert kept.pack.descriptors[0].wording == "Often hungry."
    assert kept.sha256 == old.sha256


def test_the_pack_in_force_is_that_of_the_day(django_assert_num_queries):
    published()
    later = bent("effective_from: 2026-01-05", "effective_from: 2026-06-01", REWORDED)
    published(later)
    day_before, day = dt.date(2026, 5, 31), dt.date(2026, 6, 1)
    assert selectors.current_pack("sandford", day_before).pack.descriptors[0].wording == "Often hungry."
    assert selectors.current_pack("sandford", day).pack.descriptors[0].wording == "Hungry most days."
    with django_assert_num_queries(1):
        selectors.current_pack("sandford", day)


@pytest.mark.parametrize(("area", "day"), [("sandford", dt.date(2026, 1, 4)), ("atlantis", dt.date(2026, 3, 2))])
def test_no_pack_in_force(area, day):
    published()
    with pytest.raises(selectors.NoPackError):
        selectors.current_pack(area, day)
    with pytest.raises(selectors.NoPackError):
        selectors.pack_version(0)


def test_a_version_cannot_be_changed_by_code_nor_by_the_web_role():
    version = published().version
    with pytest.raises(AppendOnlyError):
        version.save()
    with pytest.raises(AppendOnlyError):
        PackVersion.objects.filter(pk=version.pk).delete()
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE thresholds_packversion SET area = 'x'")


def test_a_body_that_was_changed_behind_our_back_is_not_used():
    version = published(bent("wording: Often hungry.", "wording: Only in this test.")).version
    body = {**version.body, "main_door": "night"}
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE thresholds_packversion SET body = %s WHERE id = %s", [json.dumps(body), version.pk])
    with pytest.raises(ValueError, match="does not have its digest"):
        selectors.pack_version(version.pk)


def test_loading_the_shipped_packs_twice_changes_nothing(settings):
    settings.DEMO = False
    first, second = StringIO(), StringIO()
    call_command("load_packs", stdout=first)
    call_command("load_packs", stdout=second)
    assert first.getvalue().count("published: ") == 6
    assert second.getvalue().count("unchanged: ") == 6
    assert [area.name for area in selectors.areas()] == [
        "Bury",
        "Staffordshire",
        "Stoke-on-Trent",
        "Telford & Wrekin",
        "Wakefield",
        "Westmorland & Furness",
    ]


@pytest.mark.parametrize(("demo", "flag", "revisions"), [(True, False, 2), (False, True, 2), (False, False, 1)])
def test_loading_changed_content(settings, monkeypatch, demo, flag, revisions):
    settings.DEMO = demo
    published()
    monkeypatch.setattr(files, "shipped_packs", lambda: (parsed(REWORDED),))
    if revisions == 2:
        call_command("load_packs", revise=flag, stdout=StringIO())
    else:
        with pytest.raises(CommandError, match="another content is published"):
            call_command("load_packs", revise=flag, stdout=StringIO())
    assert PackVersion.objects.count() == revisions


def test_numbers_come_from_the_files_until_a_pack_is_published(django_assert_num_queries):
    now = dt.datetime(2026, 11, 23, 10, 0, tzinfo=LONDON)
    assert selectors.help_now("bury", now) == selectors.help_now_from_files("bury", now)
    published()
    assert [lines.name for lines in selectors.help_now(None, now).areas] == ["Sandford"]
    with django_assert_num_queries(1):
        selectors.help_now("sandford", now)


def test_numbers_of_a_pack_that_is_still_to_come_show_too():
    published()
    before = dt.datetime(2025, 6, 2, 10, 0, tzinfo=LONDON)
    found = selectors.help_now("sandford", before)
    assert found.area is not None
    assert len(selectors.help_now_from_files(None, before).areas) == 6


def test_a_pack_can_be_validated(tmp_path):
    path = tmp_path / "sandford.yaml"
    path.write_text(bent("national: 2026-01-01", "national: 2026-09-01"))
    out = StringIO()
    call_command("validate_pack", path, stdout=out)
    assert "Sandford, from 2026-01-05: 3 levels, 1 domains, 3 descriptors" in out.getvalue()
    path.write_text(bent("level: high", "level: higher", bent("national: 2026-01-01", "national: 2026-09-01")))
    with pytest.raises(
        CommandError, match=r"sandford.yaml:\d+: descriptors\[2\].level: “higher” is not .*\n1 mistake\."
    ):
        call_command("validate_pack", path, stdout=out)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(CommandError, match="is not text in UTF-8"):
        call_command("validate_pack", path, stdout=out)
    with pytest.raises(CommandError, match="There is no"):
        call_command("validate_pack", tmp_path / "nowhere", stdout=out)
    with pytest.raises(CommandError, match=r"pack\.yaml:1: there is no such file"):
        call_command("validate_pack", tmp_path, stdout=out)


def test_routes_are_printed():
    out = StringIO()
    call_command("routes", "telford-and-wrekin", stdout=out)
    pack = shipped("telford-and-wrekin")
    for route in pack.routes:
        assert f"{route.id}: {route.name}\n" in out.getvalue()
    assert "- Ring first: Family Connect" in out.getvalue()
    with pytest.raises(CommandError, match="There is no pack of atlantis"):
        call_command("routes", "atlantis", stdout=out)


def test_the_reference_is_printed():
    out = StringIO()
    call_command("pack_format", stdout=out)
    assert out.getvalue().startswith("# The format of a threshold pack")


def test_a_broken_shipped_pack_fails_the_system_check(tmp_path, monkeypatch):
    shutil.copytree(files.PACKS, tmp_path / "packs")
    assert [error for error in run_checks() if error.id == "thresholds.E001"] == []
    broken = tmp_path / "packs" / "bury" / "2026-09-01" / "pack.yaml"
    broken.write_text(broken.read_text().replace("main_door: mash", "main_door: nowhere"))
    monkeypatch.setattr(files.pack_folders, "__defaults__", (tmp_path / "packs",))
    monkeypatch.setattr(files.read_pack, "__defaults__", (tmp_path / "packs",))
    errors = [error for error in run_checks() if error.id == "thresholds.E001"]
    assert any("main_door: “nowhere” is not the id of a front door" in error.msg for error in errors)
    assert all("bury/2026-09-01/pack.yaml:" in error.msg for error in errors)


def test_a_folder_bears_its_packs_name(tmp_path):
    shutil.copytree(files.PACKS / "bury" / "2026-09-01", tmp_path / "bolton" / "2026-09-01")
    shutil.copytree(files.PACKS / "national", tmp_path / "national")
    with pytest.raises(PackErrors, match="the folder is named bolton/2026-09-01, the pack bury/2026-09-01"):
        files.read_pack(tmp_path / "bolton" / "2026-09-01", tmp_path)
