"""Telford & Wrekin's whole route table, cell by cell: harm × level × hour, then circumstance by circumstance."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from referrals.routing.domain.plan import Ask
from tests.routing.plans import BY_DAY, BY_NIGHT, HOME, HOURS, POSSIBLE_HARM, TELFORD, WEEKEND, doors, planned
from thresholds.domain.check_when import Answer, ChildAge
from thresholds.domain.duties import Event
from thresholds.domain.hours import LONDON
from thresholds.domain.parts import Flag, Harm

LEVELS = [None, "universal", "vulnerable", "complex", "acute"]
FAMILY_CONNECT, DUTY_TEAM, EARLY_HELP = "family-connect", "emergency-duty-team", "strengthening-families"
FAMILY_CONNECT_NUMBER, DUTY_TEAM_NUMBER = "01952 385385", "01952 676500"

# (judged level) -> doors, urgent, ring first, help services named beside it; where harm is answered no.
WITHOUT_HARM = {
    None: ([FAMILY_CONNECT], False, True, [EARLY_HELP]),
    "universal": ([FAMILY_CONNECT], False, False, []),
    "vulnerable": ([EARLY_HELP], False, False, []),
    "complex": ([FAMILY_CONNECT], False, False, [EARLY_HELP]),
    "acute": ([FAMILY_CONNECT], True, True, []),
}


@pytest.mark.parametrize(("harm", "level", "hour"), [*itertools.product([*POSSIBLE_HARM, None], LEVELS, HOURS)])
def test_possible_harm_is_rung_and_sent_whatever_the_level(harm, level, hour):
    plan = planned(HOURS[hour], harm=harm, judged=level)
    assert doors(plan) == ([FAMILY_CONNECT] if hour == "day" else [FAMILY_CONNECT, DUTY_TEAM])
    assert plan.urgent
    assert all(intake.urgent and intake.ring_first for intake in plan.intakes)
    assert plan.alternatives == ()
    assert not {step.rule for step in plan.steps} & {"tw-route-universal", "tw-route-vulnerable"}
    ring = plan.ring_first
    assert ring is not None
    assert ring.ring_now is not None
    assert ring.ring_now.number == (FAMILY_CONNECT_NUMBER if hour == "day" else DUTY_TEAM_NUMBER)
    assert ring.ring_now.confirmed
    assert {line.number for line in (ring.ring_now, *ring.others)} == {FAMILY_CONNECT_NUMBER, DUTY_TEAM_NUMBER}


@pytest.mark.parametrize(("level", "hour"), [*itertools.product(LEVELS, HOURS)])
def test_without_harm_the_level_decides(level, hour):
    plan = planned(HOURS[hour], judged=level)
    expected, urgent, ring, beside = WITHOUT_HARM[level]
    assert doors(plan) == expected
    assert plan.urgent is urgent
    assert (plan.ring_first is not None) is ring
    assert list(dict.fromkeys(one.door for one in plan.alternatives)) == beside


# Circumstance beside the level Vulnerable and the answer "no harm" -> doors, urgent and rung first.
BY_FLAG = {
    Flag.IMMEDIATE_DANGER: ([FAMILY_CONNECT], True),
    Flag.NON_MOBILE_INJURY: ([FAMILY_CONNECT], True),
    Flag.SEXUAL_ABUSE: ([FAMILY_CONNECT], True),
    Flag.SEXUAL_ACTIVITY: ([FAMILY_CONNECT], True),  # the age isn't known: taken as under 13
    Flag.SEXUAL_ACTIVITY_UNDER_13: ([FAMILY_CONNECT], True),
    Flag.TRAFFICKING: ([FAMILY_CONNECT], True),
    Flag.FGM: ([FAMILY_CONNECT], True),
    Flag.FORCED_MARRIAGE: ([FAMILY_CONNECT], True),
    Flag.HONOUR_BASED_ABUSE: ([FAMILY_CONNECT], True),
    Flag.FABRICATED_ILLNESS: ([FAMILY_CONNECT], True),
    Flag.DISCLOSURE: ([FAMILY_CONNECT], True),
    Flag.SUICIDE_ATTEMPT: ([FAMILY_CONNECT], True),
    Flag.PHYSICAL_ABUSE: ([FAMILY_CONNECT], False),  # the documents list abuse at their upper levels alone
    Flag.EMOTIONAL_ABUSE: ([FAMILY_CONNECT], False),
    Flag.HARMFUL_SEXUAL_BEHAVIOUR: ([FAMILY_CONNECT], False),
    Flag.PERSON_POSING_RISK: ([FAMILY_CONNECT], False),
    Flag.PRIVATE_FOSTERING: ([FAMILY_CONNECT], False),  # the council has to be told (Children Act 1989, Part IX)
    Flag.HOMELESS_16_17: ([FAMILY_CONNECT], False),  # social care owes them a home by law (Children Act 1989, s20)
    Flag.UNACCOMPANIED: ([FAMILY_CONNECT], False),
    Flag.SEXUAL_EXPLOITATION: ([FAMILY_CONNECT], False),  # the family may not be told, so early help can't begin
}
BY_LEVEL = (Flag.CRIMINAL_EXPLOITATION, Flag.GANG, Flag.RADICALISATION)
"""The document names no door for these (T493-499): the level decides, and harm, as of every child."""


@pytest.mark.parametrize("flag", [flag for flag in Flag if flag is not Flag.ALLEGATION_AGAINST_PROFESSIONAL])
def test_each_circumstance_at_the_level_vulnerable(flag):
    plan = planned(judged="vulnerable", flags=[flag])
    expected, rung = BY_FLAG.get(flag, ([EARLY_HELP], False))
    assert doors(plan) == expected
    assert plan.urgent is rung
    assert (plan.ring_first is not None) is rung


@pytest.mark.parametrize("flag", BY_LEVEL)
@pytest.mark.parametrize(
    ("known", "expected", "routed"),
    [
        ({"judged": "universal"}, [FAMILY_CONNECT], False),  # no route leads anywhere, so the main door takes it
        ({"judged": "vulnerable"}, [EARLY_HELP], False),
        ({"judged": "complex"}, [FAMILY_CONNECT], True),
        ({"judged": "acute"}, [FAMILY_CONNECT], True),
        ({"judged": "vulnerable", "harm": Harm.NOT_SURE}, [FAMILY_CONNECT], False),
        ({}, [FAMILY_CONNECT], True),  # nobody has judged the level
    ],
)
def test_exploitation_for_crime_and_radicalisation_go_by_the_level_and_by_harm(flag, known, expected, routed):
    plan = planned(flags=[flag], **known)
    assert doors(plan) == expected
    why = {why.rule for intake in plan.intakes for why in intake.why}
    assert bool(why & {"tw-route-exploitation", "tw-route-radicalisation"}) is routed


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_to_be_done_about_exploitation_is_said_at_every_level(level):
    said = {one.rule for one in planned(judged=level, flags=[Flag.GANG]).steps}
    assert "tw-route-indicator" in said
    assert "tw-route-channel" in {one.rule for one in planned(judged=level, flags=[Flag.RADICALISATION]).steps}


def test_in_a_harm_route_no_consent_is_asked_for():
    """T179 over T692: consent isn't needed, and parents are told unless it is unsafe."""
    told = [one.text for one in planned(harm=Harm.SUSPECTED).steps if one.rule == "tw-route-harm"]
    assert any(text.startswith("No consent is needed. Tell the parents") for text in told)
    assert not any("onsider" in text for text in told)


