"""What the next front door is given once somebody has taken agreement back: no more than what always goes."""

from dataclasses import replace

import pytest

from consent.domain.agreed import agreed_of
from consent.domain.people import State
from consent.domain.recipients import needed
from consent.domain.submitted import as_said_since, scope_of
from tests.consent.test_recipients import ROBIN, SHORT, door, submitted


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("harm_possible", [True, False])
def test_a_decision_that_lets_nothing_go_gives_the_next_front_door_only_what_always_goes(
    state: State, harm_possible: bool
) -> None:
    decision = {"scope": "nothing", "agreement": state.value, "harm_possible": harm_possible, "agreed": None}
    since = as_said_since(decision)
    if state in {State.NOT_SOUGHT, State.NOT_KNOWN}:
        assert since is None, "nobody said no"
        return
    assert since is not None
    found = agreed_of(since)
    limits = {one.recipients: one.parts for one in found or ()}
    own = {one.recipients: one.own for one in found or ()}
    robin = replace(
        ROBIN,
        scope=scope_of(since["scope"]),
        agreement=state,
        harm_possible=harm_possible,
        agreed=limits or None,
        agreed_own=own or None,
    )
    given = needed(submitted(robin), door("Robin"))
    assert given.whole is harm_possible
    if not harm_possible:
        assert set(given.people["Robin"]) == SHORT | {"child-sharing"}
        assert not given.checks
    assert as_said_since({**decision, "scope": "essentials"}) == {**decision, "scope": "essentials"}
