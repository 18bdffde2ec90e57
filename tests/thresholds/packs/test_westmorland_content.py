"""Westmorland & Furness: criteria of levels and no descriptors, and every place that has to say so."""

import re
from html import unescape
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.factories import MembershipFactory
from tests.thresholds.packs.westmorland_counts import COUNTS
from thresholds.domain.check import check
from thresholds.domain.check_result import ChildFacts, IndicatedKind
from thresholds.domain.check_when import ChildAge
from thresholds.domain.duties import Silent
from thresholds.domain.parts import Flag, Harm, LegalMeaning

PACK = COUNTS.pack


def test_there_are_no_descriptors_domains_or_factors_and_the_pack_says_so():
    """F35, F82-86: they stand in a document that isn't included."""
    assert (PACK.domains, PACK.descriptors, PACK.conditions) == ((), (), ())
    assert (PACK.protective_factors, PACK.harm_factors, PACK.exploitation) == ((), (), None)
    for topic in (Silent.DESCRIPTORS, Silent.PROTECTIVE_FACTORS, Silent.HARM_FACTORS, Silent.EXPLOITATION):
        assert PACK.is_silent(topic)


@pytest.mark.django_db
def test_the_pages_of_the_area_say_that_the_descriptors_are_elsewhere(client):
    call_command("load_packs", stdout=StringIO())
    client.force_login(MembershipFactory().person, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("thresholds:pack", args=["westmorland-and-furness"])).content.decode()
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
    assert "Not stated by the partnership. They stand in a separate document" in text
    assert "Judge by the criteria of the levels." in text
    for level in PACK.levels:
        assert level.meaning in text
        assert level.note is None or level.note in text


def test_the_check_asks_to_judge_by_what_the_levels_mean():
    result = check(PACK, ChildFacts(harm=Harm.NO, age=ChildAge.exactly(10)))
    assert result.indicated.kind is IndicatedKind.UNKNOWN
    (question,) = (one for one in result.questions if one.key == "descriptors")
    assert "in a document that isn't included" in question.text
    assert "what each level means" in question.text


@pytest.mark.parametrize("flag", [Flag.SEXUAL_ABUSE, Flag.FGM, Flag.DISCLOSURE, Flag.TRAFFICKING])
def test_national_overrides_hold_without_descriptors(flag):
    result = check(PACK, ChildFacts(flags=frozenset({flag}), harm=Harm.NO))
    assert result.indicated.lowest == "level-4"
    assert result.indicated.reaches_s47


@pytest.mark.parametrize(
    ("level", "words", "lines"),
    [
        ("level-1", "a universal service can meet", "64"),
        ("level-2", "emerging or unclear", "66, 94"),
        ("level-3", "Complex or several unmet needs", "68, 96"),
        ("level-4", "section 47", "70-72, 122-132"),
    ],
)
def test_each_level_has_its_criteria_with_their_lines(level, words, lines):
    found = PACK.level(level)
    assert words in found.meaning
    assert found.citation.lines == lines


def test_the_top_level_names_both_tests_of_the_law():
    """F70, F130-132."""
    top = PACK.levels[-1]
    assert top.legal is LegalMeaning.MIXED
    assert "the child is disabled" in (top.note or "")
    assert "reasonable cause" in (top.note or "")
    assert "impaired significantly, or further" in (top.note or ""), "not any lesser impairment (F130)"
