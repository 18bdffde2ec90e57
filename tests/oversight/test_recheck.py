"""One child by its own pack and by another: which way the level would have moved, and why."""

import pytest

from referrals.oversight.domain.recheck import NOTHING, OVERRIDES, UNKNOWN, Direction, recheck
from tests.thresholds.support import PACK, bent, parsed
from thresholds.domain.check_result import ChildFacts
from thresholds.domain.check_when import Answer
from thresholds.domain.parts import Flag, Harm

OWN = parsed()
RAISED = parsed(bent("level: low, wording: Often hungry.,", "level: high, wording: Often hungry.,"))
RANGED = parsed(bent("level: low, wording: Often hungry.,", "level: low, up_to: middle, wording: Often hungry.,"))
GONE = parsed(
    bent(
        "  - {id: sf-1, domain: care, level: low, wording: Often hungry., citation: {section: Tables, lines: 30}}\n", ""
    )
)
RENAMED = parsed(
    PACK.replace("id: middle, name: Middle", "id: medium, name: Medium").replace("level: middle", "level: medium")
)
HUNGRY = ChildFacts(descriptors=frozenset({"sf-1"}), harm=Harm.NO)
PROTECTED = ChildFacts(descriptors=frozenset({"sf-2"}), conditions={"protective": Answer.YES}, harm=Harm.NO)
IN_DANGER = ChildFacts(flags=frozenset({Flag.IMMEDIATE_DANGER}), harm=Harm.YES)


@pytest.mark.parametrize(
    ("packs", "facts", "levels", "direction"),
    [
        ((OWN, OWN), HUNGRY, ("low", "low"), Direction.SAME),
        ((OWN, RAISED), HUNGRY, ("low", "high"), Direction.UP),
        ((RAISED, OWN), HUNGRY, ("high", "low"), Direction.DOWN),
        ((OWN, RANGED), HUNGRY, ("low", "low~middle"), Direction.UP),
        ((RANGED, OWN), HUNGRY, ("low~middle", "low"), Direction.DOWN),
        ((OWN, GONE), HUNGRY, ("low", UNKNOWN), Direction.TO_UNKNOWN),
        ((GONE, OWN), HUNGRY, (UNKNOWN, "low"), Direction.FROM_UNKNOWN),
        ((OWN, RENAMED), PROTECTED, ("middle", "medium"), Direction.OTHER_LEVELS),
        ((OWN, RENAMED), HUNGRY, ("low", "low"), Direction.SAME),
        ((OWN, OWN), ChildFacts(), (UNKNOWN, UNKNOWN), Direction.SAME),
        ((OWN, RAISED), IN_DANGER, ("high", "high"), Direction.SAME),
    ],
)
def test_levels_before_and_after(packs, facts, levels, direction):
    own, other = packs
    moved = recheck(own, other, facts)
    assert ((moved.before, moved.after), moved.direction) == (levels, direction)


def test_what_decides_is_named_with_its_domain():
    assert recheck(OWN, RAISED, HUNGRY).because == {"sf-1"}
    assert recheck(OWN, RAISED, HUNGRY).domains == {"care"}
    assert recheck(RAISED, OWN, HUNGRY).because == {"sf-1"}
    assert recheck(OWN, OWN, HUNGRY).because == frozenset()
    assert recheck(OWN, OWN, HUNGRY).domains == {"care"}
    assert recheck(OWN, OWN, IN_DANGER).domains == {OVERRIDES}
    assert recheck(OWN, OWN, ChildFacts()).domains == {NOTHING}


def test_what_the_other_pack_lacks_is_a_finding_and_what_both_lack_is_none():
    facts = ChildFacts(descriptors=frozenset({"sf-1", "sf-99"}), harm=Harm.NO)
    assert recheck(OWN, GONE, facts).missing == {"sf-1"}
    assert recheck(OWN, RAISED, facts).missing == frozenset()


def test_section_47_lost_and_gained():
    lost, gained = recheck(RAISED, OWN, HUNGRY), recheck(OWN, RAISED, HUNGRY)
    assert (lost.s47_lost, lost.s47_gained) == (True, False)
    assert (gained.s47_lost, gained.s47_gained) == (False, True)
