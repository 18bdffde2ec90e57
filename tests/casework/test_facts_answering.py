"""From what the check asks, and overrides hang on, back to the form: nothing asked leads nowhere."""

import pytest

from referrals.casework.domain.facts.answering import asked_at, circumstances_for, elsewhere_for
from referrals.casework.domain.facts.narrative import Passage, narrative
from referrals.record.domain.forms import specification
from tests.casework.answers import draft, person
from tests.casework.support import area_pack
from thresholds.domain.parts import Flag

MARF = specification("marf-1")


@pytest.mark.parametrize(
    ("key", "page"),
    [
        ("harm", "harm"),
        ("age", "child-about"),
        ("moves_about", "child-needs"),
        ("protective", "protective"),
        ("descriptors", "descriptors"),
        ("condition:tw-protective-parent", "descriptors"),
        ("outside_age:tw-acute-001", "child-about"),
        ("also:tw-ce-01-05", "exploitation"),
        ("not_in_pack:gone", "descriptors"),
    ],
)
def test_what_the_check_asks_is_answered_on_a_page(key: str, page: str):
    place = asked_at(MARF, key)
    assert place is not None
    assert place.page.key == page


def test_the_short_form_asks_less():
    assert asked_at(specification("send-now-1"), "moves_about") is None
    place = asked_at(specification("send-now-1"), "harm")
    assert place is not None
    assert place.page.key == "child-about"


def test_every_override_can_be_answered():
    """By a circumstance to choose, or by a link to the question that tells it; what isn't, could only be dismissed."""
    for override in area_pack().overrides:
        flags = override.when.flags
        assert circumstances_for(MARF, flags) or elsewhere_for(MARF, flags), override.id


def test_one_of_several_circumstances_is_chosen_by_name():
    found = circumstances_for(MARF, (Flag.FORCED_MARRIAGE, Flag.HONOUR_BASED_ABUSE))
    assert [one.option.label for one in found] == ["Forced marriage", "So-called honour-based abuse"]
    (told,) = elsewhere_for(MARF, (Flag.DISCLOSURE,))
    assert (told.page.key, told.question.key) == ("concern", "source")


def test_what_was_written_about_the_worry_is_read_and_what_goes_well_is_not():
    child = person(harm={"harm": "yes", "harm_what": "A burn"}, child_view={"view": "It hurts"})
    other = person(2, harm={"harm": "yes", "harm_what": "A cut"})
    written = draft(
        child,
        other,
        pages={
            "concern": {"what": "He cries", "history": " ", "source": ["saw"]},
            "analysis": {"worried": "It gets worse", "working_well": "He is never hungry"},
        },
    )
    assert narrative(written, child) == (
        Passage("harm_what", "A burn", own=True),
        Passage("view", "It hurts", own=True),
        Passage("what", "He cries", own=False),
        Passage("worried", "It gets worse", own=False),
    )
