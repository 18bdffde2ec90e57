"""The guard on telling the family: what raises it, whom it keeps from being told, and who may lift it."""

from dataclasses import replace

import pytest

from consent.domain.decide import decide
from consent.domain.facts import Relation, Said
from consent.domain.result import ContradictionKind, SharingDecision, TellWhen, Verdict
from consent.domain.telling import GUARDED
from tests.consent.support import BEFORE, PACKS, child, parent, recorded
from thresholds.domain.check_when import Answer, ChildAge
from thresholds.domain.parts import Flag

TELFORD = PACKS["telford-and-wrekin"]
ALWAYS = sorted({*GUARDED, Flag.SEXUAL_EXPLOITATION, Flag.TRAFFICKING, Flag.ALLEGATION_AGAINST_PROFESSIONAL})
LODGER = parent(Said.NOT_KNOWN, id="lodger", relation=Relation.OTHER_ADULT, parental_responsibility=Answer.NO)


def when(found: SharingDecision, person: str) -> TellWhen:
    return next(one.when for one in found.tell if one.person == person)


@pytest.mark.parametrize("flag", ALWAYS)
def test_what_is_suspected_keeps_everybody_at_home_from_being_told_until_the_front_door_says_so(flag):
    facts = recorded(parent(), LODGER, flags=frozenset({flag}))
    found = decide(TELFORD, facts)
    assert found.guard.holds
    assert {when(found, "parent"), when(found, "lodger")} == {TellWhen.NOT_YET}
    assert not decide(TELFORD, replace(facts, lifted_by_front_door=True)).guard.holds


def test_what_nobody_answered_keeps_the_family_from_being_told_and_waives_no_agreement():
    facts = recorded(parent(Said.REFUSED), telling_unanswered=True)
    found = decide(TELFORD, facts)
    assert found.guard.because == ("Whether telling the family is a risk hasn't been answered.",)
    assert when(found, "parent") is TellWhen.NOT_YET
    assert not found.harm_possible
    assert found.verdict is decide(TELFORD, replace(facts, telling_unanswered=False)).verdict


def test_a_lodger_who_was_told_although_telling_may_be_dangerous_is_said_too():
    told = replace(LODGER, told_at=BEFORE)
    found = decide(TELFORD, recorded(parent(), told, flags=frozenset({Flag.SEXUAL_ABUSE})))
    about = {one.about for one in found.contradictions if one.kind is ContradictionKind.TOLD_ALTHOUGH_GUARDED}
    assert about == {"lodger"}


@pytest.mark.parametrize(
    ("capacity", "verdict"),
    [
        (Answer.NOT_KNOWN, Verdict.MAY_SHARE),
        (Answer.YES, Verdict.MAY_SHARE),
        (Answer.NO, Verdict.ADVICE_NEEDED),
    ],
)
def test_at_17_ones_own_agreement_is_enough_without_reasons_written_down(capacity, verdict):
    facts = recorded(child(Said.GIVEN), age=ChildAge.exactly(17), capacity=capacity)
    found = decide(TELFORD, facts)
    assert (found.verdict is Verdict.MAY_SHARE) is (verdict is Verdict.MAY_SHARE)
