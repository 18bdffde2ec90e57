"""What to look at before publishing: each change that could leave somebody without help, and no harmless one."""

import pytest

from consent.domain import telling
from tests.thresholds.support import PACK, bent, mistakes, parsed
from thresholds.domain.cautions import GUARDED, Look, cautions
from thresholds.domain.difference import difference, rise

FIRST = "  - {id: sf-1, domain: care, level: low, wording: Often hungry., citation: {section: Tables, lines: 30}}\n"
DANGER = FIRST.replace("level: low", "level: high, flags: [immediate_danger]")
ROUTE = '  - {id: r-harm, name: Harm, when: {harm: ["yes"]}, door: office, citation: {section: Contacts, lines: 40}}\n'
OTHER = "  - {id: r-more, name: More, when: {harm: [suspected]}, door: office, citation: {section: C, lines: 40}}\n"
GUARD = "    effects: [record_reasons]"
FACTOR = "harm_factors:\n- {id: sf-h, wording: A weapon at home., warning: true, citation: {section: H, lines: 90}}\n"
SILENT_TOO = "silent: [{topic: lado}, {topic: out_of_hours_number}]"
AT_DANGER = bent(FIRST, DANGER)
ONE_MORE = bent(ROUTE, ROUTE + OTHER)
WITHHELD = bent(GUARD, "    effects: [never_tell]")
DOUBTED = bent("01632 960101, status: stated", "01632 960101, status: unconfirmed")

GUARDED_FLAG = bent(FIRST, FIRST.replace("level: low", "level: low, flags: [forced_marriage]"))
NO_TWINS = "".join(line for line in PACK.splitlines(keepends=True) if "twin:" not in line)
SILENT_CUMULATIVE = bent("topic: lado}", "topic: lado}, {topic: cumulative}")


def looked(old: str, new: str, *, old_more: str = "", new_more: str = "") -> list[tuple[Look, str, str, int]]:
    before = parsed(old, *filter(None, [old_more]))
    after = parsed(new, *filter(None, [new_more]))
    found = cautions(before, after, difference(before, after), {"office": 2, "night": 1})
    return [(one.look, one.id, one.detail, one.open_work) for one in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            PACK,
            bent("01632 960101", "01632 960103"),
            [(Look.NUMBER_GONE, "office", "01632 960101", 2), (Look.CONFIRMED, "office", "01632 960103", 0)],
        ),
        (ONE_MORE, PACK, [(Look.ROUTE_GONE, "r-more", "", 0)]),
        (PACK, bent('harm: ["yes"]', "harm: [suspected]"), [(Look.ROUTE_CHANGED, "r-harm", "", 0)]),
        (AT_DANGER, bent(FIRST, ""), [(Look.FLAGGED_GONE, "sf-1", "immediate_danger", 0)]),
        (
            AT_DANGER,
            bent("level: high, flags", "level: middle, flags", AT_DANGER),
            [(Look.FLAGGED_LOWERED, "sf-1", "immediate_danger", 0)],
        ),
        (
            AT_DANGER,
            bent(", flags: [immediate_danger]", "", AT_DANGER),
            [(Look.FLAG_LOST, "sf-1", "immediate_danger", 0)],
        ),
        (bent(FIRST, FIRST.replace("level: low", "level: high")), bent(FIRST, ""), [(Look.HARM_GONE, "sf-1", "", 0)]),
        (bent(FIRST, FIRST.replace("level: low", "level: high")), PACK, [(Look.HARM_LOWERED, "sf-1", "", 0)]),
        (
            bent(FIRST, FIRST.replace("level: low", "level: low, up_to: high")),
            PACK,
            [(Look.HARM_LOWERED, "sf-1", "", 0)],
        ),
        (
            PACK,
            bent("wording: Often hungry.", "raises: false, why_not: Benign., wording: Often hungry."),
            [(Look.RAISES_NOTHING, "sf-1", "", 0)],
        ),
        (bent("legal: s17", "legal: mixed"), PACK, [(Look.LEVEL_WEAKER, "middle", "", 0)]),
        (WITHHELD, PACK, [(Look.TELLING, "c-refusal", "", 0)]),
        (WITHHELD, bent("agreement: [refused]", "agreement: [given]", WITHHELD), [(Look.TELLING, "c-refusal", "", 0)]),
        (GUARDED_FLAG, PACK, [(Look.FLAG_LOST, "sf-1", "forced_marriage", 0)]),
        (PACK, NO_TWINS, [(Look.TWIN_LOST, "sf-2", "", 0), (Look.TWIN_LOST, "sf-3", "", 0)]),
        (PACK, bent("opens: 09:00, closes: 17:00", "opens: 00:00, closes: 23:59"), [(Look.HOURS, "office", "", 2)]),
        (PACK, bent("cumulative:", "# cumulative:", SILENT_CUMULATIVE), [(Look.WHOLE_PICTURE, "cumulative", "", 0)]),
        (ONE_MORE, bent(ROUTE, OTHER + ROUTE), [(Look.ORDER, "", "", 0)]),
        (DOUBTED, PACK, [(Look.CONFIRMED, "office", "01632 960101", 0)]),
        (PACK, bent("Often hungry.", "Known to carry knives."), [(Look.REUSED, "sf-1", "", 0)]),
        # Harmless
        (PACK, PACK, []),
        (PACK, AT_DANGER, []),
        (PACK, bent(FIRST, ""), []),
        (PACK, bent("Often hungry.", "Hungry most days."), []),
        (PACK, DOUBTED, []),
        (PACK, ONE_MORE, []),
    ],
)
def test_what_to_look_at(old, new, expected):
    assert looked(old, new) == expected


