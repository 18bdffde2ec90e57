"""Reading closely: what is read, what it may change, and what it must not."""

import json
import tracemalloc
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import learning_texts
from bench import suggest_quality as quality
from tests.thresholds.test_suggest import INDEXES, TELFORD
from thresholds import files
from thresholds.checks import what_was_learned_is_sound
from thresholds.domain.check_when import ChildAge
from thresholds.domain.close_reading import (
    MOST_PIECES,
    key_of,
    look_at,
    made_ready,
    pieces_of,
    told_closely,
    without_who,
)
from thresholds.domain.hits import found_in
from thresholds.domain.index import Index
from thresholds.domain.suggest import LOADED, suggest
from thresholds.domain.telling import LONG, Denials, stretches, text_parts
from thresholds.domain.wordpieces import Wordpieces

NETWORK = files.shipped_close_reading()
BUSY = "She is out at night in cars with men and comes back with new phones."
FILLER = "We met in the hall and had a cup of tea and talked of the weather. "
LISTED = sorted(set(INDEXES) - {"westmorland-and-furness"})


def without(index: Index) -> Index:
    """The same index, read as before there was a network."""
    return replace(index, closely=None)


def listed(narrative: quality.Narrative, index: Index) -> set[str]:
    """What is suggested for a narrative from that index, by id."""
    return {one.id for one in suggest(index, narrative.text, age=narrative.age).descriptors}


def pieces(text: str, age: ChildAge | None = None) -> list[int]:
    return pieces_of(NETWORK.words, TELFORD.read(text), age)


def test_it_was_tuned_on_the_narratives_that_stand_in_the_tree():
    """`python -m bench.learn_close_reading` tunes anew."""
    with np.load(files.CLOSE_READING, allow_pickle=False) as kept:
        assert str(kept["learned_from"].item()) == learning_texts.digest_of_labels()


def test_it_was_tuned_on_nearly_every_wording_that_ships():
    """One that changed since is read by its words; with many of those it is time to tune anew."""
    keys = [key_of(entry) for index in INDEXES.values() for entry in index.entries if entry.may_be_suggested]
    assert len(keys) > 1_000
    assert sum(key in NETWORK.wordings for key in keys) >= len(keys) * 0.97


def test_numpy_reads_as_torch_does():
    """What torch made of some texts with the same bytes, written when they were tuned."""
    proofs = json.loads((Path(__file__).parent / "close_reading.json").read_text(encoding="utf-8"))
    assert len(proofs) >= 3
    for proof in proofs:
        assert np.allclose(look_at(NETWORK, proof["pieces"]).mean(axis=0), proof["seen"], atol=1e-3)


@pytest.mark.parametrize("area", LISTED)
@pytest.mark.parametrize(
    "text",
    [
        "No bruises seen. Mum denies that he hits her, but the door is broken and he flinches.",
        "Late each day, hungry, dirty clothes, and nobody answers the door. Dad drinks.",
        BUSY,
        "Hearing test normal.",
        "They have not been to the dentist, have never seen a doctor, and do not answer the door.",
        "She says she is not hurt, but she can't sleep and she hides under the desk when her uncle comes.",
    ],
)
def test_it_takes_nothing_out_of_the_list_and_brings_in_only_what_words_speak_for(area, text):
    age = ChildAge.exactly(9)
    plain = suggest(without(INDEXES[area]), text, age=age, limit=1_000)
    close = suggest(INDEXES[area], text, age=age, limit=1_000)
    loaded = {entry.id for entry in INDEXES[area].entries if entry.flags & LOADED}
    assert {each.id for each in plain.descriptors} <= {each.id for each in close.descriptors}
    more = [each for each in close.descriptors if each.id not in {one.id for one in plain.descriptors}]
    assert all(each.spans and each.id not in loaded for each in more)
    again = {each.id: each for each in close.descriptors}
    assert all(replace(again[each.id], score=0.0) == replace(each, score=0.0) for each in plain.descriptors)
    assert close.overrides == plain.overrides


@pytest.mark.parametrize("area", LISTED)
@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("He is hurt and he sleeps in the shed.", "He is not hurt and he sleeps in the shed."),
        ("There are bruises, and mum shouts at her.", "There are no bruises, and mum shouts at her."),
    ],
)
def test_what_is_denied_is_listed_all_the_same(area, said, denied):
    lists = [{each.id for each in suggest(INDEXES[area], text, limit=1_000).descriptors} for text in (said, denied)]
    assert lists[0] <= lists[1]


def test_it_does_change_the_order():
    text = "Told his teacher that he sleeps in the bath because the men in the front room frighten him."
    plain = suggest(without(TELFORD), text, limit=1_000)
    assert [each.id for each in suggest(TELFORD, text, limit=1_000).descriptors] != [e.id for e in plain.descriptors]


