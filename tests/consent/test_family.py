"""When there may be a copy for the family at all: closed wherever something forbids it, or isn't known."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.domain.afterwards import Ruling, telling
from consent.domain.decide import decide
from consent.domain.family import FamilyFacts, Held, held_back, may_bear_on_telling, settled
from consent.domain.sections import PAGES, About
from tests.consent.support import AREAS, NOW, PACKS, child, parent, recorded
from thresholds.domain.parts import Flag, Harm

YES, NO = Ruling("family-connect", may_tell=True), Ruling("night", may_tell=False)
GUARDS = (Flag.SEXUAL_ABUSE, Flag.FABRICATED_ILLNESS, Flag.FORCED_MARRIAGE, Flag.HONOUR_BASED_ABUSE, Flag.FGM)
LATER = NOW + timedelta(hours=1)


def told(area="telford-and-wrekin", rulings=(), **more):
    decision = decide(PACKS[area], recorded(parent(), child(), harm=Harm.NO, **more)).to_dict()
    return telling({"one": decision}, told=frozenset(), rulings=rulings)


def facts(**changed):
    return FamilyFacts(**{"sent": True, "settled": True, "telling": told(), **changed})


@pytest.mark.parametrize(
    ("changed", "held"),
    [
        ({}, None),
        ({"sent": False}, Held.NOT_SENT),
        ({"settled": False}, Held.UNDECIDED),
        ({"settled": False, "telling": told(rulings=(YES,)), "ruled_at": NOW}, None),
        ({"settled": False, "telling": told(rulings=(YES, NO)), "ruled_at": NOW}, Held.GUARDED),
        ({"telling": told(rulings=(NO,))}, Held.GUARDED),
        ({"telling": told(risk_from_telling=True)}, Held.GUARDED),
        ({"telling": told(risk_from_telling=True, rulings=(YES,)), "ruled_at": NOW}, None),
        ({"added_at": NOW}, Held.ADDED),
        ({"added_at": LATER, "ruled_at": NOW, "telling": told(rulings=(YES,))}, Held.ADDED),
        ({"added_at": NOW, "ruled_at": LATER, "telling": told(rulings=(YES,))}, None),
        ({"beside": True}, Held.BESIDE),
        ({"beside": True, "telling": told(rulings=(YES,)), "ruled_at": LATER}, Held.BESIDE),
    ],
)
def test_what_holds_a_copy_back(changed, held):
    assert held_back(facts(**changed)) is held


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("flag", GUARDS)
@pytest.mark.parametrize("rulings", [(), (YES,), (NO,), (YES, NO)])
def test_the_guard_holds_it_back_in_every_area_and_only_a_front_door_lifts_it(area, flag, rulings):
    found = told(area, rulings, flags=frozenset({flag}))
    held = held_back(facts(telling=found, ruled_at=LATER))
    absolute = area == "bury" and flag not in {Flag.FGM, Flag.HONOUR_BASED_ABUSE}
    if absolute:
        assert held is Held.ABSOLUTE
    else:
        assert held is (None if rulings == (YES,) else Held.GUARDED)


@st.composite
def cases(draw):
    """An area, what guards there, the front doors' words, and the rest of what the rule reads."""
    area, rulings = draw(st.sampled_from(AREAS)), draw(st.sampled_from([(), (YES,), (NO,), (YES, NO)]))
    guards = {
        "flags": draw(st.frozensets(st.sampled_from(GUARDS), max_size=2)),
        "risk_from_telling": draw(st.booleans()),
    }
    case = FamilyFacts(
        sent=draw(st.booleans()),
        settled=draw(st.booleans()),
        telling=told(area, rulings, **guards),
        ruled_at=draw(st.sampled_from([None, NOW, LATER])),
        added_at=draw(st.sampled_from([None, NOW, LATER])),
        beside=draw(st.booleans()),
    )
    return area, rulings, guards, case


@given(cases())
def test_while_anything_holds_there_is_no_copy(drawn):
    area, rulings, guards, case = drawn
    may = held_back(case) is None
    assert not (may and (case.telling.guarded or case.telling.absolute or not case.sent or case.beside))
    assert not (may and not case.settled and not case.telling.lifted)
    assert not (may and any(guards.values()) and rulings != (YES,))
    assert not (may and case.added_at and (case.ruled_at is None or case.ruled_at < case.added_at))
    never = {Flag.SEXUAL_ABUSE, Flag.FABRICATED_ILLNESS, Flag.FORCED_MARRIAGE}
    assert not (may and area == "bury" and guards["flags"] & never)


def asked(key, answer=None):
    known = answer is not None
    one = {"key": key, "answered": known, "not_known": answer == "not_known"}
    return {"questions": [{**one, "answer": answer} if known else one]}


def content(risk="no", going_on=(("none",),), kind="marf"):
    pages = [asked("risk_from_telling", risk)] if risk != "no such page" else []
    return {"kind": kind, "pages": pages, "children": [{"pages": [asked("circumstances", one)]} for one in going_on]}


@pytest.mark.parametrize(
    ("frozen", "decided", "is_settled"),
    [
        (content(), True, True),
        (content(), False, False),
        (None, True, False),
        (content(risk="yes"), True, False),
        (content(risk="not_known"), True, False),
        (content(risk=None), True, False),
        (content(risk="no such page"), True, False),
        (content(risk="no such page", kind="eha"), True, True),
        (content(going_on=()), True, False),
        (content(going_on=(("none",), None)), True, False),
        (content(going_on=("not_known",)), True, False),
        (content(going_on=(("physical_abuse",),)), True, True),
        (content(going_on=(None,), kind="eha"), True, False),
    ],
)
def test_nothing_may_be_left_open(frozen, decided, is_settled):
    assert settled(frozen, decided=decided) is is_settled


def test_later_facts_may_always_make_telling_dangerous_unless_their_page_says_nothing_of_it():
    assert may_bear_on_telling({"words": "He found out."})
    assert may_bear_on_telling({"page": {"key": "a page that nobody placed"}})
    assert may_bear_on_telling({})
    bears = {key for key in PAGES if may_bear_on_telling({"page": {"key": key}})}
    assert {"telling", "circumstances", "harm", "concern", "child-home", "child-sharing", "orders"} <= bears
    assert {"home-life", "domestic-abuse"} <= bears
    assert not may_bear_on_telling({"page": {"key": "child-school"}})
    assert all(
        PAGES[key] not in {About.SAFETY, About.WORRY, About.WHERE, About.AGREEMENT} for key in PAGES.keys() - bears
    )


@pytest.mark.parametrize(
    ("question", "bears"),
    [
        ({"kind": "long_text", "answer": "He waits at the gate."}, True),
        ({"kind": "rows", "answer": [{"who": "He"}]}, True),
        ({"kind": "a kind of next year", "answer": "He"}, True),
        ({"kind": "long_text"}, False),
        ({"kind": "choice", "answer": "school"}, False),
    ],
)
def test_words_may_bear_on_telling_wherever_they_were_written(question, bears):
    addendum = {"page": {"key": "child-school", "questions": [question]}, "words": ""}
    assert may_bear_on_telling(addendum) is bears
