"""Every cell of the intake's table: verb × state × standing."""

from itertools import product

import pytest

from audit.domain.refusal import Refusal
from referrals.routing.domain.lifecycle import (
    IN_QUEUE,
    STANDING_NAMES,
    STATE_MEANINGS,
    TRANSITIONS,
    VERB_NAMES,
    Standing,
    State,
    Verb,
    can_make_transition,
    check_transition,
    check_why,
    describe,
)

S, T = State, Standing
PASSING = {T.HOLDER, T.DECIDER}
RECEIVERS, HOLDERS, DECIDERS, SYSTEM = {T.RECEIVER}, {T.HOLDER, T.MANAGER}, {T.DECIDER}, {T.SYSTEM}

# Written by hand beside the table, so that neither is changed without the other.
ALLOWED = {
    (Verb.ARRIVE, S.DUE): (S.RECEIVED, SYSTEM),
    (Verb.CLAIM, S.RECEIVED): (S.IN_TRIAGE, RECEIVERS),
    (Verb.CLAIM, S.IN_TRIAGE): (S.IN_TRIAGE, RECEIVERS),
    (Verb.CLAIM, S.AWAITING_INFORMATION): (S.AWAITING_INFORMATION, RECEIVERS),
    (Verb.RELEASE, S.IN_TRIAGE): (S.IN_TRIAGE, HOLDERS | {T.SYSTEM}),
    (Verb.RELEASE, S.AWAITING_INFORMATION): (S.AWAITING_INFORMATION, HOLDERS | {T.SYSTEM}),
    (Verb.RATE, S.RECEIVED): (S.RECEIVED, RECEIVERS),
    (Verb.RATE, S.IN_TRIAGE): (S.IN_TRIAGE, RECEIVERS),
    (Verb.RATE, S.AWAITING_INFORMATION): (S.AWAITING_INFORMATION, RECEIVERS),
    (Verb.ASK, S.IN_TRIAGE): (S.AWAITING_INFORMATION, {T.HOLDER, T.DECIDER}),
    (Verb.ANSWER, S.AWAITING_INFORMATION): (S.IN_TRIAGE, RECEIVERS | SYSTEM),
    (Verb.DECIDE, S.IN_TRIAGE): (S.DECIDED, DECIDERS | SYSTEM),
    (Verb.DECIDE, S.AWAITING_INFORMATION): (S.DECIDED, DECIDERS | SYSTEM),
    (Verb.CLOSE, S.DECIDED): (S.CLOSED, DECIDERS | SYSTEM),
    (Verb.REOPEN, S.CLOSED): (S.DECIDED, SYSTEM),
    (Verb.END, S.RECEIVED): (S.CLOSED, DECIDERS),
    (Verb.END, S.IN_TRIAGE): (S.CLOSED, DECIDERS),
    (Verb.END, S.AWAITING_INFORMATION): (S.CLOSED, DECIDERS),
    (Verb.TRANSFER, S.RECEIVED): (S.TRANSFERRED, SYSTEM),
    (Verb.TRANSFER, S.IN_TRIAGE): (S.TRANSFERRED, SYSTEM),
    (Verb.TRANSFER, S.AWAITING_INFORMATION): (S.TRANSFERRED, SYSTEM),
    (Verb.HAND_ON, S.RECEIVED): (S.RECEIVED, PASSING),
    (Verb.HAND_ON, S.IN_TRIAGE): (S.IN_TRIAGE, PASSING),
    (Verb.HAND_ON, S.AWAITING_INFORMATION): (S.AWAITING_INFORMATION, PASSING),
    (Verb.HAND_SOME, S.RECEIVED): (S.RECEIVED, SYSTEM),
    (Verb.HAND_SOME, S.IN_TRIAGE): (S.IN_TRIAGE, SYSTEM),
    (Verb.HAND_SOME, S.AWAITING_INFORMATION): (S.AWAITING_INFORMATION, SYSTEM),
    (Verb.KEEP, S.RECEIVED): (S.RECEIVED, SYSTEM),
    (Verb.KEEP, S.IN_TRIAGE): (S.IN_TRIAGE, SYSTEM),
    (Verb.KEEP, S.AWAITING_INFORMATION): (S.AWAITING_INFORMATION, SYSTEM),
    (Verb.TAKE_BACK, S.RECEIVED): (S.RECEIVED, PASSING | SYSTEM),
    (Verb.TAKE_BACK, S.IN_TRIAGE): (S.IN_TRIAGE, PASSING | SYSTEM),
    (Verb.TAKE_BACK, S.AWAITING_INFORMATION): (S.AWAITING_INFORMATION, PASSING | SYSTEM),
    (Verb.OFFER, S.DUE): (S.OFFERED, SYSTEM),
    (Verb.ACCEPT, S.OFFERED): (S.RECEIVED, RECEIVERS),
    (Verb.REFUSE, S.OFFERED): (S.RETURNED, DECIDERS),
    (Verb.RECALL, S.DUE): (S.RETURNED, SYSTEM),
    (Verb.RECALL, S.OFFERED): (S.RETURNED, SYSTEM),
}


@pytest.mark.parametrize(("verb", "state", "who"), list(product(Verb, State, Standing)))
def test_every_cell(verb, state, who):
    target, allowed = ALLOWED.get((verb, state), (None, set()))
    assert can_make_transition(verb, state, {who}) is (who in allowed)
    if who in allowed:
        assert check_transition(verb, state, {who}).target is target
    else:
        with pytest.raises(Refusal) as refused:
            check_transition(verb, state, {who})
        assert refused.value.reason.endswith(".")
        assert refused.value.rule == f"intake.{verb.value}"


@pytest.mark.parametrize(("verb", "state"), list(product(Verb, State)))
def test_nobody_is_nobody(verb, state):
    assert not can_make_transition(verb, state, set())


def test_one_way_a_cell_and_everything_has_its_words():
    assert len({(one.verb, one.source) for one in TRANSITIONS}) == len(TRANSITIONS)
    assert set(VERB_NAMES) == set(Verb)
    assert set(STATE_MEANINGS) == set(State)
    assert set(STANDING_NAMES) == set(Standing)


def test_what_others_have_to_understand_needs_a_reason():
    assert {one.verb for one in TRANSITIONS if one.needs_why} == {Verb.END, Verb.HAND_ON, Verb.REFUSE}
    ending = check_transition(Verb.END, State.RECEIVED, {Standing.DECIDER})
    check_why(ending, "The same referral came twice.")
    with pytest.raises(Refusal):
        check_why(ending, " \n")


def test_every_state_is_reached_and_what_is_finished_stays_so():
    assert {one.target for one in TRANSITIONS} == set(State) - {State.DUE}
    ends = {state for state in State if not any(one.source is state for one in TRANSITIONS)}
    assert ends == {State.TRANSFERRED, State.RETURNED}
    assert ends.isdisjoint(IN_QUEUE)
    # A closed one comes back by one way only: a disagreement has changed what was decided.
    assert {(one.verb, one.target) for one in TRANSITIONS if one.source is State.CLOSED} == {(Verb.REOPEN, S.DECIDED)}


def test_the_page_of_the_documentation_has_the_table():
    for one in TRANSITIONS:
        assert f"| {VERB_NAMES[one.verb]} | {one.source.value} | {one.target.value} |" in describe()