@pytest.mark.parametrize(
    ("apart", "more"),
    [
        (quality.eighth_set, 0.01),
        (quality.tenth_set, 0.02),
        (quality.eleventh_set, 0.04),
        (quality.twelfth_set, 0.05),
    ],
)
def test_it_finds_more_of_what_nobody_foresaw(apart, more):
    labelled = [each for each in apart() if each.expects]
    before = [
        quality.Result(
            each, tuple(e.id for e in suggest(without(INDEXES[each.area]), each.text, age=each.age).descriptors), ()
        )
        for each in labelled
    ]
    assert quality.recall(map(quality.suggested, labelled)) > quality.recall(before) + more


@given(st.sampled_from(["boy", "girl", "lad", "son", "daughter"]), st.sampled_from(["He", "She", "They"]))
@settings(deadline=None)
def test_he_she_and_they_read_the_same(child, pronoun):
    assert pieces(f"One {child} came in. {pronoun} is hungry.") == pieces("One child came in. They is hungry.")


@pytest.mark.parametrize("who", ["Muslim", "Polish", "Traveller", "gay", "Somali", "Christian", "black", "Asian"])
def test_faith_people_and_country_are_not_read(who):
    assert pieces(f"A {who} child came in hungry.") == pieces("A child came in hungry.")


NAMES = [
    *("Oliver", "Emily", "Jack", "Grace", "Mohammed", "Muhammad", "Fatima", "Aisha", "Kwabena", "Chidi", "Piotr"),
    *("Agnieszka", "Ion", "Li", "Nguyen", "Xiulan", "Priya", "Gurpreet", "Moshe", "Shanice", "O'Brien", "O’Connor"),
    *("D'Souza", "Smith", "Begum", "Kowalski", "Asante"),
]


@pytest.mark.parametrize("written", [str, str.lower, str.upper])
@pytest.mark.parametrize("name", NAMES)
def test_names_are_not_read_however_they_are_written(name, written):
    assert pieces(f"Then {written(name)} came in hungry.") == pieces("Then Szymon came in hungry.")


@pytest.mark.parametrize("area", LISTED)
@pytest.mark.parametrize(("one", "other"), [("oliver", "mohammed"), ("EMILY", "FATIMA"), ("O'Brien", "Okafor")])
def test_another_name_gets_the_same_list(area, one, other):
    text = "{} is out late with older friends and has a new phone, and school has seen bruises."
    lists = [suggest(INDEXES[area], text.format(name)).descriptors for name in (one, other)]
    assert [each.id for each in lists[0]] == [each.id for each in lists[1]]


def test_a_word_that_nobody_has_learned_is_not_read_but_a_misspelt_one_is():
    assert pieces("The zorblax came in hungry.") == pieces("The quibnor came in hungry.")
    assert pieces("There is a bruisse on the knee.") == pieces("There is a bruise on the knee.")


def test_who_robbed_whom_is_read():
    rob = NETWORK.words.pieces.rows["robbed"]
    assert rob in pieces("They robbed a shop at night.")


def test_a_text_without_full_stops_is_read_where_it_says_most(monkeypatch):
    """Whoever writes in haste sets none; what comes late is read all the same."""
    filler = " ".join(FILLER.replace(".", " and").split())
    late = f"{' '.join([filler] * 16)} {BUSY.rstrip('.').lower()} {' '.join([filler] * 16)}"
    assert "." not in late
    cars = NETWORK.words.pieces.rows["cars"]
    assert cars not in pieces(late)
    read: list[int] = []

    def look(ready, chosen, phrases):
        read.extend(chosen)
        return told_closely(ready, chosen, phrases)

    monkeypatch.setattr("thresholds.domain.suggest.told_closely", look)
    suggest(TELFORD, late)
    assert cars in read
    assert len(read) <= MOST_PIECES


SAID = st.sampled_from(["hungry", "cold", "shouts", "shoes", "bruise", "late"])


@given(st.lists(st.tuples(SAID, st.sampled_from(["", "", "", "", "", "", "", "", "", ",", "."])), min_size=60))
def test_stretches_follow_the_sentences_and_are_short(said: list[tuple[str, str]]):
    reading = TELFORD.read(" ".join(word + stop for word, stop in said))
    found = stretches(reading)
    assert len(found) == len(reading) == len(said)
    assert list(found) == sorted(found)
    assert sorted(set(found)) == list(range(len(set(found))))
    assert all(times <= LONG for times in Counter(found).values())
    of = {number: {reading.sentences[place] for place, one in enumerate(found) if one == number} for number in found}
    assert all(len(sentences) == 1 for sentences in of.values())
    lengths = Counter(reading.sentences)
    for sentence, length in lengths.items():
        parts = {one for place, one in enumerate(found) if reading.sentences[place] == sentence}
        assert (len(parts) == 1) is (length <= LONG)


def test_a_sentence_that_does_not_end_is_cut_after_a_comma_of_its_second_half():
    words = ["hungry"] * 50
    words[9] = words[19] = words[24] = "cold,"
    found = stretches(TELFORD.read(" ".join(words)))
    assert [found.index(number) for number in (0, 1)] == [0, 20]
    assert found[49] == 1
    plain = stretches(TELFORD.read(" ".join(["hungry"] * 70)))
    assert [plain.index(number) for number in (0, 1, 2)] == [0, LONG, 2 * LONG]


