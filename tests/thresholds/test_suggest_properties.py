"""What holds for any text at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thresholds.test_suggest import INDEXES, TELFORD
from thresholds.domain.check_when import ChildAge
from thresholds.domain.search import search
from thresholds.domain.suggest import suggest

SAID = [
    "dad hit him with a belt",
    "she told me her uncle touched her private parts",
    "he took an overdose last night",
    "cut on the arm",
    "there is no food in the house",
    "missing from home",
    "she will be married to her cousin in Pakistan",
    "the coach grabbed the boy",
    "nothing to worry about",
    "not safe tonight",
    "mum was drunk",
    "\x00",
    "😢😢",
    "مرحبا بالعالم",
    "brusies",
    "n't",
    ". . .",
    "or, and/or",
]
texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(SAID), max_size=8).map(" ".join))
ages = st.one_of(st.none(), st.just(ChildAge(unborn=True)), st.integers(0, 18).map(ChildAge.exactly))
ONE_OF_EACH_STAGE = (None, ChildAge(unborn=True), *map(ChildAge.exactly, (0, 3, 8, 13, 17)))
FIRM = 0.25
"""A share of one in sixty. What has less stands near the edge of what is listed, and a word more may move it over."""
indexes = st.sampled_from(sorted(INDEXES)).map(INDEXES.__getitem__)


@given(indexes, texts, ages, st.integers(0, 30))
@settings(max_examples=50, deadline=None)
def test_any_text_gives_a_list_within_its_limit_and_the_same_again(index, text, age, limit):
    found = suggest(index, text, age=age, limit=limit)
    assert found == suggest(index, text, age=age, limit=limit)
    assert len(found.descriptors) <= limit
    assert found.read == len(text)
    for each in (*found.overrides, *found.descriptors):
        assert all(0 <= span.start < span.end <= len(text) for span in each.spans)
        assert all(one.end <= other.start for one, other in zip(each.spans, each.spans[1:], strict=False))
        assert 0 < each.score <= 1
    ids = [each.id for each in found.descriptors]
    assert len(ids) == len(set(ids))


@given(indexes, texts, texts, ages)
@settings(max_examples=40, deadline=None)
def test_more_text_takes_no_override_away(index, text, more, age):
    before = {each.id for each in suggest(index, text, age=age).overrides}
    after = {each.id for each in suggest(index, f"{text}.\n\n{more}", age=age).overrides}
    assert before <= after


@pytest.mark.parametrize("denial", ["no ", "denies that ", "never ", "has not seen "])
@pytest.mark.parametrize("said", SAID)
def test_a_denial_takes_no_worry_away(said, denial):
    good = {entry.id for entry in TELFORD.entries if entry.is_strength}
    for age in ONE_OF_EACH_STAGE:
        before = suggest(TELFORD, said, age=age, limit=1000)
        after = suggest(TELFORD, denial + said, age=age, limit=1000)
        assert {each.id for each in before.overrides} <= {each.id for each in after.overrides}
        firm = {each.id for each in before.descriptors if each.score > FIRM} - good
        assert firm <= {each.id for each in after.descriptors}


@given(indexes, texts, st.integers(0, 60))
@settings(max_examples=40, deadline=None)
def test_any_words_can_be_searched_for(index, words, limit):
    found = search(index, words, limit=limit)
    assert found == search(index, words, limit=limit)
    assert len(found) <= limit
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)


def test_two_hundred_thousand_characters_are_read_and_no_more():
    text = "Mum mum hit him no no food not. " * 8_000
    found = suggest(TELFORD, text, limit=20)
    assert len(text) > found.read == 200_000
    assert found.overrides is not None
    assert any(each.id == "tw-acute-002" for each in found.descriptors)
