"""The decision in words that a parent could read."""

import re

import pytest

from consent.domain.decide import decide
from consent.domain.explain import HELD_BACK, explain
from consent.domain.facts import Form, Said
from tests.consent.support import AREAS, PACKS, complete, parent, recorded
from thresholds.domain.parts import Flag, Harm

TELFORD = PACKS["telford-and-wrekin"]
JARGON = re.compile(r"MARF|EHA|MASH|GDPR|Article|section \d|s47|threshold|lawful basis|verdict", re.IGNORECASE)


def text(*people, pack=TELFORD, **more):
    return " ".join(explain(decide(pack, recorded(*people, **more))))


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("said", Said)
@pytest.mark.parametrize("harm", [Harm.NO, Harm.YES])
@pytest.mark.parametrize("form", Form)
def test_no_terms_of_art_and_short_sentences(area, said, harm, form):
    found = text(parent(said), pack=PACKS[area], harm=harm, form=form)
    assert not JARGON.search(found)
    assert max(len(sentence.split()) for sentence in re.split(r"[.:?]", found)) <= 30
    assert PACKS[area].area.name in found


@pytest.mark.parametrize(
    ("said", "more", "words"),
    [
        (Said.GIVEN, {}, "so that your child gets help"),
        (Said.GIVEN, {}, "you can change your mind"),
        (Said.LIMITED, {}, "Only what was agreed will go. Everybody it has to go to: who, where"),
        (Said.REFUSED, {}, "A colleague looks first whether it should"),
        (Said.REFUSED, {"nobody_to_ask": True}, "We don't share this without a yes"),
        (Said.NOT_KNOWN, {"nobody_to_ask": True}, "without a yes from everybody"),
        (Said.REFUSED, {"harm": Harm.YES}, "the law lets us share without a yes"),
        (Said.REFUSED, {"harm": Harm.YES, "form": Form.EHA}, "we may have to tell children's social care all the same"),
        (Said.NOT_KNOWN, {"urgent": True}, "nothing more for now"),
    ],
)
def test_what_it_says(said, more, words):
    assert words in text(parent(said), **more)


@pytest.mark.parametrize(
    ("area", "words"),
    [("staffordshire", "A manager looks first"), ("westmorland-and-furness", "asking a colleague")],
)
def test_what_is_waited_for(area, words):
    assert words in text(parent(Said.REFUSED), pack=PACKS[area])


def test_told_already():
    assert "We have told you" in " ".join(explain(decide(TELFORD, complete())))


def test_a_guarded_decision_says_first_that_it_is_not_for_the_family():
    found = explain(decide(TELFORD, recorded(parent(), flags=frozenset({Flag.FGM}), harm=Harm.YES)))
    assert found[0] == HELD_BACK
    assert "isn't told for now" in " ".join(found)
