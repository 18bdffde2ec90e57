"""Where an early help assessment goes, area by area: as its document says, and nowhere by itself where it is silent."""

import itertools

import pytest

from referrals.routing.domain.route import NOT_STATED, route
from tests.routing.plans import BY_DAY, HOLIDAYS, PACKS, POSSIBLE_HARM, doors, facts
from thresholds.domain.check import check
from thresholds.domain.check_result import ChildFacts
from thresholds.domain.parts import AgencyKind, Flag, Harm, LegalMeaning

# Area -> the door that a finished assessment goes to at any level without harm; by agency where the document asks.
DOORS = {
    "telford-and-wrekin": "strengthening-families",
    "bury": "early-help-consultants",
    "staffordshire": "first-response",
}


def planned(area, level, agency=AgencyKind.SCHOOL, **given):
    """The plan of an assessment of a child whose home is there."""
    known = {"home_area": area, "found_area": area, "judged": level, "agency": agency, "assessment": True}
    return route(PACKS[area], facts(**{**known, **given}), BY_DAY, HOLIDAYS, others=PACKS)


def calm_levels(area):
    """Levels that don't reach section 47."""
    return [one.id for one in PACKS[area].levels if not one.legal.reaches_s47]


ONLY_AT = {"bury": ["level-3"], "staffordshire": ["level-3"]}
"""Levels at which the document sends it, where it names some; it names none that reaches section 47 beside it here."""
CELLS = [(area, level) for area in DOORS for level in ONLY_AT.get(area) or calm_levels(area)]


@pytest.mark.parametrize(("area", "level"), CELLS)
def test_it_goes_where_the_document_says(area, level):
    plan = planned(area, level)
    assert doors(plan) == [DOORS[area]]
    assert not plan.urgent
    assert plan.ring_first is None
    (intake,) = plan.intakes
    assert any(why.rule == "assessment" and why.citation.document == "threshold" for why in intake.why)


@pytest.mark.parametrize("agency", list(AgencyKind))
def test_in_wakefield_the_agency_decides_whom_to_ask(agency):
    plan = planned("wakefield", "early-support", agency)
    school = agency in {AgencyKind.SCHOOL, AgencyKind.EARLY_YEARS}
    assert doors(plan) == ["link-worker" if school else "family-hub"]


def test_where_no_document_says_who_receives_it_nothing_is_sent_by_itself():
    silent = [("stoke-on-trent", level) for level in calm_levels("stoke-on-trent")]
    silent += [("staffordshire", level) for level in ("level-1", "level-2")]
    silent += [("bury", level) for level in ("level-1", "level-2", "level-4")]
    silent += [("westmorland-and-furness", level) for level in calm_levels("westmorland-and-furness")]
    for area, level in [*silent, ("wakefield", "no-additional")]:
        plan = planned(area, level)
        assert doors(plan) == [PACKS[area].main_door]
        assert [(one.here, one.why[0].rule) for one in plan.intakes] == [(False, NOT_STATED)]


@pytest.mark.parametrize(("area", "harm"), [*itertools.product(PACKS, POSSIBLE_HARM)])
def test_possible_harm_goes_where_a_referral_goes(area, harm):
    at_all = {"harm": harm, "found_area": area, "home_area": area}
    calm = calm_levels(area)[0]
    referral = route(PACKS[area], facts(**at_all, judged=calm), BY_DAY, HOLIDAYS, others=PACKS)
    assert doors(planned(area, calm, agency=None, harm=harm)) == doors(referral)


def test_a_level_that_may_mean_section_47_goes_to_the_front_door():
    for area, pack in PACKS.items():
        highest = pack.levels[-1]
        assert highest.legal in {LegalMeaning.S47, LegalMeaning.MIXED}
        assert pack.main_door in doors(planned(area, highest.id))


def test_the_other_routes_of_the_level_are_told_beside_it():
    plan = planned("telford-and-wrekin", "complex")
    assert {one.door for one in plan.alternatives} == {"family-connect"}


@pytest.mark.parametrize(
    ("level", "flags", "rule"),
    [("level-4", (), "by-route-level-4"), ("level-2", (Flag.DISABILITY,), "by-route-disability-mash")],
)
def test_in_bury_what_the_mash_has_to_have_isnt_sent_to_a_consultant(level, flags, rule):
    """B115, B137 and B228: the MASH; a plan is registered with the consultants where several agencies help (B197)."""
    plan = planned("bury", level, flags=frozenset(flags))
    assert doors(plan) == ["mash"]
    (intake,) = plan.intakes
    assert [one.rule for one in intake.why] == [NOT_STATED, rule], "in sight, and not among further help"
    assert rule in {one.rule for one in plan.steps}
    assert "mash" not in {one.door for one in plan.alternatives}


def test_of_several_levels_the_highest_says_where_it_goes():
    """A judgement of level 4 over signs of level 3 isn't registered as early help."""
    struggling = next(one.id for one in PACKS["bury"].descriptors if one.citation.lines == "120-123")
    of_level_three = check(PACKS["bury"], ChildFacts(descriptors=frozenset({struggling}), harm=Harm.NO))
    assert doors(planned("bury", "level-3", check=of_level_three)) == ["early-help-consultants"]
    assert doors(planned("bury", "level-4", check=of_level_three)) == ["mash"]


@pytest.mark.parametrize("level", calm_levels("westmorland-and-furness"))
@pytest.mark.parametrize("assessment", [True, False])
def test_the_family_help_team_of_westmorland_and_furness_is_asked_and_gets_nothing_written(level, assessment):
    """F113-120: consultation, and help with an assessment."""
    plan = planned("westmorland-and-furness", level, assessment=assessment)
    assert doors(plan) == ["childrens-hub"]
    assert {one.door for one in plan.alternatives} == {"family-help-team"}
