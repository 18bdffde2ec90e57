"""The whole route table of each area: every situation that the field names, by day, at a level that nobody has judged.

Written by hand from the documents, beside the packs, so that neither is changed without the other. A situation that a
document doesn't speak of is carried by the rules that hold everywhere, and by a question to a person.
"""

from typing import Any

import pytest

from referrals.routing.domain.plan import Ask, RouteFacts, RoutePlan
from referrals.routing.domain.route import route
from tests.routing.plans import BY_DAY, BY_NIGHT, CHRISTMAS, HOLIDAYS, PACKS, doors
from thresholds.domain.check_when import Answer, ChildAge
from thresholds.domain.doors import Kind
from thresholds.domain.parts import AgencyKind, Flag, Harm

AREAS = sorted(PACKS)
MAIN = {
    "bury": "mash",
    "staffordshire": "first-response",
    "stoke-on-trent": "referral-team",
    "telford-and-wrekin": "family-connect",
    "wakefield": "front-door",
    "westmorland-and-furness": "childrens-hub",
}
NIGHT = {
    "staffordshire": "emergency-duty-service",
    "stoke-on-trent": "emergency-duty-team",
    "telford-and-wrekin": "emergency-duty-team",
    "westmorland-and-furness": "emergency-duty-team",
}
"""Bury's document names no out-of-hours team, and Wakefield's front door has its own inside."""
LOWER = {
    "bury": ("level-3", "early-help-consultants", "early-help-consultants"),
    "staffordshire": ("level-2", "first-response", "first-response"),
    "stoke-on-trent": ("level-2", "referral-team", "referral-team"),
    "telford-and-wrekin": ("vulnerable", "strengthening-families", "strengthening-families"),
    "wakefield": ("early-support", "link-worker", "family-hub"),
    "westmorland-and-furness": ("level-2", "childrens-hub", "childrens-hub"),
}
"""A lower level without harm: the level, and the help that a school and that a health visitor turn to."""

SITUATIONS: dict[str, tuple[dict[str, Any], str]] = {
    "a known case of FGM": ({"flags": "fgm", "harm": Harm.YES}, "nat-route-fgm-report"),
    "an allegation": ({"flags": "allegation_against_professional"}, "nat-route-allegation"),
    "radicalisation": ({"flags": "radicalisation"}, "nat-route-prevent"),
    "trafficking": ({"flags": "trafficking"}, "nat-route-nrm"),
    "exploitation for crime": ({"flags": "criminal_exploitation"}, "nat-route-nrm"),
    "sexual exploitation": ({"flags": "sexual_exploitation"}, "nat-route-nrm"),
    "private fostering": ({"flags": "private_fostering"}, "nat-route-private-fostering"),
    "an unborn baby": ({"flags": "unborn", "age": ChildAge(unborn=True)}, "nat-route-unborn"),
    "homeless at 16": ({"flags": "homeless_16_17", "age": ChildAge.exactly(16)}, "nat-route-homeless"),
    "abuse": ({"flags": "physical_abuse"}, "nat-route-abuse"),
    "somebody who may harm children": ({"flags": "person_posing_risk"}, "nat-route-abuse"),
    "alone in the country": ({"flags": "unaccompanied"}, "nat-route-unaccompanied"),
    "a young carer": ({"flags": "young_carer"}, "nat-route-young-carer"),
    "a disabled child": ({"flags": "disability"}, "nat-route-disability"),
    "missing": ({"flags": "missing"}, "nat-route-missing"),
    "a crime": ({"flags": "serious_crime"}, "nat-route-crime"),
    "soon 18": ({"age": ChildAge.exactly(17)}, "nat-route-turning-18"),
    "18": ({"age": ChildAge.exactly(18)}, "nat-route-adult"),
    "a social worker already": ({"open_case": True, "harm": Harm.SUSPECTED}, "nat-route-open-case"),
    "danger now": ({"flags": "immediate_danger", "harm": Harm.YES}, "nat-route-danger"),
}
LOCAL: dict[str, dict[str, str]] = {
    "bury": {
        "fgm": "by-route-fgm",
        "radicalisation": "by-route-radicalisation",
        "sexual_exploitation": "by-route-sexual-exploitation",
        "unborn": "by-route-unborn",
        "homeless_16_17": "by-route-homeless",
        "harmful_sexual_behaviour": "by-route-harmful-sexual-behaviour",
        "forced_marriage": "by-route-concerns",
        "allegation_against_professional": "by-route-allegation",
    },
    "staffordshire": {
        "criminal_exploitation": "sf-route-exploitation",
        "sexual_exploitation": "sf-route-exploitation",
        "allegation_against_professional": "sf-route-allegation",
    },
    "stoke-on-trent": {
        "criminal_exploitation": "st-route-exploitation",
        "sexual_exploitation": "st-route-exploitation",
        "allegation_against_professional": "st-route-allegation",
    },
    "telford-and-wrekin": {
        "fgm": "tw-route-fgm",
        "radicalisation": "tw-route-radicalisation",
        "criminal_exploitation": "tw-route-exploitation",
        "sexual_exploitation": "tw-route-sexual-exploitation",
        "non_mobile_injury": "tw-route-bruising",
        "allegation_against_professional": "tw-route-allegation",
    },
    "wakefield": {
        "radicalisation": "wk-route-exploitation",
        "criminal_exploitation": "wk-route-exploitation",
        "trafficking": "wk-route-exploitation",
        "serious_crime": "wk-route-crime",
        "neglect": "wk-route-neglect",
        "allegation_against_professional": "wk-route-allegation",
    },
    "westmorland-and-furness": {
        "radicalisation": "wf-route-outside-home",
        "criminal_exploitation": "wf-route-outside-home",
        "trafficking": "wf-route-outside-home",
        "allegation_against_professional": "wf-route-allegation",
    },
}
"""What each document itself routes by a circumstance, whatever the level."""


