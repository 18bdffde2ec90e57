"""What labelled narratives taught: what it may say, and what it must not."""

import hashlib
import re
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import learning_texts
from bench import suggest_quality as quality
from tests.packs import shipped
from tests.thresholds.test_suggest import INDEXES, TELFORD
from thresholds import files
from thresholds.domain.check_when import ChildAge
from thresholds.domain.hits import found_in
from thresholds.domain.index import index_of
from thresholds.domain.learned import shares, spoken_for
from thresholds.domain.suggest import suggest
from thresholds.domain.telling import denials_in, text_parts
from thresholds.domain.words import stem

LEARNED = files.shipped_learned()
SAID = [
    "his shoes have holes and he eats leftovers from other plates",
    "she has new trainers each week and a second phone that never stops",
    "mum stays in bed all day with the curtains drawn",
    "there is a bruise on the back of his knee",
    "he has stopped coming to football and sits alone",
]


def spoken(text: str, age: ChildAge | None = None) -> np.ndarray:
    """Shares of Telford and Wrekin's descriptors by what was learned alone."""
    assert TELFORD.taught is not None
    reading = TELFORD.read(text)
    found = found_in(TELFORD, reading, age)
    told = text_parts(TELFORD, reading, found, age, denials_in(reading, found))
    return shares(spoken_for(TELFORD.taught, told, {}))


def test_it_was_learned_from_the_narratives_that_stand_in_the_tree():
    """`python -m bench.learn_suggestion` learns anew."""
    assert files.learned_from() == learning_texts.digest()


def test_nothing_that_is_kept_apart_was_learned_from():
    def told(text: str) -> str:
        return hashlib.sha256(" ".join(re.findall(r"\w+", text.lower())).encode()).hexdigest()

    learned = {told(text) for area in INDEXES for text, _, _ in learning_texts.narratives_of(area)}
    learned |= {told(text) for _, text in learning_texts.sentences()}
    apart = [each for each in quality.every() if each.held_out]
    assert len(learned) > 5_000
    assert len(apart) > 200
    assert [each.id for each in apart if told(each.text) in learned] == []


def test_labels_of_what_is_learned_from_name_what_the_pack_lists():
    for area, index in INDEXES.items():
        known = {entry.id for entry in index.entries if entry.may_be_suggested}
        for text, _, wanted in learning_texts.narratives_of(area):
            assert wanted, text
            assert set(wanted) <= known, text


WHO = ["boy", "girl", "Muslim child", "Polish child", "Traveller child", "gay lad", "Somali girl"]


@given(st.sampled_from(SAID), st.sampled_from(WHO))
@settings(max_examples=30, deadline=None)
def test_who_somebody_is_suggests_nothing(said, who):
    child = " child" if "child" in who else ""
    assert np.allclose(spoken(f"About one {who}. {said}"), spoken(f"About one{child}. {said}"), atol=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        "He is out late with older friends, he has new clothes and his phone never stops. His attendance is poor.",
        "His friends are older and his mood is low. He told me that nobody likes him and he hurts himself.",
        "He hits his brother, his hair is dirty and he says that his dad scares him.",
    ],
)
def test_no_word_tells_her_from_him(text):
    """Circumstances are left out: phrases read “her” as a word of its own and “his” as none (ADR 41)."""

    def words(told: str) -> list[dict[str, float]]:
        reading = TELFORD.read(told)
        parts = text_parts(TELFORD, reading, {}, None, denials_in(reading, {}))
        return [parts.whole, *(sentence.bag for sentence in parts.sentences)]

    hers = text
    for his, her in (("He ", "She "), (" he ", " she "), ("His ", "Her "), (" his ", " her "), ("him", "her")):
        hers = hers.replace(his, her)
    assert hers != text
    assert words(text) == words(hers)


@pytest.mark.parametrize(
    ("told", "left_out"),
    [
        ("no bruises", "no"),
        ("there is no food in the house", ""),
        ("denies that there is no food in the house", "denies"),
        ("has not seen that there is no food in the house", "not seen"),
        ("no no food in the house", "no"),
        ("nobody slept. No food in the house", ""),
    ],
)
def test_what_only_denies_is_no_part_nor_what_denies_a_denial(told, left_out):
    reading = TELFORD.read(told)
    by = denials_in(reading, found_in(TELFORD, reading, None)).by
    assert " ".join(told[reading.starts[place] : reading.ends[place]] for place in sorted(by)) == left_out


