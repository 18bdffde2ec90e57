"""What the route plan reads of the answers: areas, workplaces, calls, and when something was learned."""

from datetime import UTC, datetime
from typing import Any

import pytest

from referrals.casework.domain.facts import route_facts
from referrals.record.domain.draft import PersonAnswers
from referrals.routing.domain.plan import RouteFacts
from tests.casework.answers import ON, draft, person
from thresholds.domain.check_when import Answer
from thresholds.domain.parts import AgencyKind, Agreement


def routed(child: PersonAnswers, **pages: dict[str, Any]) -> RouteFacts:
    return route_facts(draft(child, pages=pages), child, agency=None, on=ON, check=None, judged=None, agreement=None)


def test_areas_call_and_workplace_for_the_route():
    child = person(child_home={"home_area": "telford-and-wrekin", "found_area": "not_known"})
    case = draft(
        child,
        pages={
            "alleged": {
                "alleged_works_with_children": "yes",
                "alleged_area": "stoke-on-trent",
                "alleged_learned_on": "2026-11-15",
            },
            "ring_first": {"rang": "yes", "rang_on": "2026-11-16", "rang_at": "4:30pm"},
            "start": {"cannot_wait": "yes"},
        },
    )
    facts = route_facts(
        case, child, agency=AgencyKind.SCHOOL, on=ON, check=None, judged="acute", agreement=frozenset({Agreement.GIVEN})
    )
    assert (facts.home_area, facts.found_area) == ("telford-and-wrekin", None)
    assert facts.workplace_areas == {"stoke-on-trent"}
    assert not facts.workplace_open
    assert facts.allegation_at == datetime(2026, 11, 15, 9, tzinfo=UTC)
    assert facts.called_at == datetime(2026, 11, 16, 16, 30, tzinfo=UTC)
    assert (facts.judged, facts.cannot_wait, facts.agreement) == ("acute", True, frozenset({Agreement.GIVEN}))
    assert {facts.fgm_known, facts.regulated} == {Answer.NOT_KNOWN}
    assert (facts.fgm_at, facts.fgm_reported) == (None, False)


def test_what_only_the_practitioner_knows_of_fgm():
    said = {"fgm_known": "yes", "fgm_regulated": "no", "fgm_learned_on": "2026-07-16", "fgm_reported": "yes"}
    child = person(fgm=said)
    facts = routed(child)
    assert (facts.fgm_known, facts.regulated, facts.fgm_reported) == (Answer.YES, Answer.NO, True)
    assert facts.fgm_at == datetime(2026, 7, 16, 8, tzinfo=UTC)
    assert routed(person(fgm={**said, "fgm_learned_on": "2026-07"})).fgm_at is None


# who is alleged, and the others → the areas where they work with children, and whether one of those isn't known
WORKPLACES: list[tuple[dict[str, object], set[str], bool]] = [
    ({}, set(), False),
    ({"alleged_works_with_children": "yes", "alleged_area": "bury"}, {"bury"}, False),
    ({"alleged_works_with_children": "yes", "alleged_area": "not_known"}, set(), True),
    ({"alleged_works_with_children": "no", "alleged_area": "bury"}, set(), False),
    (
        {
            "alleged_works_with_children": "yes",
            "alleged_area": "bury",
            "alleged_others": [
                {"who": "A coach", "works": "yes", "work_area": "wakefield"},
                {"who": "An uncle", "works": "no", "work_area": "stoke-on-trent"},
            ],
        },
        {"bury", "wakefield"},
        False,
    ),
    ({"alleged_others": [{"who": "A coach", "works": "yes"}]}, set(), True),
]


@pytest.mark.parametrize(("alleged", "areas", "is_open"), WORKPLACES)
def test_where_those_work_whom_an_allegation_is_about(alleged, areas, is_open):
    facts = routed(person(), alleged=alleged)
    assert facts.workplace_areas == areas
    assert facts.workplace_open is is_open


@pytest.mark.parametrize(
    ("ring_first", "expected"),
    [
        ({"rang": "yes", "rang_on": "2026-07-16", "rang_at": "9.15 am"}, datetime(2026, 7, 16, 8, 15, tzinfo=UTC)),
        ({"rang": "yes", "rang_on": "2026-11-16", "rang_at": "about noon"}, datetime(2026, 11, 16, tzinfo=UTC)),
        ({"rang": "yes", "rang_on": "2026-11-16", "rang_at": "16:05"}, datetime(2026, 11, 16, 16, 5, tzinfo=UTC)),
        ({"rang": "yes", "rang_on": "2026-11-16", "rang_at": "12am"}, datetime(2026, 11, 16, tzinfo=UTC)),
        ({"rang": "yes", "rang_on": "2026-11-16", "rang_at": "13pm"}, datetime(2026, 11, 16, tzinfo=UTC)),
        ({"rang": "yes", "rang_on": "2026-11-16", "rang_at": "25:70"}, datetime(2026, 11, 16, tzinfo=UTC)),
        ({"rang": "yes", "rang_on": "2026-11"}, None),
        ({"rang": "yes", "rang_on_not_known": True}, None),
        ({"rang": "tried", "rang_on": "2026-11-16"}, None),
        ({"rang": "no"}, None),
    ],
)
def test_when_the_call_was_made(ring_first, expected):
    child = person()
    facts = route_facts(
        draft(child, pages={"ring_first": ring_first}),
        child,
        agency=None,
        on=ON,
        check=None,
        judged=None,
        agreement=None,
    )
    assert facts.called_at == expected
