"""What the lexicon may say of its phrases: hints, what yields to what, what speaks against an age, what is refused."""

import pytest

from tests.packs import shipped
from thresholds import files
from thresholds.domain.assemble import PackErrors
from thresholds.domain.check_when import ChildAge
from thresholds.domain.lexicon import parse_lexicon
from thresholds.domain.parse import PackFile
from thresholds.domain.phrases import Phrasebook
from thresholds.domain.suggest import suggest

LEXICON = files.shipped_lexicon()
TELFORD = files.shipped_index(shipped("telford-and-wrekin"))


def called(text: str, years: int) -> dict[str, bool]:
    """Ids of the overrides called, and whether each is shown as denied."""
    return {each.id: each.negated for each in suggest(TELFORD, text, age=ChildAge.exactly(years)).overrides}


@pytest.mark.parametrize(
    ("phrase", "kept"),
    [
        ("does sex", "sex"),
        ("doing it .. with", "it with"),
        ("our secret", "secret"),
        ("too strict|controlling", "strict"),
    ],
)
def test_a_phrase_of_which_dropped_words_leave_something_else_is_refused(phrase, kept):
    text = f"concepts:\n  - id: one\n    phrases: [hurt badly]\nmore:\n  - of: one\n    phrases: ['{phrase}']\n"
    with pytest.raises(PackErrors, match=f"{kept}.*its other words are dropped"):
        parse_lexicon([PackFile("words.yaml", text)])


def test_a_phrase_that_keeps_what_tells_it_is_read():
    text = "concepts:\n  - id: one\n    phrases: [hurt badly, was hit by dad, it is him or me]\n"
    assert parse_lexicon([PackFile("words.yaml", text)]).concepts[0].id == "one"


def test_what_yields_or_speaks_against_is_named_rightly():
    text = "concepts:\n  - id: one\n    phrases: [hurt badly]\n    unless: [nobody]\n"
    with pytest.raises(PackErrors, match="nobody is no concept"):
        parse_lexicon([PackFile("words.yaml", text)])


def test_a_hint_reaches_descriptors_and_calls_no_override():
    text = "She comes into her parents' room in the night."
    found = suggest(TELFORD, text, age=ChildAge.exactly(9), limit=1000)
    assert "nat-sexual-abuse" not in {each.id for each in found.overrides}
    assert "nat-sexual-abuse" in called("Her stepdad comes into her room in the night.", 9)
    hinted = LEXICON.numbers["sexual-abuse"]
    assert LEXICON.hints[hinted]
    assert set(LEXICON.hints[hinted]).isdisjoint(LEXICON.calling[hinted])
    assert found.descriptors


def test_a_third_side_may_stand_between_the_other_two():
    book = Phrasebook([(LEXICON.phrase("mum & hit & slipper|spoon"), 7)])
    for text in ("Mum says she hit him with a slipper.", "Hit by mum with a slipper.", "A slipper, mum, he was hit."):
        assert list(book.find(TELFORD.read(text))), text


@pytest.mark.parametrize(
    ("written", "meant"),
    [("excited", "excised"), ("birthmark", "bitemark"), ("butter", "batter"), ("drums", "drugs"), ("depth", "death")],
)
def test_an_everyday_word_is_no_misspelling(written, meant):
    reading, other = TELFORD.read(f"It was {written} again."), TELFORD.read(f"It was {meant} again.")
    assert not any(reading.guessed)
    assert reading.stems != other.stems


def test_a_bit_is_no_bite():
    assert "bite" not in TELFORD.read("He is a bit tired, and a little bit sad.").stems
    assert "bite" in TELFORD.read("He bit her.").stems


@pytest.mark.parametrize(
    "text",
    [
        "Mum took an overdose in March and was in hospital for two days.",
        "Dad tried to hang himself years before they met.",
        "Mum took too many tablets on Friday and nan has moved in.",
    ],
)
def test_an_adults_own_overdose_is_no_suicide_attempt_of_the_child(text):
    assert called(text, 6) == {}


