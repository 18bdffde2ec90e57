"""The commands that write a pack for people to edit, and print what changed."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.domain.actor import Actor
from tests.thresholds.support import bent, parsed
from thresholds import files, sources
from thresholds.actions import publish

BURY = files.PACKS / "bury" / "2026-09-01"


def ran(*arguments: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["bury.xlsx", "bury.ods", "bury.zip", "bury.yaml", "bury"])
def test_a_pack_is_written_validated_and_has_no_difference(tmp_path, name):
    target = tmp_path / name
    assert "Bury, from 2026-09-01" in ran("export_pack", BURY, target)
    assert sources.read_path(target) == files.read_pack(BURY)
    assert files.read_pack(BURY).sha256() in ran("validate_pack", target)
    assert ran("pack_difference", BURY, target) == "No difference.\n"
    with pytest.raises(CommandError, match="is there already"):
        ran("export_pack", BURY, target)


def test_what_changed_is_printed(tmp_path):
    edited = tmp_path / "bury.yaml"
    ran("export_pack", BURY, edited)
    first = files.read_pack(BURY).descriptors[0]
    text = edited.read_text(encoding="utf-8")
    assert text.count(f"wording: {first.wording}\n") == 1
    edited.write_text(text.replace(f"wording: {first.wording}\n", "wording: Said otherwise, bury style\n"), "utf-8")
    said = ran("pack_difference", BURY, edited)
    assert f"descriptors {first.id}: reworded" in said
    assert f"    - wording: {first.wording}\n    + wording: Said otherwise, bury style\n" in said
    assert said.endswith("1 reworded\n")


def test_what_cannot_be_written_or_found_is_said(tmp_path):
    with pytest.raises(CommandError, match="Name the target"):
        ran("export_pack", BURY, tmp_path / "bury.docx")
    with pytest.raises(CommandError, match="There is no folder"):
        ran("export_pack", BURY, tmp_path / "nowhere" / "bury.xlsx")
    with pytest.raises(CommandError, match="there is no such file"):
        ran("pack_difference", BURY, tmp_path / "nothing.xlsx")


@pytest.mark.django_db
def test_published_versions_are_named_by_area_date_and_revision():
    now = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
    for text in (bent("Often hungry.", "Hungry."), bent("Often hungry.", "Hungry most days.")):
        publish(pack=parsed(text), by=Actor.system("test"), now=now, revise=True)
    assert "+ wording: Hungry most days." in ran("pack_difference", "sandford@2026-01-05.1", "sandford@2026-01-05")
    for name in ("sandford@2026-01-06", "sandford@2026-01-05.3", "sandford@2026-13-05", "atlantis@2026-01-05"):
        with pytest.raises(CommandError, match="there is no such published version"):
            ran("pack_difference", name, "sandford@2026-01-05")
