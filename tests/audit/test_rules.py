"""Actors, refusals, what a row may hold, who may read it, what an auditor searches for."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from audit.domain.actor import Actor
from audit.domain.permissions import can_read_audit, check_read_audit
from audit.domain.refusal import NotYours, Refusal
from audit.domain.search import Search
from audit.domain.wording import checked_detail, checked_identifier, checked_name, in_slices
from tests.audit.support import CHILD, actor


def test_an_actor_has_a_role_when_it_holds_any_of_those_asked_for():
    assert actor("dsl", "practitioner").has_role("screener", "dsl")
    assert not actor("dsl").has_role("screener")
    assert not actor("dsl").has_role()


@pytest.mark.parametrize("without_person", [Actor.system("outbox sweep"), Actor.nobody(request_id="r")])
def test_the_system_and_nobody_are_no_person_and_hold_no_role(without_person):
    assert (without_person.person_id, without_person.agency_id, without_person.roles) == (None, None, frozenset())


def test_a_refusal_shows_its_reason_and_logs_only_its_rule():
    refusal = Refusal("Only a DSL can do this.", rule="people.invite", subject_type="person", subject_id=CHILD)
    assert (refusal.reason, str(refusal)) == ("Only a DSL can do this.", "people.invite")


def test_not_yours_is_a_refusal():
    assert isinstance(NotYours(rule="people.view"), Refusal)


@pytest.mark.parametrize(
    "role", ["practitioner", "dsl", "screener", "administrator", "operator", "partnership_manager"]
)
def test_only_an_auditor_reads_the_record(role):
    assert can_read_audit(actor("auditor"))
    assert not can_read_audit(actor(role))
    with pytest.raises(Refusal) as refused:
        check_read_audit(actor(role))
    assert refused.value.rule == "audit.read"


@pytest.mark.parametrize(
    "name", ["", "People.view", "people view", "people-view", "people.", ".view", "a" * 101, "a\n"]
)
def test_a_verb_is_lower_case_words_with_dots(name):
    with pytest.raises(ValueError, match="no name"):
        checked_name(name)


def test_identifiers_become_text():
    assert [checked_identifier(given) for given in (CHILD, 12, "bury", None)] == [str(CHILD), "12", "bury", ""]


@pytest.mark.parametrize("given", ["Leah Moss", "a\tb", "x" * 65])
def test_an_identifier_holds_no_words(given):
    with pytest.raises(ValueError, match="white space"):
        checked_identifier(given)


def test_detail_is_stored_as_codes_and_numbers():
    given = {
        "area": "bury",
        "to": CHILD,
        "on": date(2026, 3, 2),
        "shown": 3,
        "urgent": True,
        "of": None,
        "ids": (1, "a"),
    }
    assert checked_detail(given) == {
        "area": "bury",
        "to": str(CHILD),
        "on": "2026-03-02",
        "shown": 3,
        "urgent": True,
        "of": None,
        "ids": [1, "a"],
    }
    assert checked_detail(None) == {}


@pytest.mark.parametrize(
    "detail",
    [
        {"why": "Her father hit her"},
        {"why": "one\x00"},
        {"why": "x" * 101},
        {"score": 1.5},
        {"nested": {"a": 1}},
        {"list": ["a", ["b"]]},
        {"list": ["two words"]},
        {"list": [1] * 200 + ["two words"]},
        {"bytes": b"ab"},
    ],
)
def test_free_text_and_what_has_no_exact_text_stay_out_of_detail(detail):
    (key,) = detail
    with pytest.raises(ValueError, match=f"Detail '{key}'") as refused:
        checked_detail(detail)
    assert "father" not in str(refused.value)


@pytest.mark.parametrize("key", ["Leah Moss", "slice_number", "slices_in_all"])
def test_a_key_is_a_word_and_not_the_records_own(key):
    with pytest.raises(ValueError, match="key"):
        checked_detail({key: 1})


@pytest.mark.parametrize(("items", "rows"), [(0, 1), (1, 1), (200, 1), (201, 2), (400, 2), (1001, 6)])
def test_a_long_list_goes_on_in_further_rows_with_nothing_left_out(items, rows):
    slices: list[dict[str, Any]] = [
        *in_slices(checked_detail({"of": "desk", "shown": list(range(items)), "short": [7]}))
    ]
    assert len(slices) == rows
    assert [item for one in slices for item in one["shown"]] == list(range(items))
    assert [item for one in slices for item in one["short"]] == [7]
    assert all(len(one["shown"]) <= 200 and one["of"] == "desk" for one in slices)
    numbers = [(one.get("slice_number"), one.get("slices_in_all")) for one in slices]
    assert numbers == ([(None, None)] if rows == 1 else [(number, rows) for number in range(1, rows + 1)])


@pytest.mark.parametrize(
    "search",
    [
        Search(),
        Search(person="Raman", outcome="refused"),
        Search(verb="people.view", subject_id="12", since=date(2026, 3, 1), until=date(2026, 3, 2)),
    ],
)
def test_a_search_comes_back_from_the_session_as_it_was(search):
    assert Search.from_stored(search.as_stored()) == search


def test_a_search_is_recorded_with_a_number_but_without_a_typed_name():
    number = UUID(int=7)
    assert Search(person="Priya Raman", verb="people.view").as_detail() == {"person": "by-name", "verb": "people.view"}
    assert Search(person=str(number)).as_detail() == {"person": str(number)}
