"""Suggestion from what somebody writes: what is found, what is denied, and that the words are shown."""

import pytest

from tests.packs import shipped
from thresholds import files
from thresholds.domain.check_when import ChildAge
from thresholds.domain.index import Index, Listed
from thresholds.domain.likeness import alike, likeness_of
from thresholds.domain.phrases import Phrasebook, PhraseError
from thresholds.domain.search import search
from thresholds.domain.suggest import Suggestion, suggest

LEXICON = files.shipped_lexicon()
INDEXES = {pack.area.slug: files.shipped_index(pack) for pack in files.shipped_packs()}
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


@pytest.mark.parametrize(
    "text",
    [
        "No bruises seen.",
        "There were no bruises or marks on his arm.",
        "Bruises: none seen.",
        "Mum denies any bruises, burns or marks.",
        "He has never had a fracture.",
    ],
)
def test_what_is_denied_moves_down_and_is_still_there(text):
    found = {each.id: each for each in suggest(INDEXES["wakefield"], text, limit=1000).descriptors}
    firm = suggested("There is a bruise on his arm that nobody can explain.", index=INDEXES["wakefield"])
    each = found["wk-immediate-005"]
    assert each.negated
    assert each.score < firm["wk-immediate-005"].score
    assert not firm["wk-immediate-005"].negated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There is no food in the house.", "tw-acute-007"),
        ("He hasn't eaten since yesterday.", "tw-acute-007"),
        ("She doesn't go to school.", "tw-complex-049"),
        ("He is not safe with his parents.", "tw-acute-058"),
        ("No coat, and dad hit him with a belt.", "tw-acute-002"),
        ("We are not sure whether dad hit him.", "tw-acute-002"),
        ("He did not want to go home because dad hits him.", "tw-acute-002"),
    ],
)
def test_a_denying_word_about_something_else_denies_nothing(text, expected):
    assert not suggested(text)[expected].negated


def test_an_override_that_is_denied_is_shown_last_and_says_so():
    found = suggest(TELFORD, "She denies any suicide attempt. Her dad makes her touch his penis.")
    assert [each.id for each in found.overrides if each.negated] == ["nat-suicide-attempt"]
    assert found.overrides[-1].id == "nat-suicide-attempt"


def test_another_age_moves_down_and_says_so():
    text = "Says that she is having sex with her boyfriend."
    young, old = (suggested(text, age=ChildAge.exactly(years))["tw-complex-067"] for years in (12, 16))
    assert (young.outside_age, old.outside_age) == (False, True)
    assert old.score < young.score


def test_a_shaken_baby_calls_the_override_without_any_mark():
    assert "nat-non-mobile-injury" in suggested("A neighbour says that he shook the baby.")


def test_a_baby_is_taken_for_one_that_does_not_move_about():
    text = "Small bruise on the cheek, mum does not know how it happened."
    assert "nat-non-mobile-injury" in suggested(text, age=ChildAge.exactly(0))
    assert "nat-non-mobile-injury" not in suggested(text, age=ChildAge.exactly(9))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lovely family, mum came to parents evening and he is doing well in maths.",
        "He cut his finger in woodwork and had a plaster. Holiday in Spain next week.",
        "His foster carer rang to say that the bus was late.",
    ],
)
def test_an_everyday_note_calls_no_override(text):
    assert suggest(TELFORD, text, age=ChildAge.exactly(9)).overrides == ()


@pytest.mark.parametrize(
    ("text", "age", "expected"),
    [
        ("He took a packet of paracetamol last night and told nobody.", 14, "nat-suicide-attempt"),
        ("Seen in A&E after taking 20 ibuprofen, says it was a mistake.", 17, "nat-suicide-attempt"),
        ("All tests are normal and the consultant is worried mum is making it up.", 11, "nat-fabricated-illness"),
        ("He has fits, mum says, but nobody at school or hospital has ever seen one.", 11, "nat-fabricated-illness"),
        ("A man is threatening to post her nudes if she doesn't send more.", 13, "nat-sexual-abuse"),
        ("She calls him her boyfriend, she says he is 24.", 15, "nat-sexual-abuse"),
        ("Her stepbrother gets in her bed and makes her do things.", 9, "nat-sexual-abuse"),
        ("Dad had mum by the throat in front of the children.", 12, "nat-immediate-danger"),
        ("In Somalia she will have 'the cutting' like her big cousins.", 6, "nat-fgm"),
        ("Flights are booked and she overheard talk of a wedding.", 15, "nat-forced-marriage"),
    ],
)
def test_what_others_would_write_calls_its_override(text, age, expected):
    assert expected in suggested(text, age=ChildAge.exactly(age))


def test_a_boyfriend_of_mums_calls_no_override():
    assert "nat-sexual-abuse" not in suggested("Mum's new boyfriend is 31.", age=ChildAge.exactly(12))
    assert "nat-sexual-abuse" not in suggested("Her boyfriend is 31 and helps.", age=ChildAge.exactly(3))


def test_everyday_words_suggest_nothing():
    text = (
        "Time will tell. He is fine. It was booked. We go out. I left at three and mum says she will tell the school."
    )
    assert suggested(text) == {}


def test_one_who_was_not_left_alone_is_denied_it():
    found = suggested("He was not left alone at home.")
    assert found
    assert all(each.negated for each in found.values())


def test_marked_words_never_run_over_the_end_of_a_sentence():
    text = "He says that he is 24. She has love bites. Boyfriend is older. She is missing."
    for each in suggested(text).values():
        assert not any("." in marked for marked in words(text, each))