def test_at_complex_without_harm_agreement_is_got_and_early_help_named_first():
    told = [one.text for one in planned(judged="complex").steps if one.rule == "tw-route-complex-in-need"]
    assert told[0].startswith("Early help")
    assert "agreement before you ring" in told[1]


def test_the_partnerships_page_on_bruises_stands_beside_the_card():
    assert "tw-route-bruising" in {one.rule for one in planned(flags=[Flag.NON_MOBILE_INJURY]).steps}


@pytest.mark.parametrize(("age", "said"), [(17, False), (18, True), (25, True), (26, False)])
def test_early_help_with_special_needs_goes_on_to_25(age, said):
    steps = {one.rule for one in planned(judged="vulnerable", age=ChildAge.exactly(age)).steps}
    assert ("tw-route-early-help-to-25" in steps) is said


@pytest.mark.parametrize("flag", sorted(BY_FLAG))
def test_an_override_out_of_hours_reaches_the_duty_team_too(flag):
    expected, rung = BY_FLAG[flag]
    plan = planned(BY_NIGHT, judged="universal", flags=[flag])
    assert doors(plan) == (expected if not rung else [FAMILY_CONNECT, DUTY_TEAM])


@pytest.mark.parametrize("flag", [Flag.IMMEDIATE_DANGER, Flag.SUICIDE_ATTEMPT])
def test_999_comes_first_where_life_is_in_danger(flag):
    plan = planned(flags=[flag])
    assert plan.ring_first is not None
    assert plan.ring_first.emergency