@pytest.mark.parametrize(
    "text",
    [
        "She told her mum she had taken an overdose last night.",
        "She lost her nan, took tablets on Friday.",
        "Row with dad, overdose this morning.",
        "Mum found her after an overdose on Saturday.",
        "Mum says she took an overdose.",
        "She took all of her mum's tablets.",
    ],
)
def test_an_adult_in_the_same_sentence_hides_no_attempt_of_the_child(text):
    assert called(text, 15)["nat-suicide-attempt"] is False


def test_a_baby_that_crawls_is_shown_as_denied_and_never_hidden():
    assert called("Crawling and cruising. Bruise on his forehead from the table.", 0)["nat-non-mobile-injury"] is True
    assert called("Not crawling yet. Bruise on his forehead.", 0)["nat-non-mobile-injury"] is False
    assert (
        called("Mum says he crawled into it. Nine weeks old, bruise on his face.", 0)["nat-non-mobile-injury"] is False
    )


@pytest.mark.parametrize(
    ("text", "years", "harmless"),
    [
        (
            "Dad has a licensed shotgun and threatened mum with it last night.",
            7,
            "Dad's gun is licensed and locked up.",
        ),
        ("It wasn't a toy gun, he held a gun to mum's head.", 9, "He had a toy gun at his mum's."),
    ],
)
def test_what_a_weapon_is_for_hides_no_threat(text, years, harmless):
    assert called(text, years)["nat-immediate-danger"] is False
    assert "nat-immediate-danger" not in called(harmless, years)


def test_the_wedding_of_another_calls_nothing_until_more_is_said():
    assert called("Three weeks off for her sister's wedding in Lahore.", 12) == {}
    assert "nat-forced-marriage" in called("They say it's her sister's wedding in Lahore but she is scared.", 12)


def test_what_a_parent_tells_is_no_disclosure_of_the_child():
    assert "nat-disclosure" not in called("Mum told us that she smacks him.", 8)
    assert called("Mum told us that he said dad hits him with a belt.", 8)["nat-disclosure"] is False


def test_parts_of_a_circumstance_stand_as_near_as_it_asks():
    near = "She is a toddler. She was left alone in the flat."
    far = "She is a toddler. Mum is at college. Her brother came. He was left alone in the flat."
    assert "nat-immediate-danger" in {each.id for each in suggest(TELFORD, near).overrides}
    assert "nat-immediate-danger" not in {each.id for each in suggest(TELFORD, far).overrides}


def test_what_is_made_less_of_in_the_same_words_calls_nothing_and_stays_a_suggestion():
    text = "concepts:\n  - id: one\n    phrases: [hurt badly]\n    hint_with: [nobody]\n"
    with pytest.raises(PackErrors, match="nobody is no concept"):
        parse_lexicon([PackFile("words.yaml", text)])
    squabble, harm = "She says her brother hit her over the remote.", "She says her brother hit her with a belt."
    assert called(squabble, 8) == {}
    assert called(harm, 8) == {"nat-disclosure": False}
    suggested = [suggest(TELFORD, each, age=ChildAge.exactly(8), limit=1000).descriptors for each in (squabble, harm)]
    assert {each.id for each in suggested[0]} & {each.id for each in suggested[1]}


def test_what_only_takes_a_call_back_makes_no_word_of_a_need_more_common():
    need = "concepts:\n  - id: need\n    phrases: [hurt badly]\n"
    less = "  - id: less\n    tone: context\n    phrases: [film hurt]\n"
    told = parse_lexicon([PackFile("words.yaml", f"{need}    hint_with: [less]\n{less}")]).telling
    assert told["hurt"] == parse_lexicon([PackFile("words.yaml", need)]).telling["hurt"]
    assert told["hurt"] > parse_lexicon([PackFile("words.yaml", need + less)]).telling["hurt"]
