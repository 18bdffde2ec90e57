"""The breaker of a gateway: every step of its table, and what holds whatever happens."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.domain.breaker import (
    CLOSED,
    FAILURES,
    FIRST_REST,
    LONGEST_REST,
    PROBE,
    Breaker,
    State,
    ask,
    failed,
    succeeded,
)

NOW = dt.datetime(2026, 11, 3, 10, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
OPEN = Breaker(State.OPEN, FAILURES, 1, NOW + FIRST_REST)
PROBING = Breaker(State.HALF_OPEN, FAILURES, 1, NOW + PROBE)


@pytest.mark.parametrize(
    ("breaker", "at", "allowed", "state"),
    [
        (CLOSED, NOW, True, State.CLOSED),
        (Breaker(failures=FAILURES - 1), NOW, True, State.CLOSED),
        (OPEN, NOW, False, State.OPEN),
        (OPEN, NOW + FIRST_REST - SECOND, False, State.OPEN),
        (OPEN, NOW + FIRST_REST, True, State.HALF_OPEN),
        (PROBING, NOW, False, State.HALF_OPEN),
        (PROBING, NOW + PROBE - SECOND, False, State.HALF_OPEN),
        # The worker of the probe died: the next one is let through.
        (PROBING, NOW + PROBE, True, State.HALF_OPEN),
    ],
)
def test_asking(breaker, at, allowed, state):
    answer = ask(breaker, at)
    assert (answer.allowed, answer.after.state) == (allowed, state)
    assert bool(answer.wait) is not allowed


@pytest.mark.parametrize(
    ("breaker", "state", "failures", "rests"),
    [
        (CLOSED, State.CLOSED, 1, 0),
        (Breaker(failures=FAILURES - 2), State.CLOSED, FAILURES - 1, 0),
        (Breaker(failures=FAILURES - 1), State.OPEN, FAILURES, 1),
        (OPEN, State.OPEN, FAILURES, 1),
        (PROBING, State.OPEN, FAILURES + 1, 2),
    ],
)
def test_failing(breaker, state, failures, rests):
    after = failed(breaker, NOW)
    assert (after.state, after.failures, after.rests) == (state, failures, rests)


@pytest.mark.parametrize("breaker", [CLOSED, Breaker(failures=3), OPEN, PROBING])
def test_a_success_closes_it(breaker):
    assert succeeded(breaker) == CLOSED


STEPS = st.lists(st.tuples(st.sampled_from(["ask", "fail", "succeed"]), st.integers(0, 600)), max_size=60)


def walked(steps):
    """Every breaker of a walk, with its moment."""
    breaker, now = CLOSED, NOW
    for step, seconds in steps:
        now += dt.timedelta(seconds=seconds)
        if step == "ask":
            breaker = ask(breaker, now).after
        else:
            breaker = failed(breaker, now) if step == "fail" else succeeded(breaker)
        yield breaker, now


@given(STEPS)
def test_whatever_happens_it_is_tried_again_within_the_longest_wait(steps):
    for breaker, now in walked(steps):
        assert (breaker.until is None) is (breaker.state is State.CLOSED)
        later = now + max(LONGEST_REST, PROBE)
        assert ask(breaker, later).allowed


@given(STEPS)
def test_half_open_lets_one_through_at_a_time(steps):
    for breaker, now in walked(steps):
        first = ask(breaker, now)
        if first.allowed and breaker.state is not State.CLOSED:
            assert not ask(first.after, now).allowed


@given(STEPS)
def test_a_working_gateway_is_never_held_up_by_fewer_failures_than_it_takes(steps):
    in_a_row, breaker, now = 0, CLOSED, NOW
    for step, seconds in steps:
        now += dt.timedelta(seconds=seconds)
        if step == "fail":
            in_a_row, breaker = in_a_row + 1, failed(breaker, now)
        elif step == "succeed":
            in_a_row, breaker = 0, succeeded(breaker)
        if in_a_row < FAILURES:
            assert ask(breaker, now).allowed
