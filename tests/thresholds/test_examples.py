"""Sentences that people would write of a descriptor, and how near a text comes to them."""

from thresholds.domain.examples import examples_of, parse_examples
from thresholds.domain.words import Spellings, read

WRITTEN = {
    "tired": ("nodded off over his maths book", "yawning all through assembly"),
    "beaten": ("belt marks across the backs of both legs", "buckle shaped bruise on her shoulder"),
    "elsewhere": ("wheels came off the trolley",),
}
EXAMPLES = examples_of(WRITTEN, {"tired": (3, 0.25), "beaten": (7, 1.0)}, Spellings())


def near(text: str):
    return EXAMPLES.near(read(text, Spellings()))


def test_the_likest_sentence_speaks_for_what_it_was_written_of_and_shows_its_words():
    found, _ = near("She nodded off over her maths.")
    assert max(found, key=lambda entry: found[entry].score) == 3
    text = "She nodded off over her maths."
    reading = read(text, Spellings())
    assert [text[reading.starts[at] : reading.ends[at]] for at in found[3].words] == ["nodded", "off", "maths"]


def test_a_text_is_as_grave_as_the_sentences_that_it_is_like():
    assert near("Nodded off over maths, yawning.")[1] == 0.25
    assert near("Belt marks on both legs.")[1] == 1.0
    mixed = near("Nodded off over maths. Belt marks on both legs.")[1]
    assert mixed is not None
    assert 0.25 < mixed < 1.0


def test_what_is_like_nothing_says_nothing():
    assert near("The quick brown fox.") == ({}, None)
    assert near("") == ({}, None)


def test_sentences_of_what_the_pack_does_not_list_are_left_out():
    assert near("wheels came off the trolley")[0].keys() <= {3, 7}
    assert examples_of(WRITTEN, {}, Spellings()).near(read("belt marks", Spellings())) == ({}, None)


def test_sentences_are_read_by_descriptor():
    text = "# A remark.\n\n## a-1\none\n  two \n\n## b-2\n# left out\nthree\n"
    assert parse_examples(text) == {"a-1": ("one", "two"), "b-2": ("three",)}
    assert parse_examples("one\n# two") == {}
