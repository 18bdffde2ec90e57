"""No answer that is carried from an earlier form makes the check lower, or removes a circumstance, compared with
leaving it unanswered: what rules harm out is said by somebody today, or not at all."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referrals.casework.domain.facts import child_facts
from referrals.record.domain.carrying import carry
from referrals.record.domain.clean_values import Options
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.forms import specification
from referrals.record.domain.forms.parts import Kind, Per, Question
from tests.casework.answers import ON
from tests.casework.support import area_pack
from thresholds.domain.check import check
from thresholds.domain.check_when import Answer
from thresholds.domain.parts import AgencyKind, Flag

PACK = area_pack()
OPTIONS = Options(
    areas=frozenset({PACK.area.slug}),
    levels=frozenset(PACK.level_order),
    descriptors=frozenset(PACK.descriptors_by_id),
    protective_factors=frozenset(PACK.protective_factors_by_id),
    harm_factors=frozenset(one.id for one in PACK.harm_factors),
    signs=frozenset(PACK.signs_by_id),
    conditions=frozenset(one.id for one in PACK.conditions),
)
AGE = {"unborn", "born", "about_age", "expected"}
"""How old a child is, is no judgement: it is carried, and the check knows less without it."""


def values(question: Question) -> st.SearchStrategy[Any]:
    if question.kind is Kind.CONDITIONS:
        return st.dictionaries(st.sampled_from(sorted(OPTIONS.conditions)), st.sampled_from(["yes", "no"]), max_size=3)
    if question.kind is Kind.DESCRIPTORS:
        ids = st.lists(st.sampled_from(sorted(OPTIONS.descriptors)), max_size=3, unique=True)
        return ids.map(lambda found: [{"id": one, "evidence": "Seen"} for one in found])
    if question.key == "alleged_others":
        return st.just([{"id": "1", "who": "A coach", "works": "no", "reach": "no"}])
    options = [option.value for option in question.choices]
    if question.kind is Kind.MULTI:
        return st.lists(st.sampled_from(options), min_size=1, max_size=3, unique=True)
    return st.sampled_from(options) if options and question.kind in {Kind.CHOICE, Kind.YES_NO} else st.none()


@st.composite
def drafts(draw: st.DrawFn, version: str) -> DraftAnswers:
    pages: dict[Per, dict[str, dict[str, Any]]] = {Per.REFERRAL: {}, Per.CHILD: {}, Per.MEMBER: {}}
    for page in specification(version).pages:
        found = {one.key: draw(values(one)) for one in page.questions}
        pages[page.per][page.key] = {key: value for key, value in found.items() if value is not None}
    return DraftAnswers(pages[Per.REFERRAL], (PersonAnswers(uuid4(), 1, pages[Per.CHILD]),))


def carried(source: DraftAnswers, version: str) -> DraftAnswers:
    found = carry(
        source,
        specification("marf-1"),
        source_form=specification(version),
        today=ON,
        options_for=lambda _person: OPTIONS,
    )
    return DraftAnswers(found.pages, (replace(source.children[0], pages=found.children[source.children[0].id]),))


def without_one(draft: DraftAnswers) -> Iterator[tuple[str, DraftAnswers]]:
    child = draft.children[0]
    for page, answers in draft.pages.items():
        for key in answers:
            left = {one: value for one, value in answers.items() if one != key}
            yield key, replace(draft, pages={**draft.pages, page: left})
    for page, answers in child.pages.items():
        for key in answers.keys() - AGE:
            left = {one: value for one, value in answers.items() if one != key}
            yield key, replace(draft, children=(replace(child, pages={**child.pages, page: left}),))


def found_in(draft: DraftAnswers) -> tuple[frozenset[Flag], int]:
    facts = child_facts(draft, draft.children[0], agency=AgencyKind.SCHOOL, on=ON)
    found = check(PACK, facts)
    highest = found.indicated.highest
    return found.flags, -1 if highest is None else PACK.level_order[highest]


@settings(max_examples=25, deadline=None)
@given(st.data(), st.sampled_from(["marf-1", "eha-1"]))
def test_no_carried_answer_makes_the_check_lower_or_removes_a_circumstance(data, version):
    draft = carried(data.draw(drafts(version)), version)
    flags, level = found_in(draft)
    for key, less in without_one(draft):
        fewer, lower = found_in(less)
        assert fewer <= flags, key
        assert lower <= level, key


@pytest.mark.parametrize("version", ["marf-1", "eha-1"])
def test_what_would_rule_harm_out_is_asked_again(version):
    child = PersonAnswers(
        uuid4(),
        1,
        {
            "child-care": {"cared_by": "other", "care_28_days": "no"},
            "child-needs": {"moves_about": "yes"},
            "descriptors": {"conditions": dict.fromkeys(sorted(OPTIONS.conditions), "yes")},
        },
    )
    others = [{"id": "1", "who": "A coach", "works": "no", "reach": "no"}]
    source = DraftAnswers({"alleged": {"alleged": "yes", "alleged_others": others}}, (child,))
    draft = carried(source, version)
    facts = child_facts(draft, draft.children[0], agency=AgencyKind.SCHOOL, on=ON)
    assert Flag.PRIVATE_FOSTERING in facts.flags
    assert (facts.moves_about, facts.conditions) == (Answer.NOT_KNOWN, {})
    for row in draft.get("alleged_others") or []:
        assert row["who"] == "A coach"
        assert row.keys().isdisjoint({"works", "reach"})


def test_harm_that_was_said_is_carried():
    child = PersonAnswers(
        uuid4(), 1, {"child-care": {"care_28_days": "yes", "cared_by": "other"}, "child-needs": {"moves_about": "no"}}
    )
    kept = carried(DraftAnswers({}, (child,)), "marf-1").children[0]
    assert (kept.get("care_28_days"), kept.get("moves_about")) == ("yes", "no")
