"""Suggestion from what somebody writes: what is found, what is denied, and that the words are shown."""

import pytest

from thresholds import files
from thresholds.domain.check_when import ChildAge
from thresholds.domain.index import Index, Listed, index_of
from thresholds.domain.search import search
from thresholds.domain.suggest import Suggestion, suggest

LEXICON = files.shipped_lexicon()
INDEXES = {pack.area.slug: index_of(pack, LEXICON) for pack in files.shipped_packs()}
TELFORD = INDEXES["telford-and-wrekin"]


def suggested(text: str, *, index: Index = TELFORD, age: ChildAge | None = None) -> dict[str, Suggestion]:
    found = suggest(index, text, age=age, limit=1000)
    return {each.id: each for each in (*found.overrides, *found.descriptors)}


def words(text: str, suggestion: Suggestion) -> list[str]:
    return [text[span.start : span.end] for span in suggestion.spans]


def test_the_words_that_caused_it_are_marked():
    text = "  Mum’s boyfriend hit him with a belt 😢 last night."
    assert "hit him with a belt" in " | ".join(words(text, suggested(text)["tw-acute-002"]))


def test_a_slip_of_the_keyboard_is_forgiven():
    assert "tw-acute-027" in suggested("Dad hit him. He has brusies on his arm.")


@pytest.mark.parametrize("query", ["bruises", "brusies", "bruis", "BRUISE"])
def test_search_finds_a_word_however_it_is_typed(query):
    assert "tw-acute-028" in [found.id for found in search(TELFORD, query)][:5]


def test_search_reaches_overrides_and_factors():
    assert {found.kind for found in search(TELFORD, "FGM")} >= {Listed.OVERRIDE, Listed.DESCRIPTOR}
