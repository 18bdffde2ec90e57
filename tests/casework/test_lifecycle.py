"""Every cell of the approval's table, and its page."""

from itertools import product

import pytest
from django.conf import settings

from audit.domain.refusal import Refusal
from referrals.casework.domain import lifecycle
from referrals.casework.domain.lifecycle import (
    STANDING_NAMES,
    STATE_MEANINGS,
    TRANSITIONS,
    VERB_NAMES,
    Standing,
    State,
    Verb,
    check_transition,
    check_why,
    transition_for,
)
from referrals.casework.domain.outcomes import LEADS_TO_ASSESSMENT, NAMES, PROTECTS, Outcome
from tests.casework.support import area_pack, refused
from thresholds.domain.assessments import OF_AN_ASSESSMENT

ALLOWED = {
    (Verb.APPROVE, Standing.DESK): State.APPROVED,
    (Verb.APPROVE, Standing.APPROVER): State.APPROVED,
    (Verb.RETURN, Standing.DESK): State.RETURNED,
    (Verb.RETURN, Standing.APPROVER): State.RETURNED,
    (Verb.DECLINE, Standing.DESK): State.DECLINED,
    (Verb.DECLINE, Standing.APPROVER): State.DECLINED,
    (Verb.LAPSE, Standing.SYSTEM): State.LAPSED,
    (Verb.LAPSE, Standing.WRITER): State.LAPSED,
}


@pytest.mark.parametrize(("verb", "state", "standing", "beside"), list(product(Verb, State, Standing, (False, True))))
def test_every_cell(verb, state, standing, beside):
    target = ALLOWED.get((verb, standing)) if state is State.ASKED else None
    if beside and verb is Verb.RETURN:
        target = None
    if target is None:
        with pytest.raises(Refusal):
            check_transition(verb, state, {standing}, beside=beside)
    else:
        assert check_transition(verb, state, {standing}, beside=beside).target is target


def test_what_needs_a_reason():
    for transition in TRANSITIONS:
        if transition.verb in {Verb.RETURN, Verb.DECLINE}:
            with refused("Say why"):
                check_why(transition, " ")
        check_why(transition, "Because.")
    approve = transition_for(Verb.APPROVE, State.ASKED)
    assert approve is not None
    check_why(approve, "")


def test_everything_has_its_words():
    assert set(STATE_MEANINGS) == set(State)
    assert set(VERB_NAMES) == set(Verb)
    assert set(STANDING_NAMES) == set(Standing)
    assert set(NAMES) == set(Outcome)
    assert PROTECTS < LEADS_TO_ASSESSMENT


def test_the_page_has_it():
    page = (settings.ROOT / "docs/reference/lifecycle.md").read_text(encoding="utf-8")
    assert lifecycle.describe() in page


def test_deadlines_that_outcomes_name_are_the_packs():
    assert {deadline.id for deadline in area_pack().deadlines} >= OF_AN_ASSESSMENT