@pytest.mark.parametrize(
    "text",
    [
        "Year 4 went to the farm park. Aisha fed the lambs and loved the tractor ride.",
        "Great match on Saturday, Owen scored twice and the whole team went for pizza with their dads.",
        "The baby arrived on Sunday. Mum and baby are doing really well and big brother is thrilled.",
        "Parents evening: she is doing well in maths. Dad asked how he can help with spellings.",
        "The coach will ring parents about the new time for netball practice.",
        "Jacob lost his tooth at break and was delighted. We put it in an envelope for the tooth fairy.",
        "Dad has a new job at the hospital and is working nights, so nan does the school run.",
        "He fell over in the playground and grazed his knee. Ice pack given, parents informed.",
        "She has settled well in nursery, plays with the other children and eats a good lunch.",
        "We made Mother's Day cards. He wrote that his mum is the best because she makes pancakes.",
        "Please note that the dentist appointment is on Monday and Mum will collect him at two.",
    ],
)
@pytest.mark.parametrize("area", sorted(INDEXES))
def test_a_happy_or_everyday_day_calls_no_override(text, area):
    assert suggest(INDEXES[area], text, age=ChildAge.exactly(8)).overrides == ()


def test_a_name_stands_for_a_child_and_breaks_no_phrase():
    assert "tw-acute-002" in suggested("Stepdad has been battering Kieran.")
    assert "tw-acute-002" in suggested("Mum hit Kieran with a belt.")


def test_a_misspelt_word_that_begins_a_sentence_is_guessed_and_no_name():
    assert "tw-acute-027" in suggested("Brusies on his arm that nobody can explain.")


def test_words_like_those_of_a_circumstance_speak_for_it_and_call_no_override():
    phrases = [[LEXICON.phrase("frog pond")], [LEXICON.phrase("frog kettle")], [LEXICON.phrase("spoon")]]
    found = alike(likeness_of(phrases), TELFORD.read("The pond by the frog was green."))
    assert set(found) == {0}
    assert likeness_of([[], []]) == {}


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("hurt by uncle|foster_carer", "hurt by the foster carer", True),
        ("hurt by uncle|foster_carer", "hurt by her uncle", True),
        ("hurt by uncle|foster_carer", "hurt by a carer", False),
        ("step_dad|uncle hurt", "his stepdad always hurt him", True),
        ("step_dad|uncle hurt", "his dad hurt him", False),
        ("uncle|foster_carer & hurt", "hurt again by the foster carer", True),
        ("uncle|foster_carer & hurt", "the foster carer. It hurt", False),
    ],
)
def test_an_option_may_be_several_words(phrase, text, found):
    book = Phrasebook([(LEXICON.phrase(phrase), 7)])
    assert bool(list(book.find(TELFORD.read(text)))) is found


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("hurt||kicked badly", "empty"),
        ("hurt|the badly", "dropped word"),
        ("hurt|of_the badly", "stands in no text"),
        ("hurt|the_uncle badly", "one word alone counts"),
        ("hurt|$nobody", "no class"),
        ("one & two & three & four", "at most three sides"),
        ("the", "has words"),
    ],
)
def test_a_faulty_phrase_is_told(phrase, message):
    with pytest.raises(PhraseError, match=message):
        LEXICON.phrase(phrase)


@pytest.mark.parametrize("text", ["The lads call it the quarry jump.", "He was seen on the tombstoning ledge."])
def test_a_partnerships_terms_call_its_own_override(text):
    pack = shipped("telford-and-wrekin")
    own = pack.overrides[0].model_copy(
        update={"id": "tw-quarry", "name": "Jumps at the quarry", "terms": ("quarry jump", "tombstoning")}
    )
    index = files.shipped_index(pack.model_copy(update={"overrides": (*pack.overrides, own)}))
    assert "tw-quarry" in {each.id for each in suggest(index, text).overrides}
    assert "tw-quarry" not in {each.id for each in suggest(index, "We drove past the quarry.").overrides}


def test_terms_of_a_national_override_alone_call_none():
    assert suggest(TELFORD, "His foster carer and the youth worker came.").overrides == ()


@pytest.mark.parametrize(
    "text",
    [
        "Mum is not hitting him.",
        "His mother does not hit him.",
        "Dad has never hit her.",
        "The bruises: none were seen.",
    ],
)
def test_a_denial_within_a_phrase_denies_it(text):
    speaks_of_it = [
        each for each in suggested(text).values() if each.id in {"tw-acute-002", "tw-acute-027", "tw-acute-055"}
    ]
    assert speaks_of_it
    assert all(each.negated for each in speaks_of_it)


@pytest.mark.parametrize(
    ("text", "override"),
    [
        ("Bruises on the baby, none of them explained.", "nat-non-mobile-injury"),
        ("Baby has bruises none of which mum can explain.", "nat-non-mobile-injury"),
        ("She took an overdose, none of us knew.", "nat-suicide-attempt"),
        ("I'm her GP, she told me dad hits her.", "nat-disclosure"),
        ("As her teacher, she told me dad hits her.", "nat-disclosure"),
    ],
)
def test_none_of_and_who_writes_take_no_override_away(text, override):
    found = {each.id: each for each in suggest(TELFORD, text).overrides}
    assert not found[override].negated


def test_what_was_denied_is_not_shown_as_support():
    text = "No bruises seen. He said that dad punched him in the stomach and it hurts."
    for each in suggest(TELFORD, text).descriptors:
        words = " ".join(text[span.start : span.end] for span in each.spans)
        assert each.negated or "bruises" not in words, each.wording