def test_what_cannot_wait_reaches_family_connect_at_any_level():
    plan = planned(judged="vulnerable", cannot_wait=True)
    assert doors(plan) == [FAMILY_CONNECT]
    assert plan.urgent
    assert plan.ring_first is not None


@pytest.mark.parametrize("level", ["complex", "acute"])
def test_a_disabled_child_has_its_own_route_and_step(level):
    plan = planned(judged=level, flags=[Flag.DISABILITY])
    assert doors(plan) == [FAMILY_CONNECT]
    assert "tw-route-disability" in {why.rule for why in plan.intakes[0].why}
    if level == "acute":
        assert "tw-route-disability" in {step.rule for step in plan.steps}


def test_every_route_of_the_document_speaks_somewhere():
    said = set()
    for harm, level, now in itertools.product([*Harm], LEVELS, [BY_DAY, BY_NIGHT]):
        for open_case in (True, False):
            flags, age = ([*Flag], 17) if open_case else ([], 18)
            plan = planned(now, harm=harm, judged=level, flags=flags, open_case=open_case, age=ChildAge.exactly(age))
            said |= {why.rule for intake in plan.intakes for why in intake.why}
            said |= {step.rule for step in plan.steps} | {duty.rule for duty in plan.duties}
            said |= {one.why.rule for one in plan.alternatives}
    assert {route.id for route in TELFORD.routes} <= said


# Allegations ------------------------------------------------------------------------------------------------------


def test_an_allegation_goes_to_the_designated_officer_and_not_to_early_help():
    plan = planned(judged="vulnerable", flags=[Flag.ALLEGATION_AGAINST_PROFESSIONAL])
    assert doors(plan) == ["lado"]
    assert [one.door for one in plan.alternatives] == ["strengthening-families"]  # an officer helps no child
    assert plan.urgent
    assert Ask.WORKPLACE_AREA in {question.key for question in plan.questions}


def test_whether_somebody_works_with_children_isnt_known_so_it_is_asked_and_the_designated_officer_named():
    plan = planned(harm=Harm.SUSPECTED, may_work_with_children=True)
    assert doors(plan) == [FAMILY_CONNECT]
    assert Ask.WORKS_WITH_CHILDREN in {question.key for question in plan.questions}
    (step,) = (one for one in plan.steps if one.rule == "may-work-with-children")
    assert "designated officer (LADO)" in step.text
    assert "Family Connect can say how to reach them." in step.text
    duties = {one.rule: one.certain for one in plan.duties}
    assert duties["nat-route-allegation"] is False


@pytest.mark.parametrize(
    "known", [{}, {"flags": [Flag.ALLEGATION_AGAINST_PROFESSIONAL], "may_work_with_children": True}]
)
def test_where_it_is_known_nothing_is_asked_of_it(known):
    plan = planned(harm=Harm.SUSPECTED, **known)
    assert Ask.WORKS_WITH_CHILDREN not in {question.key for question in plan.questions}
    assert "may-work-with-children" not in {one.rule for one in plan.steps}


def test_an_allegation_follows_the_workplace():
    plan = planned(flags=[Flag.ALLEGATION_AGAINST_PROFESSIONAL], workplace_areas={"bury"}, harm=Harm.SUSPECTED)
    assert doors(plan) == [FAMILY_CONNECT, "bury/lado"]
    assert Ask.WORKPLACE_AREA not in {question.key for question in plan.questions}


