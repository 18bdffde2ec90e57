"""What the record lacks, what doesn't fit together in it, and how it freezes."""

import dataclasses
import datetime as dt
import json

import pytest

from consent.domain.decide import decide
from consent.domain.facts import NotSeeking, Recipient, Relation, Said
from consent.domain.result import ContradictionKind, Verdict
from tests.consent.support import BEFORE, NOW, PACKS, child, complete, parent, recorded, word
from thresholds.domain.check_when import Answer, ChildAge
from thresholds.domain.parts import Flag, Harm

TELFORD = PACKS["telford-and-wrekin"]
BURY = PACKS["bury"]
WAKEFIELD = PACKS["wakefield"]


def kinds(found):
    return {one.kind for one in found.contradictions}


def questions(found):
    return {one.question for one in found.missing}


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"people": (parent(parental_responsibility=Answer.NO),)}, ContradictionKind.NO_PARENTAL_RESPONSIBILITY),
        (
            {"people": (parent(relation=Relation.CARER, parental_responsibility=Answer.NO),)},
            ContradictionKind.CARER_CANNOT_AGREE,
        ),
        ({"competent": Answer.YES, "age": ChildAge.exactly(3)}, ContradictionKind.CHILD_TOO_YOUNG),
        ({"competent": Answer.YES, "age": ChildAge(unborn=True)}, ContradictionKind.CHILD_TOO_YOUNG),
        ({"competent": Answer.NO, "people": (child(Said.GIVEN),)}, ContradictionKind.CHILD_CANNOT_AGREE),
        ({"age": ChildAge.exactly(19)}, ContradictionKind.NOT_A_CHILD),
        ({"people": (parent(said_at=NOW + dt.timedelta(days=1)),)}, ContradictionKind.AFTER_SUBMISSION),
        ({"people": (parent(told_at=NOW + dt.timedelta(days=1)),)}, ContradictionKind.AFTER_SUBMISSION),
        ({"cannot_wait": True}, ContradictionKind.HARM_ANSWER),
        ({"flags": frozenset({Flag.TRAFFICKING})}, ContradictionKind.HARM_ANSWER),
        ({"not_seeking": frozenset({NotSeeking.SERIOUS_CRIME})}, ContradictionKind.ASKED_AND_NOT_ASKED),
        ({"advice": (word(by="teacher"),)}, ContradictionKind.OWN_APPROVAL),
        (
            {"recipients": (Recipient(id="nobody", exists=False, safeguards=True),)},
            ContradictionKind.NO_SUCH_RECIPIENT,
        ),
        (
            {"people": (parent(told_at=BEFORE),), "flags": frozenset({Flag.FGM})},
            ContradictionKind.TOLD_ALTHOUGH_GUARDED,
        ),
        ({"chosen_bases": frozenset({"art6-consent"})}, ContradictionKind.CONSENT_AS_BASIS),
        ({"chosen_bases": frozenset({"art6-vital-interests"})}, ContradictionKind.BASIS_NOT_OFFERED),
        ({"care_order": Answer.YES}, ContradictionKind.CARE_ORDER),
    ],
)
def test_contradictions_are_put_right_when_routine_and_carried_along_when_harm_is_possible(more, kind):
    facts = {"people": (parent(),)} | more
    people = facts.pop("people")
    routine = decide(TELFORD, recorded(*people, **facts))
    assert kind in kinds(routine)
    assert routine.to_put_right == (() if routine.urgent else routine.contradictions)
    urgent = decide(TELFORD, recorded(*people, **(facts | {"harm": Harm.YES})))
    assert urgent.verdict.passes
    assert urgent.to_put_right == ()
    if kind is not ContradictionKind.HARM_ANSWER:
        assert kind in kinds(urgent)


def test_telford_and_wrekin_says_why_a_carer_cannot_agree():
    carer = parent(relation=Relation.CARER, parental_responsibility=Answer.NO)
    (found,) = [
        one
        for one in decide(TELFORD, recorded(carer)).contradictions
        if one.kind is ContradictionKind.CARER_CANNOT_AGREE
    ]
    assert found.citation is not None
    assert found.citation.lines == "901, 917"
    assert found.note is not None


