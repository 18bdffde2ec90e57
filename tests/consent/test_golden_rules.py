"""The seven golden rules, answered from the record."""

import dataclasses
import json

import pytest

from consent.domain.decide import decide
from consent.domain.facts import Outcome, Recipient, Role, Said
from consent.domain.golden_rules import Met, answers, edition_of, printed_answers
from tests.consent.support import AREAS, PACKS, complete, parent, recorded, word
from thresholds.domain.check_when import Answer
from thresholds.domain.golden_editions import EDITION_2015, EDITION_2024, EDITIONS
from thresholds.domain.parts import Flag, Harm
from thresholds.domain.rules import faults

WAKEFIELD = PACKS["wakefield"]
FURNESS = PACKS["westmorland-and-furness"]


def rule(number, facts, pack=WAKEFIELD, edition=EDITION_2024):
    return answers(edition, facts, decide(pack, facts))[number - 1]


@pytest.mark.parametrize("area", AREAS)
def test_each_area_answers_under_the_edition_that_its_pack_names(area):
    assert edition_of(PACKS[area]) is EDITION_2024
    printed = PACKS[area].golden_rules.printed
    assert printed is None or printed in EDITIONS


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=list(EDITIONS))
def test_a_complete_record_meets_all_seven(edition):
    facts = complete()
    found = answers(edition, facts, decide(WAKEFIELD, facts))
    assert [one.number for one in found] == [1, 2, 3, 4, 5, 6, 7]
    assert {one.met for one in found} == {Met.MET}
    assert all(one.evidence for one in found)


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=list(EDITIONS))
def test_an_empty_record_is_not_called_met(edition):
    facts = recorded(harm=None)
    found = {one.number: one.met for one in answers(edition, facts, decide(WAKEFIELD, facts))}
    assert found[2] is Met.MISSING
    assert found[6] is Met.MISSING
    assert found[7] is Met.PARTLY


@pytest.mark.parametrize(
    ("number", "more", "met", "missing"),
    [
        (1, {"harm": None}, Met.PARTLY, ("harm",)),
        (2, {"child_view": ""}, Met.PARTLY, ("child_view",)),
        (2, {"child_view": "", "child_view_absent_why": "She is two weeks old."}, Met.MET, ()),
        (3, {"chosen_bases": frozenset({"art9-statutory"})}, Met.PARTLY, ("chosen_bases_why",)),
        (5, {"identities_to_protect": Answer.NOT_KNOWN}, Met.MISSING, ("identities_to_protect",)),
        (5, {"identities_to_protect": Answer.YES}, Met.MISSING, ("identities_how",)),
        (
            5,
            {"identities_to_protect": Answer.YES, "identities_how": "The neighbour is named to nobody."},
            Met.MET,
            (),
        ),
        (6, {"purpose": ""}, Met.PARTLY, ("purpose",)),
        (6, {"facts_apart_from_opinion": Answer.NO}, Met.PARTLY, ("facts_apart_from_opinion",)),
        (6, {"recipients": (Recipient(id="x", exists=True, safeguards=False),)}, Met.PARTLY, ("recipients",)),
        (
            6,
            {"recipients": (Recipient(id="x", exists=True, safeguards=True, sections=frozenset({"health"})),)},
            Met.PARTLY,
            ("recipient_sections",),
        ),
        (7, {"recipients": ()}, Met.PARTLY, ("recipients",)),
    ],
)
def test_a_rule_names_the_question_that_is_missing(number, more, met, missing):
    found = rule(number, complete(**more))
    assert (found.met, found.missing) == (met, missing)


def test_telling_is_answered_by_the_record_of_it():
    facts = dataclasses.replace(complete(), people=(parent(),))
    assert rule(2, facts).missing == ("told_at:parent", "told:child")


def test_not_telling_a_guarded_family_meets_the_rule_on_openness():
    facts = complete(flags=frozenset({Flag.SEXUAL_ABUSE}), harm=Harm.YES)
    assert any("danger" in evidence for evidence in rule(2, facts).evidence)
    risk = complete(risk_from_telling=True)
    assert "risk_from_telling_why" in rule(2, risk).missing


