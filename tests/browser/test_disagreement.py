"""A decision is contested, taken up where nobody answers, contested again one stage up, and changed.

It runs at a desk, on a phone and without JavaScript, and each page is checked with axe (conftest.py).
"""

import pytest

from tests.browser.conftest import EVERY_WAY, Visitor
from tests.browser.test_front_door import another, claim, delivered, lead, refuses
from tests.browser.test_main_job import answer, words

pytestmark = pytest.mark.long


@EVERY_WAY
@pytest.mark.timeout(600)
def test_a_disagreement_goes_up_stage_by_stage_until_the_decision_changes(visitor: Visitor):
    teacher = visitor
    address, reference = delivered(teacher)
    decider = another(visitor, "socialworker")
    intake = claim(decider, reference)
    lead(decider, "/decide/")
    answer(decider, outcome="no_further_action", rationale="Too little is known", next_step="The school watches")
    decider.press("Decide")

    desk = another(visitor, "dsl").go(address)
    lead(desk, "/disagree/").picture("disagree")
    refuses(desk, "Send the disagreement", "Write on what grounds you disagree")
    answer(desk, grounds="A second adult heard it").press("Send the disagreement").sees("has been asked to answer")

    # Nobody answers, and the child can't wait.
    desk.go(address).sees("Not answered yet")
    lead(desk, "/take-up/").picture("take-up")
    refuses(desk, "Take it up", "Write why you take it up").picture("take-up-refused")
    answer(desk, grounds="She goes home at three").press("Take it up").sees("has been asked to answer")
    desk.go(address).sees("Taken up without an answer").picture("taken-up")
    assert "A second adult heard it" in words(teacher, address)

    manager = another(visitor, "frontdoor").go("/queue/").sees("A decision is contested").picture("queue-contested")
    manager.go(intake).sees("takes it up, as there was no answer").picture("intake-taken-up")
    lead(manager, "/disagreements/").sees("She goes home at three").picture("answer-taken-up")
    refuses(manager, "Answer the disagreement", "Choose whether the decision stands")
    answer(manager, changes="no", reasons="Her aunt fetches her").press("Answer the disagreement")
    desk.go(address).sees("Her aunt fetches her").picture("stands")

    # It is contested again, and somebody who did not decide it changes the decision.
    lead(desk, "/disagree/")
    answer(desk, grounds="Her aunt is away this week").press("Send the disagreement").sees("has been asked to answer")
    manager.go(intake)
    lead(manager, "/disagreements/")
    answer(manager, changes="yes", reasons="Two adults heard it, and she is alone")
    answer(manager, outcome_0="strategy_discussion", next_step_0="The police and we meet today")
    manager.press("Answer the disagreement").sees("The police and we meet today").picture("changed")
    assert "The police and we meet today" in words(teacher, address)
    for one in (decider, desk, manager):
        one.page.context.close()
