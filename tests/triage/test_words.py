"""Times in words."""

from datetime import UTC, datetime, timedelta

import pytest

from referrals.triage.presenters.times import left_in_words, length_in_words

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=59), "under a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=119), "1 hour"),
        (timedelta(hours=47, minutes=59), "1 day"),
        (timedelta(days=2), "2 days"),
    ],
)
def test_a_length_is_named_by_its_largest_unit_rounded_down(length, words):
    assert length_in_words(length) == words


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (NOW + timedelta(hours=3), "3 hours left"),
        (NOW, "under a minute left"),
        (NOW - timedelta(minutes=2), "2 minutes over"),
    ],
)
def test_what_is_due_now_is_not_over(due, words):
    assert left_in_words(due, NOW) == words