@pytest.mark.parametrize(
    ("why", "met"), [("", Met.PARTLY), ("Bruises on two days, and nobody explains them.", Met.MET)]
)
def test_sharing_without_agreement_needs_its_reason(why, met):
    facts = dataclasses.replace(complete(harm=Harm.YES, why_without=why), people=(parent(Said.REFUSED),))
    found = rule(3, facts)
    assert found.met is met
    assert ("why_without" in found.missing) is not why


def test_nothing_shared_meets_the_rule_on_consent():
    facts = dataclasses.replace(complete(), people=(parent(Said.REFUSED),))
    assert "Nothing is shared without agreement here." in rule(3, facts).evidence


@pytest.mark.parametrize(
    ("words", "met"),
    [
        ((), Met.MISSING),
        ((word(Role.LEAD, Outcome.ASKED, by="lead"),), Met.MISSING),
        ((word(Role.LEAD, by="lead"),), Met.MET),
    ],
)
def test_advice_that_the_area_asks_for(words, met):
    facts = dataclasses.replace(complete(advice=words), people=(parent(Said.REFUSED),))
    assert rule(4, facts, FURNESS).met is met


@pytest.mark.parametrize(
    ("person", "more", "missing"),
    [
        (parent(Said.NOT_SOUGHT), {}, ("not_seeking",)),
        (parent(Said.NOT_KNOWN), {}, ("agreement",)),
        (parent(Said.REFUSED), {"harm": Harm.YES}, ("why_without",)),
        (parent(), {}, ()),
    ],
)
def test_the_older_edition_asks_for_agreement_where_appropriate(person, more, missing):
    facts = dataclasses.replace(complete(**more), people=(person,))
    assert rule(4, facts, edition=EDITION_2015).missing == missing


def test_the_answers_freeze_to_plain_json():
    frozen = json.loads(json.dumps(rule(1, complete()).to_dict()))
    assert frozen["met"] == "met"


def with_golden(**golden):
    return WAKEFIELD.model_copy(update={"golden_rules": WAKEFIELD.golden_rules.model_copy(update=golden)})


def test_a_partnership_brings_an_edition_of_its_own():
    own = EDITION_2015.model_copy(update={"id": "ours", "name": "Our own seven"})
    pack = with_golden(edition="ours", own=own)
    facts = complete()
    assert edition_of(pack) is own
    assert not [fault for fault in faults(pack) if fault.path[0] == "golden_rules"]
    assert {one.met for one in answers(edition_of(pack), facts, decide(pack, facts))} == {Met.MET}


@pytest.mark.parametrize(
    ("golden", "path"),
    [
        ({"edition": "2031"}, ("golden_rules", "edition")),
        ({"printed": "2031"}, ("golden_rules", "printed")),
        ({"own": EDITION_2015.model_copy(update={"id": "ours"})}, ("golden_rules", "own", "id")),
        (
            {
                "edition": "ours",
                "own": EDITION_2015.model_copy(update={"id": "ours", "rules": (EDITION_2015.rules[0],) * 7}),
            },
            ("golden_rules", "own", "rules"),
        ),
    ],
)
def test_an_edition_that_cannot_be_read_is_a_fault_of_the_pack_and_fails_no_decision(golden, path):
    pack = with_golden(**golden)
    assert path in [fault.path for fault in faults(pack)]
    assert edition_of(pack).rules


def test_the_edition_that_wakefield_prints_is_answered_too_with_its_gaps():
    facts = complete()
    printed = printed_answers(WAKEFIELD, facts, decide(WAKEFIELD, facts))
    assert printed is not None
    assert printed.name == EDITION_2015.name
    assert "lost its number" in printed.note
    assert {one.met for one in printed.rules} == {Met.MET}
    assert printed_answers(FURNESS, facts, decide(FURNESS, facts)) is None