def test_no_part_that_was_learned_says_who_somebody_is():
    words = {word for part in LEARNED.text.rows if part[:2] in {"w ", "p "} for word in part.split(" ")[1:]}
    assert len(words) > 3_000
    who = """boy girl son daughter muslim islam mosque christian church jewish hindu sikh temple prayer god polish
        romanian roma traveller gypsy somali nigerian pakistani bengali afghan albanian vietnamese black white asian
        african gay lesbian transgender lgbt refugee immigrant he she him her they"""
    assert words & {stem(word) for word in who.split()} == set()


@pytest.mark.parametrize("area", sorted(set(INDEXES) - {"westmorland-and-furness"}))
@pytest.mark.parametrize(
    "text",
    [
        "The family moved here from Leeds in March.",
        "Mum works in a bakery and dad drives a lorry.",
        "She won the spelling prize and her parents came to watch.",
        "They went to see grandma in Lahore for the summer and came back with presents.",
    ],
)
def test_nothing_grave_is_proposed_first_for_a_harmless_note(area, text):
    grave = {entry.id for entry in INDEXES[area].entries if entry.height == 1}
    found = suggest(INDEXES[area], text, age=ChildAge.exactly(8)).descriptors
    assert [each.id for each in found if each.id in grave and each.score > 0.6] == []


@pytest.mark.parametrize("area", ["bury", "stoke-on-trent"])
def test_denied_is_said_only_of_what_is_denied(area):
    text = "Mum denies domestic abuse. The door is broken and she flinches when he comes in."
    for each in suggest(INDEXES[area], text, limit=40).descriptors:
        if each.negated:
            assert "flinches" not in " ".join(text[span.start : span.end] for span in each.spans)


def test_a_text_of_many_sentences_takes_little_memory():
    ready = TELFORD.taught
    assert ready is not None
    tracemalloc.start()
    suggest(TELFORD, "hit. shoe. mum. " * 4_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 150_000_000


@pytest.mark.parametrize("said", SAID)
def test_the_words_that_speak_for_it_are_marked(said):
    found = suggest(TELFORD, said, limit=40)
    assert len(found.descriptors) >= 3
    assert all(each.spans for each in found.descriptors)


@pytest.mark.parametrize("area", sorted(set(INDEXES) - {"westmorland-and-furness"}))
def test_another_id_changes_nothing(area):
    """Nothing is learned of ids: the same words under another id are told the same."""
    pack = shipped(area)
    renamed = pack.model_copy(
        update={"descriptors": tuple(each.model_copy(update={"id": f"own-{each.id}"}) for each in pack.descriptors)}
    )
    text = "He comes in hungry and dirty, and mum was asleep on the sofa at midday with bottles round her."
    ours = [each.id for each in suggest(INDEXES[area], text).descriptors]
    theirs = [each.id.removeprefix("own-") for each in suggest(files.shipped_index(renamed), text).descriptors]
    assert ours == theirs


def test_without_it_phrases_alone_rank():
    pack = shipped("telford-and-wrekin")
    found = suggest(index_of(pack, files.shipped_lexicon()), "Mum's boyfriend hit him with a belt.")
    assert "tw-acute-002" in [each.id for each in found.descriptors]
    assert found.overrides == suggest(TELFORD, "Mum's boyfriend hit him with a belt.").overrides


def test_it_finds_what_phrases_miss():
    """On text from another hand that nothing was tuned or learned on."""
    eighth = [each for each in quality.eighth_set() if each.expects]
    plain = {pack.area.slug: index_of(pack, files.shipped_lexicon()) for pack in files.shipped_packs()}
    phrases = [
        quality.Result(each, tuple(e.id for e in suggest(plain[each.area], each.text, age=each.age).descriptors), ())
        for each in eighth
    ]
    assert quality.recall(map(quality.suggested, eighth)) > quality.recall(phrases) + 0.12


def test_a_harmless_note_speaks_for_nothing_and_a_worry_does_not():
    notes = [
        "Testing testing, please ignore.",
        "Lost property: a red scarf and two water bottles, please collect from the office.",
        "Year 5 loved the science museum and were very well behaved on the coach.",
    ]
    for note in notes:
        assert spoken(note)[-1] > 0.2, note
    assert spoken(SAID[0])[-1] < 0.05