def made(area: str, now: Any = BY_DAY, **given: Any) -> RoutePlan:
    """The plan of a child of nine whose home is there and who is there, without harm unless it is given."""
    flags = frozenset({Flag(given.pop("flags"))}) if "flags" in given else frozenset()
    known: dict[str, Any] = {
        "home_area": area,
        "found_area": area,
        "harm": Harm.NO,
        "open_case": False,
        "age": ChildAge.exactly(9),
        "flags": flags,
    }
    return route(PACKS[area], RouteFacts(**known | given), now, HOLIDAYS, others=PACKS)


def said(plan: RoutePlan) -> set[str]:
    """The routes that say something in a plan: why a door receives, a step, a duty."""
    why = {one.rule for intake in plan.intakes for one in intake.why}
    return why | {step.rule for step in plan.steps} | {duty.rule for duty in plan.duties}


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("name", SITUATIONS)
def test_each_situation_reaches_social_care_and_says_what_only_a_person_can_do(area: str, name: str):
    given, rule = SITUATIONS[name]
    plan = made(area, **given)
    assert MAIN[area] in doors(plan), "while nobody has judged the level, it reaches the main front door"
    assert rule in said(plan)
    assert Ask.LEVEL in {question.key for question in plan.questions}


@pytest.mark.parametrize(
    "flag",
    [
        # whom social care owes a home by law
        *("homeless_16_17", "unaccompanied"),
        # of whom the council has to be told by law
        "private_fostering",
        # what the documents list, where they do, at their upper levels alone
        *("physical_abuse", "emotional_abuse", "harmful_sexual_behaviour", "person_posing_risk"),
    ],
)
@pytest.mark.parametrize("area", AREAS)
def test_what_only_social_care_may_look_at_reaches_it_whatever_level_is_judged(area: str, flag: str):
    for level in PACKS[area].levels:
        plan = made(area, flags=flag, judged=level.id, age=ChildAge.exactly(16))
        assert MAIN[area] in doors(plan), level.id
        assert {intake.kind for intake in plan.intakes}.isdisjoint({Kind.EARLY_HELP, Kind.CONSULTATION})


