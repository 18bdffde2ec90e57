"""Whether a child moves about: what one answer says of it, and what another one does."""

import pytest

from tests.casework.answers import checked, person, shared
from thresholds.domain.check_when import Answer


@pytest.mark.parametrize(("said", "moves"), [(None, Answer.NO), ("not_known", Answer.NO), ("yes", Answer.YES)])
def test_an_injury_of_a_child_who_does_not_move_about_says_that_they_do_not(said, moves):
    """Unless the question itself is answered yes: that contradicts it, and is asked about."""
    needs = {"moves_about": said} if said else {}
    child = person(circumstances={"circumstances": ["non_mobile_injury"]}, child_needs=needs)
    assert checked(child).moves_about is shared(child).moves_about is moves