def test_an_allegation_whose_workplace_has_no_pack_stays_with_the_home_area():
    plan = planned(flags=[Flag.ALLEGATION_AGAINST_PROFESSIONAL], workplace_areas={"elsewhere"})
    assert doors(plan) == [FAMILY_CONNECT, "lado"]
    (step,) = (one for one in plan.steps if one.rule == "workplace-elsewhere")
    assert "council where they work within one working day" in step.text


def test_an_allegation_about_two_people_goes_to_the_officers_of_both_workplaces():
    flags = [Flag.ALLEGATION_AGAINST_PROFESSIONAL]
    both = planned(flags=flags, workplace_areas={"bury", HOME})
    assert {"lado", "bury/lado"} <= set(doors(both))
    one = planned(flags=flags, workplace_areas={"bury"}, workplace_open=True)
    assert {"lado", "bury/lado"} <= set(doors(one))
    assert Ask.WORKPLACE_AREA in {question.key for question in one.questions}
    beside = planned(flags=flags, workplace_areas={"bury", "elsewhere"})
    assert {"lado", "bury/lado"} <= set(doors(beside))
    assert "workplace-elsewhere" in {step.rule for step in beside.steps}


@pytest.mark.parametrize("workplace", [None, "telford-and-wrekin", "bury"])
def test_a_workplace_in_this_system_or_not_known_sends_nobody_elsewhere(workplace):
    plan = planned(flags=[Flag.ALLEGATION_AGAINST_PROFESSIONAL], workplace_areas={workplace} - {None})
    assert "workplace-elsewhere" not in {one.rule for one in plan.steps}


# Personal duties --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "regulated", "expected"),
    [
        (Answer.YES, Answer.YES, [True]),
        (Answer.YES, Answer.NOT_KNOWN, [False]),
        (Answer.NOT_KNOWN, Answer.YES, [False]),
        (Answer.NOT_KNOWN, Answer.NOT_KNOWN, [False]),
        (Answer.NO, Answer.YES, []),
        (Answer.YES, Answer.NO, []),
    ],
)
def test_a_known_fgm_case_is_reported_by_whoever_found_it_and_reminded_of_the_next_day(known, regulated, expected):
    plan = planned(flags=[Flag.FGM], fgm_known=known, regulated=regulated)
    assert [duty.certain for duty in plan.duties] == expected
    clocks = [clock for clock in plan.clocks if clock.after is Event.FGM_DISCOVERED]
    assert len(clocks) == len(expected)
    assert all(clock.outer_limit for clock in clocks)  # never a time to aim for
    assert all(clock.warn_at == clock.starts_at + timedelta(days=1) for clock in clocks)
    asked = {question.key for question in plan.questions} & {Ask.FGM_KNOWN, Ask.REGULATED}
    unknown = {ask for ask, said in ((Ask.FGM_KNOWN, known), (Ask.REGULATED, regulated)) if said is Answer.NOT_KNOWN}
    assert asked == (unknown if expected else set())


def test_a_report_of_fgm_that_was_made_is_not_asked_for_again():
    known: dict[str, Any] = {"flags": [Flag.FGM], "fgm_known": Answer.YES, "regulated": Answer.YES}
    plan = planned(**known, fgm_reported=True)
    assert plan.duties == ()
    assert not [clock for clock in plan.clocks if clock.after is Event.FGM_DISCOVERED]
    assert plan.urgent


LEARNED: list[tuple[Event, dict[str, Any], datetime, datetime | None]] = [
    # What was learned, when, and when it is due: a working day or a month after, whatever the day of the referral.
    (Event.ALLEGATION, {"allegation_at": BY_DAY - timedelta(days=1)}, BY_DAY, BY_DAY),
    (Event.ALLEGATION, {"allegation_at": BY_DAY - timedelta(days=30)}, BY_DAY, BY_DAY - timedelta(days=29)),
    (Event.ALLEGATION, {"allegation_at": None}, BY_DAY, BY_DAY + timedelta(days=1)),
    (Event.FGM_DISCOVERED, {"fgm_at": datetime(2026, 10, 12, 9, tzinfo=LONDON)}, BY_DAY, None),
    # Nobody learned of it tomorrow.
    (Event.ALLEGATION, {"allegation_at": BY_DAY + timedelta(days=1)}, BY_DAY, BY_DAY + timedelta(days=1)),
]