@pytest.mark.parametrize(("area", "flag"), [(area, flag) for area, routes in LOCAL.items() for flag in routes])
def test_what_a_document_routes_by_itself(area: str, flag: str):
    assert LOCAL[area][flag] in said(made(area, flags=flag))


@pytest.mark.parametrize("area", AREAS)
def test_every_route_of_a_pack_speaks_for_some_child(area: str):
    """No route is dead: the facts that it asks make it speak."""
    pack = PACKS[area]
    for one in pack.routes:
        when = one.when
        plan = made(
            area,
            BY_NIGHT if when.out_of_hours else BY_DAY,
            harm=when.harm[0] if when.harm else Harm.NO,
            judged=when.levels[0] if when.levels else None,
            age=ChildAge.exactly(when.age.from_years) if when.age and when.age.from_years else ChildAge.exactly(9),
            agency=when.agencies[0] if when.agencies else None,
            agreement=frozenset(when.agreement[:1]) or None,
            open_case=bool(when.open_case),
            fgm_known=Answer.YES,
            regulated=Answer.YES,
            **({"flags": when.flags[0].value} if when.flags else {}),
        )
        aside = {alternative.why.rule for alternative in plan.alternatives}
        assert one.id in said(plan) | aside, one.id


@pytest.mark.parametrize("area", AREAS)
def test_an_allegation_goes_to_the_designated_officer_with_a_working_day_before_any_inquiry(area: str):
    plan = made(area, flags="allegation_against_professional")
    assert "lado" in doors(plan)
    assert any(clock.deadline == "nat-lado" for clock in plan.clocks)
    assert "before you ask" in next(duty.text for duty in plan.duties if duty.rule == "nat-route-allegation")


@pytest.mark.parametrize("area", AREAS)
def test_an_allegation_follows_the_workplace_and_leaves_the_child_where_it_lives(area: str):
    other = "bury" if area != "bury" else "wakefield"
    plan = made(area, flags="allegation_against_professional", workplace_areas={other})
    assert f"{other}/lado" in doors(plan)
    assert "lado" not in doors(plan)


@pytest.mark.parametrize("area", AREAS)
def test_on_a_bank_holiday_whoever_is_on_duty_is_reached_as_by_night(area: str):
    """Christmas Day of 2026 is a Friday, at ten in the morning."""
    plan = made(area, CHRISTMAS, harm=Harm.SUSPECTED)
    assert sorted(doors(plan)) == sorted([MAIN[area], *([NIGHT[area]] if area in NIGHT else [])])
    assert plan.ring_first is not None


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("harm", [Harm.YES, Harm.SUSPECTED, Harm.NOT_SURE])
def test_harm_reaches_the_main_door_by_day_and_whoever_is_on_duty_by_night(area: str, harm: Harm):
    assert doors(made(area, harm=harm)) == [MAIN[area]]
    night = [NIGHT[area]] if area in NIGHT else []
    assert sorted(doors(made(area, BY_NIGHT, harm=harm))) == sorted([MAIN[area], *night])


@pytest.mark.parametrize("area", AREAS)
def test_another_areas_child_is_protected_where_they_are_and_the_home_area_is_told(area: str):
    other = "bury" if area != "bury" else "wakefield"
    assert doors(made(area, harm=Harm.SUSPECTED, found_area=other)) == [f"{other}/{MAIN[other]}", MAIN[area]]


@pytest.mark.parametrize("area", AREAS)
def test_without_a_fixed_address_the_area_where_the_child_is_takes_it_and_asks(area: str):
    plan = made(area, harm=Harm.SUSPECTED, home_area=None)
    assert doors(plan) == [MAIN[area]]
    assert plan.stands_in
    assert Ask.HOME_AREA in {question.key for question in plan.questions}


