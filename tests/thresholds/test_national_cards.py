"""The national action cards: the first thing first, short, and never at odds with who may be told."""

import pytest

from consent.domain.telling import GUARDED
from tests.packs import shipped
from thresholds.domain.parts import Flag

PACK = shipped("telford-and-wrekin")
CARDS = {one.id: one for one in PACK.overrides if one.id.startswith("nat-")}
ROUTES = {one.id: one for one in PACK.routes if one.id.startswith("nat-")}


def words(card: str) -> str:
    """All that a card asks for, in one line."""
    return " ".join(step.text for step in CARDS[card].steps)


@pytest.mark.parametrize("card", CARDS)
def test_a_card_can_be_read_by_somebody_tired(card):
    assert len(CARDS[card].steps) <= 5
    assert all(len(step.text) <= 200 for step in CARDS[card].steps)


@pytest.mark.parametrize(
    "card",
    [
        "nat-immediate-danger",
        "nat-sexual-abuse",
        "nat-fgm",
        "nat-non-mobile-injury",
        "nat-fabricated-illness",
        "nat-forced-marriage",
        "nat-trafficking",
        "nat-suicide-attempt",
        "nat-allegation",
    ],
)
def test_where_it_may_be_a_matter_of_minutes_999_comes_first(card):
    assert "999" in CARDS[card].steps[0].text
    assert any("front door" in step.text for step in CARDS[card].steps)


@pytest.mark.parametrize("card", [one for one in CARDS if not CARDS[one].tell_family])
def test_what_the_family_isnt_told_of_holds_without_the_card_too(card):
    """A flag of a signed form guards by itself, before any check. Under 13 the age decides, so the card does."""
    assert set(CARDS[card].when.flags) - {Flag.SEXUAL_ACTIVITY_UNDER_13} <= GUARDED.keys()


def test_whoever_came_with_a_trafficked_child_isnt_told():
    assert not CARDS["nat-trafficking"].tell_family
    assert "whoever came with the child" in words("nat-trafficking")


@pytest.mark.parametrize("flag", [Flag.TRAFFICKING, Flag.CRIMINAL_EXPLOITATION, Flag.SEXUAL_EXPLOITATION])
def test_any_exploitation_asks_about_the_national_referral_mechanism(flag):
    assert flag in ROUTES["nat-route-nrm"].when.flags


def test_the_duty_to_report_fgm_binds_whoever_learned_of_it_at_work_and_at_once():
    duty = CARDS["nat-fgm"].steps[-1].text
    assert duty.startswith("Are you a teacher or a regulated professional?")
    assert "101, straight away" in duty


def test_an_allegation_is_first_told_inside_unless_it_is_about_whoever_would_be_told():
    for text in (words("nat-allegation"), ROUTES["nat-route-allegation"].reminder or ""):
        assert "head or senior manager at once" in text
        assert "chair of governors, or" in text or "chair of governors or" in text


def test_a_suicide_attempt_of_long_ago_is_told_from_one_of_today():
    steps = [step.text for step in CARDS["nat-suicide-attempt"].steps]
    assert steps[0].startswith("Now or lately")
    assert steps[-1].startswith("Long ago?")


@pytest.mark.parametrize(
    ("card", "term"),
    [("nat-fabricated-illness", "perplexing presentation"), ("nat-fgm", "cutting"), ("nat-fgm", "cut")],
)
def test_a_word_for_something_else_doesnt_bring_a_card(card, term):
    assert term not in CARDS[card].terms
