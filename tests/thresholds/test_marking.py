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


def test_words_that_say_one_thing_together_are_marked_together_or_apart():
    index = index_of(parsed(), LEXICON)
    said, other = "Cuts are self-harm.", "Comes to significant harm."
    whole, apart = Marker.of(index, "self harm"), Marker.of(index, "self harm", apart=True)
    assert [said[start:end] for start, end in whole.spans(said)] == ["self", "harm"]
    assert whole.spans(other) == ()
    assert [other[start:end] for start, end in apart.spans(other)] == ["harm"]
