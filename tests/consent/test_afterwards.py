"""Who is still to be told, and whose word lifts the guard."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.domain.afterwards import DutyState, Ruling, forbidden_by, lifted_by, ruling_remark, ruling_words, telling
from consent.domain.decide import decide
from consent.domain.explain import HELD_BACK, explain, explain_frozen
from consent.domain.facts import Said
from consent.domain.later import Later, SaidLater, with_later
from tests.consent.support import AREAS, BEFORE, PACKS, child, parent, recorded
from thresholds.domain.parts import Flag, Harm

YES, NO = Ruling("family-connect", may_tell=True), Ruling("night", may_tell=False)


def frozen(area, **more):
    return decide(PACKS[area], recorded(parent(), child(), harm=Harm.SUSPECTED, **more)).to_dict()


@pytest.mark.parametrize(
    ("rulings", "absolute", "lifted"),
    [
        ((), False, False),
        ((YES,), False, True),
        ((YES,), True, False),
        ((NO,), False, False),
        ((YES, NO), False, False),
        ((NO, YES), False, False),
    ],
)
def test_a_no_of_one_front_door_outweighs_a_yes_and_nobody_lifts_what_is_absolute(rulings, absolute, lifted):
    assert lifted_by(rulings, absolute=absolute) is lifted


GONE_YES, GONE_NO = (Ruling("first", may_tell=may, let_go=True) for may in (True, False))
BESIDE_YES, BESIDE_NO = (Ruling("lado", may_tell=may, lifts=False) for may in (True, False))


@pytest.mark.parametrize(
    ("rulings", "lifted", "forbidden"),
    [
        # Who handed it over doesn't lift any more; what they forbade holds until the next one has spoken.
        ((GONE_YES,), False, False),
        ((GONE_NO,), False, True),
        ((GONE_YES, NO), False, True),
        ((GONE_NO, YES), True, False),
        ((GONE_NO, NO), False, True),
        # A front door beside the one that protects may forbid, and lifts nothing alone.
        ((BESIDE_YES,), False, False),
        ((BESIDE_NO,), False, True),
        ((BESIDE_YES, YES), True, False),
        ((BESIDE_NO, YES), False, True),
        ((GONE_NO, BESIDE_YES), False, True),
        ((GONE_YES, BESIDE_YES), False, False),
    ],
)
def test_whose_word_counts(rulings, lifted, forbidden):
    for order in itertools.permutations(rulings):
        assert lifted_by(order, absolute=False) is lifted
        assert not lifted_by(order, absolute=True)
        assert forbidden_by(order) is forbidden


@pytest.mark.parametrize(
    ("word", "reads"),
    [
        ({"may_tell": True}, "First: the family may be told"),
        ({"may_tell": False}, "First: the family must not be told"),
        ({"may_tell": True, "let_go": True}, "First had said that the family may be told"),
        ({"may_tell": False, "let_go": True}, "First had said that the family must not be told"),
        (
            {"may_tell": True, "lifts": False},
            "First: the family may be told, once the front door that protects the child says so too",
        ),
        ({"may_tell": False, "lifts": False}, "First: the family must not be told"),
    ],
)
def test_no_history_tells_an_ended_word_as_one_of_today(word, reads):
    assert ruling_words("First", **word) == reads


def test_what_an_ended_word_is_still_worth_is_said_and_nothing_of_one_that_counts():
    assert [ruling_remark(may_tell=may, let_go=False) for may in (True, False)] == ["", ""]
    assert "any more" in ruling_remark(may_tell=True, let_go=True)
    assert "until" in ruling_remark(may_tell=False, let_go=True)


WORD = st.builds(Ruling, st.text("abc", min_size=1), st.booleans(), lifts=st.booleans(), let_go=st.booleans())


@given(st.lists(WORD))
def test_nothing_is_lifted_that_is_forbidden_and_a_no_never_lifts(rulings):
    assert not (lifted_by(rulings, absolute=False) and forbidden_by(rulings))
    for lifts, let_go in itertools.product((True, False), repeat=2):
        more = [*rulings, Ruling("other", may_tell=False, lifts=lifts, let_go=let_go)]
        assert lifted_by(more, absolute=False) <= lifted_by(rulings, absolute=False)


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("flag", [Flag.SEXUAL_ABUSE, Flag.FABRICATED_ILLNESS, Flag.FORCED_MARRIAGE, Flag.FGM])
@pytest.mark.parametrize("rulings", [(), (YES,), (NO,), (YES, NO)])
@pytest.mark.parametrize("told", [frozenset(), frozenset({"parent"})])
def test_every_area_flag_and_ruling(area, flag, rulings, told):
    found = telling({"one": frozen(area, flags=frozenset({flag}))}, told=told, rulings=rulings)
    absolute = area == "bury" and flag is not Flag.FGM
    free = rulings == (YES,) and not absolute
    states = {duty.about: duty.state for duty in found.duties}
    assert found.absolute is absolute
    assert found.guarded is not free
    if told:
        assert states["parent"] is (DutyState.DONE if free else DutyState.TOLD_ALTHOUGH)
    else:
        assert states["parent"] is (DutyState.OPEN if free else DutyState.DO_NOT_TELL)
    assert found.waiting == tuple(duty for duty in found.duties if duty.state is DutyState.OPEN)


def test_what_guards_one_child_guards_the_family_of_all():
    decisions = {"one": frozen("telford-and-wrekin"), "two": frozen("telford-and-wrekin", flags=frozenset({Flag.FGM}))}
    for order in itertools.permutations(decisions):
        found = telling({key: decisions[key] for key in order}, told=frozenset(), rulings=())
        assert {duty.state for duty in found.duties} == {DutyState.DO_NOT_TELL}


def test_without_a_guard_everybody_is_to_be_told_until_it_is_done():
    found = telling({"one": frozen("wakefield")}, told=frozenset({"child"}), rulings=())
    assert {duty.about: duty.state for duty in found.duties} == {"parent": DutyState.OPEN, "child": DutyState.DONE}


def test_what_was_said_later_replaces_what_was_said_before():
    facts = recorded(parent())
    said = SaidLater(said=Said.WITHDRAWN, said_at=BEFORE, said_to="", limits="", words="No more.")
    found = with_later(facts, Later(said={"parent": said}, told_at={"parent": BEFORE}))
    (person,) = found.people
    assert (person.said, person.words, person.asked_by, person.told_at) == (
        Said.WITHDRAWN,
        "No more.",
        "teacher",
        BEFORE,
    )
    assert with_later(facts, Later()) == facts


def test_the_frozen_decision_is_explained_like_the_living_one_and_lifting_lets_it_be_read():
    decision = decide(PACKS["wakefield"], recorded(parent(), flags=frozenset({Flag.FGM}), harm=Harm.YES))
    assert explain_frozen(decision.to_dict()) == explain(decision)
    assert explain(decision)[0] == HELD_BACK
    lifted = explain_frozen(decision.to_dict(), lifted=True)
    assert HELD_BACK not in lifted
    assert not any("isn't told for now" in part for part in lifted)
