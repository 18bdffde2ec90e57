"""What scripts/build-styles made: ours to serve, and whole."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.storage import FileSystemStorage

ROOT = Path(settings.ROOT)
BUILT = ROOT / "static" / "built"


def test_the_stylesheet_uses_nothing_that_is_gov_uks_alone() -> None:
    css = (BUILT / "application.css").read_text(encoding="utf-8")
    assert "system-ui" in css
    for theirs in ("GDS Transport", "crest", "crown", "@font-face", "data:", "url(http", "url(//"):
        assert theirs not in css


def test_nothing_on_a_page_sticks_over_what_has_the_focus() -> None:
    own = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "assets" / "scss").glob("*.scss"))
    assert not re.search(r"position:\s*(sticky|fixed)", own)


def test_strict_manifest_storage_resolves_every_reference(tmp_path: Path) -> None:
    storage = ManifestStaticFilesStorage(location=str(tmp_path), base_url="/static/")
    source = FileSystemStorage(location=str(ROOT / "static"))
    paths = {
        str(path.relative_to(ROOT / "static")): (source, str(path.relative_to(ROOT / "static")))
        for path in (ROOT / "static").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    for name in paths:
        with source.open(name) as content:
            storage.save(name, content)
    failed = [outcome for _, _, outcome in storage.post_process(paths) if isinstance(outcome, Exception)]
    assert failed == []
    for name in ("built/application.css", "built/application.js", "built/js-enabled.js", "favicon.svg"):
        assert storage.stored_name(name) != name


@pytest.mark.parametrize("name", ["application.css", "application.js", "accessible-autocomplete.js", "js-enabled.js"])
def test_no_file_names_a_source_map(name: str) -> None:
    assert "sourceMappingURL" not in (BUILT / name).read_text(encoding="utf-8")


def test_a_second_build_does_nothing() -> None:
    before = (BUILT / "application.css").stat().st_mtime_ns
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "build-styles"], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
    assert (BUILT / "application.css").stat().st_mtime_ns == before
