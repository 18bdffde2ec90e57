"""Every mistake has its file, line and field; a sound pack has one digest."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.thresholds.support import NATIONAL, PACK, bent, line_of, mistakes, parsed
from thresholds.domain import parse
from thresholds.domain.assemble import PackErrors
from thresholds.domain.ids import not_the_id
from thresholds.domain.pack import Pack
from thresholds.domain.parse import PackFile, parse_pack

EARLY_HELP = "early_help: {assessment: A, short: B, citation: {section: Help, lines: 45}"


def test_a_sound_pack_holds_what_was_written():
    pack = parsed()
    assert pack.area.name == "Sandford"
    assert [level.id for level in pack.levels] == ["low", "middle", "high"]
    assert pack.overrides[0].id == "nat-danger"
    assert pack.level_order == {"low": 0, "middle": 1, "high": 2}
    assert pack.levels[2].citation.reads() == "Levels, lines 12-14"
    assert pack.standing.citation.reads() == "Introduction, line 3"


def test_the_stored_body_gives_the_same_pack_and_digest():
    pack = parsed()
    again = Pack.model_validate_json(pack.canonical_json())
    assert again == pack
    assert again.sha256() == pack.sha256()
    assert "up_to" not in json.loads(pack.canonical_json())["descriptors"][0]


def test_files_of_a_folder_are_joined():
    more = (
        "descriptors:\n- {id: sf-9, domain: care, level: low, wording: More., citation: {section: Tables, lines: 33}}\n"
    )
    assert [descriptor.id for descriptor in parsed(PACK, more).descriptors] == ["sf-1", "sf-2", "sf-3", "sf-9"]


def test_a_mistake_in_a_second_file_is_placed_there():
    more = (
        "# first line\ndescriptors:\n- id: sf-9\n  domain: nowhere\n  level: low\n  wording: More.\n"
        "  citation: {section: T, lines: 1}\n"
    )
    assert mistakes(PACK, more) == [
        "more0.yaml:4: descriptors[3].domain: “nowhere” is not the id of a domain. Write one of: care"
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        # Shape
        ("main_door: office\n", "", "main_door: is missing"),
        ("name: Low, ", "", "levels[0].name: is missing"),
        ("meaning: Few needs.", "meaning: ''", "levels[0].meaning: must not be empty"),
        ("meaning: Few needs.", "colour: red, meaning: x", "levels[0].colour: is not a field that stands here"),
        ('edition: "2024"', "edition: 2024", "golden_rules.edition: must be text; put it in quotes"),
        ("statutory: false", "statutory: no", "deadlines[0].statutory: must be true or false"),
        ("amount: 1", "amount: two", "deadlines[0].amount: must be a whole number"),
        ("amount: 1", "amount: 10000000", "deadlines[0].amount: must be 10000 or less"),
        ("amount: 1", f"amount: {'9' * 5000}", "deadlines[0].amount: must be a whole number"),
        ("who: practitioners", "who: practitioners, amount: 10000000", "stages[0].amount: must be 10000 or less"),
        ("section: Tables, lines: 30}}\n  - id: sf-2", "section: Tables}}\n  - id: sf-2", "its lines"),
        ("legal: s17", "legal: s18", "levels[1].legal: s18 is not one of the codes here: did you mean s17?"),
        ("legal: s17", "legal: zoo", "levels[1].legal: must be one of none, s17, s47 or mixed"),
        ("id: sf-1", "id: SF_1", "id: must have small letters, figures and single hyphens only"),
        ("lines: 30}}\n  - id: sf-2", "lines: about 30}}\n  - id: sf-2", "lines: must be lines such as 206, 211-213"),
        ("{from_years: 12}", "{from_years: 40}", "from_years: must be 25 or less"),
        ("meaning: Few needs.", f"meaning: {'x' * 1201}", "meaning: has more than 1200 characters"),
        ("{from_years: 12}", "{}", "age band needs"),
        ("{from_years: 12}", "{from_years: 12, under_years: 12}", "from_years must lie below under_years"),
        ("01632 960101", "01632-960101", "telephone number starts with 0"),
        ("01632 960101", "01632 9601", "telephone number starts with 0"),
        ("01632 960101, status: stated", "01632 960101, status: not_stated", "isn't stated has no number"),
        ("opens: 09:00, closes: 16:30", "opens: 19:00, closes: 16:30", "closes after it opens"),
        ("opens: 09:00, closes: 16:30", "opens: 25:00, closes: 16:30", "opens"),
        ("days: [friday]", "days: [friday, friday]", "a day stands twice"),
        (", door: office", "", "a route needs a door, steps or a reminder"),
        (", door: office", ", door: office, main_door: true", "by its id, or to the main door, not both"),
        # Across the pack
        ("id: sf-1", "id: sf-3", "the id sf-3 stands twice"),
        ("id: middle", "id: low", "the id low stands twice"),
        ("id: sf-1, domain: care", "id: sf-1, domain: cart", "“cart” is not the id of a domain"),
        ("level: low", "level: lowest", "“lowest” is not the id of a level"),
        ("level: low,", "level: low, up_to: low,", "the range ends above the level"),
        ("lines: 70", "document: lost", "“lost” is not the id of a document"),
        ("kind: threshold", "kind: page", "one document has the id threshold"),
        ("legal: none", "legal: s17", "the lowest level has no legal meaning"),
        ("legal: s47", "legal: s17", "no level reaches section 47"),
        ("legal: s17", "legal: s47, overlaps: [middle]", "a level doesn't overlap with itself"),
        ("legal: s47", "legal: none", "levels[2].legal: means less in law (none) than the level below it (s17)"),
        ("name: Middle", "name: low", "levels[1].name: another level has this name"),
        (
            "name: Talk, who: practitioners,",
            "name: Talk, who: they, citation: {section: D, lines: 1}}, {number: 1, name: More, who: they,",
            "stages[1].number: another stage has the number 1",
        ),
        ("Often hungry.", '"Often\\u202E hungry."', "descriptors[0].wording: holds a character that can't be seen"),
        ("name: Talk,", 'name: "Ta\\u00ADlk",', "escalation.stages[0].name: holds a character that can't be seen"),
        (
            "wording: Often hungry.",
            'wording: Often hungry., terms: ["\\u200B"]',
            "terms: holds a character that can't be",
        ),
        ("01632 960101", "01632 96010１", "numbers[0].number: is no number that anybody may ring"),
        ("01632 960101", "00000000000", "numbers[0].number: is no number that anybody may ring"),
        ("01632 960101", "0909 8790101", "numbers[0].number: is no number that anybody may ring"),
        ("lines: 12-14", "lines: 14-12", "levels[2].citation.lines: lines are plain numbers"),
        ("lines: 12-14", "lines: 1２", "levels[2].citation.lines: lines are plain numbers"),
        ("{descriptors: 2,", "{descriptors: 3,", "cumulative.descriptors: only 2 of them stand above the lowest level"),
        ("domains: 1,", "domains: 2,", "cumulative.domains: only 1 of them stand above the lowest level"),
        ("door: office, cit", "door: nowhere, cit", "“nowhere” is not the id of a front door"),
        ("door: office, cit", "door: night, cit", "no route leads to office"),
        ("main_door: office", "main_door: nowhere", "“nowhere” is not the id of a front door"),
        ("out_of_hours: night", "out_of_hours: office", "office isn't an out-of-hours team"),
        ("    out_of_hours: night\n", "", "no route leads to night"),
        ("condition: protective, holds: true", "condition: other, holds: true", "“other” is not the id of a condition"),
        ("holds: false", "holds: true", "doesn't hang on the same condition the other way round"),
        ("twin: {id: sf-3,", "twin: {id: sf-8,", "“sf-8” is not the id of a descriptor"),
        ("twin: {id: sf-3,", "twin: {id: sf-1,", "sf-1 doesn't hang on the same condition"),
        ("    level: high", "    level: middle", "stands at the same level"),
        ("silent: [{topic: lado}]", "silent: []", "lado isn't stated by the document and isn't named"),
        ("topic: lado}", "topic: lado}, {topic: deadlines}", "deadlines is named as not stated, and the pack holds it"),
        ("topic: lado}", "topic: lado}, {topic: descriptors}", "descriptors is named as not stated"),
        ("topic: lado}", "topic: lado}, {topic: lado}", "lado stands twice"),
        ("national: 2026-01-01", "national: 2025-01-01", "no national file of 2025-01-01"),
        ("national: 2026-01-01", "national: [2026-01-01]", "pack.yaml:3: national: must be a day such as 2026-09-01"),
        ("national: 2026-01-01", "national:", "pack.yaml:3: national: must be a day such as 2026-09-01"),
        (
            "main_door: office\n",
            f"main_door: office\n{EARLY_HELP}, door: nowhere}}\n",
            "“nowhere” is not the id of a front door",
        ),
        ("main_door: office\n", f"main_door: office\n{EARLY_HELP}, levels: [low]}}\n", "and none is named"),
        (
            "main_door: office\n",
            f"main_door: office\n{EARLY_HELP}, door: office, levels: [lowest]}}\n",
            "“lowest” is not the id of a level",
        ),
    ],
)
def test_a_mistake_says_where_and_what(before, after, said):
    found = mistakes(bent(before, after))
    assert any(said in mistake for mistake in found), found
    assert all(mistake.split(":")[1].isdigit() for mistake in found)


def test_no_assessment_is_led_to_a_door_that_only_advises():
    text = bent("main_door: office\n", f"main_door: office\n{EARLY_HELP}, door: office}}\n")
    assert not mistakes(text)
    (mistake,) = mistakes(text.replace("takes: [protection]", "takes: [advice]", 1))
    assert "early_help.door: office only advises" in mistake


def test_a_missing_field_is_placed_at_the_group_that_lacks_it():
    (mistake,) = mistakes(bent("    wording: At risk, nobody protects.\n", ""))
    assert mistake == f"pack.yaml:{line_of('- id: sf-3')}: descriptors[2].wording: is missing"


def test_the_line_is_that_of_the_field():
    (mistake,) = mistakes(bent("    level: high", "    level: higher"))
    said = "“higher” is not the id of a level. Write one of: low, middle, high"
    assert mistake == f"pack.yaml:{line_of('    level: high')}: descriptors[2].level: {said}"


def test_all_mistakes_are_told_at_once():
    text = bent("legal: s17", "legal: s18", bent("amount: 1", "amount: two"))
    text = bent("id: sf-1, domain: care", "id: sf-3, domain: cart", text)
    assert len(mistakes(text)) == 4


def test_what_names_a_misspelt_id_is_not_blamed_for_it():
    (mistake,) = mistakes(bent("- {id: care", "- {id: Care"))
    assert "domains[0].id: must have small letters" in mistake


def test_of_many_ids_the_nearest_is_offered():
    ids = [f"item-{number}" for number in range(40)]
    assert not_the_id("Item-39", "a level", ids) == "“Item-39” is not the id of a level. Did you mean item-39?"
    assert not_the_id("zz", "a level", ids) == "“zz” is not the id of a level"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [1\nb: 2\n", "pack.yaml:2: not valid YAML"),
        ("- a\n", "pack.yaml:1: a pack file is a group of named fields"),
        ("", "pack.yaml:1: a pack file is a group of named fields"),
        ("a: &x [1]\nb: *x\n", "pack.yaml:1: anchors and aliases are not allowed"),
        ("a: 1\nb: &x 2\n", "pack.yaml:2: anchors and aliases are not allowed"),
        ("a: 1\na: 2\n", "pack.yaml:2: a: stands twice"),
        ("a: " + "[" * 5000 + "]" * 5000, "pack.yaml:1: is nested too deeply"),
        ("a: ü\nb: 1\nc: \x01\nd: 1", "pack.yaml:3: holds a character that can't be seen: write the words anew"),
        ("? [a, b]\n: c\n", "pack.yaml:1: area: is missing"),
        ("!!python/object/apply:os.getcwd []\n", "pack.yaml:1: a pack file is a group of named fields"),
    ],
)
def test_text_that_is_no_pack(text, said):
    assert any(said in mistake for mistake in mistakes(text)), mistakes(text)


def test_a_scalar_in_two_files_is_a_mistake():
    assert mistakes(PACK, "main_door: night\n") == [
        "more0.yaml:1: main_door: stands in another file of the pack already"
    ]


INDICATOR = """\
exploitation:
  name: Indicator
  standing: Never summed.
  citation: {section: Signs, lines: 80}
  categories:
    - id: one
      name: One
      signs: [{id: sf-ce-1, level: low, wording: A, raises: true, citation: {section: S, lines: 81}}]
