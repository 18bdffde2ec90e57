"""Marking what was searched for in what was found."""

import pytest

from tests.thresholds.support import parsed
from thresholds.domain.index import index_of
from thresholds.domain.marking import Marker
from thresholds.files import shipped_lexicon

LEXICON = shipped_lexicon()


@pytest.mark.parametrize(
    ("words", "text", "marked"),
    [
        ("hungry", "Often hungry, seldom fed.", ["hungry"]),
        ("HUNGRY.", "Often hungry, seldom fed.", ["hungry"]),
        ("protect", "A parent protects the child.", ["protects"]),
        ("protecting parent", "A parent protects the child.", ["parent", "protects"]),
        ("zebra", "Often hungry, seldom fed.", []),
        ("", "Often hungry, seldom fed.", []),
    ],
)
def test_words_that_are_marked(words, text, marked):
    index = index_of(parsed(), LEXICON)
    spans = Marker.of(index, words).spans(text)
    assert [text[start:end] for start, end in spans] == marked
