"""What changed between two packs: every change, no other, and the same seen from the other side."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thresholds.support import FORM, PACK, bent, parsed
from thresholds import files
from thresholds.domain.cautions import cautions
from thresholds.domain.difference import Change, Kind, PartName, difference, items
from thresholds.domain.needs import Descriptor
from thresholds.domain.pack import Pack
from thresholds.presenters.changes import comparison
from thresholds.presenters.codes import names_in
from thresholds.wording import FLAGS

FIRST = "  - {id: sf-1, domain: care, level: low, wording: Often hungry., citation: {section: Tables, lines: 30}}\n"
NOTE = (
    "notes:\n- {id: sf-n, kind: reading, text: A note., citation: {section: S, lines: 1}}\n"
    "domains:\n- {id: home, name: Home, meaning: The home., citation: {section: S, lines: 2}}\n"
)


def changes(text: str, *more: str) -> list[tuple[str, str, list[str]]]:
    return [
        (change.part.value, change.id, [kind.value for kind in change.kinds])
        for change in difference(parsed(), parsed(text, *more))
    ]


def only(text: str) -> Change:
    (change,) = difference(parsed(), parsed(text))
    return change


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("effective_from: 2026-01-05", "effective_from: 2026-02-05", ("pack", "effective_from", ["changed"])),
        ("text: Guidance.", "text: Advice.", ("pack", "standing", ["reworded"])),
        ("title: A newer page", "title: Another page", ("documents", "page", ["reworded"])),
        ("name: Middle, legal: s17", "name: Middle, legal: mixed", ("levels", "middle", ["changed"])),
        ("meaning: Daily care.", "meaning: Care.", ("domains", "care", ["reworded"])),
        ("Is a parent protective?", "Does a parent protect?", ("conditions", "protective", ["reworded"])),
        ("Often hungry.", "Hungry most days.", ("descriptors", "sf-1", ["reworded"])),
        ("Often hungry.", "Often hungry., flags: [neglect]", ("descriptors", "sf-1", ["changed"])),
        ("Often hungry.", "Often hungry., age: {under_years: 5}", ("descriptors", "sf-1", ["changed"])),
        ("Often hungry.", "Often hungry., terms: [starving]", ("descriptors", "sf-1", ["changed"])),
        ("sf-1, domain: care, level: low", "sf-1, domain: care, level: high", ("descriptors", "sf-1", ["moved"])),
        ("level: low, wording", "level: low, up_to: middle, wording", ("descriptors", "sf-1", ["moved"])),
        (FIRST, "", ("descriptors", "sf-1", ["removed"])),
        ("01632 960101", "01632 960103", ("front_doors", "office", ["changed"])),
        ("closes: 16:30", "closes: 16:00", ("front_doors", "office", ["changed"])),
        ("name: Harm, when", "name: Any harm, when", ("routes", "r-harm", ["reworded"])),
        ('when: {harm: ["yes"]}', 'when: {harm: ["yes", suspected]}', ("routes", "r-harm", ["changed"])),
        ("from_years: 12", "from_years: 13", ("consent_rules", "c-age", ["changed"])),
        ("amount: 1", "amount: 2", ("deadlines", "d-form", ["changed"])),
        ("name: Talk", "name: Talk first", ("escalation_stages", "1", ["reworded"])),
        ("policy: Sandford disagreements", "policy: Disagreements", ("pack", "escalation", ["reworded"])),
        ("lines: 15}", "lines: 16}", ("pack", "cumulative", ["changed"])),
        ('edition: "2024"', 'edition: "2015"', ("pack", "golden_rules", ["changed"])),
        ("{topic: lado}", "{topic: lado}, {topic: emergency}", ("silences", "emergency", ["added"])),
        ("{topic: lado}", "{topic: lado, note: Ask.}", ("silences", "lado", ["reworded"])),
    ],
)  # fmt: skip
def test_one_change_is_listed_by_itself(before, after, said):
    assert changes(bent(before, after)) == [said]


def test_a_change_names_fields_before_and_after():
    change = only(bent("Often hungry.", "Hungry most days."))
    assert [(f.field, f.before, f.after) for f in change.fields] == [("wording", "Often hungry.", "Hungry most days.")]
    change = only(bent("01632 960101", "01632 960103"))
    assert [(f.field, f.before, f.after) for f in change.fields] == [
        ("numbers[1].number", "01632 960101", "01632 960103")
    ]


def test_moved_and_reworded_and_more_at_once():
    text = bent("level: low, wording: Often hungry.", "level: high, flags: [neglect], wording: Hungry most days.")
    change = only(text)
    assert change.kinds == (Kind.MOVED, Kind.REWORDED, Kind.CHANGED)
    assert change.raised is True
    assert change.mirrored().raised is False


def test_parts_that_came_are_added_in_the_order_of_the_pack():
    assert changes(PACK, NOTE) == [("domains", "home", ["added"]), ("notes", "sf-n", ["added"])]


def test_the_order_of_levels_and_routes_is_a_change():
    one = "  - {id: low, name: Low, legal: none, meaning: Few needs., citation: {section: Levels, lines: 10}}\n"
    other = "  - {id: low-too, name: Low too, legal: none, meaning: Some., citation: {section: Levels, lines: 10}}\n"
    first, second = parsed(bent(one, one + other)), parsed(bent(one, other + one))
    (change,) = difference(first, second)
    assert (change.part, change.kinds) == (PartName.LEVELS, (Kind.REORDERED,))
    assert change.fields[0].after == "low-too | low | middle | high"


@pytest.mark.parametrize(
    ("wording", "reused"),
    [("Hungry most days.", False), ("Often goes without food.", False), ("Known to carry knives.", True)],
)
def test_an_id_reused_for_another_circumstance_is_pointed_out(wording, reused):
    assert only(bent("Often hungry.", wording)).reused is reused


def test_an_id_that_turns_up_in_another_part_is_pointed_out():
    found = difference(parsed(), parsed(bent(FIRST, ""), NOTE.replace("sf-n", "sf-1")))
    assert [(change.part, change.reused) for change in found if change.id == "sf-1"] == [
        (PartName.DESCRIPTORS, True),
        (PartName.NOTES, True),
    ]


SHIPPED = files.shipped_packs()


@pytest.mark.parametrize("pack", SHIPPED, ids=lambda pack: pack.area.slug)
def test_nothing_changed(pack: Pack):
    assert difference(pack, Pack.model_validate_json(pack.canonical_json())) == ()


@pytest.mark.parametrize("pack", [*SHIPPED, parsed(PACK + FORM)], ids=lambda pack: pack.area.slug)
def test_items_hold_all_that_a_pack_holds(pack: Pack):
    body, text = pack.model_dump(mode="json"), " ".join(leaf for item in items(pack) for leaf in item.leaves.values())

    def leaves(value: object) -> list[object]:
        if isinstance(value, dict):
            return [leaf for child in value.values() for leaf in leaves(child)]
        if isinstance(value, list):
            return [leaf for child in value for leaf in leaves(child)]
        return [value]

    assert [leaf for leaf in leaves(body) if isinstance(leaf, str) and leaf not in text] == []


def _reword(pack: Pack, at: int) -> Pack:
    one = pack.descriptors[at]
    return _with(pack, at, one.model_copy(update={"wording": f"{one.wording} now"}))


def _with(pack: Pack, at: int, descriptor: Descriptor | None) -> Pack:
    listed = list(pack.descriptors)
    listed[at : at + 1] = [descriptor] if descriptor else []
    return pack.model_copy(update={"descriptors": tuple(listed)})


def _move(pack: Pack, at: int) -> Pack:
    one = pack.descriptors[at]
    other = next(level.id for level in pack.levels if level.id not in {one.level, one.up_to})
    return _with(pack, at, one.model_copy(update={"level": other}))


def _relabel(pack: Pack, at: int) -> Pack:
    return _with(pack, at, pack.descriptors[at].model_copy(update={"terms": ("a new term",)}))


def _take_out(pack: Pack, at: int) -> Pack:
    return _with(pack, at, None)


EDITS: dict[Kind, Callable[[Pack, int], Pack]] = {
    Kind.REWORDED: _reword,
    Kind.MOVED: _move,
    Kind.CHANGED: _relabel,
    Kind.REMOVED: _take_out,
}
LISTED = [pack for pack in SHIPPED if pack.descriptors]


@given(st.data())
@settings(max_examples=40)
def test_exactly_what_was_changed_is_listed_and_swapping_mirrors(data):
    old = data.draw(st.sampled_from(LISTED))
    places = data.draw(st.lists(st.integers(0, len(old.descriptors) - 1), max_size=6, unique=True))
    new, expected = old, {}
    for at in sorted(places, reverse=True):  # from the end, so that taking out moves no place that is still to come
        kind = data.draw(st.sampled_from(sorted(EDITS)))
        expected[old.descriptors[at].id] = (kind,)
        new = EDITS[kind](new, at)
    forth, back = difference(old, new), difference(new, old)
    assert {change.id: change.kinds for change in forth} == expected
    assert {change.mirrored() for change in back} == set(forth)
    assert (forth == ()) is (old == new)


def test_what_changes_about_the_forms_is_listed():
    found = {(change.part.value, change.id): change for change in difference(parsed(PACK), parsed(PACK + FORM))}
    assert ("own_questions", "panel-heard") in found
    assert found["pack", "form"].value("off") == "scaling | member-more"
    assert found["form_questions", "child-services-gp"].value("mandatory") == "yes"
    reworded = FORM.replace("Which ward does", "In which ward does")
    (change,) = difference(parsed(PACK + FORM), parsed(PACK + reworded))
    assert (change.id, change.kinds) == ("ward", (Kind.REWORDED,))
    other = FORM.replace("Which ward does the child live in?", "Who is the family's health visitor?")
    (change,) = difference(parsed(PACK + FORM), parsed(PACK + other))
    assert change.reused
    looks = cautions(parsed(PACK), parsed(PACK + FORM), ())
    assert [caution.what for caution in looks] == ["scaling", "member-more"]


# Words that people search for, the area's own name in addresses, and a role in the document's own words.
AS_WRITTEN = {"terms", "slug", "lead"}


@pytest.mark.parametrize("pack", SHIPPED, ids=lambda pack: pack.area.slug)
def test_a_comparison_reads_in_words_and_shows_no_code(pack):
    names = names_in(pack)
    said = set(FLAGS.values())
    codes = {
        (item.part.value, field, entry)
        for item in items(pack)
        for field, value in item.leaves.items()
        if field != "id" and field.split(".")[-1].partition("[")[0] not in AS_WRITTEN
        for entry in names(item.part, field.split(".")[-1].partition("[")[0], value).split("; ")
        if re.fullmatch(r"[a-z][a-z0-9]*([-_][a-z0-9]+)+", entry) and entry not in said
    }
    assert codes == set()


def test_what_names_another_item_reads_as_that_item():
    old, new = parsed(PACK), parsed(bent("level: low, wording: Often hungry.", "level: middle, wording: Often hungry."))
    (part,) = comparison(old, new, difference(old, new), ()).parts
    (field,) = part[1][0].fields
    assert ["".join(piece.text for piece in side) for side in (field.before, field.after)] == ["Low", "Middle"]


def test_an_entry_that_holds_the_sign_between_entries_is_not_two_entries():
    one, two = (f"id: sf-1, terms: [{terms}]," for terms in ("'a | b'", "a, b"))
    assert difference(parsed(bent("id: sf-1,", one)), parsed(bent("id: sf-1,", two)))


def test_up_and_down_are_counted_apart():
    """Two that moved may be one child's help gained and another's lost: one sum says neither."""
    old = parsed()
    first, second, third = old.descriptors
    moved = (first.model_copy(update={"level": "middle"}), second, third.model_copy(update={"level": "middle"}))
    new = old.model_copy(update={"descriptors": moved})
    assert comparison(old, new, difference(old, new), ()).counts == (
        ("Moved to a lower level", 1),
        ("Moved to a higher level", 1),
    )
