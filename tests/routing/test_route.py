"""What holds in every area: harm is never stopped, no plan is empty, and what isn't known takes nothing away."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referrals.routing.domain.plan import Ask, ReferralPlan, RouteFacts
from referrals.routing.domain.route import STAND_BACK, route
from tests.routing.plans import (
    BY_DAY,
    BY_NIGHT,
    HOLIDAYS,
    HOME,
    HOURS,
    PACKS,
    POSSIBLE_HARM,
    TELFORD,
    doors,
    facts,
    planned,
)
from thresholds.domain.check import check
from thresholds.domain.check_result import ChildFacts
from thresholds.domain.check_when import AGE_NOT_KNOWN, Answer, ChildAge
from thresholds.domain.parts import AgencyKind, Agreement, Flag, Harm

AREAS = st.sampled_from([*PACKS, "elsewhere", None])
MOMENTS = st.sampled_from(sorted(HOURS.values()))


@st.composite
def any_facts(draw: st.DrawFn, /, **given: Any) -> tuple[Any, RouteFacts]:
    """A pack and facts of any child, as much or as little of them as may be known."""
    pack = PACKS[draw(st.sampled_from(sorted(PACKS)))]
    drawn: dict[str, Any] = {
        "home_area": st.sampled_from([pack.area.slug, "elsewhere", None]),
        "found_area": AREAS,
        "workplace_areas": st.frozensets(AREAS.filter(lambda area: area is not None)),
        "workplace_open": st.booleans(),
        "harm": st.sampled_from([*Harm, None]),
        "judged": st.sampled_from([*pack.level_order, None]),
        "flags": st.frozensets(st.sampled_from(Flag), max_size=4),
        "age": st.sampled_from([AGE_NOT_KNOWN, ChildAge.exactly(6), ChildAge.exactly(14), ChildAge(unborn=True)]),
        "agency": st.sampled_from([*AgencyKind, None]),
        "agreement": st.none() | st.frozensets(st.sampled_from(Agreement)),
        "open_case": st.sampled_from([True, False, None]),
        "cannot_wait": st.booleans(),
        "fgm_known": st.sampled_from(Answer),
        "regulated": st.sampled_from(Answer),
        "fgm_reported": st.booleans(),
    }
    return pack, RouteFacts(**{name: draw(given.get(name, strategy)) for name, strategy in drawn.items()})


def made(pack: Any, of: RouteFacts, now: datetime, here: Any = None) -> Any:
    return route(pack, of, now, HOLIDAYS, others=PACKS, here=here)


@given(any_facts(harm=st.sampled_from(POSSIBLE_HARM)), MOMENTS)
def test_possible_harm_always_reaches_the_main_door_as_urgent_and_rung_first(child, now):
    pack, of = child
    plan = made(pack, of, now)
    assert plan.urgent
    assert plan.ring_first is not None
    main = [one for one in plan.intakes if one.key == (pack.area.slug, pack.main_door)]
    assert [(one.urgent, one.ring_first) for one in main] == [(True, True)]


@given(any_facts(), MOMENTS, st.booleans())
def test_no_plan_is_ever_empty_and_each_door_stands_once_with_a_reason(child, now, nowhere):
    pack, of = child
    plan = made(pack, of, now, here=frozenset() if nowhere else None)
    keys = [intake.key for intake in plan.intakes]
    assert keys
    assert len(keys) == len(set(keys))
    assert all(intake.why and all(why.text for why in intake.why) for intake in plan.intakes)


UNKNOWN = {"harm": None, "judged": None, "agency": None, "open_case": None, "age": AGE_NOT_KNOWN, "agreement": None}


def reached(plan: Any) -> set[tuple[str, str]]:
    """Doors beside those of early help and consultation, which stand back by rule."""
    return {intake.key for intake in plan.intakes if intake.kind not in STAND_BACK}


@settings(max_examples=500)
@given(any_facts(), MOMENTS, st.sampled_from(sorted(UNKNOWN)))
def test_what_isnt_known_never_takes_an_intake_away(child, now, name):
    """Whatever the answer would be, the doors that it leads to are reached without it."""
    pack, of = child
    with_answer, without = made(pack, of, now), made(pack, replace(of, **{name: UNKNOWN[name]}), now)
    doors = reached(with_answer)
    if name == "judged":
        # Harm is a question of its own. Where it is answered no and nothing chosen speaks of protection, only a level
        # that somebody judged brings in the area where the child is; the home area's door has it all the same.
        doors = {door for door in doors if door[0] == pack.area.slug or door[0] != of.found_area}
    assert doors <= reached(without)


def test_where_the_child_is_hears_of_it_once_a_level_of_protection_is_judged():
    pack, found = PACKS["bury"], PACKS["staffordshire"]
    of = RouteFacts(home_area="bury", found_area="staffordshire", harm=Harm.NO, judged="level-5")
    assert (found.area.slug, found.main_door) in reached(made(pack, of, BY_DAY))
    assert (pack.area.slug, pack.main_door) in reached(made(pack, replace(of, judged=None), BY_DAY))


@given(any_facts(), MOMENTS)
def test_a_route_that_hangs_on_an_unknown_fact_asks_for_it(child, now):
    pack, of = child
    plan = made(pack, of, now)
    asked = {rule for question in plan.questions for rule in question.about}
    by_hour = {one.id for one in pack.routes if one.when.out_of_hours is not None}
    uncertain = {why.rule for intake in plan.intakes for why in intake.why if not why.certain}
    assert uncertain <= asked | by_hour
    assert (Ask.HARM in {question.key for question in plan.questions}) is (of.harm is None)


@given(any_facts(), MOMENTS)
def test_a_plan_is_the_same_again_and_turns_into_plain_json(child, now):
    pack, of = child
    first, second = made(pack, of, now), made(pack, of, now)
    assert first == second
    assert json.loads(json.dumps(first.to_dict())) == first.to_dict()


@given(any_facts(), MOMENTS)
def test_early_help_gets_nothing_that_another_door_has(child, now):
    pack, of = child
    kinds = {intake.kind for intake in made(pack, of, now).intakes}
    assert kinds <= STAND_BACK or kinds.isdisjoint(STAND_BACK)


# Areas ------------------------------------------------------------------------------------------------------------


def test_protection_goes_first_to_where_the_child_is_and_the_home_area_is_told():
    plan = planned(harm=Harm.YES, found_area="wakefield")
    assert doors(plan) == ["wakefield/front-door", "family-connect"]
    assert plan.ring_first is not None
    assert plan.ring_first.ring_now is not None
    assert (plan.ring_first.area, plan.ring_first.ring_now.number) == ("wakefield", "0345 8503 503")


def test_out_of_hours_the_other_areas_duty_team_is_reached_too():
    plan = planned(BY_NIGHT, harm=Harm.YES, found_area="staffordshire")
    assert doors(plan)[:2] == ["staffordshire/first-response", "staffordshire/emergency-duty-service"]
    assert plan.ring_first is not None
    assert plan.ring_first.ring_now is not None
    assert plan.ring_first.ring_now.confirmed is False  # a newer page's number


def test_without_a_need_for_protection_the_home_area_alone_has_it():
    assert doors(planned(judged="complex", found_area="wakefield")) == ["family-connect"]


def test_an_area_without_a_pack_is_rung_by_the_practitioner():
    plan = planned(harm=Harm.YES, found_area="elsewhere")
    assert doors(plan) == ["family-connect"]
    assert "found-elsewhere" in {step.rule for step in plan.steps}


@pytest.mark.parametrize(("home", "rule"), [(None, "home-not-known"), ("elsewhere", "home-elsewhere")])
def test_a_pack_that_stands_in_says_so(home, rule):
    plan = planned(harm=Harm.YES, home_area=home)
    assert plan.stands_in
    assert rule in {step.rule for step in plan.steps}
    assert doors(plan) == ["family-connect"]
    assert not planned(harm=Harm.YES).stands_in


def test_a_judgement_by_another_areas_levels_is_not_known_here():
    of = facts(judged="level-5")
    assert Ask.LEVEL in {question.key for question in made(TELFORD, of, BY_DAY).questions}


def test_a_missing_number_stays_missing():
    plan = route(PACKS["bury"], facts(home_area="bury", found_area="bury", harm=Harm.YES), BY_DAY, HOLIDAYS)
    assert plan.ring_first is not None
    assert plan.ring_first.ring_now is not None
    assert plan.ring_first.ring_now.number is None


# The threshold check, and teams that receive ----------------------------------------------------------------------


def test_a_range_that_reaches_up_takes_the_higher_route():
    acute = next(one.id for one in TELFORD.descriptors if one.level == "acute" and one.raises and not one.flags)
    result = check(TELFORD, ChildFacts(descriptors=frozenset({acute}), harm=Harm.NO))
    plan = planned(judged="vulnerable", check=result)
    assert doors(plan) == ["family-connect"]
    assert plan.urgent


def test_flags_of_the_check_and_further_ones_both_speak():
    result = check(TELFORD, ChildFacts(flags=frozenset({Flag.RADICALISATION}), harm=Harm.NO))
    plan = planned(judged="vulnerable", check=result, flags=[Flag.DISCLOSURE])
    assert {duty.rule for duty in plan.duties} == {"nat-route-prevent"}
    assert {reason.about for reason in plan.urgent_reasons} == {"nat-disclosure"}


def test_a_door_that_isnt_here_is_shown_and_the_main_door_takes_it():
    here = frozenset({(HOME, "family-connect")})
    plan = planned(judged="vulnerable", here=here)
    assert [(intake.door, intake.here) for intake in plan.intakes] == [
        ("strengthening-families", False),
        ("family-connect", True),
    ]
    assert plan.intakes[0].channels == (
        "Signed assessment and Family Circles: StrengtheningfamiliesBSO@telford.gov.uk",
    )


def test_an_allegation_reaches_somebody_where_no_designated_officer_is_here():
    here = frozenset({(HOME, "family-connect")})
    plan = planned(flags=[Flag.ALLEGATION_AGAINST_PROFESSIONAL], judged="universal", here=here)
    assert [(intake.door, intake.here) for intake in plan.intakes] == [("lado", False), ("family-connect", True)]


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        planned(datetime(2026, 11, 3, 10))  # noqa: DTZ001 (that is the point)


# Several children -------------------------------------------------------------------------------------------------


def test_siblings_go_different_ways_and_each_door_is_told_of_its_own():
    at_risk, fine = planned(harm=Harm.YES), planned(judged="vulnerable")
    plan = ReferralPlan({"fine": fine, "at-risk": at_risk, "too": planned(harm=Harm.NOT_SURE)})
    assert plan.urgent
    assert [(one.door, one.urgent, one.children) for one in plan.destinations()] == [
        ("family-connect", True, ("at-risk", "too")),
        ("strengthening-families", False, ("fine",)),
    ]
    body = json.loads(json.dumps(plan.to_dict()))
    assert list(body["children"]) == ["fine", "at-risk", "too"]
    assert [one["door"] for one in body["destinations"]] == ["family-connect", "strengthening-families"]


def test_a_referral_without_a_recorded_child_goes_all_the_same():
    (one,) = ReferralPlan({"": planned(harm=Harm.NOT_SURE)}).destinations()
    assert (one.door, one.urgent, one.children) == ("family-connect", True, ())