def test_a_level_that_means_s47_against_harm_answered_no_is_flagged():
    (level,) = [level for level in BURY.levels if level.legal.value == "s47"]
    facts = recorded(parent(), levels=frozenset({level.id}), judged=True)
    assert ContradictionKind.HARM_ANSWER in kinds(decide(BURY, facts))


def test_what_is_indicated_is_told_to_nobody_who_has_not_judged():
    (level,) = [level for level in BURY.levels if level.legal.value == "s47"]
    facts = recorded(parent(), levels=frozenset({level.id}), judged=False)
    found = decide(BURY, facts)
    assert ContradictionKind.HARM_ANSWER not in kinds(found)
    assert level.name not in str(found.to_dict())


def test_a_complete_record_misses_nothing():
    found = decide(WAKEFIELD, complete())
    assert (found.missing, found.contradictions) == ((), ())
    assert found.verdict is Verdict.MAY_SHARE


@pytest.mark.parametrize(
    ("more", "question"),
    [
        ({"harm": None}, "harm"),
        ({"purpose": " "}, "purpose"),
        ({"recipients": ()}, "recipients"),
        ({"child_view": ""}, "child_view"),
        ({"special_category": Answer.NOT_KNOWN}, "special_category"),
        ({"criminal_offence": Answer.NOT_KNOWN}, "criminal_offence"),
        ({"facts_apart_from_opinion": Answer.NO}, "facts_apart_from_opinion"),
        ({"identities_to_protect": Answer.NOT_KNOWN}, "identities_to_protect"),
        ({"identities_to_protect": Answer.YES}, "identities_how"),
        ({"not_seeking": frozenset({NotSeeking.NOT_REACHED})}, "tried"),
        ({"not_seeking": frozenset({NotSeeking.SERIOUS_CRIME})}, "not_seeking_why"),
        ({"people": (parent(said_at=None),)}, "said_at:parent"),
        ({"people": (parent(asked_by=None),)}, "asked_by:parent"),
        ({"people": (parent(Said.REFUSED, words=""),)}, "words:parent"),
        ({"people": (parent(Said.LIMITED, limits=""),)}, "limits:parent"),
        ({"people": (parent(parental_responsibility=Answer.NOT_KNOWN),)}, "parental_responsibility:parent"),
        ({"people": ()}, "agreement"),
        ({"people": (parent(Said.NOT_SOUGHT),)}, "not_seeking"),
        ({"people": (parent(Said.REFUSED),), "harm": Harm.YES}, "why_without"),
        ({"people": (child(Said.GIVEN),), "age": ChildAge.exactly(14)}, "competent"),
        (
            {"people": (child(Said.GIVEN),), "age": ChildAge.exactly(14), "competent": Answer.YES},
            "competence_reasoning",
        ),
        ({"age": ChildAge.exactly(17), "capacity": Answer.NO}, "competence_reasoning"),
        ({"people": (parent(),)}, "told_at:parent"),
        ({"people": (parent(),)}, "told:child"),
    ],
)
def test_what_is_missing_from_the_record(more, question):
    facts = dict(more)
    people = facts.pop("people", None)
    whole = complete(**facts)
    if people is not None:
        whole = complete_with(whole, people)
    assert question in questions(decide(WAKEFIELD, whole))


def complete_with(facts, people):

    return dataclasses.replace(facts, people=people)


def test_the_decision_freezes_to_plain_json():
    found = decide(TELFORD, recorded(parent(), child(), harm=Harm.SUSPECTED, flags=frozenset({Flag.FGM})))
    frozen = json.loads(json.dumps(found.to_dict()))
    assert frozen["verdict"] == "may_share"
    assert frozen["at"] == "2026-10-05T14:30:00+00:00"
    assert frozen["rules"][0]["citation"]["section"]
    assert (
        found.to_dict()
        == decide(TELFORD, recorded(parent(), child(), harm=Harm.SUSPECTED, flags=frozenset({Flag.FGM}))).to_dict()
    )


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        recorded(at=dt.datetime(2026, 10, 5))  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        recorded(parent(told_at=dt.datetime(2026, 10, 5)))  # noqa: DTZ001
