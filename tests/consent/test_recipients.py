"""What each recipient needs: by purpose, children, scope of the decision and harm; and what is never narrowed."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.domain.files import File, file_goes
from consent.domain.people import State
from consent.domain.recipient_facts import Receiver, Somebody, Submitted
from consent.domain.recipients import (
    ALL_OF_IT,
    Because,
    Needed,
    Purpose,
    gives,
    needed,
)
from consent.domain.result import Scope
from consent.domain.sections import MEMBER_IN_SHORT, PAGES, WHERE_NOW, WHOLE
from referrals.record.domain.forms import SPECIFICATIONS
from referrals.record.domain.forms.parts import Per
from thresholds.domain.doors import Kind

CHILD_PAGES: tuple[str, ...] = (
    *("child-about", "child-home", "child-needs", "child-services", "harm", "circumstances", "child-view"),
    *("descriptors", "judged", "child-sharing"),
)
ONCE: tuple[str, ...] = (
    *("start", "desk", "children", "household", "concern", "alleged", "analysis", "telling", "without-agreement"),
    *("ring-first", "agency-action", "early-help"),
)
MEMBER_PAGES = ("member-about", "member-sharing")
WORRY = {"concern", "alleged", "analysis"}


def titles(pages: tuple[str, ...]) -> dict[str, str]:
    return {page: page for page in pages}


def child(name: str, **known: Any) -> Somebody:
    """A child of whom nothing speaks of harm, whom a front door of their own area deals with."""
    calm: dict[str, Any] = {
        "harm": "no",
        "harm_possible": False,
        "circumstances": ("none",),
        "safe_tonight": "yes",
        "scope": Scope.NEEDED,
        "agreement": State.GIVEN,
        "doors": ("Hub, Here",),
    }
    return Somebody(id=name, name=name, pages=titles(CHILD_PAGES), **{**calm, **known})


def member(name: str, **known: Any) -> Somebody:
    return Somebody(id=name, name=name, pages=titles(MEMBER_PAGES), **known)


MOTHER = member("mother", said="given", works_with_children="no")
COACH = member("coach", said="not_sought", works_with_children="yes")


def submitted(*children: Somebody, **known: Any) -> Submitted:
    about: dict[str, Any] = {"first_facts": False, "danger": "no", "urgent": False, "household": (MOTHER, COACH)}
    return Submitted(pages=titles(ONCE), children=children, **{**about, **known})


def door(*children: str, kind: Kind | None = Kind.SOCIAL_CARE) -> Receiver:
    return Receiver(name="Hub", kind=kind, children=children)


ROBIN, BEN = child("Robin"), child("Ben", doors=("Contact Centre, There",))
HARMED: dict[str, Any] = {"harm": "suspected", "harm_possible": True}
AGREED_IN_PART: dict[str, Any] = {"scope": Scope.AGREED_PARTS, "agreement": State.LIMITED}

# name → (what was submitted, who receives, purpose, whole, kept pages of Robin, kept pages of Ben)
EVERY = set(CHILD_PAGES)
SHORT = {"child-about", "child-home", "harm", "circumstances", "child-view"}
SAFETY = {"harm", "circumstances", "child-view"}
CASES: dict[str, tuple[Submitted, Receiver, Purpose, bool, set[str], set[str]]] = {
    "one child": (submitted(ROBIN), door("Robin"), Purpose.PROTECT, True, EVERY, set()),
    "both go to one door": (submitted(ROBIN, BEN), door("Robin", "Ben"), Purpose.PROTECT, True, EVERY, EVERY),
    "another area's sibling": (submitted(ROBIN, BEN), door("Robin"), Purpose.PROTECT, False, EVERY, set()),
    "the sibling's own door": (submitted(ROBIN, BEN), door("Ben"), Purpose.PROTECT, False, set(), EVERY),
    "harm to the sibling": (
        *(submitted(ROBIN, replace(BEN, **HARMED), danger="likely", urgent=True), door("Robin")),
        *(Purpose.PROTECT, False, EVERY, SAFETY),
    ),
    "a circumstance of the sibling": (
        *(submitted(ROBIN, replace(BEN, circumstances=("domestic_abuse",))), door("Robin")),
        *(Purpose.PROTECT, False, EVERY, SAFETY),
    ),
    "nobody answered about the sibling": (
        *(submitted(ROBIN, replace(BEN, circumstances=None)), door("Robin"), Purpose.PROTECT, False, EVERY, SAFETY),
    ),
    "in danger now": (submitted(ROBIN, BEN, danger="now"), door("Robin"), Purpose.PROTECT_NOW, True, EVERY, EVERY),
    "danger not ruled out": (
        *(submitted(ROBIN, BEN, danger="not_sure"), door("Robin"), Purpose.PROTECT_NOW, True, EVERY, EVERY),
    ),
    "danger not answered": (
        *(submitted(ROBIN, BEN, danger=None), door("Robin"), Purpose.PROTECT_NOW, True, EVERY, EVERY),
    ),
    "first facts": (submitted(ROBIN, BEN, first_facts=True), door("Robin"), Purpose.PROTECT_NOW, True, EVERY, EVERY),
    "not safe tonight": (
        *(submitted(replace(ROBIN, safe_tonight="no"), BEN), door("Robin"), Purpose.PROTECT_NOW, True, EVERY, EVERY),
    ),
    "harm, and tonight isn't known": (
        *(submitted(replace(ROBIN, **HARMED, safe_tonight=None), BEN), door("Robin")),
        *(Purpose.PROTECT_NOW, True, EVERY, EVERY),
    ),
    "the sibling isn't safe tonight": (
        *(submitted(ROBIN, replace(BEN, safe_tonight="no")), door("Robin"), Purpose.PROTECT, False, EVERY, set()),
    ),
    "nobody knows who deals with the sibling": (
        *(submitted(ROBIN, replace(BEN, doors=())), door("Robin"), Purpose.PROTECT, True, EVERY, EVERY),
    ),
    "an unknown kind of door": (submitted(ROBIN, BEN), door("Robin", kind=None), Purpose.PROTECT, False, EVERY, set()),
    "nobody recorded": (submitted(), door(), Purpose.PROTECT, True, set(), set()),
    "allegation": (*(submitted(ROBIN), door("Robin", kind=Kind.LADO), Purpose.ALLEGATION, False, SHORT, set()),),
    "allegation, and danger now": (
        *(submitted(replace(ROBIN, **HARMED), danger="now", urgent=True), door("Robin", kind=Kind.LADO)),
        *(Purpose.ALLEGATION, False, SHORT, set()),
    ),
    "early help": (submitted(ROBIN), door("Robin", kind=Kind.EARLY_HELP), Purpose.HELP, True, EVERY, set()),
    "agreed in part": (
        *(submitted(replace(ROBIN, **AGREED_IN_PART)), door("Robin"), Purpose.PROTECT, False),
        *(SHORT | {"child-sharing"}, set()),
    ),
    "who, where and the worry": (
        *(submitted(replace(ROBIN, scope=Scope.ESSENTIALS, agreement=State.NOT_KNOWN)), door("Robin")),
        *(Purpose.PROTECT, False, SHORT | {"child-sharing"}, set()),
    ),
    "the child alone agrees": (
        *(submitted(replace(ROBIN, scope=Scope.AGREED_PARTS, agreement=State.CHILD_ONLY)), door("Robin")),
        *(Purpose.PROTECT, False, EVERY, set()),
    ),
    "agreed in part, and harm": (
        *(submitted(replace(ROBIN, **AGREED_IN_PART, **HARMED)), door("Robin"), Purpose.PROTECT, True, EVERY, set()),
    ),
    "agreed in part, and urgent": (
        *(submitted(replace(ROBIN, **AGREED_IN_PART), urgent=True), door("Robin"), Purpose.PROTECT, True),
        *(EVERY, set()),
    ),
    "agreed in part for one of two": (
        *(submitted(replace(ROBIN, **AGREED_IN_PART), BEN), door("Robin", "Ben"), Purpose.PROTECT, False),
        *(SHORT | {"child-sharing"}, EVERY),
    ),
    "let pass by somebody since": (
        *(submitted(replace(ROBIN, scope=None, agreement=State.REFUSED)), door("Robin")),
        *(Purpose.PROTECT, True, EVERY, set()),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_recipient_gets(case: str):
    what, receiver, purpose, whole, robin, ben = CASES[case]
    found = needed(what, receiver)
    assert (found.purpose, found.whole) == (purpose, whole)
    assert set(found.people.get("Robin", {})) == robin
    assert set(found.people.get("Ben", {})) == ben
    assert set(found.pages) >= WORRY
    assert found.whole is (not found.withheld)
    assert (found.gets == (ALL_OF_IT,)) is found.whole


def test_what_is_left_out_is_named_with_the_reason():
    found = needed(submitted(ROBIN, BEN), door("Robin"))
    [left] = found.withheld
    assert (left.about, left.because, left.reason) == (
        "Ben",
        Because.OTHER_DOOR,
        "Contact Centre, There deals with Ben.",
    )
    assert set(left.what) == EVERY
    assert found.gets == ("The worry, all of it", "Robin, in full", "Ben, as a household member")
    [other] = found.others
    assert (other.id, other.safety, other.doors) == ("Ben", False, ("Contact Centre, There",))


def test_an_allegation_needs_no_address_and_nobody_who_has_no_part_in_it():
    found = needed(submitted(ROBIN), door("Robin", kind=Kind.LADO))
    assert found.people["Robin"]["child-home"] == WHERE_NOW
    assert found.people["mother"] == {"member-about": MEMBER_IN_SHORT}
    assert found.people["coach"] == {"member-about": WHOLE}
    assert set(found.pages) == {"start", "desk", "children", "telling", "ring-first", "agency-action", *WORRY}
    assert found.checks == ()
    assert {one.because for one in found.withheld} == {Because.PURPOSE}


def test_an_unknown_about_work_with_children_is_shown():
    unknown = member("neighbour", works_with_children="not_known")
    found = needed(submitted(ROBIN, household=(unknown,)), door("Robin", kind=Kind.LADO))
    assert found.people["neighbour"] == {"member-about": WHOLE}


def test_of_a_limited_agreement_those_who_agreed_are_there_and_the_others_in_short():
    found = needed(submitted(replace(ROBIN, **AGREED_IN_PART)), door("Robin"))
    assert found.people["mother"]["member-about"] is WHOLE
    assert found.people["coach"]["member-about"] == MEMBER_IN_SHORT
    assert {one.because for one in found.withheld} == {Because.AGREEMENT}


def test_every_page_of_every_form_has_its_place():
    pages = {page.key for form in SPECIFICATIONS.values() for page in form.pages}
    assert pages - set(PAGES) == set()


def test_the_questions_that_are_kept_are_questions_of_the_forms():
    marf = SPECIFICATIONS["marf-1"]
    assert {*WHERE_NOW} <= {one.key for one in marf.page("child-home").questions}
    assert {*MEMBER_IN_SHORT} <= {one.key for one in marf.page("member-about").questions}


def test_a_page_that_nobody_thought_about_goes_where_the_child_goes():
    new = replace(ROBIN, pages={**ROBIN.pages, "brand-new": "New"})
    away = replace(BEN, pages={**BEN.pages, "brand-new": "New"})
    found = needed(submitted(new, away), door("Robin"))
    assert "brand-new" in found.people["Robin"]
    assert "brand-new" not in found.people["Ben"]
    harmed = needed(submitted(new, replace(away, **HARMED)), door("Robin"))
    assert "brand-new" in harmed.people["Ben"]


@pytest.mark.parametrize(
    ("page", "person", "goes"),
    [
        ("concern", "", True),
        ("child-needs", "Robin", True),
        ("child-needs", "Ben", False),
        # Nothing spoke of harm when it was sent; what is added may.
        ("harm", "Ben", True),
        ("circumstances", "Ben", True),
        ("member-about", "mother", True),
    ],
)
def test_a_page_that_is_added_later_goes_by_the_same_rule(page: str, person: str, goes: bool):
    found = needed(submitted(ROBIN, BEN), door("Robin")).to_dict()
    assert gives(found, page, person) is goes
    assert gives(needed(submitted(ROBIN), door("Robin")).to_dict(), page, person)


answers = st.sampled_from(["yes", "suspected", "not_sure", "no", None])
some_child = st.builds(
    child,
    st.just("Robin"),
    harm=answers,
    harm_possible=st.booleans(),
    circumstances=st.sampled_from([None, ("none",), ("neglect",)]),
    safe_tonight=st.sampled_from(["yes", "no", "not_known", None]),
    scope=st.sampled_from([None, *Scope]),
    agreement=st.sampled_from([None, *State]),
)
some_case = st.builds(
    lambda robin, ben, **known: submitted(
        robin, replace(ben, id="Ben", name="Ben", doors=("Contact Centre, There",)), **known
    ),
    some_child,
    some_child,
    danger=st.sampled_from(["now", "likely", "not_sure", "no", None]),
    urgent=st.booleans(),
    first_facts=st.booleans(),
)
some_door = st.builds(
    lambda kind, children: door(*children, kind=kind),
    st.sampled_from([None, *Kind]),
    st.sampled_from([("Robin",), ("Ben",), ("Robin", "Ben"), ()]),
)


@given(some_case, some_door)
def test_possible_harm_never_hides_the_worry_the_child_or_where_they_are(what: Submitted, receiver: Receiver):
    found = needed(what, receiver)
    assert set(found.pages) >= {"start", "telling", *WORRY}
    for one in what.children:
        if one.id not in found.children:
            continue
        kept = found.people[one.id]
        assert kept["child-about"] is WHOLE
        assert kept["harm"] is WHOLE
        assert kept["child-view"] is WHOLE
        where = kept["child-home"]
        assert where is WHOLE or set(where) >= {"where_now", "found_area", "safe_tonight"}
        if one.harm != "no" and receiver.kind is not Kind.LADO:
            assert set(kept) == EVERY


@given(some_case, some_door)
def test_whoever_goes_there_is_there_and_nothing_disappears_unnamed(what: Submitted, receiver: Receiver):
    found = needed(what, receiver)
    assert set(receiver.children) <= set(found.children)
    assert set(found.children) | {one.id for one in found.others} == {"Robin", "Ben"}
    left = {(one.about, title) for one in found.withheld for title in one.what}
    for one in (*what.children, *what.household):
        for page in one.pages:
            assert (found.people[one.id].get(page, ()) is WHOLE) is ((one.name, page) not in left)
    for page in what.pages:
        assert (found.pages.get(page, ()) is WHOLE) is (("", page) not in left)


@given(some_case, some_door)
def test_immediate_protection_gets_all(what: Submitted, receiver: Receiver):
    found = needed(what, receiver)
    now = what.first_facts or what.danger in {"now", "not_sure", None}
    if now and receiver.kind not in {Kind.LADO, Kind.EARLY_HELP, Kind.CONSULTATION}:
        assert found.whole


@given(some_case, some_door)
def test_harm_never_gives_less(what: Submitted, receiver: Receiver):
    """The same referral with harm ruled out gives no page more."""

    def size(need: Needed) -> int:
        return sum(
            kept is WHOLE for kept in (*need.pages.values(), *(k for p in need.people.values() for k in p.values()))
        )

    calm = replace(
        what,
        danger="no",
        urgent=False,
        first_facts=False,
        children=tuple(replace(one, harm="no", harm_possible=False, safe_tonight="yes") for one in what.children),
    )
    assert size(needed(what, receiver)) >= size(needed(calm, receiver))


def test_forms_ask_children_and_members_what_the_rule_reads():
    marf = SPECIFICATIONS["marf-1"]
    of_child = {one.key for page in marf.pages if page.per is Per.CHILD for one in page.questions}
    of_member = {one.key for page in marf.pages if page.per is Per.MEMBER for one in page.questions}
    assert {"harm", "circumstances", "safe_tonight", "said"} <= of_child
    assert {"works_with_children", "said"} <= of_member


FILES = (File("all", 1, ""), File("robins", 2, "Robin"), File("bens", 3, "Ben"))

# name → (children, who receives, ids of the files that go)
FILES_THAT_GO: dict[str, tuple[tuple[Somebody, ...], Receiver, set[str]]] = {
    "one door for both": ((ROBIN, child("Ben")), door("Robin", "Ben"), {"all", "robins", "bens"}),
    "another door's child": ((ROBIN, BEN), door("Robin"), {"all", "robins"}),
    "another door's child who may be harmed": (
        (ROBIN, replace(BEN, **HARMED)),
        door("Robin"),
        {"all", "robins", "bens"},
    ),
    "limited agreement": ((replace(ROBIN, **AGREED_IN_PART), BEN), door("Robin"), set()),
    "an allegation": ((ROBIN, BEN), door("Robin", kind=Kind.LADO), {"all", "robins"}),
}


@pytest.mark.parametrize("name", FILES_THAT_GO)
def test_a_file_goes_with_whom_it_is_about(name: str) -> None:
    children, receiver, goes = FILES_THAT_GO[name]
    need = needed(submitted(*children, files=FILES), receiver)
    assert set(need.files) == goes
    # What is added later goes by the same rule.
    assert {one.id for one in FILES if file_goes(need.to_dict(), {"about": one.about})} == goes
    left = {what for one in need.withheld for what in one.what}
    assert {f"File {one.number}" for one in FILES} & left == {
        f"File {one.number}" for one in FILES if one.id not in goes
    }
    assert need.whole is (not need.withheld)


def test_a_danger_of_this_moment_gets_every_file() -> None:
    need = needed(submitted(ROBIN, BEN, files=FILES, danger="now"), door("Robin"))
    assert need.whole
    assert set(need.files) == {one.id for one in FILES}
