"""Every cell of the transition table: verb × state × relationship."""

from itertools import product

import pytest
from django.core.management import call_command

from audit.domain.refusal import Refusal
from referrals.record.domain.lifecycle import (
    RELATIONSHIP_NAMES,
    STATE_MEANINGS,
    TRANSITIONS,
    VERB_NAMES,
    Relationship,
    State,
    Verb,
    can_make_transition,
    check_transition,
    check_why,
)
from referrals.record.management.commands.lifecycle_docs import PLACE, page

R = Relationship
WRITERS = {R.AUTHOR, R.COLLEAGUE}
JUDGES = {R.DESK, R.APPROVER}

# Written by hand beside the table, so that neither is changed without the other.
ALLOWED = {
    (Verb.SUBMIT, State.DRAFT): (State.SUBMITTED, WRITERS),
    (Verb.RETURN, State.SUBMITTED): (State.DRAFT, JUDGES | {R.SYSTEM}),
    (Verb.SEND, State.SUBMITTED): (State.SENT, WRITERS | JUDGES | {R.SYSTEM}),
    (Verb.HAND_OVER, State.SUBMITTED): (State.CLOSED, WRITERS | {R.DESK}),
    (Verb.WITHDRAW, State.DRAFT): (State.WITHDRAWN, WRITERS),
    (Verb.WITHDRAW, State.SUBMITTED): (State.WITHDRAWN, WRITERS),
    (Verb.NOT_REFER, State.DRAFT): (State.WITHDRAWN, WRITERS),
    (Verb.NOT_REFER, State.SUBMITTED): (State.WITHDRAWN, WRITERS),
    (Verb.EXPIRE, State.DRAFT): (State.WITHDRAWN, {R.SYSTEM}),
    (Verb.ACCEPT_WITHDRAWAL, State.SENT): (State.WITHDRAWN, {R.DECIDER}),
    (Verb.CLOSE, State.SENT): (State.CLOSED, {R.DECIDER, R.SYSTEM}),
    (Verb.REOPEN, State.CLOSED): (State.SENT, {R.SYSTEM}),
}


@pytest.mark.parametrize(("verb", "state", "who"), list(product(Verb, State, Relationship)))
def test_every_cell(verb, state, who):
    target, allowed = ALLOWED.get((verb, state), (None, set()))
    assert can_make_transition(verb, state, {who}) is (who in allowed)
    if who in allowed:
        assert check_transition(verb, state, {who}).target is target
    else:
        with pytest.raises(Refusal) as refused:
            check_transition(verb, state, {who})
        assert refused.value.reason.endswith(".")
        assert refused.value.rule == f"referral.{verb.value}"


@pytest.mark.parametrize(("verb", "state"), list(product(Verb, State)))
def test_nobody_is_nobody(verb, state):
    assert not can_make_transition(verb, state, set())


def test_one_way_a_cell_and_everything_has_its_words():
    assert len({(one.verb, one.source) for one in TRANSITIONS}) == len(TRANSITIONS)
    assert set(VERB_NAMES) == set(Verb)
    assert set(STATE_MEANINGS) == set(State)
    assert set(RELATIONSHIP_NAMES) == set(Relationship)


def test_what_takes_something_from_the_sender_needs_a_reason():
    needing = {(one.verb, one.source) for one in TRANSITIONS if one.needs_why}
    assert needing == {
        (Verb.RETURN, State.SUBMITTED),
        (Verb.HAND_OVER, State.SUBMITTED),
        (Verb.WITHDRAW, State.DRAFT),
        (Verb.WITHDRAW, State.SUBMITTED),
        (Verb.NOT_REFER, State.DRAFT),
        (Verb.NOT_REFER, State.SUBMITTED),
        (Verb.ACCEPT_WITHDRAWAL, State.SENT),
    }
    returning = check_transition(Verb.RETURN, State.SUBMITTED, {R.DESK})
    check_why(returning, "Say when it happened.")
    for blank in ("", "  \n"):
        with pytest.raises(Refusal):
            check_why(returning, blank)


def test_the_refusal_names_who_may():
    with pytest.raises(Refusal, match="submit") as refused:
        check_transition(Verb.SUBMIT, State.DRAFT, {R.DESK})
    assert refused.value.reason == "Only the author or a colleague with whom it is shared can do this."


def test_the_page_of_the_documentation_is_current(settings):
    """`manage.py lifecycle_docs` writes it."""
    assert (settings.ROOT / PLACE).read_text(encoding="utf-8") == page()
    call_command("lifecycle_docs", check=True, skip_checks=True)
