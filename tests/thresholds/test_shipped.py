"""The packs that ship: what the documents state, what they leave out, and the wording of every code."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

from thresholds import files, wording
from thresholds.domain.doors import Kind, Status, Takes
from thresholds.domain.duties import Effect, Event, NoteKind, Silent, Unit
from thresholds.domain.parts import AgencyKind, Agreement, Flag, Harm, LegalMeaning
from thresholds.domain.reference import reference
from thresholds.presenters import LEGAL

PACKS = {pack.area.slug: pack for pack in files.shipped_packs()}
ROOT = Path(__file__).resolve().parents[2]


def test_all_six_areas_ship():
    assert set(PACKS) == {
        "bury",
        "staffordshire",
        "stoke-on-trent",
        "telford-and-wrekin",
        "wakefield",
        "westmorland-and-furness",
    }


@pytest.mark.parametrize(
    ("area", "levels"),
    [
        ("wakefield", [None, None, None, None]),
        ("westmorland-and-furness", [1, 2, 3, 4]),
        ("bury", [1, 2, 3, 4, 5]),
        ("stoke-on-trent", [1, 2, 3, 4]),
        ("staffordshire", [1, 2, 3, 4]),
        ("telford-and-wrekin", [None, None, None, None]),
    ],
)
def test_levels_bear_a_number_where_the_document_gives_one(area, levels):
    assert [level.number for level in PACKS[area].levels] == levels


@pytest.mark.parametrize(
    ("area", "legal"),
    [
        ("wakefield", ["none", "none", "s17", "mixed"]),
        ("westmorland-and-furness", ["none", "none", "none", "mixed"]),
        ("bury", ["none", "none", "none", "s17", "s47"]),
        ("stoke-on-trent", ["none", "none", "none", "mixed"]),
        ("staffordshire", ["none", "none", "none", "mixed"]),
        ("telford-and-wrekin", ["none", "none", "s17", "mixed"]),
    ],
)
def test_what_levels_mean_in_law(area, legal):
    assert [level.legal.value for level in PACKS[area].levels] == legal


@pytest.mark.parametrize(
    ("area", "numbers"),
    [
        ("wakefield", {("0345 8503 503", "stated")}),
        ("westmorland-and-furness", {("0300 373 2724", "unconfirmed")}),
        ("bury", {("0161 253 5200", "unconfirmed")}),
        (
            "stoke-on-trent",
            {("01782 235100", "stated"), ("01782 237460", "stated"), ("01782 234234", "unconfirmed")},
        ),
        ("staffordshire", {("0800 1313126", "unconfirmed"), ("0345 604 2886", "unconfirmed")}),
        ("telford-and-wrekin", {("01952 385385", "stated"), ("01952 676500", "stated")}),
    ],
)
def test_numbers_are_those_of_the_documents_and_no_others(area, numbers):
    lines = [line for door in PACKS[area].front_doors for line in door.numbers if line.number]
    assert {(line.number, line.status.value) for line in lines} == numbers


def test_a_stated_number_is_cited_from_the_areas_own_document():
    for pack in PACKS.values():
        for door in pack.front_doors:
            for line in door.numbers:
                if line.status is Status.STATED:
                    assert line.citation is not None
                    assert line.citation.document == "threshold"


@pytest.mark.parametrize(
    ("area", "topic"),
    [
        ("bury", Silent.FRONT_DOOR_NUMBER),
        ("bury", Silent.OUT_OF_HOURS_NUMBER),
        ("westmorland-and-furness", Silent.FRONT_DOOR_NUMBER),
        ("westmorland-and-furness", Silent.DESCRIPTORS),
        ("wakefield", Silent.OUT_OF_HOURS_NUMBER),
        ("wakefield", Silent.COMPETENCE),
        ("telford-and-wrekin", Silent.ESCALATION_STAGES),
    ],
)
def test_silence_is_told(area, topic):
    assert PACKS[area].is_silent(topic)


def test_the_consultation_line_is_stokes_alone():
    """S644: nine to four, professionals only; easily taken for Telford & Wrekin's."""
    line = PACKS["stoke-on-trent"].doors_by_id["consultation-line"]
    assert line.kind is Kind.CONSULTATION
    (opening,) = line.hours[0].openings
    assert (opening.opens.hour, opening.closes.hour) == (9, 16)
    assert all(door.kind is not Kind.CONSULTATION for door in PACKS["telford-and-wrekin"].front_doors)


@pytest.mark.parametrize(
    ("area", "ages"),
    [
        ("westmorland-and-furness", {14}),  # F212: over 13, which isn't 13 and over
        ("telford-and-wrekin", {12}),
        ("wakefield", set()),
        ("bury", set()),
        ("stoke-on-trent", set()),
        ("staffordshire", set()),
    ],
)
def test_ages_that_prompt_are_the_documents(area, ages):
    assert {rule.prompt_age for rule in PACKS[area].consent_rules if rule.prompt_age} == ages