def test_a_front_door_that_goes_is_looked_at_first_and_says_what_lies_there():
    door = bent("    out_of_hours: night\n", "")
    gone = door[: door.index("  - id: night\n")] + door[door.index("routes:\n") :]
    gone = bent("silent: [{topic: lado}]", SILENT_TOO, gone)
    assert looked(PACK, gone) == [(Look.DOOR_GONE, "night", "", 1), (Look.HOURS, "office", "", 2)]
    by_night = bent(ROUTE, ROUTE + OTHER.replace("office", "night"), bent("main_door: office", "main_door: night"))
    by_night = bent("silent: [{topic: lado}]", SILENT_TOO, by_night)
    assert looked(PACK, by_night)[0][:2] == (Look.MAIN_DOOR, "main_door")


def test_harm_factors_and_overrides():
    assert looked(PACK, PACK, old_more=FACTOR) == [(Look.HARM_GONE, "sf-h", "", 0)]
    quiet = FACTOR.replace("warning: true, ", "")
    assert looked(PACK, PACK, old_more=FACTOR, new_more=quiet) == [(Look.RAISES_NOTHING, "sf-h", "", 0)]
    own = (
        "overrides:\n- {id: sf-o, name: Knives, when: {flags: [gang]}, raises_to: s47, urgent: true, "
        "steps: [{text: Ring., citation: {section: O, lines: 1}}], citation: {section: O, lines: 1}}\n"
    )
    assert looked(PACK, PACK, old_more=own) == [(Look.OVERRIDE_GONE, "sf-o", "", 0)]
    slower = own.replace("urgent: true", "urgent: false")
    assert looked(PACK, PACK, old_more=own, new_more=slower) == [(Look.OVERRIDE_CHANGED, "sf-o", "", 0)]


def test_a_number_counts_as_stated_only_by_the_areas_own_document():
    words = "a number is stated only by the area's own document: else it is unconfirmed"
    before = "status: stated, citation: {section: Contacts, lines: 41}}\n    hours"
    text = bent(before, before.replace("{section: Contacts, lines: 41}", "{document: page, section: Contacts}"))
    assert any(words in mistake for mistake in mistakes(text)), mistakes(text)


def test_a_harm_factor_that_loses_its_circumstance():
    flagged = FACTOR.replace("warning: true", "warning: true, flags: [immediate_danger]")
    assert looked(PACK, PACK, old_more=flagged, new_more=FACTOR) == [(Look.FLAG_LOST, "sf-h", "immediate_danger", 0)]


def test_the_guard_on_telling_and_the_cautions_know_the_same_circumstances():
    assert telling.GUARDED.keys() == GUARDED


def test_merging_levels_lowers_nothing_that_moves_up():
    """Of four levels the third is merged into the fourth, which then has the place that the third had."""
    extra = "  - {id: extra, name: Extra, legal: none, meaning: A few., citation: {section: Levels, lines: 10}}\n"
    middle = next(line for line in PACK.splitlines(keepends=True) if "id: middle," in line)
    four = bent(middle, extra + middle)
    before = parsed(four.replace("level: low, wording", "level: extra, flags: [immediate_danger], wording"))
    three = bent(middle, middle.replace("s17", "mixed"))
    after = parsed(three.replace("level: low, wording", "level: middle, flags: [immediate_danger], wording"))
    found = difference(before, after)
    assert [change.raised for change in found if change.id == "sf-1"] == [True]
    assert [change.raised for change in difference(after, before) if change.id == "sf-1"] == [False]
    assert not [one for one in cautions(before, after, found) if one.id == "sf-1"]


@pytest.mark.parametrize(("was", "now", "expected"), [("low", "middle", 1), ("middle", "low", -1), ("low", "low", 0)])
def test_places_of_two_packs_are_not_compared(was, now, expected):
    fewer = parsed(PACK).model_copy(update={"levels": parsed(PACK).levels[1:]})
    assert rise(parsed(PACK), fewer, was, now) == expected
    assert rise(fewer, fewer, "low", "middle") is None
