"""When something can be offered to another front door: every combination of whom, where to and what waits."""

from itertools import product
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.domain.refusal import Refusal
from referrals.routing.domain.transfer import Passing, can_go, check_hand_on, remaining

HERE, THERE = ("telford-and-wrekin", "family-connect"), ("wakefield", "mash")
ONE, TWO, OTHER = uuid4(), uuid4(), uuid4()
CHILDREN = st.lists(st.uuids(), unique=True, max_size=6)


def passing(**given_: object) -> Passing:
    usual: dict[str, object] = {
        "here": HERE,
        "to": THERE,
        "chosen": frozenset({ONE}),
        "free": frozenset({ONE, TWO}),
        "without_children": False,
        "offered": False,
    }
    return Passing(**{**usual, **given_})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("to", "chosen", "whole", "offered"),
    list(product([HERE, THERE, None], [(), (ONE,), (ONE, TWO), (OTHER,), (ONE, OTHER)], [True, False], [True, False])),
)
def test_every_combination(to, chosen, whole, offered):
    one = passing(to=to, chosen=frozenset(chosen), without_children=whole, offered=offered)
    passes = to != HERE and (not offered if whole else bool(chosen) and OTHER not in chosen)
    if passes:
        check_hand_on(one)
    else:
        with pytest.raises(Refusal) as refused:
            check_hand_on(one)
        assert refused.value.rule == "intake.hand_on"
        assert refused.value.reason.endswith(".")


@given(children=CHILDREN, away=CHILDREN)
def test_nobody_is_lost_and_nobody_is_at_two_doors(children: list[UUID], away: list[UUID]):
    gone = [*children[::2], *away]
    stay = remaining(children, gone)
    assert set(stay) | (set(children) & set(gone)) == set(children)
    assert set(stay).isdisjoint(gone)
    assert stay == sorted(stay, key=children.index)


@given(undecided=CHILDREN, offered=CHILDREN)
def test_who_can_go_is_asked_of_nobody_else(undecided: list[UUID], offered: list[UUID]):
    free = can_go(undecided, offered=set(offered))
    assert free | (set(undecided) & set(offered)) == set(undecided)
    assert free.isdisjoint(offered)