def test_what_was_said_before_counts_in_a_later_stretch_too():
    early = "he hits her and drinks and " + "we met in the hall and had a cup of tea and " * 12
    late = early + "he hits her and drinks and she bleeds and the baby screams " + "and talked of the weather " * 12
    reading = TELFORD.read(late)
    told = text_parts(TELFORD, reading, found_in(TELFORD, reading, None), None, Denials(), by=stretches(reading))
    holding = [sentence.number for sentence in told.sentences if "w hit" in sentence.bag]
    assert len(holding) == 2


def test_much_that_is_written_where_a_document_lists_no_descriptors_suggests_none():
    assert suggest(INDEXES["westmorland-and-furness"], FILLER * 40).descriptors == ()


def test_every_word_of_a_text_that_says_something_is_read_once():
    text = "It was. Is it? He was hit. And so on. (Twice.) Nobody came; she was alone\n\n- and cold"
    told = " ".join(without_who(TELFORD.read(text), NETWORK.words.known).values())
    for word in ("hit", "Twice", "Nobody", "alone", "cold"):
        assert told.count(word) == 1


def test_of_a_long_text_the_sentence_is_read_that_says_most():
    text = FILLER * 40 + BUSY + FILLER * 40
    read = pieces_of(NETWORK.words, TELFORD.read(text), None, lambda: {40: 5.0})
    assert len(read) == MOST_PIECES
    cars = NETWORK.words.pieces.rows["cars"]
    assert cars in read
    assert cars not in pieces(text)


def test_a_worry_at_the_end_of_a_long_text_is_suggested():
    alone = {each.id for each in suggest(TELFORD, BUSY, limit=3).descriptors}
    found = {each.id for each in suggest(TELFORD, FILLER * 60 + BUSY, limit=10).descriptors}
    assert alone & found


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_it_takes_any_text(text):
    assert TELFORD.closely is not None
    told = told_closely(TELFORD.closely, pieces(text), np.zeros(len(TELFORD.closely.often)))
    assert np.isfinite(told).all()


def test_a_wording_is_known_by_its_words_and_not_by_its_id():
    entry = next(each for each in TELFORD.entries if each.may_be_suggested)
    assert key_of(replace(entry, id="own-1")) == key_of(entry)
    assert key_of(replace(entry, wording=f"{entry.wording} today")) != key_of(entry)


def test_a_changed_wording_is_read_by_its_words():
    """One among wordings that stayed: it is found nearly as often, and oftener than by words and phrases alone."""
    found: Counter[str] = Counter()
    for each in quality.eighth_set():
        index = INDEXES[each.area]
        entries = [entry for entry in index.entries if entry.may_be_suggested]
        if len(entries) >= 300:
            continue
        whole, none = listed(each, index), listed(each, without(index))
        for wanted in each.expects:
            told = [
                replace(entry, wording=f"{entry.wording} (seen here)") if entry.id == wanted else entry
                for entry in entries
            ]
            found["whole"] += wanted in whole
            found["none"] += wanted in none
            found["changed"] += wanted in listed(each, replace(index, closely=made_ready(NETWORK, told)))
    assert found["whole"] > 130
    assert found["changed"] >= found["whole"] * 0.95
    assert found["changed"] > found["none"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Bruises, café", ["bruises", ",", "cafe"]),
        ("don’t_go", ["don", "’", "t", "_", "go"]),
        ("unseen\x00ly", ["unseen", "##ly"]),
        ("z" * 101, ["[UNK]"]),
        ("日 q", ["[UNK]", "[UNK]"]),
        ("", []),
    ],
)
def test_words_come_in_pieces(text, wanted):
    known = ["[UNK]", "bruises", ",", "cafe", "don", "’", "t", "_", "go", "unseen", "##ly", "un"]
    pieces = Wordpieces({piece: row for row, piece in enumerate(known)})
    assert [known[row] for row in pieces.of(text)] == wanted


@pytest.mark.parametrize("broken", ["missing", "empty", "half", "other"])
def test_a_broken_file_stops_the_system_from_starting(tmp_path, monkeypatch, broken):
    assert what_was_learned_is_sound(None) == []
    path = tmp_path / "close_reading.npz"
    whole = files.CLOSE_READING.read_bytes()
    if broken == "other":
        np.savez(path, words=np.zeros(3))
    elif broken != "missing":
        path.write_bytes(whole[: len(whole) // 2] if broken == "half" else b"")
    monkeypatch.setattr(files, "CLOSE_READING", path)
    (error,) = what_was_learned_is_sound(None)
    assert error.id == "thresholds.E003"
    assert "close_reading.npz" in error.msg


@pytest.mark.parametrize("text", ["Hit him. " * 20_000, "a" * 200_000, "hit " * 50_000], ids=["many", "word", "long"])
def test_a_long_text_takes_little_memory(text):
    tracemalloc.start()
    suggest(TELFORD, text)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 200_000_000
