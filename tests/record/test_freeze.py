"""Freezing: one content, one text, one digest."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.record.domain.freeze import canonical_json, digest, thaw, unchanged, verify

texts = st.text(st.characters(exclude_categories=["Cs"]))
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=15,
)
contents = st.dictionaries(texts, plain, max_size=5)


def shuffled(value, random):
    if isinstance(value, dict):
        items = [(key, shuffled(one, random)) for key, one in value.items()]
        random.shuffle(items)
        return dict(items)
    return [shuffled(one, random) for one in value] if isinstance(value, list) else value


@given(contents, st.randoms())
def test_the_order_of_keys_makes_no_difference(content, random):
    assert canonical_json(shuffled(content, random)) == canonical_json(content)


@given(contents)
def test_what_is_frozen_thaws_to_the_same(content):
    text = canonical_json(content)
    assert thaw(text, digest(text)) == content
    assert canonical_json(json.loads(text)) == text


@given(contents, contents)
def test_another_content_has_another_digest(one, other):
    same = canonical_json(one) == canonical_json(other)
    # True == 1 in Python, not in JSON: compare as JSON compares.
    assert same is (json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True))
    assert (digest(canonical_json(one)) == digest(canonical_json(other))) is same


def test_the_text_is_what_it_is():
    assert canonical_json({"b": ["é", "e\u0301", None], "a": {"y": True, "x": 1}}) == (
        '{"a":{"x":1,"y":true},"b":["é","e\u0301",null]}'
    )
    assert digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    "content", [{"a": 1.5}, {1: "a"}, {"a": {None: 1}}, {"a": [b"x"]}, {"a": float("nan")}, {"a": {1, 2}}]
)
def test_what_can_be_written_in_two_ways_is_refused(content):
    with pytest.raises(TypeError):
        canonical_json(content)


def test_half_a_character_is_refused():
    with pytest.raises(UnicodeEncodeError):
        canonical_json({"a": "\ud800"})


def test_a_changed_text_does_not_thaw():
    text = canonical_json({"what": "no injury"})
    changed = text.replace("no injury", "injury")
    assert verify(text, digest(text))
    assert not verify(changed, digest(text))
    with pytest.raises(ValueError, match="digest"):
        thaw(changed, digest(text))
    with pytest.raises(ValueError, match="no content"):
        thaw("[]", digest("[]"))


@pytest.mark.parametrize("kept", [b"", b"%PDF-1.7", memoryview(b"%PDF-1.7")])
def test_stored_bytes_come_back_as_they_are_or_not_at_all(kept: bytes | memoryview) -> None:
    sha256 = hashlib.sha256(kept).hexdigest()
    assert unchanged(kept, sha256) == bytes(kept)
    with pytest.raises(ValueError, match="digest"):
        unchanged(bytes(kept) + b" ", sha256)