@pytest.mark.parametrize(("event", "learned", "now", "due"), LEARNED)
def test_a_time_counts_from_when_it_was_learned(event, learned, now, due):
    flag = {Event.ALLEGATION: Flag.ALLEGATION_AGAINST_PROFESSIONAL, Event.FGM_DISCOVERED: Flag.FGM}[event]
    plan = planned(now, flags=[flag], **learned)
    (clock,) = (one for one in plan.clocks if one.after is event)
    (moment,) = learned.values()
    assert clock.provisional is (moment is None)
    assert clock.starts_at == min(moment or now, now)
    assert clock.due_at == (due or datetime(2026, 11, 12, 9, tzinfo=LONDON))


@pytest.mark.parametrize(
    ("flag", "rule"),
    [
        (Flag.TRAFFICKING, "nat-route-nrm"),
        (Flag.CRIMINAL_EXPLOITATION, "nat-route-nrm"),
        (Flag.SEXUAL_EXPLOITATION, "nat-route-nrm"),
        (Flag.RADICALISATION, "nat-route-prevent"),
        (Flag.PRIVATE_FOSTERING, "nat-route-private-fostering"),
    ],
)
def test_other_personal_duties_are_reminded_of(flag, rule):
    assert [duty.rule for duty in planned(flags=[flag]).duties] == [rule]


def test_an_allocated_social_worker_is_told_too():
    told = {"nat-route-open-case"}
    assert told <= {step.rule for step in planned(harm=Harm.YES, open_case=True).steps}
    assert not told & {step.rule for step in planned(harm=Harm.YES, open_case=False).steps}
    unknown = planned(harm=Harm.YES, open_case=None)
    assert not told & {step.rule for step in unknown.steps}
    assert Ask.OPEN_CASE in {question.key for question in unknown.questions}


# Ring first, and the written form ---------------------------------------------------------------------------------


def test_out_of_hours_a_form_alone_reaches_nobody_until_morning():
    plan = planned(BY_NIGHT, harm=Harm.YES)
    assert plan.ring_first is not None
    assert plan.ring_first.out_of_hours is True
    assert plan.ring_first.note == "A form alone reaches nobody until morning."


def test_by_day_nothing_is_said_about_morning():
    plan = planned(BY_DAY, harm=Harm.YES)
    assert plan.ring_first is not None
    assert (plan.ring_first.out_of_hours, plan.ring_first.note) == (False, "")


def test_at_the_weekend_it_isnt_stated_whether_the_office_is_open():
    plan = planned(WEEKEND, harm=Harm.YES)
    assert plan.ring_first is not None
    assert plan.ring_first.out_of_hours is None
    assert "may reach nobody until morning" in plan.ring_first.note
    duty_team = plan.intakes[1]
    assert [why.certain for why in duty_team.why] == [False]
    # Nobody can answer what hour it is; level and age somebody may know.
    assert {question.key for question in plan.questions} == {Ask.LEVEL, Ask.AGE}


def test_the_form_follows_two_working_days_after_the_call():
    called = datetime(2026, 11, 5, 15, 30, tzinfo=UTC)  # Thursday
    plan = planned(BY_DAY, harm=Harm.YES, called_at=called)
    assert plan.written_by is not None
    assert plan.written_by.due_at == datetime(2026, 11, 9, 15, 30, tzinfo=UTC)
    assert not plan.written_by.provisional
    assert not plan.written_by.statutory


def test_without_a_recorded_call_the_time_is_as_if_rung_now():
    plan = planned(BY_DAY, harm=Harm.YES)
    assert plan.written_by is not None
    assert plan.written_by.provisional
    assert plan.written_by.due_at == datetime(2026, 11, 5, 10, 0, tzinfo=UTC)


def test_the_local_authoritys_times_count_from_sending():
    clocks = {clock.deadline: clock for clock in planned(BY_DAY, harm=Harm.YES).clocks}
    assert clocks["nat-acknowledge"].due_at == datetime(2026, 11, 4, 10, 0, tzinfo=UTC)
    assert clocks["nat-acknowledge"].statutory
    assert not clocks["nat-acknowledge"].provisional
    assert "nat-conference" not in clocks  # counts from a strategy discussion


def test_early_help_alone_starts_no_statutory_time():
    assert planned(judged="vulnerable").clocks == ()
