"""Quotations of what was written: whole sentences, the words marked, nothing made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.casework.domain.quoting import LONGEST, MOST, SEPARATOR, joined, quotations
from thresholds.domain.spans import Span

WRITTEN = ("She came in late. A bruise on her arm! Nobody explains it.", "He hit me\nI hid")


def spans_of(*words: str) -> list[Span]:
    whole = joined(WRITTEN)
    return [Span(whole.index(word), whole.index(word) + len(word)) for word in words]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("bruise",), [(0, "A bruise on her arm!", ["bruise"])]),
        (("bruise", "arm"), [(0, "A bruise on her arm!", ["bruise", "arm"])]),
        (("explains",), [(0, "Nobody explains it.", ["explains"])]),
        (("hit",), [(1, "He hit me", ["hit"])]),
        (("hit", "bruise"), [(0, "A bruise on her arm!", ["bruise"]), (1, "He hit me", ["hit"])]),
        (("late", "bruise", "hit"), [(0, "She came in late.", ["late"]), (0, "A bruise on her arm!", ["bruise"])]),
        ((), []),
    ],
)
def test_the_sentence_is_quoted_with_its_words_marked(words, expected):
    found = quotations(WRITTEN, spans_of(*words))
    assert [(one.passage, one.sentence, [p.text for p in one.pieces if p.marked]) for one in found] == expected
    assert all("".join(piece.text for piece in one.pieces) == one.sentence for one in found)


def test_a_long_sentence_is_shortened_around_the_words():
    text = "word " * 100 + "bruise " + "word " * 100
    (one,) = quotations([text], [Span(500, 506)])
    shown = "".join(piece.text for piece in one.pieces)
    assert [piece.text for piece in one.pieces if piece.marked] == ["bruise"]
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) <= LONGEST + 2
    assert one.sentence == text.strip()


passages = st.lists(st.text("ab .!\n", min_size=1, max_size=400), min_size=1, max_size=4)


@given(passages, st.lists(st.tuples(st.integers(0, 900), st.integers(1, 60)), max_size=6))
def test_what_is_quoted_was_written(written, places):
    whole = joined(written)
    found = quotations(written, [Span(start, start + length) for start, length in places])
    assert len(found) <= MOST
    for one in found:
        assert one.sentence in written[one.passage]
        shown = "".join(piece.text for piece in one.pieces if piece.text != "…")
        assert shown in one.sentence
        assert any(piece.marked for piece in one.pieces)
        assert all(piece.text in whole for piece in one.pieces if piece.marked)
    assert SEPARATOR.join(written) == whole
