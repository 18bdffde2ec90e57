"""A deployment that offers the pseudo-language beside English."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from accounts import clock
from tests.casework.support import LATER
from tests.languages.support import CODE, pseudo


@pytest.fixture(scope="session")
def words_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of words with the pseudo-language in it."""
    folder = tmp_path_factory.mktemp("locale")
    inside = folder / CODE / "LC_MESSAGES"
    inside.mkdir(parents=True)
    (inside / "django.mo").write_bytes(pseudo())
    return folder


@pytest.fixture
def two_languages(settings: Any, words_folder: Path) -> Iterator[None]:
    """Pages in English and in the pseudo-language; whoever's browser asks for the second one gets it."""
    settings.LANGUAGES = [("en-gb", "English"), (CODE, "Xx")]
    settings.LOCALE_PATHS = [words_folder]
    yield
    # A request leaves its language to the thread, which is the next test's too.
    translation.deactivate()


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