@pytest.mark.parametrize("area", AREAS)
def test_help_below_the_statutory_levels(area: str):
    level, school, health = LOWER[area]
    assert doors(made(area, judged=level, agency=AgencyKind.SCHOOL)) == [school]
    assert doors(made(area, judged=level, agency=AgencyKind.HEALTH)) == [health]


def test_in_bury_the_mash_gets_level_3_only_where_a_social_worker_may_have_to_lead():
    """B117: worries that last *and* a social worker who may have to lead; else the plan is registered (B197)."""
    plan = made("bury", judged="level-3")
    assert {"by-route-level-3", "by-route-oasis"} <= said(plan)
    (step,) = (one.text for one in plan.steps if one.rule == "by-route-oasis")
    assert "and it may take a social worker to lead" in step


@pytest.mark.parametrize("level", ["level-1", "level-2"])
def test_in_bury_one_agency_helps_and_doubt_is_a_call(level: str):
    """B73, B106: level 2 is one agency's. B262, B274: doubt about the threshold is the MASH's to answer."""
    plan = made("bury", judged=level)
    assert doors(plan) == ["mash"]
    assert [why.rule for intake in plan.intakes for why in intake.why] == ["no-route"]
    first, second = (one.text for one in plan.steps if one.rule == "by-route-doubt")
    assert "duty social worker at the MASH" in first
    assert "Early Help Consultant" in second


def test_in_bury_a_disabled_child_at_level_3_has_a_plan_beside_first_point():
    """B124: what stands for every child of level 3, and First Point."""
    plan = made("bury", judged="level-3", flags="disability")
    assert doors(plan) == ["first-point"]
    assert "by-route-disability-plan" in said(plan)


@pytest.mark.parametrize("harm", [Harm.YES, Harm.SUSPECTED, Harm.NOT_SURE])
def test_in_bury_a_social_worker_of_the_child_is_told_of_harm_whatever_the_level(harm: Harm):
    """B177; the MASH has it all the same."""
    plan = made("bury", harm=harm, judged="level-2", open_case=True)
    assert "by-route-open-case-harm" in said(plan)
    assert doors(plan) == ["mash"]


def test_in_wakefield_no_possible_harm_is_called_a_mere_need_of_a_disabled_child():
    """W205: an assessment for the level of need, rather than for a concern."""
    calm, harmed = (made("wakefield", flags="disability", judged="immediate", harm=h) for h in (Harm.NO, Harm.YES))
    assert "wk-route-disability" in said(calm)
    assert "wk-route-disability" not in said(harmed)
    assert any("police" in one.text for one in harmed.steps if one.rule == "wk-route-harm")


@pytest.mark.parametrize("flag", ["online_harm", "radicalisation", "trafficking", "gang"])
def test_in_westmorland_and_furness_threats_from_outside_the_home_bring_the_cerar_process(flag: str):
    """F143: the process, and no front door by it."""
    plan = made("westmorland-and-furness", flags=flag, judged="level-2")
    assert any("CERAR" in one.text for one in plan.steps)
    assert "wf-route-outside-home" not in {why.rule for intake in plan.intakes for why in intake.why}


@pytest.mark.parametrize("flag", ["neglect", "emotional_abuse"])
@pytest.mark.parametrize("harm", list(Harm))
def test_in_westmorland_and_furness_a_chronology_shows_what_builds_up(flag: str, harm: Harm):
    """F78."""
    plan = made("westmorland-and-furness", flags=flag, harm=harm)
    assert any("chronology" in one.text for one in plan.steps)
    assert "childrens-hub" in doors(plan)


@pytest.mark.parametrize("area", AREAS)
def test_only_a_known_case_is_a_duty_to_report_in_person(area: str):
    known = made(area, flags="fgm", harm=Harm.YES, fgm_known=Answer.YES, regulated=Answer.YES)
    assert [duty.certain for duty in known.duties if duty.rule == "nat-route-fgm-report"] == [True]
    risk = made(area, flags="fgm", harm=Harm.YES, fgm_known=Answer.NO)
    assert "nat-route-fgm-report" not in said(risk)