def test_not_asking_a_parent_needs_a_manager_in_two_areas_only():
    """S585."""
    with_rule = {
        slug
        for slug, pack in PACKS.items()
        if any(Effect.MANAGER_APPROVES in rule.effects for rule in pack.consent_rules)
    }
    assert with_rule == {"stoke-on-trent", "staffordshire"}


def test_burys_three_situations_are_absolute():
    """B246."""
    (rule,) = [rule for rule in PACKS["bury"].consent_rules if Effect.NEVER_TELL in rule.effects]
    assert set(rule.when.flags) == {Flag.SEXUAL_ABUSE, Flag.FABRICATED_ILLNESS, Flag.FORCED_MARRIAGE}
    assert rule.unless == ()


def test_the_written_form_follows_within_two_working_days():
    """T693, T719; no document has a follow-up after three days."""
    (deadline,) = [d for d in PACKS["telford-and-wrekin"].deadlines if d.id == "tw-form-after-call"]
    assert (deadline.amount, deadline.unit, deadline.after) == (2, Unit.WORKING_DAYS, Event.CALL)
    assert not [d for pack in PACKS.values() for d in pack.deadlines if (d.amount, d.unit) == (3, Unit.WORKING_DAYS)]


def test_a_month_for_fgm_is_an_outer_limit_everywhere():
    for pack in PACKS.values():
        (deadline,) = [d for d in pack.deadlines if d.after is Event.FGM_DISCOVERED]
        assert deadline.outer_limit
        assert deadline.statutory


@pytest.mark.parametrize("area", PACKS)
def test_every_area_has_the_national_overrides(area):
    flags = {flag for override in PACKS[area].overrides for flag in override.when.flags}
    assert {
        Flag.IMMEDIATE_DANGER,
        Flag.DISCLOSURE,
        Flag.SEXUAL_ABUSE,
        Flag.SEXUAL_ACTIVITY_UNDER_13,
        Flag.FGM,
        Flag.NON_MOBILE_INJURY,
        Flag.FABRICATED_ILLNESS,
        Flag.FORCED_MARRIAGE,
        Flag.HONOUR_BASED_ABUSE,
        Flag.TRAFFICKING,
        Flag.SUICIDE_ATTEMPT,
        Flag.ALLEGATION_AGAINST_PROFESSIONAL,
    } <= flags
    assert all(override.urgent for override in PACKS[area].overrides)


@pytest.mark.parametrize("area", PACKS)
def test_the_guard_on_telling_the_family_holds_everywhere(area):
    guarded = {flag for override in PACKS[area].overrides if not override.tell_family for flag in override.when.flags}
    assert {
        Flag.SEXUAL_ABUSE,
        Flag.FABRICATED_ILLNESS,
        Flag.FORCED_MARRIAGE,
        Flag.HONOUR_BASED_ABUSE,
        Flag.FGM,
    } <= guarded


@pytest.mark.parametrize("area", PACKS)
def test_harm_reaches_the_main_door_by_telephone_first(area):
    pack = PACKS[area]
    for answer in (Harm.YES, Harm.SUSPECTED, Harm.NOT_SURE):
        doors = {
            route.door
            for route in pack.routes
            if answer in route.when.harm and route.ring_first and route.when.out_of_hours is None
        }
        assert doors == {pack.main_door}


@pytest.mark.parametrize("area", PACKS)
def test_every_area_has_a_door_for_allegations(area):
    assert [door.kind for door in PACKS[area].front_doors if Takes.ALLEGATION in door.takes] == [Kind.LADO]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (wording.TAKES, Takes),
        (wording.UNITS, Unit),
        (wording.EVENTS, Event),
        (wording.HARM, Harm),
        (wording.AGREEMENT, Agreement),
        (wording.AGENCIES, AgencyKind),
        (wording.EFFECTS, Effect),
        (wording.SILENT, Silent),
        (wording.NOTES, NoteKind),
        (wording.FLAGS, Flag),
        (LEGAL, LegalMeaning),
    ],
)
def test_every_code_has_words(words: dict[StrEnum, str], codes: type[StrEnum]):
    assert set(words) == set(codes)


def test_the_reference_of_the_format_is_fresh():
    """`manage.py pack_format --write` makes it."""
    assert (ROOT / "docs" / "reference" / "pack-format.md").read_text(encoding="utf-8") == reference()


def test_links_of_the_reference_lead_somewhere():
    page = reference()
    headings = {heading.lower() for heading in re.findall(r"^#+ (\w+)$", page, re.MULTILINE)}
    assert set(re.findall(r"\]\(#(\w+)\)", page)) <= headings