"""
MORE_SIGNS = """\
exploitation:
  categories:
    - id: two
      name: Two
      signs: [{id: sf-ce-2, level: low, wording: B, raises: true, citation: {section: S, lines: 82}}]
"""


def test_a_group_goes_on_in_another_file():
    indicator = parsed(PACK, INDICATOR, MORE_SIGNS).exploitation
    assert indicator is not None
    assert [category.id for category in indicator.categories] == ["one", "two"]


def test_a_mistake_in_a_continued_group_is_placed_in_its_file():
    assert mistakes(PACK, INDICATOR, bent("level: low", "level: lost", MORE_SIGNS)) == [
        "more1.yaml:5: exploitation.categories[1].signs[0].level: “lost” is not the id of a level. "
        "Write one of: low, middle, high"
    ]


def test_a_field_of_a_group_stands_once():
    assert mistakes(PACK, INDICATOR, INDICATOR) == [
        f"more1.yaml:{line}: exploitation.{field}: stands in another file of the pack already"
        for line, field in ((2, "name"), (3, "standing"), (4, "citation.section"), (4, "citation.lines"))
    ]
    assert mistakes(PACK, "deadlines: none\n") == [
        "more0.yaml:1: deadlines: stands in another file of the pack already"
    ]


def test_a_national_file_holds_national_parts_only():
    assert mistakes(PACK, national=f"{NATIONAL}levels: []\n") == [
        f"national.yaml:{line_of('levels', NATIONAL + 'levels')}: levels: is not a field of a national file"
    ]


def test_no_files_at_all():
    with pytest.raises(PackErrors):
        parse_pack([], {})


@given(st.text(max_size=200))
def test_any_text_is_a_pack_or_a_list_of_mistakes(text):
    with pytest.raises(PackErrors) as raised:
        parse_pack([PackFile("pack.yaml", text)], {})
    assert raised.value.mistakes


@given(
    st.integers(min_value=0, max_value=len(PACK) - 1), st.sampled_from(["", " ", ":", "\n", "x", "9", "{", "]", "'"])
)
def test_a_slip_of_the_pen_never_breaks_the_parser(place, character):
    slipped = PACK[:place] + character + PACK[place + 1 :]
    for mistake in mistakes(slipped):
        assert 1 <= int(mistake.split(":")[1]) <= PACK.count("\n") + 2


def test_a_small_file_of_very_many_values_is_refused_before_it_is_composed(monkeypatch):
    monkeypatch.setattr("thresholds.domain.parse.yaml.compose", None)
    assert mistakes(f"levels: [{'a,' * parse.MOST_NODES}]") == [f"pack.yaml:1: {parse.TOO_MANY}"]
