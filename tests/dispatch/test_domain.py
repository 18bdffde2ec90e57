"""The pure rules: states, backoff, what a promise may hold, who may mend it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from dispatch.domain.backoff import FIRST_WAIT, LONGEST_WAIT, MOST_ATTEMPTS, Park, TryAgain, after_failure, backoff
from dispatch.domain.lifecycle import State, Verb, after, allows, is_step
from dispatch.domain.permissions import (
    can_read_outbox,
    can_retry,
    can_set_aside,
    check_read_outbox,
    check_retry,
    check_set_aside,
)
from dispatch.domain.promise import checked_key, checked_name, checked_references, frozen
from dispatch.domain.queues import LIMITS, Queue

# The same in every process: tests are named by it, and two processes must collect the same ones.
SOME_ID = UUID("0b7a1f5e-8d53-4c0e-9a52-3f1f6d1c7e90")
OPERATOR = Actor(uuid4(), "Olu Operator", None, frozenset({"operator"}))
AUDITOR = Actor(uuid4(), "Ash Auditor", None, frozenset({"auditor"}))

# Every cell: state by verb → state, None where it cannot be.
TABLE = {
    State.DUE: {Verb.CLAIM: State.LEASED, Verb.RETRY: State.DUE, Verb.SET_ASIDE: State.SET_ASIDE},
    State.LEASED: {
        Verb.CLAIM: State.LEASED,
        Verb.FINISH: State.DONE,
        Verb.FAIL: State.DUE,
        Verb.PARK: State.PARKED,
    },
    State.DONE: {},
    State.PARKED: {Verb.RETRY: State.DUE, Verb.SET_ASIDE: State.SET_ASIDE},
    State.SET_ASIDE: {Verb.RETRY: State.DUE},
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", Verb)
def test_every_cell_of_the_table(state, verb):
    expected = TABLE[state].get(verb)
    assert allows(state, verb) == (expected is not None)
    if expected is None:
        with pytest.raises(ValueError, match="knows no"):
            after(state, verb)
    else:
        assert after(state, verb) == expected


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("now", State)
def test_a_step_is_one_that_a_verb_makes(before, now):
    assert is_step(before, now) == (now in TABLE[before].values())


def test_from_every_state_but_done_a_promise_can_be_done():
    """No dead end: whatever happened, an operator or a worker can still bring it to its end."""
    for start in set(State) - {State.DONE}:
        reached, frontier = {start}, {start}
        while frontier:
            frontier = {after(s, v) for s in frontier for v in Verb if allows(s, v)} - reached
            reached |= frontier
        assert State.DONE in reached


@given(attempt=st.integers(1, 10_000), seed=st.text(max_size=40))
def test_backoff_doubles_up_to_an_hour_less_a_quarter_at_most(attempt, seed):
    full = min(FIRST_WAIT * 2 ** min(attempt - 1, 30), LONGEST_WAIT)
    wait = backoff(attempt, seed=seed)
    assert full * 0.75 - timedelta(microseconds=1) <= wait <= full
    assert wait == backoff(attempt, seed=seed)


def test_backoff_spreads_what_failed_together():
    assert len({backoff(5, seed=str(number)) for number in range(100)}) == 100


def test_backoff_counts_from_one():
    with pytest.raises(ValueError, match="counted from 1"):
        backoff(0, seed="x")


@given(attempts=st.integers(1, MOST_ATTEMPTS * 2), seed=st.text(max_size=40))
def test_what_follows_a_failure(attempts, seed):
    assert after_failure(attempts=attempts, permanent=True, seed=seed) == Park("permanent")
    expected = Park("exhausted") if attempts >= MOST_ATTEMPTS else TryAgain(backoff(attempts, seed=seed))
    assert after_failure(attempts=attempts, permanent=False, seed=seed) == expected


def test_attempts_go_on_over_a_night():
    waits = [backoff(attempt, seed="night") for attempt in range(1, MOST_ATTEMPTS)]
    assert timedelta(hours=16) < sum(waits, timedelta()) < timedelta(hours=30)


@pytest.mark.parametrize("queue", Queue)
def test_a_lease_outlasts_the_attempt_and_worry_begins_after_the_lease(queue):
    limits = LIMITS[queue]
    assert limits.soft < limits.hard < limits.lease < limits.late


@pytest.mark.parametrize(
    "value", [SOME_ID, str(SOME_ID), "mash", "telford-and-wrekin", "form.v2", 0, 7, 9_999_999], ids=str
)
def test_ids_slugs_and_small_numbers_may_be_referred_to(value):
    expected = value if isinstance(value, str | int) else str(value)
    assert checked_references({"thing": value}) == {"thing": expected}


@pytest.mark.parametrize(
    "value",
    [
        *("Ada Example", "ada example", "Ada", "ada@school.example", "07700900123", "", "x" * 51, "a\n", "a\x00b"),
        *(10_000_000, 9434765919, -1, True, 1.5, None, ["a"], {"a": 1}),
    ],
    ids=repr,
)
def test_words_numbers_of_people_and_nested_values_may_not(value):
    with pytest.raises(ValueError, match="'thing' is no UUID") as refused:
        checked_references({"thing": value})
    if isinstance(value, str) and value:
        assert value not in str(refused.value)


@given(st.text())
def test_a_name_holds_no_free_text(name):
    try:
        accepted = checked_name(name)
    except ValueError:
        return
    assert accepted.replace("_", "").isalnum()
    assert accepted.isascii()
    assert len(accepted) <= 40


@pytest.mark.parametrize("key", ["receive", f"receive:{SOME_ID}:2", "email:read:7"])
def test_keys_are_made_of_references(key):
    assert checked_key(key) == key


@pytest.mark.parametrize("key", ["", "Ada Example", "receive:", ":receive", "email:ada@school.example", "a" * 201])
def test_keys_hold_no_words(key):
    with pytest.raises(ValueError, match=r"key"):
        checked_key(key)


def test_a_handler_cannot_change_its_references():
    source = {"a": 1}
    references = frozen(source)
    source["a"] = 2
    assert references == {"a": 1}
    with pytest.raises(TypeError):
        references["a"] = 3  # type: ignore[index]


@pytest.mark.parametrize("actor", [AUDITOR, Actor.nobody(), Actor.system("outbox")], ids=lambda actor: actor.name)
def test_only_operators_look_and_mend(actor):
    assert not can_read_outbox(actor)
    assert not any(can_retry(actor, state) or can_set_aside(actor, state) for state in State)
    for check in (
        lambda: check_read_outbox(actor),
        lambda: check_retry(actor, State.PARKED),
        lambda: check_set_aside(actor, State.PARKED, "a reason"),
    ):
        with pytest.raises(Refusal, match=r"^outbox\.") as refused:
            check()
        assert refused.value.reason.startswith("Only operators")


@pytest.mark.parametrize("state", State)
def test_operators_mend_what_the_table_allows(state):
    assert can_read_outbox(OPERATOR)
    assert can_retry(OPERATOR, state) == (Verb.RETRY in TABLE[state])
    assert can_set_aside(OPERATOR, state) == (Verb.SET_ASIDE in TABLE[state])


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (State.LEASED, "A worker is at it now."),
        (State.DONE, "It is done."),
        (State.SET_ASIDE, "It is set aside already."),
    ],
)
def test_refusals_say_why(state, reason):
    with pytest.raises(Refusal) as refused:
        check_set_aside(OPERATOR, state, "a reason")
    assert refused.value.reason.startswith(reason)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
def test_setting_aside_needs_a_reason(reason):
    assert not can_set_aside(OPERATOR, State.PARKED, reason)
    with pytest.raises(Refusal) as refused:
        check_set_aside(OPERATOR, State.PARKED, reason)
    assert "needs a reason" in refused.value.reason
