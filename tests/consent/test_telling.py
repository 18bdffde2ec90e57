"""Who is told, when, and the guard on telling the family."""

import pytest

from consent.domain.decide import decide
from consent.domain.facts import NotSeeking, Person, Relation, Said
from consent.domain.result import ContradictionKind, TellWhen
from tests.consent.support import AREAS, PACKS, child, parent, recorded
from thresholds.domain.check_when import Answer, ChildAge
from thresholds.domain.parts import Flag, Harm

TELFORD = PACKS["telford-and-wrekin"]
BURY = PACKS["bury"]
WAKEFIELD = PACKS["wakefield"]


def kinds(found):
    return {one.kind for one in found.contradictions}


def questions(found):
    return {one.question for one in found.missing}


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize(
    "flag", [Flag.SEXUAL_ABUSE, Flag.FABRICATED_ILLNESS, Flag.FORCED_MARRIAGE, Flag.HONOUR_BASED_ABUSE, Flag.FGM]
)
def test_the_guard_on_telling_holds_in_every_area(area, flag):
    facts = recorded(parent(), child(), flags=frozenset({flag}), harm=Harm.SUSPECTED)
    found = decide(PACKS[area], facts)
    assert found.guard.holds
    by_relation = {entry.relation: entry.when for entry in found.tell}
    assert by_relation[Relation.PARENT] is TellWhen.NOT_YET
    assert by_relation[Relation.CHILD] is TellWhen.ASK_FRONT_DOOR
    assert by_relation[None] is TellWhen.BEFORE


@pytest.mark.parametrize("flag", [Flag.SEXUAL_ABUSE, Flag.FABRICATED_ILLNESS, Flag.FORCED_MARRIAGE, Flag.FGM])
@pytest.mark.parametrize("area", AREAS)
def test_only_the_front_door_lifts_the_guard_and_burys_three_are_absolute(area, flag):
    facts = recorded(parent(), flags=frozenset({flag}), harm=Harm.YES, lifted_by_front_door=True)
    found = decide(PACKS[area], facts)
    absolute = area == "bury" and flag is not Flag.FGM
    assert found.guard.absolute is absolute
    assert found.guard.holds is absolute


@pytest.mark.parametrize("reason", sorted(set(NotSeeking)))
def test_a_recorded_risk_guards_and_delay_only_moves_the_telling(reason):
    found = decide(TELFORD, recorded(parent(Said.NOT_SOUGHT), harm=Harm.YES, not_seeking=frozenset({reason})))
    late = reason in {NotSeeking.HARMFUL_DELAY, NotSeeking.NOT_REACHED}
    assert found.guard.holds is not late
    assert found.tell[0].when is (TellWhen.AFTER if late else TellWhen.NOT_YET)


def test_under_13_and_risk_of_telling_guard_too():
    under_13 = recorded(parent(), flags=frozenset({Flag.SEXUAL_ACTIVITY}), age=ChildAge.exactly(12))
    assert decide(WAKEFIELD, under_13).guard.holds
    risk = decide(WAKEFIELD, recorded(parent(), risk_from_telling=True))
    assert risk.guard.holds
    assert "risk_from_telling_why" in questions(risk)


@pytest.mark.parametrize("area", AREAS)
def test_people_who_are_not_on_record_stand_on_the_list(area):
    found = decide(PACKS[area], recorded(care_order=Answer.YES))
    assert [entry.relation for entry in found.tell] == [Relation.PARENT, Relation.LOCAL_AUTHORITY, Relation.CHILD]
    assert ContradictionKind.CARE_ORDER in kinds(found)


def test_the_unborn_child_is_told_nothing_and_outsiders_only_when_it_is_about_them():
    shared = Person(id="uncle", relation=Relation.OTHER_ADULT)
    left_out = Person(id="aunt", relation=Relation.OTHER_ADULT, information_shared=False)
    found = decide(BURY, recorded(parent(), shared, left_out, age=ChildAge(unborn=True)))
    assert [entry.person for entry in found.tell] == ["parent", "uncle"]
    assert "child_view" not in questions(found)
